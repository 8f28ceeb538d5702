/* search_match: what FTS5 is asked, for store/search*.c alone: words in quotes, any of which will do. */
#ifndef STORE_SEARCH_MATCH_H
#define STORE_SEARCH_MATCH_H

#include "base/str.h"

enum { MATCH_CEILING = 64 * 1024 };

/* A word holds letters and digits alone: nothing in it means something to MATCH. */
static inline void match_add(struct buf *match, struct str word)
{
    buf_add_format(match, "%s\"%.*s\"", match->len ? " OR " : "", STR_ARG(word));
}

#endif
