/* grade: floors, must-pass items, the pass mark, and no items at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/grade.h"

static const struct grade_case {
    const char *what;
    struct graded_item items[5];
    size_t count;
    int pass;
    struct grade want;
} CASES[] = {
    { "no items never pass", { { 0 } }, 0, 0, { 0, 0, 0, false, false } },
    { "four of five",
      { { 1000, false }, { 1000, false }, { 1000, false }, { 1000, false }, { 0, false } },
      5,
      80,
      { 4000, 5000, 80, false, true } },
    { "79.9 % is not 80 %", { { 1000, false }, { 598, false } }, 2, 80, { 1598, 2000, 79, false, false } },
    { "just 80 %", { { 1000, false }, { 600, false } }, 2, 80, { 1600, 2000, 80, false, true } },
    { "99.9 % is not full", { { 1000, false }, { 999, false } }, 2, 100, { 1999, 2000, 99, false, false } },
    { "a must-pass item missed",
      { { 1000, false }, { 1000, false }, { 1000, false }, { 1000, false }, { 0, true } },
      5,
      80,
      { 4000, 5000, 80, true, false } },
    { "a must-pass item nearly right", { { 1000, false }, { 999, true } }, 2, 80, { 1999, 2000, 99, true, false } },
    { "a must-pass item right", { { 1000, true }, { 600, false } }, 2, 80, { 1600, 2000, 80, false, true } },
    { "an early must-pass miss is not forgotten",
      { { 0, true }, { 1000, true }, { 1000, false } },
      3,
      50,
      { 2000, 3000, 66, true, false } },
    { "nothing right, no pass mark", { { 0, false } }, 1, 0, { 0, 1000, 0, false, true } },
};

static void grades(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const struct grade_case *c = &CASES[i];
        struct grade got = grade_of(c->items, c->count, c->pass);
        if (got.points != c->want.points || got.points_max != c->want.points_max || got.percent != c->want.percent ||
            got.must_pass_missed != c->want.must_pass_missed || got.passed != c->want.passed)
            fail_msg("%s: %d of %d, %d %%, missed %d, passed %d", c->what, got.points, got.points_max, got.percent,
                     got.must_pass_missed, got.passed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(grades) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
