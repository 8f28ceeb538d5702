/* disclosure: the worked examples of docs/disclosure.md by their numbers; words; every small group there can be;
 * and on random organisations, that everybody is counted once, in a group that is large enough. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "random_city.h"

enum { K = 5 };
static const uint32_t HALF = 1u << 31;

struct bench {
    struct arena arena;
    uint32_t theta;
};

static int set_up(void **state)
{
    static struct bench bench;
    bench = (struct bench){ .theta = HALF };
    arena_init(&bench.arena, CITY_ARENA);
    *state = &bench;
    return 0;
}

static int tear_down(void **state)
{
    arena_release(&((struct bench *)*state)->arena);
    return 0;
}

static struct disclosure_result protect(struct bench *b, const struct disclosure_unit *units, int count)
{
    struct disclosure_result result;
    arena_reset(&b->arena);
    assert_int_equal(
        disclosure_protect(units, count, K, (struct disclosure_theta){ theta_fixed, &b->theta }, &b->arena, &result),
        OK);
    return result;
}

/* ---------- worked examples ---------- */

static void small_teams_and_direct_staff_form_a_rest_group(void **state)
{
    enum { X, A, B, C, D };
    static const struct disclosure_unit units[] = {
        [X] = { -1, 2, 2, 1 }, [A] = { X, 12, 10, 9 }, [B] = { X, 7, 7, 0 }, [C] = { X, 3, 3, 3 }, [D] = { X, 1, 1, 1 },
    };
    struct disclosure_result r = protect(*state, units, 5);
    assert_true(r.published);
    assert_int_equal(r.group_count, 3);
    const struct disclosure_group *rest = &r.groups[r.cells[X].rest_group];
    assert_int_equal(rest->home, X);
    assert_int_equal(rest->people, 6);
    assert_int_equal(rest->assessed, 6);
    assert_int_equal(rest->reached, 5);
    assert_int_equal(r.cells[X].people, 25);
    assert_int_equal(r.cells[X].groups, 3);
    assert_int_equal(r.cells[X].m, 0);
    assert_int_equal(r.cells[A].people, 12);
    assert_int_equal(r.cells[A].m, 5);
    assert_int_equal(r.cells[A].rest_group, -1);
    assert_int_equal(r.cells[B].people, 7);
    for (int u = C; u <= D; u++) {
        assert_false(r.cells[u].own);
        assert_int_equal(r.cells[u].counted_in, X);
        assert_int_equal(r.cells[u].people, 0);
    }
    for (int u = X; u <= B; u++)
        assert_int_equal(r.cells[u].included.of, -1);
}

static void a_small_rest_is_attached_to_the_largest_group(void **state)
{
    enum { X, A, B };
    static const struct disclosure_unit units[] = {
        [X] = { -1, 2, 2, 2 }, [A] = { X, 12, 9, 6 }, [B] = { X, 7, 5, 3 }
    };
    struct disclosure_result r = protect(*state, units, 3);
    assert_int_equal(r.group_count, 2);
    assert_int_equal(r.cells[A].people, 14);
    assert_int_equal(r.groups[0].reached, 8);
    assert_int_equal(r.groups[0].included.of, X);
    assert_int_equal(r.cells[A].included.of, X);
    assert_int_equal(r.cells[A].included.people, 2);
    assert_int_equal(r.cells[B].people, 7);
    assert_int_equal(r.cells[B].included.of, -1);
    assert_int_equal(r.cells[X].people, 21);
    assert_int_equal(r.cells[X].included.of, -1);
    assert_int_equal(r.cells[X].rest_group, -1);
}

static void an_only_child_shows_the_same_as_its_parent(void **state)
{
    for (int direct = 0; direct <= 1; direct++) {
        const struct disclosure_unit units[] = { { -1, direct, direct, 0 }, { 0, 9, 8, 4 } };
        struct disclosure_result r = protect(*state, units, 2);
        assert_int_equal(r.group_count, 1);
        assert_int_equal(r.groups[0].people, 9 + direct);
        for (int u = 0; u < 2; u++) {
            assert_int_equal(r.cells[u].people, 9 + direct);
            assert_int_equal(r.cells[u].groups, 1);
            assert_int_equal(r.cells[u].m, 4);
            assert_int_equal(r.cells[u].shown_reached, r.groups[0].shown_reached);
            assert_int_equal(r.cells[u].rest_group, -1);
        }
        assert_int_equal(r.cells[1].included.of, direct ? 0 : -1);
        assert_int_equal(r.cells[1].included.people, direct);
    }
}

