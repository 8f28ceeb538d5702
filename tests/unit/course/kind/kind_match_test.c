/* Questions of pairs: scores worked out by hand, and that nothing tells what belongs together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/kind/sorting_fixture.h"

#define PAIR(id, right) "<pair id=\"" id "\"><left>Links <em>" id "</em></left><right>" right "</right><feedback>Zu " id ".</feedback></pair>"
#define SPARES "<spare id=\"y\">Ypsilon</spare><spare id=\"z\">Zett</spare>"
#define MATCH(attributes, pairs) "<match " WITH_QUESTION attributes ">" ASKED pairs BECAUSE "</match>"
#define THREE PAIR("a", "Ah") PAIR("b", "Beh &amp; so") PAIR("c", "Zeh")

/* The token under which the form offers a right text. */
static struct str token(const struct question *q, const char *words)
{
    struct doc *doc = doc_new(&arena);
    question_form(q, 5, NULL, STR("answer"), STR("q-"), doc->data);
    const struct doc_node *option = doc_get(doc_get(doc->data, STR("rows"))->first, STR("options"))->first;
    while (option && !str_is(text_of(option, "words"), words))
        option = option->next;
    assert_non_null(option);
    return text_of(option, "id");
}

/* "a=Ah c=Zeh" as an answer with the tokens of those words. */
static const char *answer(const struct question *q, const char *pairs)
{
    struct str rest = str_of(pairs), line = STR("");
    while (rest.len) {
        struct str words = str_cut(&rest, ' '), left = str_cut(&words, '=');
        line = str_format(&arena, "%.*s%s%.*s:%.*s", STR_ARG(line), line.len ? "|" : "", STR_ARG(left),
                          STR_ARG(token(q, str_copy(&arena, words).at)));
    }
    return str_copy(&arena, line).at;
}

static void counts_right_pairs(void **state)
{
    (void)state;
    static const struct sorted cases[] = {
        { "a=Ah b=Bee c=Zeh", 1000, "rrr" },
        { "c=Zeh a=Ah b=Bee", 1000, "rrr" },
        { "a=Ah b=Zeh c=Bee", 333, "rww" },
        { "a=Ah b=Ah c=Ah", 333, "rww" }, /* the same for all is allowed, and worth what is right */
        { "a=Ah", 333, "rmm" },
        { "b=Bee c=Zeh", 666, "mrr" },
        { "a=Ypsilon b=Zett", 0, "wwm" },
        { "", 0, "mmm" },
    };
    const struct question *q = question_from(MATCH("", PAIR("a", "Ah") PAIR("b", "Bee") PAIR("c", "Zeh") SPARES));
    const struct question *all =
        question_from(MATCH(" scoring=\"all\"", PAIR("a", "Ah") PAIR("b", "Bee") PAIR("c", "Zeh") SPARES));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sorted one = { answer(q, cases[i].given), cases[i].points, cases[i].outcomes };
        assert_sorted(q, &one, 1);
        one.points = cases[i].points == 1000 ? 1000 : 0;
        assert_sorted(all, &one, 1);
    }
    assert_sorted(q, &(struct sorted){ "?", 0, "mmm" }, 1);
}

static void refuses_what_cannot_be_an_answer(void **state)
{
    (void)state;
    const struct question *q = question_from(MATCH("", THREE SPARES));
    const char *right = answer(q, "a=Ah");
    const char *const bad[] = {
        "a", "a:", "a:a", "a:Ah", "x:00000000", right + 2, str_format(&arena, "%s|%s", right, right).at,
        str_format(&arena, "%s:%s", right, right + 2).at, str_format(&arena, "aa%s", right + 1).at,
    };
    assert_refused(q, bad, sizeof bad / sizeof *bad);
}

static void solves_and_guesses(void **state)
{
    (void)state;
    const struct question *q = question_from(MATCH("", THREE "<spare id=\"y\">Ypsilon</spare>"));
    assert_properties(q);
}

/* Neither ids nor the order of the pack show in what is sent. Tokens stay: stored answers name them. */
static void nothing_tells_what_belongs_together(void **state)
{
    (void)state;
    const struct question *q = question_from(MATCH("", THREE SPARES));
    bool moved = false;
    for (uint64_t seed = 0; seed < 50; seed++) {
        struct doc *doc = doc_new(&arena);
        question_describe(q, seed, doc->data);
        const struct doc_node *part = doc_get(doc->data, STR("parts"))->first;
        assert_true(str_is(text_of(part, "id"), "a"));
        const struct doc_node *rights = doc_get(part, STR("options"));
        moved = moved || !str_is(text_of(rights->first, "answer"), "Ah");
        for (const struct doc_node *right = rights->first; right; right = right->next)
            assert_int_equal(text_of(right, "id").len, 8);
        assert_null(strstr(shown_before(q, seed, ""), "\"y\""));
    }
    assert_true(moved);
    assert_string_equal(token(q, "Ah").at, "84468f44");
}

static void the_form_keeps_what_was_chosen(void **state)
{
    (void)state;
    const struct question *q = question_from(MATCH("", THREE));
    struct given given = { .values = &(struct str){ NULL, 0 }, .count = 1 };
    struct str value = str_format(&arena, "b:%.*s", STR_ARG(token(q, "Beh & so")));
    given.values = &value;
    struct doc *doc = doc_new(&arena);
    question_form(q, 3, &given, STR("answer"), STR("q-"), doc->data);
    for (const struct doc_node *row = doc_get(doc->data, STR("rows"))->first; row; row = row->next)
        for (const struct doc_node *o = doc_get(row, STR("options"))->first; o; o = o->next)
            assert_int_equal(doc_get(o, STR("selected"))->flag,
                             str_is(text_of(row, "id"), "b") && str_is(text_of(o, "words"), "Beh & so"));
}

static void the_result_names_what_would_be_right(void **state)
{
    (void)state;
    const struct question *q = question_from(MATCH("", THREE));
    const struct doc_node *mark = get(marked(q, 0, answer(q, "a=Zeh c=Zeh")), "marks")->first;
    assert_true(str_is(text_of(mark, "label"), "Links <em>a</em>") && str_is(text_of(mark, "answer"), "Zeh"));
    assert_true(str_is(text_of(mark, "solution"), "Ah") && str_is(text_of(mark, "feedback"), "Zu a."));
    mark = mark->next;
    assert_true(str_is(text_of(mark, "answer"), "") && str_is(text_of(mark, "solution"), "Beh &amp; so"));
    assert_true(str_is(text_of(mark->next, "solution"), ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SORTING_TEST(counts_right_pairs),
        SORTING_TEST(refuses_what_cannot_be_an_answer),
        SORTING_TEST(solves_and_guesses),
        SORTING_TEST(nothing_tells_what_belongs_together),
        SORTING_TEST(the_form_keeps_what_was_chosen),
        SORTING_TEST(the_result_names_what_would_be_right),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
