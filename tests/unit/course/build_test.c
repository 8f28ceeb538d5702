/* Building: what of a document ends where in the course, what refuses to be built, and the packs of the project. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "course/course_fixture.h"

static struct fixture x;

static int set_up(void **state)
{
    (void)state;
    fixture_open(&x);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close(&x);
    return 0;
}

#define COURSE(attributes, content) \
    "<course xmlns=\"urn:lotse:course:1\" id=\"kurs\" version=\"1.2.0\" xml:lang=\"fr-CH\"" attributes ">" \
    "<title> Un\n cours </title><summary><p>Pour <em>tous</em>.</p></summary>" content "</course>"

#define CHOICE(id, options) \
    "<choice id=\"" id "\" competence=\"digcomp-3.0:4.1\" level=\"2\" answers=\"one\"><prompt><p>Quoi ?</p></prompt>" options \
    "<explanation see=\"la\"><p>Voilà.</p></explanation></choice>"
#define OPTIONS "<option id=\"a\" correct=\"yes\"><answer>A</answer></option><option id=\"b\"><answer>B</answer></option>"

#define BROKEN_PATTERN \
    "<text id=\"q\" competence=\"f:1.1\" level=\"1\"><prompt><p>a</p></prompt><accept pattern=\"(\"/>" \
    "<explanation><p>b</p></explanation></text>"

static const char WHOLE[] = COURSE(
    " validity-months=\"24\" completion=\"test\"",
    "<lesson id=\"l1\" minutes=\"8\" review-by=\"2029-11-30\"><title>Un</title>"
    "<objective id=\"o1\" competence=\"digcomp-3.0:5.1\" level=\"2\">Faire &amp; dire</objective><objective id=\"o2\">Rien</objective>"
    "<p>avant</p><practice id=\"p1\"><title>Essayer</title>" CHOICE("zz", OPTIONS) CHOICE("mm", OPTIONS) "</practice>"
    "<practice id=\"p2\">" CHOICE("nn", OPTIONS) "</practice><p>après</p></lesson>"
    "<lesson id=\"l2\" minutes=\"7\"><title>Deux</title><p id=\"la\">là</p></lesson>"
    "<test id=\"t\" pause-minutes=\"30\"><title>Examen</title>"
    "<draw competence=\"digcomp-3.0:4.1\" count=\"2\"/><draw competence=\"digcomp-3.0:2.6\" level=\"2\" count=\"1\" must-pass=\"yes\"/>"
    "<draw competence=\"digcomp-3.0:4.1\" level=\"2\" count=\"3\"/>"
    "<pool>" CHOICE("aa", OPTIONS)
    "<text id=\"tt\" competence=\"digcomp-3.0:2.6\" level=\"2\" case=\"yes\">"
    "<material kind=\"mail\" id=\"mm-mail\"><title>De: &lt;x&gt;</title><field label=\"De\">x <em>y</em></field><p>Bonjour</p></material>"
    "<prompt><p>Vous lisez.</p><p>Que <strong>faire</strong> ?</p><ul><li>vite</li></ul></prompt>"
    "<accept value=\"Signaler\"><feedback>Oui.</feedback></accept><reject pattern=\"ouvrir.*\"/><accept pattern=\"Signal.*\"/>"
    "<otherwise><feedback>Relisez.</feedback></otherwise><explanation see=\"l1\"><p>E</p></explanation></text>"
    "</pool></test>");

static void puts_everything_in_its_place(void **state)
{
    (void)state;
    struct course *c;
    assert_int_equal(fixture_build(&x, str_of(WHOLE), NULL, &c), OK);
    assert_true(str_is(c->id, "kurs") && str_is(c->version, "1.2.0") && str_is(c->hash, "c0ffee"));
    assert_true(str_is(c->tag, "fr-CH") && c->lang == LANG_FR);
    assert_true(str_is(c->title, "Un cours") && str_is(c->summary_text, "Pour tous."));
    assert_true(str_is(c->summary.markup, "<p>Pour <em>tous</em>.</p>"));
    assert_true(c->validity_months == 24 && c->minutes == 15 && c->completion_by_test);
    assert_int_equal(c->competence_count, 2);
    assert_true(str_is(c->competences[0], "digcomp-3.0:2.6") && str_is(c->competences[1], "digcomp-3.0:4.1"));
    assert_int_equal(c->lesson_count, 2);
    assert_null(course_lesson(c, STR("l3")));
    course_free(c);
}

static void a_lesson_has_prose_and_practice_in_order(void **state)
{
    (void)state;
    struct course *c;
    assert_int_equal(fixture_build(&x, str_of(WHOLE), NULL, &c), OK);
    const struct lesson *l = course_lesson(c, STR("l1"));
    assert_int_equal(l->review_by, clock_day_of(2029, 11, 30));
    assert_int_equal(l->objective_count, 2);
    assert_true(str_is(l->objectives[0].text, "Faire & dire") && l->objectives[0].level == 2);
    assert_true(l->objectives[1].competence.len == 0 && l->objectives[1].level == 0);
    assert_int_equal(l->part_count, 4);
    assert_true(l->parts[0].kind == PART_PROSE && str_is(l->parts[0].prose.markup, "<p>avant</p>"));
    assert_true(l->parts[1].kind == PART_PRACTICE && l->parts[1].question_count == 2);
    assert_true(str_is(l->parts[1].id, "p1") && str_is(l->parts[1].title, "Essayer"));
    assert_true(l->parts[2].kind == PART_PRACTICE && l->parts[2].question_count == 1);
    assert_true(l->parts[3].kind == PART_PROSE && str_is(l->parts[3].prose.markup, "<p>après</p>"));
    assert_int_equal(l->practice_count, 3);
    course_free(c);
}

static void questions_know_where_they_belong(void **state)
{
    (void)state;
    static const char *const sorted[] = { "aa", "mm", "nn", "tt", "zz" };
    struct course *c;
    assert_int_equal(fixture_build(&x, str_of(WHOLE), NULL, &c), OK);
    assert_int_equal(c->question_count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_true(str_is(c->questions[i]->id, sorted[i]));
        assert_ptr_equal(course_question(c, str_of(sorted[i])), c->questions[i]);
    }
    assert_null(course_question(c, STR("bb")));
    const struct question *practice = course_question(c, STR("zz")), *item = course_question(c, STR("aa"));
    assert_true(practice->practice && str_is(practice->lesson, "l1"));
    assert_true(str_is(practice->see, "la") && str_is(practice->see_lesson, "l2"));
    assert_true(!item->practice && str_is(item->lesson, "l2"));
    struct given key = question_solve(item, &x.arena);
    assert_int_equal(key.count, 1);
    const struct question *text = course_question(c, STR("tt"));
    assert_true(text->see.len == 0 && str_is(text->see_lesson, "l1")); /* the lesson as a whole */
    course_free(c);
}

