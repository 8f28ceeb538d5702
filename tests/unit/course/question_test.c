/* Questions: which answers are accepted, marking with scores worked out by hand, stored answers, and what documents tell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/sink.h"
#include "course/course.h"
#include "course/kind.h"
#include "course/pattern.h"
#include "course/random.h"
#include "doc/render.h"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 16 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    assert_int_equal(arena_status(&arena), OK);
    arena_release(&arena);
    return 0;
}

/* ---- questions by hand ---- */

#define HTML(literal) { { literal, sizeof(literal) - 1 } }

/* a, c, e are keys. */
static struct option five[] = {
    { .id = { "a", 1 }, .correct = true },  { .id = { "b", 1 } }, { .id = { "c", 1 }, .correct = true },
    { .id = { "d", 1 } },                   { .id = { "e", 1 }, .correct = true },
};
static struct option three[] = {
    { .id = { "a", 1 } }, { .id = { "b", 1 }, .correct = true }, { .id = { "c", 1 } },
};

static struct question choice_of(const struct option *options, size_t count, bool several, bool all)
{
    struct question q = {
        .kind = kind_find(STR("choice")),
        .id = STR("q-one"),
        .competence = STR("digcomp-3.0:4.1"),
        .level = 2,
        .prompt = HTML("Was <em>jetzt</em>?"),
        .explanation = HTML("<p>Darum.</p>"),
        .options = options,
        .option_count = count,
        .several = several,
        .all_or_nothing = all,
    };
    for (size_t i = 0; i < count; i++)
        q.key_count += options[i].correct;
    return q;
}

static struct question text_of(const struct rule *rules, size_t count)
{
    struct question q = choice_of(NULL, 0, false, false);
    q.kind = kind_find(STR("text"));
    q.rules = rules;
    q.rule_count = count;
    q.otherwise = (struct safe_html)HTML("Lesen Sie nach.");
    return q;
}

/* "a b" as values; "?" as don't know; "" as nothing. */
static struct given given_from(const char *words)
{
    struct str rest = str_of(words), *values = ARENA_ARRAY(&arena, 64, struct str);
    size_t count = 0;
    while (rest.len)
        values[count++] = str_cut(&rest, ' ');
    return given_of(values, count, &arena);
}

/* ---- marking ---- */

enum form { ONE, SEVERAL, ALL };

static const struct mark_case {
    enum form form;
    const char *given;
    int points;
    enum verdict verdict;
} MARKS[] = {
    { ONE, "", 0, VERDICT_OPEN },
    { ONE, "?", 0, VERDICT_WRONG },
    { ONE, "a", 0, VERDICT_WRONG },
    { ONE, "b", 1000, VERDICT_RIGHT },
    { ONE, "c", 0, VERDICT_WRONG },
    { SEVERAL, "", 0, VERDICT_OPEN },
    { SEVERAL, "?", 0, VERDICT_WRONG },
    { SEVERAL, "a", 333, VERDICT_PARTLY },       /* 1/3 */
    { SEVERAL, "a c", 666, VERDICT_PARTLY },     /* 2/3 */
    { SEVERAL, "a c e", 1000, VERDICT_RIGHT },
    { SEVERAL, "a b", 0, VERDICT_WRONG },        /* 1 - 1 */
    { SEVERAL, "b", 0, VERDICT_WRONG },          /* 0 - 1, never below 0 */
    { SEVERAL, "b d", 0, VERDICT_WRONG },
    { SEVERAL, "a c b", 333, VERDICT_PARTLY },   /* (2 - 1)/3 */
    { SEVERAL, "a c e d", 666, VERDICT_PARTLY }, /* (3 - 1)/3 */
    { SEVERAL, "a b c d e", 333, VERDICT_PARTLY }, /* (3 - 2)/3: ticking everything hardly pays */
    { ALL, "a c e", 1000, VERDICT_RIGHT },
    { ALL, "e a c", 1000, VERDICT_RIGHT },
    { ALL, "a c", 0, VERDICT_WRONG },
    { ALL, "a c e d", 0, VERDICT_WRONG },
    { ALL, "", 0, VERDICT_OPEN },
};

