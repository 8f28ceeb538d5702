/* Questions of order: scores worked out by hand, and the order in which the form comes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/kind/sorting_fixture.h"

#define ITEM(id) "<item id=\"" id "\">Schritt <em>" id "</em></item>"
#define ORDER(attributes, items) "<order " WITH_QUESTION attributes ">" ASKED items BECAUSE "</order>"
#define FIVE ITEM("a") ITEM("b") ITEM("c") ITEM("d") ITEM("e")

static void counts_right_successions(void **state)
{
    (void)state;
    static const struct sorted cases[] = {
        { "a|b|c|d|e", 1000, "rrrrr" },
        { "b|c|d|e|a", 750, "wrrrw" }, /* bc cd de: the last stands wrong, the rest only later */
        { "e|a|b|c|d", 750, "wwrrr" },
        { "a|b|d|c|e", 250, "rrwww" }, /* ab */
        { "a|c|b|d|e", 250, "rwwwr" }, /* de */
        { "c|d|a|b|e", 500, "wrwrw" }, /* cd ab */
        { "e|d|c|b|a", 0, "wwwww" },
        { "a|c|e|b|d", 0, "rwwww" },   /* the first is the right one, but nothing follows rightly */
        { "", 0, "mmmmm" },
        { "?", 0, "mmmmm" },
    };
    assert_sorted(question_from(ORDER("", FIVE)), cases, sizeof cases / sizeof *cases);
}

static void all_or_nothing_where_the_pack_says_so(void **state)
{
    (void)state;
    static const struct sorted cases[] = { { "a|b|c|d|e", 1000, "rrrrr" }, { "e|a|b|c|d", 0, "wwrrr" } };
    assert_sorted(question_from(ORDER(" scoring=\"all\"", FIVE)), cases, 2);
}

static void an_answer_has_every_item_once(void **state)
{
    (void)state;
    static const char *const bad[] = { "a", "a|b|c|d", "a|b|c|d|d", "a|b|c|d|x", "a|b|c|d|e|a", "A|b|c|d|e", "a:b|b|c|d|e" };
    assert_refused(question_from(ORDER("", FIVE)), bad, sizeof bad / sizeof *bad);
}

/* Not assert_properties: turned around, an order is another answer. */
static void solves_and_guesses(void **state)
{
    (void)state;
    const struct question *q = question_from(ORDER("", ITEM("a") ITEM("b") ITEM("c")));
    struct random r = random_of(11, STR("guesses"));
    struct given right = question_solve(q, &arena);
    bool seen[1001] = { false };
    assert_int_equal(question_mark(q, &right).verdict, VERDICT_RIGHT);
    for (int round = 0; round < 500; round++) {
        struct given given = question_guess(q, &r, &arena);
        assert_int_equal(question_accepts(q, &given), OK);
        int points = question_mark(q, &given).points;
        struct given back = given_decode(given_encode(&given, &arena), &arena);
        assert_in_range(points, 0, 1000);
        assert_int_equal(question_mark(q, &back).points, points);
        seen[points] = true;
    }
    assert_true(seen[0] && seen[500] && seen[1000]);
}

static struct given order_of_rows(const struct doc_node *list)
{
    struct str *values = ARENA_ARRAY(&arena, GIVEN_MAX_VALUES, struct str);
    size_t count = 0;
    for (const struct doc_node *row = list->first; row; row = row->next)
        values[count++] = text_of(row, "id");
    return (struct given){ .values = values, .count = count };
}

/* "a|b" of values. */
static struct str words_of(const struct given *g)
{
    return str_join(&arena, g->values, g->count, STR("|"));
}

static struct given start_of(const struct question *q, uint64_t seed)
{
    struct doc *doc = doc_new(&arena);
    question_form(q, seed, NULL, STR("answer"), STR("q-"), doc->data);
    return order_of_rows(doc_get(doc->data, STR("rows")));
}

/* For every size and many seeds, the one of practice (0) among them. */
static void the_start_is_worth_nothing_and_no_answer(void **state)
{
    (void)state;
    const struct question *sizes[] = {
        question_from(ORDER("", ITEM("a") ITEM("b") ITEM("c"))),
        question_from(ORDER("", FIVE)),
        question_from(ORDER("", FIVE ITEM("f") ITEM("g") ITEM("h"))),
    };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        bool differ = false;
        struct given first = start_of(sizes[i], 0);
        for (uint64_t seed = 0; seed < 200; seed++) {
            struct given start = start_of(sizes[i], seed), right = question_solve(sizes[i], &arena);
            assert_int_equal(question_accepts(sizes[i], &start), OK);
            assert_int_equal(question_mark(sizes[i], &start).points, 0);
            assert_true(question_is_untouched(sizes[i], seed, &start));
            assert_false(question_is_untouched(sizes[i], seed, &right));
            differ = differ || !str_equal(words_of(&first), words_of(&start));
        }
        assert_true(differ);
    }
}

static void the_form_keeps_the_order_given(void **state)
{
    (void)state;
    const struct question *q = question_from(ORDER("", FIVE));
    struct given given = given_from("c|a|e|b|d"), broken = given_from("c|a");
    struct doc *doc = doc_new(&arena);
    question_form(q, 7, &given, STR("answer"), STR("q-"), doc_put_map(doc->data, "form"));
    question_form(q, 7, &broken, STR("answer"), STR("q-"), doc_put_map(doc->data, "other"));
    const struct doc_node *rows = doc_get(doc_get(doc->data, STR("form")), STR("rows"));
    struct given shown = order_of_rows(rows), start = start_of(q, 7);
    assert_true(str_is(words_of(&shown), "c|a|e|b|d"));
    assert_true(str_is(text_of(rows->first, "html_id"), "q-q_c"));
    assert_true(str_is(text_of(rows->first, "words"), "Schritt c"));
    assert_true(str_is(text_of(rows->first, "answer"), "Schritt <em>c</em>"));
    assert_int_equal(doc_get(rows->last, STR("place"))->number, 5);
    assert_true(doc_get(rows->first, STR("is_first"))->flag && !doc_get(rows->first, STR("is_last"))->flag);
    shown = order_of_rows(doc_get(doc_get(doc->data, STR("other")), STR("rows")));
    assert_true(str_equal(words_of(&shown), words_of(&start))); /* what is no answer leaves the start */
}

static void the_result_shows_the_right_order_where_it_was_not_met(void **state)
{
    (void)state;
    const struct question *q = question_from(ORDER("", FIVE));
    const struct doc_node *result = marked(q, 0, "a|b|d|c|e");
    struct given shown = order_of_rows(get(get(result, "right_order"), "items"));
    assert_true(str_is(words_of(&shown), "a|b|c|d|e"));
    assert_true(str_is(text_of(get(result, "marks")->last, "label"), "5."));
    assert_int_equal(get(marked(q, 0, "a|b|c|d|e"), "right_order")->kind, DOC_NULL);
    result = marked(q, 0, ""); /* nothing was given: the marks themselves stand in the right order */
    shown = order_of_rows(get(result, "marks"));
    assert_true(str_is(words_of(&shown), "a|b|c|d|e"));
    assert_int_equal(get(result, "right_order")->kind, DOC_NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SORTING_TEST(counts_right_successions),
        SORTING_TEST(all_or_nothing_where_the_pack_says_so),
        SORTING_TEST(an_answer_has_every_item_once),
        SORTING_TEST(solves_and_guesses),
        SORTING_TEST(the_start_is_worth_nothing_and_no_answer),
        SORTING_TEST(the_form_keeps_the_order_given),
        SORTING_TEST(the_result_shows_the_right_order_where_it_was_not_met),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
