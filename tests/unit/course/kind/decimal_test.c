/* Decimal numbers: every spelling that is read, what is no number, and that comparing is exact. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/kind/decimal.h"

static const struct read_case {
    const char *typed, *unit, *values; /* as packs write them, one or two; "": no number */
} READ[] = {
    { "12000", "", "12000" },
    { "12'000", "", "12000" },
    { "12’000", "", "12000" },
    { "12‘000", "", "12000" },
    { "12´000", "", "12000" },
    { "12`000", "", "12000" },
    { "12 000", "", "12000" },
    { "12\u00A0000", "", "12000" },
    { "12\u202F000", "", "12000" },
    { "12\u2009000", "", "12000" },
    { "  12'000 ", "", "12000" },
    { "1'234'567.25", "", "1234567.25" },
    { "25,5", "", "25.5" },
    { "25.5", "", "25.5" },
    { "25.", "", "25" },
    { ".5", "", "0.5" },
    { ",5", "", "0.5" },
    { "-3", "", "-3" },
    { "\u22123", "", "-3" },
    { "–3,5", "", "-3.5" },
    { "- 3", "", "-3" },
    { "+3", "", "3" },
    { "-0", "", "0" },
    { "007", "", "7" },
    /* both ways, where both are possible */
    { "1.000", "", "1 1000" },
    { "1,000", "", "1 1000" },
    { "-12.500", "", "-12.5 -12500" },
    { "1.234,50", "", "1234.5" },
    { "1,234.50", "", "1234.5" },
    { "1.000.000", "", "1000000" },
    { "1,000,000", "", "1000000" },
    { "0.125", "", "0.125" },
    { "0,125", "", "0.125" },
    { "1'234.567", "", "1234.567" },
    { "1234.567", "", "1234.567" },
    { "3.1415", "", "3.1415" },
    /* units */
    { "25 %", "", "25" },
    { "25%", "%", "25" },
    { "25 CHF", "CHF", "25" },
    { "chf 25.50", "CHF", "25.5" },
    { "Fr. 25.–", "Fr.", "25" },
    { "25.-- Fr.", "Fr.", "25" },
    { "-3 °C", "°C", "-3" },
    { "12 m²", "m²", "12" },
    { "20", "Meldungen je 1'000", "20" },
    { "20 Meldungen je 1’000", "Meldungen je 1'000", "20" },
    { "25 %", "CHF", "" },
    { "25 EUR", "CHF", "" },
    { "CHF", "CHF", "" },
    /* no numbers */
    { "", "", "" },
    { "zwölf", "", "" },
    { "12 Meldungen", "", "" },
    { "1'00", "", "" },
    { "12 00", "", "" },
    { "1'2345", "", "" },
    { "'000", "", "" },
    { "1'000 000", "", "" },
    { "1.2,3", "", "" },
    { "1.2.3", "", "" },
    { "1.000.00", "", "" },
    { "12-000", "", "" },
    { "--3", "", "" },
    { "3-", "", "" },
    { "1e3", "", "" },
    { "1/2", "", "" },
    { "0x10", "", "" },
    { "12'000'", "", "" },
    { ".", "", "" },
    { "-", "", "" },
    { "\xFF", "", "" },
    { "12\xCC", "", "" },
    { "11111111111111111111111111111111111111111111111111111111111111111", "", "" }, /* longer than a number */
};

static void reads_every_spelling(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof READ / sizeof *READ; i++) {
        const struct read_case *c = &READ[i];
        struct decimal_reading r = decimal_read(str_of(c->typed), str_of(c->unit));
        struct str rest = str_of(c->values);
        int count = 0;
        while (rest.len) {
            int64_t value;
            assert_true(decimal_parse(str_cut(&rest, ' '), &value));
            if (count >= r.count || r.values[count] != value)
                fail_msg("'%s': value %d is not %lld of %d", c->typed, count, (long long)value, r.count);
            count++;
        }
        if (count != r.count)
            fail_msg("'%s': %d values", c->typed, r.count);
    }
}

static int64_t parsed(const char *text)
{
    int64_t value = INT64_MIN;
    assert_true(decimal_parse(str_of(text), &value));
    return value;
}

static int64_t typed(const char *text)
{
    struct decimal_reading r = decimal_read(str_of(text), STR(""));
    assert_true(r.count > 0);
    return r.values[0];
}

static void arithmetic_is_exact(void **state)
{
    (void)state;
    assert_int_equal(parsed("0.1") + parsed("0.2"), parsed("0.3"));
    assert_int_equal(parsed("1.1") * 3, parsed("3.3"));
    assert_int_equal(parsed("1"), DECIMAL_ONE);
    assert_int_equal(parsed("-99999999999.999999") + parsed("99999999999.999999"), 0);
    /* more places than a pack can write lie between what it can write, whatever the sign */
    assert_true(typed("0.3000000000001") > parsed("0.3"));
    assert_true(typed("0.3000000000001") < parsed("0.300001"));
    assert_true(typed("-0.3000000000001") < parsed("-0.3"));
    assert_int_equal(typed("0.30000000000000"), parsed("0.3"));
    /* beyond everything, and still to be compared */
    assert_true(typed("999999999999999999999999999999") > 2 * parsed("99999999999.999999"));
    assert_true(typed("-999999999999999999999999999999") < 2 * parsed("-99999999999.999999"));
}

static void packs_write_plain_numbers(void **state)
{
    (void)state;
    static const char *const bad[] = { "", "-", "1,5", "1'000", "+1", "1 000", "eins", ".5", "1.a" };
    int64_t value;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(decimal_parse(str_of(bad[i]), &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_spelling),
        cmocka_unit_test(arithmetic_is_exact),
        cmocka_unit_test(packs_write_plain_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
