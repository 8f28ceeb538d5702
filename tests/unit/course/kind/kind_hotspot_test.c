/* hotspot: points as for a choice, areas at their places in the picture, numbers that agree everywhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/kind/kind_fixture.h"

#define AREA(id, more, left, top, width, height) \
    "<area id=\"" id "\" left-percent=\"" left "\" top-percent=\"" top "\" width-percent=\"" width \
    "\" height-percent=\"" height "\"" more "><answer>" id "</answer><feedback>Zu " id ".</feedback></area>"
#define YES " correct=\"yes\""
#define HOTSPOT(attributes, areas) \
    "<hotspot " WITH_QUESTION " " attributes ">" ASKED \
    "<figure src=\"media/a.svg\" alt=\"Ein &quot;Bild&quot;\"><caption>Ein Fall</caption></figure>" areas BECAUSE \
    "</hotspot>"
#define ONE \
    HOTSPOT("answers=\"one\"", AREA("a", "", "0", "0", "50", "50") AREA("b", YES, "12.5", "50", "25.25", "50") \
                                   AREA("c", "", "90", "90", "10", "10"))
#define SEVERAL \
    HOTSPOT("answers=\"several\"", AREA("a", YES, "0", "0", "50", "50") AREA("b", YES, "0", "50", "50", "50") \
                                       AREA("c", "", "50", "0", "50", "50"))

static struct pack_file files[] = {
    { STR_INIT("media/a.svg"), STR_INIT("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 400\"/>") },
};
static const struct pack_files pack = { files, 1 };

static void marks_as_a_choice(void **state)
{
    (void)state;
    static const struct scored one[] = {
        { "", 0, VERDICT_OPEN },     { "?", 0, VERDICT_WRONG }, { "b", 1000, VERDICT_RIGHT },
        { "a", 0, VERDICT_WRONG },
    }, several[] = {
        { "a|b", 1000, VERDICT_RIGHT },
        { "a", 500, VERDICT_PARTLY },     /* 1/2 */
        { "a|b|c", 500, VERDICT_PARTLY }, /* (2 - 1)/2 */
        { "a|c", 0, VERDICT_WRONG },      /* 1 - 1 */
    };
    static const char *const refused[] = { "a|b", "x", "1" };
    assert_scores(question_with(ONE, &pack), one, COUNT_OF(one));
    assert_scores(question_with(SEVERAL, &pack), several, COUNT_OF(several));
    assert_refused(question_with(ONE, &pack), refused, COUNT_OF(refused));
}

static void areas_stand_at_their_places(void **state)
{
    (void)state;
    const struct question *q = question_with(ONE, &pack);
    struct str picture = get(formed(q, 0, "a"), "picture")->text;
    assert_has(picture, "<svg viewBox=\"0 0 800 400\" width=\"800\" height=\"400\" class=\"drawing fill-ink\"");
    assert_has(picture, "aria-label=\"Ein &quot;Bild&quot;\" role=\"img\">");
    assert_has(picture, "viewBox=\"0 0 800 400\" aria-hidden=\"true\"");
    assert_has(picture, "x=\"100\" y=\"200\" width=\"202\" height=\"200\""); /* 12.5, 50, 25.25 and 50 percent */
    assert_has(picture, "for=\"q-q_b\"");
    assert_has(picture, "<figcaption>Ein Fall</figcaption>");
    /* badges are around the corners of their areas, and stay inside the picture: 56 wide and high of 800 and 400 */
    assert_has(picture, "class=\"hotspot__badge\" x=\"0\" y=\"0\" width=\"56\" height=\"56\"");
    assert_has(picture, "class=\"hotspot__badge\" x=\"72\" y=\"172\" width=\"56\" height=\"56\"");
    assert_has(picture, "class=\"hotspot__badge\" x=\"692\" y=\"332\" width=\"56\" height=\"56\"");
    assert_null(
        memmem(get(described(q, 0), "picture")->text.at, get(described(q, 0), "picture")->text.len, "<label", 6));
}

/* The number in the list is the number in the picture, in form and result, whatever the order drawn. */
static void numbers_agree(void **state)
{
    (void)state;
    const struct question *q = question_with(SEVERAL, &pack);
    for (uint64_t seed = 0; seed < 8; seed++) {
        const struct doc_node *form = formed(q, seed, "c"), *result = marked(q, seed, "c");
        const struct doc_node *option = get(form, "options")->first;
        for (size_t i = 0; option; option = option->next, i++) {
            struct str id = get(option, "id")->text;
            char target[64];
            snprintf(target, sizeof target, "data-number=\"%d\"", (int)get(option, "number")->number);
            struct str picture = get(form, "picture")->text;
            const char *group = memmem(picture.at, picture.len, target, strlen(target));
            snprintf(target, sizeof target, "for=\"q-q_%.*s\"", STR_ARG(id));
            const char *label = memmem(picture.at, picture.len, target, strlen(target));
            assert_true(group && label && group < label && !memmem(group, (size_t)(label - group), "</g>", 4));
            assert_text(mark_at(result, i), "id", str_copy(&arena, id).at);
            assert_int_equal(get(mark_at(result, i), "label")->text.at[0] - '0', i + 1);
        }
    }
}

static void the_result_is_marked_by_more_than_colour(void **state)
{
    (void)state;
    const struct doc_node *result = marked(question_with(SEVERAL, &pack), 0, "b|c");
    struct str picture = get(result, "marked")->text;
    assert_has(picture, "<g class=\"hotspot__area is-missed\" data-number=\"1\">");
    assert_has(picture, "<g class=\"hotspot__area is-right\" data-number=\"2\">");
    assert_has(picture, "<g class=\"hotspot__area is-wrong\" data-number=\"3\">");
    assert_has(picture, "M20 6 9 17l-5-5");
    assert_has(picture, "M18 6 6 18M6 6l12 12");
    assert_true(get(mark_at(result, 0), "is_missed")->flag);
    assert_text(mark_at(result, 2), "feedback", "Zu c.");
}

static void refuses_what_cannot_be_drawn(void **state)
{
    (void)state;
    static const char *const bad[] = {
        HOTSPOT("answers=\"one\"", AREA("a", YES, "60", "0", "50", "50") AREA("b", "", "0", "0", "9", "9")),
        HOTSPOT("answers=\"one\"", AREA("a", YES, "0", "0", "0", "50") AREA("b", "", "0", "0", "9", "9")),
        HOTSPOT("answers=\"one\"", AREA("a", YES, "x", "0", "5", "50") AREA("b", "", "0", "0", "9", "9")),
    };
    struct course *course;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_int_equal(fixture_build(&fixture, practice_of(bad[i]), &pack, &course), CORRUPT);
    assert_int_equal(fixture_build(&fixture, practice_of(ONE), NULL, &course), CORRUPT); /* no picture */
}

static void has_the_properties_of_all(void **state)
{
    (void)state;
    assert_properties(question_with(ONE, &pack));
    assert_properties(question_with(SEVERAL, &pack));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(marks_as_a_choice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(areas_stand_at_their_places, set_up, tear_down),
        cmocka_unit_test_setup_teardown(numbers_agree, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_result_is_marked_by_more_than_colour, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_what_cannot_be_drawn, set_up, tear_down),
        cmocka_unit_test_setup_teardown(has_the_properties_of_all, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
