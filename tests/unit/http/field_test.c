/* field, pairs, route: forms are decoded strictly, checked by table; addresses bind parameters. */
#include "http/pairs.h"
#include "http/route.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void expect_text(struct str got, const char *wanted)
{
    if (!str_is(got, wanted))
        fail_msg("got \"%.*s\", wanted \"%s\"", STR_ARG(got), wanted);
}

static void pairs_are_decoded_strictly(void **state)
{
    (void)state;
    static const struct {
        struct str raw;
        enum status status;
        size_t count;
        const char *first;
    } cases[] = {
        { { "", 0 }, OK, 0, "" },
        { { "&&&", 3 }, OK, 0, "" },
        { { "a", 1 }, OK, 1, "" },
        { { "a=b=c", 5 }, OK, 1, "b=c" },
        { { "a=%c3%BC+%2B", 12 }, OK, 1, "ü +" },
        { { "a=\xC3\xBC", 4 }, OK, 1, "ü" },
        { { "a=1&a=2&", 8 }, OK, 2, "1" },
        { { "a=%", 3 }, MALFORMED, 0, "" },
        { { "a=%1", 4 }, MALFORMED, 0, "" },
        { { "a=%1g", 5 }, MALFORMED, 0, "" },
        { { "a=%00", 5 }, MALFORMED, 0, "" },
        { { "a=x\0y", 5 }, MALFORMED, 0, "" },
        { { "a=%08", 5 }, MALFORMED, 0, "" },
        { { "a=%ff", 5 }, MALFORMED, 0, "" },
        { { "a=%ed%a0%80", 11 }, MALFORMED, 0, "" },
        { { "a=%e2%80%ae", 11 }, MALFORMED, 0, "" },
        { { "=b", 2 }, MALFORMED, 0, "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena;
        struct pairs pairs;
        arena_init(&arena, 1 << 16);
        assert_int_equal(pairs_read(&arena, cases[i].raw, &pairs), cases[i].status);
        assert_int_equal(pairs.count, cases[i].count);
        if (pairs.count)
            expect_text(pairs_get(&pairs, "a"), cases[i].first);
        arena_release(&arena);
    }
}

static enum status read_many(size_t count, size_t name_length, size_t ceiling)
{
    struct arena arena;
    struct pairs pairs;
    struct buf raw;
    arena_init(&arena, ceiling);
    buf_init(&raw, 1 << 20);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < name_length; k++)
            buf_add_char(&raw, 'n');
        buf_add(&raw, STR("=1&"));
    }
    enum status status = pairs_read(&arena, buf_str(&raw), &pairs);
    buf_release(&raw);
    arena_release(&arena);
    return status;
}

static void pairs_have_limits(void **state)
{
    (void)state;
    assert_int_equal(read_many(PAIRS_MAX, 1, 1 << 20), OK);
    assert_int_equal(read_many(PAIRS_MAX + 1, 1, 1 << 20), TOO_LARGE);
    assert_int_equal(read_many(1, PAIR_NAME_MAX, 1 << 20), OK);
    assert_int_equal(read_many(1, PAIR_NAME_MAX + 1, 1 << 20), TOO_LARGE);
    assert_int_equal(read_many(PAIRS_MAX, 1, 1024), NO_MEMORY);
}

static const struct field table[] = {
    { .name = "title", .kind = FIELD_TEXT, .max_chars = 5, .required = true },
    { .name = "note", .kind = FIELD_LINES, .max_chars = 10 },
    { .name = "id", .kind = FIELD_ID, .max_chars = 20 },
    { .name = "code", .kind = FIELD_CODE, .max_chars = 20 },
    { .name = "number", .kind = FIELD_NUMBER, .max_chars = 5 },
    { .name = "flag", .kind = FIELD_FLAG },
    { .name = "option", .kind = FIELD_TOKEN, .max_values = 2 },
    { .name = "answer.*", .kind = FIELD_TEXT, .max_chars = 5 },
    { .name = "page", .kind = FIELD_NUMBER, .in_query = true },
    { 0 },
};

