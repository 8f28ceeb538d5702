/* explain: the plan of every statement, and whether it walks over a whole table or index.
 *
 * The plan's words ("SCAN x") do not tell a table from an alias of a common table expression, so the program is
 * asked too: a full scan opens a stored b-tree and then starts at one of its ends, or counts it. Both must say so:
 * min(x) starts at an end without a SCAN, a walk over json_each or VALUES says SCAN without a b-tree. */
#include "db/engine.h"

#include <assert.h>

enum { TEXT_CEILING = 256 * 1024, DEPTH_MAX = 64, CURSORS_MAX = 256 };

static sqlite3_stmt *prepare_with(sqlite3 *handle, const char *prefix, const char *text)
{
    struct buf sql;
    sqlite3_stmt *stmt = NULL;
    buf_init(&sql, TEXT_CEILING);
    buf_add(&sql, str_of(prefix));
    buf_add(&sql, str_of(text));
    if (buf_status(&sql) == OK)
        sqlite3_prepare_v2(handle, sql.at, (int)sql.len, &stmt, NULL);
    buf_release(&sql);
    return stmt;
}

static struct str column(sqlite3_stmt *stmt, int i)
{
    return str_of((const char *)sqlite3_column_text(stmt, i));
}

/* ---- the plan in words: id, parent, unused, detail ---- */

struct depths {
    int ids[DEPTH_MAX], count; /* from the root to the line last seen */
};

static int depth_of(struct depths *d, int id, int parent)
{
    while (d->count && d->ids[d->count - 1] != parent)
        d->count--;
    int depth = d->count;
    if (d->count < DEPTH_MAX)
        d->ids[d->count++] = id;
    return depth;
}

static bool contains(struct str s, const char *word)
{
    const struct str w = str_of(word);
    for (size_t i = 0; i + w.len <= s.len; i++) {
        if (str_starts(str_from(s, i), w))
            return true;
    }
    return false;
}

static bool says_scan(struct str detail)
{
    return str_starts(detail, STR("SCAN ")) && !str_starts(detail, STR("SCAN (")) &&
           !contains(detail, "CONSTANT ROW") && !contains(detail, "VIRTUAL TABLE");
}

static enum status write_plan(sqlite3_stmt *stmt, struct buf *plan, bool *scans)
{
    struct depths depths = { .count = 0 };
    int code;
    while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
        struct str detail = column(stmt, 3);
        int depth = depth_of(&depths, sqlite3_column_int(stmt, 0), sqlite3_column_int(stmt, 1));
        buf_add_format(plan, "%s%*s%.*s", plan->len ? "\n" : "", depth * 2, "", STR_ARG(detail));
        *scans |= says_scan(detail);
    }
    return code == SQLITE_DONE ? buf_status(plan) : UNAVAILABLE;
}

/* ---- the program: addr, opcode, p1, p2, p3 ... ---- */

struct cursors {
    bool stored[CURSORS_MAX]; /* on a b-tree of the file, by number */
};

static bool note_step(struct cursors *c, sqlite3_stmt *stmt)
{
    enum { OPCODE = 1, P1 = 2, P3 = 4 };
    struct str op = column(stmt, OPCODE);
    int number = sqlite3_column_int(stmt, P1);
    if (number < 0 || number >= CURSORS_MAX)
        return false;
    if (str_is(op, "OpenRead") || str_is(op, "OpenWrite") || str_is(op, "ReopenIdx"))
        c->stored[number] = sqlite3_column_int(stmt, P3) == 0;
    return c->stored[number] && (str_is(op, "Rewind") || str_is(op, "Last") || str_is(op, "Count"));
}

static bool walks_stored_tree(sqlite3_stmt *stmt)
{
    struct cursors cursors = { .stored = { false } };
    bool walks = false;
    while (sqlite3_step(stmt) == SQLITE_ROW)
        walks |= note_step(&cursors, stmt);
    return walks;
}

static enum status explain(sqlite3 *handle, const char *text, struct buf *plan, bool *scans)
{
    sqlite3_stmt *words = prepare_with(handle, "EXPLAIN QUERY PLAN ", text);
    sqlite3_stmt *program = prepare_with(handle, "EXPLAIN ", text);
    *scans = false;
    enum status s = words && program ? write_plan(words, plan, scans) : UNAVAILABLE;
    if (*scans)
        *scans = walks_stored_tree(program);
    sqlite3_finalize(words);
    sqlite3_finalize(program);
    return s;
}

enum status db_explain(struct db *db,
                       void (*each)(void *context, const struct db_set *, const struct db_statement *, struct str plan,
                                    bool scans),
                       void *context)
{
    struct db_conn *view;
    struct buf plan;
    enum status s = db_view(db, &view);
    if (s != OK)
        return s;
    buf_init(&plan, TEXT_CEILING);
    for (size_t i = 0; i < db->statement_count && s == OK; i++) {
        const struct prepared *p = &view->prepared[i];
        bool scans;
        buf_clear(&plan);
        s = explain(view->handle, p->statement->text, &plan, &scans);
        if (s == OK)
            each(context, p->set, p->statement, buf_str(&plan), scans);
    }
    buf_release(&plan);
    db_view_end(view);
    return s;
}
