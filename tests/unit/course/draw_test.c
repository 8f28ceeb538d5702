/* Draws: how many, of which kind, unseen first, the same for the same seed whatever the order of the pool. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/course.h"

enum { POOL = 20 };

#define A { "x:1.1", 5 }
#define B { "x:1.2", 5 }

/* a..j are of competence A (a to e level 1, f to j level 2), k..t of B, level 2. */
static struct question items[POOL];
static struct question *pool[POOL];
static const char letters[] = "abcdefghijklmnopqrst";

static int set_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < POOL; i++) {
        items[i] = (struct question){
            .id = { letters + i, 1 },
            .competence = i < 10 ? (struct str)A : (struct str)B,
            .level = i < 5 ? 1 : 2,
        };
        pool[i] = &items[i];
    }
    return 0;
}

static struct test test_of(const struct draw *draws, size_t count)
{
    struct test t = { .draws = draws, .draw_count = count, .pool = pool, .pool_count = POOL };
    for (size_t i = 0; i < count; i++)
        t.drawn += draws[i].count;
    return t;
}

static unsigned bit(const struct question *q)
{
    return 1u << (q->id.at[0] - 'a');
}

static unsigned set_of(const struct drawn *out, size_t count)
{
    unsigned set = 0;
    for (size_t i = 0; i < count; i++) {
        assert_false(set & bit(out[i].question)); /* no item twice */
        set |= bit(out[i].question);
    }
    return set;
}

static int count_bits(unsigned set)
{
    return __builtin_popcount(set);
}

static void draws_what_the_blueprint_says(void **state)
{
    (void)state;
    static const struct draw draws[] = {
        { .competence = A, .level = 1, .count = 2, .must_pass = true },
        { .competence = A, .count = 4 },
        { .competence = B, .level = 2, .count = 3 },
    };
    struct test t = test_of(draws, 3);
    for (uint64_t seed = 0; seed < 200; seed++) {
        struct drawn out[9];
        assert_int_equal(course_draw(&t, seed, NULL, 0, out), 9);
        unsigned set = set_of(out, 9);
        assert_int_equal(count_bits(set & 0x3FF), 6);
        assert_int_equal(count_bits(set & 0xFFC00), 3);
        int must = 0;
        for (size_t i = 0; i < 9; i++)
            if (out[i].must_pass) {
                must++;
                assert_int_equal(out[i].question->level, 1);
                assert_true(str_is(out[i].question->competence, "x:1.1"));
            }
        assert_int_equal(must, 2);
    }
}

static void one_seed_gives_one_draw_whatever_the_order_of_the_pool(void **state)
{
    (void)state;
    static const struct draw draws[] = { { .competence = A, .count = 3 }, { .competence = B, .count = 3 } };
    struct test t = test_of(draws, 2);
    for (uint64_t seed = 0; seed < 50; seed++) {
        struct drawn first[6], second[6], turned[6];
        assert_int_equal(course_draw(&t, seed, NULL, 0, first), 6);
        assert_int_equal(course_draw(&t, seed, NULL, 0, second), 6);
        for (size_t i = 0; i < POOL; i++)
            pool[i] = &items[(i * 7 + seed) % POOL];
        assert_int_equal(course_draw(&t, seed, NULL, 0, turned), 6);
        for (size_t i = 0; i < 6; i++) {
            assert_ptr_equal(first[i].question, second[i].question);
            assert_ptr_equal(first[i].question, turned[i].question);
        }
    }
}

/* Two draws of one item each: which of them comes first is a coin's toss (500 of 1,000; standard deviation 16). */
static void draws_are_mixed(void **state)
{
    (void)state;
    static const struct draw draws[] = { { .competence = A, .count = 1 }, { .competence = B, .count = 1 } };
    struct test t = test_of(draws, 2);
    int first = 0;
    for (uint64_t seed = 0; seed < 1000; seed++) {
        struct drawn out[2];
        assert_int_equal(course_draw(&t, seed, NULL, 0, out), 2);
        first += str_is(out[0].question->competence, "x:1.1");
    }
    assert_in_range(first, 420, 580);
}

static void takes_unseen_items_first(void **state)
{
    (void)state;
    static const struct draw draws[] = { { .competence = A, .count = 4 } };
    struct test t = test_of(draws, 1);
    struct str seen[10];
    for (size_t n = 0; n <= 10; n++) {
        for (size_t i = 0; i < n; i++)
            seen[i] = items[i].id;
        for (uint64_t seed = 0; seed < 30; seed++) {
            struct drawn out[4];
            assert_int_equal(course_draw(&t, seed, seen, n, out), 4);
            unsigned fresh = set_of(out, 4) & ~((1u << n) - 1);
            assert_int_equal(count_bits(fresh), 10 - n < 4 ? 10 - n : 4);
        }
    }
}

static void finds_fewer_where_the_pool_is_too_small(void **state)
{
    (void)state;
    static const struct draw draws[] = {
        { .competence = A, .level = 1, .count = 9 },
        { .competence = A, .level = 3, .count = 2 },
        { .competence = A, .count = 9 }, /* the first draw has left five */
    };
    struct test t = test_of(draws, 3);
    struct drawn out[20];
    assert_int_equal(course_draw(&t, 1, NULL, 0, out), 10);
    assert_int_equal(set_of(out, 10), 0x3FF);
}

/* 3 of 10, 20,000 times: each item about 6,000 times (standard deviation 65), each first about 2,000 times (43). */
static void is_fair(void **state)
{
    (void)state;
    enum { ROUNDS = 20000 };
    static const struct draw draws[] = { { .competence = A, .count = 3 } };
    struct test t = test_of(draws, 1);
    int drawn[10] = { 0 }, first[10] = { 0 };
    for (uint64_t seed = 0; seed < ROUNDS; seed++) {
        struct drawn out[3];
        assert_int_equal(course_draw(&t, seed, NULL, 0, out), 3);
        for (size_t i = 0; i < 3; i++)
            drawn[out[i].question->id.at[0] - 'a']++;
        first[out[0].question->id.at[0] - 'a']++;
    }
    for (size_t i = 0; i < 10; i++) {
        assert_in_range(drawn[i], 6000 - 325, 6000 + 325);
        assert_in_range(first[i], 2000 - 215, 2000 + 215);
    }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup(f, set_up)
    const struct CMUnitTest tests[] = {
        TEST(draws_what_the_blueprint_says),
        TEST(one_seed_gives_one_draw_whatever_the_order_of_the_pool),
        TEST(draws_are_mixed),
        TEST(takes_unseen_items_first),
        TEST(finds_fewer_where_the_pool_is_too_small),
        TEST(is_fair),
    };
    return cmocka_run_group_tests_name("course/draw", tests, NULL, NULL);
}
