/* housekeeping: what the server deletes by itself, by the retention rules of the schema. Never a source of truth: when it
 * does not run, rows stay longer and nothing else changes. */
#ifndef PAGE_HOUSEKEEPING_H
#define PAGE_HOUSEKEEPING_H

#include "page/app.h"

enum { HOUSEKEEPING_SECONDS = 300 };

void housekeeping(const struct app *);

#endif
