/* gap: shares of the point, which values a gap takes, and the passage in its three states. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/kind/kind_fixture.h"

#define GAP(attributes) \
    "<gap " WITH_QUESTION " " attributes ">" ASKED \
    "<passage><p>Um 5 <blank ref=\"wort\"/> oder <em>um</em> <blank ref=\"wert\"/> %.</p>" \
    "<p>Seit <blank ref=\"jahr\"/>.</p></passage>" \
    "<fill id=\"jahr\"><label>Jahr</label><accept pattern=\"20\\d\\d\"/></fill>" \
    "<fill id=\"wort\"><label>Einheit</label><option id=\"p\"><answer>Prozent</answer>" \
    "<feedback>Das wären 21.</feedback></option>" \
    "<option id=\"pp\" correct=\"yes\"><answer>Prozentpunkte</answer></option><option id=\"k\">" \
    "<answer>Kilo</answer></option></fill>" \
    "<fill id=\"wert\"><label>Wert &amp; Zahl</label><accept value=\"25\"/><reject value=\"5\">" \
    "<feedback>Der Abstand.</feedback></reject>" \
    "<otherwise><feedback>5 zu 20.</feedback></otherwise></fill>" BECAUSE "</gap>"
#define TWO \
    "<gap " WITH_QUESTION ">" ASKED "<passage><p><blank ref=\"a\"/> und <blank ref=\"b\"/></p></passage>" \
    "<fill id=\"a\"><label>Eins</label><option id=\"a1\" correct=\"yes\"><answer>A</answer></option>" \
    "<option id=\"a2\"><answer>B</answer></option></fill>" \
    "<fill id=\"b\"><label>Zwei</label><accept value=\"Straße\"/></fill>" BECAUSE "</gap>"

static void each_gap_is_a_share(void **state)
{
    (void)state;
    static const struct scored cases[] = {
        { "", 0, VERDICT_OPEN },
        { "?", 0, VERDICT_WRONG },
        { "wort:pp|wert:25|jahr:2024", 1000, VERDICT_RIGHT },
        { "jahr:2024|wert: 25 |wort:pp", 1000, VERDICT_RIGHT },
        { "wort:pp", 333, VERDICT_PARTLY },                 /* 1/3 */
        { "wort:pp|wert:25", 666, VERDICT_PARTLY },         /* 2/3 */
        { "wort:p|wert:25|jahr:1999", 333, VERDICT_PARTLY },
        { "wort:k|wert:5|jahr:x", 0, VERDICT_WRONG },
    }, all[] = {
        { "wort:pp|wert:25|jahr:2024", 1000, VERDICT_RIGHT },
        { "wort:pp|wert:25", 0, VERDICT_WRONG },
        { "wort:pp|wert:25|jahr:1", 0, VERDICT_WRONG },
    }, folded[] = {
        { "b:STRASSE", 500, VERDICT_PARTLY },
        { "a:a1|b:  strasse", 1000, VERDICT_RIGHT },
    };
    assert_scores(question_from(GAP("")), cases, COUNT_OF(cases));
    assert_scores(question_from(GAP("scoring=\"all\"")), all, COUNT_OF(all));
    assert_scores(question_from(TWO), folded, COUNT_OF(folded));
}

static void takes_what_fits_into_a_gap(void **state)
{
    (void)state;
    static const char *const cases[] = { "wort:x", "wort:25",        "fremd:p",       "wort",
                                         "pp",     "wort:pp|wort:p", "wert:1|wert:2", "wert:a\nb" };
    const struct question *q = question_from(GAP(""));
    assert_refused(q, cases, COUNT_OF(cases));
    char longest[5 + 101 + 1] = "wert:";
    memset(longest + 5, 'x', 100);
    struct given given = given_from(longest);
    assert_int_equal(question_accepts(q, &given), OK);
    longest[105] = 'x';
    given = given_from(longest);
    assert_int_equal(question_accepts(q, &given), INVALID);
    given = given_from("wert:8:30"); /* words may have a colon */
    assert_int_equal(question_accepts(q, &given), OK);
    assert_text(mark_at(marked(q, 0, "wert:8:30"), 1), "answer", "8:30");
}

