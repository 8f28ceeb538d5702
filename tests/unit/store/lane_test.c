/* Tests of lane: counts are people, not positions; by subject. */
#include "store/lane.h"

#include "store/account.h"
#include "store/evidence.h"
#include "store/org.h"
#include "store/progress.h"
#include "store_fixture.h"

enum { DAY = 20000, LONG_AGO = DAY - 4000, LAST_YEAR = DAY - 365, CITY = 0, TEAM_A = 1, TEAM_B = 2, UNITS = 3 };

/* A city with two teams, and two functions of which only the clerk needs the competence "k". */
struct city {
    int64_t units[UNITS], clerk, gardener;
};

static enum status make_city(struct db_conn *conn, void *job)
{
    const struct unit units[UNITS] = {
        { .code = STR("STADT"), .name = STR("Stadt"), .place = CITY, .last = TEAM_B },
        { .code = STR("A"), .name = STR("A"), .place = TEAM_A, .last = TEAM_A },
        { .code = STR("B"), .name = STR("B"), .place = TEAM_B, .last = TEAM_B },
    };
    struct city *city = job;
    enum status s = OK;
    for (int i = 0; s == OK && i < UNITS; i++)
        s = unit_add(conn, &units[i], i ? city->units[CITY] : 0, &city->units[i]);
    if (s == OK)
        s = function_add(conn, &(struct job_function){ .code = STR("clerk") }, &city->clerk);
    if (s == OK)
        s = function_add(conn, &(struct job_function){ .code = STR("gardener") }, &city->gardener);
    return s ? s : target_add(conn, city->clerk, &(struct target){ STR("k"), 1 });
}

struct position {
    int unit;
    int64_t function;
    int32_t from, to; /* to 0: still */
};

struct employment {
    const struct city *city;
    const struct position *positions;
    size_t count;
    bool learned;
};

/* Somebody with these positions; learned: finished the course, was active, and can "k" at level 1. */
static enum status employ(struct db_conn *conn, void *job)
{
    const struct employment *e = job;
    int64_t person;
    enum status s = person_add(conn, STR("Jemand"), LANG_DE, &person);
    int64_t learner = person + 1000;
    if (s == OK)
        s = lane_link(conn, person, learner);
    for (size_t i = 0; s == OK && i < e->count; i++)
        s = position_add(conn, person, e->city->units[e->positions[i].unit], e->positions[i].function, e->positions[i].from,
                         e->positions[i].to);
    for (int i = 0; s == OK && e->learned && i < ITEMS_TO_ASSESS; i++) {
        char item[] = { 'i', (char)('0' + i), 0 };
        s = evidence_add(conn, &(struct evidence){ learner, STR("k"), STR("course"), str_of(item), 1, 1, 1000, DAY });
    }
    if (s || !e->learned)
        return s;
    const struct completion_rule rule = { .course = STR("course"), .lessons = STR(",only,"), .lesson_count = 1 };
    s = standings_derive(conn, learner);
    if (s == OK)
        s = lesson_done_put(conn, learner, rule.course, STR("only"), DAY);
    return s ? s : completion_derive(conn, learner, &rule);
}

static void remember(void *context, struct lane_count count)
{
    struct lane_count *counts = context;
    counts[count.place] = count;
}

static void assert_counts(const struct store *s, const char *subject, const struct lane_count expected[UNITS])
{
    struct lane_count counts[UNITS] = { 0 };
    struct lane_counts into = { remember, counts };
    struct db_conn *view = store_view(s);
    if (str_is(str_of(subject), "competence"))
        assert_int_equal(lane_count_competence(view, STR("k"), DAY, into), OK);
    else if (str_is(str_of(subject), "course"))
        assert_int_equal(lane_count_course(view, STR("course"), DAY, into), OK);
    else
        assert_int_equal(lane_count_participation(view, LAST_YEAR, DAY, into), OK);
    db_view_end(view);
    for (int i = 0; i < UNITS; i++)
        if (counts[i].people != expected[i].people || counts[i].assessed != expected[i].assessed ||
            counts[i].reached != expected[i].reached)
            fail_msg("%s, unit %d: %d people, %d assessed, %d reached", subject, i, counts[i].people, counts[i].assessed,
                     counts[i].reached);
}

static void everybody_is_counted_once(void **state)
{
    struct city city;
    store_change(*state, make_city, &city);
    const struct position twice[] = { { TEAM_A, city.clerk, LONG_AGO, 0 }, { TEAM_B, city.clerk, LAST_YEAR, 0 } };
    const struct position in_one_team[] = { { TEAM_A, city.clerk, LONG_AGO, 0 }, { TEAM_A, city.gardener, LAST_YEAR, 0 } };
    const struct position moved[] = { { TEAM_A, city.clerk, LONG_AGO, LAST_YEAR }, { TEAM_B, city.clerk, LAST_YEAR + 1, 0 } };
    const struct position ended[] = { { TEAM_A, city.clerk, LONG_AGO, 0 }, { TEAM_B, city.clerk, LAST_YEAR, DAY - 1 } };
    const struct position to_come[] = { { TEAM_A, city.clerk, LONG_AGO, 0 }, { TEAM_B, city.clerk, DAY + 1, 0 } };
    const struct position gone[] = { { TEAM_A, city.clerk, LONG_AGO, DAY - 1 } };
    struct employment people[] = { { &city, twice, 2, true }, { &city, in_one_team, 2, true }, { &city, moved, 2, false },
                                   { &city, ended, 2, true }, { &city, to_come, 2, false }, { &city, gone, 1, true } };
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        store_change(*state, employ, &people[i]);
    /* A: in_one_team (as a gardener), ended, to_come; B: twice, moved. */
    assert_counts(*state, "participation", (struct lane_count[UNITS]){ { 0 }, { TEAM_A, 3, 3, 2 }, { TEAM_B, 2, 2, 1 } });
    assert_counts(*state, "course", (struct lane_count[UNITS]){ { 0 }, { TEAM_A, 3, 3, 2 }, { TEAM_B, 2, 2, 1 } });
    assert_counts(*state, "competence", (struct lane_count[UNITS]){ { 0 }, { TEAM_A, 2, 1, 1 }, { TEAM_B, 2, 1, 1 } });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(everybody_is_counted_once, store_up, store_down),
    };
    return cmocka_run_group_tests_name("lane", tests, NULL, NULL);
}
