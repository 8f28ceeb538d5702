/* demo_people: the fictitious staff: who works where, with what disposition to learn. The list is small (a few dozen
 * bytes a person); names are drawn when they are written and not kept. The same seed gives the same people. */
#ifndef CLI_DEMO_PEOPLE_H
#define CLI_DEMO_PEOPLE_H

#include "cli/demo_city.h"
#include "rules/access.h"

enum { DEMO_FEWEST_PEOPLE = 20, DEMO_MOST_PEOPLE = 1000000 };

struct demo_person {
    int64_t learner;
    int32_t from, to;  /* employed; to 0: still is */
    int16_t unit, job; /* indexes into the city */
    int16_t ability;   /* thousandths: how often an item is answered rightly */
    bool learns;       /* takes part at all */
};

struct demo_people {
    struct demo_person *list; /* the accounts' persons first */
    size_t count;
};

/* The days that the demo covers. */
struct demo_span {
    int32_t first, last;
};

/* key: of the seed, for learner keys. NO_MEMORY. */
enum status demo_people_draw(struct demo_people *, size_t count, const struct demo_city *, uint64_t seed,
                             struct str key, struct demo_span, struct arena *) MUST_CHECK;
/* Inside a change: the persons from index first on, at most count, with position and learner key. A person's id is
 * the index and one. */
enum status demo_people_write(const struct demo_people *, size_t first, size_t count, const struct demo_city *,
                              uint64_t seed, struct demo_span, struct arena *, struct db_conn *) MUST_CHECK;
/* Inside a change: the sign-in accounts with this password hash and their roles, once their persons are written. */
enum status demo_accounts_write(const struct demo_city *, struct str password_hash, struct db_conn *) MUST_CHECK;

/* A sequence of its own for each seed, purpose and number. */
struct random demo_random(uint64_t seed, struct str purpose, size_t number);

/* Who may sign in; their persons stand first in the list, in this order. */
struct demo_account {
    const char *name, *unit, *function; /* codes of the person's position */
    bool has_role;
    enum role role;
    const char *role_unit;
    const char *what; /* said at the end */
};
extern const struct demo_account demo_accounts[];
extern const size_t demo_account_count;

#endif
