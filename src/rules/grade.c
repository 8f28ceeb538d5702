/* grade: sums of marked items, compared with the pass mark in whole percent. No memory, any thread. */
#include "rules/grade.h"

#include <assert.h>
#include <stdint.h>

enum { ITEM_POINTS = 1000, ITEMS_AT_MOST = 10000 };

static bool is_missed(struct graded_item item)
{
    return item.must_pass && item.points < ITEM_POINTS;
}

struct grade grade_of(const struct graded_item *items, size_t count, int pass_percent)
{
    assert(count <= ITEMS_AT_MOST && pass_percent >= 0 && pass_percent <= 100);
    struct grade g = { .points_max = (int)count * ITEM_POINTS };
    for (size_t i = 0; i < count; i++) {
        assert(items[i].points >= 0 && items[i].points <= ITEM_POINTS);
        g.points += items[i].points;
        g.must_pass_missed = g.must_pass_missed || is_missed(items[i]);
    }
    if (count == 0)
        return g;
    g.percent = (int)((int64_t)g.points * 100 / g.points_max);
    g.passed = g.percent >= pass_percent && !g.must_pass_missed;
    return g;
}
