/* disclosure: roll up, attach, steps, keyed rounding with carry, sums; in this order, one function or two each.
 * The reasons are in docs/disclosure.md. All memory is the caller's arena; no state, any thread.
 *
 * Invariants of a result: every group has at least k people; everybody is in exactly one group; the cell of a unit
 * is the sum of the groups whose home is the unit or below; no figure is computed from anything but shown values. */
#include "rules/disclosure.h"

#include <assert.h>

enum { NOWHERE = -1 };

struct work {
    const struct disclosure_unit *units;
    int count, k;
    int *total;    /* people of the unit and all below */
    int *home;     /* the unit whose group or rest counts this unit's own people */
    int *rest;     /* people whose home is this unit */
    int *target;   /* where that rest is counted: the unit itself, a unit below, or NOWHERE */
    int *group_at; /* index of the group whose home is this unit, or NOWHERE */
    struct disclosure_cell *cells;
    struct disclosure_group *groups;
    int group_count;
};

/* The parent of each unit is the unit before it or one of that unit's ancestors. */
static bool is_preorder(const struct disclosure_unit *units, int count)
{
    for (int u = 0; u < count; u++) {
        int candidate = u - 1;
        while (candidate != NOWHERE && candidate != units[u].parent)
            candidate = units[candidate].parent;
        if (candidate != units[u].parent || (u > 0 && candidate == NOWHERE))
            return false;
    }
    return true;
}

static bool are_nested_counts(const struct disclosure_unit *units, int count)
{
    int64_t people = 0;
    for (int u = 0; u < count; u++) {
        const struct disclosure_unit *unit = &units[u];
        if (unit->reached < 0 || unit->reached > unit->assessed || unit->assessed > unit->people)
            return false;
        people += unit->people;
    }
    return people <= DISCLOSURE_MAX_PEOPLE;
}

static enum status work_init(struct work *w, const struct disclosure_unit *units, int count, int k, struct arena *arena)
{
    size_t size = (size_t)count;
    *w = (struct work){ .units = units, .count = count, .k = k };
    w->total = ARENA_ARRAY(arena, size, int);
    w->home = ARENA_ARRAY(arena, size, int);
    w->rest = ARENA_ARRAY(arena, size, int);
    w->target = ARENA_ARRAY(arena, size, int);
    w->group_at = ARENA_ARRAY(arena, size, int);
    w->cells = ARENA_ARRAY(arena, size, struct disclosure_cell);
    w->groups = ARENA_ARRAY(arena, size, struct disclosure_group);
    return arena_status(arena);
}

/* ---------- 1 roll up ---------- */

static void sum_up(struct work *w)
{
    for (int u = w->count - 1; u >= 0; u--) {
        w->total[u] += w->units[u].people;
        if (u > 0)
            w->total[w->units[u].parent] += w->total[u];
    }
}

static void find_homes(struct work *w)
{
    for (int u = 0; u < w->count; u++) {
        int parent = w->units[u].parent;
        bool own = w->total[u] >= w->k && (u == 0 || w->cells[parent].own);
        w->cells[u] = (struct disclosure_cell){
            .own = own, .counted_in = NOWHERE, .included.of = NOWHERE, .rest_group = NOWHERE,
        };
        w->home[u] = own || u == 0 ? u : w->home[parent];
        w->rest[w->home[u]] += w->units[u].people;
    }
}

/* ---------- 2 attach ---------- */

static bool is_small_rest(const struct work *w, int u)
{
    return w->rest[u] > 0 && w->rest[u] < w->k;
}

/* Offers the group at u to every small rest above it. Offers come in ascending order, and only a larger one wins:
 * ties stay with the lowest unit. */
static void offer_group(struct work *w, int u)
{
    for (int h = w->units[u].parent; h != NOWHERE; h = w->units[h].parent) {
        if (is_small_rest(w, h) && (w->target[h] == NOWHERE || w->rest[u] > w->rest[w->target[h]]))
            w->target[h] = u;
    }
}

static void choose_targets(struct work *w)
{
    for (int u = 0; u < w->count; u++)
        w->target[u] = w->rest[u] >= w->k ? u : NOWHERE;
    for (int u = 0; u < w->count; u++) {
        if (w->rest[u] >= w->k)
            offer_group(w, u);
    }
}

static void include(struct disclosure_included *included, int of, int people)
{
    included->people += people;
    if (included->of == NOWHERE || of < included->of)
        included->of = of;
}

static void label_attached(struct work *w)
{
    for (int h = 0; h < w->count; h++) {
        if (!is_small_rest(w, h))
            continue;
        include(&w->groups[w->group_at[w->target[h]]].included, h, w->rest[h]);
        for (int u = w->target[h]; u != h; u = w->units[u].parent)
            include(&w->cells[u].included, h, w->rest[h]);
    }
}

/* ---------- 3 groups and their steps ---------- */

int disclosure_steps(int people)
{
    static const int LADDER[] = { 100, 50, 25, 20, 15, 10, 8, 6, 5, 4, 3, 2 };
    assert(people >= DISCLOSURE_MIN_K);
    size_t i = 0;
    while (people <= 2 * LADDER[i])
        i++;
    return LADDER[i];
}

