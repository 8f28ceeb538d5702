/* db: the whole interface to the database. The engine (SQLite, WAL, synchronous=FULL) is behind it.
 *
 * Statements are closed sets with designated initialisers, given at open and prepared on every connection: a typo
 * fails the start, not a click. Reads happen in a read view (one consistent state, from a small pool, read-only);
 * give it back before waiting for anything. Writes are changes: functions with SQL only, handed to the one writer
 * thread, which gathers up to 256 into one commit; db_write returns after COMMIT is durable. A change that fails
 * rolls back alone. A change may be run more than once: set outputs last, from nothing but arguments and rows.
 * A connection's cursor functions work the same in a view and in a change. */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/str.h"

struct db;
struct db_conn; /* a read view or the writer inside a change */

struct db_statement {
    const char *name; /* "find-account"; for lotse sql and logs */
    const char *text; /* parameters ?1 ?2 ... */
    const char *full_scan_because; /* reason why a full scan is right here; NULL: lotse sql --check refuses one */
};

/* One per store file. id is its place in the array given to db_open: enum store_set in store/store.h. */
struct db_set {
    int id;
    const char *name;
    const struct db_statement *statements;
    size_t count;
};

struct db_migration {
    int number; /* 1, 2, 3 ... without gaps */
    struct str name, sql;
};

struct db_options {
    const char *path;
    const struct db_set *const *sets; /* they outlive the database */
    size_t set_count;
    const struct db_migration *migrations;
    size_t migration_count;
    int readers;      /* 0: 8 */
    bool create;      /* may the file be made? */
    bool exclusive;   /* the server, the demo: BUSY while another owner has the database ("<path>.lock"). Short commands
                       * open it beside the owner; SQLite lets one transaction wait for the other */
};

/* Opens, migrates forward in one transaction each, prepares everything. CONFLICT: the database is from a newer
 * version. NOT_FOUND: no such file and not create. BUSY: see exclusive; a database that must be migrated is locked
 * for it in any case. INVALID: a statement does not compile, or the file belongs to another program.
 * *problem (in the arena) says what to do. */
enum status db_open(struct db **, const struct db_options *, struct arena *, struct str *problem) MUST_CHECK;
/* Waits for queued changes, checkpoints, closes. NULL is fine. */
void db_close(struct db *);

/* BUSY when no reader became free within 2 s. Only statements that read; the thread that takes a view ends it. */
enum status db_view(struct db *, struct db_conn **) MUST_CHECK;
void db_view_end(struct db_conn *);

/* ---- cursors ---- */

/* Lives on the caller's stack; ends with db_end, always. Errors stick: db_next turns false, db_end tells.
 * A statement can be open once on a connection: collect its rows before running it again inside its own loop. */
struct db_cursor {
    struct db_conn *conn;
    void *engine;
    enum status status;
    int column; /* next parameter to bind */
};

struct db_cursor db_query(struct db_conn *, const struct db_set *, int statement);
/* Bind the next parameter, ?1 ?2 ... in order, every one. A text without bytes is '', never NULL. */
void db_bind_int(struct db_cursor *, int64_t);
void db_bind_text(struct db_cursor *, struct str); /* must live until db_end */
void db_bind_blob(struct db_cursor *, struct str);
void db_bind_null(struct db_cursor *);
bool db_next(struct db_cursor *);
int64_t db_int(const struct db_cursor *, int column); /* 0 for NULL */
bool db_is_null(const struct db_cursor *, int column);
struct str db_text(const struct db_cursor *, int column, struct arena *); /* copied; blobs too */
enum status db_end(struct db_cursor *) MUST_CHECK;

/* For statements without rows: runs and ends. *changed (may be NULL): rows touched. */
enum status db_run(struct db_cursor *, int64_t *changed) MUST_CHECK;

/* ---- changes ---- */

/* Runs change(conn, job) in the writer. Returns its status after COMMIT; BUSY: the queue is full (503); NO_SPACE:
 * the disk is; CONFLICT also when a constraint refused a row. Never from inside a view or a change of this thread. */
enum status db_write(struct db *, enum status (*change)(struct db_conn *, void *job), void *job) MUST_CHECK;
/* The same for command line tools that load millions of rows: the change is a transaction of its own, whatever its
 * size, and does not count against the queue. Call it once for some 10,000 rows. */
enum status db_bulk(struct db *, enum status (*change)(struct db_conn *, void *job), void *job) MUST_CHECK;
int64_t db_last_id(struct db_conn *); /* id of the row inserted last by this change */

/* ---- operations ---- */

/* A copy in a consistent state at path, one file, read back (integrity_check), fsynced, then given its name. CONFLICT: there
 * is a file of that name; CORRUPT: the copy is not sound, so neither is the database. */
enum status db_backup(struct db *, const char *path) MUST_CHECK;
int db_version(struct db *); /* number of the last migration */

/* Statements this thread has run since the last call with reset: for logs and the tests of query counts. */
unsigned db_thread_queries(bool reset);

/* Calls each for every statement with its plan, one line a step; scans = the plan has a full table scan. */
enum status db_explain(struct db *,
                       void (*each)(void *context, const struct db_set *, const struct db_statement *, struct str plan,
                                    bool scans),
                       void *context) MUST_CHECK;

#endif
