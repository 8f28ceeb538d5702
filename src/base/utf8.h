/* utf8: validity and counting. Text that enters Lotse is valid UTF-8 without control characters, or refused. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/* Next code point at *i, which moves on; -1 on invalid bytes (overlong, surrogate, over U+10FFFF, cut off). */
int32_t utf8_next(struct str, size_t *i);
bool utf8_valid(struct str);
/* Valid, and no C0/C1 control but tab and line feeds (a carriage return counts as one), no NUL,
 * no bidi override (U+202A..202E, U+2066..2069). */
bool utf8_is_text(struct str);
size_t utf8_count(struct str); /* code points of valid text */
/* At most that many code points, cut at a boundary. */
struct str utf8_clip(struct str, size_t code_points);
void utf8_add(struct buf *, int32_t code_point);

#endif
