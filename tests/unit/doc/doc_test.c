/* doc: what is put is found; a page built in too small an arena ends in NO_MEMORY and harms nobody; what only a
 * bug of ours can do ends the program at once. */
#include "doc/doc_rows.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const struct doc_column columns[] = { { "name", "heading" } };

static bool two_rows(void *state, struct doc_node *row)
{
    int *made = state;
    doc_put_int(row, "name", *made);
    return ++*made <= 2;
}

static bool a_row_too_large(void *state, struct doc_node *row)
{
    (void)state;
    doc_put_copy(row, "name", STR("x"));
    return arena_alloc(row->arena, 64 * 1024 * 1024) == NULL;
}

static int made;

static struct doc *build(struct arena *a)
{
    struct doc *d = doc_new(a);
    if (!d)
        return NULL;
    doc_put_null(d->data, "nothing");
    doc_put_bool(d->data, "flag", true);
    doc_put_int(d->data, "number", -7);
    doc_put_copy(d->data, "copy", STR("copied"));
    doc_put_urlf(d->data, "url", "/courses/%s?n=%d", "a", 3);
    doc_put_html(doc_put_map(d->data, "map"), "html", (struct safe_html){ STR("<b>") });
    struct doc_node *list = doc_put_list(d->view, "list");
    doc_add_text(list, STR("one"));
    doc_add_int(list, 2);
    doc_put_day(doc_add_map(list), "day", 20780);
    struct doc_node *rows = doc_put_table(d, d->data, "rows", columns, 1);
    doc_put_percent(doc_add_row(rows), "name", 45);
    made = 0;
    doc_set_source(doc_put_table(d, d->data, "stream", columns, 1), two_rows, &made);
    return d;
}

static void what_is_put_is_found(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1 << 16);
    struct doc *d = build(&a);
    assert_int_equal(doc_get(d->data, STR("number"))->number, -7);
    assert_string_equal(doc_get(d->data, STR("copy"))->text.at, "copied");
    assert_string_equal(doc_get(d->data, STR("url"))->text.at, "/courses/a?n=3");
    assert_int_equal(doc_get(doc_get(d->data, STR("map")), STR("html"))->kind, DOC_HTML);
    assert_null(doc_get(d->data, STR("numbe")));
    assert_null(doc_get(d->data, STR("numbers")));
    assert_null(doc_get(d->data, STR("list")));
    assert_int_equal(doc_get(d->view, STR("list"))->first->next->number, 2);
    assert_ptr_equal(d->table, doc_get(d->data, STR("rows")));
    assert_int_equal(arena_status(&a), OK);
    arena_release(&a);
}

static void any_ceiling_is_survived(void **state)
{
    (void)state;
    bool whole = false;
    for (size_t ceiling = 0; !whole; ceiling += 8) {
        struct arena a;
        arena_init(&a, ceiling);
        struct doc *d = build(&a);
        whole = d && arena_status(&a) == OK;
        assert_true(whole || arena_status(&a) == NO_MEMORY);
        arena_release(&a);
    }
}

static void rows_are_walked(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1 << 16);
    struct doc *d = build(&a);
    struct doc_rows rows;
    doc_rows_begin(&rows, doc_get(d->data, STR("stream")));
    assert_int_equal(doc_get(doc_rows_next(&rows), STR("name"))->number, 0);
    assert_int_equal(doc_get(doc_rows_next(&rows), STR("name"))->number, 1);
    assert_null(doc_rows_next(&rows));
    assert_int_equal(doc_rows_end(&rows), OK);
    doc_rows_begin(&rows, doc_get(d->data, STR("rows")));
    assert_int_equal(doc_get(doc_rows_next(&rows), STR("name"))->number, 45);
    assert_null(doc_rows_next(&rows));
    assert_int_equal(doc_rows_end(&rows), OK);
    arena_release(&a);
}

