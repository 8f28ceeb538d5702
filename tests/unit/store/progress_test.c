/* Completions follow from lessons done, practice answered and tests passed, in whatever order these come, and two last
 * steps at the same time complete the course once. What verify counts as wrong is told from what follows. */
#include "store/progress.h"

#include "ext/token.h"
#include "store/attempt.h"
#include "store/evidence.h"
#include "store/pack_state.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

enum { LEARNER = 7, ROUNDS = 200 };

struct fixture {
    char directory[64];
    struct db *db;
    struct arena arena;
};

static const struct completion_rule WITH_TEST = {
    STR_INIT("probe"), STR_INIT(",eins,zwei,"), STR_INIT(",u-eins,u-zwei,"), 2, 2, true,
};
static const struct completion_rule LESSONS_ALONE = {
    STR_INIT("probe"), STR_INIT(",eins,zwei,"), STR_INIT(",u-eins,u-zwei,"), 2, 2, false,
};
static const struct completion_rule TEST_ALONE = { .course = STR_INIT("probe"), .needs_test = true };

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct str problem = STR_NONE;
    assert_non_null(f);
    arena_init(&f->arena, 64 << 20);
    snprintf(f->directory, sizeof f->directory, "/tmp/lotse-progress-XXXXXX");
    assert_non_null(mkdtemp(f->directory));
    assert_int_equal(token_start(), OK);
    assert_int_equal(store_open(&f->db, str_of(f->directory), true, true, &f->arena, &problem), OK);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    static const char *const files[] = { "lotse.db", "lotse.db-wal", "lotse.db-shm", "lotse.db.lock" };
    struct fixture *f = *state;
    db_close(f->db);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(str_format(&f->arena, "%s/%s", f->directory, files[i]).at);
    assert_int_equal(rmdir(f->directory), 0);
    arena_release(&f->arena);
    free(f);
    return 0;
}

/* ---------- steps ---------- */

enum what { NOTHING, LESSON, PRACTICE, TEST, FAILED_TEST };

struct step {
    enum what what;
    const char *id;      /* lesson or item */
    int32_t day;
    int32_t valid_until; /* TEST; 0: for good */
};

struct job {
    int64_t learner;
    struct step step;
    const struct completion_rule *rule;
};

static enum status keep_state(struct db_conn *conn)
{
    enum status s = pack_state_exists(conn, STR("hash"));
    return s == NOT_FOUND ? pack_state_add(conn, STR("hash"), STR("probe"), STR("1"), 0) : s;
}

static enum status take_test(struct db_conn *conn, int64_t learner, struct step step)
{
    struct attempt t = { .learner = learner, .course = STR("probe"), .pack = STR("hash") };
    t.finished_at = (int64_t)step.day * 86400 + 3600;
    t.points_max = 1000;
    t.passed = step.what == TEST;
    t.points = t.passed ? 1000 : 0;
    t.valid_until = step.valid_until;
    enum status s = keep_state(conn);
    if (s == OK)
        s = attempt_start(conn, &t, &t.id);
    if (s == OK)
        s = attempt_finish(conn, &t);
    struct evidence e = { learner, STR("digcomp-3.0:4.1"), STR("probe"), STR("t-eine"), 2, t.id, t.points, step.day };
    return s ? s : evidence_add(conn, &e);
}

static enum status take_step(struct db_conn *conn, void *context)
{
    const struct job *job = context;
    struct step step = job->step;
    enum status s = step.what == LESSON     ? lesson_done_put(conn, job->learner, STR("probe"), str_of(step.id), step.day)
                    : step.what == PRACTICE ? practice_put(conn, job->learner, STR("probe"), str_of(step.id), step.day)
                                            : take_test(conn, job->learner, step);
    return s ? s : completion_derive(conn, job->learner, job->rule);
}

/* ---------- what follows ---------- */

static struct str completions_of(struct fixture *f, int64_t learner)
{
    struct db_conn *view;
    struct learner_progress p;
    struct str text = STR("");
    assert_int_equal(db_view(f->db, &view), OK);
    assert_int_equal(progress_of(view, learner, &f->arena, &p), OK);
    db_view_end(view);
    for (size_t i = 0; i < p.completion_count; i++)
        text = str_format(&f->arena, "%.*s%s%d-%d", STR_ARG(text), i ? " " : "", p.completions[i].day,
                          p.completions[i].valid_until);
    return text;
}

