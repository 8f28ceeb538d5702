/* fixture: a fresh database in a directory of its own, with one small set of statements, for the tests of db/. */
#ifndef TESTS_DB_FIXTURE_H
#define TESTS_DB_FIXTURE_H

#include "base/log.h"
#include "db/db.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

enum note_statement { NOTE_ADD, NOTE_GET, NOTE_COUNT, NOTE_SUM, NOTE_ALL, NOTE_CHILD_ADD, NOTE_FILL, NOTE_STATEMENTS };

static const struct db_statement note_statements[NOTE_STATEMENTS] = {
    [NOTE_ADD] = { "add", "INSERT INTO note (id, words, bytes) VALUES (?1, ?2, ?3)", NULL },
    [NOTE_GET] = { "get", "SELECT id, words, bytes FROM note WHERE id = ?1", NULL },
    [NOTE_COUNT] = { "count", "SELECT count(*) FROM note", "a test wants to know" },
    [NOTE_SUM] = { "sum", "SELECT coalesce(sum(id), 0) FROM note WHERE id >= ?1", NULL },
    [NOTE_ALL] = { "all", "SELECT id FROM note ORDER BY id", "a test wants all" },
    [NOTE_CHILD_ADD] = { "child-add", "INSERT INTO child (note) VALUES (?1)", NULL },
    [NOTE_FILL] = { "fill", "INSERT INTO note (id, words, bytes) VALUES (?1, 'fill', zeroblob(?2))", NULL },
};
static const struct db_set note_set = { 0, "note", note_statements, NOTE_STATEMENTS };
static const struct db_set *const note_sets[] = { &note_set };

#define NOTE_SCHEMA                                                                                                    \
    "CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT CHECK (words <> 'forbidden'), bytes BLOB) STRICT;"          \
    "CREATE TABLE child (note INTEGER NOT NULL REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED) STRICT;"

struct fixture {
    struct arena arena;
    char directory[64], path[96];
    struct db_migration first;
    struct db_options options;
    struct db *db;
    struct str problem;
};

static inline void fixture_init(struct fixture *f)
{
    *f = (struct fixture){ .first = { 1, STR("first"), STR(NOTE_SCHEMA) } };
    arena_init(&f->arena, 64 << 20);
    snprintf(f->directory, sizeof f->directory, "/tmp/lotse-db-XXXXXX");
    assert_non_null(mkdtemp(f->directory));
    snprintf(f->path, sizeof f->path, "%s/lotse.db", f->directory);
    f->options = (struct db_options){ .path = f->path, .sets = note_sets, .set_count = 1, .migrations = &f->first,
                                      .migration_count = 1, .readers = 4, .create = true };
}

static inline void fixture_open(struct fixture *f)
{
    if (db_open(&f->db, &f->options, &f->arena, &f->problem) != OK)
        fail_msg("%.*s", STR_ARG(f->problem));
}

static inline void fixture_reopen(struct fixture *f)
{
    db_close(f->db);
    fixture_open(f);
}

static inline int fixture_up(void **state)
{
    log_threshold(LOG_ERROR);
    struct fixture *f = malloc(sizeof *f);
    fixture_init(f);
    fixture_open(f);
    *state = f;
    return 0;
}

static inline void fixture_remove(const struct fixture *f)
{
    static const char *const endings[] = { "", "-wal", "-shm", ".lock", ".copy", ".copy.part", "-journal" };
    char name[128];
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        snprintf(name, sizeof name, "%s%s", f->path, endings[i]);
        unlink(name);
    }
    rmdir(f->directory);
}

static inline int fixture_down(void **state)
{
    struct fixture *f = *state;
    db_close(f->db);
    fixture_remove(f);
    arena_release(&f->arena);
    free(f);
    return 0;
}

/* A change: adds one note. job is its id. */
static inline enum status add_note(struct db_conn *conn, void *job)
{
    struct db_cursor c = db_query(conn, &note_set, NOTE_ADD);
    db_bind_int(&c, *(const int64_t *)job);
    db_bind_text(&c, STR("words"));
    db_bind_null(&c);
    return db_run(&c, NULL);
}

static inline int64_t view_count(struct db_conn *view)
{
    struct db_cursor c = db_query(view, &note_set, NOTE_COUNT);
    int64_t n = db_next(&c) ? db_int(&c, 0) : -1;
    assert_int_equal(db_end(&c), OK);
    return n;
}

static inline int64_t count_notes(struct db *db)
{
    struct db_conn *view;
    assert_int_equal(db_view(db, &view), OK);
    int64_t n = view_count(view);
    db_view_end(view);
    return n;
}

static inline bool note_exists(struct db *db, int64_t id)
{
    struct db_conn *view;
    assert_int_equal(db_view(db, &view), OK);
    struct db_cursor c = db_query(view, &note_set, NOTE_GET);
    db_bind_int(&c, id);
    bool found = db_next(&c);
    assert_int_equal(db_end(&c), OK);
    db_view_end(view);
    return found;
}

#endif
