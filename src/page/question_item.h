/* question_item: one question as a page shows it: to be answered, or marked. Keys: templates/question-KIND, result-KIND. */
#ifndef PAGE_QUESTION_ITEM_H
#define PAGE_QUESTION_ITEM_H

#include "page/exchange.h"

struct question_item {
    const struct question *question;
    const struct course *course;
    uint64_t seed;
    const struct given *given; /* NULL: nothing yet */
    struct str field;          /* the input's name */
    struct str error;          /* message at the question; STR_NONE */
};

/* Puts id, question, form and error. */
void question_item_put_form(const struct question_item *, struct doc_node *map);
/* Puts id, question and result. */
void question_item_put_result(const struct question_item *, struct doc_node *map);

/* The answer in a request's field (repeated for several), as given. INVALID when it cannot be an answer to the question. */
enum status question_item_given(const struct exchange *, const struct pairs *, const struct question *, const char *field,
                                struct given *) MUST_CHECK;

#endif
