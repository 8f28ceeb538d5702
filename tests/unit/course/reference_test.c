/* The reference of the pack language: how an example is written, what the schema says of an element in its place, and the
 * reference that the binary carries, as a whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/course_fixture.h"
#include "course/reference_parts.h"

static struct fixture x;
static xmlDoc *schema;
static struct reference *reference;

static int set_up(void **state)
{
    (void)state;
    struct xml_problem fault;
    struct str problem = STR_NONE;
    fixture_open(&x);
    struct str xsd = fixture_file(&x.arena, "courses/schema/course-1.xsd");
    assert_int_equal(xml_parse(xsd, &x.arena, &fault, &schema), OK);
    if (reference_open(&reference, x.schema, &x.arena, &problem))
        fail_msg("%.*s", STR_ARG(problem));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    reference_close(reference);
    xmlFreeDoc(schema);
    fixture_close(&x);
    return 0;
}

static void assert_str(struct str found, const char *expected)
{
    if (!str_is(found, expected))
        fail_msg("expected %s\nfound    %.*s", expected, STR_ARG(found));
}

/* The first element of that name in the lesson, else in the course around it. */
static const xmlNode *element_in(xmlDoc *doc, const char *name)
{
    const xmlNode *root = xml_root(doc), *lesson = xml_child(root, "lesson"), *node = lesson;
    while (node && !xml_is(node, name))
        node = xml_walk(lesson, node);
    if (!node)
        node = xml_is(root, name) ? root : xml_child(root, name);
    assert_non_null(node);
    return node;
}

static xmlDoc *document(const char *lesson)
{
    struct xml_problem fault;
    xmlDoc *doc;
    assert_int_equal(xml_parse(fixture_course_xml(&x.arena, lesson), &x.arena, &fault, &doc), OK);
    return doc;
}

/* ---- writing an example ---- */

