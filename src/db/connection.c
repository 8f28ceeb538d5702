/* connection: opening a handle with the settings of its kind, preparing every statement, and what SQLite's
 * answers mean. busy_timeout comes before any pragma: already switching to WAL may have to wait. */
#include "db/engine.h"

#include "base/log.h"

#include <assert.h>
#include <errno.h>

/* SQLite calls only ENOSPC "full"; a quota or a file size limit is an I/O error to it, and of a failed COMMIT it
 * does not even keep the number: the thread's errno still has it. */
static bool disk_is_full(int code, sqlite3 *handle)
{
    if (code != SQLITE_IOERR)
        return code == SQLITE_FULL;
    const int known = handle ? sqlite3_system_errno(handle) : 0;
    const int error = known ? known : errno;
    return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

enum status status_of(int code, sqlite3 *handle)
{
    code &= 0xff;
    assert(code != SQLITE_MISUSE && code != SQLITE_RANGE);
    if (disk_is_full(code, handle))
        return NO_SPACE;
    switch (code) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE: return OK;
    case SQLITE_CONSTRAINT: return CONFLICT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_INTERRUPT: return BUSY;
    case SQLITE_NOMEM: return NO_MEMORY;
    case SQLITE_TOOBIG: return TOO_LARGE;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return CORRUPT;
    default: return UNAVAILABLE;
    }
}

enum status exec(sqlite3 *handle, const char *sql)
{
    int code = sqlite3_exec(handle, sql, NULL, NULL, NULL);
    if (code != SQLITE_OK)
        log_event(LOG_WARN, "db code=%d message=\"%s\"", sqlite3_extended_errcode(handle), sqlite3_errmsg(handle));
    return status_of(code, handle);
}

static const char *const SETTINGS[] = {
    [CONNECTION_WRITER] = "PRAGMA journal_mode = WAL;"
                          "PRAGMA synchronous = FULL;" /* NORMAL loses acknowledged rows when the power fails */
                          "PRAGMA foreign_keys = ON;"
                          "PRAGMA wal_autocheckpoint = 0;"
                          "PRAGMA journal_size_limit = 67108864;"
                          "PRAGMA cache_size = -32768;"
                          "PRAGMA temp_store = MEMORY;",
    [CONNECTION_READER] = "PRAGMA query_only = ON;"
                          "PRAGMA mmap_size = 2147418112;"
                          "PRAGMA temp_store = MEMORY;",
    [CONNECTION_HELPER] = "PRAGMA synchronous = FULL;"
                          "PRAGMA wal_autocheckpoint = 0;"
                          "PRAGMA journal_size_limit = 67108864;",
};

enum status handle_open(sqlite3 **handle, const char *path, enum connection_kind kind, bool create)
{
    int flags = SQLITE_OPEN_NOMUTEX;
    flags |= kind == CONNECTION_READER ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (create)
        flags |= SQLITE_OPEN_CREATE;
    int code = sqlite3_open_v2(path, handle, flags, NULL);
    if (code != SQLITE_OK)
        return status_of(code, *handle);
    sqlite3_busy_timeout(*handle, BUSY_TIMEOUT_MS);
    /* "text" in double quotes must be a column: else a mistyped name is silently a string. */
    sqlite3_db_config(*handle, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL);
    sqlite3_db_config(*handle, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
    sqlite3_db_config(*handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL);
    return exec(*handle, SETTINGS[kind]);
}

static enum status prepare(struct db_conn *conn, struct prepared *p)
{
    int code = sqlite3_prepare_v3(conn->handle, p->statement->text, -1, SQLITE_PREPARE_PERSISTENT, &p->stmt, NULL);
    if (code != SQLITE_OK || !p->stmt)
        return code == SQLITE_OK ? INVALID : status_of(code, conn->handle);
    if (!conn->is_writer && !sqlite3_stmt_readonly(p->stmt)) {
        sqlite3_finalize(p->stmt);
        p->stmt = NULL;
    }
    return OK;
}

static enum status prepare_set(struct db_conn *conn, const struct db_set *set, struct prepared *out, struct arena *a,
                               struct str *problem)
{
    for (size_t i = 0; i < set->count; i++) {
        out[i].set = set;
        out[i].statement = &set->statements[i];
        enum status s = prepare(conn, &out[i]);
        if (s != OK) {
            *problem = str_format(a, "statement %s/%s does not compile: %s", set->name, set->statements[i].name,
                                  sqlite3_errmsg(conn->handle));
            return s == UNAVAILABLE ? INVALID : s;
        }
    }
    return OK;
}

static enum status prepare_verbs(struct db_conn *conn)
{
    static const char *const VERBS[VERB_COUNT] = {
        [VERB_BEGIN] = "BEGIN IMMEDIATE", [VERB_ROLLBACK] = "ROLLBACK",          [VERB_COMMIT] = "COMMIT",
        [VERB_SAVEPOINT] = "SAVEPOINT c", [VERB_ROLLBACK_TO] = "ROLLBACK TO c", [VERB_RELEASE] = "RELEASE c",
    };
    int code = SQLITE_OK;
    for (enum verb v = 0; v < (conn->is_writer ? VERB_COUNT : VERB_COMMIT) && code == SQLITE_OK; v++) {
        const char *text = !conn->is_writer && v == VERB_BEGIN ? "BEGIN" : VERBS[v];
        code = sqlite3_prepare_v3(conn->handle, text, -1, SQLITE_PREPARE_PERSISTENT, &conn->verbs[v], NULL);
    }
    return status_of(code, conn->handle);
}

enum status connection_do(struct db_conn *conn, enum verb v)
{
    errno = 0;
    int code = sqlite3_step(conn->verbs[v]);
    enum status s = status_of(code, conn->handle);
    if (s != OK)
        log_event(s == CONFLICT ? LOG_DEBUG : LOG_WARN, "db step=\"%s\" code=%d message=\"%s\"",
                  sqlite3_sql(conn->verbs[v]), sqlite3_extended_errcode(conn->handle), sqlite3_errmsg(conn->handle));
    sqlite3_reset(conn->verbs[v]);
    return s;
}

bool connection_in_transaction(const struct db_conn *conn)
{
    return sqlite3_get_autocommit(conn->handle) == 0;
}

enum status connection_open(struct db *db, struct db_conn *conn, enum connection_kind kind, struct arena *a,
                            struct str *problem)
{
    conn->db = db;
    conn->is_writer = kind == CONNECTION_WRITER;
    conn->prepared = ARENA_ARRAY(&db->memory, db->statement_count, struct prepared);
    if (!conn->prepared)
        return NO_MEMORY;
    enum status s = conn->handle ? OK : handle_open(&conn->handle, db->path, kind, false);
    if (s == OK)
        s = prepare_verbs(conn);
    for (size_t i = 0; i < db->set_count && s == OK; i++)
        s = prepare_set(conn, db->sets[i], conn->prepared + db->first_statement[i], a, problem);
    return s;
}

void connection_close(struct db_conn *conn)
{
    assert(conn->open_cursors == 0);
    for (size_t i = 0; conn->prepared && i < conn->db->statement_count; i++)
        sqlite3_finalize(conn->prepared[i].stmt);
    for (enum verb v = 0; v < VERB_COUNT; v++)
        sqlite3_finalize(conn->verbs[v]);
    sqlite3_close(conn->handle);
    conn->prepared = NULL;
    conn->handle = NULL;
}
