/* related: courses that share competences with another one, and which: the reason is always shown. */
#ifndef PAGE_RELATED_H
#define PAGE_RELATED_H

#include "page/exchange.h"

/* data.related: at most three, those that share most first. */
void related_put(struct exchange *, const struct course *source);

#endif
