/* lang: tags, and what a browser's Accept-Language comes down to. */
#include "base/lang.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void codes_and_tags_are_read_back(void **state)
{
    (void)state;
    for (int l = 0; l < LANG_COUNT; l++) {
        enum lang from_code = LANG_COUNT, from_tag = LANG_COUNT;
        assert_true(lang_parse(str_of(lang_code((enum lang)l)), &from_code));
        assert_true(lang_parse(str_of(lang_tag((enum lang)l)), &from_tag));
        assert_int_equal(from_code, l);
        assert_int_equal(from_tag, l);
        assert_true(strlen(lang_name((enum lang)l)) > 5);
    }
}

static void other_codes_are_refused(void **state)
{
    (void)state;
    const char *const bad[] = { "", "d", "deu", "rm", "de_CH", "-de", "*" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        enum lang lang = LANG_IT;
        assert_false(lang_parse(str_of(bad[i]), &lang));
        assert_int_equal(lang, LANG_IT);
    }
}

static void the_best_language_wins(void **state)
{
    (void)state;
    const struct {
        const char *header;
        enum lang expected; /* the fallback is English */
    } cases[] = {
        { "", LANG_EN },
        { "de", LANG_DE },
        { "DE-ch", LANG_DE },
        { "fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", LANG_FR },
        { "rm, it;q=0.4, de;q=0.6", LANG_DE },
        { "it;q=0.4,de;q=0.400", LANG_IT },
        { "de;q=0, it;q=0.001", LANG_IT },
        { "de;q=0", LANG_EN },
        { "pt, ja", LANG_EN },
        { "*", LANG_EN },
        { "de ; q=0.3 , fr;Q=0.5", LANG_FR },
        { "de;q=2, fr;q=0.1", LANG_FR },
        { "de;q=1.001, fr;q=0.1", LANG_FR },
        { "de;q=0.1234, fr;q=0.1", LANG_FR },
        { "de;q=, fr;q=0.1", LANG_FR },
        { "de;level=1, fr;q=0.1", LANG_FR },
        { ",,;,;q=1,de", LANG_DE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (lang_negotiate(str_of(cases[i].header), LANG_EN) != cases[i].expected)
            fail_msg("%s", cases[i].header);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_and_tags_are_read_back),
        cmocka_unit_test(other_codes_are_refused),
        cmocka_unit_test(the_best_language_wins),
    };
    return cmocka_run_group_tests_name("base/lang", tests, NULL, NULL);
}
