/* progress: see progress.h. */
#include "store/progress.h"

/* The one definition of "finished" in SQL; that of rules/progress.c for a page. `due` holds the completions that follow from
 * the facts: for each passed attempt (without a test: once) the day on which the last thing needed came, and until when
 * it is valid. ?1 learner, then the rule: ?2 course, ?3 lessons, ?4 practice, ?5 and ?6 how many, ?7 whether a test is
 * needed. OF and OF_ATTEMPT narrow it to one learner. The day of an attempt is that of its evidence: a civil day. */
#define DUE(OF, OF_ATTEMPT) \
    "WITH done AS (SELECT learner, count(*) AS n, max(day) AS day FROM lesson_done" \
    " WHERE " OF "course = ?2 AND ?3 LIKE '%,' || lesson || ',%' GROUP BY learner)," \
    " practised AS (SELECT learner, count(*) AS n, max(day) AS day FROM practice_answer" \
    " WHERE " OF "course = ?2 AND ?4 LIKE '%,' || item || ',%' GROUP BY learner)," \
    " ready AS (SELECT d.learner, CASE WHEN p.day > d.day THEN p.day ELSE d.day END AS day" \
    " FROM done d LEFT JOIN practised p ON p.learner = d.learner WHERE d.n = ?5 AND coalesce(p.n, 0) = ?6)," \
    " sat AS (SELECT attempt, max(day) AS day FROM evidence WHERE " OF "course = ?2 GROUP BY attempt)," \
    " passed AS (SELECT a.learner, s.day, a.valid_until FROM attempt a JOIN sat s ON s.attempt = a.id" \
    " WHERE " OF_ATTEMPT "a.course = ?2 AND a.passed = 1)," \
    " fact AS (SELECT p.learner, CASE WHEN r.day > p.day THEN r.day ELSE p.day END AS day, p.valid_until" \
    " FROM passed p LEFT JOIN ready r ON r.learner = p.learner" \
    " WHERE ?7 = 1 AND (?5 = 0 OR r.learner IS NOT NULL)" \
    " UNION ALL SELECT learner, day, NULL FROM ready WHERE ?7 = 0)," \
    " due AS (SELECT learner, ?2 AS course, day," \
    " CASE WHEN count(valid_until) < count(*) THEN NULL ELSE max(valid_until) END AS valid_until" \
    " FROM fact GROUP BY learner, day)"

#define DUE_OF_LEARNER DUE("learner = ?1 AND ", "a.learner = ?1 AND ")
#define DUE_OF_ALL DUE("", "")
#define PUT_DUE \
    " INSERT INTO completion (learner, course, day, valid_until) SELECT learner, course, day, valid_until FROM due" \
    " WHERE true ON CONFLICT (learner, course, day) DO UPDATE SET valid_until = excluded.valid_until" \
    " WHERE valid_until IS NOT excluded.valid_until"

