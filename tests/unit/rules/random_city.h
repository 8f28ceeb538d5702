/* random_city: organisations for the tests of disclosure, the same for the same seed, and a second, naive opinion
 * on who is counted where. Header of two test programs only. */
#ifndef TEST_RANDOM_CITY_H
#define TEST_RANDOM_CITY_H

#include "rules/disclosure.h"

enum { CITY_UNITS = 160, CITY_DEPTH = 5, CITY_ARENA = 1 << 20 };

/* What the people of a city have in common decides which edges are met. */
enum city_mood { MOOD_MIXED, MOOD_NEARLY_ALL, MOOD_NEARLY_NONE, MOOD_COUNT };

struct city {
    uint64_t random;
    int count;
    struct disclosure_unit units[CITY_UNITS];
};

static inline uint64_t mix(uint64_t x) /* splitmix64 */
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static inline int city_draw(struct city *c, int below)
{
    c->random = mix(c->random);
    return (int)(c->random % (uint64_t)below);
}

static inline int city_depth(const struct city *c, int u)
{
    int depth = 0;
    while (c->units[u].parent >= 0) {
        u = c->units[u].parent;
        depth++;
    }
    return depth;
}

/* The unit before it or one of that unit's ancestors, so that the order stays a preorder. */
static inline int city_parent(struct city *c, int u)
{
    int parent = u - 1;
    while (parent > 0 && (city_depth(c, parent) >= CITY_DEPTH || city_draw(c, 2) == 0))
        parent = c->units[parent].parent;
    return parent;
}

static inline int city_people(struct city *c)
{
    static const int sizes[] = { 1, 2, 3, 5, 8, 15, 60, 300 };
    return city_draw(c, sizes[city_draw(c, 8)] + 1);
}

static inline int city_part_of(struct city *c, int people, enum city_mood mood)
{
    if (mood == MOOD_MIXED || city_draw(c, 8) == 0)
        return city_draw(c, people + 1);
    return mood == MOOD_NEARLY_ALL ? people : 0;
}

static inline void city_make(struct city *c, uint64_t seed, enum city_mood mood)
{
    *c = (struct city){ .random = mix(seed) };
    c->count = 1 + city_draw(c, CITY_UNITS);
    for (int u = 0; u < c->count; u++) {
        struct disclosure_unit *unit = &c->units[u];
        unit->parent = u == 0 ? -1 : city_parent(c, u);
        unit->people = city_people(c);
        unit->assessed = city_part_of(c, unit->people, mood);
        unit->reached = city_part_of(c, unit->assessed, mood);
    }
}

/* ---------- theta ---------- */

static inline uint32_t theta_of_seed(void *context, int home, int people, int reached, int assessed)
{
    uint64_t h = *(const uint64_t *)context;
    const int parts[] = { home, people, reached, assessed };
    for (int i = 0; i < 4; i++)
        h = mix(h ^ (uint64_t)parts[i]);
    return (uint32_t)h | 1u;
}

static inline uint32_t theta_fixed(void *context, int home, int people, int reached, int assessed)
{
    (void)home, (void)people, (void)reached, (void)assessed;
    return *(const uint32_t *)context;
}

/* ---------- the naive opinion: straight from the definitions, quadratic ---------- */

static inline bool city_is_below(const struct city *c, int u, int top) /* or top itself */
{
    while (u > top)
        u = c->units[u].parent;
    return u == top;
}

static inline int city_total(const struct city *c, int top)
{
    int people = 0;
    for (int u = top; u < c->count; u++)
        people += city_is_below(c, u, top) ? c->units[u].people : 0;
    return people;
}

static inline bool city_has_own(const struct city *c, int u, int k)
{
    return u < 0 || (city_total(c, u) >= k && city_has_own(c, c->units[u].parent, k));
}

static inline int city_home(const struct city *c, int u, int k)
{
    while (u > 0 && !city_has_own(c, u, k))
        u = c->units[u].parent;
    return u;
}

struct city_opinion {
    int home[CITY_UNITS], rest[CITY_UNITS];
    int counted[CITY_UNITS]; /* home of the group that counts the unit's own people */
};

static inline int largest_below(const struct city *c, const struct city_opinion *o, int top, int k)
{
    int best = -1;
    for (int u = c->count - 1; u > top; u--) {
        if (city_is_below(c, u, top) && o->rest[u] >= k && (best < 0 || o->rest[u] >= o->rest[best]))
            best = u;
    }
    return best;
}

static inline void city_judge(const struct city *c, int k, struct city_opinion *o)
{
    *o = (struct city_opinion){ .rest = { 0 } };
    for (int u = 0; u < c->count; u++) {
        o->home[u] = city_home(c, u, k);
        o->rest[o->home[u]] += c->units[u].people;
    }
    for (int u = 0; u < c->count; u++) {
        int home = o->home[u];
        o->counted[u] = o->rest[home] >= k ? home : largest_below(c, o, home, k);
    }
}

#endif
