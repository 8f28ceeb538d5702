/* doc_csv: both forms byte by byte; what a spreadsheet would run stands behind an apostrophe; hostile strings come
 * back from a reader of RFC 4180. */
#include "doc/render.h"

#include "catalogue_mo.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "doc/doc_json_read.h"

static struct arena arena;
static struct messages *messages;
static struct buf catalogue;
static const struct doc_column one_column[] = { { "a", "head" } };

static int set_up(void **state)
{
    (void)state;
    static const struct mo_entry german[] = { { STR_INIT("day"), STR_INIT("Tag; \"Datum\"") },
                                              { STR_INIT("head"), STR_INIT("Kopf") } };
    arena_init(&arena, 4 << 20);
    buf_init(&catalogue, 4096);
    return messages_load(&messages, (const struct str[LANG_COUNT]){ mo_make(&catalogue, german, 2) }) == OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    messages_free(messages);
    buf_release(&catalogue);
    arena_release(&arena);
    return 0;
}

static enum status csv_of(const struct doc *d, bool raw, struct buf *out)
{
    struct buf_sink sink;
    buf_sink_init(&sink, out);
    doc_csv(d, messages, LANG_DE, raw, &sink.sink);
    return sink.sink.status;
}

static struct doc *one_cell(struct str text)
{
    struct doc *d = doc_new(&arena);
    doc_put_text(doc_add_row(doc_put_table(d, d->data, "rows", one_column, 1)), "a", text);
    return d;
}

static void cells_are_quoted_and_guarded(void **state)
{
    (void)state;
    const struct {
        struct str text;
        const char *swiss, *raw;
    } cases[] = {
        { STR("plain"), "plain", "plain" },
        { STR(""), "", "" },
        { STR("a;b"), "\"a;b\"", "\"a;b\"" },
        { STR("a,b"), "\"a,b\"", "\"a,b\"" },
        { STR("say \"x\""), "\"say \"\"x\"\"\"", "\"say \"\"x\"\"\"" },
        { STR("a\r\nb"), "\"a\r\nb\"", "\"a\r\nb\"" },
        { STR(" a"), "\" a\"", "\" a\"" },
        { STR("=1+1"), "\"'=1+1\"", "=1+1" },
        { STR("+41 44"), "\"'+41 44\"", "+41 44" },
        { STR("-1"), "\"'-1\"", "-1" },
        { STR("@SUM(A1)"), "\"'@SUM(A1)\"", "@SUM(A1)" },
        { STR("\t=1"), "\"'\t=1\"", "\"\t=1\"" },
        { STR("\r=1"), "\"'\r=1\"", "\"\r=1\"" },
        { STR("=HYPERLINK(\"x\";1)"), "\"'=HYPERLINK(\"\"x\"\";1)\"", "\"=HYPERLINK(\"\"x\"\";1)\"" },
        { STR("a=1"), "a=1", "a=1" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out;
        buf_init(&out, 4096);
        assert_int_equal(csv_of(one_cell(cases[i].text), false, &out), OK);
        assert_string_equal(buf_str(&out).at, str_format(&arena, "\xEF\xBB\xBFKopf\r\n%s\r\n", cases[i].swiss).at);
        buf_clear(&out);
        assert_int_equal(csv_of(one_cell(cases[i].text), true, &out), OK);
        assert_string_equal(buf_str(&out).at, str_format(&arena, "a\n%s\n", cases[i].raw).at);
        buf_release(&out);
    }
}

static void every_kind_has_its_form(void **state)
{
    (void)state;
    static const struct doc_column columns[] = { { "day", "day" }, { "n", "head" }, { "share", "head" },
                                                 { "yes", "head" }, { "none", "head" }, { "missing", "head" } };
    struct doc *d = doc_new(&arena);
    struct doc_node *table = doc_put_table(d, d->data, "rows", columns, 6), *row = doc_add_row(table);
    doc_put_int(row, "n", -1311);
    doc_put_day(row, "day", 20780);
    doc_put_percent(row, "share", 45);
    doc_put_bool(row, "yes", true);
    doc_put_null(row, "none");
    doc_put_text(row, "not_a_column", STR("x"));
    struct buf out;
    buf_init(&out, 4096);
    assert_int_equal(csv_of(d, false, &out), OK);
    assert_string_equal(buf_str(&out).at, "\xEF\xBB\xBF\"Tag; \"\"Datum\"\"\";Kopf;Kopf;Kopf;Kopf;Kopf\r\n"
                                          "2026-11-23;-1311;45;true;;\r\n");
    buf_clear(&out);
    assert_int_equal(csv_of(d, true, &out), OK);
    assert_string_equal(buf_str(&out).at, "day,n,share,yes,none,missing\n2026-11-23,-1311,45,true,,\n");
    buf_release(&out);
}

static void without_a_table_there_is_no_csv(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, 4096);
    assert_int_equal(csv_of(doc_new(&arena), false, &out), NOT_FOUND);
    assert_int_equal(out.len, 0);
    buf_release(&out);
}

/* The next field of raw CSV with one column, read as RFC 4180 says. */
static void read_field(struct str csv, size_t *at, struct buf *field)
{
    bool quoted = *at < csv.len && csv.at[*at] == '"';
    *at += quoted;
    for (; *at < csv.len; ++*at) {
        char c = csv.at[*at];
        if (quoted && c == '"') {
            if (*at + 1 == csv.len || csv.at[*at + 1] != '"')
                break;
            ++*at;
        } else if (!quoted && c == '\n') {
            break;
        }
        buf_add_char(field, c);
    }
    *at += quoted + 1;
}

static void naughty_strings_come_back(void **state)
{
    (void)state;
    json_t *strings = corpus_read(CORPORA "naughty-strings/blns.json");
    if (!strings)
        skip();
    struct doc *d = doc_new(&arena);
    const struct doc_node *list = node_of_json(&arena, strings);
    struct doc_node *table = doc_put_table(d, d->data, "rows", one_column, 1);
    for (const struct doc_node *n = list->first; n; n = n->next)
        doc_put_text(doc_add_row(table), "a", n->text);
    struct buf out, field;
    buf_init(&out, 1 << 20);
    buf_init(&field, 1 << 16);
    assert_int_equal(csv_of(d, true, &out), OK);
    size_t at = 2; /* behind the heading */
    for (const struct doc_node *n = list->first; n; n = n->next) {
        buf_clear(&field);
        read_field(buf_str(&out), &at, &field);
        assert_true(str_equal(buf_str(&field), n->text));
    }
    assert_int_equal(at, out.len);
    buf_release(&field);
    buf_release(&out);
    json_decref(strings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_quoted_and_guarded),
        cmocka_unit_test(every_kind_has_its_form),
        cmocka_unit_test(without_a_table_there_is_no_csv),
        cmocka_unit_test(naughty_strings_come_back),
    };
    return cmocka_run_group_tests_name("doc/doc_csv", tests, set_up, tear_down);
}
