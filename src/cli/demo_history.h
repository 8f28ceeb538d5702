/* demo_history: what the demo's people have learned, month by month, with a snapshot at the end of each. */
#ifndef CLI_DEMO_HISTORY_H
#define CLI_DEMO_HISTORY_H

#include "cli/demo_people.h"
#include "course/catalogue.h"

struct demo_history {
    struct db *db;
    const struct catalogue *catalogue; /* held by the caller */
    const struct demo_people *people;
    uint64_t seed;
    struct str key;
    struct demo_span span;
    struct arena *arena, *scratch; /* scratch: reset after each chunk and each cut */
};

/* Writes it all; a line a month on standard output. */
enum status demo_history_write(struct demo_history *) MUST_CHECK;

#endif
