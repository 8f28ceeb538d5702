/* competence: thresholds over sums of evidence, nothing else. No memory, any thread. */
#include "rules/competence.h"

#include <assert.h>

enum { POINTS_PER_ITEM = 1000 };

static bool is_reached(struct level_evidence e)
{
    return e.items >= ITEMS_TO_ASSESS && e.points * 100 >= (int64_t)e.items * POINTS_PER_ITEM * PERCENT_TO_REACH;
}

struct standing competence_standing(const struct level_evidence levels[COMPETENCE_LEVELS + 1])
{
    struct standing s = { .level = 0 };
    int most_items = 0;
    for (int level = 1; level <= COMPETENCE_LEVELS; level++) {
        struct level_evidence e = levels[level];
        assert(e.items >= 0 && e.points >= 0 && e.points <= (int64_t)e.items * POINTS_PER_ITEM);
        if (e.items > most_items)
            most_items = e.items;
        if (is_reached(e)) {
            s.level = level;
            s.certifiable = e.items >= ITEMS_TO_CERTIFY;
        }
    }
    s.assessable = most_items >= ITEMS_TO_ASSESS;
    s.items_missing = s.assessable ? 0 : ITEMS_TO_ASSESS - most_items;
    return s;
}
