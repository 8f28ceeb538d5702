/* select: points for marks, and the passage with checkboxes and with verdicts in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/kind/kind_fixture.h"

#define SELECT(attributes) \
    "<select " WITH_QUESTION " " attributes ">" ASKED \
    "<passage><p><mark id=\"a\">Stimmt.</mark> <mark id=\"b\" correct=\"yes\">Stimmt " \
    "<em>nicht</em>.<feedback>Weil &lt; 3.</feedback></mark></p><table><caption>Werte</caption><tr>" \
    "<th scope=\"row\">X</th>" \
    "<td><mark id=\"c\" correct=\"yes\">-4</mark></td><td><mark id=\"d\">5<feedback>Das passt.</feedback>" \
    "</mark></td></tr></table></passage>" BECAUSE "</select>"

static void rightly_less_wrongly_marked(void **state)
{
    (void)state;
    static const struct scored cases[] = {
        { "", 0, VERDICT_OPEN },
        { "?", 0, VERDICT_WRONG },
        { "b|c", 1000, VERDICT_RIGHT },
        { "c|b", 1000, VERDICT_RIGHT },
        { "b", 500, VERDICT_PARTLY },      /* 1/2 */
        { "b|c|d", 500, VERDICT_PARTLY },  /* (2 - 1)/2 */
        { "b|a", 0, VERDICT_WRONG },       /* 1 - 1 */
        { "a|b|c|d", 0, VERDICT_WRONG },   /* marking everything does not pay */
        { "a", 0, VERDICT_WRONG },         /* never below 0 */
    }, all[] = {
        { "b|c", 1000, VERDICT_RIGHT },
        { "b", 0, VERDICT_WRONG },
        { "b|c|d", 0, VERDICT_WRONG },
    };
    assert_scores(question_from(SELECT("")), cases, COUNT_OF(cases));
    assert_scores(question_from(SELECT("scoring=\"all\"")), all, COUNT_OF(all));
    static const char *const refused[] = { "x", "b|b", "b|x", "Stimmt." };
    assert_refused(question_from(SELECT("")), refused, COUNT_OF(refused));
}

/* A text is read in its order, so no seed changes it. */
static void the_form_is_the_passage_with_checkboxes(void **state)
{
    (void)state;
    const struct question *q = question_from(SELECT(""));
    for (uint64_t seed = 0; seed < 3; seed++) {
        const struct doc_node *form = formed(q, seed, "c"), *piece = get(form, "pieces")->first;
        assert_int_equal(get(get(form, "marked"), "n")->number, 1);
        assert_text(piece, "html", "<p>");
        assert_text(get(piece, "mark"), "answer", "Stimmt.");
        piece = piece->next;
        assert_text(piece, "html", " ");
        assert_text(get(piece, "mark"), "answer", "Stimmt <em>nicht</em>.");
        assert_text(get(piece, "mark"), "html_id", "q-q_b");
        assert_false(get(get(piece, "mark"), "checked")->flag);
        piece = piece->next;
        assert_has(get(piece, "html")->text, "<td>");
        assert_true(get(get(piece, "mark"), "checked")->flag);
        piece = piece->next->next;
        assert_int_equal(get(piece, "mark")->kind, DOC_NULL);
        assert_null(piece->next);
        assert_text(get(described(q, seed), "options")->first, "id", "a");
    }
    assert_has(get(described(q, 0), "passage")->text, "<p>Stimmt. Stimmt <em>nicht</em>.</p>");
}

static void the_result_says_what_was_right(void **state)
{
    (void)state;
    const struct doc_node *result = marked(question_from(SELECT("")), 5, "b|d");
    struct str passage = get(result, "marked")->text;
    assert_has(passage, "<p>Stimmt. <span class=\"passage__mark is-right\">Stimmt <em>nicht</em>. "
                        "<small class=\"passage__verdict\">course-marked-rightly</small></span></p>");
    assert_has(passage, "is-missed\">-4 <small class=\"passage__verdict\">course-marked-missed");
    assert_has(passage, "is-wrong\">5 <small class=\"passage__verdict\">course-marked-wrongly");
    assert_true(get(mark_at(result, 0), "is_rightly_left")->flag);
    assert_true(get(mark_at(result, 1), "is_rightly_chosen")->flag);
    assert_text(mark_at(result, 1), "feedback", "Weil &lt; 3.");
    assert_true(get(mark_at(result, 2), "is_missed")->flag);
    assert_true(get(mark_at(result, 3), "is_wrongly_chosen")->flag);
    assert_text(mark_at(result, 3), "feedback", "Das passt.");
}

static void has_the_properties_of_all(void **state)
{
    (void)state;
    assert_properties(question_from(SELECT("")));
    assert_properties(question_from(SELECT("scoring=\"all\"")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rightly_less_wrongly_marked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_form_is_the_passage_with_checkboxes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_result_says_what_was_right, set_up, tear_down),
        cmocka_unit_test_setup_teardown(has_the_properties_of_all, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
