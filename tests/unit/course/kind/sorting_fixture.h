/* What the tests of order, match and inbox share beyond kind_fixture.h: how every line of a marked answer came out. */
#ifndef SORTING_FIXTURE_H
#define SORTING_FIXTURE_H

#include "course/kind/kind_fixture.h"

/* One letter for the outcome of each mark: r right, w wrong, m missed, - rightly left. */
static inline const char *outcomes_of(const struct question *q, const char *given)
{
    static const char *const keys[] = { "is_rightly_chosen", "is_wrongly_chosen", "is_missed", "is_rightly_left" };
    char letters[GIVEN_MAX_VALUES + 1];
    size_t count = 0;
    for (const struct doc_node *mark = get(marked(q, 3, given), "marks")->first; mark; mark = mark->next)
        for (size_t i = 0; i < 4; i++)
            if (get(mark, keys[i])->flag)
                letters[count++] = "rwm-"[i];
    return str_copy(&arena, (struct str){ letters, count }).at;
}

struct sorted {
    const char *given;
    int points; /* worked out by hand */
    const char *outcomes;
};

static inline void assert_sorted(const struct question *q, const struct sorted *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct given given = given_from(cases[i].given);
        assert_int_equal(question_accepts(q, &given), OK);
        int points = question_mark(q, &given).points;
        const char *outcomes = outcomes_of(q, cases[i].given);
        if (points != cases[i].points || strcmp(outcomes, cases[i].outcomes) != 0)
            fail_msg("'%s': %d points, %s", cases[i].given, points, outcomes);
    }
}

/* Of a node of text or html; "" for null. */
static inline struct str text_of(const struct doc_node *map, const char *key)
{
    const struct doc_node *node = get(map, key);
    return node->kind == DOC_NULL ? STR("") : node->text;
}

/* What is told of a question and its form before it is answered. */
static inline const char *shown_before(const struct question *q, uint64_t seed, const char *given)
{
    struct doc *doc = doc_new(&arena);
    struct given g = given_from(given);
    question_describe(q, seed, doc_put_map(doc->data, "question"));
    question_form(q, seed, &g, STR("answer"), STR("q-"), doc_put_map(doc->data, "form"));
    return json_of(doc);
}

#define SORTING_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

#endif
