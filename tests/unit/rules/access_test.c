/* access: every kind of access x every role x inside and outside the unit; several grants; what is hidden. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/access.h"

enum { FIRST = 10, LAST = 20, UNITS = 40 };
enum who { NOBODY, LEARNER, LEAD, HR, TRAINER, ADMIN, WHO_COUNT };
enum where { AT_FIRST, AT_LAST, BEFORE, BEHIND, NO_UNIT, WHERE_COUNT };

static const int32_t PLACES[WHERE_COUNT] = { FIRST, LAST, FIRST - 1, LAST + 1, -1 };

static struct viewer viewer_of(enum who who, struct grant *grant)
{
    static const enum role roles[WHO_COUNT] = {
        [LEAD] = ROLE_LEAD, [HR] = ROLE_HR, [TRAINER] = ROLE_TRAINER, [ADMIN] = ROLE_ADMIN
    };
    *grant = (struct grant){ .role = roles[who], .first = FIRST, .last = LAST };
    return (struct viewer){ .signed_in = who != NOBODY, .grants = grant, .grant_count = who >= LEAD ? 1 : 0 };
}

static void expect(enum access access, enum who who, struct access_target target, enum access_answer want)
{
    struct grant grant;
    struct viewer viewer = viewer_of(who, &grant);
    enum access_answer got = access_decide(access, &viewer, target);
    if (got != want)
        fail_msg("access %d, who %d, place %d, own %d: %d instead of %d", (int)access, (int)who, (int)target.unit_place,
                 target.own, (int)got, (int)want);
}

#define A ACCESS_ALLOWED
#define S ACCESS_SIGN_IN_FIRST
#define D ACCESS_DENIED
#define H ACCESS_HIDDEN

static void pages_without_a_unit(void **state)
{
    (void)state;
    static const enum access_answer want[ACCESS_COUNT][WHO_COUNT] = {
        /*                        nobody learner lead hr trainer admin */
        [ACCESS_PUBLIC] =       { A,     A,      A,   A, A,      A },
        [ACCESS_SIGNED_IN] =    { S,     A,      A,   A, A,      A },
        [ACCESS_OWN_ATTEMPT] =  { S,     H,      H,   H, H,      H }, /* of somebody else */
        [ACCESS_UNIT_REPORT] =  { S,     D,      H,   H, D,      D }, /* of no unit */
        [ACCESS_TRAINER] =      { S,     D,      D,   D, A,      D },
        [ACCESS_ADMIN] =        { S,     D,      D,   D, D,      A },
    };
    for (int access = 0; access < ACCESS_COUNT; access++) {
        for (int who = 0; who < WHO_COUNT; who++)
            expect((enum access)access, (enum who)who, (struct access_target){ .unit_place = -1 }, want[access][who]);
    }
}

static void an_attempt_is_its_learners_whatever_the_role(void **state)
{
    (void)state;
    for (int who = 0; who < WHO_COUNT; who++)
        expect(ACCESS_OWN_ATTEMPT, (enum who)who, (struct access_target){ .unit_place = -1, .own = true },
               who == NOBODY ? S : A);
}

static void unit_reports_by_place(void **state)
{
    (void)state;
    static const enum access_answer want[WHERE_COUNT][WHO_COUNT] = {
        /*             nobody learner lead hr trainer admin */
        [AT_FIRST] = { S,     D,      A,   A, D,      D },
        [AT_LAST] =  { S,     D,      A,   A, D,      D },
        [BEFORE] =   { S,     D,      D,   D, D,      D },
        [BEHIND] =   { S,     D,      D,   D, D,      D },
        [NO_UNIT] =  { S,     D,      H,   H, D,      D },
    };
    for (int where = 0; where < WHERE_COUNT; where++) {
        for (int who = 0; who < WHO_COUNT; who++)
            expect(ACCESS_UNIT_REPORT, (enum who)who, (struct access_target){ .unit_place = PLACES[where] },
                   want[where][who]);
    }
}

static void being_the_own_does_not_open_a_report(void **state)
{
    (void)state;
    expect(ACCESS_UNIT_REPORT, LEAD, (struct access_target){ .unit_place = LAST + 1, .own = true }, D);
    expect(ACCESS_TRAINER, LEARNER, (struct access_target){ .unit_place = FIRST, .own = true }, D);
}

static void several_grants_add_up_each_for_its_units(void **state)
{
    (void)state;
    const struct grant grants[] = {
        { ROLE_TRAINER, 0, UNITS }, { ROLE_LEAD, 3, 3 }, { ROLE_HR, 30, 35 },
    };
    const struct viewer viewer = { .signed_in = true, .grants = grants, .grant_count = 3 };
    for (int32_t place = 0; place < UNITS; place++) {
        bool covered = place == 3 || (place >= 30 && place <= 35);
        assert_int_equal(access_decide(ACCESS_UNIT_REPORT, &viewer, (struct access_target){ .unit_place = place }),
                         covered ? A : D);
    }
    assert_int_equal(access_decide(ACCESS_TRAINER, &viewer, (struct access_target){ 0 }), A);
    assert_int_equal(access_decide(ACCESS_ADMIN, &viewer, (struct access_target){ 0 }), D);
}

static void grants_without_a_session_are_worth_nothing(void **state)
{
    (void)state;
    const struct grant grant = { ROLE_ADMIN, 0, UNITS };
    const struct viewer viewer = { .signed_in = false, .grants = &grant, .grant_count = 1 };
    assert_false(viewer_has(&viewer, ROLE_ADMIN));
    assert_int_equal(access_decide(ACCESS_ADMIN, &viewer, (struct access_target){ 0 }), S);
}

static void an_unknown_kind_of_access_is_denied(void **state)
{
    (void)state;
    expect(ACCESS_COUNT, ADMIN, (struct access_target){ .own = true }, D);
}

static void role_names_go_there_and_back(void **state)
{
    (void)state;
    for (int i = 0; i < ROLE_COUNT; i++) {
        enum role role = ROLE_COUNT;
        assert_true(role_parse(role_name((enum role)i), &role));
        assert_int_equal(role, i);
    }
    enum role untouched = ROLE_HR;
    assert_false(role_parse("Lead", &untouched));
    assert_false(role_parse("", &untouched));
    assert_int_equal(untouched, ROLE_HR);
    assert_string_equal(role_name(ROLE_LEAD), "lead");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_without_a_unit),
        cmocka_unit_test(an_attempt_is_its_learners_whatever_the_role),
        cmocka_unit_test(unit_reports_by_place),
        cmocka_unit_test(being_the_own_does_not_open_a_report),
        cmocka_unit_test(several_grants_add_up_each_for_its_units),
        cmocka_unit_test(grants_without_a_session_are_worth_nothing),
        cmocka_unit_test(an_unknown_kind_of_access_is_denied),
        cmocka_unit_test(role_names_go_there_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
