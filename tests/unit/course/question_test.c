/* Questions: which answers are accepted, marking with scores worked out by hand, stored answers, and what documents tell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/sink.h"
#include "course/kind/kind.h"
#include "course/course_fixture.h"
#include "doc/render.h"

static struct fixture fixture;
static struct arena arena;
static struct course *courses[32]; /* of one test */
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

/* ---- questions ---- */

#define HEAD " id=\"q-one\" competence=\"digcomp-3.0:4.1\" level=\"2\""
#define PROMPT "<prompt><p>Was <em>jetzt</em>?</p></prompt>"
#define WHY "<explanation see=\"dort\"><p>Darum.</p></explanation>"
#define KEY(id) "<option id=\"" id "\" correct=\"yes\"><answer>" id "</answer></option>"
#define NOT(id) "<option id=\"" id "\"><answer>" id "</answer></option>"
#define FIVE KEY("a") NOT("b") KEY("c") NOT("d") KEY("e")
#define FIVE_TURNED NOT("d") KEY("e") KEY("c") NOT("b") KEY("a")
#define CHOICE(attributes, options) "<choice" HEAD " " attributes ">" PROMPT options WHY "</choice>"
#define TEXT(rules) "<text" HEAD ">" PROMPT rules "<otherwise><feedback>Lesen Sie nach.</feedback></otherwise>" WHY "</text>"

/* Lives until the test ends. */
static const struct question *question_from(const char *xml)
{
    struct question *const *list = fixture_questions(&fixture, xml, &courses[course_count]);
    course_count++;
    return list[0];
}

static const struct course *its_course(void)
{
    return courses[course_count - 1];
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

static const struct question *choice_form(enum form form)
{
    static const char *const forms[] = {
        [ONE] = CHOICE("answers=\"one\"", NOT("a") KEY("b") NOT("c")),
        [SEVERAL] = CHOICE("answers=\"several\"", FIVE),
        [ALL] = CHOICE("answers=\"several\" scoring=\"all\"", FIVE),
    };
    return question_from(forms[form]);
}

static void marks_choices_as_worked_out(void **state)
{
    (void)state;
    const struct question *forms[] = { choice_form(ONE), choice_form(SEVERAL), choice_form(ALL) };
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        const struct mark_case *c = &MARKS[i];
        const struct question *q = forms[c->form];
        struct given given = given_from(c->given);
        assert_int_equal(question_accepts(q, &given), OK);
        struct marking m = question_mark(q, &given);
        if (m.points != c->points || m.verdict != c->verdict)
            fail_msg("'%s': %d points, verdict %d", c->given, m.points, m.verdict);
    }
}

/* Every subset of options: within 0..1000, the same each time, whatever the order of answers and options. */
static void marking_knows_no_order(void **state)
{
    (void)state;
    static const struct str ids[] = { { "a", 1 }, { "b", 1 }, { "c", 1 }, { "d", 1 }, { "e", 1 } };
    const struct question *q = choice_form(SEVERAL);
    const struct question *other = question_from(CHOICE("answers=\"several\"", FIVE_TURNED));
    for (unsigned subset = 0; subset < 32; subset++) {
        struct str values[5], reversed[5];
        size_t count = 0;
        for (size_t i = 0; i < 5; i++)
            if (subset >> i & 1)
                values[count++] = ids[i];
        for (size_t i = 0; i < count; i++)
            reversed[i] = values[count - 1 - i];
        struct given given = { .values = values, .count = count }, backwards = { .values = reversed, .count = count };
        struct marking m = question_mark(q, &given);
        assert_in_range(m.points, 0, 1000);
        assert_int_equal(question_mark(q, &given).points, m.points);
        assert_int_equal(question_mark(q, &backwards).points, m.points);
        assert_int_equal(question_mark(other, &given).points, m.points);
        assert_int_equal(m.verdict == VERDICT_RIGHT, m.points == 1000);
    }
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
    { "etwas anderes", 0, "Lesen Sie nach." },
};