static void writes_an_example_as_an_author_would(void **state)
{
    (void)state;
    static const struct {
        const char *name, *lesson, *expected;
    } cases[] = {
        { "p", "<p>Ein   Wort,\n   noch <em>eines</em>\n</p>", "<p>Ein Wort, noch <em>eines</em> </p>" },
        { "p", "<p>a &lt; b &amp; c > d \"e\"</p>", "<p>a &lt; b &amp; c > d \"e\"</p>" },
        { "figure", "<figure alt=\"A &quot;b&quot; &lt;\" src=\"media/a.svg\" id=\"f\"/>",
          "<figure id=\"f\" src=\"media/a.svg\" alt=\"A &quot;b&quot; &lt;\"/>" },
        { "ul", "<ul><li>a</li><li>b</li></ul>", "<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>" },
        { "tr", "<table><caption>c</caption><tr><th scope=\"row\">a</th><td>b</td></tr></table>",
          "<tr><th scope=\"row\">a</th><td>b</td></tr>" },
        { "callout", "<callout kind=\"tip\">\n\n<p>kurz</p><!-- nichts --></callout>", "<callout kind=\"tip\"><p>kurz</p></callout>" },
        { "callout",
          "<callout kind=\"tip\"><title>Ein Titel, der schon für sich recht lang ist</title><p>Ein Absatz, der auch nicht kurz "
          "ist</p></callout>",
          "<callout kind=\"tip\">\n  <title>Ein Titel, der schon für sich recht lang ist</title>\n  <p>Ein Absatz, der auch nicht "
          "kurz ist</p>\n</callout>" },
        { "pre", "<pre>\n  eins\n    zwei\n</pre>", "<pre>\n  eins\n    zwei\n</pre>" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out;
        xmlDoc *doc = document(cases[i].lesson);
        buf_init(&out, 10000);
        source_write(&out, xml_root(schema), element_in(doc, cases[i].name), 0);
        assert_str(buf_str(&out), cases[i].expected);
        buf_release(&out);
        xmlFreeDoc(doc);
    }
}

static void takes_the_margin_of_code_away(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        { "", "" },
        { "eine Zeile", "eine Zeile" },
        { "<pre>\n      a\n        b\n\n    </pre>", "<pre>\n  a\n    b\n\n</pre>" },
        { "<pre>\na\n  b\n</pre>", "<pre>\na\n  b\n</pre>" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(source_dedent(str_of(cases[i].text), &x.arena), cases[i].expected);
}

/* ---- the schema ---- */

/* "id! src! alt": the names of the attributes, with a mark where they are needed. */
static struct str attributes_of(const char *lesson, const char *name)
{
    xmlDoc *doc = document(lesson);
    struct reference_element element = schema_describe(xml_root(schema), element_in(doc, name), &x.arena);
    struct str all = STR("");
    for (size_t i = 0; i < element.attribute_count; i++)
        all = str_format(&x.arena, "%.*s%s%.*s%s", STR_ARG(all), i ? " " : "", STR_ARG(element.attributes[i].name),
                         element.attributes[i].needed ? "!" : "");
    xmlFreeDoc(doc);
    return all;
}

static void reads_attributes_of_an_element_in_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *lesson, *name, *expected;
    } cases[] = {
        { "", "course", "id! version! translates validity-months completion xml:lang!" },
        { "", "title", "" },
        { "<p>a</p>", "p", "id" },
        { "<figure/>", "figure", "id src! alt!" },
        { "<practice><hotspot><figure/></hotspot></practice>", "figure", "src! alt!" },
        { "<practice><hotspot><area/></hotspot></practice>", "area",
          "id! correct left-percent! top-percent! width-percent! height-percent!" },
        { "<practice><text><accept/></text></practice>", "accept", "value pattern" },
        { "<practice><number><accept/></number></practice>", "accept", "value! tolerance" },
        { "<practice><choice/></practice>", "choice", "id! competence! level! answers! scoring" },
        { "<table><tr><th/></tr></table>", "th", "scope!" },
        { "<section><blink/></section>", "blink", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(attributes_of(cases[i].lesson, cases[i].name), cases[i].expected);
}

/* ---- the whole ---- */

static void every_entry_has_an_example_in_every_language(void **state)
{
    (void)state;
    assert_true(reference->entry_count > 40);
    for (size_t i = 0; i < reference->entry_count; i++) {
        const struct reference_entry *entry = &reference->entries[i];
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            const struct reference_example *example = &entry->in[lang];
            if (!example->source.len || (entry->look == LOOK_PROSE && !example->look[0].markup.len))
                fail_msg("%.*s has no example in %s", STR_ARG(entry->id), lang_code((enum lang)lang));
        }
        assert_true(entry->group->entries <= entry && entry < entry->group->entries + entry->group->entry_count);
        assert_int_equal(entry->look == LOOK_QUESTION, reference_question(reference, entry, LANG_FR) != NULL);
    }
}

static void an_element_is_found_where_it_is_explained(void **state)
{
    (void)state;
    static const struct {
        const char *element, *entry;
    } cases[] = {
        { "figure", "figure" }, { "th", "table" },      { "title", "course" }, { "accept", "text" },     { "area", "hotspot" },
        { "mark", "select" },   { "blank", "gap" },     { "entry", "glossary" }, { "renamed", "changes" }, { "path", "scenario" },
        { "source", "footnote" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct reference_entry *entry = reference_entry_of(reference, str_of(cases[i].element));
        assert_non_null(entry);
        assert_str(entry->id, cases[i].entry);
    }
    assert_null(reference_entry_of(reference, STR("blink")));
    assert_null(reference_entry_of(reference, STR("")));
    assert_non_null(reference_group_of(reference, STR("blocks")));
    assert_null(reference_group_of(reference, STR("figure")));
}

/* What an element holds elsewhere is not explained where it is only used: no paragraph below a table's cell, but gaps. */
static void a_name_with_another_type_is_explained_where_it_stands(void **state)
{
    (void)state;
    const struct reference_entry *number = reference_entry_of(reference, STR("number"));
    const struct reference_entry *order = reference_entry_of(reference, STR("order"));
    assert_true(reference_explains(number, STR("accept")));
    assert_false(reference_explains(number, STR("otherwise")));
    assert_int_equal(order->element_count, 2);
    assert_str(order->elements[1].name, "item");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_an_example_as_an_author_would),
        cmocka_unit_test(takes_the_margin_of_code_away),
        cmocka_unit_test(reads_attributes_of_an_element_in_its_place),
        cmocka_unit_test(every_entry_has_an_example_in_every_language),
        cmocka_unit_test(an_element_is_found_where_it_is_explained),
        cmocka_unit_test(a_name_with_another_type_is_explained_where_it_stands),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