/* X 1 and Y 2 both go to T; the unit between carries the label of X alone, T that of both. */
static void several_rests_share_one_label(void **state)
{
    enum { X, Y, T, SMALL };
    static const struct disclosure_unit units[] = {
        [X] = { -1, 1, 1, 1 }, [Y] = { X, 2, 2, 0 }, [T] = { Y, 9, 9, 9 }, [SMALL] = { Y, 1, 0, 0 },
    };
    struct disclosure_result r = protect(*state, units, 4);
    assert_int_equal(r.group_count, 1);
    assert_int_equal(r.groups[0].people, 13);
    assert_int_equal(r.cells[T].included.of, X);
    assert_int_equal(r.cells[T].included.people, 4);
    assert_int_equal(r.cells[Y].included.of, X);
    assert_int_equal(r.cells[Y].included.people, 1);
    assert_int_equal(r.cells[SMALL].counted_in, T);
}

static void of_two_equal_groups_the_first_takes_the_rest(void **state)
{
    static const struct disclosure_unit units[] = { { -1, 1, 0, 0 }, { 0, 7, 0, 0 }, { 0, 7, 0, 0 }, { 0, 0, 0, 0 } };
    struct disclosure_result r = protect(*state, units, 4);
    assert_int_equal(r.cells[1].people, 8);
    assert_int_equal(r.cells[2].people, 7);
    assert_int_equal(r.cells[3].counted_in, 1);
}

static void a_unit_without_people_points_upwards(void **state)
{
    static const struct disclosure_unit units[] = { { -1, 0, 0, 0 }, { 0, 7, 0, 0 }, { 0, 0, 0, 0 } };
    struct disclosure_result r = protect(*state, units, 3);
    assert_false(r.cells[2].own);
    assert_int_equal(r.cells[2].counted_in, 0);
}

static void fewer_than_k_people_publish_nothing(void **state)
{
    static const struct disclosure_unit units[] = { { -1, 1, 1, 1 }, { 0, 3, 3, 3 } };
    struct disclosure_result r = protect(*state, units, 2);
    assert_false(r.published);
    assert_int_equal(r.group_count, 0);
    for (int u = 0; u < 2; u++) {
        assert_false(r.cells[u].own);
        assert_int_equal(r.cells[u].counted_in, -1);
    }
}

