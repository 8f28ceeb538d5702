/* One slip at a time in the pack that uses every element: the checker finds it where it is, says what it is and nothing
 * else. A row changes one place of course.xml; "¦" in what is put there is where the finding must point to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/course_fixture.h"

#define MARK "¦"

static struct fixture x;
static struct pack_files everything;

static int set_up(void **state)
{
    (void)state;
    struct findings findings;
    fixture_open(&x);
    findings_init(&findings, &x.arena);
    assert_int_equal(pack_read("tests/packs/everything", &x.arena, &everything, &findings), OK);
    assert_int_equal(pack_check(x.schema, &everything, &findings), OK);
    assert_null(findings.first);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close(&x);
    return 0;
}

/* find: stands there at least once; its first place is changed. codes: of all findings, in their order; the first is at
 * the mark. */
static const struct mutation {
    const char *find, *put, *codes;
} MUTATIONS[] = {
    /* characters and markup */
    { "<p>Jede Frageart", "<p>¦&nbsp;Jede Frageart", "html-entity" },
    { "<p>Jede Frageart kommt", "<p>Jede Frageart ¦&uuml;ber", "html-entity" },
    { "<p>Jede Frageart", "<p>A ¦& B", "bare-ampersand" },
    { "<p>Jede Frageart", "<p>A ¦< B", "bare-less-than" },
    { "<p>Jede Frageart", "<p>¦\xFC" "ber", "not-utf8" },
    { "<p>Jede Frageart", "<p>¦\xE2\x80\xAE", "control-character" },
    { "<p>Jede Frageart kommt hier einmal vor.</p>", "¦<p>Jede Frageart kommt hier einmal vor.", "unclosed-element" },
    { "<p>Jede Frageart kommt hier einmal vor.</p>", "<p>a</p>¦</div>", "stray-end" },
    { "<p>Jede Frageart kommt hier einmal vor.</p>", "<p>¦<strong>a</p></strong>", "unclosed-element" },
    { "<strong>wichtigen</strong>", "¦<strong>wichtigen<strong>", "unclosed-element; unclosed-element" },
    { "<p>Jede Frageart", "<p ¦id=neu>Jede Frageart", "attribute-quotes" },
    { "<p>Jede Frageart", "<p ¦id=\"neu>Jede Frageart", "open-quote" },
    { "<p>Jede Frageart kommt", "<p id=\"neu\" ¦Jede <em>Frageart</em>", "attribute-quotes" },
    { "<p id=\"frist\">", "<p id=\"frist\" ¦id=\"zwei\">", "double-attribute" },
    { "<p>Jede Frageart kommt", "¦<!-- Jede Frageart kommt", "open-comment" },
    { "<p>Jede Frageart kommt", "<p>Jede¦<br>Frageart", "html-break" },
    { "<p>Jede Frageart kommt", "<p>Jede¦<br/>Frageart", "html-break" },
    { "<strong>wichtigen</strong>", "¦<b>wichtigen</b>", "html-element" },
    { "<strong>wichtigen</strong>", "¦<u>wichtigen</u>", "html-element" },
    { "<strong>wichtigen</strong>", "¦<font color='red'>wichtigen</font>", "html-inline" },
    { "<strong>wichtigen</strong>", "¦<span style='x'>wichtigen</span>", "html-inline" },
    { "<p>Jede Frageart kommt hier einmal vor.</p>", "¦<center><p>a</p></center>", "html-block" },
    { "<p>Jede Frageart kommt hier einmal vor.</p>", "¦<div><p>a</p></div>", "html-block" },
    { "<p>Jede Frageart", "<p ¦class=\"MsoNormal\">Jede Frageart", "word-style" },
    { "<p>Jede Frageart kommt", "<p>Jede Frageart¦<o:p></o:p>", "word-element" },
    { "<p>Jede Frageart", "<p>¦\xEF\x82\xB7 Jede Frageart", "word-bullet" },
    /* elements */
    { "<callout kind=\"tip\">", "¦<calout kind=\"tip\">", "misspelt-element" },
    { "<takeaway id=\"merksatz\"><p>Fragen Sie vor jeder Zahl: wovon und verglichen womit?</p></takeaway>",
      "¦<takeawy id=\"merksatz\"><p>a</p></takeawy>", "misspelt-element" },
    { "<ul><li>ein Punkt</li>", "<ul>¦<punkt>ein Punkt</punkt>", "unknown-element" },
    { "<ul><li>ein Punkt</li>", "<ul>¦<p>ein Punkt</p>", "element-not-here" },
    { "<ul><li>ein Punkt</li><li>noch ein Punkt</li></ul>", "¦<ul></ul>", "missing-element" },
    { "<title>Elemente des Textes</title>", "", "missing-before" },
    { "<caption>Vor und nach dem Sperren</caption>", "<caption>Vor</caption>¦<caption>Nach</caption>", "repeated-element" },
    { "<title>Ordnen</title><p>Alle Werte der Grösse nach.</p>", "<p>Alle Werte</p>¦<title>Ordnen</title>", "wrong-order" },
    { "<callout kind=\"note\"><p>Ein Hinweis.</p>", "<callout kind=\"note\">¦Ein Hinweis.<p>a</p>", "loose-words" },
    { "<callout kind=\"note\"><p>Ein Hinweis.</p>", "<callout kind=\"note\">¦Ein Hinweis.", "loose-words" },
    { "<left>Wie lange dauert", "<left>¦<ul><li>a</li></ul>Wie lange dauert", "element-not-here" },
    { "<section id=\"tabellen\">", "<section id=\"tabellen\">¦<lesson id=\"innen\" minutes=\"1\"><title>T</title></lesson>",
      "element-not-here" },
    { "</course>", "¦<p>a</p></course>", "element-not-here" },
    /* attributes and values */
    { "<section id=\"absatz\">", "¦<section>", "missing-attribute; unknown-references" },
    { "<section id=\"absatz\">", "<section ¦idd=\"absatz\">", "misspelt-attribute" },
    { "<section id=\"absatz\">", "<section id=\"absatzz\">", "misspelt-references" },
    { "<section id=\"absatz\">", "<section ¦id=\"Absatz\">", "bad-id; misspelt-references" },
    { "<section id=\"tabellen\">", "<section ¦id=\"absatz\">", "double-id" },
    { "minutes=\"10\" review", "¦minutes=\"zehn\" review", "bad-number" },
    { "minutes=\"10\" review", "¦minutes=\"100\" review", "number-too-large" },
    { "review-by=\"2026-06-30\"", "¦review-by=\"2026-06-31\"", "bad-date" },
    { "review-by=\"2026-06-30\"", "¦review-by=\"30.6.2026\"", "bad-date" },
    { "version=\"1.0.0\" xml:lang", "¦version=\"1.0\" xml:lang", "bad-version" },
    { "xml:lang=\"de-CH\" validity", "validity", "missing-language" },
    { " alt=\"Zwei Bildschirme, links offen, rechts gesperrt\"", "", "missing-alt" },
    { "src=\"media/arbeitsplatz.svg\"", "¦src=\"media/arbeitsplat.svg\"", "misspelt-media" },
    { "captions=\"media/sperren.vtt\"", "¦captions=\"media/sperren.webm\"", "media-no-captions; media-unused" },
    { "<callout kind=\"note\">", "<callout ¦kind=\"hinweis\">", "bad-choice" },
    { "<th scope=\"col\">Tage</th>", "<th ¦scope=\"row\">Tage</th>", "wrong-scope" },
    { "<tr><th scope=\"col\">Amt</th>", "¦<tr>", "ragged-first-row" },
    { "href=\"#faelle\"", "¦href=\"#fälle\"", "bad-href" },
    { "href=\"#faelle\"", "¦href=\"#faele\"", "misspelt-reference" },
    { "href=\"https://www.bacs.admin.ch\"", "¦href=\"javascript:alert(1)\"", "bad-href" },
    { "<term ref=\"rate\">", "<term ¦ref=\"quote\">", "unknown-reference" },
    { "competence=\"digcomp-3.0:1.2\" level=\"2\">Sie erkennen", "¦competence=\"digcomp-3.0:1.2\">Sie erkennen", "half-objective" },
    { "competence=\"digcomp-3.0:1.2\" level=\"2\">Sie erkennen", "¦competence=\"digcomp-3.0:9.9\" level=\"2\">Sie erkennen",
      "unknown-competence" },
    /* questions */
    { "<option id=\"a\" correct=\"yes\"><answer>Der Median", "<option id=\"a\"><answer>Der Median", "no-correct-option" },
    { "<option id=\"b\"><answer>Der Durchschnitt", "<option id=\"b\" ¦correct=\"yes\"><answer>Der Durchschnitt",
      "second-correct-option" },
    { "<option id=\"b\"><answer>Der Durchschnitt", "<option ¦id=\"a\"><answer>Der Durchschnitt", "double-option-id" },
    { "<accept pattern=\"zentralwert(e)?\">", "<accept ¦pattern=\"zentralwert(e?\">", "bad-pattern" },
    { "<accept pattern=\"zentralwert(e)?\">", "<accept pattern=\"(zentral)+wert(e)?\">", "" },
    { "<accept pattern=\"zentralwert(e)?\">", "<accept ¦pattern=\"(\\w+\\s?)+wert\">", "slow-pattern" },
    { "<blank ref=\"wort\"/>", "<blank ¦ref=\"wrot\"/>", "misspelt-blank; fill-without-blank" },
    { "<message id=\"druck\" tray=\"mit-anzahl\">", "<message id=\"druck\" ¦tray=\"mit-anzal\">", "misspelt-tray" },
    { "<accept value=\"20\">", "<accept ¦value=\"zwanzig\">", "bad-decimal" },
    { "width-percent=\"9\"", "width-percent=\"99\"", "area-outside" },
    { "level=\"2\" count=\"10\"/>", "level=\"2\" ¦count=\"11\"/>", "short-draw" },
    { "<renamed from=\"alle-elemente\"", "<renamed ¦from=\"absatz\"", "renamed-reused" },
};