enum {
    PRACTICE,
    LESSONS,
    COMPLETIONS,
    PUT_PRACTICE,
    PUT_LESSON,
    DERIVE,
    DERIVE_ALL,
    TOUCH,
    COMPLETION_WRONG,
    COMPLETION_UNFOUNDED,
    ACTIVITY_WRONG
};
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
    [DERIVE] = { "derive-completion", DUE_OF_LEARNER PUT_DUE, NULL },
    [DERIVE_ALL] = { "derive-completions", DUE_OF_ALL PUT_DUE, "once for each pack when the server starts" },
    [TOUCH] = { "touch",
                "INSERT INTO activity (learner, last_day) VALUES (?1, ?2)"
                " ON CONFLICT (learner) DO UPDATE SET last_day = excluded.last_day WHERE excluded.last_day > last_day",
                NULL },
    [COMPLETION_WRONG] = { "completion-wrong",
                           DUE_OF_ALL " SELECT count(*),"
                           " coalesce(sum(c.learner IS NULL OR c.valid_until IS NOT d.valid_until), 0) FROM due d"
                           " LEFT JOIN completion c ON c.learner = d.learner AND c.course = d.course AND c.day = d.day",
                           "verify reads every fact" },
    [COMPLETION_UNFOUNDED] = { "completion-unfounded",
                               "SELECT count(*) FROM completion c WHERE NOT EXISTS (SELECT 1 FROM attempt a"
                               " WHERE a.learner = c.learner AND a.course = c.course AND a.passed = 1"
                               " AND a.finished_at < (c.day + 1) * 86400 AND a.valid_until IS c.valid_until)"
                               " AND NOT EXISTS (SELECT 1 FROM lesson_done l WHERE l.learner = c.learner"
                               " AND l.course = c.course AND l.day <= c.day AND c.valid_until IS NULL)",
                               "verify reads every derived row" },
    [ACTIVITY_WRONG] = { "activity-wrong",
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

enum status activity_touch(struct db_conn *conn, int64_t learner, int32_t day)
{
    struct db_cursor c = db_query(conn, &progress_set, TOUCH);
    db_bind_int(&c, learner);
    db_bind_int(&c, day);
    return db_run(&c, NULL);
}

/* What was there already was no learning of that day. */
static enum status put_mark(struct db_conn *conn, int statement, int64_t learner, struct str course, struct str id, int32_t day)
{
    struct db_cursor c = db_query(conn, &progress_set, statement);
    db_bind_int(&c, learner);
    db_bind_text(&c, course);
    db_bind_text(&c, id);
    db_bind_int(&c, day);
    int64_t added = 0;
    enum status s = db_run(&c, &added);
    return s || !added ? s : activity_touch(conn, learner, day);
}

enum status practice_put(struct db_conn *conn, int64_t learner, struct str course, struct str item, int32_t day)
{
    return put_mark(conn, PUT_PRACTICE, learner, course, item, day);
}

enum status lesson_done_put(struct db_conn *conn, int64_t learner, struct str course, struct str lesson, int32_t day)
{
    return put_mark(conn, PUT_LESSON, learner, course, lesson, day);
}

static struct db_cursor query_rule(struct db_conn *conn, int statement, int64_t learner, const struct completion_rule *rule)
{
    struct db_cursor c = db_query(conn, &progress_set, statement);
    db_bind_int(&c, learner);
    db_bind_text(&c, rule->course);
    db_bind_text(&c, rule->lessons);
    db_bind_text(&c, rule->practice);
    db_bind_int(&c, (int64_t)rule->lesson_count);
    db_bind_int(&c, (int64_t)rule->practice_count);
    db_bind_int(&c, rule->needs_test);
    return c;
}

enum status completion_derive(struct db_conn *conn, int64_t learner, const struct completion_rule *rule)
{
    struct db_cursor c = query_rule(conn, DERIVE, learner, rule);
    return db_run(&c, NULL);
}

enum status completion_derive_all(struct db_conn *conn, const struct completion_rule *rule)
{
    struct db_cursor c = query_rule(conn, DERIVE_ALL, 0, rule);
    return db_run(&c, NULL);
}

enum status completion_count_wrong(struct db_conn *conn, const struct completion_rule *rule, int64_t *due, int64_t *wrong)
{
    struct db_cursor c = query_rule(conn, COMPLETION_WRONG, 0, rule);
    bool found = db_next(&c);
    if (found) {
        *due = db_int(&c, 0);
        *wrong = db_int(&c, 1);
    }
    return store_found(found, &c);
}

static enum status count(struct db_conn *conn, int statement, int64_t *n)
{
    struct db_cursor c = db_query(conn, &progress_set, statement);
    bool found = db_next(&c);
    if (found)
        *n = db_int(&c, 0);
    return store_found(found, &c);
}

enum status completion_count_unfounded(struct db_conn *conn, int64_t *n)
{
    return count(conn, COMPLETION_UNFOUNDED, n);
}

enum status activity_count_wrong(struct db_conn *conn, int64_t *n)
{
    return count(conn, ACTIVITY_WRONG, n);
}