static void steps_grow_with_the_group(void **state)
{
    (void)state;
    static const struct {
        int people, m;
    } cases[] = { { 5, 2 },   { 7, 3 },   { 8, 3 },    { 9, 4 },    { 10, 4 },   { 11, 5 },   { 17, 8 },    { 21, 10 },
                  { 31, 15 }, { 41, 20 }, { 100, 25 }, { 101, 50 }, { 200, 50 }, { 201, 100 }, { 5000, 100 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(disclosure_steps(cases[i].people), cases[i].m);
    for (int n = K; n < 1000; n++)
        assert_true(n > 2 * disclosure_steps(n));
}

static void errors_are_carried_along(void **state)
{
    static const struct disclosure_unit units[] = {
        { -1, 0, 0, 0 }, { 0, 8, 8, 3 }, { 0, 10, 10, 6 }, { 0, 20, 20, 20 }
    };
    static const int64_t want[] = { 1600, 4500, 12000 };
    static const struct disclosure_share words[] = { { 33, 0 }, { 75, 0 }, { 87, 1 } };
    struct disclosure_result r = protect(*state, units, 4);
    for (int i = 0; i < 3; i++) {
        const struct disclosure_cell *c = &r.cells[i + 1];
        assert_int_equal(c->shown_reached, want[i]);
        assert_int_equal(c->shown_assessed, (int64_t)c->people * AMOUNT);
        struct disclosure_share share = disclosure_wording(c->shown_reached, c->people, c->m);
        assert_int_equal(share.percent, words[i].percent);
        assert_int_equal(share.edge, words[i].edge);
    }
    assert_int_equal(r.cells[0].shown_reached, 18100);
    assert_int_equal(r.cells[0].people, 38);
    struct disclosure_share sum = disclosure_wording(r.cells[0].shown_reached, 38, r.cells[0].m);
    assert_int_equal(sum.percent, 79);
    assert_int_equal(sum.edge, 0);
}

/* Reached and assessed use one theta but each carries its own error: in the last group 4 of 8 go up for one and
 * down for the other. */
static void reached_and_assessed_carry_their_own_errors(void **state)
{
    struct bench *b = *state;
    b->theta = 1; /* up wherever there is anything above the step */
    static const struct disclosure_unit units[] = { { -1, 0, 0, 0 }, { 0, 8, 3, 3 }, { 0, 8, 4, 0 }, { 0, 8, 4, 4 } };
    struct disclosure_result r = protect(b, units, 4);
    static const int64_t assessed[] = { 3200, 1600, 3200 }, reached[] = { 3200, 0, 1600 };
    for (int i = 0; i < 3; i++) {
        assert_int_equal(r.groups[i].shown_assessed, assessed[i]);
        assert_int_equal(r.groups[i].shown_reached, reached[i]);
    }
}

static void nothing_is_certain_at_the_edges(void **state)
{
    static const struct {
        int people, reached;
        struct disclosure_share want;
    } cases[] = { { 5, 5, { 50, 1 } }, { 8, 0, { 33, -1 } } };
    for (size_t i = 0; i < 2; i++) {
        const struct disclosure_unit unit = { -1, cases[i].people, cases[i].people, cases[i].reached };
        struct disclosure_result r = protect(*state, &unit, 1);
        struct disclosure_share share = disclosure_wording(r.cells[0].shown_reached, unit.people, r.cells[0].m);
        assert_int_equal(share.percent, cases[i].want.percent);
        assert_int_equal(share.edge, cases[i].want.edge);
    }
}

/* ---------- words ---------- */

static void words_are_never_untrue(void **state)
{
    (void)state;
    for (int n = K; n < 1000; n++) {
        int m = disclosure_steps(n);
        struct disclosure_share low = disclosure_wording(0, n, m), high = disclosure_wording((int64_t)n * AMOUNT, n, m);
        assert_true(low.edge == -1 && high.edge == 1 && low.percent + high.percent == 100);
        for (int r = 0; r < n; r++) {
            if (r * m < n) /* a count that 0 steps may stand for, and its mirror image */
                assert_true(r * 100 < low.percent * n && (n - r) * 100 > high.percent * n);
        }
        for (int step = 1; step < m; step++) {
            struct disclosure_share share = disclosure_wording((int64_t)n * AMOUNT / m * step, n, m);
            assert_int_equal(share.edge, 0);
            assert_in_range(share.percent, 1, 99);
        }
    }
}

static void sums_never_say_none_or_all(void **state)
{
    (void)state;
    static const struct {
        int64_t shown;
        int people, percent;
    } cases[] = { { 0, 16, 1 },     { 9600, 16, 99 }, { 0, 30000, 1 }, { 29990 * AMOUNT, 30000, 99 },
                  { 1500, 10, 25 }, { 900, 12, 13 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct disclosure_share share = disclosure_wording(cases[i].shown, cases[i].people, 0);
        assert_int_equal(share.percent, cases[i].percent);
        assert_int_equal(share.edge, 0);
    }
}

/* ---------- every group of 5 to 69 people ---------- */

struct interval {
    int low, high;
};

/* Whole persons strictly between shown - step and shown + step, within 0..people. */
static struct interval derivable(int64_t shown, int64_t step, int people)
{
    struct interval i = { .low = people, .high = 0 };
    for (int r = 0; r <= people; r++) {
        if ((int64_t)r * AMOUNT > shown - step && (int64_t)r * AMOUNT < shown + step) {
            i.low = r < i.low ? r : i.low;
            i.high = r > i.high ? r : i.high;
        }
    }
    return i;
}

static void assert_undisclosed(struct interval i, int people)
{
    assert_true(i.high - i.low + 1 >= 3);
    assert_true(i.high >= 2 && i.low <= people - 2);
}

/* What a reader of both values knows about reached, assessed, assessed but not reached, and not assessed. */
static void examine_pair(int people, int64_t step, int64_t shown_reached, int64_t shown_assessed)
{
    struct interval r = derivable(shown_reached, step, people), a = derivable(shown_assessed, step, people);
    struct interval open = { .low = people, .high = 0 }, reached = open, assessed = open;
    for (int i = a.low; i <= a.high; i++) {
        for (int j = r.low; j <= r.high && j <= i; j++) {
            open.low = i - j < open.low ? i - j : open.low;
            open.high = i - j > open.high ? i - j : open.high;
            reached.low = j < reached.low ? j : reached.low;
            reached.high = j > reached.high ? j : reached.high;
            assessed.low = i < assessed.low ? i : assessed.low;
            assessed.high = i > assessed.high ? i : assessed.high;
        }
    }
    assert_undisclosed(reached, people);
    assert_undisclosed(assessed, people);
    assert_undisclosed(open, people);
    assert_undisclosed((struct interval){ people - assessed.high, people - assessed.low }, people);
}

static void no_pair_of_values_discloses_anything(void **state)
{
    (void)state;
    int pairs = 0;
    for (int n = K; n < 70; n++) {
        int m = disclosure_steps(n);
        int64_t step = (int64_t)n * AMOUNT / m;
        for (int a = 0; a <= m; a++) {
            for (int r = 0; r <= a; r++, pairs++)
                examine_pair(n, step, r * step, a * step);
        }
    }
    assert_int_equal(pairs, 11395);
}

static void every_count_lies_within_its_interval(void **state)
{
    struct bench *b = *state;
    static const uint32_t thetas[] = { 1, 1u << 30, 1u << 31, 3u << 30, UINT32_MAX };
    for (size_t t = 0; t < sizeof thetas / sizeof *thetas; t++) {
        b->theta = thetas[t];
        for (int n = K; n < 70; n++) {
            for (int a = 0; a <= n; a++) {
                for (int reached = 0; reached <= a; reached++) {
                    const struct disclosure_unit unit = { -1, n, a, reached };
                    const struct disclosure_group *g = protect(b, &unit, 1).groups;
                    int64_t step = (int64_t)n * AMOUNT / g->m;
                    assert_true(g->shown_reached <= g->shown_assessed && g->shown_reached % step == 0);
                    struct interval r = derivable(g->shown_reached, step, n), s = derivable(g->shown_assessed, step, n);
                    assert_true(r.low <= reached && reached <= r.high && s.low <= a && a <= s.high);
                }
            }
        }
    }
}

/* ---------- random organisations ---------- */

static void examine_shown(const struct disclosure_group *g)
{
    int64_t step = (int64_t)g->people * AMOUNT / g->m;
    int64_t reached = (int64_t)g->reached * AMOUNT, assessed = (int64_t)g->assessed * AMOUNT;
    assert_true(g->shown_reached % step == 0 && g->shown_assessed % step == 0);
    assert_true(g->shown_reached > reached - step && g->shown_reached < reached + step);
    assert_true(g->shown_assessed > assessed - step && g->shown_assessed < assessed + step);
    assert_true(0 <= g->shown_reached && g->shown_reached <= g->shown_assessed);
    assert_true(g->shown_assessed <= (int64_t)g->people * AMOUNT);
}

static void examine_groups(const struct city *c, const struct city_opinion *o, const struct disclosure_result *r)
{
    int people = 0;
    for (int i = 0; i < r->group_count; i++) {
        const struct disclosure_group *g = &r->groups[i];
        struct disclosure_unit sum = { 0 };
        for (int u = 0; u < c->count; u++) {
            if (c->units[u].people && o->counted[u] == g->home) {
                sum.people += c->units[u].people;
                sum.assessed += c->units[u].assessed;
                sum.reached += c->units[u].reached;
            }
        }
        assert_true(g->people >= K && g->people == sum.people && g->assessed == sum.assessed &&
                    g->reached == sum.reached);
        assert_true(i == 0 || r->groups[i - 1].home < g->home);
        examine_shown(g);
        people += g->people;
    }
    assert_int_equal(people, city_total(c, 0));
}

/* The cell of a unit is the union of the groups at home in it: all its people, and those its label names. */
static void examine_own_cell(const struct city *c, const struct city_opinion *o, const struct disclosure_result *r,
                             int u)
{
    const struct disclosure_cell *cell = &r->cells[u];
    struct disclosure_cell sum = { 0 };
    for (int i = 0; i < r->group_count; i++) {
        if (city_is_below(c, r->groups[i].home, u)) {
            sum.people += r->groups[i].people;
            sum.shown_reached += r->groups[i].shown_reached;
            sum.shown_assessed += r->groups[i].shown_assessed;
            sum.groups++;
        }
    }
    assert_true(cell->people == sum.people && cell->groups == sum.groups);
    assert_true(cell->shown_reached == sum.shown_reached && cell->shown_assessed == sum.shown_assessed);
    int outside = 0, topmost = -1;
    for (int v = 0; v < c->count; v++) {
        bool counted_here = c->units[v].people && city_is_below(c, o->counted[v], u);
        if (city_is_below(c, v, u)) {
            assert_true(counted_here || !c->units[v].people);
        } else if (counted_here) {
            outside += c->units[v].people;
            topmost = topmost < 0 || o->home[v] < topmost ? o->home[v] : topmost;
        }
    }
    assert_int_equal(cell->included.people, outside);
    assert_int_equal(cell->included.of, topmost);
    assert_int_equal(cell->people, city_total(c, u) + outside);
    assert_int_equal(cell->m, cell->groups == 1 ? disclosure_steps(cell->people) : 0);
}

static void examine_city(const struct city *c, const struct disclosure_result *r)
{
    struct city_opinion opinion;
    city_judge(c, K, &opinion);
    examine_groups(c, &opinion, r);
    for (int u = 0; u < c->count; u++) {
        const struct disclosure_cell *cell = &r->cells[u];
        assert_int_equal(cell->own, city_has_own(c, u, K));
        if (cell->own)
            examine_own_cell(c, &opinion, r, u);
        else if (city_total(c, u) > 0)
            assert_int_equal(cell->counted_in, opinion.counted[u]);
        if (cell->rest_group >= 0)
            assert_true(cell->own && cell->groups > 1 && r->groups[cell->rest_group].home == u);
    }
}

static void random_cities_count_everybody_once(void **state)
{
    struct bench *b = *state;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        struct city c;
        struct disclosure_result r;
        city_make(&c, seed, (enum city_mood)(seed % MOOD_COUNT));
        arena_reset(&b->arena);
        assert_int_equal(
            disclosure_protect(c.units, c.count, K, (struct disclosure_theta){ theta_of_seed, &seed }, &b->arena, &r),
            OK);
        assert_int_equal(r.published, city_total(&c, 0) >= K);
        if (r.published)
            examine_city(&c, &r);
    }
}

static void an_exhausted_arena_is_reported(void **state)
{
    struct bench *b = *state;
    static const struct disclosure_unit units[] = { { -1, 9, 9, 9 } };
    struct arena tight;
    struct disclosure_result r;
    arena_init(&tight, 64);
    assert_int_equal(disclosure_protect(units, 1, K, (struct disclosure_theta){ theta_fixed, &b->theta }, &tight, &r),
                     NO_MEMORY);
    assert_false(r.published);
    arena_release(&tight);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(small_teams_and_direct_staff_form_a_rest_group, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_small_rest_is_attached_to_the_largest_group, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_only_child_shows_the_same_as_its_parent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(several_rests_share_one_label, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_two_equal_groups_the_first_takes_the_rest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_unit_without_people_points_upwards, set_up, tear_down),
        cmocka_unit_test_setup_teardown(fewer_than_k_people_publish_nothing, set_up, tear_down),
        cmocka_unit_test(steps_grow_with_the_group),
        cmocka_unit_test_setup_teardown(errors_are_carried_along, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reached_and_assessed_carry_their_own_errors, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_certain_at_the_edges, set_up, tear_down),
        cmocka_unit_test(words_are_never_untrue),
        cmocka_unit_test(sums_never_say_none_or_all),
        cmocka_unit_test(no_pair_of_values_discloses_anything),
        cmocka_unit_test_setup_teardown(every_count_lies_within_its_interval, set_up, tear_down),
        cmocka_unit_test_setup_teardown(random_cities_count_everybody_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_exhausted_arena_is_reported, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
