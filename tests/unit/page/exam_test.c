/* Tests of exam: a request that waits for an earlier state of a course keeps no reader of the database meanwhile. */
#include "page/exam.h"

#include "store/store_fixture.h"

#include <pthread.h>
#include <semaphore.h>

enum { READERS = 8 }; /* of the pool, by default */

static const char hash[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

struct scene {
    struct store *store;
    struct app app;
    sem_t loading, go_on, reads;
    enum status opened;
};

/* Somebody else's loader: it is at it until it may go on, and then has nothing. */
static enum status load_slowly(void *context, struct str wanted, struct arena *a, struct pack_files *files)
{
    struct scene *scene = context;
    (void)wanted, (void)a, (void)files;
    sem_post(&scene->loading);
    sem_wait(&scene->go_on);
    return UNAVAILABLE;
}

static void *be_first(void *arg)
{
    struct scene *scene = arg;
    const struct course *course;
    return state_cache_take(scene->app.states, str_of(hash), load_slowly, scene, &course) == UNAVAILABLE ? scene : NULL;
}

/* A page of an attempt on that state: its guard has a read view open. */
static void *open_exam(void *arg)
{
    struct scene *scene = arg;
    struct arena arena;
    struct exam exam;
    arena_init(&arena, 1 << 20);
    struct exchange x = { .app = &scene->app, .arena = &arena, .catalogue = catalogue_take(scene->app.catalogue) };
    x.attempt = (struct attempt){ .course = STR("gone"), .pack = str_of(hash) };
    if (exchange_read(&x) == OK) {
        sem_post(&scene->reads);
        scene->opened = exam_open(&x, &exam);
    }
    exchange_read_end(&x);
    exam_let_go(&x);
    catalogue_release(scene->app.catalogue, x.catalogue);
    arena_release(&arena);
    return NULL;
}

static void who_waits_for_a_course_keeps_no_reader(void **state)
{
    struct scene scene = { .store = *state };
    struct db_conn *views[READERS];
    pthread_t first, second;
    void *had_nothing;
    scene.app.db = scene.store->db;
    assert_int_equal(state_cache_new(&scene.app.states, NULL), OK);
    assert_int_equal(catalogue_open(&scene.app.catalogue), OK);
    sem_init(&scene.loading, 0, 0), sem_init(&scene.go_on, 0, 0), sem_init(&scene.reads, 0, 0);
    assert_int_equal(pthread_create(&first, NULL, be_first, &scene), 0);
    sem_wait(&scene.loading);
    assert_int_equal(pthread_create(&second, NULL, open_exam, &scene), 0);
    sem_wait(&scene.reads);
    for (int i = 0; i < READERS; i++) /* the last one was the exam's, until it began to wait */
        assert_int_equal(db_view(scene.store->db, &views[i]), OK);
    for (int i = 0; i < READERS; i++)
        db_view_end(views[i]);
    sem_post(&scene.go_on);
    pthread_join(first, &had_nothing);
    pthread_join(second, NULL);
    assert_non_null(had_nothing);
    assert_int_equal(scene.opened, CORRUPT); /* it tried itself then, and no such state is stored */
    catalogue_close(scene.app.catalogue);
    state_cache_free(scene.app.states);
    sem_destroy(&scene.loading), sem_destroy(&scene.go_on), sem_destroy(&scene.reads);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_waits_for_a_course_keeps_no_reader, store_up, store_down),
    };
    return cmocka_run_group_tests_name("exam", tests, NULL, NULL);
}
