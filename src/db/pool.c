/* pool: a few read connections for all workers. A view is one read transaction: everything in it sees one state.
 * Eight beat one per worker (fewer caches); the first free one is taken, so that few stay warm.
 * No mutex: who holds it and is put aside makes all others queue, twice for every request. A semaphore counts the
 * free readers; who got through finds one of them not held. */
#include "db/engine.h"

#include <assert.h>
#include <errno.h>

enum { VIEW_WAIT_MS = 2000 };

static _Thread_local unsigned views_held;

enum status pool_start(struct db *db, size_t readers, struct arena *a, struct str *problem)
{
    struct pool *pool = &db->pool;
    pool->readers = ARENA_ARRAY(&db->memory, readers, struct db_conn);
    if (!pool->readers)
        return NO_MEMORY;
    enum status s = OK;
    while (pool->count < readers && s == OK) {
        s = connection_open(db, &pool->readers[pool->count++], CONNECTION_READER, a, problem);
        sem_post(&pool->free);
    }
    return s;
}

void pool_stop(struct db *db)
{
    for (size_t i = 0; i < db->pool.count; i++) {
        assert(!db->pool.readers[i].held);
        connection_close(&db->pool.readers[i]);
    }
    db->pool.count = 0;
}

static struct db_conn *take_reader(struct pool *pool)
{
    const struct timespec deadline = wait_deadline(VIEW_WAIT_MS);
    while (sem_clockwait(&pool->free, CLOCK_MONOTONIC, &deadline) != 0)
        if (errno != EINTR)
            return NULL;
    for (size_t i = 0;; i = (i + 1) % pool->count) /* ends: the semaphore says that one is free for us */
        if (!atomic_exchange(&pool->readers[i].held, true))
            return &pool->readers[i];
}

static void give_back(struct pool *pool, struct db_conn *reader)
{
    atomic_store(&reader->held, false);
    sem_post(&pool->free);
}

bool pool_held_by_this_thread(void)
{
    return views_held > 0;
}

enum status db_view(struct db *db, struct db_conn **view)
{
    struct db_conn *reader = take_reader(&db->pool);
    *view = NULL;
    if (!reader)
        return BUSY;
    enum status s = connection_do(reader, VERB_BEGIN);
    if (s != OK) {
        give_back(&db->pool, reader);
        return s;
    }
    views_held++;
    *view = reader;
    return OK;
}

void db_view_end(struct db_conn *view)
{
    assert(view->open_cursors == 0 && "every cursor is ended before its view");
    /* A view has nothing to keep; after an error the transaction may be gone already. */
    enum status s = connection_in_transaction(view) ? connection_do(view, VERB_ROLLBACK) : OK;
    assert(s == OK || connection_in_transaction(view));
    (void)s; /* logged; the next BEGIN on this reader says it again to whoever needs it */
    views_held--;
    give_back(&view->db->pool, view);
}
