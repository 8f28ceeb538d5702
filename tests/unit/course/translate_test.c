/* Translations: what a course in another language is made of, which language everything has, what media it shows, and what
 * --fix takes out. The pack tests/packs/good-translated is whole; smaller ones are written here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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

static void assert_str(struct str found, const char *expected)
{
    if (!str_is(found, expected))
        fail_msg("expected %s\nfound    %.*s", expected, STR_ARG(found));
}

static bool contains(struct str text, const char *part)
{
    return memmem(text.at, text.len, part, strlen(part)) != NULL;
}

static struct course *load_files(const struct pack_files *files)
{
    struct findings findings;
    struct course *course;
    findings_init(&findings, &x.arena);
    enum status s = pack_load(x.schema, files, &findings, &course);
    if (s)
        fail_msg("%s at %d:%d", findings.first ? findings.first->code : status_name(s),
                 findings.first ? findings.first->line : 0, findings.first ? findings.first->column : 0);
    return course;
}

static struct course *load_folder(const char *path)
{
    struct findings findings;
    struct pack_files files;
    findings_init(&findings, &x.arena);
    assert_int_equal(pack_read(path, &x.arena, &files, &findings), OK);
    return load_files(&files);
}

/* The German pack, translated by these words. */
static struct course *load_with(const char *english)
{
    struct pack_file file[] = {
        { STR("course.en.xml"), str_of(english) },
        { STR("course.xml"), fixture_file(&x.arena, "tests/packs/good-translated/course.xml") },
        { STR("media/plan.svg"), fixture_file(&x.arena, "tests/packs/good-translated/media/plan.svg") },
    };
    return load_files(&(struct pack_files){ file, 3 });
}

#define ENGLISH(content)                                                                              \
    "<course xmlns='urn:lotse:course:1' id='uebersetzt' xml:lang='en' translates='1.2.0'>"            \
    "<title>Locking</title><summary><p>Why.</p></summary>" content "</course>"

static void a_translation_is_a_course_of_its_own(void **state)
{
    (void)state;
    struct course *de = load_folder("tests/packs/good-translated");
    const struct course *en = course_in(de, LANG_EN);
    assert_ptr_not_equal(en, de);
    assert_ptr_equal(en->source, de);
    assert_ptr_equal(course_in(en, LANG_DE), de);
    assert_ptr_equal(course_in(en, LANG_IT), de); /* there is no Italian */
    assert_true(course_speaks(de, LANG_EN) && course_speaks(de, LANG_DE) && !course_speaks(de, LANG_FR));
    assert_str(en->title, "Locking");
    assert_str(en->summary_text, "Why one locks the screen.");
    assert_str(en->tag, "en");
    assert_true(str_equal(en->hash, de->hash) && str_equal(en->id, de->id) && str_equal(en->version, de->version));
    course_free(de);
}

/* Order, minutes, competences, levels, keys, draws: once, in the source. */
static void what_is_written_once_is_the_same_in_all(void **state)
{
    (void)state;
    struct course *de = load_folder("tests/packs/good-translated");
    const struct course *en = course_in(de, LANG_EN);
    assert_int_equal(en->validity_months, 24);
    assert_int_equal(en->minutes, de->minutes);
    assert_int_equal(en->lesson_count, de->lesson_count);
    assert_int_equal(en->question_count, de->question_count);
    assert_ptr_equal(en->media, de->media);
    assert_int_equal(en->test->pass_percent, 50);
    assert_int_equal(en->test->drawn, 2);
    for (size_t i = 0; i < de->lesson_count; i++)
        assert_true(str_equal(en->lessons[i].id, de->lessons[i].id) && en->lessons[i].minutes == de->lessons[i].minutes);
    for (size_t i = 0; i < de->test->pool_count; i++)
        assert_true(str_equal(en->test->pool[i]->id, de->test->pool[i]->id));
    for (size_t i = 0; i < de->question_count; i++) {
        const struct question *one = de->questions[i], *other = course_question(en, one->id);
        assert_true(str_equal(one->competence, other->competence) && one->level == other->level);
        assert_true(str_equal(one->lesson, other->lesson) && str_equal(one->see, other->see));
    }
    struct str a = STR("a");
    assert_int_equal(question_mark(course_question(en, STR("frage")), &(struct given){ .values = &a, .count = 1 }).points, 1000);
    course_free(de);
}

