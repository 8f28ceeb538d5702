/* migrate: brings the schema forward, one transaction a step, and refuses what is not ours or newer than we are.
 *
 * Runs on the writer's connection before any thread exists. Foreign keys are off meanwhile (a table is rebuilt by
 * dropping it) and checked as a whole before each COMMIT. */
#include "db/engine.h"

#include "base/clock.h"

#include <assert.h>

static enum status read_number(sqlite3 *handle, const char *sql, int *number)
{
    sqlite3_stmt *stmt;
    int code = sqlite3_prepare_v2(handle, sql, -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    if (code == SQLITE_ROW)
        *number = sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    return status_of(code, handle);
}

/* Number of the last migration; 0 for an empty file. */
static enum status read_version(struct db *db, int *version, struct arena *a, struct str *problem)
{
    sqlite3 *handle = db->writer.conn.handle;
    int tables = 0, ours = 0;
    *version = 0;
    enum status s = read_number(handle, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'", &tables);
    if (s == OK)
        s = read_number(handle, "SELECT count(*) FROM sqlite_schema WHERE name = 'migration'", &ours);
    if (s != OK) {
        *problem = str_format(a, "%s cannot be read: %s", db->path, sqlite3_errmsg(handle));
        return s;
    }
    if (tables == 0)
        return OK;
    if (!ours) {
        *problem = str_format(a, "%s is a database of another program; name another directory", db->path);
        return INVALID;
    }
    return read_number(handle, "SELECT coalesce(max(number), 0) FROM migration", version);
}

static enum status record(sqlite3 *handle, const struct db_migration *m)
{
    sqlite3_stmt *stmt;
    int code = sqlite3_prepare_v2(handle, "INSERT INTO migration (number, name, applied_at) VALUES (?1, ?2, ?3)", -1,
                                  &stmt, NULL);
    if (code == SQLITE_OK) {
        sqlite3_bind_int(stmt, 1, m->number);
        sqlite3_bind_text64(stmt, 2, m->name.at, m->name.len, SQLITE_STATIC, SQLITE_UTF8);
        sqlite3_bind_int64(stmt, 3, clock_now(&(struct clock){ 0 }));
        code = sqlite3_step(stmt);
    }
    sqlite3_finalize(stmt);
    return status_of(code, handle);
}

static enum status check_foreign_keys(sqlite3 *handle)
{
    int broken = 0;
    enum status s = read_number(handle, "SELECT count(*) FROM pragma_foreign_key_check", &broken);
    return s == OK && broken ? CORRUPT : s;
}

static enum status apply(sqlite3 *handle, const struct db_migration *m, const char *sql)
{
    enum status s = exec(handle, "BEGIN IMMEDIATE");
    if (s == OK)
        s = exec(handle, sql);
    assert(s != OK || sqlite3_get_autocommit(handle) == 0); /* a migration does not commit by itself */
    if (s == OK)
        s = record(handle, m);
    if (s == OK)
        s = check_foreign_keys(handle);
    return s == OK ? exec(handle, "COMMIT") : s;
}

static enum status apply_or_undo(struct db *db, const struct db_migration *m, struct arena *a, struct str *problem)
{
    sqlite3 *handle = db->writer.conn.handle;
    struct str sql = str_copy(a, m->sql);
    if (!sql.at)
        return NO_MEMORY;
    enum status s = apply(handle, m, sql.at);
    if (s != OK) {
        *problem = str_format(a, "migration %d (%.*s) failed and was undone: %s", m->number, STR_ARG(m->name),
                              s == CORRUPT ? "rows would refer to rows that are not there" : sqlite3_errmsg(handle));
        if (!sqlite3_get_autocommit(handle))
            sqlite3_exec(handle, "ROLLBACK", NULL, NULL, NULL);
    }
    return s;
}

static enum status apply_all(struct db *db, const struct db_options *o, struct arena *a, struct str *problem)
{
    sqlite3 *handle = db->writer.conn.handle;
    enum status s = exec(handle, "PRAGMA foreign_keys = OFF;"
                                 "CREATE TABLE IF NOT EXISTS migration ("
                                 " /* Steps of the schema that this file has taken; kept as long as the file. */"
                                 " number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL"
                                 ") STRICT");
    for (; s == OK && (size_t)db->version < o->migration_count; db->version += s == OK) {
        const struct db_migration *m = &o->migrations[db->version];
        assert(m->number == db->version + 1);
        s = apply_or_undo(db, m, a, problem);
    }
    return s == OK ? exec(handle, "PRAGMA foreign_keys = ON") : s;
}

static enum status refuse_future(struct db *db, const struct db_options *o, struct arena *a, struct str *problem)
{
    if ((size_t)db->version <= o->migration_count)
        return OK;
    *problem = str_format(a,
                          "%s was written by a newer lotse (its schema is at step %d, this one knows %zu); use that "
                          "version, or restore a backup from before the update",
                          db->path, db->version, o->migration_count);
    return CONFLICT;
}

static bool is_behind(const struct db *db, const struct db_options *o)
{
    return (size_t)db->version < o->migration_count;
}

enum status migrate(struct db *db, const struct db_options *o, struct arena *a, struct str *problem)
{
    enum status s = read_version(db, &db->version, a, problem);
    if (s == OK)
        s = refuse_future(db, o, a, problem);
    if (s != OK || !is_behind(db, o))
        return s;
    const bool borrowed = db->lock < 0; /* not while another process works on the old schema */
    if (borrowed)
        s = lock_take(db, a, problem);
    if (s == OK)
        s = read_version(db, &db->version, a, problem); /* somebody may have been faster */
    if (s == OK)
        s = apply_all(db, o, a, problem);
    if (borrowed)
        lock_drop(db);
    return s;
}
