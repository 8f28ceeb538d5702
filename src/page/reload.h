/* reload: course packs that are changed while the server runs. One thread looks at the folder several times a second; when
 * something changed and then stayed as it is for one look, it reads the changed packs: live within two seconds.
 * Looking, not being told: it works on every file system and with every editor's way of saving. */
#ifndef PAGE_RELOAD_H
#define PAGE_RELOAD_H

#include "page/app.h"

struct reload;

/* The app outlives it. */
enum status reload_start(struct reload **, const struct app *) MUST_CHECK;
void reload_stop(struct reload *); /* NULL: nothing */

#endif