static struct question choice_form(enum form form)
{
    return form == ONE ? choice_of(three, 3, false, false) : choice_of(five, 5, true, form == ALL);
}

static void marks_choices_as_worked_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        const struct mark_case *c = &MARKS[i];
        struct question q = choice_form(c->form);
        struct given given = given_from(c->given);
        assert_int_equal(question_accepts(&q, &given), OK);
        struct marking m = question_mark(&q, &given);
        if (m.points != c->points || m.verdict != c->verdict)
            fail_msg("'%s': %d points, verdict %d", c->given, m.points, m.verdict);
    }
}

/* Every subset of options, in a random order: within 0..1000, the same each time, whatever the order of answers and options. */
static void marking_knows_no_order(void **state)
{
    (void)state;
    struct random r = random_of(7, STR("marking"));
    for (unsigned round = 0; round < 2000; round++) {
        struct option turned[5];
        struct str values[5];
        size_t count = 0, shift = (size_t)random_below(&r, 5);
        unsigned subset = (unsigned)random_below(&r, 32);
        for (size_t i = 0; i < 5; i++) {
            turned[(i * 2 + shift) % 5] = five[i];
            if (subset >> i & 1)
                values[count++] = five[i].id;
        }
        bool all = random_below(&r, 2);
        struct question q = choice_of(five, 5, true, all), other = choice_of(turned, 5, true, all);
        struct given given = { .values = values, .count = count };
        struct str reversed[5];
        for (size_t i = 0; i < count; i++)
            reversed[i] = values[count - 1 - i];
        struct given backwards = { .values = reversed, .count = count };
        struct marking m = question_mark(&q, &given);
        assert_in_range(m.points, 0, 1000);
        assert_int_equal(question_mark(&q, &given).points, m.points);
        assert_int_equal(question_mark(&q, &backwards).points, m.points);
        assert_int_equal(question_mark(&other, &given).points, m.points);
        assert_int_equal(m.verdict == VERDICT_RIGHT, m.points == 1000);
    }
}

static const struct pattern *pattern_of(const char *source)
{
    struct str problem;
    size_t offset;
    const struct pattern *p = pattern_compile(str_of(source), &arena, &problem, &offset);
    assert_non_null(p);
    return p;
}

static const struct text_case {
    const char *given;
    int points;
    const char *feedback; /* "": none */
} TEXTS[] = {
    { "Service Desk", 1000, "" },
    { " service \u00A0 desk ", 1000, "" },
    { "ServiceDesk", 1000, "Genau." },        /* by pattern */
    { "service-desk", 1000, "Genau." },
    { "Polizei", 0, "Erst intern." },
    { "Die Polizei rufen", 0, "Erst intern." },
    { "Kantonspolizei", 0, "Lesen Sie nach." }, /* the pattern wants the word */
    { "die Stadtpolizei", 0, "Lesen Sie nach." }, /* rejected without words of its own */
    { "BACS", 1000, "" },
    { "bacs", 0, "Lesen Sie nach." },         /* exact case */
    { "etwas anderes", 0, "Lesen Sie nach." },
};

static struct question text_with_rules(void)
{
    struct rule *rules = ARENA_ARRAY(&arena, 5, struct rule);
    rules[0] = (struct rule){ .value = STR("Service Desk"), .accepts = true };
    rules[1] = (struct rule){ .pattern = pattern_of("service.?desk"), .accepts = true, .feedback = HTML("Genau.") };
    rules[2] = (struct rule){ .pattern = pattern_of("(.*\\s)?polizei(\\s.*)?"), .feedback = HTML("Erst intern.") };
    rules[3] = (struct rule){ .value = STR("die Stadtpolizei") };
    rules[4] = (struct rule){ .value = STR("BACS"), .accepts = true, .exact_case = true };
    return text_of(rules, 5);
}

static const struct course *course_by_hand(void)
{
    static struct lesson lesson = { .id = { "melden", 6 }, .title = { "Melden & schützen", 18 } };
    static struct course course = {
        .id = { "sicher", 6 }, .tag = { "de-CH", 5 }, .lessons = &lesson, .lesson_count = 1,
    };
    return &course;
}

static const char *json_of(const struct doc *doc)
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

