/* competence: the edges of 10 and 20 items and of 80 %, and levels beside each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/competence.h"

static const struct standing_case {
    const char *what;
    struct level_evidence levels[COMPETENCE_LEVELS + 1];
    struct standing want;
} CASES[] = {
    { "nothing", { { 0, 0 } }, { false, 0, false, 10 } },
    { "nine right answers are no level", { [2] = { 9, 9000 } }, { false, 0, false, 1 } },
    { "ten items, 80 %", { [2] = { 10, 8000 } }, { true, 2, false, 0 } },
    { "ten items, a thousandth less", { [2] = { 10, 7999 } }, { true, 0, false, 0 } },
    { "nineteen do not certify", { [2] = { 19, 19000 } }, { true, 2, false, 0 } },
    { "twenty certify", { [2] = { 20, 16000 } }, { true, 2, true, 0 } },
    { "twenty, not reached", { [2] = { 20, 15999 } }, { true, 0, false, 0 } },
    { "items of several levels do not add up", { [1] = { 6, 6000 }, [2] = { 7, 7000 } }, { false, 0, false, 3 } },
    { "the highest reached counts",
      { [1] = { 20, 20000 }, [2] = { 10, 8000 }, [3] = { 12, 5000 } },
      { true, 2, false, 0 } },
    { "a higher level stands for itself", { [1] = { 10, 0 }, [4] = { 20, 20000 } }, { true, 4, true, 0 } },
    { "certifiable belongs to the level reached", { [1] = { 30, 30000 }, [3] = { 10, 9000 } }, { true, 3, false, 0 } },
    { "level zero is no level", { [0] = { 50, 50000 } }, { false, 0, false, 10 } },
};

static void standings(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const struct standing_case *c = &CASES[i];
        struct standing got = competence_standing(c->levels);
        if (got.assessable != c->want.assessable || got.level != c->want.level ||
            got.certifiable != c->want.certifiable || got.items_missing != c->want.items_missing)
            fail_msg("%s: assessable %d, level %d, certifiable %d, missing %d", c->what, got.assessable, got.level,
                     got.certifiable, got.items_missing);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(standings) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
