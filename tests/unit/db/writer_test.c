/* Unit tests of the writer: many threads, failures that stay alone, a queue with an end, bulk, a WAL with an end. */
#include "db/fixture.h"

#include <semaphore.h>

enum { THREADS = 64, EACH = 20 };

struct worker {
    struct db *db;
    int64_t first;
    int acknowledged;
};

static void *write_many(void *arg)
{
    struct worker *w = arg;
    for (int i = 0; i < EACH; i++) {
        int64_t id = w->first + i;
        w->acknowledged += db_write(w->db, add_note, &id) == OK;
    }
    return NULL;
}

static void what_many_threads_write_is_there(void **state)
{
    struct fixture *f = *state;
    pthread_t threads[THREADS];
    struct worker workers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){ f->db, (int64_t)i * EACH, 0 };
        assert_int_equal(pthread_create(&threads[i], NULL, write_many, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(workers[i].acknowledged, EACH);
    }
    assert_int_equal(count_notes(f->db), THREADS * EACH);
    fixture_reopen(f);
    assert_int_equal(count_notes(f->db), THREADS * EACH);
}

static void *read_while_writing(void *arg)
{
    struct worker *w = arg;
    while (w->acknowledged == 0) {
        struct db_conn *view;
        if (db_view(w->db, &view) != OK)
            return NULL;
        int64_t before = view_count(view);
        if (view_count(view) != before)
            return NULL;
        db_view_end(view);
        w->acknowledged = before >= EACH;
    }
    return w;
}

static void views_are_consistent_while_writes_go_on(void **state)
{
    struct fixture *f = *state;
    pthread_t writer, reader;
    void *consistent;
    struct worker w = { f->db, 0, 0 }, r = { f->db, 0, 0 };
    assert_int_equal(pthread_create(&reader, NULL, read_while_writing, &r), 0);
    assert_int_equal(pthread_create(&writer, NULL, write_many, &w), 0);
    pthread_join(writer, NULL);
    pthread_join(reader, &consistent);
    assert_non_null(consistent);
}

/* ---- a batch made on purpose: the writer is held inside a first change until all others wait ---- */

struct hold {
    sem_t entered, leave;
};

static enum status hold_writer(struct db_conn *conn, void *job)
{
    (void)conn;
    struct hold *h = job;
    sem_post(&h->entered);
    while (sem_wait(&h->leave) != 0)
        continue;
    return OK;
}

struct sender {
    struct db *db;
    enum status (*change)(struct db_conn *, void *);
    void *job;
    enum status status;
    pthread_t thread;
};

static void *send_change(void *arg)
{
    struct sender *s = arg;
    s->status = db_write(s->db, s->change, s->job);
    return NULL;
}

static void start(struct sender *s)
{
    assert_int_equal(pthread_create(&s->thread, NULL, send_change, s), 0);
}

static void send_as_one_batch(struct db *db, struct sender *senders, int count)
{
    struct hold hold;
    sem_init(&hold.entered, 0, 0);
    sem_init(&hold.leave, 0, 0);
    struct sender first = { .db = db, .change = hold_writer, .job = &hold };
    start(&first);
    sem_wait(&hold.entered);
    for (int i = 0; i < count; i++)
        start(&senders[i]);
    usleep(100 * 1000); /* by now they wait in the queue; were one late, the test would still hold */
    sem_post(&hold.leave);
    pthread_join(first.thread, NULL);
    for (int i = 0; i < count; i++)
        pthread_join(senders[i].thread, NULL);
    sem_destroy(&hold.entered);
    sem_destroy(&hold.leave);
}

static enum status add_and_refuse(struct db_conn *conn, void *job)
{
    enum status s = add_note(conn, job);
    return s == OK ? FORBIDDEN : s;
}

static enum status add_forbidden(struct db_conn *conn, void *job)
{
    enum status s = add_note(conn, job);
    if (s != OK)
        return s;
    int64_t next = *(const int64_t *)job + 1000;
    struct db_cursor c = db_query(conn, &note_set, NOTE_ADD);
    db_bind_int(&c, next);
    db_bind_text(&c, STR("forbidden"));
    db_bind_null(&c);
    return db_run(&c, NULL);
}

static enum status add_orphan(struct db_conn *conn, void *job)
{
    enum status s = add_note(conn, job);
    if (s != OK)
        return s;
    struct db_cursor c = db_query(conn, &note_set, NOTE_CHILD_ADD);
    db_bind_int(&c, 999999); /* refused only at COMMIT: the constraint is deferred */
    return db_run(&c, NULL);
}

