/* error: the pages for what went wrong: what happened, what is still saved, what to do next. */
#ifndef PAGE_ERROR_H
#define PAGE_ERROR_H

#include "page/exchange.h"

/* Sets the reply's status and builds the error's document anew; somebody not signed in is led to the sign-in instead
 * (then x->replied). */
void error_describe(struct exchange *, enum status);
/* The last resort when even the error page cannot be rendered: fixed text. */
void error_plain(struct exchange *);

/* The one table from status to HTTP. */
int error_code(enum status);

#endif
