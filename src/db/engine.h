/* engine: what the files of db/ share and nobody else sees: SQLite connections, the pool, the writer.
 *
 * Threads: a connection is used by one thread at a time (opened NOMUTEX). A reader belongs to whoever took it
 * from the pool, the writer's connection to the writer thread, the checkpointer's and a backup's to theirs.
 * Memory: everything of a struct db lives in its arena, filled at open by one thread, constant afterwards. */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H

#include "db/db.h"

#include <pthread.h>
#include <semaphore.h>
#include <sqlite3.h>
#include <stdatomic.h>

/* One statement on one connection. A reader has only those that read: stmt is NULL for the others. */
struct prepared {
    sqlite3_stmt *stmt;
    const struct db_set *set;
    const struct db_statement *statement;
    bool in_use;
};

/* A reader knows the first two. */
enum verb { VERB_BEGIN, VERB_ROLLBACK, VERB_COMMIT, VERB_SAVEPOINT, VERB_ROLLBACK_TO, VERB_RELEASE, VERB_COUNT };

struct db_conn {
    struct db *db;
    sqlite3 *handle;
    struct prepared *prepared; /* every statement of every set, in the order of the sets */
    sqlite3_stmt *verbs[VERB_COUNT];
    unsigned open_cursors;
    bool is_writer;
    atomic_bool held; /* a reader that is out of the pool */
};

struct pool {
    sem_t free; /* counts readers that nobody holds */
    struct db_conn *readers;
    size_t count;
};

struct write_request;

struct writer {
    pthread_mutex_t mutex; /* guards what follows, up to the blank line */
    pthread_cond_t wanted;
    struct write_request *first, *last;
    unsigned waiting;
    bool stopping;

    pthread_t thread;
    bool started;
    struct db_conn conn; /* from here on: the writer thread's own */
    int wal_pages;
    int64_t restart_not_before_us;
};

struct checkpointer {
    pthread_mutex_t mutex;
    pthread_cond_t wanted;
    bool stopping;
    pthread_t thread;
    bool started;
    sqlite3 *handle;
};

struct db {
    struct arena memory;
    const char *path;
    const struct db_set *const *sets;
    size_t set_count;
    size_t *first_statement; /* of each set, in prepared[] */
    size_t statement_count;
    int version;
    int lock; /* descriptor, -1 when not held */
    struct pool pool;
    struct writer writer;
    struct checkpointer checkpointer;
};

enum { WAL_LIMIT_BYTES = 64 * 1024 * 1024, BUSY_TIMEOUT_MS = 5000 };

/* ---- connection.c ---- */

enum connection_kind { CONNECTION_WRITER, CONNECTION_READER, CONNECTION_HELPER };

/* What SQLite's answer means to us. handle tells the disk's own error; it may be NULL. */
enum status status_of(int code, sqlite3 *handle);
/* Runs literal SQL without rows; a failure is logged here. */
enum status exec(sqlite3 *, const char *sql) MUST_CHECK;
enum status handle_open(sqlite3 **, const char *path, enum connection_kind, bool create) MUST_CHECK;
/* Opens a writer or reader and prepares every statement; *problem names set and statement of the first that fails.
 * The connection is to be closed in any case. */
enum status connection_open(struct db *, struct db_conn *, enum connection_kind, struct arena *,
                            struct str *problem) MUST_CHECK;
enum status connection_do(struct db_conn *, enum verb) MUST_CHECK;
bool connection_in_transaction(const struct db_conn *);
void connection_close(struct db_conn *);

/* ---- pool.c, writer.c, checkpoint.c: stop ends whatever was started ---- */

enum status pool_start(struct db *, size_t readers, struct arena *, struct str *problem) MUST_CHECK;
void pool_stop(struct db *);
bool pool_held_by_this_thread(void);

enum status writer_start(struct db *, struct arena *, struct str *problem) MUST_CHECK;
void writer_stop(struct db *);

enum status checkpointer_start(struct db *) MUST_CHECK;
void checkpointer_stop(struct db *);
/* Called by the writer between batches: when the WAL is too long, waits briefly for readers and starts it over. */
void checkpoint_restart(struct writer *);

/* ---- cursor.c ---- */

/* Statements that ran in the writer on behalf of this thread. */
void cursor_credit_queries(unsigned);

/* ---- migrate.c, lock.c ---- */

enum status migrate(struct db *, const struct db_options *, struct arena *, struct str *problem) MUST_CHECK;
/* One process writes; the kernel drops the lock with its last breath. BUSY when another has it. */
enum status lock_take(struct db *, struct arena *, struct str *problem) MUST_CHECK;
void lock_drop(struct db *);

/* ---- wait.c ---- */

void wait_init(pthread_mutex_t *, pthread_cond_t *); /* the condition counts in monotonic time */
void wait_release(pthread_mutex_t *, pthread_cond_t *);
struct timespec wait_deadline(int milliseconds);

#endif
