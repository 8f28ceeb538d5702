/* utf8: every code point there and back; the classic ways to be invalid. */
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void every_code_point_survives(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, 8);
    for (int32_t c = 0; c <= 0x10FFFF; c++) {
        buf_clear(&b);
        utf8_add(&b, c);
        size_t i = 0;
        bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        if (utf8_next(buf_str(&b), &i) != (surrogate ? -1 : c) || i != (surrogate ? 0 : b.len))
            fail_msg("U+%04X", (unsigned)c);
    }
    buf_release(&b);
}

static void invalid_bytes_are_refused(void **state)
{
    (void)state;
    const struct str bad[] = {
        STR("\x80"),         STR("\xC0\x80"),         STR("\xC1\xBF"),         STR("\xC3"),         STR("\xE0\x9F\xBF"),
        STR("\xE2\x82"),     STR("\xED\xA0\x80"),     STR("\xF0\x8F\xBF\xBF"), STR("\xF0\x9F\x98"),
        STR("\xF4\x90\x80\x80"),
        STR("\xF5\x80\x80"), STR("\xF8\x88\x80\x80"), STR("\xFE"),             STR("\xFF"),         STR("a\xC3(b"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(utf8_valid(bad[i]));
        assert_false(utf8_is_text(bad[i]));
    }
    assert_true(utf8_valid(STR_NONE));
    assert_true(utf8_valid(STR("Zürich \xF0\x9F\x98\x80 \xF4\x8F\xBF\xBF")));
}

static void text_has_no_controls(void **state)
{
    (void)state;
    const struct {
        struct str s;
        bool text;
    } cases[] = {
        { STR(""), true },
        { STR("a\tb\r\nc"), true },
        { STR("a\0b"), false },
        { STR("\x1B[2J"), false },
        { STR("\x7F"), false },
        { STR("\xC2\x9B"), false },        /* C1: CSI */
        { STR("\xC2\xA0"), true },         /* no-break space */
        { STR("\xE2\x80\xAE"), false },    /* right-to-left override */
        { STR("\xE2\x81\xA6"), false },    /* left-to-right isolate */
        { STR("\xE2\x80\xAF"), true },     /* narrow no-break space */
        { STR("\xD8\xB9\xD8\xB1"), true }, /* Arabic letters */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(utf8_is_text(cases[i].s), cases[i].text);
}

static void clipping_keeps_characters_whole(void **state)
{
    (void)state;
    struct str s = STR("aä\xF0\x9F\x98\x80z");
    const size_t bytes[] = { 0, 1, 3, 7, 8, 8 };
    assert_int_equal(utf8_count(s), 4);
    for (size_t points = 0; points < 6; points++)
        assert_int_equal(utf8_clip(s, points).len, bytes[points]);
    assert_int_equal(utf8_clip(STR("ab\xFFz"), 9).len, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_survives),
        cmocka_unit_test(invalid_bytes_are_refused),
        cmocka_unit_test(text_has_no_controls),
        cmocka_unit_test(clipping_keeps_characters_whole),
    };
    return cmocka_run_group_tests_name("base/utf8", tests, NULL, NULL);
}