static void marks_texts_by_the_first_rule_that_fits(void **state)
{
    (void)state;
    struct question q = text_with_rules();
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        const struct text_case *c = &TEXTS[i];
        struct str value = str_of(c->given);
        struct given given = given_of(&value, 1, &arena);
        assert_int_equal(question_accepts(&q, &given), OK);
        struct marking m = question_mark(&q, &given);
        struct doc *doc = doc_new(&arena);
        question_result(&q, course_by_hand(), 0, &given, doc->data);
        const struct doc_node *feedback = doc_get(doc->data, STR("feedback"));
        struct str words = feedback->kind == DOC_HTML ? feedback->text : STR("");
        if (m.points != c->points || !str_is(words, c->feedback))
            fail_msg("'%s': %d points, feedback '%.*s'", c->given, m.points, STR_ARG(words));
    }
    struct given nothing = given_from(""), dont_know = given_from("?");
    assert_int_equal(question_mark(&q, &nothing).verdict, VERDICT_OPEN);
    assert_int_equal(question_mark(&q, &dont_know).verdict, VERDICT_WRONG);
}

/* A reject before an accept that would fit as well: order decides. */
static void the_order_of_rules_decides(void **state)
{
    (void)state;
    struct rule rules[] = {
        { .pattern = pattern_of("nicht .*") },
        { .pattern = pattern_of(".*melden"), .accepts = true },
    };
    struct question q = text_of(rules, 2);
    struct str value = STR("nicht melden");
    struct given given = { .values = &value, .count = 1 };
    assert_int_equal(question_mark(&q, &given).points, 0);
    value = STR("sofort melden");
    assert_int_equal(question_mark(&q, &given).points, 1000);
}

/* ---- accepting, storing ---- */

static void refuses_what_cannot_be_an_answer(void **state)
{
    (void)state;
    static const struct {
        enum form form;
        const char *given;
    } bad[] = { { ONE, "a b" }, { ONE, "x" }, { ONE, "A" }, { SEVERAL, "a x" }, { SEVERAL, "a a" }, { ALL, "aa" } };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct question q = choice_form(bad[i].form);
        struct given given = given_from(bad[i].given);
        assert_int_equal(question_accepts(&q, &given), INVALID);
    }
    struct question text = text_with_rules();
    char most[GIVEN_MAX_CHARS * 2 + 2];
    for (size_t i = 0; i < sizeof most; i += 2)
        memcpy(most + i, "ü", 2);
    struct {
        struct str value;
        enum status status;
    } texts[] = {
        { { most, GIVEN_MAX_CHARS * 2 }, OK }, { { most, sizeof most }, INVALID }, { STR("zwei\nZeilen"), INVALID },
        { STR("\xFF"), INVALID },              { STR("a\0b"), INVALID },           { STR("tab\tist gut"), OK },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct given given = { .values = &texts[i].value, .count = 1 };
        assert_int_equal(question_accepts(&text, &given), texts[i].status);
    }
    struct given two = given_from("zwei Antworten"), both = { .values = two.values, .count = 2, .dont_know = true };
    assert_int_equal(question_accepts(&text, &two), INVALID);
    assert_int_equal(question_accepts(&text, &both), INVALID);
}

static void reads_the_values_of_a_form(void **state)
{
    (void)state;
    const struct str values[] = { STR(""), STR("a"), STR("  "), STR("c") };
    struct given given = given_of(values, 4, &arena);
    assert_int_equal(given.count, 2);
    assert_true(str_is(given.values[1], "c"));
    const struct str doubtful[] = { STR("a"), STR(" ? ") };
    given = given_of(doubtful, 2, &arena);
    assert_true(given.dont_know);
    assert_int_equal(given.count, 0);
    given = given_of(NULL, 0, &arena);
    assert_int_equal(given.count, 0);
    assert_false(given.dont_know);
}