static void expect_one_bad_apple(struct fixture *f, enum status (*bad)(struct db_conn *, void *), enum status expected)
{
    enum { COUNT = 9, BAD = 4 };
    struct sender senders[COUNT];
    int64_t ids[COUNT];
    for (int i = 0; i < COUNT; i++) {
        ids[i] = i + 1;
        senders[i] = (struct sender){ .db = f->db, .change = i == BAD ? bad : add_note, .job = &ids[i] };
    }
    send_as_one_batch(f->db, senders, COUNT);
    for (int i = 0; i < COUNT; i++) {
        assert_int_equal(senders[i].status, i == BAD ? expected : OK);
        assert_int_equal(note_exists(f->db, ids[i]), i != BAD);
    }
    assert_int_equal(count_notes(f->db), COUNT - 1);
}

static void a_change_that_refuses_rolls_back_alone(void **state)
{
    expect_one_bad_apple(*state, add_and_refuse, FORBIDDEN);
}

static void a_constraint_rolls_back_its_change_alone(void **state)
{
    expect_one_bad_apple(*state, add_forbidden, CONFLICT);
}

static void a_commit_that_fails_is_the_guilty_ones_alone(void **state)
{
    expect_one_bad_apple(*state, add_orphan, CONFLICT);
}

static void a_change_alone_gets_its_status(void **state)
{
    struct fixture *f = *state;
    int64_t id = 1;
    assert_int_equal(db_write(f->db, add_orphan, &id), CONFLICT);
    assert_int_equal(db_write(f->db, add_and_refuse, &id), FORBIDDEN);
    assert_int_equal(count_notes(f->db), 0);
    assert_int_equal(db_write(f->db, add_note, &id), OK);
    assert_int_equal(db_write(f->db, add_note, &id), CONFLICT);
    assert_int_equal(count_notes(f->db), 1);
}

static void a_full_queue_is_busy(void **state)
{
    enum { SENDERS = 1024 + 30 };
    struct fixture *f = *state;
    static struct sender senders[SENDERS];
    static int64_t ids[SENDERS];
    for (int i = 0; i < SENDERS; i++) {
        ids[i] = i;
        senders[i] = (struct sender){ .db = f->db, .change = add_note, .job = &ids[i] };
    }
    send_as_one_batch(f->db, senders, SENDERS);
    int busy = 0;
    for (int i = 0; i < SENDERS; i++) {
        assert_true(senders[i].status == OK || senders[i].status == BUSY);
        assert_int_equal(note_exists(f->db, ids[i]), senders[i].status == OK);
        busy += senders[i].status == BUSY;
    }
    assert_true(busy > 0 && busy <= 30);
}

/* ---- bulk ---- */

static enum status add_thousands(struct db_conn *conn, void *job)
{
    enum status s = OK;
    for (int64_t id = *(const int64_t *)job; s == OK && id % 5000 != 0; id++)
        s = add_note(conn, &id);
    return s;
}

static void bulk_is_one_transaction(void **state)
{
    struct fixture *f = *state;
    int64_t from = 1, clash = 4990, after = 5001;
    assert_int_equal(db_write(f->db, add_note, &clash), OK);
    assert_int_equal(db_bulk(f->db, add_thousands, &from), CONFLICT);
    assert_int_equal(count_notes(f->db), 1);
    assert_int_equal(db_bulk(f->db, add_thousands, &after), OK);
    assert_int_equal(count_notes(f->db), 1 + 4999);
}

/* ---- the WAL ---- */

static enum status add_megabyte(struct db_conn *conn, void *job)
{
    struct db_cursor c = db_query(conn, &note_set, NOTE_FILL);
    db_bind_int(&c, *(const int64_t *)job);
    db_bind_int(&c, 1 << 20);
    return db_run(&c, NULL);
}

/* A burst may be faster than the disk takes it back; what counts is that the log is short again soon after. */
static void the_wal_does_not_grow_without_end(void **state)
{
    struct fixture *f = *state;
    char wal[128];
    struct stat st;
    snprintf(wal, sizeof wal, "%s-wal", f->path);
    for (int64_t id = 0; id < 160; id++)
        assert_int_equal(db_write(f->db, add_megabyte, &id), OK);
    assert_int_equal(stat(wal, &st), 0);
    for (int64_t id = 160; st.st_size >= 72 << 20 && id < 460; id++) {
        nanosleep(&(struct timespec){ .tv_nsec = 100000000 }, NULL);
        assert_int_equal(db_write(f->db, add_megabyte, &id), OK);
        assert_int_equal(stat(wal, &st), 0);
    }
    assert_true(st.st_size < 72 << 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_many_threads_write_is_there, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(views_are_consistent_while_writes_go_on, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(a_change_that_refuses_rolls_back_alone, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(a_constraint_rolls_back_its_change_alone, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(a_commit_that_fails_is_the_guilty_ones_alone, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(a_change_alone_gets_its_status, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(a_full_queue_is_busy, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(bulk_is_one_transaction, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(the_wal_does_not_grow_without_end, fixture_up, fixture_down),
    };
    return cmocka_run_group_tests_name("writer", tests, NULL, NULL);
}
