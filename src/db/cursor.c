/* cursor: see db.h. A cursor borrows its connection's prepared statement; the same statement cannot be open twice
 * on one connection (collect the rows first). Every parameter is bound, by the order of its number. */
#include "db/engine.h"

#include "base/log.h"

#include <assert.h>

static _Thread_local unsigned queries;

unsigned db_thread_queries(bool reset)
{
    unsigned n = queries;
    if (reset)
        queries = 0;
    return n;
}

void cursor_credit_queries(unsigned n)
{
    queries += n;
}

static struct prepared *prepared_of(const struct db_cursor *c)
{
    return c->engine;
}

static sqlite3_stmt *stmt_of(const struct db_cursor *c)
{
    return prepared_of(c)->stmt;
}

struct db_cursor db_query(struct db_conn *conn, const struct db_set *set, int statement)
{
    const struct db *db = conn->db;
    assert(set->id >= 0 && (size_t)set->id < db->set_count && db->sets[set->id] == set);
    assert(statement >= 0 && (size_t)statement < set->count);
    struct prepared *p = &conn->prepared[db->first_statement[set->id] + (size_t)statement];
    assert(p->stmt && "a statement that writes belongs into a change, not into a view");
    assert(!p->in_use && "the same statement is still open on this connection");
    p->in_use = true;
    conn->open_cursors++;
    queries++;
    return (struct db_cursor){ .conn = conn, .engine = p, .status = OK, .column = 0 };
}

static void keep_failure(struct db_cursor *c, int code)
{
    if (code == SQLITE_OK || c->status != OK)
        return;
    const struct prepared *p = prepared_of(c);
    c->status = status_of(code, c->conn->handle);
    log_event(c->status == CONFLICT ? LOG_DEBUG : LOG_WARN, "db statement=%s/%s code=%d message=\"%s\"", p->set->name,
              p->statement->name, sqlite3_extended_errcode(c->conn->handle), sqlite3_errmsg(c->conn->handle));
}

/* ---- parameters ---- */

void db_bind_int(struct db_cursor *c, int64_t value)
{
    keep_failure(c, sqlite3_bind_int64(stmt_of(c), ++c->column, value));
}

/* A text without bytes is the empty text, never NULL: that is db_bind_null's to say. */
void db_bind_text(struct db_cursor *c, struct str s)
{
    const char *at = s.at ? s.at : "";
    keep_failure(c, sqlite3_bind_text64(stmt_of(c), ++c->column, at, s.len, SQLITE_STATIC, SQLITE_UTF8));
}

void db_bind_blob(struct db_cursor *c, struct str s)
{
    keep_failure(c, sqlite3_bind_blob64(stmt_of(c), ++c->column, s.at ? s.at : "", s.len, SQLITE_STATIC));
}

void db_bind_null(struct db_cursor *c)
{
    keep_failure(c, sqlite3_bind_null(stmt_of(c), ++c->column));
}

/* ---- rows ---- */

bool db_next(struct db_cursor *c)
{
    assert(c->column == sqlite3_bind_parameter_count(stmt_of(c)) && "every parameter is bound");
    /* After a failure that took the whole transaction with it (a full disk), a further statement of the same
     * change would commit by itself: refuse it. */
    if (c->status == OK && !connection_in_transaction(c->conn))
        c->status = UNAVAILABLE;
    if (c->status != OK)
        return false;
    int code = sqlite3_step(stmt_of(c));
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        keep_failure(c, code);
    return false;
}

int64_t db_int(const struct db_cursor *c, int column)
{
    assert(column >= 0 && column < sqlite3_data_count(stmt_of(c)));
    return sqlite3_column_int64(stmt_of(c), column);
}

bool db_is_null(const struct db_cursor *c, int column)
{
    assert(column >= 0 && column < sqlite3_data_count(stmt_of(c)));
    return sqlite3_column_type(stmt_of(c), column) == SQLITE_NULL;
}

struct str db_text(const struct db_cursor *c, int column, struct arena *a)
{
    sqlite3_stmt *stmt = stmt_of(c);
    if (db_is_null(c, column))
        return STR_NONE;
    bool blob = sqlite3_column_type(stmt, column) == SQLITE_BLOB;
    const void *at = blob ? sqlite3_column_blob(stmt, column) : sqlite3_column_text(stmt, column);
    struct str s = { at, (size_t)sqlite3_column_bytes(stmt, column) };
    if (!at && !blob)
        a->status = NO_MEMORY; /* a number that could not be written out */
    return str_copy(a, s.at ? s : STR(""));
}

enum status db_end(struct db_cursor *c)
{
    struct prepared *p = prepared_of(c);
    if (p) {
        sqlite3_reset(p->stmt); /* repeats the step's error, which we have kept */
        sqlite3_clear_bindings(p->stmt);
        p->in_use = false;
        c->conn->open_cursors--;
        c->engine = NULL;
    }
    return c->status;
}

enum status db_run(struct db_cursor *c, int64_t *changed)
{
    while (db_next(c))
        continue;
    if (changed)
        *changed = c->status == OK ? sqlite3_changes64(c->conn->handle) : 0;
    return db_end(c);
}

int64_t db_last_id(struct db_conn *conn)
{
    assert(conn->is_writer);
    return sqlite3_last_insert_rowid(conn->handle);
}
