/* checkpoint: moves the WAL's pages into the database file.
 *
 * A helper thread does a PASSIVE checkpoint every second: it waits for nobody and nobody waits for it. Under steady
 * writing that alone lets the WAL grow without end, because it starts over only when no reader needs it; so above
 * 64 MB the writer pauses between two batches, at most 50 ms for readers, and tries again a second later. */
#include "db/engine.h"

#include "base/clock.h"
#include "base/log.h"

enum { PERIOD_MS = 1000, RESTART_WAIT_MS = 50, RESTART_AGAIN_US = 1000000, PAGE_BYTES = 4096 };

static bool should_go_on(struct checkpointer *c)
{
    const struct timespec deadline = wait_deadline(PERIOD_MS);
    pthread_mutex_lock(&c->mutex);
    for (int late = 0; !c->stopping && !late;)
        late = pthread_cond_timedwait(&c->wanted, &c->mutex, &deadline);
    bool go_on = !c->stopping;
    pthread_mutex_unlock(&c->mutex);
    return go_on;
}

static void report(sqlite3 *handle, int code, const char *mode)
{
    if (code != SQLITE_OK && code != SQLITE_BUSY) /* busy is usual: the other thread is at it, or readers are */
        log_event(LOG_WARN, "db checkpoint=%s code=%d message=\"%s\"", mode, sqlite3_extended_errcode(handle),
                  sqlite3_errmsg(handle));
}

static void *checkpointer_main(void *arg)
{
    struct checkpointer *c = arg;
    while (should_go_on(c))
        report(c->handle, sqlite3_wal_checkpoint_v2(c->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL),
               "passive");
    return NULL;
}

enum status checkpointer_start(struct db *db)
{
    struct checkpointer *c = &db->checkpointer;
    enum status s = handle_open(&c->handle, db->path, CONNECTION_HELPER, false);
    sqlite3_busy_timeout(c->handle, RESTART_WAIT_MS);
    if (s == OK)
        s = exec(c->handle, "SELECT count(*) FROM sqlite_schema"); /* one that has read nothing checkpoints nothing */
    if (s != OK)
        return s;
    c->started = pthread_create(&c->thread, NULL, checkpointer_main, c) == 0;
    return c->started ? OK : UNAVAILABLE;
}

/* Called after the writer has stopped: what is still in the WAL goes into the file, as far as readers of other
 * processes let it. */
void checkpointer_stop(struct db *db)
{
    struct checkpointer *c = &db->checkpointer;
    if (c->started) {
        pthread_mutex_lock(&c->mutex);
        c->stopping = true;
        pthread_cond_signal(&c->wanted);
        pthread_mutex_unlock(&c->mutex);
        pthread_join(c->thread, NULL);
        c->started = false;
        report(c->handle, sqlite3_wal_checkpoint_v2(c->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL),
               "truncate");
    }
    sqlite3_close(c->handle);
    c->handle = NULL;
}

void checkpoint_restart(struct writer *w)
{
    if (w->wal_pages < WAL_LIMIT_BYTES / PAGE_BYTES || clock_monotonic_us() < w->restart_not_before_us)
        return;
    sqlite3 *handle = w->conn.handle;
    sqlite3_busy_timeout(handle, RESTART_WAIT_MS);
    int code = sqlite3_wal_checkpoint_v2(handle, NULL, SQLITE_CHECKPOINT_RESTART, NULL, NULL);
    sqlite3_busy_timeout(handle, BUSY_TIMEOUT_MS);
    report(handle, code, "restart");
    if (code == SQLITE_OK)
        w->wal_pages = 0;
    else
        w->restart_not_before_us = clock_monotonic_us() + RESTART_AGAIN_US;
}
