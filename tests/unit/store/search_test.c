/* Tests of search and search_index: forms of words, the order of hits, excerpts, near words, and that the index can be taken
 * apart again. The texts are invented for it. */
#include "store/search.h"

#include "store_fixture.h"

static const struct search_document documents[] = {
    { SEARCH_LESSON, LANG_DE, STR_INIT("titel"), STR_INIT("Kresse im Glas"), STR_INIT("Sie ziehen Kresse."), STR_INIT("Wasser"),
      STR_INIT("Kresse braucht Wasser und ein Fenster. Sie keimt nach zwei Tagen.") },
    { SEARCH_LESSON, LANG_DE, STR_INIT("text"), STR_INIT("Kräuter am Fenster"), STR_INIT("Sie giessen richtig."), STR_INIT("Licht"),
      STR_INIT("Basilikum mag es hell. Auch Brunnenkresse wächst hier, und Schnittlauch.") },
    { SEARCH_LESSON, LANG_DE, STR_INIT("fern"), STR_INIT("Rüben"), STR_INIT("Sie lagern Rüben."), STR_INIT("Keller"),
      STR_INIT("Im Keller bleibt es kühl und dunkel. Rüben halten dort den Winter.") },
    { SEARCH_LESSON, LANG_EN, STR_INIT("titel"), STR_INIT("Cress in a glass"), STR_INIT("You grow cress."), STR_INIT("Water"),
      STR_INIT("Cress needs water and a window.") },
    { SEARCH_ENTRY, LANG_DE, STR_INIT("keim"), STR_INIT("Keimling"), STR_INIT(""), STR_INIT(""), STR_INIT("Eine Pflanze nach dem ersten Tag.") },
};
/* What a vocabulary would make of them, as far as the tests need it. */
static const struct search_word words[] = {
    { LANG_DE, STR_INIT("brunnenkresse"), STR_INIT("Brunnenkresse"), 0 }, { LANG_DE, STR_INIT("fenster"), STR_INIT("Fenster"), 0 },
    { LANG_DE, STR_INIT("kresse"), STR_INIT("Kresse"), 0 },               { LANG_DE, STR_INIT("krauter"), STR_INIT("Kräuter"), 0 },
    { LANG_DE, STR_INIT("ruben"), STR_INIT("Rüben"), 0 },                 { LANG_DE, STR_INIT("wasser"), STR_INIT("Wasser"), 0 },
    { LANG_EN, STR_INIT("cress"), STR_INIT("Cress"), 0 },                 { LANG_EN, STR_INIT("window"), STR_INIT("window"), 0 },
};
static const struct search_course garden = { STR_INIT("garten"), STR_INIT("hash-1"), documents, sizeof documents / sizeof *documents };

static enum status fill(struct db_conn *conn, void *job)
{
    (void)job;
    enum status s = search_index_put(conn, &garden);
    for (size_t i = 0; s == OK && i < sizeof words / sizeof *words; i++)
        s = search_index_put_word(conn, &words[i]);
    return s;
}

static int garden_up(void **state)
{
    store_up(state);
    store_change(*state, fill, NULL);
    return 0;
}

/* "titel text": the lessons found, in their order. */
static struct str find(struct store *s, const char *query, enum lang lang)
{
    struct search search;
    struct search_hit *hits;
    size_t count;
    struct str list = STR("");
    struct db_conn *view = store_view(s);
    assert_int_equal(search_read(view, str_of(query), lang, &s->arena, &search), OK);
    assert_int_equal(search_find(view, &search, &hits, &count), OK);
    for (size_t i = 0; i < count; i++)
        list = str_format(&s->arena, "%.*s%s%s.%.*s", STR_ARG(list), list.len ? " " : "", lang_code(hits[i].lang), STR_ARG(hits[i].name));
    db_view_end(view);
    return list;
}

static void test_finding(void **state)
{
    static const struct {
        const char *query, *found;
    } cases[] = {
        { "Kresse", "de.titel de.text" },     /* the title before a compound in the text */
        { "KRESSE", "de.titel de.text" },
        { "Kresser", "de.titel de.text" },
        { "Kräutern", "de.text" },
        { "krauter", "de.text" },
        { "Rübe", "de.fern" },
        { "Kersse", "de.titel" },             /* two swapped: the word alone, no compound */
        { "Fenster Kresse", "de.titel de.text" },
        { "Keller Fenster Kresse Rüben", "de.fern de.titel de.text" },
        { "Wassereimer", "de.titel" },        /* its beginning */
        { "cress", "en.titel" },
        { "ersten", "de.keim" },
        { "Quitte", "" },
        { "\" OR *", "" },
        { "NEAR(Kresse)", "de.titel de.text" },
        { "", "" },
    };
    struct store *s = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str found = find(s, cases[i].query, LANG_DE);
        if (!str_is(found, cases[i].found))
            fail_msg("%s: %.*s", cases[i].query, STR_ARG(found));
    }
}

