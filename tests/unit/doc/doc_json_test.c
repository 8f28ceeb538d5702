/* doc_json: exact bytes by a table; hostile strings read back by another library must be what was put. */
#include "doc/render.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "doc/doc_json_read.h"

static struct arena arena;

static struct str json_of(const struct doc *d, struct buf *out)
{
    struct buf_sink sink;
    buf_sink_init(&sink, out);
    doc_json(d, &sink.sink);
    assert_int_equal(sink.sink.status, OK);
    return buf_str(out);
}

static void strings_are_escaped(void **state)
{
    (void)state;
    const struct {
        struct str text;
        const char *json;
    } cases[] = {
        { STR(""), "" },
        { STR("Zürich \xF0\x9F\x98\x80"), "Zürich \xF0\x9F\x98\x80" },
        { STR("\"\\/"), "\\\"\\\\/" },
        { STR("a\r\n\tb"), "a\\r\\n\\tb" },
        { STR("a\0\x1F\x7F"), "a\\u0000\\u001f\\u007f" },
        { STR("</script><!--"), "\\u003c/script>\\u003c!--" },
        { STR("\xE2\x80\xA8\xE2\x80\xA9"), "\\u2028\\u2029" },
        { STR("a\xFF\xC3(b\xE2\x82"), "a\\ufffd\\ufffd(b\\ufffd\\ufffd" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct doc *d = doc_new(&arena);
        struct buf out;
        buf_init(&out, 4096);
        doc_put_text(d->data, "s", cases[i].text);
        assert_string_equal(json_of(d, &out).at, str_format(&arena, "{\"s\":\"%s\"}\n", cases[i].json).at);
        buf_release(&out);
    }
}

static bool two_rows(void *state, struct doc_node *row)
{
    int *made = state;
    doc_put_int(row, "a", *made);
    return ++*made <= 2;
}

static void every_kind_has_its_form(void **state)
{
    (void)state;
    static const struct doc_column columns[] = { { "a", "h" } };
    int made = 0;
    struct doc *d = doc_new(&arena);
    struct buf out;
    buf_init(&out, 4096);
    doc_put_null(d->data, "null");
    doc_put_bool(d->data, "yes", true);
    doc_put_bool(d->data, "no", false);
    doc_put_int(d->data, "largest", INT64_C(9007199254740992));
    doc_put_int(d->data, "larger", INT64_C(9007199254740993));
    doc_put_int(d->data, "least", INT64_MIN);
    doc_put_percent(d->data, "share", 45);
    doc_put_day(d->data, "day", 20780);
    doc_put_url(d->data, "url", STR("/a?b=1&c"));
    doc_put_html(d->data, "html", (struct safe_html){ STR("<b>x</b>") });
    doc_put_map(d->data, "map");
    struct doc_node *list = doc_put_list(d->data, "list");
    doc_add_int(list, 1);
    doc_add_text(list, STR("x"));
    doc_put_table(d, d->data, "none", columns, 1);
    doc_set_source(doc_put_table(d, d->data, "rows", columns, 1), two_rows, &made);
    doc_put_text(d->view, "csrf", STR("secret"));
    assert_string_equal(json_of(d, &out).at,
                        "{\"null\":null,\"yes\":true,\"no\":false,\"largest\":9007199254740992,"
                        "\"larger\":\"9007199254740993\",\"least\":\"-9223372036854775808\",\"share\":45,"
                        "\"day\":\"2026-11-23\",\"url\":\"/a?b=1&c\",\"html\":\"\\u003cb>x\\u003c/b>\",\"map\":{},"
                        "\"list\":[1,\"x\"],\"none\":[],\"rows\":[\n{\"a\":0},\n{\"a\":1}]}\n");
    buf_release(&out);
}

static void naughty_strings_come_back(void **state)
{
    (void)state;
    json_t *strings = corpus_read(CORPORA "naughty-strings/blns.json");
    if (!strings)
        skip();
    struct doc *d = doc_new(&arena);
    d->data = doc_put_map(d->data, "data");
    struct doc_node *list = doc_put_list(d->data, "list");
    for (const struct doc_node *n = node_of_json(&arena, strings)->first; n; n = n->next)
        doc_add_text(list, n->text);
    struct buf out;
    buf_init(&out, 1 << 20);
    struct str text = json_of(d, &out);
    json_t *read = json_loadb(text.at, text.len, JSON_ALLOW_NUL, NULL);
    assert_non_null(read);
    assert_true(json_array_size(strings) > 400);
    assert_true(json_equal(json_object_get(read, "list"), strings));
    assert_int_equal(str_find(text, '<', 0), text.len);
    json_decref(read);
    json_decref(strings);
    buf_release(&out);
}

static bool never_ends(void *state, struct doc_node *row)
{
    (void)state;
    doc_put_int(row, "a", 1);
    return true;
}

static void a_full_sink_ends_a_stream(void **state)
{
    (void)state;
    struct doc *d = doc_new(&arena);
    struct buf out;
    struct buf_sink sink;
    buf_init(&out, 1000);
    buf_sink_init(&sink, &out);
    doc_set_source(doc_put_table(d, d->data, "rows", NULL, 0), never_ends, NULL);
    doc_json(d, &sink.sink);
    assert_int_equal(sink.sink.status, TOO_LARGE);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(every_kind_has_its_form),
        cmocka_unit_test(naughty_strings_come_back),
        cmocka_unit_test(a_full_sink_ends_a_stream),
    };
    arena_init(&arena, 4 << 20);
    int failed = cmocka_run_group_tests_name("doc/doc_json", tests, NULL, NULL);
    arena_release(&arena);
    return failed;
}
