/* guard: who is asking, may they, and did the form come from us; in that order, for every request. */
#ifndef PAGE_GUARD_H
#define PAGE_GUARD_H

#include "page/exchange.h"

#define SESSION_COOKIE "lotse-session"
#define VISIT_COOKIE "lotse-visit" /* before sign-in: what the sign-in form's csrf token hangs on */
#define LANG_COOKIE "lotse-lang"
#define CONTENT_COOKIE "lotse-content" /* language of courses that lack that of the pages */

/* Fills visitor, language and csrf; loads what the access rule looks at; checks unsafe requests.
 * UNAUTHENTICATED, FORBIDDEN or NOT_FOUND where the answer is no. Leaves the read view open. */
enum status guard(struct exchange *) MUST_CHECK;

/* The csrf token of a cookie's value: a keyed hash, so nothing needs to be stored. */
struct str guard_csrf(const struct exchange *, struct str cookie);

#endif