static void test_words_beyond_the_eighth_are_left_out(void **state)
{
    struct store *s = *state;
    struct search search;
    struct db_conn *view = store_view(s);
    assert_int_equal(search_read(view, STR("a b c d e f g h Kresse"), LANG_DE, &s->arena, &search), OK);
    assert_int_equal(search.term_count, SEARCH_WORDS_MAX);
    assert_int_equal(search_read(view, STR("Kresse kresse KRESSE"), LANG_DE, &s->arena, &search), OK);
    assert_int_equal(search.term_count, 1);
    db_view_end(view);
}

static void test_excerpts(void **state)
{
    struct store *s = *state;
    struct search search;
    struct search_hit *hits;
    size_t count;
    struct search_excerpt excerpt;
    struct db_conn *view = store_view(s);
    assert_int_equal(search_read(view, STR("kresse"), LANG_DE, &s->arena, &search), OK);
    assert_int_equal(search_find(view, &search, &hits, &count), OK);
    assert_int_equal(search_excerpt(view, &search, hits[0].document, &excerpt), OK);
    assert_string_equal(excerpt.title.at, "\x02Kresse\x03 im Glas");
    assert_string_equal(excerpt.text.at, "\x02Kresse\x03 braucht Wasser und ein Fenster. Sie keimt nach zwei Tagen.");
    assert_int_equal(search_excerpt(view, &search, 4711, &excerpt), NOT_FOUND);
    db_view_end(view);
}

static void test_near_words(void **state)
{
    struct store *s = *state;
    struct search search;
    struct str near[SEARCH_NEAR_MAX];
    size_t count;
    struct db_conn *view = store_view(s);
    assert_int_equal(search_read(view, STR("Wanser"), LANG_DE, &s->arena, &search), OK);
    assert_int_equal(search.terms[0].forms[0].fit, WORD_MISTYPED);
    assert_int_equal(search_read(view, STR("Fanstier"), LANG_DE, &s->arena, &search), OK);
    assert_int_equal(search_near(view, &search, near, &count), OK);
    assert_int_equal(count, 1);
    assert_string_equal(near[0].at, "Fenster");
    db_view_end(view);
}

static enum status take_apart(struct db_conn *conn, void *job)
{
    struct arena *a = job;
    struct search_word *list;
    size_t count;
    enum status s = search_index_drop(conn, STR("garten"));
    if (s == OK)
        s = search_index_words(conn, a, &list, &count);
    for (size_t i = 0; s == OK && i < count; i++)
        s = search_index_drop_word(conn, &list[i]);
    return s ? s : search_index_drop(conn, STR("nie-da"));
}

static void test_the_index_is_read_back_sorted_and_taken_apart(void **state)
{
    struct store *s = *state;
    struct search_course *courses;
    struct search_word *list;
    size_t count;
    struct db_conn *view = store_view(s);
    assert_int_equal(search_index_courses(view, &s->arena, &courses, &count), OK);
    assert_int_equal(count, 1);
    assert_string_equal(courses[0].hash.at, "hash-1");
    assert_int_equal(search_index_words(view, &s->arena, &list, &count), OK);
    assert_int_equal(count, sizeof words / sizeof *words);
    for (size_t i = 1; i < count; i++)
        assert_true(list[i - 1].lang < list[i].lang || str_compare(list[i - 1].folded, list[i].folded) < 0);
    db_view_end(view);
    store_change(s, take_apart, &s->arena);
    assert_int_equal(find(s, "Kresse", LANG_DE).len, 0);
    store_change(s, fill, NULL);
    assert_string_equal(find(s, "Kresse", LANG_DE).at, "de.titel de.text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_finding),
        cmocka_unit_test(test_words_beyond_the_eighth_are_left_out),
        cmocka_unit_test(test_excerpts),
        cmocka_unit_test(test_near_words),
        cmocka_unit_test(test_the_index_is_read_back_sorted_and_taken_apart),
    };
    return cmocka_run_group_tests(tests, garden_up, store_down);
}