static void a_row_that_does_not_fit_ends_the_walk(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1 << 16);
    struct doc *d = doc_new(&a);
    struct doc_node *table = doc_put_table(d, d->data, "rows", columns, 1);
    doc_set_source(table, a_row_too_large, NULL);
    struct doc_rows rows;
    doc_rows_begin(&rows, table);
    assert_null(doc_rows_next(&rows));
    assert_null(doc_rows_next(&rows));
    assert_int_equal(doc_rows_end(&rows), NO_MEMORY);
    arena_release(&a);
}

static void put_twice(struct doc *d)
{
    doc_put_int(d->data, "a", 1);
    doc_put_int(d->data, "a", 2);
}

static void put_once(struct doc *d)
{
    doc_put_int(d->data, "a", 1);
}

static void put_into_list(struct doc *d)
{
    doc_put_int(doc_put_list(d->data, "a"), "b", 1);
}

/* Runs a mistake in a child process, silently, and says whether an assertion stopped it. */
static bool is_asserted(void (*mistake)(struct doc *))
{
    pid_t child = fork();
    if (child == 0) {
        struct arena a;
        signal(SIGABRT, SIG_DFL);
        close(STDERR_FILENO);
        arena_init(&a, 1 << 16);
        mistake(doc_new(&a));
        _exit(0);
    }
    int how = 0;
    assert_int_equal(waitpid(child, &how, 0), child);
    return !WIFEXITED(how) || WEXITSTATUS(how) != 0;
}

static void our_own_mistakes_are_asserted(void **state)
{
    (void)state;
    void (*const mistakes[])(struct doc *) = { put_twice, put_into_list };
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++)
        assert_true(is_asserted(mistakes[i]));
    assert_false(is_asserted(put_once));
}

/* Data is not our mistake: it makes a document that is not shown. */
static void a_wrong_address_makes_a_document_wrong(void **state)
{
    (void)state;
    static const char *const wrong[] = { "//example.org/", "/\\example.org/", "javascript:alert(1)", "", "learn" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct arena a;
        arena_init(&a, 1 << 16);
        struct doc *d = doc_new(&a);
        doc_put_url(d->data, "good", STR("/learn"));
        assert_int_equal(doc_status(d), OK);
        doc_put_url(doc_add_map(doc_put_list(d->view, "list")), "bad", str_of(wrong[i]));
        doc_put_url(d->data, "fine", STR("/learn"));
        assert_int_equal(doc_status(d), CORRUPT);
        assert_string_equal(d->wrong, "bad");
        assert_int_equal(doc_get(doc_get(d->view, STR("list"))->first, STR("bad"))->kind, DOC_NULL);
        arena_release(&a);
    }
}

static bool a_row_astray(void *state, struct doc_node *row)
{
    (void)state;
    doc_put_url(row, "name", STR("//example.org/"));
    return true;
}

static void a_wrong_address_in_a_row_ends_the_walk(void **state)
{
    (void)state;
    struct arena a;
    arena_init(&a, 1 << 16);
    struct doc *d = doc_new(&a);
    struct doc_node *table = doc_put_table(d, d->data, "rows", columns, 1);
    doc_set_source(table, a_row_astray, NULL);
    struct doc_rows rows;
    doc_rows_begin(&rows, table);
    assert_null(doc_rows_next(&rows));
    assert_int_equal(doc_rows_end(&rows), CORRUPT);
    assert_int_equal(doc_status(d), CORRUPT);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_is_found),
        cmocka_unit_test(any_ceiling_is_survived),
        cmocka_unit_test(rows_are_walked),
        cmocka_unit_test(a_row_that_does_not_fit_ends_the_walk),
        cmocka_unit_test(our_own_mistakes_are_asserted),
        cmocka_unit_test(a_wrong_address_makes_a_document_wrong),
        cmocka_unit_test(a_wrong_address_in_a_row_ends_the_walk),
    };
    return cmocka_run_group_tests_name("doc/doc", tests, NULL, NULL);
}
