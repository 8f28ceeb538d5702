/* format: what a reader of each language sees. */
#include "base/clock.h"
#include "base/format.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct arena arena;

static void numbers(void **state)
{
    (void)state;
    const struct {
        int64_t value;
        const char *swiss, *english;
    } cases[] = {
        { 0, "0", "0" },
        { 7, "7", "7" },
        { -7, "-7", "-7" },
        { 999, "999", "999" },
        { 1311, "1’311", "1,311" },
        { -12345, "-12’345", "-12,345" },
        { 1000000, "1’000’000", "1,000,000" },
        { INT64_MAX, "9’223’372’036’854’775’807", "9,223,372,036,854,775,807" },
        { INT64_MIN, "-9’223’372’036’854’775’808", "-9,223,372,036,854,775,808" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int l = 0; l < LANG_COUNT; l++)
            assert_string_equal(format_int(&arena, (enum lang)l, cases[i].value).at,
                                l == LANG_EN ? cases[i].english : cases[i].swiss);
}

static void percents(void **state)
{
    (void)state;
    assert_string_equal(format_percent(&arena, LANG_DE, 45).at, "45\xC2\xA0%");
    assert_string_equal(format_percent(&arena, LANG_FR, 0).at, "0\xC2\xA0%");
    assert_string_equal(format_percent(&arena, LANG_IT, 1250).at, "1’250\xC2\xA0%");
    assert_string_equal(format_percent(&arena, LANG_EN, 100).at, "100%");
}

static void days(void **state)
{
    (void)state;
    const struct {
        int year, month, day;
        const char *words[LANG_COUNT];
    } cases[] = {
        { 2026, 11, 23, { "23. November 2026", "23 November 2026", "23 novembre 2026", "23 novembre 2026" } },
        { 2026, 8, 1, { "1. August 2026", "1 August 2026", "1er août 2026", "1 agosto 2026" } },
        { 2024, 2, 29, { "29. Februar 2024", "29 February 2024", "29 février 2024", "29 febbraio 2024" } },
        { 2027, 3, 11, { "11. März 2027", "11 March 2027", "11 mars 2027", "11 marzo 2027" } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t day = clock_day_of(cases[i].year, cases[i].month, cases[i].day);
        for (int l = 0; l < LANG_COUNT; l++)
            assert_string_equal(format_day(&arena, (enum lang)l, day).at, cases[i].words[l]);
    }
}

static void an_exhausted_arena_gives_none(void **state)
{
    (void)state;
    struct arena tiny;
    arena_init(&tiny, 1);
    assert_null(format_int(&tiny, LANG_DE, 1).at);
    assert_null(format_percent(&tiny, LANG_DE, 1).at);
    assert_null(format_day(&tiny, LANG_DE, 1).at);
    arena_release(&tiny);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(percents),
        cmocka_unit_test(days),
        cmocka_unit_test(an_exhausted_arena_gives_none),
    };
    arena_init(&arena, 1 << 16);
    int failed = cmocka_run_group_tests_name("base/format", tests, NULL, NULL);
    arena_release(&arena);
    return failed;
}