static void a_question_keeps_material_setting_and_prompt(void **state)
{
    (void)state;
    struct course *c;
    assert_int_equal(fixture_build(&x, str_of(WHOLE), NULL, &c), OK);
    const struct question *q = course_question(c, STR("tt"));
    assert_string_equal(question_kind(q), "text");
    assert_true(str_is(q->prompt_text, "Que faire ?"));
    assert_true(str_is(q->prompt.markup, "Que <strong>faire</strong> ?"));
    assert_true(str_is(q->setting.markup, "<p>Vous lisez.</p><ul><li>vite</li></ul>"));
    assert_true(str_is(q->material.markup,
                       "<p class=\"material__title\" id=\"mm-mail\"><span class=\"vh\">course-material-mail: </span><strong>De: "
                       "&lt;x&gt;</strong></p><dl class=\"material__fields\"><div><dt>De</dt><dd>x <em>y</em></dd></div></dl>"
                       "<p>Bonjour</p>"));
    course_free(c);
}

static void the_test_has_its_rules(void **state)
{
    (void)state;
    struct course *c;
    assert_int_equal(fixture_build(&x, str_of(WHOLE), NULL, &c), OK);
    const struct test *t = c->test;
    assert_true(t->pass_percent == 80 && t->pause_minutes == 30 && t->drawn == 6 && t->pool_count == 2);
    assert_true(t->draws[0].level == 0 && !t->draws[0].must_pass);
    assert_true(t->draws[1].level == 2 && t->draws[1].must_pass);
    course_free(c);
}

