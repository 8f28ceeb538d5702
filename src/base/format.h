/* format: numbers and days as a reader of a language writes them. All results live in the arena.
 * Swiss forms: 1’311 in every language but English (1,311); a no-break space before the percent sign
 * (none in English); "23. November 2026", "23 November 2026", "23 novembre 2026", "1er" in French. */
#ifndef BASE_FORMAT_H
#define BASE_FORMAT_H

#include "base/lang.h"

struct str format_int(struct arena *, enum lang, int64_t);
struct str format_percent(struct arena *, enum lang, int64_t whole);
struct str format_day(struct arena *, enum lang, int32_t day);

#endif
