/* Questions of an inbox: scores worked out by hand, what the form and the result show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/kind/sorting_fixture.h"

#define TRAYS "<tray id=\"x\">Ablage</tray><tray id=\"y\">Papierkorb</tray><tray id=\"z\">Melden</tray>"
#define MESSAGE(id, tray, more) "<message id=\"" id "\" tray=\"" tray "\"><from>Amt</from><subject>Betreff " id "</subject>" more "</message>"
#define INBOX(attributes, messages) "<inbox " WITH_QUESTION attributes ">" ASKED TRAYS messages BECAUSE "</inbox>"
#define FOUR \
    MESSAGE("a", "x", "<p>Ein <em>Text</em>.</p><p>Noch einer.</p><feedback>Ja.</feedback>") \
    MESSAGE("b", "y", "") MESSAGE("c", "y", "<feedback>Weg damit.</feedback>") MESSAGE("d", "z", "<ul><li>eins</li></ul>")

/* Outcomes stand in the order that seed 3 draws: it is looked up, so that the table may read a b c d. */
static const char *drawn(const struct question *q, const char *outcomes)
{
    struct doc *doc = doc_new(&arena);
    char letters[8] = { 0 };
    size_t i = 0;
    question_describe(q, 3, doc->data);
    for (const struct doc_node *part = doc_get(doc->data, STR("parts"))->first; part; part = part->next)
        letters[i++] = outcomes[text_of(part, "id").at[0] - 'a'];
    return str_copy(&arena, str_of(letters)).at;
}

static void counts_messages_in_their_trays(void **state)
{
    (void)state;
    static const struct sorted cases[] = {
        { "a:x|b:y|c:y|d:z", 1000, "rrrr" },
        { "d:z|c:y|b:y|a:x", 1000, "rrrr" },
        { "a:x|b:y|c:y|d:x", 750, "rrrw" },
        { "a:x|b:y|c:y", 750, "rrrm" },
        { "a:y|b:y|c:y|d:y", 500, "wrrw" }, /* everything in one tray is worth what belongs there */
        { "d:z", 250, "mmmr" },
        { "a:z|b:z", 0, "wwmm" },
        { "", 0, "mmmm" },
        { "?", 0, "mmmm" },
    };
    const struct question *q = question_from(INBOX("", FOUR)), *all = question_from(INBOX(" scoring=\"all\"", FOUR));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sorted one = { cases[i].given, cases[i].points, drawn(q, cases[i].outcomes) };
        assert_sorted(q, &one, 1);
        one.points = cases[i].points == 1000 ? 1000 : 0;
        assert_sorted(all, &one, 1);
    }
}

static void refuses_what_cannot_be_an_answer(void **state)
{
    (void)state;
    static const char *const bad[] = { "a", "x", "a:", ":x", "a:a", "x:a", "a:x|a:y", "a:x|a:x", "e:x", "a:x:y", "aa:x" };
    assert_refused(question_from(INBOX("", FOUR)), bad, sizeof bad / sizeof *bad);
}

static void solves_and_guesses(void **state)
{
    (void)state;
    const struct question *q = question_from(INBOX("", FOUR));
    assert_properties(q);
}

/* The same whichever tray a message belongs in. */
static void nothing_tells_the_tray(void **state)
{
    (void)state;
    const struct question *q = question_from(INBOX("", MESSAGE("a", "x", "") MESSAGE("b", "y", "")));
    const struct question *other = question_from(INBOX("", MESSAGE("a", "z", "") MESSAGE("b", "x", "")));
    for (uint64_t seed = 0; seed < 5; seed++)
        assert_string_equal(shown_before(q, seed, "b:z"), shown_before(other, seed, "b:z"));
}

static void the_form_shows_messages_as_they_are_written(void **state)
{
    (void)state;
    const struct question *q = question_from(INBOX("", FOUR));
    const struct doc_node *first = get(formed(q, 0, "b:z"), "messages")->first, *second = first->next;
    assert_true(str_is(text_of(first, "from"), "Amt") && str_is(text_of(first, "subject"), "Betreff a"));
    assert_true(str_is(text_of(first, "body"), "<p>Ein <em>Text</em>.</p><p>Noch einer.</p>"));
    assert_true(str_is(text_of(first, "input"), "part.q.a") && str_is(text_of(first, "html_id"), "q-q_a"));
    assert_true(str_is(text_of(second, "body"), ""));
    for (const struct doc_node *tray = doc_get(second, STR("trays"))->first; tray; tray = tray->next)
        assert_int_equal(doc_get(tray, STR("checked"))->flag, str_is(text_of(tray, "id"), "z"));
    assert_true(str_is(text_of(doc_get(second, STR("trays"))->first, "html_id"), "q-q_b_x"));
}

static void the_result_names_the_right_tray(void **state)
{
    (void)state;
    const struct question *q = question_from(INBOX("", MESSAGE("a", "x", "") MESSAGE("b", "y", "<feedback>Weg.</feedback>")));
    const struct doc_node *mark = get(marked(q, 0, "b:z|a:x"), "marks")->first;
    for (; mark; mark = mark->next) {
        bool right = str_is(text_of(mark, "id"), "a");
        assert_true(str_is(text_of(mark, "answer"), right ? "Ablage" : "Melden"));
        assert_true(str_is(text_of(mark, "solution"), right ? "" : "Papierkorb"));
        assert_true(str_is(text_of(mark, "feedback"), right ? "" : "Weg."));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SORTING_TEST(counts_messages_in_their_trays),
        SORTING_TEST(refuses_what_cannot_be_an_answer),
        SORTING_TEST(solves_and_guesses),
        SORTING_TEST(nothing_tells_the_tray),
        SORTING_TEST(the_form_shows_messages_as_they_are_written),
        SORTING_TEST(the_result_names_the_right_tray),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