static const struct question *text_with_rules(void)
{
    return question_from(TEXT(
        "<accept value=\"Service Desk\"/><accept pattern=\"service.?desk\"><feedback>Genau.</feedback></accept>"
        "<reject pattern=\"(.*\\s)?polizei(\\s.*)?\"><feedback>Erst intern.</feedback></reject>"
        "<reject value=\"die Stadtpolizei\"/>"));
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

/* The feedback of the only mark. */
static struct str said_to(const struct question *q, const struct given *given)
{
    struct doc *doc = doc_new(&arena);
    question_result(q, its_course(), 0, given, doc->data);
    const struct doc_node *mark = doc_get(doc->data, STR("marks"))->first;
    assert_non_null(mark);
    assert_null(mark->next);
    const struct doc_node *feedback = doc_get(mark, STR("feedback"));
    return feedback->kind == DOC_HTML ? feedback->text : STR("");
}

static void marks_texts_by_the_first_rule_that_fits(void **state)
{
    (void)state;
    const struct question *q = text_with_rules();
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        const struct text_case *c = &TEXTS[i];
        struct str value = str_of(c->given);
        struct given given = given_of(&value, 1, &arena);
        assert_int_equal(question_accepts(q, &given), OK);
        struct marking m = question_mark(q, &given);
        struct str words = said_to(q, &given);
        if (m.points != c->points || !str_is(words, c->feedback))
            fail_msg("'%s': %d points, feedback '%.*s'", c->given, m.points, STR_ARG(words));
    }
    struct given nothing = given_from(""), dont_know = given_from("?");
    assert_int_equal(question_mark(q, &nothing).verdict, VERDICT_OPEN);
    assert_int_equal(question_mark(q, &dont_know).verdict, VERDICT_WRONG);
}

static void capital_letters_matter_where_the_pack_says_so(void **state)
{
    (void)state;
    const struct question *q =
        question_from("<text" HEAD " case=\"yes\">" PROMPT "<accept value=\"BACS\"/><accept pattern=\"B.A\"/>" WHY "</text>");
    static const struct {
        const char *given;
        int points;
    } cases[] = { { "BACS", 1000 }, { "bacs", 0 }, { "BxA", 1000 }, { "bxa", 0 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct given given = given_from(cases[i].given);
        assert_int_equal(question_mark(q, &given).points, cases[i].points);
    }
}

/* A reject before an accept that would fit as well: order decides. */
static void the_order_of_rules_decides(void **state)
{
    (void)state;
    const struct question *q = question_from(TEXT("<reject pattern=\"nicht .*\"/><accept pattern=\".*melden\"/>"));
    struct str value = STR("nicht melden");
    struct given given = { .values = &value, .count = 1 };
    assert_int_equal(question_mark(q, &given).points, 0);
    value = STR("sofort melden");
    assert_int_equal(question_mark(q, &given).points, 1000);
}

/* What a question says is right is right; any guess is accepted, marked within bounds, and stored without loss. */
static void solutions_are_right_and_guesses_are_answers(void **state)
{
    (void)state;
    const struct question *all[] = { choice_form(ONE), choice_form(SEVERAL), choice_form(ALL), text_with_rules() };
    struct random r = random_of(11, STR("guesses"));
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct given right = question_solve(all[i], &arena);
        assert_int_equal(question_accepts(all[i], &right), OK);
        assert_int_equal(question_mark(all[i], &right).points, 1000);
        for (int round = 0; round < 200; round++) {
            struct given given = question_guess(all[i], &r, &arena);
            assert_int_equal(question_accepts(all[i], &given), OK);
            int points = question_mark(all[i], &given).points;
            struct given back = given_decode(given_encode(&given, &arena), &arena);
            assert_in_range(points, 0, 1000);
            assert_int_equal(question_mark(all[i], &back).points, points);
        }
    }
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
        struct given given = given_from(bad[i].given);
        assert_int_equal(question_accepts(choice_form(bad[i].form), &given), INVALID);
    }
    const struct question *text = text_with_rules();
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
        assert_int_equal(question_accepts(text, &given), texts[i].status);
    }
    struct given two = given_from("zwei Antworten"), both = { .values = two.values, .count = 2, .dont_know = true };
    assert_int_equal(question_accepts(text, &two), INVALID);
    assert_int_equal(question_accepts(text, &both), INVALID);
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
    assert_int_equal(given.count, 1); /* which of them counts is for the reader to say */
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

