/* What the tests of order, match and inbox share: questions and answers from a line of text, and what holds of each. */
#ifndef SORTING_FIXTURE_H
#define SORTING_FIXTURE_H

#include "base/sink.h"
#include "course/kind.h"
#include "course_fixture.h"
#include "doc/render.h"

#define HEAD " id=\"q-one\" competence=\"digcomp-3.0:4.1\" level=\"2\""
#define PROMPT "<prompt><p>Was <em>jetzt</em>?</p></prompt>"
#define WHY "<explanation see=\"dort\"><p>Darum.</p></explanation>"

struct kind_fixture {
    struct fixture fixture;
    struct arena arena;          /* of one test */
    struct course *courses[32]; /* of one test */
    size_t course_count;
};

static struct kind_fixture x;

static inline int open_all(void **state)
{
    (void)state;
    fixture_open(&x.fixture);
    return 0;
}

static inline int close_all(void **state)
{
    (void)state;
    fixture_close(&x.fixture);
    return 0;
}

static inline int set_up(void **state)
{
    (void)state;
    arena_init(&x.arena, 64 << 20);
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    while (x.course_count)
        course_free(x.courses[--x.course_count]);
    assert_int_equal(arena_status(&x.arena), OK);
    arena_release(&x.arena);
    return 0;
}

#define KIND_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

/* Lives until the test ends. */
static inline const struct question *question_from(const char *xml)
{
    struct question *const *list = fixture_questions(&x.fixture, xml, &x.courses[x.course_count]);
    x.course_count++;
    return list[0];
}

static inline const struct course *its_course(void)
{
    return x.courses[x.course_count - 1];
}

/* "a b" as values; "?" as don't know; "" as nothing. */
static inline struct given given_from(const char *words)
{
    struct str rest = str_of(words), *values = ARENA_ARRAY(&x.arena, 64, struct str);
    size_t count = 0;
    while (rest.len)
        values[count++] = str_cut(&rest, ' ');
    return given_of(values, count, &x.arena);
}

/* "a b" of values. */
static inline struct str words_of(const struct given *g)
{
    return str_join(&x.arena, g->values, g->count, STR(" "));
}

static inline const char *json_of(const struct doc *doc)
{
    struct buf buf;
    struct buf_sink sink;
    buf_init(&buf, 1 << 20);
    buf_sink_init(&sink, &buf);
    doc_json(doc, &sink.sink);
    assert_int_equal(sink.sink.status, OK);
    struct str text = str_copy(&x.arena, buf_str(&buf));
    buf_release(&buf);
    return text.at;
}

/* What is told of a question and its form before it is answered, as text. */
static inline const char *shown_before(const struct question *q, uint64_t seed, const struct given *given)
{
    struct doc *doc = doc_new(&x.arena);
    question_describe(q, seed, doc_put_map(doc->data, "question"));
    question_form(q, seed, given, STR("answer"), STR("q-"), doc_put_map(doc->data, "form"));
    return json_of(doc);
}

static inline const struct doc_node *result_of(const struct question *q, const struct given *given)
{
    struct doc *doc = doc_new(&x.arena);
    question_result(q, its_course(), 3, given, doc->data);
    (void)json_of(doc);
    return doc->data;
}

/* One letter for the outcome of each mark: r right, w wrong, m missed, - rightly left. */
static inline const char *outcomes_of(const struct question *q, const struct given *given)
{
    static const char *const keys[] = { "is_rightly_chosen", "is_wrongly_chosen", "is_missed", "is_rightly_left" };
    char letters[GIVEN_MAX_VALUES + 1];
    size_t count = 0;
    for (const struct doc_node *mark = doc_get(result_of(q, given), STR("marks"))->first; mark; mark = mark->next)
        for (size_t i = 0; i < 4; i++)
            if (doc_get(mark, str_of(keys[i]))->flag)
                letters[count++] = "rwm-"[i];
    return str_copy(&x.arena, (struct str){ letters, count }).at;
}

/* Of a node of text or html; "" for null. */
static inline struct str text_of(const struct doc_node *map, const char *key)
{
    const struct doc_node *node = doc_get(map, str_of(key));
    assert_non_null(node);
    return node->kind == DOC_NULL ? STR("") : node->text;
}

struct score {
    const char *given;
    int points;
    const char *outcomes;
};

static inline void assert_scores(const struct question *q, const struct score *scores, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct given given = given_from(scores[i].given);
        assert_int_equal(question_accepts(q, &given), OK);
        int points = question_mark(q, &given).points;
        const char *outcomes = outcomes_of(q, &given);
        if (points != scores[i].points || strcmp(outcomes, scores[i].outcomes) != 0)
            fail_msg("'%s': %d points, %s", scores[i].given, points, outcomes);
    }
}

static inline void assert_refused(const struct question *q, const char *const *answers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct given given = given_from(answers[i]);
        if (question_accepts(q, &given) != INVALID)
            fail_msg("'%s' was accepted", answers[i]);
    }
}

/* The solution is right; 500 guesses are accepted, marked within bounds, and marked the same once stored and read. */
static inline void assert_solved_and_guessed(const struct question *q)
{
    struct random r = random_of(11, STR("guesses"));
    struct given right = question_solve(q, &x.arena);
    assert_int_equal(question_accepts(q, &right), OK);
    assert_int_equal(question_mark(q, &right).verdict, VERDICT_RIGHT);
    bool seen[1001] = { false };
    for (int round = 0; round < 500; round++) {
        struct given given = question_guess(q, &r, &x.arena);
        assert_false(given_is_empty(&given));
        assert_int_equal(question_accepts(q, &given), OK);
        struct marking m = question_mark(q, &given);
        assert_in_range(m.points, 0, 1000);
        assert_int_equal(m.verdict == VERDICT_RIGHT, m.points == 1000);
        struct given back = given_decode(given_encode(&given, &x.arena), &x.arena);
        assert_int_equal(question_mark(q, &back).points, m.points);
        seen[m.points] = true;
    }
    assert_true(seen[0] && seen[1000]);
}

/* Answers in parts are a set: backwards they are worth the same. */
static inline void assert_order_of_parts_is_nothing(const struct question *q)
{
    struct random r = random_of(12, STR("backwards"));
    for (int round = 0; round < 100; round++) {
        struct given given = question_guess(q, &r, &x.arena);
        struct str *values = ARENA_ARRAY(&x.arena, given.count, struct str);
        for (size_t i = 0; i < given.count; i++)
            values[i] = given.values[given.count - 1 - i];
        struct given backwards = { .values = values, .count = given.count };
        assert_int_equal(question_accepts(q, &backwards), OK);
        assert_int_equal(question_mark(q, &backwards).points, question_mark(q, &given).points);
    }
}

#endif
