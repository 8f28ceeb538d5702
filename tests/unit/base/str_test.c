/* str: views that never read past their end, numbers that never wrap, builders that stop at their ceiling. */
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define assert_str(actual, expected)                                                                                  \
    do {                                                                                                              \
        struct str actual_ = (actual), expected_ = str_of(expected);                                                  \
        assert_int_equal(actual_.len, expected_.len);                                                                 \
        assert_memory_equal(actual_.len ? actual_.at : "", expected_.at, actual_.len);                                \
    } while (0)

static void numbers(void **state)
{
    (void)state;
    const struct {
        const char *text;
        bool good;
        int64_t value;
    } cases[] = {
        { "0", true, 0 },
        { "-1", true, -1 },
        { "007", true, 7 },
        { "9223372036854775807", true, INT64_MAX },
        { "-9223372036854775808", true, INT64_MIN },
        { "9223372036854775808", false, 0 },
        { "-9223372036854775809", false, 0 },
        { "99999999999999999999", false, 0 },
        { "", false, 0 },
        { "-", false, 0 },
        { "+1", false, 0 },
        { " 1", false, 0 },
        { "1 ", false, 0 },
        { "1e3", false, 0 },
        { "0x10", false, 0 },
        { "--1", false, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t value = 42;
        assert_int_equal(str_to_int(str_of(cases[i].text), &value), cases[i].good);
        assert_true(value == (cases[i].good ? cases[i].value : 42));
    }
}

static void order_is_by_bytes(void **state)
{
    (void)state;
    const struct {
        const char *a, *b;
        int order;
    } cases[] = { { "", "", 0 }, { "", "a", -1 }, { "ab", "a", 1 }, { "a", "b", -1 }, { "\xC3\xA4", "z", 1 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(str_compare(str_of(cases[i].a), str_of(cases[i].b)), cases[i].order);
        assert_int_equal(str_compare(str_of(cases[i].b), str_of(cases[i].a)), -cases[i].order);
        assert_int_equal(str_equal(str_of(cases[i].a), str_of(cases[i].b)), cases[i].order == 0);
    }
    assert_true(str_equal(STR_NONE, STR("")));
    assert_true(str_is(STR_NONE, NULL));
}

static void parts_are_clipped(void **state)
{
    (void)state;
    struct str s = STR("abcdef");
    assert_str(str_from(s, 4), "ef");
    assert_str(str_from(s, 6), "");
    assert_str(str_from(s, 700), "");
    assert_str(str_part(s, 4, 10), "ef");
    assert_str(str_part(s, 9, 1), "");
    assert_str(str_part(STR_NONE, 0, 1), "");
    assert_true(str_starts(s, STR("abc")) && !str_starts(s, STR("abd")) && !str_starts(STR("ab"), STR("abc")));
    assert_true(str_ends(s, STR("def")) && !str_ends(s, STR("deF")) && str_ends(s, STR("")));
    assert_int_equal(str_find(s, 'd', 0), 3);
    assert_int_equal(str_find(s, 'd', 4), 6);
    assert_int_equal(str_find(STR_NONE, 'd', 0), 0);
    assert_str(str_trim(STR(" \t\r\n\v\fa b \n")), "a b");
    assert_str(str_trim(STR(" \n ")), "");
}

static void cutting_ends(void **state)
{
    (void)state;
    struct str rest = STR("a,,b");
    assert_str(str_cut(&rest, ','), "a");
    assert_str(str_cut(&rest, ','), "");
    assert_str(str_cut(&rest, ','), "b");
    assert_int_equal(rest.len, 0);
    assert_str(str_cut(&rest, ','), "");
}

static void arena_text_ends_in_nul(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 4096);
    const struct str parts[] = { STR("x"), STR_NONE, STR("y") };
    assert_string_equal(str_copy(&a, str_part(STR("abc"), 0, 2)).at, "ab");
    assert_string_equal(str_copy(&a, STR_NONE).at, "");
    assert_string_equal(str_format(&a, "%d-%s", 7, "z").at, "7-z");
    assert_string_equal(str_join(&a, parts, 3, STR(", ")).at, "x, , y");
    assert_string_equal(str_join(&a, parts, 0, STR(", ")).at, "");
    arena_release(&a);
}

/* Short texts go through a buffer of 256 bytes, longer ones are written in place. */
static void formatted_text_is_whole_whatever_its_length(void **state)
{
    (void)state;
    static const int lengths[] = { 0, 1, 254, 255, 256, 257, 4000 };
    struct arena a;
    struct buf b;
    arena_init(&a, 16384);
    buf_init(&b, 4096);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct str s = str_format(&a, "%*s", lengths[i], "");
        buf_clear(&b);
        buf_add_format(&b, "%*s", lengths[i], "");
        assert_int_equal(s.len, lengths[i]);
        assert_int_equal(strlen(s.at), lengths[i]);
        assert_int_equal(strspn(s.at, " "), lengths[i]);
        assert_true(str_equal(buf_str(&b), s));
    }
    buf_release(&b);
    arena_release(&a);
}

