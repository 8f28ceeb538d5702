/* random: see random.h. */
#include "course/random.h"

#include <assert.h>

/* FNV-1a, 64 bits. */
static uint64_t hash(struct str text)
{
    uint64_t h = 0xCBF29CE484222325u;
    for (size_t i = 0; i < text.len; i++)
        h = (h ^ (unsigned char)text.at[i]) * 0x100000001B3u;
    return h;
}

struct random random_of(uint64_t seed, struct str name)
{
    struct random r = { seed };
    r.state = random_next(&r) ^ hash(name);
    return r;
}

uint64_t random_next(struct random *r)
{
    uint64_t z = r->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

uint64_t random_below(struct random *r, uint64_t limit)
{
    assert(limit > 0);
    uint64_t rest = (UINT64_MAX % limit + 1) % limit; /* values at the top that would favour small results */
    uint64_t value = random_next(r);
    while (value > UINT64_MAX - rest)
        value = random_next(r);
    return value % limit;
}

void random_shuffle(struct random *r, size_t *list, size_t count)
{
    for (size_t left = count; left > 1; left--) {
        size_t pick = (size_t)random_below(r, left), last = list[left - 1];
        list[left - 1] = list[pick];
        list[pick] = last;
    }
}
