/* store_fixture: Lotse's own database, empty, in a directory of its own, and changes written as plain functions. */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include "base/log.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>
#include <cmocka.h>

struct store {
    struct arena arena;
    char directory[64];
    struct db *db;
};

static inline int store_up(void **state)
{
    struct store *s = calloc(1, sizeof *s);
    struct str problem = STR_NONE;
    log_threshold(LOG_ERROR);
    arena_init(&s->arena, 64 << 20);
    snprintf(s->directory, sizeof s->directory, "/tmp/lotse-store-XXXXXX");
    assert_non_null(mkdtemp(s->directory));
    if (store_open(&s->db, str_of(s->directory), true, false, &s->arena, &problem) != OK)
        fail_msg("%.*s", STR_ARG(problem));
    *state = s;
    return 0;
}

static inline int store_down(void **state)
{
    static const char *const files[] = { "lotse.db", "lotse.db-wal", "lotse.db-shm", "lotse.db.lock" };
    struct store *s = *state;
    char path[128];
    db_close(s->db);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", s->directory, files[i]);
        unlink(path);
    }
    rmdir(s->directory);
    arena_release(&s->arena);
    free(s);
    return 0;
}

static inline void store_change(const struct store *s, enum status (*change)(struct db_conn *, void *job), void *job)
{
    assert_int_equal(db_write(s->db, change, job), OK);
}

static inline struct db_conn *store_view(const struct store *s)
{
    struct db_conn *view;
    assert_int_equal(db_view(s->db, &view), OK);
    return view;
}

#endif
