/* attempt: see attempt.h. */
#include "store/attempt.h"

#define COLUMNS \
    "id, learner, course, pack, seed, started_at, position, version, finished_at, points, points_max, passed, valid_until"

enum { FIND, ITEMS, OF_COURSE, OF_LEARNER, SEEN, START, ADD_ITEM, SAVE, ANSWER, FINISH };
static const struct db_statement statements[] = {
    [FIND] = { "find", "SELECT " COLUMNS " FROM attempt WHERE id = ?1", NULL },
    [ITEMS] = { "items",
                "SELECT i.item, i.must_pass, a.given, a.page, a.answered_at, a.lang FROM attempt_item i"
                " LEFT JOIN answer a ON a.attempt = i.attempt AND a.item = i.item WHERE i.attempt = ?1 ORDER BY i.position",
                NULL },
    [OF_COURSE] = { "of-course", "SELECT " COLUMNS " FROM attempt WHERE learner = ?1 AND course = ?2 ORDER BY id", NULL },
    [OF_LEARNER] = { "of-learner", "SELECT " COLUMNS " FROM attempt WHERE learner = ?1 ORDER BY course, id", NULL },
    [SEEN] = { "items-seen",
               "SELECT DISTINCT i.item FROM attempt a JOIN attempt_item i ON i.attempt = a.id"
               " WHERE a.learner = ?1 AND a.course = ?2 AND a.finished_at IS NOT NULL ORDER BY i.item",
               NULL },
    [START] = { "start",
                "INSERT INTO attempt (learner, course, pack, seed, started_at) VALUES (?1, ?2, ?3, ?4, ?5)", NULL },
    [ADD_ITEM] = { "add-item",
                   "INSERT INTO attempt_item (attempt, position, item, must_pass) VALUES (?1, ?2, ?3, ?4)", NULL },
    [SAVE] = { "save",
               "UPDATE attempt SET version = version + 1, position = CASE WHEN ?2 > 0 THEN ?2 ELSE position END"
               " WHERE id = ?1 AND finished_at IS NULL",
               NULL },
    [ANSWER] = { "answer",
                 "INSERT INTO answer (attempt, item, given, lang, answered_at, page) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                 " ON CONFLICT (attempt, item) DO UPDATE SET given = excluded.given, lang = excluded.lang,"
                 " answered_at = excluded.answered_at, page = excluded.page WHERE given = ?7",
                 NULL },
    [FINISH] = { "finish",
                 "UPDATE attempt SET finished_at = ?3, points = ?4, points_max = ?5, passed = ?6, valid_until = ?7"
                 " WHERE id = ?1 AND version = ?2 AND finished_at IS NULL",
                 NULL },
};
const struct db_set attempt_set = STORE_SET(STORE_ATTEMPT, "attempt", statements);

static struct attempt attempt_of_row(const struct db_cursor *c, struct arena *a)
{
    return (struct attempt){
        .id = db_int(c, 0),
        .learner = db_int(c, 1),
        .course = db_text(c, 2, a),
        .pack = db_text(c, 3, a),
        .seed = db_int(c, 4),
        .started_at = db_int(c, 5),
        .position = (int)db_int(c, 6),
        .version = db_int(c, 7),
        .finished = !db_is_null(c, 8),
        .finished_at = db_int(c, 8),
        .points = (int)db_int(c, 9),
        .points_max = (int)db_int(c, 10),
        .passed = db_int(c, 11) == 1,
        .valid_until = (int32_t)db_int(c, 12),
    };
}

enum status attempt_find(struct db_conn *conn, int64_t id, struct arena *a, struct attempt *out)
{
    struct db_cursor c = db_query(conn, &attempt_set, FIND);
    db_bind_int(&c, id);
    bool found = db_next(&c);
    if (found)
        *out = attempt_of_row(&c, a);
    return store_found(found, &c);
}

static struct attempt_item attempt_item_of_row(const struct db_cursor *c, struct arena *a)
{
    struct attempt_item item = {
        .item = db_text(c, 0, a),
        .must_pass = db_int(c, 1) == 1,
        .answered = !db_is_null(c, 2),
        .given = db_text(c, 2, a),
        .page = db_text(c, 3, a),
        .answered_at = db_int(c, 4),
    };
    if (!lang_parse(db_text(c, 5, a), &item.lang))
        item.lang = LANG_DE;
    return item;
}

