/* The attacker of docs/disclosure.md: knows everybody's unit, every head-count and every rule, not the secret, and
 * reads all cells of one cut. Bounds travel up and down the tree of cells, groups and staff per unit until nothing
 * moves; on a tree that finds all there is to find. With rounding switched off the same attacker must succeed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "random_city.h"

enum { K = 5, CITIES = 250, NODES = 3 * CITY_UNITS };

enum reading { AS_ROUNDED, AS_EXACT };
enum subject { REACHED, ASSESSED };

/* A set of people: a cell, a group below its cell, or the direct staff of a unit below its group. Parents first. */
struct node {
    int parent, size, low, high;
};

struct attack {
    struct node nodes[NODES];
    int count;
    int exact, certain, insider, narrow;
};

static int add_node(struct attack *a, int parent, int size)
{
    a->nodes[a->count] = (struct node){ .parent = parent, .size = size, .low = 0, .high = size };
    return a->count++;
}

/* ---------- what the published cells say ---------- */

static void read_value(struct node *n, int64_t shown, int64_t step)
{
    int64_t low = shown - step, high = shown + step;
    n->low = low < 0 ? 0 : (int)(low / AMOUNT) + 1;
    n->high = high > (int64_t)n->size * AMOUNT ? n->size : (int)((high - 1) / AMOUNT);
}

static void read_group(struct node *n, const struct disclosure_group *g, enum subject subject, enum reading reading)
{
    if (reading == AS_EXACT)
        n->low = n->high = subject == REACHED ? g->reached : g->assessed;
    else
        read_value(n, subject == REACHED ? g->shown_reached : g->shown_assessed, (int64_t)g->people * AMOUNT / g->m);
}

static void build(struct attack *a, const struct city *c, const struct disclosure_result *r, enum subject subject,
                  enum reading reading)
{
    struct city_opinion opinion;
    int cell[CITY_UNITS], group[CITY_UNITS];
    a->count = 0;
    city_judge(c, K, &opinion);
    for (int u = 0; u < c->count; u++)
        cell[u] = r->cells[u].own ? add_node(a, u ? cell[c->units[u].parent] : -1, r->cells[u].people) : -1;
    for (int i = 0; i < r->group_count; i++) {
        const struct disclosure_group *g = &r->groups[i];
        group[g->home] = add_node(a, cell[g->home], g->people);
        read_group(&a->nodes[group[g->home]], g, subject, reading);
    }
    for (int u = 0; u < c->count; u++) {
        if (c->units[u].people)
            add_node(a, group[opinion.counted[u]], c->units[u].people);
    }
}

/* ---------- propagation ---------- */

static bool narrow_to(struct node *n, int low, int high)
{
    bool moved = low > n->low || high < n->high;
    n->low = low > n->low ? low : n->low;
    n->high = high < n->high ? high : n->high;
    assert_true(n->low <= n->high); /* else a published value contradicts the truth */
    return moved;
}

static void sum_children(const struct attack *a, int low[NODES], int high[NODES])
{
    for (int i = 0; i < a->count; i++)
        low[i] = high[i] = 0;
    for (int i = 1; i < a->count; i++) {
        low[a->nodes[i].parent] += a->nodes[i].low;
        high[a->nodes[i].parent] += a->nodes[i].high;
    }
}

static bool is_leaf(const struct attack *a, int n)
{
    for (int i = n + 1; i < a->count; i++) {
        if (a->nodes[i].parent == n)
            return false;
    }
    return true;
}

/* One round: each parent learns from all its children, each child from its parent less its siblings. */
static bool propagate(struct attack *a)
{
    int low[NODES], high[NODES];
    bool moved = false;
    sum_children(a, low, high);
    for (int i = 0; i < a->count; i++)
        moved = (!is_leaf(a, i) && narrow_to(&a->nodes[i], low[i], high[i])) || moved;
    sum_children(a, low, high);
    for (int i = 1; i < a->count; i++) {
        struct node before = a->nodes[i], parent = a->nodes[before.parent];
        int others_low = low[before.parent] - before.low, others_high = high[before.parent] - before.high;
        if (narrow_to(&a->nodes[i], parent.low - others_high, parent.high - others_low)) {
            low[before.parent] += a->nodes[i].low - before.low;
            high[before.parent] += a->nodes[i].high - before.high;
            moved = true;
        }
    }
    return moved;
}

/* ---------- findings ---------- */

static void examine_set(struct attack *a, int size, int low, int high)
{
    if (size == 0)
        return;
    a->exact += size < K && low == high;
    a->narrow += size < K && high - low + 1 < (size < 2 ? size : 2) + 1;
    a->certain += low == size || high == 0;
    a->insider += size > 1 && (low >= size - 1 || high <= 1);
}

static void examine(struct attack *a)
{
    int low[NODES], high[NODES];
    sum_children(a, low, high);
    for (int i = 0; i < a->count; i++) {
        const struct node *n = &a->nodes[i];
        examine_set(a, n->size, n->low, n->high);
        if (n->parent < 0)
            continue;
        /* all siblings together: by their own bounds, and by the parent less this one */
        const struct node *p = &a->nodes[n->parent];
        int others_low = low[n->parent] - n->low, others_high = high[n->parent] - n->high;
        examine_set(a, p->size - n->size, others_low > p->low - n->high ? others_low : p->low - n->high,
                    others_high < p->high - n->low ? others_high : p->high - n->low);
    }
}

static void attack_city(struct attack *a, const struct city *c, const struct disclosure_result *r, enum reading reading)
{
    for (int subject = REACHED; subject <= ASSESSED; subject++) {
        build(a, c, r, (enum subject)subject, reading);
        while (propagate(a))
            continue;
        examine(a);
    }
}

static void attack_all(struct attack *a, enum reading reading)
{
    struct arena arena;
    arena_init(&arena, CITY_ARENA);
    for (uint64_t seed = 1000; seed < 1000 + CITIES; seed++) {
        struct city c;
        struct disclosure_result r;
        city_make(&c, seed, (enum city_mood)(seed % MOOD_COUNT));
        arena_reset(&arena);
        assert_int_equal(
            disclosure_protect(c.units, c.count, K, (struct disclosure_theta){ theta_of_seed, &seed }, &arena, &r), OK);
        if (r.published)
            attack_city(a, &c, &r, reading);
    }
    arena_release(&arena);
}

static void rounded_figures_disclose_nothing(void **state)
{
    (void)state;
    static struct attack a;
    a = (struct attack){ .count = 0 };
    attack_all(&a, AS_ROUNDED);
    if (a.exact || a.certain || a.insider || a.narrow)
        fail_msg("exact %d, certain %d, insider %d, narrow %d", a.exact, a.certain, a.insider, a.narrow);
}

static void the_same_attacker_breaks_exact_figures(void **state)
{
    (void)state;
    static struct attack a;
    a = (struct attack){ .count = 0 };
    attack_all(&a, AS_EXACT);
    assert_true(a.exact > 100 && a.certain > 100 && a.insider > 100 && a.narrow > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounded_figures_disclose_nothing),
        cmocka_unit_test(the_same_attacker_breaks_exact_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
