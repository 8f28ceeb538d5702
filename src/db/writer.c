/* writer: the one thread that changes the database, and the queue in front of it.
 *
 * It takes what waits, up to 256 changes, runs each under a savepoint and commits once: one fsync for all. A change
 * alone does not wait for company. A change that fails rolls back to its savepoint. When the transaction itself is
 * lost or cannot be committed (full disk, deferred constraint), nothing of it is durable: every change of the batch
 * is run again in a transaction of its own and gets its own answer (docs/decisions/0005-writer.md).
 * A request lives on the stack of the thread that waits; it must not be touched once its semaphore is posted. */
#include "db/engine.h"

#include "base/clock.h"

#include <assert.h>

enum { QUEUE_LIMIT = 1024, BATCH_LIMIT = 256 };

struct write_request {
    enum status (*change)(struct db_conn *, void *job);
    void *job;
    bool alone; /* in a transaction of its own: a bulk load */
    enum status status;
    unsigned queries;
    sem_t done;
    struct write_request *next;
};

/* ---- running changes; the writer thread ---- */

static enum status run_change(struct writer *w, struct write_request *r)
{
    unsigned before = db_thread_queries(false);
    enum status s = r->change(&w->conn, r->job);
    r->queries = db_thread_queries(false) - before;
    assert(w->conn.open_cursors == 0 && "every cursor is ended before its change returns");
    return s == OK && !connection_in_transaction(&w->conn) ? UNAVAILABLE : s;
}

static enum status roll_back(struct writer *w, enum status why)
{
    if (!connection_in_transaction(&w->conn))
        return why;
    enum status s = connection_do(&w->conn, VERB_ROLLBACK);
    return why != OK ? why : s;
}

static void run_alone(struct writer *w, struct write_request *r)
{
    r->status = connection_do(&w->conn, VERB_BEGIN);
    if (r->status == OK)
        r->status = run_change(w, r);
    if (r->status == OK)
        r->status = connection_do(&w->conn, VERB_COMMIT);
    r->status = roll_back(w, r->status);
}

/* False: the batch's transaction does not hold any more. */
static bool run_under_savepoint(struct writer *w, struct write_request *r)
{
    if (connection_do(&w->conn, VERB_SAVEPOINT) != OK)
        return false;
    r->status = run_change(w, r);
    if (!connection_in_transaction(&w->conn))
        return false;
    if (r->status != OK && connection_do(&w->conn, VERB_ROLLBACK_TO) != OK)
        return false;
    return connection_do(&w->conn, VERB_RELEASE) == OK;
}

/* Somebody outside writes, or the disk is gone: waiting once is enough for all. */
static bool refuse_all(struct write_request *batch, enum status why)
{
    for (struct write_request *r = batch; r; r = r->next)
        r->status = why;
    return true;
}

/* False: nothing of it is durable, each is to be run again by itself. */
static bool run_together(struct writer *w, struct write_request *batch)
{
    enum status begun = connection_do(&w->conn, VERB_BEGIN);
    if (begun != OK)
        return refuse_all(batch, begun);
    bool holds = true;
    for (struct write_request *r = batch; r && holds; r = r->next)
        holds = run_under_savepoint(w, r);
    if (holds && connection_do(&w->conn, VERB_COMMIT) == OK)
        return true;
    return roll_back(w, OK) != OK && refuse_all(batch, UNAVAILABLE);
}

static void wake(struct write_request *batch)
{
    for (struct write_request *r = batch, *next; r; r = next) {
        next = r->next;
        sem_post(&r->done);
    }
}

static void run_batch(struct writer *w, struct write_request *batch)
{
    if (!batch->next || !run_together(w, batch)) {
        for (struct write_request *r = batch; r; r = r->next)
            run_alone(w, r);
    }
    wake(batch);
}

/* ---- the queue ---- */

static bool enqueue(struct writer *w, struct write_request *r)
{
    pthread_mutex_lock(&w->mutex);
    assert(!w->stopping);
    bool room = r->alone || w->waiting < QUEUE_LIMIT;
    if (room) {
        if (w->last)
            w->last->next = r;
        else
            w->first = r;
        w->last = r;
        w->waiting++;
        pthread_cond_signal(&w->wanted);
    }
    pthread_mutex_unlock(&w->mutex);
    return room;
}

/* Cuts the head off the queue: one that wants to be alone, or up to 256 that do not. The mutex is held. */
static struct write_request *cut_batch(struct writer *w)
{
    struct write_request *batch = w->first, *end = batch;
    unsigned taken = 1;
    while (!batch->alone && end->next && !end->next->alone && taken < BATCH_LIMIT) {
        end = end->next;
        taken++;
    }
    w->first = end->next;
    if (!w->first)
        w->last = NULL;
    end->next = NULL;
    w->waiting -= taken;
    return batch;
}

/* NULL when there is nothing left and the writer is to stop. */
static struct write_request *next_batch(struct writer *w)
{
    pthread_mutex_lock(&w->mutex);
    while (!w->first && !w->stopping)
        pthread_cond_wait(&w->wanted, &w->mutex);
    struct write_request *batch = w->first ? cut_batch(w) : NULL;
    pthread_mutex_unlock(&w->mutex);
    return batch;
}

static void *writer_main(void *arg)
{
    struct writer *w = arg;
    for (struct write_request *batch = next_batch(w); batch; batch = next_batch(w)) {
        run_batch(w, batch);
        checkpoint_restart(w);
    }
    return NULL;
}

/* ---- the callers' side ---- */

static enum status submit(struct db *db, struct write_request *r)
{
    assert(!pool_held_by_this_thread() && "a view is ended before a change is waited for");
    assert(!pthread_equal(db->writer.thread, pthread_self()) && "a change cannot wait for another one");
    sem_init(&r->done, 0, 0);
    if (!enqueue(&db->writer, r)) {
        sem_destroy(&r->done);
        return BUSY;
    }
    while (sem_wait(&r->done) != 0)
        continue; /* interrupted by a signal */
    sem_destroy(&r->done);
    cursor_credit_queries(r->queries);
    return r->status;
}

enum status db_write(struct db *db, enum status (*change)(struct db_conn *, void *job), void *job)
{
    return submit(db, &(struct write_request){ .change = change, .job = job });
}

enum status db_bulk(struct db *db, enum status (*change)(struct db_conn *, void *job), void *job)
{
    return submit(db, &(struct write_request){ .change = change, .job = job, .alone = true });
}

/* ---- start and stop ---- */

static int on_commit(void *context, sqlite3 *handle, const char *schema, int wal_pages)
{
    (void)handle, (void)schema;
    struct writer *w = context;
    w->wal_pages = wal_pages;
    return SQLITE_OK;
}

enum status writer_start(struct db *db, struct arena *a, struct str *problem)
{
    struct writer *w = &db->writer;
    enum status s = connection_open(db, &w->conn, CONNECTION_WRITER, a, problem);
    if (s != OK)
        return s;
    sqlite3_wal_hook(w->conn.handle, on_commit, w);
    w->started = pthread_create(&w->thread, NULL, writer_main, w) == 0;
    return w->started ? OK : UNAVAILABLE;
}

void writer_stop(struct db *db)
{
    struct writer *w = &db->writer;
    if (w->started) {
        pthread_mutex_lock(&w->mutex);
        w->stopping = true;
        pthread_cond_signal(&w->wanted);
        pthread_mutex_unlock(&w->mutex);
        pthread_join(w->thread, NULL);
        w->started = false;
    }
    connection_close(&w->conn);
}
