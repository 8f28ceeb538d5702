/* Unit tests of ext/password: right, wrong, nobody, too long; a flood is told BUSY and the rest is answered. */
#include "base/clock.h"
#include "ext/password.h"
#include "ext/token.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>
#include <cmocka.h>

static int arena_up(void **state)
{
    static struct arena a;
    arena_init(&a, 1 << 20);
    *state = &a;
    return token_start() == OK ? 0 : -1;
}

static int arena_down(void **state)
{
    arena_release(*state);
    return 0;
}

static void a_hash_checks_only_its_password(void **state)
{
    struct str phc, again;
    assert_int_equal(password_hash(STR("Grüezi mitenand"), *state, &phc), OK);
    assert_true(str_starts(phc, STR("$argon2id$v=19$m=19456,t=2,p=1$")));
    assert_int_equal(password_check(STR("Grüezi mitenand"), phc), OK);
    assert_int_equal(password_check(STR("Grüezi mitenanc"), phc), INVALID);
    assert_int_equal(password_check(STR_NONE, phc), INVALID);
    assert_int_equal(password_hash(STR("Grüezi mitenand"), *state, &again), OK);
    assert_false(str_equal(phc, again)); /* salted */
}

static void limits_hold(void **state)
{
    static char endless[PASSWORD_MAX_BYTES + 1];
    memset(endless, 'x', sizeof endless);
    struct str phc;
    assert_int_equal(password_hash((struct str){ endless, sizeof endless }, *state, &phc), INVALID);
    assert_int_equal(password_check((struct str){ endless, sizeof endless }, STR("")), INVALID);
    assert_int_equal(password_check(STR("lotse-demo"), (struct str){ endless, 500 }), INVALID);
    assert_int_equal(password_check(STR("lotse-demo"), STR("$argon2id$broken")), INVALID);
    assert_int_equal(password_hash((struct str){ endless, PASSWORD_MAX_BYTES }, *state, &phc), OK);
}

static int64_t fastest_check_us(struct str phc)
{
    int64_t best = INT64_MAX;
    for (int i = 0; i < 5; i++) {
        int64_t start = clock_monotonic_us();
        assert_int_equal(password_check(STR("something else"), phc), INVALID);
        int64_t took = clock_monotonic_us() - start;
        best = took < best ? took : best;
    }
    return best;
}

static void nobody_costs_as_much_as_somebody(void **state)
{
    struct str phc;
    assert_int_equal(password_hash(STR("lotse-demo"), *state, &phc), OK);
    int64_t somebody = fastest_check_us(phc), nobody = fastest_check_us(STR_NONE);
    assert_true(nobody > somebody / 2 && nobody < somebody * 2);
}

enum { FLOOD = 200 };

static void *one_of_the_flood(void *result)
{
    *(enum status *)result = password_check(STR("guess"), STR_NONE);
    return NULL;
}

static void a_flood_is_refused_not_queued(void **state)
{
    (void)state;
    static enum status results[FLOOD];
    pthread_t threads[FLOOD];
    for (int i = 0; i < FLOOD; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, one_of_the_flood, &results[i]), 0);
    int busy = 0, wrong = 0;
    for (int i = 0; i < FLOOD; i++) {
        pthread_join(threads[i], NULL);
        busy += results[i] == BUSY;
        wrong += results[i] == INVALID;
    }
    assert_int_equal(busy + wrong, FLOOD);
    assert_true(wrong >= sysconf(_SC_NPROCESSORS_ONLN));
    assert_int_equal(password_check(STR("guess"), STR_NONE), INVALID); /* and it is over afterwards */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hash_checks_only_its_password),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(nobody_costs_as_much_as_somebody),
        cmocka_unit_test(a_flood_is_refused_not_queued),
    };
    return cmocka_run_group_tests_name("password", tests, arena_up, arena_down);
}
