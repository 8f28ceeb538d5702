/* Patterns: what matches, what does not compile and where, and that hostile ones give up quickly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "course/kind/pattern.h"

static int set_up(void **state)
{
    static struct arena arena;
    arena_init(&arena, 4 << 20);
    *state = &arena;
    return 0;
}

static int tear_down(void **state)
{
    arena_release(*state);
    return 0;
}

static const struct match_case {
    const char *source, *text;
    bool matches, matches_exact_case;
} MATCHES[] = {
    { "phishing", "phishing", true, true },
    { "phishing", "Phishing", true, false },
    { "phishing", "das phishing", false, false },     /* the whole text, not a part */
    { "phish|phishing", "phishing", true, true },     /* the second branch is tried for the whole */
    { ".*phish(ing)?.*", "So ein Phishing-Mail", true, false },
    { "schützen", "SCHÜTZEN", true, false },
    { "\\w+", "Größe", true, true },                  /* \w knows Unicode letters */
    { ".", "ü", true, true },                         /* one character, two bytes */
    { "(a)(b)(c)", "abc", true, true },               /* more captures than the matcher has room for */
    { "", "", true, true },
    { "", "x", false, false },
    { "a\nb", "a\nb", true, true },
    { "passw(o|ö)rt", "\xFF", false, false },         /* not UTF-8: no match, no crash */
};

static void matches_as_the_table_says(void **state)
{
    for (size_t i = 0; i < sizeof MATCHES / sizeof *MATCHES; i++) {
        const struct match_case *c = &MATCHES[i];
        struct str problem;
        size_t offset;
        const struct pattern *p = pattern_compile(str_of(c->source), *state, &problem, &offset);
        const struct pattern *exact = pattern_compile_exact_case(str_of(c->source), *state, &problem, &offset);
        assert_non_null(p);
        assert_non_null(exact);
        if (pattern_matches(p, str_of(c->text)) != c->matches)
            fail_msg("/%s/ on '%s'", c->source, c->text);
        if (pattern_matches(exact, str_of(c->text)) != c->matches_exact_case)
            fail_msg("/%s/ on '%s', exact case", c->source, c->text);
    }
}

static const struct fault_case {
    const char *source;
    size_t offset;
} FAULTS[] = {
    { "ab(c", 4 },
    { "a[z-a]", 4 },
    { "*a", 0 },
    { "a\\C", 3 },       /* single bytes of a character are nobody's business */
    { "(?<=a+)b", 0 },   /* a look-behind without a length */
    { "\xC3(", 0 },      /* not UTF-8 */
};

static void names_the_fault_and_its_place(void **state)
{
    for (size_t i = 0; i < sizeof FAULTS / sizeof *FAULTS; i++) {
        struct str problem = STR_NONE;
        size_t offset = 99;
        assert_null(pattern_compile(str_of(FAULTS[i].source), *state, &problem, &offset));
        assert_true(problem.len > 0);
        if (offset != FAULTS[i].offset)
            fail_msg("/%s/ at %zu: %.*s", FAULTS[i].source, offset, STR_ARG(problem));
    }
}

static void refuses_what_is_too_long_or_too_deep(void **state)
{
    char source[PATTERN_MAX_BYTES + 2];
    struct str problem;
    size_t offset;
    memset(source, 'a', sizeof source);
    assert_non_null(pattern_compile((struct str){ source, PATTERN_MAX_BYTES }, *state, &problem, &offset));
    assert_null(pattern_compile((struct str){ source, PATTERN_MAX_BYTES + 1 }, *state, &problem, &offset));
    memset(source, '(', 60);
    memset(source + 60, ')', 60);
    assert_null(pattern_compile((struct str){ source, 120 }, *state, &problem, &offset));
}

static void gives_up_on_catastrophic_patterns(void **state)
{
    static const char *const sources[] = { "(a+)+b", "(a|aa)+b", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$" };
    char text[500];
    memset(text, 'a', sizeof text);
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct str problem;
        size_t offset;
        const struct pattern *p = pattern_compile_exact_case(str_of(sources[i]), *state, &problem, &offset);
        assert_non_null(p);
        int64_t start = clock_monotonic_us();
        assert_false(pattern_matches(p, (struct str){ text, sizeof text }));
        assert_true(clock_monotonic_us() - start < 500 * 1000); /* a sanitizer and a busy machine take their share */
    }
}

/* Texts are made and steps are counted: the same on every machine. */
static void bad_patterns_are_found_and_good_ones_left_alone(void **state)
{
    static const struct {
        const char *source;
        bool bad;
    } cases[] = {
        { "(a+)+$", true },
        { "(a|a)*b", true },
        { "(.*)*x", true },
        { "(\\w+\\s?)+$", true },
        { "a*a*a*a*a*b", true },
        { "(a|aa)+b", true },
        { "(x+x+)+y", true },
        { "([a-z]+-?)*e", true },
        { "ich (sage|melde)* (es+ ?)+!", false },
        { "(ä+)+ö", true },
        { "(?:a?){30}a{30}", true },
        { "(\\d+|[a-z]+\\s?)*;", true },
        { ".*.*.*x", true },
        { "f(ü|ue)nfundzwanzig", false },
        { ".*phish(ing)?.*", false },
        { "(.*\\s)?phishing(\\s.*)?", false },
        { ".*melde.*(vorgesetzte|chef).*", false },
        { ".*(sofort|gleich).*(melden|anrufen).*(it|informatik).*", false },
        { "(ja|nein)+", false },
        { "[a-z]+@[a-z]+\\.[a-z]+", false },
        { "\\d{1,3}([ .]?\\d{3})*", false },
        { "(\\w+ )*\\w+", false },
        { "ich melde (es|das)( sofort)? (der|dem) .*", false },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str problem, source = str_of(cases[i].source);
        size_t offset, budget = 10 * PATTERN_BAD_STEPS;
        const struct pattern *p = pattern_compile(source, *state, &problem, &offset);
        assert_non_null(p);
        struct str text = pattern_worst_text(p, source, 500, *state, &budget);
        if ((text.at != NULL) != cases[i].bad)
            fail_msg("/%s/ is taken for %s", cases[i].source, text.at ? "bad" : "good");
        assert_false(text.at && pattern_matches(p, text)); /* no harm where it is met all the same */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(matches_as_the_table_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_the_fault_and_its_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_what_is_too_long_or_too_deep, set_up, tear_down),
        cmocka_unit_test_setup_teardown(gives_up_on_catastrophic_patterns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bad_patterns_are_found_and_good_ones_left_alone, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("course/pattern", tests, NULL, NULL);
}
