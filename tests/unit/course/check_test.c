/* The checker in detail: which code at which place for small changes of a course; that hostile files are refused with
 * bounded work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/course_fixture.h"

#include <dirent.h>
#include <unistd.h>

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

static enum status check_bytes(struct str bytes, struct findings *findings)
{
    struct pack_file file = { STR("course.xml"), bytes };
    return pack_check(x.schema, &(struct pack_files){ &file, 1 }, findings);
}

/* "7:5 missing-element; 8:1 schema": what was found, in order. */
static struct str summary(const struct findings *findings, struct arena *a)
{
    struct str out = STR("");
    for (const struct finding *f = findings->first; f; f = f->next)
        out = str_format(a, "%.*s%s%d:%d %s", STR_ARG(out), out.len ? "; " : "", f->line, f->column, f->code);
    return out;
}

static void assert_summary(struct str bytes, const char *expected)
{
    struct arena a;
    struct findings findings;
    arena_init(&a, 16 << 20);
    findings_init(&findings, &a);
    enum status status = check_bytes(bytes, &findings);
    struct str found = summary(&findings, &a);
    if (!str_is(found, expected))
        fail_msg("in %.*s\nexpected %s\nfound    %.*s", STR_ARG(bytes), expected, STR_ARG(found));
    assert_int_equal(status, findings.errors ? INVALID : OK);
    arena_release(&a);
}

#define HEAD "<course xmlns='urn:lotse:course:1' id='k' version='1.0.0' xml:lang='de-CH'><title>T</title><summary><p>S</p></summary>\n"
#define LESSON(body) HEAD "<lesson id='l' minutes='5'><title>L</title>\n" body "\n</lesson></course>"
#define QUESTION "id='q' competence='digcomp-3.0:4.1' level='2'"
#define CHOICE(options) \
    LESSON("<practice id='p'><choice " QUESTION " answers='one'><prompt><p>F</p></prompt>\n" options \
           "<explanation><p>E</p></explanation></choice></practice>")
#define TEXT(rules) \
    LESSON("<practice id='p'><text " QUESTION "><prompt><p>F</p></prompt>\n" rules "<explanation><p>E</p></explanation></text></practice>")
#define RIGHT "<option id='a' correct='yes'><answer>A</answer></option>"
#define WRONG "<option id='b'><answer>B</answer></option>"

