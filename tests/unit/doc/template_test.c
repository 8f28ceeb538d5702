/* template: strict mode, as the product uses it: escaping by type, words, problems with file and line, limits. */
#include "base/clock.h"
#include "doc/template.h"

#include "catalogue_mo.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define CHECK "<svg class=\"i\" aria-hidden=\"true\" focusable=\"false\"><use href=\"/assets/i.svg#check\"/></svg>"

static struct arena arena;
static struct buf catalogue, english_catalogue;
static struct messages *messages;

static int set_up(void **state)
{
    (void)state;
    static const struct mo_entry german[] = {
        { STR_INIT("days\0days"), STR_INIT("Noch ein Tag\0Noch {n} Tage") },
        { STR_INIT("due"), STR_INIT("<Fällig> am {day}: {title}") },
        { STR_INIT("learn"), STR_INIT("Lernen") },
        { STR_INIT("more"), STR_INIT("Wie & {wo}, {was} {} {title}") },
    };
    static const struct mo_entry english[] = { { STR_INIT("learn"), STR_INIT("Learn & go") } };
    arena_init(&arena, 1 << 20);
    buf_init(&catalogue, 4096);
    buf_init(&english_catalogue, 4096);
    const struct str mo[LANG_COUNT] = { [LANG_DE] = mo_make(&catalogue, german, COUNT(german)),
                                        [LANG_EN] = mo_make(&english_catalogue, english, COUNT(english)) };
    return messages_load(&messages, mo) == OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    messages_free(messages);
    buf_release(&catalogue);
    buf_release(&english_catalogue);
    arena_release(&arena);
    return 0;
}

static struct str asset_url(void *context, struct str name)
{
    (void)context;
    if (str_is(name, "a.css"))
        return STR("/assets/a.1&2.css");
    return str_is(name, "icons.svg") ? STR("/assets/i.svg") : STR_NONE;
}

/* A template with a file of partials beside it. */
static enum status compile(const char *text, struct template_set **set, struct str *problem)
{
    const struct template_source sources[] = {
        { STR("page"), str_of(text) },
        { STR("loop"), STR("{{>loop}}") },
        { STR("row"), STR("<i>{{name}}</i>\n") },
        { STR("words"), STR("{{>msg/learn}}\n<b>{{>msg/learn}}</b> {{>icon/check}}\n{{#yes}}\n{{>msg/learn}}{{! why }}\n{{/yes}}\n") },
        { STR("broken-row"), STR("\n\n{{nmae}}") },
    };
    const struct template_options strict = { .messages = messages, .asset_url = asset_url };
    return template_compile(set, sources, COUNT(sources), &strict, &arena, problem);
}

static bool count_to_three(void *state, struct doc_node *row)
{
    int *count = state;
    if (*count == 3)
        return false;
    doc_put_int(row, "number", ++*count * 1000);
    doc_put_copy(row, "name", STR("s"));
    return true;
}

static const struct doc_column columns[] = { { "name", "learn" } };
static int streamed;

static struct doc *example(void)
{
    struct doc *d = doc_new(&arena);
    doc_put_text(d->data, "title", STR("<b> & \"Zürich\""));
    doc_put_html(d->data, "html", (struct safe_html){ STR("<em>ja</em>") });
    doc_put_url(d->data, "url", STR("/learn?a=1&b=2"));
    doc_put_int(d->data, "number", 1311);
    doc_put_percent(d->data, "share", 45);
    doc_put_day(d->data, "day", clock_day_of(2026, 11, 23));
    doc_put_bool(d->data, "yes", true);
    doc_put_bool(d->data, "no", false);
    doc_put_null(d->data, "nothing");
    doc_put_text(d->data, "empty", STR_NONE);
    doc_put_int(d->data, "n", 1);
    doc_put_list(d->data, "none");
    struct doc_node *words = doc_put_list(d->data, "words");
    doc_add_text(words, STR("a"));
    doc_add_text(words, STR("<"));
    struct doc_node *unit = doc_put_map(d->data, "unit");
    doc_put_text(unit, "code", STR("FD"));
    doc_put_int(unit, "n", 7);
    struct doc_node *rows = doc_put_table(d, d->data, "rows", columns, 1);
    doc_put_text(doc_add_row(rows), "name", STR("x"));
    doc_put_text(doc_add_row(rows), "name", STR("y"));
    struct doc_node *stream = doc_put_table(d, d->data, "stream", columns, 1);
    streamed = 0;
    doc_set_source(stream, count_to_three, &streamed);
    doc_put_text(d->view, "page_title", STR("view"));
    doc_put_text(d->view, "csrf", STR("t0k"));
    return d;
}

