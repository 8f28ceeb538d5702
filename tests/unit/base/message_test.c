/* message: plurals, fallback, parameters; and no byte of a catalogue can make the reader leave it. */
#include "base/message.h"

#include "catalogue_mo.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct mo_entry german[] = {
    { STR_INIT(""), STR_INIT("Content-Type: text/plain; charset=UTF-8\n") },
    { STR_INIT("days\0days"), STR_INIT("Noch ein Tag\0Noch {n} Tage") },
    { STR_INIT("due"), STR_INIT("Fällig am {day}, {done} von {title}") },
    { STR_INIT("only-german"), STR_INIT("Nur {x} deutsch {") },
    { STR_INIT("points\0points"), STR_INIT("{n} Punkt\0{n} Punkte") },
};
static const struct mo_entry french[] = {
    { STR_INIT(""), STR_INIT("Content-Type: text/plain; charset=UTF-8\n") },
    { STR_INIT("days\0days"), STR_INIT("Encore {n} jour\0Encore {n} jours") },
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct buf german_bytes, french_bytes;
static struct messages *messages;
static struct arena arena;

static int load(void **state)
{
    (void)state;
    buf_init(&german_bytes, 4096);
    buf_init(&french_bytes, 4096);
    arena_init(&arena, 1 << 16);
    const struct str mo[LANG_COUNT] = {
        [LANG_DE] = mo_make(&german_bytes, german, COUNT(german)),
        [LANG_FR] = mo_make(&french_bytes, french, COUNT(french)),
    };
    return messages_load(&messages, mo) == OK ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    messages_free(messages);
    buf_release(&german_bytes);
    buf_release(&french_bytes);
    arena_release(&arena);
    return 0;
}

static void plurals_follow_the_language_of_the_words(void **state)
{
    (void)state;
    const struct {
        enum lang lang;
        const char *id;
        int64_t n;
        const char *text;
    } cases[] = {
        { LANG_DE, "days", 1, "Noch ein Tag" },
        { LANG_DE, "days", 0, "Noch 0 Tage" },
        { LANG_DE, "days", 2000, "Noch 2’000 Tage" },
        { LANG_FR, "days", 0, "Encore 0 jour" },
        { LANG_FR, "days", 1, "Encore 1 jour" },
        { LANG_FR, "days", 2, "Encore 2 jours" },
        { LANG_FR, "points", 0, "0 Punkte" }, /* German words: German plural */
        { LANG_IT, "days", 1, "Noch ein Tag" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct message_param n = PARAM_OF_INT("n", cases[i].n);
        assert_string_equal(message_text(messages, &arena, cases[i].lang, str_of(cases[i].id), &n, 1).at,
                            cases[i].text);
    }
    assert_true(message_is_plural(messages, STR("days")));
    assert_false(message_is_plural(messages, STR("due")));
    assert_false(message_is_plural(messages, STR("nothing")));
}

static void parameters_are_formatted_by_type(void **state)
{
    (void)state;
    const struct message_param params[] = {
        PARAM_OF_DAY("day", 20780),
        PARAM_OF_PERCENT("done", 45),
        PARAM_OF_TEXT("title", STR("{day}<b>")),
    };
    assert_string_equal(message_text(messages, &arena, LANG_DE, STR("due"), params, 3).at,
                        "Fällig am 23. November 2026, 45\xC2\xA0% von {day}<b>");
}

static void what_is_unknown_shows_in_question_marks(void **state)
{
    (void)state;
    struct str raw;
    assert_string_equal(message_text(messages, &arena, LANG_DE, STR("nothing"), NULL, 0).at, "?nothing?");
    assert_string_equal(message_text(messages, &arena, LANG_EN, STR("due"), NULL, 0).at, "?due?");
    assert_string_equal(message_text(messages, &arena, LANG_DE, STR(""), NULL, 0).at, "??");
    assert_string_equal(message_text(messages, &arena, LANG_IT, STR("only-german"), NULL, 0).at, "Nur ?x? deutsch {");
    assert_int_equal(message_find(messages, LANG_EN, STR("days"), 1, &raw), NOT_FOUND);
    assert_int_equal(message_find(messages, LANG_IT, STR("due"), 1, &raw), OK);
    assert_false(message_exists(messages, LANG_FR, STR("due")));
}

static void words_are_split_at_parameters(void **state)
{
    (void)state;
    const struct {
        const char *raw;
        const char *pieces; /* words|parameter, line by line */
    } cases[] = {
        { "", "" },
        { "plain", "plain|\n" },
        { "{a}", "|a\n" },
        { "x {a}{b_2} y", "x |a\n|b_2\n y|\n" },
        { "{ a} {} {A} {a", "{ a} {} {A} {a|\n" },
        { "{{a}}", "{|a\n}|\n" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str rest = str_of(cases[i].raw), words, name;
        struct buf pieces;
        buf_init(&pieces, 256);
        while (message_split(&rest, &words, &name))
            buf_add_format(&pieces, "%.*s|%.*s\n", STR_ARG(words), STR_ARG(name));
        assert_string_equal(buf_str(&pieces).at, cases[i].pieces);
        buf_release(&pieces);
    }
}

static void list_id(void *context, struct str id)
{
    buf_add_format(context, "%.*s ", STR_ARG(id));
}

static void missing_ids_are_listed(void **state)
{
    (void)state;
    struct buf ids;
    buf_init(&ids, 256);
    messages_missing(messages, LANG_FR, list_id, &ids);
    assert_string_equal(buf_str(&ids).at, "due only-german points ");
    buf_clear(&ids);
    messages_missing(messages, LANG_DE, list_id, &ids);
    assert_string_equal(buf_str(&ids).at, "");
    buf_release(&ids);
}

static void foreign_and_short_files_are_refused(void **state)
{
    (void)state;
    const struct str bad[] = {
        STR("x"),
        STR("\x95\x04\x12\xde" "000000000000000000000000"), /* the other byte order */
        str_part(buf_str(&german_bytes), 0, 27),
        str_part(buf_str(&german_bytes), 0, 60),
        str_part(buf_str(&german_bytes), 0, buf_str(&german_bytes).len - 1),
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        const struct str mo[LANG_COUNT] = { [LANG_DE] = bad[i] };
        struct messages *m;
        assert_int_equal(messages_load(&m, mo), CORRUPT);
        assert_null(m);
    }
}

static void unsorted_ids_are_refused(void **state)
{
    (void)state;
    const struct mo_entry unsorted[] = { { STR("b"), STR("B") }, { STR("a"), STR("A") } };
    const struct mo_entry three_forms[] = { { STR("a\0a"), STR("A\0B\0C") } };
    struct buf bytes;
    struct messages *m;
    buf_init(&bytes, 1024);
    assert_int_equal(messages_load(&m, (const struct str[LANG_COUNT]){ mo_make(&bytes, unsorted, 2) }), CORRUPT);
    buf_clear(&bytes);
    assert_int_equal(messages_load(&m, (const struct str[LANG_COUNT]){ mo_make(&bytes, three_forms, 1) }), CORRUPT);
    buf_release(&bytes);
}

/* Any byte changed, any length cut: loads or is refused, and every message found lies within the bytes (ASan looks
 * on: the copy has exactly their size). */
static void spoilt_bytes_do_no_harm(void **state)
{
    (void)state;
    struct str whole = buf_str(&german_bytes);
    static const unsigned char spoils[] = { 0x00, 0x01, 0x7F, 0x80, 0xFF };
    for (size_t i = 0; i < whole.len * sizeof spoils; i++) {
        char *copy = malloc(whole.len);
        memcpy(copy, whole.at, whole.len);
        copy[i / sizeof spoils] = (char)spoils[i % sizeof spoils];
        struct messages *m;
        if (messages_load(&m, (const struct str[LANG_COUNT]){ { copy, whole.len } }) == OK) {
            struct buf ids;
            buf_init(&ids, 4096);
            messages_missing(m, LANG_EN, list_id, &ids);
            buf_release(&ids);
        }
        messages_free(m);
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plurals_follow_the_language_of_the_words),
        cmocka_unit_test(parameters_are_formatted_by_type),
        cmocka_unit_test(what_is_unknown_shows_in_question_marks),
        cmocka_unit_test(words_are_split_at_parameters),
        cmocka_unit_test(missing_ids_are_listed),
        cmocka_unit_test(foreign_and_short_files_are_refused),
        cmocka_unit_test(unsorted_ids_are_refused),
        cmocka_unit_test(spoilt_bytes_do_no_harm),
    };
    return cmocka_run_group_tests_name("base/message", tests, load, unload);
}