#define SHOWN(key_a, key_b, why) \
    CHOICE("answers=\"one\"", \
           "<option id=\"a\"" key_a "><answer>Den Link &amp; die Beilage öffnen</answer><feedback>" why "</feedback></option>" \
           "<option id=\"b\"" key_b "><answer>Melden</answer><feedback>Ja.</feedback></option>" NOT("c"))
#define RIGHT " correct=\"yes\""

static const struct question *shown(void)
{
    return question_from(SHOWN("", RIGHT, "Zu spät."));
}

static void describes_without_a_key(void **state)
{
    (void)state;
    struct doc *doc = doc_new(&arena);
    question_describe(shown(), 0, doc->data);
    assert_string_equal(json_of(doc),
                        "{\"id\":\"q-one\",\"kind\":\"choice\",\"lang\":\"de-CH\",\"competence\":\"digcomp-3.0:4.1\","
                        "\"level\":2,\"material\":null,\"setting\":null,\"prompt\":\"Was \\u003cem>jetzt\\u003c/em>?\","
                        "\"options\":["
                        "{\"id\":\"a\",\"answer\":\"Den Link &amp; die Beilage öffnen\"},"
                        "{\"id\":\"b\",\"answer\":\"Melden\"},{\"id\":\"c\",\"answer\":\"c\"}],\"parts\":[],\"several\":false}\n");
}

/* The same document for any key: nothing of it can leak, in whatever words. */
static void forms_do_not_depend_on_the_key(void **state)
{
    (void)state;
    const struct question *q = shown(), *other = question_from(SHOWN(RIGHT, "", "Anders."));
    struct given given = given_from("a");
    for (uint64_t seed = 0; seed < 5; seed++) {
        struct doc *left = doc_new(&arena), *right = doc_new(&arena);
        question_describe(q, seed, doc_put_map(left->data, "question"));
        question_form(q, seed, &given, STR("answer"), STR("q-"), doc_put_map(left->data, "form"));
        question_describe(other, seed, doc_put_map(right->data, "question"));
        question_form(other, seed, &given, STR("answer"), STR("q-"), doc_put_map(right->data, "form"));
        assert_string_equal(json_of(left), json_of(right));
    }
}

static bool flag_of(const struct doc_node *map, const char *key)
{
    const struct doc_node *node = doc_get(map, str_of(key));
    assert_non_null(node);
    return node->flag;
}

static void a_form_shows_what_was_answered(void **state)
{
    (void)state;
    struct given given = given_from("b"), dont_know = given_from("?");
    struct doc *doc = doc_new(&arena);
    question_form(shown(), 0, &given, STR("answer.q-one"), STR("p-"), doc_put_map(doc->data, "choice"));
    question_form(text_with_rules(), 0, &dont_know, STR("answer"), STR("q-"), doc_put_map(doc->data, "unsure"));
    const struct doc_node *choice = doc_get(doc->data, STR("choice")), *unsure = doc_get(doc->data, STR("unsure"));
    const struct doc_node *second = doc_get(choice, STR("options"))->first->next;
    assert_true(flag_of(choice, "is_choice") && !flag_of(choice, "is_text") && !flag_of(choice, "dont_know"));
    assert_true(str_is(doc_get(choice, STR("id"))->text, "p-q-one"));
    assert_true(str_is(doc_get(choice, STR("field"))->text, "answer.q-one"));
    assert_true(str_is(doc_get(choice, STR("part"))->text, "part.q-one."));
    assert_true(str_is(doc_get(second, STR("html_id"))->text, "p-q-one_b") && flag_of(second, "checked"));
    assert_false(flag_of(second->next, "checked"));
    assert_true(flag_of(unsure, "is_text") && flag_of(unsure, "dont_know"));
    assert_true(str_is(doc_get(unsure, STR("value"))->text, ""));
}