/* Fields come in the order of the passage, whatever the order of the fills. */
static void the_form_is_the_passage_with_fields(void **state)
{
    (void)state;
    const struct doc_node *form = formed(question_from(GAP("")), 0, "wort:pp|wert:5"),
                          *piece = get(form, "pieces")->first;
    assert_text(piece, "html", "<p>Um 5 ");
    const struct doc_node *gap = get(piece, "gap");
    assert_text(gap, "id", "wort");
    assert_text(gap, "html_id", "q-q_wort");
    assert_int_equal(get(gap, "number")->number, 1);
    assert_int_equal(get(gap, "of")->number, 3);
    assert_true(get(gap, "is_list")->flag);
    assert_false(get(get(gap, "options")->first, "chosen")->flag);
    assert_true(get(get(gap, "options")->first->next, "chosen")->flag);
    piece = piece->next;
    assert_text(piece, "html", " oder <em>um</em> ");
    assert_text(get(piece, "gap"), "value", "5");
    assert_text(get(piece, "gap"), "label", "Wert &amp; Zahl");
    piece = piece->next->next;
    assert_text(piece, "html", ".</p>");
    assert_int_equal(get(piece, "gap")->kind, DOC_NULL);
    assert_null(piece->next);
}

static void lists_are_drawn_each_for_itself(void **state)
{
    (void)state;
    const struct question *q =
        question_from("<gap " WITH_QUESTION ">" ASKED "<passage><p><blank ref=\"a\"/><blank ref=\"b\"/></p></passage>"
                      "<fill id=\"a\"><label>A</label><option id=\"a1\" correct=\"yes\"><answer>1</answer></option>"
                      "<option id=\"a2\"><answer>2</answer></option>"
                      "<option id=\"a3\"><answer>3</answer></option></fill>"
                      "<fill id=\"b\"><label>B</label><option id=\"b1\" correct=\"yes\"><answer>1</answer></option>"
                      "<option id=\"b2\"><answer>2</answer></option>"
                      "<option id=\"b3\"><answer>3</answer></option></fill>" BECAUSE "</gap>");
    int alike = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        const struct doc_node *parts = get(described(q, seed), "parts");
        const struct doc_node *a = get(parts->first, "options")->first, *b = get(parts->first->next, "options")->first;
        alike += get(a, "id")->text.at[1] == get(b, "id")->text.at[1];
        const struct doc_node *form = get(get(get(formed(q, seed, ""), "pieces")->first, "gap"), "options")->first;
        assert_true(str_equal(get(form, "id")->text, get(a, "id")->text)); /* data and form agree */
    }
    assert_in_range(alike, 5, 40);
}

static void the_result_shows_the_given_words(void **state)
{
    (void)state;
    const struct question *q = question_from(GAP(""));
    const struct doc_node *result = marked(q, 0, "wort:p|wert:<25");
    struct str passage = get(result, "marked")->text;
    assert_has(passage, "is-wrong\">Prozent <small class=\"passage__verdict\">course-gap-wrong</small>");
    assert_has(passage, "is-wrong\">&lt;25 ");
    assert_has(passage, "is-missed\"> <small class=\"passage__verdict\">course-gap-open</small>");
    assert_text(mark_at(result, 0), "label", "Einheit");
    assert_text(mark_at(result, 0), "solution", "Prozentpunkte");
    assert_text(mark_at(result, 0), "feedback", "Das wären 21.");
    assert_text(mark_at(result, 1), "solution", "25");
    assert_text(mark_at(result, 1), "feedback", "5 zu 20.");
    assert_true(get(mark_at(result, 2), "is_missed")->flag);
    assert_int_equal(get(mark_at(result, 2), "solution")->kind, DOC_NULL); /* only a pattern knows */
    assert_has(get(marked(q, 0, "wort:pp"), "marked")->text, "is-right\">Prozentpunkte ");
    assert_text(described(q, 3), "passage", "<p>Um 5 [1] oder <em>um</em> [2] %.</p><p>Seit [3].</p>");
}

static void has_the_properties_of_all(void **state)
{
    (void)state;
    assert_properties(question_from(TWO));
    struct given unknown = question_solve(question_from(GAP("")), &arena);
    assert_int_equal(unknown.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_gap_is_a_share, set_up, tear_down),
        cmocka_unit_test_setup_teardown(takes_what_fits_into_a_gap, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_form_is_the_passage_with_fields, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_are_drawn_each_for_itself, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_result_shows_the_given_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(has_the_properties_of_all, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
