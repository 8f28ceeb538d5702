/* answer: the choke point. Every request passes through page_answer, in one straight line (docs/one-request.md). */
#ifndef PAGE_ANSWER_H
#define PAGE_ANSWER_H

#include "page/exchange.h"

/* app: struct app. */
void page_answer(void *app, struct request *, struct reply *);

/* THE table, in the order of docs; see routes.c. */
extern const struct page pages[];
extern const size_t page_count;

#endif