/* A word that is accepted in one language need not be in another. */
static void accepted_words_belong_to_a_language(void **state)
{
    (void)state;
    struct course *de = load_folder("tests/packs/good-translated");
    const struct question *german = course_question(de, STR("wort"));
    const struct question *english = course_question(course_in(de, LANG_EN), STR("wort"));
    static const struct {
        const char *answer;
        int german, english;
    } cases[] = { { "sperren", 1000, 0 }, { "Abschliessen", 1000, 0 }, { "locking", 0, 1000 }, { "lock", 0, 0 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str answer = str_of(cases[i].answer);
        struct given g = { .values = &answer, .count = 1 };
        assert_int_equal(question_mark(german, &g).points, cases[i].german);
        assert_int_equal(question_mark(english, &g).points, cases[i].english);
    }
    course_free(de);
}

static void a_picture_of_its_own_takes_the_place(void **state)
{
    (void)state;
    struct course *de = load_folder("tests/packs/good-translated");
    struct str german = de->lessons[0].parts[0].prose.markup;
    struct str english = course_in(de, LANG_EN)->lessons[0].parts[0].prose.markup;
    assert_true(contains(german, "M0 0h4v3z") && !contains(german, "M4 3H0V0z"));
    assert_true(contains(english, "M4 3H0V0z") && contains(english, "aria-label=\"A floor plan\""));
    assert_non_null(course_media(de, STR("media/en/plan.svg")));
    course_free(de);
}

/* ---- in part ---- */

static void what_is_not_translated_stays_in_the_source_and_says_so(void **state)
{
    (void)state;
    struct course *de = load_with(ENGLISH(
        "<lesson id='wie'><title>How to lock</title></lesson>"
        "<test id='test'><title>Test</title><pool><text id='wort'><prompt><p>Called?</p></prompt><accept value='Locking'/>"
        "<explanation><p>Locking.</p></explanation></text></pool></test>"
        "<glossary><entry id='begriff'><title>Identifier</title><p>A name.</p></entry></glossary>"));
    const struct course *en = course_in(de, LANG_EN);
    const struct lesson *none = &en->lessons[0], *head = &en->lessons[1];
    assert_str(none->title, "Warum sperren");
    assert_str(none->title_tag, "de-CH");
    assert_str(none->tag, "de-CH");
    assert_str(head->title, "How to lock");
    assert_str(head->title_tag, "en");
    assert_str(head->tag, "de-CH");
    assert_true(contains(head->parts[0].prose.markup, "Mit <code>Win + L</code>."));
    assert_str(course_question(en, STR("wort"))->tag, "en");
    assert_str(course_question(en, STR("was"))->tag, "de-CH");
    assert_str(course_question(en, STR("frage"))->tag, "de-CH"); /* of the practice of a lesson in German */
    assert_str(course_question(en, STR("was"))->prompt_text, "Was hilft?");
    assert_str(en->test->tag, "en");
    assert_str(en->glossary[0].tag, "de-CH");
    assert_str(en->glossary[1].tag, "en");
    course_free(de);
}

/* A term of a lesson can have an entry in another language: the entry says so. */
static void an_entry_in_another_language_is_marked(void **state)
{
    (void)state;
    struct course *de = load_with(
        ENGLISH("<glossary><entry id='begriff'><title>Identifier</title><p>A name.</p></entry></glossary>"));
    const struct lesson *lesson = &course_in(de, LANG_EN)->lessons[0];
    struct str terms = lesson->parts[lesson->part_count - 1].prose.markup;
    assert_true(contains(terms, "lang=\"en\">Identifier") && !contains(terms, "lang=\"de-CH\""));
    course_free(de);
}

static void a_test_that_is_not_translated_is_the_sources(void **state)
{
    (void)state;
    struct course *de = load_with(ENGLISH(""));
    const struct course *en = course_in(de, LANG_EN);
    assert_str(en->test->title, "Test zum Sperren");
    assert_str(en->test->tag, "de-CH");
    assert_int_equal(en->test->pool_count, 2);
    course_free(de);
}

/* ---- ids that were renamed ---- */

static void a_renamed_id_leads_both_ways(void **state)
{
    (void)state;
    struct course *de = load_folder("tests/packs/good-translated");
    static const struct {
        const char *id, *now, *stored;
    } cases[] = {
        { "sperre", "warum", "sperre" },
        { "warum", "warum", "sperre" },
        { "frage-uralt", "frage", "frage-uralt" },
        { "frage-alt", "frage", "frage-uralt" },
        { "frage", "frage", "frage-uralt" },
        { "wie", "wie", "wie" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_str(course_id_now(course_in(de, LANG_EN), str_of(cases[i].id)), cases[i].now);
        assert_str(course_id_stored(course_in(de, LANG_EN), str_of(cases[i].id)), cases[i].stored);
    }
    course_free(de);
}

/* ---- repetitions ---- */

static struct str without_repetitions(struct str english, size_t *count)
{
    struct pack_file file[] = {
        { STR("course.en.xml"), english },
        { STR("course.xml"), fixture_file(&x.arena, "tests/packs/good-translated/course.xml") },
        { STR("media/plan.svg"), fixture_file(&x.arena, "tests/packs/good-translated/media/plan.svg") },
    };
    struct findings findings;
    struct pack_cuts cuts;
    findings_init(&findings, &x.arena);
    assert_int_equal(pack_repeats(x.schema, &(struct pack_files){ file, 3 }, &findings, &x.arena, &cuts), OK);
    *count = cuts.count;
    return pack_without(&file[0], &cuts, &x.arena);
}

static void repetitions_are_cut_and_nothing_else(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after;
        size_t count;
    } cases[] = {
        { ENGLISH(""), ENGLISH(""), 0 },
        { ENGLISH("<lesson id='wie'  minutes = '7' ><title>How</title><p>So.</p></lesson>"),
          ENGLISH("<lesson id='wie' ><title>How</title><p>So.</p></lesson>"), 1 },
        { ENGLISH("<lesson\n\tminutes=\"7\"\n\tid='wie'><title>How</title><p>ä&#228;</p><!-- minutes='7' --></lesson>"),
          ENGLISH("<lesson\n\tid='wie'><title>How</title><p>ä&#228;</p><!-- minutes='7' --></lesson>"), 1 },
        { "\xEF\xBB\xBF" ENGLISH("<lesson id='wie' minutes='7'><title>How</title><p>So.</p></lesson>"),
          ENGLISH("<lesson id='wie'><title>How</title><p>So.</p></lesson>"), 2 },
        /* other values are errors, for their author to decide */
        { ENGLISH("<lesson id='wie' minutes='8'><title>How</title><p>So.</p></lesson>"),
          ENGLISH("<lesson id='wie' minutes='8'><title>How</title><p>So.</p></lesson>"), 0 },
        { ENGLISH("<test id='test' pass-percent='50'><title>T</title>\n"
                  "  <draw level='2' competence='digcomp-3.0:4.1' count='2'/>\n  <pool/></test>"),
          ENGLISH("<test id='test'><title>T</title>\n  <pool/></test>"), 2 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t count;
        struct str after = without_repetitions(str_of(cases[i].before), &count);
        assert_str(after, cases[i].after);
        assert_int_equal(count, cases[i].count);
    }
}

/* What is cut is what the source says: the course is the same with and without. */
static void cutting_changes_nothing(void **state)
{
    (void)state;
    const char *wordy = ENGLISH("<lesson id='wie' minutes='7'><title>How</title><p>So.</p></lesson>");
    size_t count;
    struct str lean = without_repetitions(str_of(wordy), &count);
    struct course *one = load_with(wordy), *other = load_with(lean.at);
    assert_str(course_in(one, LANG_EN)->lessons[1].title, "How");
    assert_int_equal(course_in(one, LANG_EN)->minutes, course_in(other, LANG_EN)->minutes);
    course_free(one);
    course_free(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_translation_is_a_course_of_its_own),
        cmocka_unit_test(what_is_written_once_is_the_same_in_all),
        cmocka_unit_test(accepted_words_belong_to_a_language),
        cmocka_unit_test(a_picture_of_its_own_takes_the_place),
        cmocka_unit_test(what_is_not_translated_stays_in_the_source_and_says_so),
        cmocka_unit_test(an_entry_in_another_language_is_marked),
        cmocka_unit_test(a_test_that_is_not_translated_is_the_sources),
        cmocka_unit_test(a_renamed_id_leads_both_ways),
        cmocka_unit_test(repetitions_are_cut_and_nothing_else),
        cmocka_unit_test(cutting_changes_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