static void stores_an_answer_and_gets_it_back(void **state)
{
    (void)state;
    static const struct {
        const char *given, *stored;
    } cases[] = { { "", "" }, { "?", "?" }, { "a", "a" }, { "a c e", "a\nc\ne" } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct given given = given_from(cases[i].given);
        struct str stored = given_encode(&given, &arena);
        assert_true(str_is(stored, cases[i].stored));
        struct given back = given_decode(stored, &arena);
        assert_int_equal(back.count, given.count);
        assert_int_equal(back.dont_know, given.dont_know);
        for (size_t k = 0; k < back.count; k++)
            assert_true(str_equal(back.values[k], given.values[k]));
    }
}

/* ---- documents ---- */

static struct question shown(void)
{
    static const struct option options[] = {
        { .id = { "a", 1 }, .answer = HTML("Den Link &amp; die Beilage öffnen"), .feedback = HTML("Zu spät.") },
        { .id = { "b", 1 }, .answer = HTML("Melden"), .feedback = HTML("Ja."), .correct = true },
        { .id = { "c", 1 }, .answer = HTML("Löschen") },
    };
    struct question q = choice_of(options, 3, false, false);
    q.see = STR("so");
    q.see_lesson = STR("melden");
    return q;
}

static void describes_without_a_key(void **state)
{
    (void)state;
    struct question q = shown();
    struct doc *doc = doc_new(&arena);
    question_describe(&q, course_by_hand(), 0, doc->data);
    assert_string_equal(json_of(doc),
                        "{\"id\":\"q-one\",\"kind\":\"choice\",\"lang\":\"de-CH\",\"competence\":\"digcomp-3.0:4.1\","
                        "\"level\":2,\"several\":false,\"material\":null,\"prompt\":\"Was \\u003cem>jetzt\\u003c/em>?\",\"options\":["
                        "{\"id\":\"a\",\"answer\":\"Den Link &amp; die Beilage öffnen\"},"
                        "{\"id\":\"b\",\"answer\":\"Melden\"},{\"id\":\"c\",\"answer\":\"Löschen\"}]}\n");
}

/* The same document for any key: nothing of it can leak, in whatever words. */
static void forms_do_not_depend_on_the_key(void **state)
{
    (void)state;
    struct option moved[3];
    struct question q = shown(), other = q;
    memcpy(moved, q.options, sizeof moved);
    moved[0].correct = true;
    moved[1].correct = false;
    moved[2].feedback = (struct safe_html)HTML("Anders.");
    other.options = moved;
    other.explanation = (struct safe_html)HTML("<p>Anders.</p>");
    struct given given = given_from("a");
    for (uint64_t seed = 0; seed < 5; seed++) {
        struct doc *left = doc_new(&arena), *right = doc_new(&arena);
        question_describe(&q, course_by_hand(), seed, doc_put_map(left->data, "question"));
        question_form(&q, seed, &given, STR("answer"), STR("q-"), doc_put_map(left->data, "form"));
        question_describe(&other, course_by_hand(), seed, doc_put_map(right->data, "question"));
        question_form(&other, seed, &given, STR("answer"), STR("q-"), doc_put_map(right->data, "form"));
        assert_string_equal(json_of(left), json_of(right));
    }
}

static void a_form_shows_what_was_answered(void **state)
{
    (void)state;
    struct question q = shown(), text = text_with_rules();
    struct given given = given_from("b"), dont_know = given_from("?");
    struct doc *doc = doc_new(&arena);
    question_form(&q, 0, &given, STR("answer.q-one"), STR("p-"), doc_put_map(doc->data, "choice"));
    question_form(&text, 0, NULL, STR("answer"), STR("q-"), doc_put_map(doc->data, "empty"));
    question_form(&text, 0, &dont_know, STR("answer"), STR("q-"), doc_put_map(doc->data, "unsure"));
    assert_string_equal(
        json_of(doc),
        "{\"choice\":{\"is_choice\":true,\"is_text\":false,\"id\":\"p-q-one\",\"field\":\"answer.q-one\",\"dont_know\":false,"
        "\"options\":[{\"id\":\"a\",\"answer\":\"Den Link &amp; die Beilage öffnen\",\"html_id\":\"p-q-one_a\",\"checked\":false},"
        "{\"id\":\"b\",\"answer\":\"Melden\",\"html_id\":\"p-q-one_b\",\"checked\":true},"
        "{\"id\":\"c\",\"answer\":\"Löschen\",\"html_id\":\"p-q-one_c\",\"checked\":false}]},"
        "\"empty\":{\"is_choice\":false,\"is_text\":true,\"id\":\"q-q-one\",\"field\":\"answer\",\"dont_know\":false,"
        "\"options\":[],\"value\":\"\",\"max_length\":500},"
        "\"unsure\":{\"is_choice\":false,\"is_text\":true,\"id\":\"q-q-one\",\"field\":\"answer\",\"dont_know\":true,"
        "\"options\":[],\"value\":\"\",\"max_length\":500}}\n");
}

