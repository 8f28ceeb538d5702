/* demo_history: see demo_history.h. */
#include "cli/demo_history.h"

#include "base/clock.h"
#include "task/cut.h"

/* The rounding's key is the seed's, so that figures come out the same too. */
static enum status cut_month(struct demo_history *h, int32_t day, struct cut_outcome *out)
{
    struct str *courses = ARENA_ARRAY(h->scratch, h->catalogue->count + 1, struct str);
    if (!courses)
        return NO_MEMORY;
    for (size_t i = 0; i < h->catalogue->count; i++)
        courses[i] = h->catalogue->courses[i]->id;
    struct cut cut = { h->key, day, clock_midday(day), courses, h->catalogue->count };
    enum status s = cut_snapshot(h->db, &cut, h->scratch, out);
    arena_reset(h->scratch);
    return s;
}

enum status demo_history_write(struct demo_history *h)
{
    struct cut_outcome cut;
    return cut_month(h, h->span.last, &cut);
}