/* Puts the mutation in place; *at: where the finding must be, or len when the row does not say. */
static struct str mutate(const struct mutation *m, struct str source, struct arena *a, size_t *at)
{
    const char *hit = memmem(source.at, source.len, m->find, strlen(m->find));
    if (!hit)
        fail_msg("not in the pack: %s", m->find);
    size_t start = (size_t)(hit - source.at);
    struct str put = str_of(m->put), rest = str_from(source, start + strlen(m->find));
    const char *mark = strstr(m->put, MARK);
    struct str before = str_part(put, 0, mark ? (size_t)(mark - m->put) : put.len);
    struct str after = mark ? str_from(put, before.len + strlen(MARK)) : STR("");
    struct str out = str_format(a, "%.*s%.*s%.*s%.*s", (int)start, source.at, STR_ARG(before), STR_ARG(after), STR_ARG(rest));
    *at = mark ? start + before.len : out.len;
    return out;
}

static void place_of(struct str text, size_t at, int *line, int *column)
{
    *line = *column = 1;
    for (size_t i = 0; i < at; i++) {
        bool end = text.at[i] == '\n', first = ((unsigned char)text.at[i] & 0xC0) != 0x80;
        *line += end;
        *column = end ? 1 : *column + first;
    }
}

static struct str summary(const struct findings *findings, struct arena *a)
{
    struct str out = STR("");
    for (const struct finding *f = findings->first; f; f = f->next)
        out = str_format(a, "%.*s%s%.*s:%d:%d %s", STR_ARG(out), out.len ? "; " : "", STR_ARG(f->file), f->line, f->column, f->code);
    return out;
}

