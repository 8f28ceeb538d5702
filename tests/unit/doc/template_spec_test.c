/* template_spec: the core suites of the public Mustache specification, in lenient mode.
 * Lambdas, inheritance and dynamic names are left out: docs/decisions/0004-templates.md. */
#include "doc/template.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "doc/doc_json_read.h"

static size_t sources_of(const json_t *test, struct template_source *out)
{
    size_t count = 0;
    const char *name;
    json_t *text;
    const char *template = json_string_value(json_object_get(test, "template"));
    out[count++] = (struct template_source){ STR("test"), str_of(template) };
    json_object_foreach (json_object_get(test, "partials"), name, text)
        out[count++] = (struct template_source){ str_of(name), str_of(json_string_value(text)) };
    return count;
}

static bool passes(const json_t *test, struct arena *a)
{
    struct template_source sources[8];
    struct template_set *set;
    struct str problem;
    const struct template_options lenient = { .lenient = true };
    if (template_compile(&set, sources, sources_of(test, sources), &lenient, a, &problem) != OK)
        return false;
    struct buf html;
    struct buf_sink sink;
    buf_init(&html, 1 << 16);
    buf_sink_init(&sink, &html);
    struct doc document = { .arena = a, .data = node_of_json(a, json_object_get(test, "data")) };
    enum status status = template_render(set, STR("test"), &document, LANG_EN, a, &sink.sink, &problem);
    const char *expected = json_string_value(json_object_get(test, "expected"));
    bool same = status == OK && str_is(buf_str(&html), expected);
    if (!same)
        print_message("%s\n  template: %s\n  expected: %s\n  rendered: %s (%s)\n",
                      json_string_value(json_object_get(test, "name")), sources[0].text.at, expected,
                      buf_str(&html).at, status_name(status));
    buf_release(&html);
    template_free(set);
    return same;
}

static void run_suite(const char *path, size_t at_least)
{
    json_t *suite = corpus_read(path), *test;
    if (!suite)
        skip();
    struct arena a;
    arena_init(&a, 1 << 20);
    size_t i, failed = 0, count = json_array_size(json_object_get(suite, "tests"));
    json_array_foreach (json_object_get(suite, "tests"), i, test) {
        failed += !passes(test, &a);
        arena_reset(&a);
    }
    arena_release(&a);
    json_decref(suite);
    assert_true(count >= at_least);
    assert_int_equal(failed, 0);
}

#define SUITE(name, at_least)                                                                                         \
    static void name(void **state)                                                                                    \
    {                                                                                                                 \
        (void)state;                                                                                                  \
        run_suite(CORPORA "mustache-spec/" #name ".json", at_least);                                                  \
    }

SUITE(comments, 12)
SUITE(delimiters, 14)
SUITE(interpolation, 40)
SUITE(inverted, 20)
SUITE(partials, 11)
SUITE(sections, 30)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comments), cmocka_unit_test(delimiters), cmocka_unit_test(interpolation),
        cmocka_unit_test(inverted), cmocka_unit_test(partials),   cmocka_unit_test(sections),
    };
    return cmocka_run_group_tests_name("doc/template_spec", tests, NULL, NULL);
}