static void without_a_test_objectives_name_the_competences(void **state)
{
    (void)state;
    struct course *c;
    const char *xml = COURSE("", "<lesson id=\"l1\" minutes=\"8\"><title>U</title><objective id=\"o1\" competence=\"f:2.1\" level=\"2\">a"
                                 "</objective><objective id=\"o2\" competence=\"f:1.1\" level=\"1\">b</objective><p>c</p></lesson>");
    assert_int_equal(fixture_build(&x, str_of(xml), NULL, &c), OK);
    assert_null(c->test);
    assert_int_equal(c->competence_count, 2);
    assert_true(str_is(c->competences[0], "f:1.1"));
    assert_int_equal(c->question_count, 0);
    assert_null(course_question(c, STR("a")));
    course_free(c);
}

static void keeps_media_that_may_be_served(void **state)
{
    (void)state;
    struct pack_file list[] = {
        { STR("course.xml"), STR("<x/>") },  { STR("media/a.svg"), STR("<svg/>") },
        { STR("media/b.html"), STR("<p>") }, { STR("media/c.png"), STR("\x89PNG") },
    };
    struct pack_files files = { list, 4 };
    struct course *c;
    assert_int_equal(fixture_build(&x, fixture_course_xml(&x.arena, "<p>a</p>"), &files, &c), OK);
    assert_int_equal(c->media_count, 2);
    assert_true(str_is(course_media(c, STR("media/c.png"))->type, "image/png"));
    assert_true(str_is(course_media(c, STR("media/a.svg"))->bytes, "<svg/>"));
    assert_null(course_media(c, STR("media/b.html")));
    assert_null(course_media(c, STR("course.xml")));
    course_free(c);
}

/* The check refuses these; who builds without it gets CORRUPT, not a question that cannot be answered. */
static void refuses_what_no_check_lets_through(void **state)
{
    (void)state;
    static const char *const items[] = {
        CHOICE("q", "<option id=\"a\"><answer>A</answer></option><option id=\"b\"><answer>B</answer></option>"),
        CHOICE("q", "<option id=\"a\" correct=\"yes\"><answer>A</answer></option><option id=\"b\" correct=\"yes\"><answer>B</answer></option>"),
        BROKEN_PATTERN,
    };
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        struct course *c;
        struct str practice = str_format(&x.arena, "<practice id=\"p\">%s</practice>", items[i]);
        assert_int_equal(fixture_build(&x, fixture_course_xml(&x.arena, practice.at), NULL, &c), CORRUPT);
        assert_null(c);
    }
}

/* Every question of the pack: what it says is right is right. */
static void the_packs_of_the_project_can_be_answered(void **state)
{
    (void)state;
    struct findings findings;
    struct pack_files files;
    struct course *c;
    findings_init(&findings, &x.arena);
    assert_int_equal(pack_read("courses/informationssicherheit", &x.arena, &files, &findings), OK);
    assert_int_equal(pack_load(x.schema, &files, &findings, &c), OK);
    assert_int_equal(c->hash.len, 64);
    assert_true(c->question_count >= 30);
    for (size_t i = 0; i < c->question_count; i++) {
        const struct question *q = c->questions[i];
        struct given given = question_solve(q, &x.arena);
        if (given.count == 0)
            continue; /* only patterns */
        assert_int_equal(question_accepts(q, &given), OK);
        if (question_mark(q, &given).points != 1000)
            fail_msg("%.*s", STR_ARG(q->id));
    }
    course_free(c);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(puts_everything_in_its_place),
        TEST(a_lesson_has_prose_and_practice_in_order),
        TEST(questions_know_where_they_belong),
        TEST(a_question_keeps_material_setting_and_prompt),
        TEST(the_test_has_its_rules),
        TEST(without_a_test_objectives_name_the_competences),
        TEST(keeps_media_that_may_be_served),
        TEST(refuses_what_no_check_lets_through),
        TEST(the_packs_of_the_project_can_be_answered),
    };
    return cmocka_run_group_tests_name("course/build", tests, NULL, NULL);
}
