/* setting: what the installation knows about itself: its secret, the city's name, whether it is a demo. */
#ifndef STORE_SETTING_H
#define STORE_SETTING_H

#include "store/store.h"

/* "city", "demo" (present: fictitious data), "secret" (hex; never shown), "as-of" (a demo's own day). */
enum status setting_get(struct db_conn *, const char *name, struct arena *, struct str *value) MUST_CHECK;
enum status setting_put(struct db_conn *, const char *name, struct str value) MUST_CHECK;

#endif
