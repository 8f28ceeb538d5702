/* org: see org.h. */
#include "store/org.h"

enum {
    EXISTS,
    FIND,
    ALL,
    OF_VIEWER,
    FUNCTION,
    TARGETS,
    ADD_VIEW,
    TIDY_VIEWS,
    ADD_UNIT,
    ADD_FUNCTION,
    ADD_TARGET,
    ADD_POSITION
};

#define UNIT "u.id, u.code, u.name, u.place, u.last, coalesce(p.place, -1) FROM unit u LEFT JOIN unit p ON p.id = u.parent"

static const struct db_statement statements[] = {
    [EXISTS] = { "exists", "SELECT EXISTS (SELECT 1 FROM unit) OR EXISTS (SELECT 1 FROM person)",
                 "stops at the first row" },
    [FIND] = { "find", "SELECT " UNIT " WHERE u.code = ?1", NULL },
    [ALL] = { "all", "SELECT " UNIT " ORDER BY u.place", "the whole tree, for the cut and for lists of units" },
    [OF_VIEWER] = { "of-viewer",
                    "SELECT " UNIT " JOIN (SELECT DISTINCT unit FROM role_grant WHERE person = ?1 AND role IN ('lead', 'hr'))"
                    " AS g ON g.unit = u.id ORDER BY u.place",
                    NULL },
    [FUNCTION] = { "function-of",
                   "SELECT f.id, f.code, f.name_de, f.name_en, f.name_fr, f.name_it FROM position p"
                   " JOIN job_function f ON f.id = p.job_function"
                   " WHERE p.person = ?1 AND p.from_day <= ?2 AND coalesce(p.to_day, ?2) >= ?2"
                   " ORDER BY p.from_day DESC LIMIT 1",
                   NULL },
    [TARGETS] = { "targets", "SELECT competence, level FROM target WHERE job_function = ?1 ORDER BY competence", NULL },
    [ADD_VIEW] = { "add-report-view", "INSERT INTO report_view (person, unit_code, at) VALUES (?1, ?2, ?3)", NULL },
    [TIDY_VIEWS] = { "tidy-report-views", "DELETE FROM report_view WHERE at < ?1",
                     "once a day; the oldest rows of a short table" },
    [ADD_UNIT] = { "add-unit",
                   "INSERT INTO unit (code, name, parent, place, last) VALUES (?1, ?2, ?3, ?4, ?5)", NULL },
    [ADD_FUNCTION] = { "add-function",
                       "INSERT INTO job_function (code, name_de, name_en, name_fr, name_it) VALUES (?1, ?2, ?3, ?4, ?5)",
                       NULL },
    [ADD_TARGET] = { "add-target", "INSERT INTO target (job_function, competence, level) VALUES (?1, ?2, ?3)", NULL },
    [ADD_POSITION] = { "add-position",
                       "INSERT INTO position (person, from_day, to_day, unit, job_function) VALUES (?1, ?2, ?3, ?4, ?5)",
                       NULL },
};
const struct db_set org_set = STORE_SET(STORE_ORG, "org", statements);

static struct unit unit_of_row(const struct db_cursor *c, struct arena *a)
{
    return (struct unit){
        .id = db_int(c, 0),
        .code = db_text(c, 1, a),
        .name = db_text(c, 2, a),
        .place = (int32_t)db_int(c, 3),
        .last = (int32_t)db_int(c, 4),
        .parent = (int32_t)db_int(c, 5),
    };
}

enum status org_exists(struct db_conn *conn, bool *exists)
{
    struct db_cursor c = db_query(conn, &org_set, EXISTS);
    *exists = db_next(&c) && db_int(&c, 0) == 1;
    return db_end(&c);
}

enum status unit_find(struct db_conn *conn, struct str code, struct arena *a, struct unit *out)
{
    struct db_cursor c = db_query(conn, &org_set, FIND);
    db_bind_text(&c, code);
    bool found = db_next(&c);
    if (found)
        *out = unit_of_row(&c, a);
    return store_found(found, &c);
}

static enum status read_units(struct db_cursor *c, struct arena *a, struct unit_list *list)
{
    size_t room = 0;
    *list = (struct unit_list){ 0 };
    while (db_next(c) && (list->units = arena_grow(a, list->units, list->count, &room, sizeof *list->units)))
        list->units[list->count++] = unit_of_row(c, a);
    enum status s = db_end(c);
    return s ? s : arena_status(a);
}

