/* throttle: the row of waits, the ceiling, forgetting, and clocks that go backwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>

#include "rules/throttle.h"

enum { NOON = 1700000000, QUARTER_HOUR = 900 };

static void waits_double_up_to_thirty_seconds(void **state)
{
    (void)state;
    static const int want[] = { 0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30 };
    for (int failures = 0; failures < (int)(sizeof want / sizeof *want); failures++)
        assert_int_equal(throttle_wait(failures, NOON, NOON), want[failures]);
    assert_int_equal(throttle_wait(INT_MAX, NOON, NOON), 30);
    assert_int_equal(throttle_wait(-1, NOON, NOON), 0);
}

static void a_wait_passes(void **state)
{
    (void)state;
    assert_int_equal(throttle_wait(8, NOON, NOON + 6), 10);
    assert_int_equal(throttle_wait(8, NOON, NOON + 16), 0);
    assert_int_equal(throttle_wait(8, NOON, NOON + 17), 0);
    assert_int_equal(throttle_wait(8, NOON, NOON - 3600), 16);
}

static void old_failures_are_forgotten(void **state)
{
    (void)state;
    assert_int_equal(throttle_after_failure(9, NOON, NOON + QUARTER_HOUR - 1), 10);
    assert_int_equal(throttle_after_failure(9, NOON, NOON + QUARTER_HOUR), 1);
    assert_int_equal(throttle_wait(9, NOON, NOON + QUARTER_HOUR), 0);
    assert_int_equal(throttle_after_failure(9, NOON, NOON - 3600), 10);
}

static void the_count_stays_in_bounds(void **state)
{
    (void)state;
    assert_int_equal(throttle_after_failure(0, 0, NOON), 1);
    assert_int_equal(throttle_after_failure(-5, NOON, NOON), 1);
    int failures = throttle_after_failure(INT_MAX, NOON, NOON);
    assert_true(failures > 3);
    assert_int_equal(throttle_after_failure(failures, NOON, NOON), failures);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waits_double_up_to_thirty_seconds),
        cmocka_unit_test(a_wait_passes),
        cmocka_unit_test(old_failures_are_forgotten),
        cmocka_unit_test(the_count_stays_in_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