static struct str codes_of(const struct findings *findings, struct arena *a)
{
    struct str out = STR("");
    for (const struct finding *f = findings->first; f; f = f->next)
        out = str_format(a, "%.*s%s%s", STR_ARG(out), out.len ? "; " : "", f->code);
    return out;
}

static void check_with(struct str course, struct findings *findings, struct arena *a)
{
    struct pack_files files = { ARENA_ARRAY(a, everything.count, struct pack_file), everything.count };
    for (size_t i = 0; i < files.count; i++) {
        files.files[i] = everything.files[i];
        if (str_is(files.files[i].path, "course.xml"))
            files.files[i].bytes = course;
    }
    findings_init(findings, a);
    enum status status = pack_check(x.schema, &files, findings);
    assert_int_equal(status, findings->errors ? INVALID : OK);
}

/* False: it was said what is wrong with this row. */
static bool holds(const struct mutation *m)
{
    struct arena a;
    struct findings findings;
    size_t at;
    int line = 0, column = 0;
    arena_init(&a, 64 << 20);
    struct str course = mutate(m, pack_file(&everything, STR("course.xml"))->bytes, &a, &at);
    check_with(course, &findings, &a);
    const struct finding *first = findings.first;
    place_of(course, at, &line, &column);
    bool good = str_is(codes_of(&findings, &a), m->codes) && (!first || !first->next || !first->next->next);
    if (good && first && at < course.len)
        good = first->line == line && first->column == column;
    if (!good)
        print_message("%s\n  expected %d:%d %s\n  found    %.*s\n", m->put, line, column, m->codes, STR_ARG(summary(&findings, &a)));
    arena_release(&a);
    return good;
}

static void each_slip_is_found_alone(void **state)
{
    (void)state;
    size_t failed = 0;
    for (size_t i = 0; i < sizeof MUTATIONS / sizeof *MUTATIONS; i++)
        failed += !holds(&MUTATIONS[i]);
    if (failed)
        fail_msg("%zu of %zu rows", failed, sizeof MUTATIONS / sizeof *MUTATIONS);
}

/* Every tag of the pack is left out once: something is said, and never much. */
static void a_missing_tag_makes_little_noise(void **state)
{
    (void)state;
    enum { EACH = 7, MOST = 4 }; /* every seventh tag: all would take long under a sanitizer */
    struct str source = pack_file(&everything, STR("course.xml"))->bytes;
    size_t place = str_find(source, '\n', 0), tags = 0, noisy = 0;
    while ((place = str_find(source, '<', place + 1)) < source.len) {
        size_t end = str_find(source, '>', place) + 1;
        bool alone = source.at[place + 1] == '!' || source.at[end - 2] == '/';
        alone |= str_starts(str_from(source, place), STR("<lesson ")); /* half a course hangs on it */
        if (alone || ++tags % EACH)
            continue;
        struct arena a;
        struct findings findings;
        arena_init(&a, 64 << 20);
        check_with(str_format(&a, "%.*s%.*s", (int)place, source.at, STR_ARG(str_from(source, end))), &findings, &a);
        assert_true(findings.errors > 0);
        if (findings.errors > MOST) {
            print_message("without %.*s: %.*s\n", (int)(end - place), source.at + place, STR_ARG(summary(&findings, &a)));
            noisy++;
        }
        arena_release(&a);
    }
    assert_true(tags > 500);
    assert_int_equal(noisy, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_slip_is_found_alone),
        cmocka_unit_test(a_missing_tag_makes_little_noise),
    };
    return cmocka_run_group_tests_name("course/check_mutations", tests, set_up, tear_down);
}
