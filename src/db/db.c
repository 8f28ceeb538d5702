/* db: opening and closing in the right order. Open: lock, writer's handle, migrations, writer, readers,
 * checkpointer; close is the reverse but for the writer, which stops first so that its last commits are moved. */
#include "db/engine.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { DEFAULT_READERS = 8, MEMORY_CEILING = 16 * 1024 * 1024 };

static enum status remember(struct db *db, const struct db_options *o)
{
    db->path = str_copy(&db->memory, str_of(o->path)).at;
    db->sets = o->sets;
    db->set_count = o->set_count;
    db->first_statement = ARENA_ARRAY(&db->memory, o->set_count + 1, size_t);
    if (!db->first_statement)
        return NO_MEMORY;
    for (size_t i = 0; i < o->set_count; i++) {
        assert(o->sets[i]->id >= 0 && (size_t)o->sets[i]->id == i);
        db->first_statement[i] = db->statement_count;
        db->statement_count += o->sets[i]->count;
    }
    return arena_status(&db->memory);
}

/* The file is made here and not by SQLite, which would let everybody read it; WAL and the rest take its mode. */
static enum status find_or_make_file(const struct db_options *o, struct arena *a, struct str *problem)
{
    int fd = open(o->path, O_RDWR | O_CLOEXEC | (o->create ? O_CREAT : 0), 0600);
    if (fd >= 0) {
        close(fd);
        return OK;
    }
    *problem = str_format(a, "%s cannot be opened: %s", o->path, strerror(errno));
    return errno == ENOENT ? NOT_FOUND : UNAVAILABLE;
}

static enum status open_writer_handle(struct db *db, struct arena *a, struct str *problem)
{
    enum status s = handle_open(&db->writer.conn.handle, db->path, CONNECTION_WRITER, false);
    if (s != OK)
        *problem = str_format(a, "%s cannot be opened: %s", db->path, sqlite3_errmsg(db->writer.conn.handle));
    return s;
}

static enum status open_all(struct db *db, const struct db_options *o, struct arena *a, struct str *problem)
{
    enum status s = remember(db, o);
    if (s == OK)
        s = find_or_make_file(o, a, problem);
    if (s == OK && o->exclusive)
        s = lock_take(db, a, problem);
    if (s == OK)
        s = open_writer_handle(db, a, problem);
    if (s == OK)
        s = migrate(db, o, a, problem);
    if (s == OK)
        s = writer_start(db, a, problem);
    if (s == OK)
        s = pool_start(db, o->readers > 0 ? (size_t)o->readers : DEFAULT_READERS, a, problem);
    return s == OK ? checkpointer_start(db) : s;
}

enum status db_open(struct db **out, const struct db_options *o, struct arena *a, struct str *problem)
{
    *out = NULL;
    *problem = STR_NONE;
    /* No statistics: they take a global mutex with every allocation. Refused, harmlessly, once SQLite has started. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    struct db *db = calloc(1, sizeof *db);
    if (!db)
        return NO_MEMORY;
    arena_init(&db->memory, MEMORY_CEILING);
    db->lock = -1;
    db->writer.conn.db = db;
    sem_init(&db->pool.free, 0, 0);
    wait_init(&db->writer.mutex, &db->writer.wanted);
    wait_init(&db->checkpointer.mutex, &db->checkpointer.wanted);
    enum status s = open_all(db, o, a, problem);
    if (s == OK) {
        *out = db;
        return OK;
    }
    if (problem->len == 0)
        *problem = str_format(a, "%s cannot be opened: %s", o->path, status_name(s));
    db_close(db);
    return s;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    writer_stop(db);
    pool_stop(db);
    checkpointer_stop(db);
    lock_drop(db);
    sem_destroy(&db->pool.free);
    wait_release(&db->writer.mutex, &db->writer.wanted);
    wait_release(&db->checkpointer.mutex, &db->checkpointer.wanted);
    arena_release(&db->memory);
    free(db);
}

int db_version(struct db *db)
{
    return db->version;
}
