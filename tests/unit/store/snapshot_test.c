/* Tests of snapshot: what was published is handed out whole or not at all. */
#include "store/snapshot.h"

#include "store_fixture.h"

enum { LONG_TEXT = 100000 }; /* more than a row may have */

struct publishing {
    int32_t day;
    struct snapshot_unit unit;
    struct cell cell;
    int64_t id;
};

static enum status publish(struct db_conn *conn, void *job)
{
    struct publishing *p = job;
    struct snapshot snapshot = { .day = p->day, .cut_at = 1, .k = 5, .checksum = STR("x") };
    enum status s = snapshot_add(conn, &snapshot, &p->id);
    if (s == OK)
        s = snapshot_add_unit(conn, p->id, &p->unit);
    return s ? s : snapshot_add_cell(conn, p->id, &p->cell);
}

static struct publishing city(void)
{
    return (struct publishing){
        .day = 20000,
        .unit = { .place = 0, .last = 0, .parent = -1, .code = STR("STADT"), .name = STR("Stadt") },
        .cell = { .place = 0, .subject = STR("participation"), .own = true, .people = 5, .counted_in = -1, .included_of = -1 },
    };
}

struct seen {
    int units, cells;
    size_t bytes;
};

static void see_unit(void *context, const struct snapshot_unit *u)
{
    struct seen *seen = context;
    seen->units++;
    seen->bytes += u->name.len;
}

static void see_cell(void *context, const struct cell *c)
{
    struct seen *seen = context;
    seen->cells++;
    seen->bytes += c->subject.len;
}

static enum status read_back(const struct store *s, int64_t snapshot, struct seen *seen)
{
    *seen = (struct seen){ 0 };
    struct db_conn *view = store_view(s);
    enum status status = snapshot_read(view, snapshot, (struct snapshot_reader){ see_unit, see_cell, seen });
    db_view_end(view);
    return status;
}

static struct str long_text(struct store *s)
{
    char *text = ARENA_ARRAY(&s->arena, LONG_TEXT, char);
    assert_non_null(text);
    memset(text, 'x', LONG_TEXT);
    return (struct str){ text, LONG_TEXT };
}

static void a_snapshot_is_read_whole(void **state)
{
    struct publishing p = city();
    struct seen seen;
    store_change(*state, publish, &p);
    assert_int_equal(read_back(*state, p.id, &seen), OK);
    assert_int_equal(seen.units, 1);
    assert_int_equal(seen.cells, 1);
    assert_int_equal(seen.bytes, strlen("Stadt") + strlen("participation"));
}

/* Read without its name it would pass as another row. */
static void a_row_that_does_not_fit_is_an_error(void **state)
{
    struct publishing unit = city(), cell = city();
    struct seen seen;
    unit.unit.name = long_text(*state);
    store_change(*state, publish, &unit);
    assert_int_equal(read_back(*state, unit.id, &seen), NO_MEMORY);
    assert_int_equal(seen.units, 0);
    cell.cell.subject = long_text(*state);
    cell.day++;
    store_change(*state, publish, &cell);
    assert_int_equal(read_back(*state, cell.id, &seen), NO_MEMORY);
    assert_int_equal(seen.cells, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_snapshot_is_read_whole, store_up, store_down),
        cmocka_unit_test_setup_teardown(a_row_that_does_not_fit_is_an_error, store_up, store_down),
    };
    return cmocka_run_group_tests_name("snapshot", tests, NULL, NULL);
}
