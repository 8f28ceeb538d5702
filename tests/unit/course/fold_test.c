/* Folding: what counts as the same answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/fold.h"

static const struct equal_case {
    const char *a, *b;
    bool same, same_exact_case;
} EQUALS[] = {
    { "Phishing", "phishing", true, false },
    { "phishing", "phishing", true, true },
    { "phishing", "phishin", false, false },
    { "", "", true, true },
    { "", " \t\n", true, true },
    { "  zwei   Wörter ", "zwei Wörter", true, true },
    { "zwei\u00A0Wörter", "zwei\u2009\u202FWörter", true, true },
    { "zweiWörter", "zwei Wörter", false, false },
    { "ÄÖÜÉÈÇŒŸŠŽ", "äöüéèçœÿšž", true, false },
    { "ȘĄŁŃẾ", "șąłńế", true, false },
    { "×", "÷", false, false },               /* D7 and F7 lie among the letters and are none */
    { "Strasse", "STRAẞE", true, false },
    { "Straße", "Strasse", true, true },
    { "Gruss", "Gruß ", true, true },
    { "Grus", "Gruß", false, false },
    { "Grusss", "Gruß", false, false },
    { "«Enkeltrick»", "\"Enkeltrick\"", true, true },
    { "„Enkeltrick“", "»Enkeltrick«", true, true },
    { "l’ordinateur", "l'ordinateur", true, true },
    { "Zwei\u2011Faktor", "zwei-Faktor", true, false },
    { "Zwei\u00ADFaktor\u200B", "ZweiFaktor", true, true },
    { " \u00AD x", "x", true, true },
    { "12'000", "12’000", true, true },
    { "\xFFx", "\xFEx", true, true },         /* broken bytes are all alike; they never get this far */
    { "a\xC3", "a", false, false },
};

static void folds_as_the_table_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof EQUALS / sizeof *EQUALS; i++) {
        const struct equal_case *c = &EQUALS[i];
        for (int turned = 0; turned < 2; turned++) {
            struct str a = str_of(turned ? c->b : c->a), b = str_of(turned ? c->a : c->b);
            if (fold_equal(a, b, false) != c->same || fold_equal(a, b, true) != c->same_exact_case)
                fail_msg("'%s' and '%s'", c->a, c->b);
        }
    }
}

static void collapses_white_space_only(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "", "" }, { "  ", "" }, { "a", "a" }, { "  Ä\u00A0\n b\u00AD«c» ", "Ä b«c»" }, { "ü \xFF", "ü \xFF" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char room[64];
        struct str collapsed = fold_spaces(str_of(cases[i][0]), room);
        if (!str_is(collapsed, cases[i][1]))
            fail_msg("'%s' gave '%.*s'", cases[i][0], STR_ARG(collapsed));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_as_the_table_says),
        cmocka_unit_test(collapses_white_space_only),
    };
    return cmocka_run_group_tests_name("course/fold", tests, NULL, NULL);
}