static int64_t count_wrong(struct fixture *f, const struct completion_rule *rule, int64_t *due)
{
    struct db_conn *view;
    int64_t wrong, unfounded;
    assert_int_equal(db_view(f->db, &view), OK);
    assert_int_equal(completion_count_wrong(view, rule, due, &wrong), OK);
    assert_int_equal(completion_count_unfounded(view, &unfounded), OK);
    db_view_end(view);
    return wrong + unfounded;
}

static void test_order_of_steps(void **state)
{
    static const struct {
        const struct completion_rule *rule;
        struct step steps[8];
        const char *completions; /* day-valid until */
    } cases[] = {
        { &WITH_TEST, { { LESSON, "eins", 1, 0 }, { LESSON, "zwei", 1, 0 }, { PRACTICE, "u-eins", 1, 0 }, { TEST, NULL, 2, 90 } }, "" },
        { &WITH_TEST,
          { { PRACTICE, "u-eins", 1, 0 }, { LESSON, "eins", 1, 0 }, { PRACTICE, "u-zwei", 2, 0 }, { LESSON, "zwei", 3, 0 },
            { TEST, NULL, 4, 90 } },
          "4-90" },
        { &WITH_TEST,
          { { TEST, NULL, 1, 90 }, { LESSON, "eins", 2, 0 }, { LESSON, "zwei", 2, 0 }, { PRACTICE, "u-eins", 3, 0 },
            { PRACTICE, "u-zwei", 5, 0 } },
          "5-90" },
        { &WITH_TEST,
          { { TEST, NULL, 1, 90 }, { PRACTICE, "u-eins", 2, 0 }, { PRACTICE, "u-zwei", 2, 0 }, { LESSON, "eins", 3, 0 },
            { LESSON, "zwei", 6, 0 }, { TEST, NULL, 8, 98 } },
          "6-90 8-98" },
        { &WITH_TEST,
          { { TEST, NULL, 1, 90 }, { TEST, NULL, 2, 0 }, { PRACTICE, "u-eins", 3, 0 }, { PRACTICE, "u-zwei", 3, 0 },
            { LESSON, "eins", 3, 0 }, { LESSON, "zwei", 3, 0 }, { LESSON, "zwei", 4, 0 } },
          "3-0" },
        { &WITH_TEST,
          { { FAILED_TEST, NULL, 1, 0 }, { PRACTICE, "u-eins", 1, 0 }, { PRACTICE, "u-zwei", 1, 0 }, { LESSON, "eins", 1, 0 },
            { LESSON, "zwei", 1, 0 } },
          "" },
        { &LESSONS_ALONE,
          { { PRACTICE, "u-eins", 1, 0 }, { PRACTICE, "u-zwei", 1, 0 }, { LESSON, "eins", 1, 0 }, { LESSON, "fremd", 2, 0 } },
          "" },
        { &LESSONS_ALONE,
          { { LESSON, "eins", 1, 0 }, { LESSON, "zwei", 1, 0 }, { PRACTICE, "u-eins", 1, 0 }, { PRACTICE, "u-zwei", 2, 0 } },
          "2-0" },
        { &TEST_ALONE, { { FAILED_TEST, NULL, 1, 0 }, { TEST, NULL, 2, 60 } }, "2-60" },
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t learner = LEARNER + (int64_t)i;
        for (const struct step *step = cases[i].steps; step->what != NOTHING; step++) {
            struct job job = { learner, *step, cases[i].rule };
            assert_int_equal(db_write(f->db, take_step, &job), OK);
        }
        assert_string_equal(completions_of(f, learner).at, cases[i].completions);
    }
}

/* ---------- at the same time ---------- */

struct side {
    struct fixture *fixture;
    pthread_barrier_t *start;
    struct step step;
};

static void *take_last_steps(void *context)
{
    const struct side *side = context;
    for (int64_t round = 1; round <= ROUNDS; round++) {
        struct job job = { LEARNER + round, side->step, &WITH_TEST };
        pthread_barrier_wait(side->start);
        if (db_write(side->fixture->db, take_step, &job))
            return context;
    }
    return NULL;
}