static void a_result_tells_everything(void **state)
{
    (void)state;
    struct question q = shown();
    struct given given = given_from("a");
    struct doc *doc = doc_new(&arena);
    question_result(&q, course_by_hand(), 0, &given, doc->data);
    assert_string_equal(
        json_of(doc),
        "{\"is_choice\":true,\"is_text\":false,\"points\":0,\"verdict\":\"wrong\",\"is_open\":false,\"is_wrong\":true,"
        "\"is_partly\":false,\"is_right\":false,\"dont_know\":false,\"answered\":[\"a\"],\"explanation\":\"\\u003cp>Darum.\\u003c/p>\","
        "\"see_url\":\"/courses/sicher/melden#so\",\"see_title\":\"Melden & schützen\",\"options\":["
        "{\"id\":\"a\",\"answer\":\"Den Link &amp; die Beilage öffnen\",\"chosen\":true,\"correct\":false,\"feedback\":\"Zu spät.\","
        "\"is_rightly_chosen\":false,\"is_wrongly_chosen\":true,\"is_missed\":false,\"is_rightly_left\":false},"
        "{\"id\":\"b\",\"answer\":\"Melden\",\"chosen\":false,\"correct\":true,\"feedback\":\"Ja.\","
        "\"is_rightly_chosen\":false,\"is_wrongly_chosen\":false,\"is_missed\":true,\"is_rightly_left\":false},"
        "{\"id\":\"c\",\"answer\":\"Löschen\",\"chosen\":false,\"correct\":false,\"feedback\":null,"
        "\"is_rightly_chosen\":false,\"is_wrongly_chosen\":false,\"is_missed\":false,\"is_rightly_left\":true}],"
        "\"given\":null,\"solution\":null,\"feedback\":\"Zu spät.\"}\n");
}

static void a_seed_draws_one_order_for_all(void **state)
{
    (void)state;
    struct question q = choice_of(five, 5, true, false);
    bool moved = false;
    for (uint64_t seed = 1; seed < 20; seed++) {
        struct doc *doc = doc_new(&arena);
        question_describe(&q, course_by_hand(), seed, doc_put_map(doc->data, "d"));
        question_form(&q, seed, NULL, STR("answer"), STR("q-"), doc_put_map(doc->data, "f"));
        const struct doc_node *d = doc_get(doc_get(doc->data, STR("d")), STR("options"))->first;
        const struct doc_node *f = doc_get(doc_get(doc->data, STR("f")), STR("options"))->first;
        unsigned found = 0;
        for (size_t i = 0; i < 5; i++, d = d->next, f = f->next) {
            struct str id = doc_get(d, STR("id"))->text;
            assert_true(str_equal(id, doc_get(f, STR("id"))->text));
            found |= 1u << (id.at[0] - 'a');
            moved |= !str_equal(id, five[i].id);
        }
        assert_null(d);
        assert_int_equal(found, 31);
    }
    assert_true(moved);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(marks_choices_as_worked_out),
        TEST(marking_knows_no_order),
        TEST(marks_texts_by_the_first_rule_that_fits),
        TEST(the_order_of_rules_decides),
        TEST(refuses_what_cannot_be_an_answer),
        TEST(reads_the_values_of_a_form),
        TEST(stores_an_answer_and_gets_it_back),
        TEST(describes_without_a_key),
        TEST(forms_do_not_depend_on_the_key),
        TEST(a_form_shows_what_was_answered),
        TEST(a_result_tells_everything),
        TEST(a_seed_draws_one_order_for_all),
    };
    return cmocka_run_group_tests_name("course/question", tests, NULL, NULL);
}
