/* draw: which items of a pool an attempt gets. Each item has a key that follows from the seed and its id; a draw takes
 * the smallest keys among those never seen, then among those seen. So the order of the pool in the pack does not
 * matter. */
#include "course/course.h"

#include "course/random.h"

#include <assert.h>

/* One draw at work: what stands in out before first belongs to earlier ones. */
struct drawing {
    const struct test *test;
    const struct draw *draw;
    uint64_t seed;
    const struct str *seen;
    size_t seen_count;
    struct drawn *out;
    size_t first, used;
};

static uint64_t key_of(uint64_t seed, const struct question *q)
{
    struct random r = random_of(seed, q->id);
    return random_next(&r);
}

static bool is_seen(const struct drawing *d, struct str id)
{
    for (size_t i = 0; i < d->seen_count; i++)
        if (str_equal(d->seen[i], id))
            return true;
    return false;
}

static bool is_taken(const struct drawing *d, const struct question *q)
{
    for (size_t i = 0; i < d->first; i++)
        if (d->out[i].question == q)
            return true;
    return false;
}

static bool fits(const struct draw *draw, const struct question *q)
{
    return str_equal(q->competence, draw->competence) && (draw->level == 0 || q->level == draw->level);
}

/* Keeps out[from..] sorted by key and no longer than what the draw still lacks: the largest key falls off. */
static void insert(struct drawing *d, size_t from, size_t most, const struct question *q)
{
    uint64_t key = key_of(d->seed, q);
    size_t at = d->used;
    while (at > from && key_of(d->seed, d->out[at - 1].question) > key)
        at--;
    if (at == most)
        return;
    if (d->used < most)
        d->used++;
    for (size_t i = d->used - 1; i > at; i--)
        d->out[i] = d->out[i - 1];
    d->out[at] = (struct drawn){ .question = q, .must_pass = d->draw->must_pass };
}

static void take(struct drawing *d, bool seen)
{
    size_t from = d->used, most = d->first + (size_t)d->draw->count;
    for (size_t i = 0; i < d->test->pool_count && from < most; i++) {
        const struct question *q = d->test->pool[i];
        if (fits(d->draw, q) && !is_taken(d, q) && is_seen(d, q->id) == seen)
            insert(d, from, most, q);
    }
}

static void shuffle(struct drawn *items, size_t count, uint64_t seed)
{
    struct random r = random_of(seed, STR("order"));
    for (size_t left = count; left > 1; left--) {
        size_t pick = (size_t)random_below(&r, left);
        struct drawn last = items[left - 1];
        items[left - 1] = items[pick];
        items[pick] = last;
    }
}

size_t course_draw(const struct test *test, uint64_t seed, const struct str *seen, size_t seen_count, struct drawn *out)
{
    struct drawing d = { .test = test, .seed = seed, .seen = seen, .seen_count = seen_count, .out = out };
    for (size_t i = 0; i < test->draw_count; i++) {
        d.draw = &test->draws[i];
        d.first = d.used;
        take(&d, false);
        take(&d, true);
    }
    assert(d.used <= (size_t)test->drawn);
    shuffle(out, d.used, seed);
    return d.used;
}