static void make_groups(struct work *w)
{
    for (int u = 0; u < w->count; u++) {
        w->group_at[u] = NOWHERE;
        if (w->rest[u] < w->k)
            continue;
        w->group_at[u] = w->group_count;
        w->groups[w->group_count++] = (struct disclosure_group){ .home = u, .included.of = NOWHERE };
    }
}

static void fill_groups(struct work *w)
{
    for (int u = 0; u < w->count; u++) {
        if (w->units[u].people == 0)
            continue;
        struct disclosure_group *g = &w->groups[w->group_at[w->target[w->home[u]]]];
        g->people += w->units[u].people;
        g->assessed += w->units[u].assessed;
        g->reached += w->units[u].reached;
    }
    for (int i = 0; i < w->group_count; i++)
        w->groups[i].m = disclosure_steps(w->groups[i].people);
}

/* ---------- 4 round ---------- */

/* count of the group's people, rounded to a neighbouring step; *carry is the error of all groups before, then with
 * this one's. theta is a fraction of 2^32. */
static int64_t round_with_carry(const struct disclosure_group *g, int count, uint32_t theta, int64_t *carry)
{
    int64_t step = (int64_t)g->people * AMOUNT / g->m;
    int64_t low = (int64_t)count * g->m / g->people * step;
    int64_t above = (int64_t)count * AMOUNT - low;
    bool up = above > 0 && (above - *carry) * ((int64_t)1 << 32) > (int64_t)theta * step;
    int64_t shown = up ? low + step : low;
    *carry += shown - (int64_t)count * AMOUNT;
    return shown;
}

static void round_groups(struct work *w, struct disclosure_theta theta)
{
    int64_t carry_assessed = 0, carry_reached = 0;
    for (int i = 0; i < w->group_count; i++) {
        struct disclosure_group *g = &w->groups[i];
        uint32_t fraction = theta.of(theta.context, g->home, g->people, g->reached, g->assessed);
        assert(fraction > 0);
        g->shown_assessed = round_with_carry(g, g->assessed, fraction, &carry_assessed);
        g->shown_reached = round_with_carry(g, g->reached, fraction, &carry_reached);
        if (g->shown_reached > g->shown_assessed)
            g->shown_reached = g->shown_assessed;
    }
}

/* ---------- 5 sum ---------- */

static void add_group(struct disclosure_cell *c, const struct disclosure_group *g)
{
    c->people += g->people;
    c->shown_reached += g->shown_reached;
    c->shown_assessed += g->shown_assessed;
    c->groups++;
    c->m = c->groups == 1 ? g->m : 0;
}

static void fill_cells(struct work *w)
{
    for (int i = 0; i < w->group_count; i++) {
        for (int u = w->groups[i].home; u != NOWHERE; u = w->units[u].parent)
            add_group(&w->cells[u], &w->groups[i]);
    }
    for (int u = 0; u < w->count; u++) {
        struct disclosure_cell *c = &w->cells[u];
        if (c->own)
            c->rest_group = c->groups > 1 ? w->group_at[u] : NOWHERE;
        else
            c->counted_in = w->rest[w->home[u]] > 0 ? w->target[w->home[u]] : w->home[u];
    }
}

enum status disclosure_protect(const struct disclosure_unit *units, int count, int k, struct disclosure_theta theta,
                               struct arena *arena, struct disclosure_result *result)
{
    assert(count > 0 && k >= DISCLOSURE_MIN_K && is_preorder(units, count) && are_nested_counts(units, count));
    *result = (struct disclosure_result){ .published = false };
    struct work w;
    enum status status = work_init(&w, units, count, k, arena);
    if (status != OK)
        return status;
    sum_up(&w);
    find_homes(&w);
    if (w.cells[0].own) {
        choose_targets(&w);
        make_groups(&w);
        fill_groups(&w);
        label_attached(&w);
        round_groups(&w, theta);
        fill_cells(&w);
    }
    *result = (struct disclosure_result){
        .cells = w.cells, .groups = w.groups, .group_count = w.group_count, .published = w.cells[0].own,
    };
    return OK;
}

/* ---------- words ---------- */

static int nearest_percent(int64_t part, int64_t whole)
{
    return (int)((part * 200 + whole) / (whole * 2));
}

/* "under 1/m" rounded to the nearest percent is never untrue, although 7 % is more than 1/15: no group on that ladder
 * has a count between (n in 31..40: at most 2 of 31). The tests look at every n. */
static struct disclosure_share share_of_group(int64_t shown, int64_t whole, int m)
{
    int lowest = nearest_percent(1, m);
    if (shown == 0)
        return (struct disclosure_share){ .percent = lowest, .edge = -1 };
    if (shown == whole)
        return (struct disclosure_share){ .percent = 100 - lowest, .edge = 1 };
    return (struct disclosure_share){ .percent = nearest_percent(shown, whole) };
}

static struct disclosure_share share_of_sum(int64_t shown, int64_t whole)
{
    int percent = nearest_percent(shown, whole);
    if (percent < 1)
        percent = 1;
    if (percent > 99)
        percent = 99;
    return (struct disclosure_share){ .percent = percent };
}

struct disclosure_share disclosure_wording(int64_t shown, int people, int m)
{
    int64_t whole = (int64_t)people * AMOUNT;
    assert(people > 0 && shown >= 0 && shown <= whole);
    return m > 0 ? share_of_group(shown, whole, m) : share_of_sum(shown, whole);
}