static void a_result_tells_everything(void **state)
{
    (void)state;
    const struct question *q = shown();
    struct given given = given_from("a");
    struct doc *doc = doc_new(&arena);
    question_result(q, its_course(), 0, &given, doc->data);
    const char *json = strstr(json_of(doc), "\"points\"");
    assert_non_null(json);
    assert_string_equal(
        json,
        "\"points\":0,\"verdict\":\"wrong\",\"is_open\":false,\"is_wrong\":true,\"is_partly\":false,\"is_right\":false,"
        "\"dont_know\":false,\"answered\":[\"a\"],\"explanation\":\"\\u003cp>Darum.\\u003c/p>\","
        "\"see_url\":\"/courses/kurs/zwei#dort\",\"see_title\":\"Zwei\",\"see_lang\":\"de-CH\",\"marks\":["
        "{\"id\":\"a\",\"label\":null,\"answer\":\"Den Link &amp; die Beilage öffnen\",\"solution\":null,\"feedback\":\"Zu spät.\","
        "\"is_rightly_chosen\":false,\"is_wrongly_chosen\":true,\"is_missed\":false,\"is_rightly_left\":false},"
        "{\"id\":\"b\",\"label\":null,\"answer\":\"Melden\",\"solution\":null,\"feedback\":\"Ja.\","
        "\"is_rightly_chosen\":false,\"is_wrongly_chosen\":false,\"is_missed\":true,\"is_rightly_left\":false},"
        "{\"id\":\"c\",\"label\":null,\"answer\":\"c\",\"solution\":null,\"feedback\":null,"
        "\"is_rightly_chosen\":false,\"is_wrongly_chosen\":false,\"is_missed\":false,\"is_rightly_left\":true}],"
        "\"feedback\":null,\"marked\":null}\n");
}

static void a_seed_draws_one_order_for_all(void **state)
{
    (void)state;
    const struct question *q = choice_form(SEVERAL);
    bool moved = false;
    for (uint64_t seed = 1; seed < 20; seed++) {
        struct doc *doc = doc_new(&arena);
        question_describe(q, seed, doc_put_map(doc->data, "d"));
        question_form(q, seed, NULL, STR("answer"), STR("q-"), doc_put_map(doc->data, "f"));
        const struct doc_node *d = doc_get(doc_get(doc->data, STR("d")), STR("options"))->first;
        const struct doc_node *f = doc_get(doc_get(doc->data, STR("f")), STR("options"))->first;
        unsigned found = 0;
        for (size_t i = 0; i < 5; i++, d = d->next, f = f->next) {
            struct str id = doc_get(d, STR("id"))->text;
            assert_true(str_equal(id, doc_get(f, STR("id"))->text));
            found |= 1u << (id.at[0] - 'a');
            moved |= (size_t)(id.at[0] - 'a') != i;
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
        TEST(capital_letters_matter_where_the_pack_says_so),
        TEST(the_order_of_rules_decides),
        TEST(solutions_are_right_and_guesses_are_answers),
        TEST(refuses_what_cannot_be_an_answer),
        TEST(reads_the_values_of_a_form),
        TEST(stores_an_answer_and_gets_it_back),
        TEST(describes_without_a_key),
        TEST(forms_do_not_depend_on_the_key),
        TEST(a_form_shows_what_was_answered),
        TEST(a_result_tells_everything),
        TEST(a_seed_draws_one_order_for_all),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
