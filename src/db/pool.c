/* pool: a few read connections for all workers. A view is one read transaction: everything in it sees one state.
 * Eight beat one per worker (fewer caches); the first free one is taken, so that few stay warm. */
#include "db/engine.h"

#include <assert.h>

enum { VIEW_WAIT_MS = 2000 };

enum status pool_start(struct db *db, size_t readers, struct arena *a, struct str *problem)
{
    struct pool *pool = &db->pool;
    pool->readers = ARENA_ARRAY(&db->memory, readers, struct db_conn);
    if (!pool->readers)
        return NO_MEMORY;
    enum status s = OK;
    while (pool->count < readers && s == OK)
        s = connection_open(db, &pool->readers[pool->count++], CONNECTION_READER, a, problem);
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

static struct db_conn *free_reader(struct pool *pool)
{
    for (size_t i = 0; i < pool->count; i++) {
        if (!pool->readers[i].held)
            return &pool->readers[i];
    }
    return NULL;
}

static struct db_conn *take_reader(struct pool *pool)
{
    const struct timespec deadline = wait_deadline(VIEW_WAIT_MS);
    pthread_mutex_lock(&pool->mutex);
    struct db_conn *reader = free_reader(pool);
    for (int late = 0; !reader && !late; reader = free_reader(pool))
        late = pthread_cond_timedwait(&pool->returned, &pool->mutex, &deadline);
    if (reader) {
        reader->held = true;
        reader->holder = pthread_self();
    }
    pthread_mutex_unlock(&pool->mutex);
    return reader;
}

static void give_back(struct pool *pool, struct db_conn *reader)
{
    pthread_mutex_lock(&pool->mutex);
    reader->held = false;
    pthread_cond_signal(&pool->returned);
    pthread_mutex_unlock(&pool->mutex);
}

bool pool_held_by_this_thread(struct db *db)
{
    bool held = false;
    pthread_mutex_lock(&db->pool.mutex);
    for (size_t i = 0; i < db->pool.count; i++)
        held |= db->pool.readers[i].held && pthread_equal(db->pool.readers[i].holder, pthread_self());
    pthread_mutex_unlock(&db->pool.mutex);
    return held;
}

enum status db_view(struct db *db, struct db_conn **view)
{
    struct db_conn *reader = take_reader(&db->pool);
    *view = NULL;
    if (!reader)
        return BUSY;
    enum status s = connection_do(reader, VERB_BEGIN);
    if (s == OK)
        *view = reader;
    else
        give_back(&db->pool, reader);
    return s;
}

void db_view_end(struct db_conn *view)
{
    assert(view->open_cursors == 0 && "every cursor is ended before its view");
    /* A view has nothing to keep; after an error the transaction may be gone already. */
    enum status s = connection_in_transaction(view) ? connection_do(view, VERB_ROLLBACK) : OK;
    assert(s == OK || connection_in_transaction(view));
    (void)s; /* logged; the next BEGIN on this reader says it again to whoever needs it */
    give_back(&view->db->pool, view);
}