/* Joining texts is done without vsnprintf: nobody may see a difference. */
static void formats_say_the_same_as_the_c_library(void **state)
{
    (void)state;
    static char long_text[4001], expected[8192];
    struct arena a;
    struct buf b;
    memset(long_text, 'x', sizeof long_text - 1);
    arena_init(&a, 1 << 20);
    buf_init(&b, 8192);
#define SAME(...)                                                                                                     \
    do {                                                                                                              \
        snprintf(expected, sizeof expected, __VA_ARGS__);                                                             \
        buf_clear(&b);                                                                                                \
        buf_add_format(&b, __VA_ARGS__);                                                                              \
        assert_string_equal(str_format(&a, __VA_ARGS__).at, expected);                                                \
        assert_string_equal(b.at, expected);                                                                          \
    } while (0)
    SAME("plain");
    SAME("%s", "a");
    SAME("/%s/%.*s#", "a", 2, "bcd");
    SAME("%.*s|%.*s", 9, "short", -1, "whole");
    SAME("%s%d%%%s", "a", 5, "b");
    SAME("%s %-5s|%5.2s|%lld", "a", "b", "cde", -7LL);
    SAME("%s", long_text);
    SAME("%.*s%s", 255, long_text, "");
    SAME("%.*s%s", 255, long_text, "y");
    SAME("%s%d", long_text, 5);
#undef SAME
    buf_release(&b);
    arena_release(&a);
}

static void an_exhausted_arena_gives_none(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 8);
    const struct str part = STR("longer than eight");
    assert_null(str_copy(&a, part).at);
    assert_null(str_format(&a, "%s", part.at).at);
    assert_null(str_join(&a, &part, 1, STR_NONE).at);
    assert_int_equal(arena_status(&a), NO_MEMORY);
    arena_release(&a);
}

static void a_builder_stops_at_its_ceiling(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 10);
    assert_str(buf_str(&b), "");
    buf_reserve(&b, 7);
    assert_str(buf_str(&b), "");
    buf_add(&b, STR("12345"));
    buf_add_format(&b, "%03d", 6);
    buf_add_char(&b, '!');
    buf_add_char(&b, '!');
    assert_int_equal(buf_status(&b), OK);
    assert_string_equal(buf_str(&b).at, "12345006!!");
    buf_add_char(&b, '?');
    assert_int_equal(buf_status(&b), TOO_LARGE);
    buf_add(&b, STR(""));
    assert_str(buf_str(&b), "12345006!!");
    buf_clear(&b);
    assert_string_equal(buf_str(&b).at, "");
    buf_add_format(&b, "%s", "12345678901");
    assert_int_equal(buf_status(&b), TOO_LARGE);
    assert_int_equal(buf_str(&b).len, 0);
    buf_release(&b);
}

static void a_builder_grows(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 1 << 20);
    for (int i = 0; i < 20000; i++)
        buf_add_format(&b, "%05d", i);
    assert_int_equal(buf_status(&b), OK);
    assert_int_equal(buf_str(&b).len, 100000);
    assert_str(str_part(buf_str(&b), 5 * 12345, 5), "12345");
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(order_is_by_bytes),
        cmocka_unit_test(parts_are_clipped),
        cmocka_unit_test(cutting_ends),
        cmocka_unit_test(arena_text_ends_in_nul),
        cmocka_unit_test(formatted_text_is_whole_whatever_its_length),
        cmocka_unit_test(formats_say_the_same_as_the_c_library),
        cmocka_unit_test(an_exhausted_arena_gives_none),
        cmocka_unit_test(a_builder_stops_at_its_ceiling),
        cmocka_unit_test(a_builder_grows),
    };
    return cmocka_run_group_tests_name("base/str", tests, NULL, NULL);
}
