/* arena: alignment, ceiling, reuse after reset, order of cleanups. */
#include "base/arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void memory_is_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1 << 20);
    unsigned char *before = NULL;
    for (size_t bytes = 1; bytes < 2000; bytes += 37) {
        unsigned char *p = arena_alloc(&a, bytes);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
        for (size_t i = 0; i < bytes; i++)
            assert_int_equal(p[i], 0);
        if (before)
            assert_int_equal(before[0], 0xEE);
        memset(p, 0xEE, bytes);
        before = p;
    }
    assert_int_equal(arena_status(&a), OK);
    arena_release(&a);
}

static void one_byte_over_the_ceiling_fails_and_sticks(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 64);
    assert_non_null(arena_alloc(&a, 64));
    assert_null(arena_alloc(&a, 1));
    assert_int_equal(arena_status(&a), NO_MEMORY);
    arena_reset(&a);
    assert_int_equal(arena_status(&a), OK);
    assert_null(arena_alloc(&a, 65));
    arena_release(&a);
}

static void absurd_sizes_fail_instead_of_wrapping(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, SIZE_MAX);
    assert_null(arena_alloc(&a, SIZE_MAX));
    assert_null(arena_alloc(&a, SIZE_MAX - 8));
    assert_null(arena_array(&a, SIZE_MAX / 4, 8));
    assert_null(arena_array(&a, 8, SIZE_MAX / 4));
    assert_int_equal(arena_status(&a), NO_MEMORY);
    arena_release(&a);
}

static void reset_forgets_content_and_keeps_the_high_water_mark(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1 << 20);
    for (int i = 0; i < 100; i++)
        memset(arena_alloc(&a, 4096), 'x', 4096);
    arena_reset(&a);
    assert_int_equal(a.used, 0);
    assert_int_equal(a.highest, 100 * 4096);
    const char *again = arena_alloc(&a, 4096);
    for (int i = 0; i < 4096; i++)
        assert_int_equal(again[i], 0);
    arena_release(&a);
}

static char order[8], one[] = "1", two[] = "2";

static void note(void *object)
{
    strncat(order, object, 1);
}

static void cleanups_run_once_in_reverse_order(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1024);
    order[0] = '\0';
    assert_int_equal(arena_defer(&a, note, one), OK);
    assert_int_equal(arena_defer(&a, note, two), OK);
    arena_reset(&a);
    assert_string_equal(order, "21");
    arena_release(&a);
    assert_string_equal(order, "21");
}

static void a_cleanup_that_cannot_be_kept_runs_at_once(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1);
    order[0] = '\0';
    assert_int_equal(arena_defer(&a, note, one), NO_MEMORY);
    assert_string_equal(order, "1");
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(one_byte_over_the_ceiling_fails_and_sticks),
        cmocka_unit_test(absurd_sizes_fail_instead_of_wrapping),
        cmocka_unit_test(reset_forgets_content_and_keeps_the_high_water_mark),
        cmocka_unit_test(cleanups_run_once_in_reverse_order),
        cmocka_unit_test(a_cleanup_that_cannot_be_kept_runs_at_once),
    };
    return cmocka_run_group_tests_name("base/arena", tests, NULL, NULL);
}
