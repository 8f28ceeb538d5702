/* Every code that the checker can say: it has its cause and its mend in German and in English, stands in the sources, and
 * is provoked by a pack of tests/packs, whose expected.txt holds the line and the column. What no file in a repository can
 * provoke is listed here with the test that does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/course_fixture.h"

#include <dirent.h>

enum { MOST_CODES = 400 };

struct codes {
    struct str list[MOST_CODES];
    size_t count;
};

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 256 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static bool has(const struct codes *codes, struct str code)
{
    for (size_t i = 0; i < codes->count; i++)
        if (str_equal(codes->list[i], code))
            return true;
    return false;
}

static void add(struct codes *codes, struct str code)
{
    if (has(codes, code))
        return;
    assert_true(codes->count < MOST_CODES);
    codes->list[codes->count++] = code;
}

/* All files of a folder that end so, one after the other. */
static void add_folder(struct buf *out, const char *folder, const char *ending)
{
    DIR *list = opendir(folder);
    assert_non_null(list);
    for (struct dirent *entry = readdir(list); entry; entry = readdir(list))
        if (str_ends(str_of(entry->d_name), str_of(ending)))
            buf_add(out, fixture_file(&arena, str_format(&arena, "%s/%s", folder, entry->d_name).at));
    closedir(list);
}

/* What stands between two marks, each time. */
static void collect(struct codes *codes, struct str text, const char *before, const char *after)
{
    for (const char *hit = memmem(text.at, text.len, before, strlen(before)); hit;
         hit = memmem(text.at, text.len, before, strlen(before))) {
        text = str_from(text, (size_t)(hit - text.at) + strlen(before));
        const char *end = memmem(text.at, text.len, after, strlen(after));
        if (!end)
            return;
        add(codes, str_part(text, 0, (size_t)(end - text.at)));
    }
}

static struct codes worded(const char *lang)
{
    struct codes codes = { .count = 0 };
    collect(&codes, fixture_file(&arena, str_format(&arena, "web/locales/%s/check.po", lang).at), "\nmsgid \"check-", "\"\n");
    return codes;
}

static bool is_mend(struct str id)
{
    return str_ends(id, STR("-mend"));
}

static struct str mend_of(struct str code)
{
    return str_format(&arena, "%.*s-mend", STR_ARG(code));
}

static void every_code_has_cause_and_mend_in_both_languages(void **state)
{
    (void)state;
    struct codes german = worded("de"), english = worded("en");
    assert_int_equal(german.count, english.count);
    assert_true(german.count > 250);
    for (size_t i = 0; i < german.count; i++) {
        struct str id = german.list[i];
        if (!has(&english, id))
            fail_msg("not in English: check-%.*s", STR_ARG(id));
        struct str partner = is_mend(id) ? str_part(id, 0, id.len - 5) : mend_of(id);
        if (!has(&german, partner))
            fail_msg("check-%.*s has no partner check-%.*s", STR_ARG(id), STR_ARG(partner));
    }
}

static void words_and_sources_know_the_same_codes(void **state)
{
    (void)state;
    struct buf text;
    buf_init(&text, 16 << 20);
    buf_add(&text, fixture_file(&arena, "src/course/pack_read.c"));
    add_folder(&text, "src/course/check", ".c");
    add_folder(&text, "src/course/kind", ".c");
    struct str sources = buf_str(&text);
    struct codes words = worded("de"), said = { .count = 0 };
    for (size_t i = 0; i < words.count; i++) {
        struct str quoted = str_format(&arena, "\"%.*s\"", STR_ARG(words.list[i]));
        if (!is_mend(words.list[i]) && !memmem(sources.at, sources.len, quoted.at, quoted.len))
            fail_msg("no source says %.*s", STR_ARG(words.list[i]));
    }
    static const char *const marks[] = { "SEVERITY_ERROR, \"", "SEVERITY_WARNING, \"", "fault(scan, \"", "pass, node, \"",
                                         "pass, later, \"", "node, NULL, \"", "question, NULL, \"" };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        collect(&said, sources, marks[i], "\"");
    assert_true(said.count > 20);
    for (size_t i = 0; i < said.count; i++)
        if (!has(&words, said.list[i]))
            fail_msg("no words for %.*s", STR_ARG(said.list[i]));
    buf_release(&text);
}

/* What needs files too large or too many to keep, rights, or links: and which test makes them. */
static const char *const MADE_BY_TESTS[] = {
    "no-folder",         /* pack_test: reading_is_bounded */
    "link",              /* pack_test: reading_refuses_links */
    "unreadable-file",   /* check_limits_test: a pipe in the place of a file */
    "pack-too-large",    /* pack_test: reading_is_bounded */
    "too-many-files",    /* pack_test: reading_is_bounded */
    "too-large",         /* check_test: hostile_files_are_refused */
    "too-many-elements", /* check_test: hostile_files_are_refused */
    "too-many-patterns", /* check_limits_test */
    "too-many-renamed",  /* check_limits_test */
    "schema",            /* for what the schema may say one day that has no words of its own */
};

static void every_code_is_provoked_by_a_pack(void **state)
{
    (void)state;
    struct codes words = worded("de"), provoked = { .count = 0 };
    DIR *list = opendir("tests/packs");
    assert_non_null(list);
    for (struct dirent *entry = readdir(list); entry; entry = readdir(list))
        if (str_starts(str_of(entry->d_name), STR("bad-")))
            collect(&provoked, fixture_file(&arena, str_format(&arena, "tests/packs/%s/expected.txt", entry->d_name).at), " [", "]\n");
    closedir(list);
    for (size_t i = 0; i < sizeof MADE_BY_TESTS / sizeof *MADE_BY_TESTS; i++) {
        if (has(&provoked, str_of(MADE_BY_TESTS[i])))
            fail_msg("%s is provoked by a pack: it need not be listed", MADE_BY_TESTS[i]);
        add(&provoked, str_of(MADE_BY_TESTS[i]));
    }
    size_t missing = 0;
    for (size_t i = 0; i < words.count; i++)
        if (!is_mend(words.list[i]) && !has(&provoked, words.list[i])) {
            print_message("no pack provokes %.*s\n", STR_ARG(words.list[i]));
            missing++;
        }
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_has_cause_and_mend_in_both_languages),
        cmocka_unit_test(words_and_sources_know_the_same_codes),
        cmocka_unit_test(every_code_is_provoked_by_a_pack),
    };
    return cmocka_run_group_tests_name("course/check_codes", tests, set_up, tear_down);
}
