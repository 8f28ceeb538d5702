/* Unit tests of cursors and views: types, NULL, sticky errors, one state per view, the pool's end, plans. */
#include "db/fixture.h"

static const char EVERY_BYTE[] = "a\0b\xff";

static enum status add_odd_notes(struct db_conn *conn, void *job)
{
    (void)job;
    static const struct {
        int64_t id;
        struct str words, bytes;
    } rows[] = {
        { INT64_MAX, { "Grüezi", 7 }, { EVERY_BYTE, 4 } },
        { INT64_MIN, { NULL, 0 }, { NULL, 0 } },
    };
    enum status s = OK;
    for (size_t i = 0; i < 2 && s == OK; i++) {
        struct db_cursor c = db_query(conn, &note_set, NOTE_ADD);
        db_bind_int(&c, rows[i].id);
        db_bind_text(&c, rows[i].words);
        db_bind_blob(&c, rows[i].bytes);
        int64_t changed = 0;
        s = db_run(&c, &changed);
        assert_int_equal(changed, 1);
        assert_true(db_last_id(conn) == rows[i].id);
    }
    struct db_cursor c = db_query(conn, &note_set, NOTE_ADD);
    db_bind_int(&c, 5);
    db_bind_null(&c);
    db_bind_null(&c);
    return s == OK ? db_run(&c, NULL) : db_end(&c);
}

static struct db_cursor get(struct db_conn *view, int64_t id)
{
    struct db_cursor c = db_query(view, &note_set, NOTE_GET);
    db_bind_int(&c, id);
    assert_true(db_next(&c));
    assert_true(db_int(&c, 0) == id);
    return c;
}

static void every_type_comes_back_as_it_went(void **state)
{
    struct fixture *f = *state;
    struct db_conn *view;
    assert_int_equal(db_write(f->db, add_odd_notes, NULL), OK);
    assert_int_equal(db_view(f->db, &view), OK);

    struct db_cursor c = get(view, INT64_MAX);
    assert_true(str_is(db_text(&c, 1, &f->arena), "Grüezi"));
    assert_true(str_equal(db_text(&c, 2, &f->arena), (struct str){ EVERY_BYTE, 4 }));
    assert_true(str_is(db_text(&c, 0, &f->arena), "9223372036854775807"));
    assert_false(db_next(&c));
    assert_int_equal(db_end(&c), OK);

    c = get(view, INT64_MIN); /* empty is not NULL */
    for (int column = 1; column <= 2; column++) {
        assert_false(db_is_null(&c, column));
        assert_non_null(db_text(&c, column, &f->arena).at);
        assert_int_equal(db_text(&c, column, &f->arena).len, 0);
    }
    assert_int_equal(db_end(&c), OK);

    c = get(view, 5);
    assert_true(db_is_null(&c, 1) && db_is_null(&c, 2));
    assert_null(db_text(&c, 1, &f->arena).at);
    assert_int_equal(db_int(&c, 1), 0);
    assert_int_equal(db_end(&c), OK);
    db_view_end(view);
}

static void text_outlives_its_row(void **state)
{
    struct fixture *f = *state;
    struct db_conn *view;
    assert_int_equal(db_write(f->db, add_odd_notes, NULL), OK);
    assert_int_equal(db_view(f->db, &view), OK);
    struct db_cursor c = get(view, INT64_MAX);
    struct str words = db_text(&c, 1, &f->arena);
    assert_int_equal(db_end(&c), OK);
    db_view_end(view);
    assert_string_equal(words.at, "Grüezi");
}

struct writing {
    struct db *db;
    int64_t id;
};

static void *write_one(void *arg)
{
    struct writing *w = arg;
    return db_write(w->db, add_note, &w->id) == OK ? w : NULL;
}

static void a_view_sees_one_state(void **state)
{
    struct fixture *f = *state;
    struct db_conn *view;
    assert_int_equal(db_view(f->db, &view), OK);
    assert_int_equal(view_count(view), 0);
    struct writing w = { f->db, 1 };
    pthread_t other;
    void *written;
    assert_int_equal(pthread_create(&other, NULL, write_one, &w), 0);
    pthread_join(other, &written);
    assert_non_null(written);
    assert_int_equal(view_count(view), 0);
    db_view_end(view);
    assert_int_equal(count_notes(f->db), 1);
}

static void one_statement_at_a_time_but_many_statements(void **state)
{
    struct fixture *f = *state;
    struct db_conn *view;
    for (int64_t id = 1; id <= 3; id++)
        assert_int_equal(db_write(f->db, add_note, &id), OK);
    assert_int_equal(db_view(f->db, &view), OK);
    struct db_cursor all = db_query(view, &note_set, NOTE_ALL);
    int64_t rows = 0;
    while (db_next(&all)) {
        struct db_cursor c = get(view, db_int(&all, 0)); /* another statement inside the loop is fine */
        assert_int_equal(db_end(&c), OK);
        rows++;
    }
    assert_int_equal(db_end(&all), OK);
    assert_int_equal(rows, 3);
    db_view_end(view);
}

static void queries_are_counted_for_the_thread_that_asked(void **state)
{
    struct fixture *f = *state;
    db_thread_queries(true);
    count_notes(f->db);
    count_notes(f->db);
    int64_t id = 1;
    assert_int_equal(db_write(f->db, add_note, &id), OK); /* ran in the writer, for us */
    assert_int_equal(db_thread_queries(true), 3);
    assert_int_equal(db_thread_queries(false), 0);
}

static void the_pool_has_an_end(void **state)
{
    struct fixture *f = *state;
    struct db_conn *views[4], *none;
    for (int i = 0; i < 4; i++)
        assert_int_equal(db_view(f->db, &views[i]), OK);
    assert_int_equal(db_view(f->db, &none), BUSY);
    assert_null(none);
    for (int i = 0; i < 4; i++)
        db_view_end(views[i]);
    assert_int_equal(count_notes(f->db), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_type_comes_back_as_it_went, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(text_outlives_its_row, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(a_view_sees_one_state, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(one_statement_at_a_time_but_many_statements, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(queries_are_counted_for_the_thread_that_asked, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(the_pool_has_an_end, fixture_up, fixture_down),
    };
    return cmocka_run_group_tests_name("cursor", tests, NULL, NULL);
}
