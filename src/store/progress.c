/* progress: see progress.h. */
#include "store/progress.h"

enum { PRACTICE, LESSONS, COMPLETIONS, PUT_PRACTICE, PUT_LESSON, PUT_COMPLETION, TOUCH, WRONG };
static const struct db_statement statements[] = {
    [PRACTICE] = { "practice", "SELECT course, item, day FROM practice_answer WHERE learner = ?1 ORDER BY course, item", NULL },
    [LESSONS] = { "lessons", "SELECT course, lesson, day FROM lesson_done WHERE learner = ?1 ORDER BY course, lesson", NULL },
    [COMPLETIONS] = { "completions",
                      "SELECT course, day, valid_until FROM completion WHERE learner = ?1 ORDER BY course, day", NULL },
    [PUT_PRACTICE] = { "put-practice",
                       "INSERT INTO practice_answer (learner, course, item, day) VALUES (?1, ?2, ?3, ?4)"
                       " ON CONFLICT DO NOTHING",
                       NULL },
    [PUT_LESSON] = { "put-lesson",
                     "INSERT INTO lesson_done (learner, course, lesson, day) VALUES (?1, ?2, ?3, ?4)"
                     " ON CONFLICT DO NOTHING",
                     NULL },
    [PUT_COMPLETION] = { "put-completion",
                         "INSERT INTO completion (learner, course, day, valid_until) VALUES (?1, ?2, ?3, ?4)"
                         " ON CONFLICT DO NOTHING",
                         NULL },
    [TOUCH] = { "touch",
                "INSERT INTO activity (learner, last_day) VALUES (?1, ?2)"
                " ON CONFLICT (learner) DO UPDATE SET last_day = excluded.last_day WHERE excluded.last_day > last_day",
                NULL },
    [WRONG] = { "activity-wrong",
                "WITH fact AS (SELECT learner, max(day) AS last_day FROM"
                " (SELECT learner, max(day) AS day FROM evidence GROUP BY learner"
                " UNION ALL SELECT learner, max(day) FROM practice_answer GROUP BY learner"
                " UNION ALL SELECT learner, max(day) FROM lesson_done GROUP BY learner) AS part GROUP BY learner)"
                " SELECT (SELECT count(*) FROM fact f LEFT JOIN activity a ON a.learner = f.learner"
                " WHERE a.last_day IS NULL OR a.last_day <> f.last_day)"
                " + (SELECT count(*) FROM activity) - (SELECT count(*) FROM fact f JOIN activity a ON a.learner = f.learner)",
                "verify reads every fact" },
};
const struct db_set progress_set = STORE_SET(STORE_PROGRESS, "progress", statements);

static enum status marks_of(struct db_conn *conn, int statement, int64_t learner, struct arena *a, struct mark_row **rows,
                            size_t *count)
{
    size_t room = 0;
    *rows = NULL;
    *count = 0;
    struct db_cursor c = db_query(conn, &progress_set, statement);
    db_bind_int(&c, learner);
    while (db_next(&c) && (*rows = arena_grow(a, *rows, *count, &room, sizeof **rows)))
        (*rows)[(*count)++] = (struct mark_row){ db_text(&c, 0, a), db_text(&c, 1, a), (int32_t)db_int(&c, 2) };
    enum status s = db_end(&c);
    return s ? s : arena_status(a);
}

static enum status completions_of(struct db_conn *conn, int64_t learner, struct arena *a, struct learner_progress *p)
{
    size_t room = 0;
    struct db_cursor c = db_query(conn, &progress_set, COMPLETIONS);
    db_bind_int(&c, learner);
    while (db_next(&c) &&
           (p->completions = arena_grow(a, p->completions, p->completion_count, &room, sizeof *p->completions)))
        p->completions[p->completion_count++] =
            (struct completion_row){ db_text(&c, 0, a), (int32_t)db_int(&c, 1), (int32_t)db_int(&c, 2) };
    enum status s = db_end(&c);
    return s ? s : arena_status(a);
}

enum status progress_of(struct db_conn *conn, int64_t learner, struct arena *a, struct learner_progress *p)
{
    *p = (struct learner_progress){ 0 };
    enum status s = marks_of(conn, PRACTICE, learner, a, &p->practice, &p->practice_count);
    if (s == OK)
        s = marks_of(conn, LESSONS, learner, a, &p->lessons, &p->lesson_count);
    return s ? s : completions_of(conn, learner, a, p);
}

static enum status put_mark(struct db_conn *conn, int statement, int64_t learner, struct str course, struct str id, int32_t day)
{
    struct db_cursor c = db_query(conn, &progress_set, statement);
    db_bind_int(&c, learner);
    db_bind_text(&c, course);
    db_bind_text(&c, id);
    db_bind_int(&c, day);
    return db_run(&c, NULL);
}

enum status practice_put(struct db_conn *conn, int64_t learner, struct str course, struct str item, int32_t day)
{
    return put_mark(conn, PUT_PRACTICE, learner, course, item, day);
}

enum status lesson_done_put(struct db_conn *conn, int64_t learner, struct str course, struct str lesson, int32_t day)
{
    return put_mark(conn, PUT_LESSON, learner, course, lesson, day);
}

enum status completion_put(struct db_conn *conn, int64_t learner, const struct completion_row *row)
{
    struct db_cursor c = db_query(conn, &progress_set, PUT_COMPLETION);
    db_bind_int(&c, learner);
    db_bind_text(&c, row->course);
    db_bind_int(&c, row->day);
    if (row->valid_until)
        db_bind_int(&c, row->valid_until);
    else
        db_bind_null(&c);
    return db_run(&c, NULL);
}

enum status activity_touch(struct db_conn *conn, int64_t learner, int32_t day)
{
    struct db_cursor c = db_query(conn, &progress_set, TOUCH);
    db_bind_int(&c, learner);
    db_bind_int(&c, day);
    return db_run(&c, NULL);
}

enum status activity_count_wrong(struct db_conn *conn, int64_t *count)
{
    struct db_cursor c = db_query(conn, &progress_set, WRONG);
    bool found = db_next(&c);
    if (found)
        *count = db_int(&c, 0);
    return store_found(found, &c);
}
