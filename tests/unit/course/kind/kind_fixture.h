/* Questions of one kind for tests: made from XML, answered in a word or two, and the properties that all kinds have. */
#ifndef KIND_FIXTURE_H
#define KIND_FIXTURE_H

#include "base/sink.h"
#include "course/kind/kind.h"
#include "course/course_fixture.h"
#include "doc/render.h"

static struct fixture fixture;
static struct arena arena;         /* of one test */
static struct course *courses[16]; /* of one test */
static size_t course_count;

static int open_all(void **state)
{
    (void)state;
    fixture_open(&fixture);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 16 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    while (course_count)
        course_free(courses[--course_count]);
    assert_int_equal(arena_status(&arena), OK);
    arena_release(&arena);
    return 0;
}

#define WITH_QUESTION "id=\"q\" competence=\"digcomp-3.0:4.1\" level=\"2\""
#define ASKED "<prompt><p>Was jetzt?</p></prompt>"
#define BECAUSE "<explanation see=\"dort\"><p>Darum.</p></explanation>"

static inline struct str practice_of(const char *xml)
{
    struct str lesson = str_format(&fixture.arena, "<p id=\"hier\">Hier.</p><practice id=\"ueben\">%s</practice>", xml);
    return fixture_course_xml(&fixture.arena, lesson.at);
}

/* Lives until the test ends. files: what it shows, or NULL. */
static inline const struct question *question_with(const char *xml, const struct pack_files *files)
{
    struct course **course = &courses[course_count++];
    assert_int_equal(fixture_build(&fixture, practice_of(xml), files, course), OK);
    return (*course)->lessons[0].parts[1].questions[0];
}

static inline const struct question *question_from(const char *xml)
{
    return question_with(xml, NULL);
}

/* "a|b" as values, "?" as don't know, "" as nothing. */
static inline struct given given_from(const char *words)
{
    struct str rest = str_of(words), *values = ARENA_ARRAY(&arena, 64, struct str);
    size_t count = 0;
    while (rest.len)
        values[count++] = str_cut(&rest, '|');
    return given_of(values, count, &arena);
}

struct scored {
    const char *given;
    int points; /* worked out by hand */
    enum verdict verdict;
};

static inline void assert_scores(const struct question *q, const struct scored *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct given given = given_from(cases[i].given);
        assert_int_equal(question_accepts(q, &given), OK);
        struct marking m = question_mark(q, &given);
        if (m.points != cases[i].points || m.verdict != cases[i].verdict)
            fail_msg("'%s': %d points, verdict %d", cases[i].given, m.points, m.verdict);
    }
}

static inline void assert_refused(const struct question *q, const char *const *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct given given = given_from(cases[i]);
        if (question_accepts(q, &given) != INVALID)
            fail_msg("'%s' is accepted", cases[i]);
    }
}

/* Stored and turned around, an answer gets the same points; they are between none and all. */
static inline void assert_marked_alike(const struct question *q, const struct given *given)
{
    int points = question_mark(q, given).points;
    struct given back = given_decode(given_encode(given, &arena), &arena);
    struct str *turned = ARENA_ARRAY(&arena, given->count, struct str);
    for (size_t i = 0; i < given->count; i++)
        turned[i] = given->values[given->count - 1 - i];
    struct given backwards = { .values = turned, .count = given->count };
    assert_in_range(points, 0, 1000);
    assert_int_equal(question_mark(q, given).points, points);
    assert_int_equal(question_mark(q, &back).points, points);
    assert_int_equal(question_mark(q, &backwards).points, points);
}

/* What a question says is right is right; any guess is an answer. */
static inline void assert_properties(const struct question *q)
{
    struct random r = random_of(11, STR("guesses"));
    struct given right = question_solve(q, &arena);
    assert_int_equal(question_accepts(q, &right), OK);
    assert_int_equal(question_mark(q, &right).points, 1000);
    for (int round = 0; round < 500; round++) {
        struct given given = question_guess(q, &r, &arena);
        assert_true(given.count > 0);
        assert_int_equal(question_accepts(q, &given), OK);
        assert_marked_alike(q, &given);
    }
}

static inline const char *json_of(const struct doc *doc)
{
    struct buf buf;
    struct buf_sink sink;
    buf_init(&buf, 1 << 20);
    buf_sink_init(&sink, &buf);
    doc_json(doc, &sink.sink);
    assert_int_equal(sink.sink.status, OK);
    struct str text = str_copy(&arena, buf_str(&buf));
    buf_release(&buf);
    return text.at;
}

static inline const struct doc_node *get(const struct doc_node *map, const char *key)
{
    const struct doc_node *node = doc_get(map, str_of(key));
    assert_non_null(node);
    return node;
}

static inline const struct doc_node *described(const struct question *q, uint64_t seed)
{
    struct doc *doc = doc_new(&arena);
    question_describe(q, seed, doc->data);
    assert_null(strstr(json_of(doc), "correct")); /* no key leaves the server */
    return doc->data;
}

static inline const struct doc_node *formed(const struct question *q, uint64_t seed, const char *given)
{
    struct doc *doc = doc_new(&arena);
    struct given g = given_from(given);
    question_form(q, seed, &g, STR("answer"), STR("q-"), doc->view);
    return doc->view;
}

static inline const struct doc_node *marked(const struct question *q, uint64_t seed, const char *given)
{
    struct doc *doc = doc_new(&arena);
    struct given g = given_from(given);
    question_result(q, courses[course_count - 1], seed, &g, doc->data);
    return doc->data;
}

/* The how-manieth mark of a result. */
static inline const struct doc_node *mark_at(const struct doc_node *result, size_t i)
{
    const struct doc_node *mark = get(result, "marks")->first;
    while (mark && i--)
        mark = mark->next;
    assert_non_null(mark);
    return mark;
}

static inline void assert_text(const struct doc_node *map, const char *key, const char *text)
{
    const struct doc_node *node = get(map, key);
    if (!str_is(node->text, text))
        fail_msg("%s is '%.*s'", key, STR_ARG(node->text));
}

static inline void assert_has(struct str text, const char *words)
{
    if (!memmem(text.at, text.len, words, strlen(words)))
        fail_msg("'%s' is not in: %.*s", words, STR_ARG(text));
}

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

#endif