static void fields_are_checked_by_their_table(void **state)
{
    (void)state;
    static const struct {
        const char *form, *query, *field, *message; /* NULL: fine */
    } cases[] = {
        { "title=abc", "", NULL, NULL },
        { "", "", "title", "field-missing" },
        { "title=", "", "title", "field-missing" },
        { "title=+%09", "", "title", "field-missing" },
        { "title=%c3%bc%c3%bc%c3%bc%c3%bc%c3%bc", "", NULL, NULL },
        { "title=123456", "", "title", "field-too-long" },
        { "title=a%0ab", "", "title", "field-not-one-line" },
        { "title=a&title=b", "", "title", "field-too-many" },
        { "title=a&note=1%0d%0a2", "", NULL, NULL },
        { "title=a&id=Abc", "", "id", "field-not-an-id" },
        { "title=a&id=1a", "", "id", "field-not-an-id" },
        { "title=a&id=a-1", "", NULL, NULL },
        { "title=a&id=", "", NULL, NULL },
        { "title=a&code=a%20b", "", "code", "field-not-a-code" },
        { "title=a&code=A.b:c_d-9", "", NULL, NULL },
        { "title=a&number=-12", "", NULL, NULL },
        { "title=a&number=1.5", "", "number", "field-not-a-number" },
        { "title=a&flag", "", NULL, NULL },
        { "title=a&option=x&option=y", "", NULL, NULL },
        { "title=a&option=x&option=y&option=z", "", "option", "field-too-many" },
        { "title=a&option=x.y", "", "option", "field-not-a-token" },
        { "title=a&answer.q1=abc&answer.q2=", "", NULL, NULL },
        { "title=a&answer.q1=abcdef", "", "answer.q1", "field-too-long" },
        { "title=a&answer.=abcdef", "", NULL, NULL },
        { "title=a&unknown=anything%0a", "", NULL, NULL },
        { "title=a&page=x", "", NULL, NULL },
        { "title=a", "page=x", "page", "field-not-a-number" },
        { "title=a", "title=123456", NULL, NULL },
        { "title=a&csrf=abc_-9&key=1", "", NULL, NULL },
        { "title=a&csrf=a&csrf=b", "", "csrf", "field-too-many" },
        { "title=a&key=a%22", "", "key", "field-not-a-token" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena;
        struct request request = { .arena = &arena };
        struct field_problem *problems;
        size_t count;
        arena_init(&arena, 1 << 16);
        assert_int_equal(pairs_read(&arena, str_of(cases[i].form), &request.form), OK);
        assert_int_equal(pairs_read(&arena, str_of(cases[i].query), &request.query), OK);
        enum status status = fields_check(&request, table, &problems, &count);
        if (status != (cases[i].field ? INVALID : OK) || count != (cases[i].field ? 1 : 0))
            fail_msg("%s ? %s: status %s, %zu problems", cases[i].form, cases[i].query, status_name(status), count);
        if (cases[i].field) {
            assert_string_equal(problems[0].field, cases[i].field);
            assert_string_equal(problems[0].message, cases[i].message);
        }
        arena_release(&arena);
    }
}

static void line_ends_become_line_feeds(void **state)
{
    (void)state;
    struct arena arena;
    struct request request = { .arena = &arena };
    struct field_problem *problems;
    size_t count;
    arena_init(&arena, 1 << 16);
    assert_int_equal(pairs_read(&arena, STR("title=a&note=1%0d%0a2%0d3%0a"), &request.form), OK);
    assert_int_equal(fields_check(&request, table, &problems, &count), OK);
    expect_text(pairs_get(&request.form, "note"), "1\n2\n3\n");
    arena_release(&arena);
}

static void at_most_sixteen_problems_are_told(void **state)
{
    (void)state;
    struct arena arena;
    struct request request = { .arena = &arena };
    struct field_problem *problems;
    size_t count;
    struct buf raw;
    arena_init(&arena, 1 << 18);
    buf_init(&raw, 1 << 16);
    for (int i = 0; i < 100; i++)
        buf_add_format(&raw, "answer.%d=too-long&", i);
    assert_int_equal(pairs_read(&arena, buf_str(&raw), &request.form), OK);
    assert_int_equal(fields_check(&request, table, &problems, &count), INVALID);
    assert_int_equal(count, 16);
    buf_release(&raw);
    arena_release(&arena);
}

static void values_are_found_by_name(void **state)
{
    (void)state;
    struct arena arena;
    struct pairs pairs;
    size_t count;
    arena_init(&arena, 1 << 16);
    assert_int_equal(pairs_read(&arena, STR("a=1&b=2&a=3"), &pairs), OK);
    struct str *all = pairs_all(&pairs, "a", &arena, &count);
    assert_int_equal(count, 2);
    expect_text(all[0], "1");
    expect_text(all[1], "3");
    assert_null(pairs_all(&pairs, "c", &arena, &count));
    assert_int_equal(count, 0);
    assert_null(pairs_get(&pairs, "c").at);
    arena_release(&arena);
}

static void routes_bind_what_fits(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *path, *params; /* NULL: does not fit */
    } cases[] = {
        { "/", "/", "" },
        { "/learn", "/learn", "" },
        { "/learn", "/learn/", NULL },
        { "/learn", "/learned", NULL },
        { "/", "/learn", NULL },
        { "/learn", "/", NULL },
        { "/courses/{course}", "/courses/abc", "course=abc;" },
        { "/courses/{course}", "/courses/", NULL },
        { "/courses/{course}", "/courses/a b", NULL },
        { "/courses/{course}", "/courses/a/b", NULL },
        { "/courses/{course}/{lesson}", "/courses/a/b.c", "course=a;lesson=b.c;" },
        { "/courses/{course}/test", "/courses/a/test", "course=a;" },
        { "/courses/{course}/test", "/courses/a/rest", NULL },
        { "/courses/{course}", "//courses", NULL },
        { "/media/{hash}/media/{file...}", "/media/a/media/b.svg", "hash=a;file=b.svg;" },
        { "/media/{hash}/media/{file...}", "/media/a/media/b/c/d.svg", "hash=a;file=b/c/d.svg;" },
        { "/media/{hash}/media/{file...}", "/media/a/media/", NULL },
        { "/media/{hash}/media/{file...}", "/media/a/media/b//c", NULL },
        { "/media/{hash}/media/{file...}", "/media/a/media/b/", NULL },
        { "/media/{hash}/media/{file...}", "/media/a/course.xml", NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena;
        arena_init(&arena, 1 << 16);
        struct request request = { .arena = &arena, .path = str_of(cases[i].path) };
        bool fits = route_fits(&(struct route){ .pattern = cases[i].pattern }, &request);
        if (fits != (cases[i].params != NULL))
            fail_msg("%s %s", cases[i].pattern, cases[i].path);
        struct str bound = STR("");
        for (size_t k = 0; k < request.params.count; k++)
            bound = str_format(&arena, "%.*s%.*s=%.*s;", STR_ARG(bound), STR_ARG(request.params.list[k].name),
                               STR_ARG(request.params.list[k].value));
        expect_text(bound, cases[i].params ? cases[i].params : "");
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_decoded_strictly),
        cmocka_unit_test(pairs_have_limits),
        cmocka_unit_test(fields_are_checked_by_their_table),
        cmocka_unit_test(line_ends_become_line_feeds),
        cmocka_unit_test(at_most_sixteen_problems_are_told),
        cmocka_unit_test(values_are_found_by_name),
        cmocka_unit_test(routes_bind_what_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
