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

/* Hangs the csrf tokens on this cookie's value and makes the one of this page: a salt and a keyed hash, so that nothing needs to
 * be stored, and no two pages hold the same one: what is packed must not repeat a secret (decision 10). */
void guard_set_csrf(struct exchange *, struct str cookie);

#endif
