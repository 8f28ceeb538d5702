/* Tests of evidence: an item counts once, by its latest answer, whatever became of its competence and level meanwhile. */
#include "store/evidence.h"

#include "store_fixture.h"

enum { LEARNER = 7, OTHER_LEARNER = 8 };

struct change {
    int64_t learner;
    const struct evidence *rows;
    size_t count;
};

/* What handing in an attempt does. */
static enum status hand_in(struct db_conn *conn, void *job)
{
    const struct change *change = job;
    enum status s = OK;
    for (size_t i = 0; s == OK && i < change->count; i++)
        s = evidence_add(conn, &change->rows[i]);
    return s ? s : standings_derive(conn, change->learner);
}

static struct evidence row(int64_t attempt, const char *item, const char *competence, int level, int points)
{
    return (struct evidence){
        LEARNER, str_of(competence), STR("course"), str_of(item), level, attempt, points, (int32_t)(20000 + attempt)
    };
}

static void add(const struct store *s, const struct evidence *rows, size_t count)
{
    store_change(s, hand_in, &(struct change){ rows[0].learner, rows, count });
}

/* "competence/level: items, points" of every level with items, joined by "; ". */
static struct str tell(struct store *s, int64_t learner)
{
    struct standing_row *rows;
    size_t count;
    struct str told = STR("");
    struct db_conn *view = store_view(s);
    assert_int_equal(standings_of(view, learner, &s->arena, &rows, &count), OK);
    db_view_end(view);
    for (size_t i = 0; i < count; i++)
        for (int level = 1; level <= COMPETENCE_LEVELS; level++)
            if (rows[i].levels[level].items)
                told = str_format(&s->arena, "%.*s%s%.*s/%d: %d, %d", STR_ARG(told), told.len ? "; " : "",
                                  STR_ARG(rows[i].competence), level, rows[i].levels[level].items,
                                  (int)rows[i].levels[level].points);
    return told;
}

static void assert_told(struct store *s, const char *expected)
{
    assert_string_equal(tell(s, LEARNER).at, expected);
}

static void assert_verified(struct store *s, int64_t standings)
{
    int64_t checked, wrong;
    struct db_conn *view = store_view(s);
    assert_int_equal(standing_count_wrong(view, &checked, &wrong), OK);
    db_view_end(view);
    assert_int_equal(wrong, 0);
    assert_int_equal(checked, standings);
}

static void the_latest_answer_counts(void **state)
{
    add(*state, (struct evidence[]){ row(1, "a", "k1", 2, 0), row(1, "b", "k1", 2, 1000) }, 2);
    add(*state, (struct evidence[]){ row(2, "a", "k1", 2, 500) }, 1);
    assert_told(*state, "k1/2: 2, 1500");
    assert_verified(*state, 1);
}

static void an_item_that_changed_its_level_counts_at_the_new_one(void **state)
{
    add(*state, (struct evidence[]){ row(1, "a", "k1", 3, 1000), row(1, "b", "k1", 3, 1000) }, 2);
    add(*state, (struct evidence[]){ row(2, "a", "k1", 2, 1000) }, 1);
    assert_told(*state, "k1/2: 1, 1000; k1/3: 1, 1000");
    assert_verified(*state, 1);
}

static void an_item_that_changed_its_competence_leaves_the_old_one(void **state)
{
    add(*state, (struct evidence[]){ row(1, "a", "k2", 2, 1000), row(1, "b", "k2", 2, 0) }, 2);
    add(*state, (struct evidence[]){ row(2, "a", "k1", 2, 0) }, 1);
    assert_told(*state, "k1/2: 1, 0; k2/2: 1, 0");
    assert_verified(*state, 2);
}

static void a_competence_without_items_has_no_standing_left(void **state)
{
    add(*state, (struct evidence[]){ row(1, "a", "k2", 2, 1000) }, 1);
    add(*state, (struct evidence[]){ row(2, "a", "k1", 1, 1000) }, 1);
    assert_told(*state, "k1/1: 1, 1000");
    assert_verified(*state, 1);
}

static void the_same_name_in_another_course_is_another_item(void **state)
{
    struct evidence elsewhere = row(2, "a", "k1", 2, 0);
    elsewhere.course = STR("other");
    add(*state, (struct evidence[]){ row(1, "a", "k1", 2, 1000), elsewhere }, 2);
    assert_told(*state, "k1/2: 2, 1000");
}

static void learners_are_told_apart(void **state)
{
    struct evidence other = row(3, "a", "k3", 4, 1000);
    other.learner = OTHER_LEARNER;
    add(*state, (struct evidence[]){ row(1, "a", "k1", 2, 1000), row(1, "b", "k2", 2, 1000) }, 2);
    add(*state, &other, 1);
    assert_string_equal(tell(*state, OTHER_LEARNER).at, "k3/4: 1, 1000");
    assert_verified(*state, 3);
    assert_string_equal(tell(*state, 9).at, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_latest_answer_counts, store_up, store_down),
        cmocka_unit_test_setup_teardown(an_item_that_changed_its_level_counts_at_the_new_one, store_up, store_down),
        cmocka_unit_test_setup_teardown(an_item_that_changed_its_competence_leaves_the_old_one, store_up, store_down),
        cmocka_unit_test_setup_teardown(a_competence_without_items_has_no_standing_left, store_up, store_down),
        cmocka_unit_test_setup_teardown(the_same_name_in_another_course_is_another_item, store_up, store_down),
        cmocka_unit_test_setup_teardown(learners_are_told_apart, store_up, store_down),
    };
    return cmocka_run_group_tests_name("evidence", tests, NULL, NULL);
}