/* Pressing «Erledigt» again, or checking an answer again, is no learning of a later day. */
static void test_last_day(void **state)
{
    struct fixture *f = *state;
    static const struct step steps[] = { { PRACTICE, "u-eins", 1, 0 }, { LESSON, "eins", 3, 0 }, { LESSON, "eins", 9, 0 },
                                         { PRACTICE, "u-eins", 9, 0 } };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct job job = { .learner = LEARNER, .rule = &WITH_TEST, .step = steps[i] };
        struct db_conn *view;
        int64_t wrong = -1;
        assert_int_equal(db_write(f->db, take_step, &job), OK);
        assert_int_equal(db_view(f->db, &view), OK);
        assert_int_equal(activity_count_wrong(view, &wrong), OK);
        db_view_end(view);
        assert_int_equal(wrong, 0);
    }
}

static enum status prepare(struct db_conn *conn, void *context)
{
    (void)context;
    enum status s = OK;
    for (int64_t learner = LEARNER + 1; s == OK && learner <= LEARNER + ROUNDS; learner++) {
        s = practice_put(conn, learner, STR("probe"), STR("u-eins"), 1);
        if (s == OK)
            s = practice_put(conn, learner, STR("probe"), STR("u-zwei"), 1);
        if (s == OK)
            s = lesson_done_put(conn, learner, STR("probe"), STR("eins"), 1);
    }
    return s;
}

static void test_two_last_steps(void **state)
{
    struct fixture *f = *state;
    pthread_barrier_t start;
    pthread_t other;
    void *failed;
    int64_t due;
    assert_int_equal(pthread_barrier_init(&start, NULL, 2), 0);
    struct side lesson = { f, &start, { LESSON, "zwei", 4, 0 } }, test = { f, &start, { TEST, NULL, 4, 90 } };
    assert_int_equal(db_write(f->db, prepare, NULL), OK);
    assert_int_equal(pthread_create(&other, NULL, take_last_steps, &lesson), 0);
    assert_null(take_last_steps(&test));
    assert_int_equal(pthread_join(other, &failed), 0);
    assert_null(failed);
    pthread_barrier_destroy(&start);
    for (int64_t round = 1; round <= ROUNDS; round++)
        assert_string_equal(completions_of(f, LEARNER + round).at, "4-90");
    assert_int_equal(count_wrong(f, &WITH_TEST, &due), 0);
    assert_int_equal(due, ROUNDS);
}

/* ---------- verify ---------- */

static enum status derive_all(struct db_conn *conn, void *rule)
{
    return completion_derive_all(conn, rule);
}

/* A rule that asks for less than the one before leaves completions due that no step has written down. */
static void test_verify(void **state)
{
    static const struct completion_rule more = { STR_INIT("probe"), STR_INIT(",eins,zwei,drei,"), STR_INIT(",u-eins,"), 3, 1, true };
    static const struct completion_rule less = { STR_INIT("probe"), STR_INIT(",eins,"), STR_INIT(",u-eins,"), 1, 1, true };
    static const struct step steps[] = { { PRACTICE, "u-eins", 1, 0 }, { LESSON, "eins", 2, 0 }, { TEST, NULL, 3, 90 } };
    struct fixture *f = *state;
    struct completion_rule rule = less;
    int64_t due;
    for (size_t i = 0; i < 3; i++) {
        struct job job = { LEARNER, steps[i], &more };
        assert_int_equal(db_write(f->db, take_step, &job), OK);
    }
    assert_string_equal(completions_of(f, LEARNER).at, "");
    assert_int_equal(count_wrong(f, &more, &due), 0);
    assert_int_equal(due, 0);
    assert_int_equal(count_wrong(f, &less, &due), 1);
    assert_int_equal(due, 1);
    assert_int_equal(db_write(f->db, derive_all, &rule), OK);
    assert_string_equal(completions_of(f, LEARNER).at, "3-90");
    assert_int_equal(count_wrong(f, &less, &due), 0);
    /* A pack that asks for more again takes nothing away from who had finished. */
    assert_int_equal(count_wrong(f, &more, &due), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_order_of_steps, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_last_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_two_last_steps, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_verify, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