enum status attempt_items(struct db_conn *conn, int64_t id, struct arena *a, struct attempt_item **items, size_t *count)
{
    size_t room = 0;
    *items = NULL;
    *count = 0;
    struct db_cursor c = db_query(conn, &attempt_set, ITEMS);
    db_bind_int(&c, id);
    while (db_next(&c) && (*items = arena_grow(a, *items, *count, &room, sizeof **items)))
        (*items)[(*count)++] = attempt_item_of_row(&c, a);
    enum status s = db_end(&c);
    return s ? s : arena_status(a);
}

enum status attempts_of(struct db_conn *conn, int64_t learner, struct str course, struct arena *a,
                        struct attempt_list *list)
{
    size_t room = 0;
    *list = (struct attempt_list){ 0 };
    struct db_cursor c = db_query(conn, &attempt_set, course.len ? OF_COURSE : OF_LEARNER);
    db_bind_int(&c, learner);
    if (course.len)
        db_bind_text(&c, course);
    while (db_next(&c) && (list->attempts = arena_grow(a, list->attempts, list->count, &room, sizeof *list->attempts)))
        list->attempts[list->count++] = attempt_of_row(&c, a);
    enum status s = db_end(&c);
    return s ? s : arena_status(a);
}

enum status attempt_items_seen(struct db_conn *conn, int64_t learner, struct str course, struct arena *a,
                               struct str **items, size_t *count)
{
    size_t room = 0;
    *items = NULL;
    *count = 0;
    struct db_cursor c = db_query(conn, &attempt_set, SEEN);
    db_bind_int(&c, learner);
    db_bind_text(&c, course);
    while (db_next(&c) && (*items = arena_grow(a, *items, *count, &room, sizeof **items)))
        (*items)[(*count)++] = db_text(&c, 0, a);
    enum status s = db_end(&c);
    return s ? s : arena_status(a);
}

enum status attempt_start(struct db_conn *conn, const struct attempt *t, int64_t *id)
{
    struct db_cursor c = db_query(conn, &attempt_set, START);
    db_bind_int(&c, t->learner);
    db_bind_text(&c, t->course);
    db_bind_text(&c, t->pack);
    db_bind_int(&c, t->seed);
    db_bind_int(&c, t->started_at);
    enum status s = db_run(&c, NULL);
    if (s == OK)
        *id = db_last_id(conn);
    return s;
}

enum status attempt_add_item(struct db_conn *conn, int64_t attempt, int position, struct str item, bool must_pass)
{
    struct db_cursor c = db_query(conn, &attempt_set, ADD_ITEM);
    db_bind_int(&c, attempt);
    db_bind_int(&c, position);
    db_bind_text(&c, item);
    db_bind_int(&c, must_pass);
    return db_run(&c, NULL);
}

static enum status conflict_unless_changed(struct db_cursor *c)
{
    int64_t changed;
    enum status s = db_run(c, &changed);
    return s ? s : changed ? OK : CONFLICT;
}

enum status attempt_save(struct db_conn *conn, int64_t attempt, int position)
{
    struct db_cursor c = db_query(conn, &attempt_set, SAVE);
    db_bind_int(&c, attempt);
    db_bind_int(&c, position);
    return conflict_unless_changed(&c);
}

enum status answer_put(struct db_conn *conn, int64_t attempt, const struct answer *answer, struct str before)
{
    struct db_cursor c = db_query(conn, &attempt_set, ANSWER);
    db_bind_int(&c, attempt);
    db_bind_text(&c, answer->item);
    db_bind_text(&c, answer->given);
    db_bind_text(&c, str_of(lang_code(answer->lang)));
    db_bind_int(&c, answer->now);
    db_bind_text(&c, answer->page);
    db_bind_text(&c, before);
    return conflict_unless_changed(&c);
}

enum status attempt_finish(struct db_conn *conn, const struct attempt *t)
{
    struct db_cursor c = db_query(conn, &attempt_set, FINISH);
    db_bind_int(&c, t->id);
    db_bind_int(&c, t->version);
    db_bind_int(&c, t->finished_at);
    db_bind_int(&c, t->points);
    db_bind_int(&c, t->points_max);
    db_bind_int(&c, t->passed);
    if (t->valid_until)
        db_bind_int(&c, t->valid_until);
    else
        db_bind_null(&c);
    return conflict_unless_changed(&c);
}
