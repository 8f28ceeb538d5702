/* snapshot: see snapshot.h. The function tree's tables have their columns (tree, job_function) and come later. */
#include "store/snapshot.h"

enum { LATEST, OF_DAY, ALL, UNIT, PATH, CHILDREN, CELLS, ALL_UNITS, ALL_CELLS, ADD, ADD_UNIT, ADD_CELL };

#define SNAPSHOT "SELECT id, day, cut_at, k, checksum FROM snapshot"
#define UNIT_COLUMNS "s.place, s.last, coalesce(s.parent, -1), s.code, s.name"
#define PLACE_TODAY ", coalesce((SELECT u.place FROM unit u WHERE u.code = s.code), -1)"
#define CELL_COLUMNS \
    "c.place, c.kind, c.subject, c.people, c.reached, c.assessed, c.steps, c.counted_in, c.included_of, c.included_people"

static const struct db_statement statements[] = {
    [LATEST] = { "latest", SNAPSHOT " ORDER BY day DESC LIMIT 1", "one step into the index by day" },
    [OF_DAY] = { "of-day", SNAPSHOT " WHERE day = ?1", NULL },
    [ALL] = { "all", SNAPSHOT " ORDER BY day", "one row a month" },
    [UNIT] = { "unit", "SELECT " UNIT_COLUMNS " FROM snapshot_unit s WHERE s.code = ?2 AND s.snapshot = ?1", NULL },
    [PATH] = { "path",
               "SELECT " UNIT_COLUMNS PLACE_TODAY " FROM snapshot_unit s"
               " WHERE s.snapshot = ?1 AND s.place <= ?2 AND s.last >= ?2 ORDER BY s.place",
               NULL },
    [CHILDREN] = { "children",
                   "SELECT " UNIT_COLUMNS PLACE_TODAY " FROM snapshot_unit s"
                   " WHERE s.snapshot = ?1 AND s.parent = ?2 ORDER BY s.place",
                   NULL },
    [CELLS] = { "cells",
                "SELECT " CELL_COLUMNS ", k.code, k.name, EXISTS (SELECT 1 FROM snapshot_cell r WHERE r.snapshot = ?1"
                " AND r.place = c.counted_in AND r.tree = 'unit' AND r.job_function = '' AND r.kind = 'rest'"
                " AND r.subject = c.subject) FROM (SELECT ?2 AS place UNION ALL"
                " SELECT place FROM snapshot_unit WHERE snapshot = ?1 AND parent = ?2) AS u"
                " JOIN snapshot_cell c ON c.snapshot = ?1 AND c.place = u.place AND c.tree = 'unit' AND c.job_function = ''"
                " LEFT JOIN snapshot_unit k ON k.snapshot = ?1 AND k.place = c.counted_in"
                " ORDER BY c.place, c.kind DESC, c.subject",
                NULL },
    [ALL_UNITS] = { "all-units", "SELECT " UNIT_COLUMNS " FROM snapshot_unit s WHERE s.snapshot = ?1 ORDER BY s.place",
                    NULL },
    [ALL_CELLS] = { "all-cells",
                    "SELECT " CELL_COLUMNS " FROM snapshot_cell c WHERE c.snapshot = ?1"
                    " ORDER BY c.place, c.tree, c.job_function, c.kind, c.subject",
                    NULL },
    [ADD] = { "add", "INSERT INTO snapshot (day, cut_at, k, checksum) VALUES (?1, ?2, ?3, ?4)", NULL },
    [ADD_UNIT] = { "add-unit",
                   "INSERT INTO snapshot_unit (snapshot, place, last, parent, code, name) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                   NULL },
    [ADD_CELL] = { "add-cell",
                   "INSERT INTO snapshot_cell (snapshot, place, tree, job_function, kind, subject, people, reached, assessed,"
                   " steps, counted_in, included_of, included_people)"
                   " VALUES (?1, ?2, 'unit', '', ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                   NULL },
};
const struct db_set snapshot_set = STORE_SET(STORE_SNAPSHOT, "snapshot", statements);

static struct snapshot snapshot_of_row(const struct db_cursor *c, struct arena *a)
{
    return (struct snapshot){ db_int(c, 0), (int32_t)db_int(c, 1), db_int(c, 2), (int)db_int(c, 3), db_text(c, 4, a) };
}

static struct snapshot_unit unit_of_row(const struct db_cursor *c, struct arena *a)
{
    return (struct snapshot_unit){
        .place = (int32_t)db_int(c, 0),
        .last = (int32_t)db_int(c, 1),
        .parent = (int32_t)db_int(c, 2),
        .code = db_text(c, 3, a),
        .name = db_text(c, 4, a),
        .place_today = -1,
    };
}

static struct cell cell_of_row(const struct db_cursor *c, struct arena *a)
{
    return (struct cell){
        .place = (int32_t)db_int(c, 0),
        .kind = str_is(db_text(c, 1, a), "rest") ? CELL_REST : CELL_UNIT,
        .subject = db_text(c, 2, a),
        .own = !db_is_null(c, 3),
        .people = (int)db_int(c, 3),
        .reached = db_int(c, 4),
        .assessed = db_int(c, 5),
        .steps = (int)db_int(c, 6),
        .counted_in = db_is_null(c, 7) ? -1 : (int32_t)db_int(c, 7),
        .included_of = db_is_null(c, 8) ? -1 : (int32_t)db_int(c, 8),
        .included_people = (int)db_int(c, 9),
    };
}

enum status snapshot_latest(struct db_conn *conn, struct arena *a, struct snapshot *out)
{
    struct db_cursor c = db_query(conn, &snapshot_set, LATEST);
    bool found = db_next(&c);
    if (found)
        *out = snapshot_of_row(&c, a);
    return store_found(found, &c);
}

enum status snapshot_of_day(struct db_conn *conn, int32_t day, struct arena *a, struct snapshot *out)
{
    struct db_cursor c = db_query(conn, &snapshot_set, OF_DAY);
    db_bind_int(&c, day);
    bool found = db_next(&c);
    if (found)
        *out = snapshot_of_row(&c, a);
    return store_found(found, &c);
}

enum status snapshots_all(struct db_conn *conn, struct arena *a, struct snapshot **list, size_t *count)
{
    size_t room = 0;
    *list = NULL;
    *count = 0;
    struct db_cursor c = db_query(conn, &snapshot_set, ALL);
    while (db_next(&c) && (*list = arena_grow(a, *list, *count, &room, sizeof **list)))
        (*list)[(*count)++] = snapshot_of_row(&c, a);
    enum status s = db_end(&c);
    return s ? s : arena_status(a);
}

enum status snapshot_unit_find(struct db_conn *conn, int64_t snapshot, struct str code, struct arena *a,
                               struct snapshot_unit *out)
{
    struct db_cursor c = db_query(conn, &snapshot_set, UNIT);
    db_bind_int(&c, snapshot);
    db_bind_text(&c, code);
    bool found = db_next(&c);
    if (found)
        *out = unit_of_row(&c, a);
    return store_found(found, &c);
}

static enum status units_of(struct db_conn *conn, int statement, int64_t snapshot, int32_t place, struct arena *a,
                            struct snapshot_unit_list *list)
{
    size_t room = 0;
    *list = (struct snapshot_unit_list){ 0 };
    struct db_cursor c = db_query(conn, &snapshot_set, statement);
    db_bind_int(&c, snapshot);
    db_bind_int(&c, place);
    while (db_next(&c) && (list->units = arena_grow(a, list->units, list->count, &room, sizeof *list->units))) {
        struct snapshot_unit *u = &list->units[list->count++];
        *u = unit_of_row(&c, a);
        u->place_today = (int32_t)db_int(&c, 5);
    }
    enum status s = db_end(&c);
    return s ? s : arena_status(a);
}

enum status snapshot_path(struct db_conn *conn, int64_t snapshot, int32_t place, struct arena *a,
                          struct snapshot_unit_list *list)
{
    return units_of(conn, PATH, snapshot, place, a, list);
}

enum status snapshot_children(struct db_conn *conn, int64_t snapshot, int32_t place, struct arena *a,
                              struct snapshot_unit_list *list)
{
    return units_of(conn, CHILDREN, snapshot, place, a, list);
}

enum status snapshot_cells(struct db_conn *conn, int64_t snapshot, int32_t place, struct arena *a,
                           struct cell_list *list)
{
    size_t room = 0;
    *list = (struct cell_list){ 0 };
    struct db_cursor c = db_query(conn, &snapshot_set, CELLS);
    db_bind_int(&c, snapshot);
    db_bind_int(&c, place);
    while (db_next(&c) && (list->cells = arena_grow(a, list->cells, list->count, &room, sizeof *list->cells))) {
        struct cell *cell = &list->cells[list->count++];
        *cell = cell_of_row(&c, a);
        cell->counted_code = db_text(&c, 10, a);
        cell->counted_name = db_text(&c, 11, a);
        cell->counted_rest = db_int(&c, 12) == 1;
    }
    enum status s = db_end(&c);
    return s ? s : arena_status(a);
}

static enum status read_all_units(struct db_conn *conn, int64_t snapshot, struct snapshot_reader reader,
                                  struct arena *row)
{
    enum status s = OK;
    struct db_cursor c = db_query(conn, &snapshot_set, ALL_UNITS);
    db_bind_int(&c, snapshot);
    while (s == OK && db_next(&c)) {
        arena_reset(row);
        struct snapshot_unit u = unit_of_row(&c, row);
        s = arena_status(row);
        if (s == OK)
            reader.unit(reader.context, &u);
    }
    enum status end = db_end(&c);
    return end ? end : s;
}

static enum status read_all_cells(struct db_conn *conn, int64_t snapshot, struct snapshot_reader reader,
                                  struct arena *row)
{
    enum status s = OK;
    struct db_cursor c = db_query(conn, &snapshot_set, ALL_CELLS);
    db_bind_int(&c, snapshot);
    while (s == OK && db_next(&c)) {
        arena_reset(row);
        struct cell cell = cell_of_row(&c, row);
        s = arena_status(row);
        if (s == OK)
            reader.cell(reader.context, &cell);
    }
    enum status end = db_end(&c);
    return end ? end : s;
}

enum status snapshot_read(struct db_conn *conn, int64_t snapshot, struct snapshot_reader reader)
{
    enum { ROW_CEILING = 64 * 1024 };
    struct arena row;
    arena_init(&row, ROW_CEILING);
    enum status s = read_all_units(conn, snapshot, reader, &row);
    if (s == OK)
        s = read_all_cells(conn, snapshot, reader, &row);
    arena_release(&row);
    return s;
}

enum status snapshot_add(struct db_conn *conn, const struct snapshot *snapshot, int64_t *id)
{
    struct db_cursor c = db_query(conn, &snapshot_set, ADD);
    db_bind_int(&c, snapshot->day);
    db_bind_int(&c, snapshot->cut_at);
    db_bind_int(&c, snapshot->k);
    db_bind_text(&c, snapshot->checksum);
    enum status s = db_run(&c, NULL);
    if (s == OK)
        *id = db_last_id(conn);
    return s;
}

static void bind_place(struct db_cursor *c, int32_t place)
{
    if (place < 0)
        db_bind_null(c);
    else
        db_bind_int(c, place);
}

enum status snapshot_add_unit(struct db_conn *conn, int64_t snapshot, const struct snapshot_unit *u)
{
    struct db_cursor c = db_query(conn, &snapshot_set, ADD_UNIT);
    db_bind_int(&c, snapshot);
    db_bind_int(&c, u->place);
    db_bind_int(&c, u->last);
    bind_place(&c, u->parent);
    db_bind_text(&c, u->code);
    db_bind_text(&c, u->name);
    return db_run(&c, NULL);
}

enum status snapshot_add_cell(struct db_conn *conn, int64_t snapshot, const struct cell *cell)
{
    const int64_t figures[] = { cell->people, cell->reached, cell->assessed, cell->steps };
    struct db_cursor c = db_query(conn, &snapshot_set, ADD_CELL);
    db_bind_int(&c, snapshot);
    db_bind_int(&c, cell->place);
    db_bind_text(&c, cell->kind == CELL_REST ? STR("rest") : STR("unit"));
    db_bind_text(&c, cell->subject);
    for (int i = 0; i < 4; i++) {
        if (cell->own)
            db_bind_int(&c, figures[i]);
        else
            db_bind_null(&c);
    }
    bind_place(&c, cell->own ? -1 : cell->counted_in);
    bind_place(&c, cell->included_of);
    db_bind_int(&c, cell->included_people);
    return db_run(&c, NULL);
}
