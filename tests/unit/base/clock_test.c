/* clock: the calendar against the C library's over four centuries, the zone at both of its yearly edges. */
#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void days_agree_with_the_c_library(void **state)
{
    (void)state;
    for (int32_t day = -80000; day < 80000; day += 1) {
        time_t instant = (time_t)day * 86400;
        struct tm tm;
        gmtime_r(&instant, &tm);
        struct civil c = clock_civil_of_day(day);
        assert_int_equal(c.year, tm.tm_year + 1900);
        assert_int_equal(c.month, tm.tm_mon + 1);
        assert_int_equal(c.day, tm.tm_mday);
        assert_int_equal(clock_day_of(c.year, c.month, c.day), day);
    }
}

static void the_zone_changes_at_one_utc_on_last_sundays(void **state)
{
    (void)state;
    const struct {
        int year, month, day, hour, minute, second; /* UTC */
        int local_day, local_hour, local_minute;
    } cases[] = {
        { 2026, 3, 29, 0, 59, 59, 29, 1, 59 },  { 2026, 3, 29, 1, 0, 0, 29, 3, 0 },
        { 2026, 10, 25, 0, 59, 59, 25, 2, 59 }, { 2026, 10, 25, 1, 0, 0, 25, 2, 0 },
        { 2024, 3, 31, 1, 0, 0, 31, 3, 0 },     { 2024, 10, 27, 1, 0, 0, 27, 2, 0 },
        { 2026, 7, 14, 22, 0, 0, 15, 0, 0 },    { 2026, 7, 14, 21, 59, 59, 14, 23, 59 },
        { 2026, 12, 31, 23, 0, 0, 1, 0, 0 },    { 2026, 12, 31, 22, 59, 59, 31, 23, 59 },
        { 1995, 7, 1, 12, 0, 0, 1, 13, 0 },     { 1969, 12, 31, 23, 30, 0, 1, 0, 30 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t instant = (int64_t)clock_day_of(cases[i].year, cases[i].month, cases[i].day) * 86400 +
                          cases[i].hour * 3600 + cases[i].minute * 60 + cases[i].second;
        struct civil utc = clock_civil(instant, ZONE_UTC), local = clock_civil(instant, ZONE_ZURICH);
        assert_int_equal(utc.hour, cases[i].hour);
        assert_int_equal(utc.second, cases[i].second);
        assert_int_equal(local.day, cases[i].local_day);
        assert_int_equal(local.hour, cases[i].local_hour);
        assert_int_equal(local.minute, cases[i].local_minute);
        assert_int_equal(clock_day(instant, ZONE_ZURICH), clock_day_of(local.year, local.month, local.day));
        assert_int_equal(clock_day(instant, ZONE_UTC), clock_day_of(utc.year, utc.month, utc.day));
    }
}

static void midday_falls_on_its_day_everywhere(void **state)
{
    (void)state;
    for (int32_t day = -1000; day < 30000; day++) {
        assert_int_equal(clock_day(clock_midday(day), ZONE_UTC), day);
        assert_int_equal(clock_day(clock_midday(day), ZONE_ZURICH), day);
    }
}

static void months_end_where_they_end(void **state)
{
    (void)state;
    const struct {
        int year, month, day, months;
        const char *expected;
    } cases[] = {
        { 2026, 1, 31, 1, "2026-02-28" },   { 2024, 1, 31, 1, "2024-02-29" },   { 2024, 2, 29, 12, "2025-02-28" },
        { 2024, 2, 29, 48, "2028-02-29" },  { 2026, 11, 30, 3, "2027-02-28" },  { 2026, 12, 31, 1, "2027-01-31" },
        { 2026, 1, 15, -1, "2025-12-15" },  { 2026, 3, 31, -13, "2025-02-28" }, { 2000, 2, 29, 1200, "2100-02-28" },
        { 2026, 11, 23, 0, "2026-11-23" },
    };
    struct arena a;
    arena_init(&a, 4096);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t day = clock_day_of(cases[i].year, cases[i].month, cases[i].day);
        assert_string_equal(clock_format_day(&a, clock_add_months(day, cases[i].months)).at, cases[i].expected);
    }
    arena_release(&a);
}

static void only_existing_days_are_read(void **state)
{
    (void)state;
    const char *const bad[] = { "",           "2026-11-2",  "2026-11-233", "2026/11/23", "2026-02-29", "2100-02-29",
                                "2026-13-01", "2026-00-10", "2026-01-00",  "2026-04-31", "-026-01-01", "2026--1-01",
                                "2026-01--1", "20a6-01-01", "1899-12-31",  " 2026-01-1", "2026-01-1 " };
    const char *const good[] = { "2026-11-23", "2024-02-29", "2000-02-29", "1900-01-01", "9999-12-31" };
    struct arena a;
    arena_init(&a, 4096);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int32_t day = 7;
        assert_false(clock_parse_day(str_of(bad[i]), &day));
        assert_int_equal(day, 7);
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int32_t day;
        assert_true(clock_parse_day(str_of(good[i]), &day));
        assert_string_equal(clock_format_day(&a, day).at, good[i]);
    }
    arena_release(&a);
}

static void the_clock_is_injected(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 4096);
    const struct clock fixed = { .fixed = 1795466100 }, real = { 0 };
    assert_string_equal(clock_format_instant(&a, clock_now(&fixed)).at, "2026-11-23T20:35:00Z");
    assert_true(llabs(clock_now(&real) - (int64_t)time(NULL)) <= 1);
    int64_t first = clock_monotonic_us();
    assert_true(clock_monotonic_us() >= first);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_agree_with_the_c_library),
        cmocka_unit_test(the_zone_changes_at_one_utc_on_last_sundays),
        cmocka_unit_test(midday_falls_on_its_day_everywhere),
        cmocka_unit_test(months_end_where_they_end),
        cmocka_unit_test(only_existing_days_are_read),
        cmocka_unit_test(the_clock_is_injected),
    };
    return cmocka_run_group_tests_name("base/clock", tests, NULL, NULL);
}
