/* gauges: the own competences of the one signed in, against the target profile of the own function. */
#ifndef PAGE_GAUGES_H
#define PAGE_GAUGES_H

#include "page/exchange.h"

/* Puts the list `competences` (templates/gauge). only: ids to show (a course's), or NULL for the whole profile.
 * *function_name: name of the function in the reader's language, STR_NONE without a position. */
enum status gauges_put(struct exchange *, struct doc_node *map, const struct str *only, size_t only_count,
                       struct str *function_name) MUST_CHECK;

#endif