static enum status render(const char *text, enum lang lang, struct arena *a, struct buf *html, struct str *problem)
{
    struct template_set *set;
    struct buf_sink sink;
    assert_int_equal(compile(text, &set, problem), OK);
    buf_sink_init(&sink, html);
    enum status status = template_render(set, STR("page"), example(), lang, a, &sink.sink, problem);
    template_free(set);
    return status;
}

static void leaves_are_written_by_their_type(void **state)
{
    (void)state;
    const struct {
        const char *text, *html;
    } cases[] = {
        { "{{title}}", "&lt;b&gt; &amp; &quot;Zürich&quot;" },
        { "{{html}}", "<em>ja</em>" },
        { "<a href=\"{{url}}\">", "<a href=\"/learn?a=1&amp;b=2\">" },
        { "{{number}} {{share}} {{day}}", "1’311 45\xC2\xA0% 23. November 2026" },
        { "[{{nothing}}{{empty}}]", "[]" },
        { "{{unit.code}} {{#unit}}{{code}}{{n}}{{number}}{{/unit}}", "FD FD71’311" },
        { "{{#words}}({{.}}){{/words}}{{#none}}x{{/none}}{{^none}}-{{/none}}", "(a)(&lt;)-" },
        { "{{#yes}}y{{/yes}}{{^yes}}Y{{/yes}}{{#no}}n{{/no}}{{^no}}N{{/no}}", "yN" },
        { "{{#empty}}e{{/empty}}{{^empty}}E{{/empty}}{{#nothing}}0{{/nothing}}{{^nothing}}1{{/nothing}}", "E1" },
        { "{{#words}}{{#yes}}{{.}}{{/yes}}{{/words}}", "a&lt;" },
        { "{{#rows}}{{>row}}{{/rows}}", "<i>x</i>\n<i>y</i>\n" },
        { "{{#rows}}\n  {{>row}}\n{{/rows}}\n", "  <i>x</i>\n  <i>y</i>\n" },
        { "{{#stream}}{{number}}{{name}} {{/stream}}", "1’000s 2’000s 3’000s " },
        { "{{page_title}} {{csrf}}", "view t0k" },
        { "{{>msg/learn}}, {{>msg/days}}, {{#unit}}{{>msg/days}}{{/unit}}", "Lernen, Noch ein Tag, Noch 7 Tage" },
        { "{{>msg/due}}", "&lt;Fällig&gt; am 23. November 2026: &lt;b&gt; &amp; &quot;Zürich&quot;" },
        { "<p>\n  {{>msg/learn}}\n  {{>msg/learn}}\n</p>", "<p>\n  Lernen\n  Lernen\n</p>" },
        { "[\n  {{>words}}\n]", "[\n  Lernen\n  <b>Lernen</b> " CHECK "\n  Lernen\n]" },
        { "{{#no}}{{>msg/learn}}{{/no}}{{>msg/learn}}{{^no}}{{>msg/learn}}{{/no}}!", "LernenLernen!" },
        { "{{>asset/a.css}}", "/assets/a.1&amp;2.css" },
        { "{{>icon/check}}", CHECK },
        { "{{=<% %>=}}<% unit.code %>{{title}}", "FD{{title}}" },
        { "{{! {{title}}", "" },
        { "", "" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf html;
        struct str problem;
        buf_init(&html, 4096);
        if (render(cases[i].text, LANG_DE, &arena, &html, &problem) != OK)
            fail_msg("%s: %.*s", cases[i].text, STR_ARG(problem));
        assert_string_equal(buf_str(&html).at, cases[i].html);
        buf_release(&html);
    }
}

static void the_reader_has_a_language(void **state)
{
    (void)state;
    struct buf html;
    struct str problem;
    buf_init(&html, 4096);
    assert_int_equal(render("{{number}} {{share}} {{day}}", LANG_EN, &arena, &html, &problem), OK);
    assert_string_equal(buf_str(&html).at, "1,311 45% 23 November 2026");
    buf_clear(&html);
    assert_int_equal(render("<p>{{>msg/learn}}</p>", LANG_EN, &arena, &html, &problem), OK);
    assert_string_equal(buf_str(&html).at, "<p>Learn &amp; go</p>");
    buf_clear(&html);
    assert_int_equal(render("<p>{{>msg/learn}}</p>", LANG_FR, &arena, &html, &problem), OK);
    assert_string_equal(buf_str(&html).at, "<p>Lernen</p>");
    buf_release(&html);
}

static void wrong_names_fail_the_rendering_with_file_and_line(void **state)
{
    (void)state;
    const struct {
        const char *text, *problem;
    } cases[] = {
        { "\n{{titel}}", "page.mustache:2: 'titel' is not in the document" },
        { "{{unit.name}}", "page.mustache:1: 'unit.name' is not in the document" },
        { "{{title.x}}", "page.mustache:1: 'title.x' is not in the document" },
        { "{{#lines}}{{/lines}}", "page.mustache:1: 'lines' is not in the document" },
        { "{{^lines}}{{/lines}}", "page.mustache:1: 'lines' is not in the document" },
        { "{{yes}}", "page.mustache:1: 'yes' is not a value that can be shown" },
        { "{{unit}}", "page.mustache:1: 'unit' is not a value that can be shown" },
        { "{{.}}", "page.mustache:1: '.' is not a value that can be shown" },
        { "{{^stream}}{{/stream}}", "page.mustache:1: 'stream' is streamed: whether it has rows is not known" },
        { "{{#rows}}\n{{>broken-row}}{{/rows}}", "broken-row.mustache:3: 'nmae' is not in the document" },
        { "{{#rows}}\n\n{{>msg/more}}{{/rows}}",
          "page.mustache:3: message 'more' needs 'wo', which is not in the document" },
        { "{{>loop}}", "loop.mustache:1: partials are nested more than 32 deep" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf html;
        struct str problem;
        buf_init(&html, 4096);
        assert_int_equal(render(cases[i].text, LANG_DE, &arena, &html, &problem), INVALID);
        assert_string_equal(problem.at, cases[i].problem);
        buf_release(&html);
    }
}

static void a_message_needs_its_parameters(void **state)
{
    (void)state;
    struct template_set *set;
    struct buf html;
    struct buf_sink sink;
    struct str problem;
    struct doc *d = doc_new(&arena);
    buf_init(&html, 4096);
    buf_sink_init(&sink, &html);
    assert_int_equal(compile("{{#n}}{{>msg/days}}{{/n}}{{^n}}{{>msg/due}}{{/n}}", &set, &problem), OK);
    doc_put_bool(d->data, "n", true);
    assert_int_equal(template_render(set, STR("page"), d, LANG_DE, &arena, &sink.sink, &problem), INVALID);
    assert_string_equal(problem.at, "page.mustache:1: message 'days' counts 'n', which is not a number");
    d = doc_new(&arena);
    doc_put_null(d->data, "n");
    assert_int_equal(template_render(set, STR("page"), d, LANG_DE, &arena, &sink.sink, &problem), INVALID);
    assert_string_equal(problem.at, "page.mustache:1: message 'due' needs 'day', which is not in the document");
    assert_int_equal(template_render(set, STR("page"), d, LANG_EN, &arena, &sink.sink, &problem), INVALID);
    assert_string_equal(problem.at, "page.mustache:1: message 'due' does not exist in 'en'");
    assert_int_equal(template_render(set, STR("paeg"), d, LANG_DE, &arena, &sink.sink, &problem), INVALID);
    template_free(set);
    buf_release(&html);
}

static void what_cannot_work_does_not_compile(void **state)
{
    (void)state;
    const struct {
        const char *text, *problem;
    } cases[] = {
        { "\n{{#a}}\n", "page.mustache:2: section 'a' is not closed" },
        { "\n\n{{/a}}", "page.mustache:3: section 'a' is closed but was not opened" },
        { "{{#a}}\n{{/b}}", "page.mustache:2: section 'a' of line 1 is closed as 'b'" },
        { "a\n{{b", "page.mustache:2: this tag is not closed" },
        { "{{{title}}}", "page.mustache:1: 'title': there is no raw tag, markup comes as a leaf of type html" },
        { "{{&title}}", "page.mustache:1: 'title': there is no raw tag, markup comes as a leaf of type html" },
        { "{{}}", "page.mustache:1: '' is not a name" },
        { "{{a..b}}", "page.mustache:1: 'a..b' is not a name" },
        { "{{.a}}", "page.mustache:1: '.a' is not a name" },
        { "{{a.}}", "page.mustache:1: 'a.' is not a name" },
        { "{{Title}}", "page.mustache:1: 'Title' is not a name" },
        { "{{<parent}}", "page.mustache:1: '<parent' is not a name" },
        { "{{=a=}}", "page.mustache:1: 'a' are not two delimiters" },
        { "{{=a b c=}}", "page.mustache:1: 'a b c' are not two delimiters" },
        { "{{>rwo}}\n{{>msg/lern}}",
          "page.mustache:1: there is no template 'rwo'\npage.mustache:2: there is no message 'lern'" },
        { "{{>*name}}", "page.mustache:1: there is no template '*name'" },
        { "{{>asset/b.css}}", "page.mustache:1: there is no asset 'b.css'" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct template_set *set;
        struct str problem;
        assert_int_equal(compile(cases[i].text, &set, &problem), INVALID);
        assert_null(set);
        assert_string_equal(problem.at, cases[i].problem);
    }
}

static void nesting_of_sections_is_bounded(void **state)
{
    (void)state;
    struct buf text;
    struct template_set *set;
    struct str problem;
    buf_init(&text, 1 << 16);
    for (int i = 0; i < 33; i++)
        buf_add(&text, STR("{{#yes}}"));
    assert_int_equal(compile(buf_str(&text).at, &set, &problem), INVALID);
    assert_string_equal(problem.at, "page.mustache:1: sections are nested more than 32 deep");
    buf_release(&text);
}

/* With every ceiling from nothing to plenty: NO_MEMORY, TOO_LARGE or the page, never less of a page. */
static void too_little_memory_is_told(void **state)
{
    (void)state;
    static const char text[] = "{{#rows}}\n  {{>row}}\n{{/rows}}\n"
                               "{{number}} {{day}} {{share}} {{#stream}}{{number}}{{/stream}}";
    struct buf whole, html;
    struct str problem;
    buf_init(&whole, 4096);
    assert_int_equal(render(text, LANG_DE, &arena, &whole, &problem), OK);
    for (size_t ceiling = 0; ceiling < 600; ceiling += 16) {
        struct arena tiny;
        arena_init(&tiny, ceiling);
        buf_init(&html, 4096);
        enum status status = render(text, LANG_DE, &tiny, &html, &problem);
        assert_true(status == NO_MEMORY || (status == OK && str_equal(buf_str(&html), buf_str(&whole))));
        assert_true(ceiling > 32 || status == NO_MEMORY);
        buf_release(&html);
        arena_release(&tiny);
    }
    for (size_t ceiling = 1; ceiling <= whole.len; ceiling++) {
        buf_init(&html, ceiling);
        assert_int_equal(render(text, LANG_DE, &arena, &html, &problem), ceiling < whole.len ? TOO_LARGE : OK);
        buf_release(&html);
    }
    buf_release(&whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_are_written_by_their_type),
        cmocka_unit_test(the_reader_has_a_language),
        cmocka_unit_test(wrong_names_fail_the_rendering_with_file_and_line),
        cmocka_unit_test(a_message_needs_its_parameters),
        cmocka_unit_test(what_cannot_work_does_not_compile),
        cmocka_unit_test(nesting_of_sections_is_bounded),
        cmocka_unit_test(too_little_memory_is_told),
    };
    return cmocka_run_group_tests_name("doc/template", tests, set_up, tear_down);
}
