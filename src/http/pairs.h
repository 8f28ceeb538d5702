/* pairs: names and values as browsers send them: in addresses, in forms, in cookies.
 * Strict: every percent sign is followed by two hex digits, and what comes out is text (utf8_is_text). Results
 * live in the arena and end in NUL. */
#ifndef HTTP_PAIRS_H
#define HTTP_PAIRS_H

#include "http/request.h"

enum { PAIRS_MAX = 512, PAIR_NAME_MAX = 160 };

/* plus: '+' is a space, as forms write it. MALFORMED, or NO_MEMORY. */
enum status percent_decode(struct arena *, struct str raw, bool plus, struct str *out) MUST_CHECK;
/* application/x-www-form-urlencoded. MALFORMED, TOO_LARGE (pairs or a name), NO_MEMORY. */
enum status pairs_read(struct arena *, struct str raw, struct pairs *out) MUST_CHECK;
/* A Cookie header. A cookie that no server of ours wrote is passed over: other applications share the host. */
enum status pairs_read_cookies(struct arena *, struct str header, struct pairs *out) MUST_CHECK;

#endif
