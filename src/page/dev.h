/* dev: for who works on pages (`make dev`): templates and assets come from disk at every request, a template's error stands
 * in the page with file:line, and the browser reloads when something changed. Never reached unless --dev is given. */
#ifndef PAGE_DEV_H
#define PAGE_DEV_H

#include "page/exchange.h"

/* Compiles web/templates anew and renders. On INVALID *problem names file:line. */
enum status dev_render(struct exchange *, const char *template, struct sink *, struct str *problem) MUST_CHECK;
/* The reply becomes the problem, as plain text with status 500. */
void dev_show_problem(struct exchange *, struct str problem);
/* /assets/dev/NAME: the newest build of that asset on disk; false: not such an address. */
bool dev_asset(struct request *, struct reply *);

#endif