enum status units_all(struct db_conn *conn, struct arena *a, struct unit_list *list)
{
    struct db_cursor c = db_query(conn, &org_set, ALL);
    return read_units(&c, a, list);
}

enum status units_of_viewer(struct db_conn *conn, int64_t person, struct arena *a, struct unit_list *list)
{
    struct db_cursor c = db_query(conn, &org_set, OF_VIEWER);
    db_bind_int(&c, person);
    enum status s = read_units(&c, a, list);
    size_t kept = 0; /* preorder: what lies inside the last one kept is covered by it */
    for (size_t i = 0; s == OK && i < list->count; i++)
        if (kept == 0 || list->units[i].place > list->units[kept - 1].last)
            list->units[kept++] = list->units[i];
    list->count = kept;
    return s;
}

static enum status targets_of(struct db_conn *conn, int64_t function, struct arena *a, struct target **targets, size_t *count)
{
    size_t room = 0;
    *targets = NULL;
    *count = 0;
    struct db_cursor c = db_query(conn, &org_set, TARGETS);
    db_bind_int(&c, function);
    while (db_next(&c) && (*targets = arena_grow(a, *targets, *count, &room, sizeof **targets)))
        (*targets)[(*count)++] = (struct target){ db_text(&c, 0, a), (int)db_int(&c, 1) };
    enum status s = db_end(&c);
    return s ? s : arena_status(a);
}

enum status profile_of(struct db_conn *conn, int64_t person, int32_t day, struct arena *a, struct job_function *f,
                       struct target **targets, size_t *count)
{
    struct db_cursor c = db_query(conn, &org_set, FUNCTION);
    db_bind_int(&c, person);
    db_bind_int(&c, day);
    bool found = db_next(&c);
    if (found) {
        *f = (struct job_function){ .id = db_int(&c, 0), .code = db_text(&c, 1, a) };
        for (int lang = 0; lang < LANG_COUNT; lang++)
            f->name[lang] = db_text(&c, 2 + lang, a);
    }
    enum status s = store_found(found, &c);
    return s ? s : targets_of(conn, f->id, a, targets, count);
}

enum status report_view_add(struct db_conn *conn, int64_t person, struct str unit_code, int64_t now)
{
    struct db_cursor c = db_query(conn, &org_set, ADD_VIEW);
    db_bind_int(&c, person);
    db_bind_text(&c, unit_code);
    db_bind_int(&c, now);
    return db_run(&c, NULL);
}

enum status report_view_tidy(struct db_conn *conn, int64_t now)
{
    struct db_cursor c = db_query(conn, &org_set, TIDY_VIEWS);
    db_bind_int(&c, now - (int64_t)365 * 86400);
    return db_run(&c, NULL);
}

enum status unit_add(struct db_conn *conn, const struct unit *u, int64_t parent_id, int64_t *id)
{
    struct db_cursor c = db_query(conn, &org_set, ADD_UNIT);
    db_bind_text(&c, u->code);
    db_bind_text(&c, u->name);
    if (parent_id)
        db_bind_int(&c, parent_id);
    else
        db_bind_null(&c);
    db_bind_int(&c, u->place);
    db_bind_int(&c, u->last);
    enum status s = db_run(&c, NULL);
    if (s == OK)
        *id = db_last_id(conn);
    return s;
}

enum status function_add(struct db_conn *conn, const struct job_function *f, int64_t *id)
{
    struct db_cursor c = db_query(conn, &org_set, ADD_FUNCTION);
    db_bind_text(&c, f->code);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        db_bind_text(&c, f->name[lang]);
    enum status s = db_run(&c, NULL);
    if (s == OK)
        *id = db_last_id(conn);
    return s;
}

enum status target_add(struct db_conn *conn, int64_t function, const struct target *t)
{
    struct db_cursor c = db_query(conn, &org_set, ADD_TARGET);
    db_bind_int(&c, function);
    db_bind_text(&c, t->competence);
    db_bind_int(&c, t->level);
    return db_run(&c, NULL);
}

enum status position_add(struct db_conn *conn, int64_t person, int64_t unit, int64_t function, int32_t from_day, int32_t to_day)
{
    struct db_cursor c = db_query(conn, &org_set, ADD_POSITION);
    db_bind_int(&c, person);
    db_bind_int(&c, from_day);
    if (to_day)
        db_bind_int(&c, to_day);
    else
        db_bind_null(&c);
    db_bind_int(&c, unit);
    db_bind_int(&c, function);
    return db_run(&c, NULL);
}
