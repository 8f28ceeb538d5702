/* number: which rule takes which number, exactly; what is no number; what is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/kind/kind_fixture.h"

#define NUMBER(attributes, rules) \
    "<number " WITH_QUESTION " " attributes ">" ASKED rules \
    "<otherwise><feedback>Rechnen Sie nach.</feedback></otherwise>" BECAUSE "</number>"
#define RATE \
    NUMBER("unit=\"Fr.\"", "<accept value=\"20\"><feedback>Genau.</feedback></accept><reject value=\"50\">" \
                           "<feedback>Umgekehrt.</feedback></reject>" \
                           "<accept value=\"0.3\" tolerance=\"0.1\"/><reject value=\"1000\"/>")

static void marks_by_the_first_rule_that_fits(void **state)
{
    (void)state;
    static const struct scored cases[] = {
        { "", 0, VERDICT_OPEN },
        { "?", 0, VERDICT_WRONG },
        { "20", 1000, VERDICT_RIGHT },
        { "20.0", 1000, VERDICT_RIGHT },
        { "20,00", 1000, VERDICT_RIGHT },
        { "Fr. 20.–", 1000, VERDICT_RIGHT },
        { "20 fr.", 1000, VERDICT_RIGHT },
        { "20.000001", 0, VERDICT_WRONG },
        { "20.0000000000001", 0, VERDICT_WRONG }, /* beyond the places that are counted, and still not 20 */
        { "-20", 0, VERDICT_WRONG },
        { "20.000", 1000, VERDICT_RIGHT }, /* 20 or 20'000 */
        { "50", 0, VERDICT_WRONG },
        { "0.2", 1000, VERDICT_RIGHT }, /* 0.3 - 0.1, which is more than 0.2 in binary */
        { "0.4", 1000, VERDICT_RIGHT },
        { "0,4000001", 0, VERDICT_WRONG },
        { "0.19999999999999", 0, VERDICT_WRONG },
        { "1.000", 0, VERDICT_WRONG },
        { "99999999999999999999999", 0, VERDICT_WRONG },
    };
    assert_scores(question_from(RATE), cases, COUNT_OF(cases));
    static const struct scored thousand[] = {
        { "1.000", 1000, VERDICT_RIGHT },
        { "1,000", 1000, VERDICT_RIGHT },
        { "1'000", 1000, VERDICT_RIGHT },
        { "1", 0, VERDICT_WRONG },
    };
    assert_scores(question_from(NUMBER("", "<accept value=\"1000\"/>")), thousand, COUNT_OF(thousand));
    static const struct scored cold[] = { { "-3,5 °C", 1000, VERDICT_RIGHT }, { "\u22123.5", 1000, VERDICT_RIGHT } };
    assert_scores(question_from(NUMBER("unit=\"°C\"", "<accept value=\"-3.5\"/>")), cold, COUNT_OF(cold));
}

/* Refused with words, not wrong: whoever wrote them can write a number instead. */
static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = { "zwölf", "20 Meldungen", "20 CHF", "20|20", "1'00", "1/2" };
    const struct question *q = question_from(RATE);
    assert_refused(q, cases, COUNT_OF(cases));
    struct given words = given_from("zwölf"), number = given_from("12"), nothing = given_from(""),
                 skip = given_from("?");
    assert_string_equal(question_refusal(q, &words), "question-not-a-number");
    assert_null(question_refusal(q, &number));
    assert_null(question_refusal(q, &nothing));
    assert_null(question_refusal(q, &skip));
}

static void says_what_the_rule_says(void **state)
{
    (void)state;
    const struct question *q = question_from(RATE);
    assert_text(mark_at(marked(q, 0, "20"), 0), "feedback", "Genau.");
    assert_text(mark_at(marked(q, 0, "50"), 0), "feedback", "Umgekehrt.");
    assert_text(mark_at(marked(q, 0, "50"), 0), "solution", "20 Fr.");
    assert_text(mark_at(marked(q, 0, "7"), 0), "feedback", "Rechnen Sie nach.");
    assert_text(mark_at(marked(q, 0, "1'000"), 0), "feedback", "Rechnen Sie nach."); /* a reject without words */
    assert_text(mark_at(marked(q, 0, "1'000"), 0), "answer", "1&#39;000");
    assert_int_equal(get(mark_at(marked(q, 0, "0.3"), 0), "solution")->kind, DOC_NULL);
    assert_true(get(mark_at(marked(q, 0, ""), 0), "is_missed")->flag);
    assert_text(described(q, 0), "unit", "Fr.");
    assert_text(formed(q, 0, "zwölf"), "value", "zwölf"); /* what was typed is kept */
}

static void has_the_properties_of_all(void **state)
{
    (void)state;
    assert_properties(question_from(RATE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(marks_by_the_first_rule_that_fits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_number_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(says_what_the_rule_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(has_the_properties_of_all, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