static void small_faults_are_placed(void **state)
{
    (void)state;
    static const struct {
        const char *xml, *expected;
    } cases[] = {
        { LESSON("<p>ä</p>"), "" },
        /* columns count characters, tabs as one */
        { LESSON("<p>äöü €</p><x/>"), "3:13 unknown-element" },
        { LESSON("\t<p class='x'>a</p>"), "3:5 unknown-attribute" },
        { LESSON("<p\n  id = 'a b'>a</p>"), "4:3 bad-id" },
        { LESSON("<!-- <x> & --><p>a</p><!-- > --><x/>"), "3:33 unknown-element" },
        { LESSON("<section id='s'><title>T</title><!-- a -->\n  lose <p>a</p></section>"), "4:3 loose-words" },
        { LESSON("<section id='s'><title>T</title><p>a</p>lose<p>b</p> auch</section>"), "3:41 loose-words; 3:54 loose-words" },
        { LESSON("<p>a > b ]] > c</p>"), "" },
        { LESSON("<p id='a>b'>a</p><x/>"), "3:4 bad-id; 3:18 unknown-element" },
        { LESSON("<p><![CDATA[<x> & </x>]]></p><x/>"), "3:30 unknown-element" },
        { LESSON("<?editor <x> ?><p>a</p><x/>"), "3:24 unknown-element" },
        { LESSON("<p>&#65;&#x42;&amp;&lt;&gt;&quot;&apos;</p>"), "" },
        { LESSON("<p>&#0;&#x1F;&#xD800;&#x110000;&#8238;&#;</p>"),
          "3:4 control-character; 3:8 control-character; 3:14 control-character; 3:22 control-character; 3:32 control-character; "
          "3:39 control-character" },
        { LESSON("<p>&toolongtobethenameofanyentityever;</p>"), "3:4 bare-ampersand" },
        { LESSON("<p>a</p></section>"), "3:9 stray-end" },
        { LESSON("<p>a"), "3:1 unclosed-element" },
        { LESSON("<p id='a>b</p>"), "3:4 open-quote" },
        { LESSON("<p>a</p> ]]> "), "3:10 syntax" },
        { LESSON("<p a:b='c'>a</p>"), "3:11 syntax" },
        { LESSON("<p"), "3:1 open-tag" },
        { LESSON("<!-- a"), "3:1 open-comment" },
        { LESSON("<p>a</p>") "<p/>", "4:19 syntax" },
        { "  ", "0:0 empty-file" },
        { "Kurs", "1:1 syntax" },
        { "<?xml version='1.0' encoding='windows-1252'?><x/>", "1:1 declared-encoding; 1:46 wrong-root" },
        { "<?xml version='1.0' encoding='UTF-8'?><x/>", "1:39 wrong-root" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_summary(str_of(cases[i].xml), cases[i].expected);
}

static void one_error_does_not_hide_the_next(void **state)
{
    (void)state;
    static const struct {
        const char *xml, *expected;
    } cases[] = {
        { LESSON("<x/><y/><p>a</p><zz/>"), "3:1 unknown-element; 3:5 unknown-element; 3:17 unknown-element" },
        { LESSON("<ul><il>a</il><il>b</il><li><b>c</b></li></ul>"), "3:5 unknown-element; 3:15 unknown-element; 3:29 html-element" },
        { LESSON("<ul/><ol/><table/>"), "3:1 missing-element; 3:6 missing-element; 3:11 missing-element; 3:11 missing-element" },
        { LESSON("<callout kind='tip'><callout kind='tip'><p>a</p></callout></callout>"), "3:1 missing-one-of; 3:21 element-not-here" },
        { CHOICE("<option id='a' corect='yes'><answer>A</answer></option>" WRONG), "4:16 misspelt-attribute" },
        { CHOICE("<option id='a'/>" WRONG), "4:1 missing-element" },
        { CHOICE(RIGHT), "4:57 missing-before" },
        { CHOICE(WRONG RIGHT "<option id='c'><answer>A</answer></option>"), "4:99 double-answer" },
        { CHOICE(RIGHT "<option><answer>B</answer></option>"), "4:57 missing-attribute" },
        { LESSON("<practice id='p'><choice id='q'><prompt>F</prompt></choice></practice>"),
          "3:18 missing-attribute; 3:18 missing-attribute; 3:18 missing-attribute; 3:18 missing-element; 3:18 missing-element; "
          "3:41 loose-words" },
        { TEXT("<accept value='a'/><accept/>"), "4:20 no-value-or-pattern" },
        { TEXT("<accept value=''/>"), "4:9 empty-attribute" },
        { TEXT("<accept pattern='a(b'/><reject pattern='c{2,1}'/>"), "4:9 bad-pattern; 4:32 bad-pattern" },
        { TEXT("<otherwise><feedback>x</feedback></otherwise><accept value='a'/>"), "4:46 wrong-order" },
        { HEAD "<lesson id='l' minutes='5'><title>L</title><p>a</p></lesson><lessn id='m'/><glossary/></course>",
          "2:61 misspelt-element; 2:61 missing-attribute; 2:61 missing-element; 2:61 missing-one-of; 2:76 missing-element" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_summary(str_of(cases[i].xml), cases[i].expected);
}

/* ---- hostile files ---- */

static struct str repeat(struct arena *a, const char *head, const char *piece, size_t times, const char *tail)
{
    struct buf b;
    buf_init(&b, 8 << 20);
    buf_add(&b, str_of(head));
    for (size_t i = 0; i < times; i++)
        buf_add(&b, str_of(piece));
    buf_add(&b, str_of(tail));
    assert_int_equal(buf_status(&b), OK);
    struct str text = str_copy(a, buf_str(&b));
    buf_release(&b);
    return text;
}

static bool has_code(const struct findings *findings, const char *code)
{
    const struct finding *f = findings->first;
    while (f && strcmp(f->code, code) != 0)
        f = f->next;
    return f != NULL;
}

/* Whatever a file does, the answer comes, is a refusal, and names this. */
static void assert_refused(struct str bytes, const char *code)
{
    struct arena a;
    struct findings findings;
    arena_init(&a, 16 << 20);
    findings_init(&findings, &a);
    assert_int_equal(check_bytes(bytes, &findings), INVALID);
    if (!has_code(&findings, code))
        fail_msg("%s is not among the findings", code);
    arena_release(&a);
}

static void hostile_files_are_refused(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 256 << 20);
    assert_refused(STR("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"), "dtd");
    assert_refused(STR("<a><!DOCTYPE b></a>"), "dtd");
    assert_refused(repeat(&a, "", "<a>", 65, ""), "too-deep");
    assert_refused(repeat(&a, "", "<a>", 1000000, ""), "too-deep");
    assert_refused(repeat(&a, "<a>", "<b/>", 100000, "</a>"), "too-many-elements");
    assert_refused(repeat(&a, "<a", " b='c'", 25, "/>"), "double-attribute");
    assert_refused(repeat(&a, "<a", " b", 600000, "/>"), "attribute-quotes");
    assert_refused(repeat(&a, "<a>", "x", (4 << 20), "</a>"), "too-large");
    assert_refused(repeat(&a, LESSON("<p>"), "&", 100000, ""), "unclosed-element");
    assert_refused(repeat(&a, "", "<", 4 << 20, ""), "bare-less-than");
    assert_refused((struct str){ "<\0>", 3 }, "utf16");
    assert_refused((struct str){ "<a>\0</a>", 8 }, "wrong-root");
    arena_release(&a);
}

/* With and without a mark, in either order of bytes; and UTF-8 with a mark is read. */
static void encodings_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        struct str bytes;
        const char *code;
    } cases[] = {
        { { "\xFF\xFE<\0a\0/\0>\0", 10 }, "utf16" },
        { { "\xFE\xFF\0<\0a\0/\0>", 10 }, "utf16" },
        { { "<\0a\0/\0>\0", 8 }, "utf16" },
        { { "\0<\0a\0/\0>", 8 }, "utf16" },
        { { "\xEF\xBB\xBF<a/>", 7 }, "byte-order-mark" },
        { { "<a>\x80</a>", 8 }, "not-utf8" },
        { { "<a>\x93x\x94</a>", 10 }, "not-utf8" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(cases[i].bytes, cases[i].code);
}

/* An element may have 24 attributes: the parser's own check for double ones is quadratic. */
static void attributes_are_counted(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1 << 20);
    struct str attributes = STR("");
    for (int i = 0; i < 25; i++)
        attributes = str_format(&a, "%.*s b%d='c'", STR_ARG(attributes), i);
    assert_refused(str_format(&a, "<a%.*s/>", STR_ARG(attributes)), "too-many-attributes");
    arena_release(&a);
}

/* As many findings as somebody will read, however many there are; all are counted. */
static void findings_are_bounded(void **state)
{
    (void)state;
    struct arena a;
    struct findings findings;
    arena_init(&a, 64 << 20);
    findings_init(&findings, &a);
    struct str bytes = repeat(&a, HEAD "<lesson id='l' minutes='5'><title>L</title>", "<p class='x'>&</p>", 1000, "</lesson></course>");
    assert_int_equal(check_bytes(bytes, &findings), INVALID);
    size_t kept = 0;
    for (const struct finding *f = findings.first; f; f = f->next)
        kept++;
    assert_int_equal(kept, FINDINGS_KEPT);
    assert_true(findings.errors >= 1000);
    arena_release(&a);
}

static void published_attacks_are_refused(void **state)
{
    (void)state;
    const char *folder = "../shared/corpora/xml-attacks";
    DIR *list = opendir(folder);
    if (!list) {
        print_message("%s is not here: skipped\n", folder);
        skip();
    }
    struct arena a;
    size_t count = 0;
    arena_init(&a, 64 << 20);
    for (struct dirent *entry = readdir(list); entry; entry = readdir(list)) {
        if (entry->d_name[0] == '.' || strcmp(entry->d_name, "LICENSE") == 0)
            continue;
        struct str path = str_format(&a, "%s/%s", folder, entry->d_name);
        assert_refused(fixture_file(&a, path.at), "dtd");
        struct xml_problem problem;
        xmlDoc *doc;
        assert_int_equal(xml_parse(fixture_file(&a, path.at), &a, &problem, &doc), MALFORMED);
        assert_null(doc);
        count++;
    }
    closedir(list);
    assert_true(count >= 5);
    arena_release(&a);
}

/* The parser alone holds the same bounds: databases hand it packs too. */
static void the_parser_is_hardened_by_itself(void **state)
{
    (void)state;
    static const struct {
        const char *xml;
        enum status status;
        enum xml_fault fault;
    } cases[] = {
        { "<a b='&amp;c&#10;d'>&lt;</a>", OK, XML_FAULT_NONE },
        { "<!DOCTYPE a><a/>", MALFORMED, XML_FAULT_DTD },
        { "<!DOCTYPE a SYSTEM 'http://example.org/a.dtd'><a/>", MALFORMED, XML_FAULT_DTD },
        { "<a>&b;</a>", MALFORMED, XML_FAULT_ENTITY },
        { "<a>", MALFORMED, XML_FAULT_SYNTAX },
        { "", MALFORMED, XML_FAULT_SYNTAX },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct xml_problem problem;
        xmlDoc *doc;
        assert_int_equal(xml_parse(str_of(cases[i].xml), &x.arena, &problem, &doc), cases[i].status);
        assert_int_equal(problem.fault, cases[i].fault);
        if (doc)
            assert_true(str_is(xml_attr(xml_root(doc), "b"), "&c\nd"));
        xmlFreeDoc(doc);
    }
    struct xml_problem problem;
    xmlDoc *doc;
    struct arena a;
    arena_init(&a, 16 << 20);
    assert_int_equal(xml_parse(repeat(&a, "<a>", "<a>", 64, ""), &a, &problem, &doc), MALFORMED);
    struct str deep = str_format(&a, "%.*s%.*s", STR_ARG(repeat(&a, "", "<a>", 65, "")), STR_ARG(repeat(&a, "", "</a>", 65, "")));
    assert_int_equal(xml_parse(deep, &a, &problem, &doc), TOO_LARGE);
    assert_int_equal(problem.fault, XML_FAULT_DEPTH);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_faults_are_placed),
        cmocka_unit_test(one_error_does_not_hide_the_next),
        cmocka_unit_test(hostile_files_are_refused),
        cmocka_unit_test(encodings_are_told_apart),
        cmocka_unit_test(attributes_are_counted),
        cmocka_unit_test(findings_are_bounded),
        cmocka_unit_test(published_attacks_are_refused),
        cmocka_unit_test(the_parser_is_hardened_by_itself),
    };
    return cmocka_run_group_tests_name("course/check", tests, set_up, tear_down);
}
