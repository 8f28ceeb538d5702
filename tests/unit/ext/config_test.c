/* Unit tests of ext/config: the order of origins, and every refusal with its place and mend. */
#include "ext/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>
#include <cmocka.h>

struct fixture {
    struct arena arena;
    char directory[64], file[96];
    struct config config;
    struct str problem;
};

static int up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    arena_init(&f->arena, 1 << 20);
    snprintf(f->directory, sizeof f->directory, "/tmp/lotse-config-XXXXXX");
    *state = f;
    if (!mkdtemp(f->directory))
        return -1;
    snprintf(f->file, sizeof f->file, "%s/lotse.ini", f->directory);
    return 0;
}

static int down(void **state)
{
    struct fixture *f = *state;
    unlink(f->file);
    rmdir(f->directory);
    unsetenv("LOTSE_THREADS");
    unsetenv("LOTSE_PUBLIC_URL");
    arena_release(&f->arena);
    free(f);
    return 0;
}

static void write_file(struct fixture *f, const char *text)
{
    FILE *out = fopen(f->file, "w");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
}

static enum status read_with(struct fixture *f, const char *name, const char *value)
{
    const struct config_flag flags[] = { { STR("--data"), str_of(f->directory) }, { str_of(name), str_of(value) } };
    return config_read(&f->config, NULL, flags, name ? 2 : 1, &f->arena, &f->problem);
}

static void defaults_stand_when_nobody_speaks(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(read_with(f, NULL, NULL), OK);
    assert_true(str_is(config_text(&f->config, SETTING_LISTEN), "127.0.0.1:8080"));
    assert_int_equal(config_int(&f->config, SETTING_THREADS), 256);
    assert_int_equal(config_int(&f->config, SETTING_DEV), 0);
    assert_int_equal(f->config.values[SETTING_DATA].origin, CONFIG_FLAG);
    assert_true(str_is(f->config.values[SETTING_ZONE].where, "default"));
}

static void the_nearest_origin_wins(void **state)
{
    struct fixture *f = *state;
    write_file(f, "; a comment\nthreads = 10\npublic_url = https://a.example ; why\nzone = UTC\n");
    assert_int_equal(read_with(f, NULL, NULL), OK);
    assert_int_equal(config_int(&f->config, SETTING_THREADS), 10);
    assert_true(str_ends(f->config.values[SETTING_THREADS].where, STR("/lotse.ini:2")));
    assert_true(str_is(config_text(&f->config, SETTING_PUBLIC_URL), "https://a.example"));
    setenv("LOTSE_THREADS", "20", 1);
    setenv("LOTSE_PUBLIC_URL", "", 1); /* empty says nothing */
    assert_int_equal(read_with(f, NULL, NULL), OK);
    assert_int_equal(config_int(&f->config, SETTING_THREADS), 20);
    assert_true(str_is(f->config.values[SETTING_THREADS].where, "LOTSE_THREADS"));
    assert_int_equal(f->config.values[SETTING_PUBLIC_URL].origin, CONFIG_FILE);
    assert_int_equal(read_with(f, "--threads", "30"), OK);
    assert_int_equal(config_int(&f->config, SETTING_THREADS), 30);
    assert_true(str_is(f->config.values[SETTING_THREADS].where, "--threads"));
    assert_int_equal(read_with(f, "--dev", ""), OK);
    assert_int_equal(config_int(&f->config, SETTING_DEV), 1);
}

static void bad_files_are_refused_with_their_line(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *text, *place, *says;
    } cases[] = {
        { "\nthreads = many\n", "lotse.ini:2: ", "whole number" },
        { "thread = 4\n", "lotse.ini:1: ", "there is no setting \"thread\"; there are data, listen" },
        { "[server]\nthreads = 4\n", "lotse.ini:2: ", "no such section" },
        { "[policy]\nFrist = 5\n", "lotse.ini:2: ", "not the name of a rule" },
        { "[policy]\nfrist.rm = 5\n", "lotse.ini:2: ", "not the name of a rule" },
        { "[policy]\nfrist. = 5\n", "lotse.ini:2: ", "not the name of a rule" },
        { "[policy]\nfrist =\n", "lotse.ini:2: ", "no words" },
        { "[policy]\nfrist = \xff\n", "lotse.ini:2: ", "no words" },
        { "[policy]\nfrist = 5\nfrist.en = 5\nfrist = 6\n", "lotse.ini:4: ", "twice" },
        { "threads = 4\nthreads = 5\n", "lotse.ini:2: ", "twice" },
        { "zone = UTC\n  Europe/Zurich\n", "lotse.ini:2: ", "twice" },
        { "threads = 4\nnonsense\n", "lotse.ini:2: ", "name = value" },
        { "threads = 4\nnonsense\nzone = Mars\n", "lotse.ini:", "" },
        { "data = /elsewhere\n", "lotse.ini:1: ", "--data" },
        { "courses = \xff\n", "lotse.ini:1: ", "courses cannot be" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        write_file(f, cases[i].text);
        assert_int_equal(read_with(f, NULL, NULL), INVALID);
        assert_non_null(strstr(f->problem.at, cases[i].place));
        assert_non_null(strstr(f->problem.at, cases[i].says));
    }
}

static void rules_of_the_organisation_are_kept_by_language(void **state)
{
    struct fixture *f = *state;
    write_file(f, "threads = 10\n[policy]\nfrist = Fünf Tage,\n  dann die Antwort.\nfrist.en = Five days.\n\nort = Haus 3\n");
    assert_int_equal(read_with(f, NULL, NULL), OK);
    const struct policies *all = &f->config.policies;
    assert_int_equal(all->count, 3);
    assert_true(str_is(policy_text(all, STR("frist"), LANG_EN), "Five days."));
    assert_true(str_is(policy_text(all, STR("frist"), LANG_FR), "Fünf Tage, dann die Antwort."));
    assert_true(str_ends(all->list[0].where, STR("/lotse.ini:3")));
    assert_null(policy_text(all, STR("fris"), LANG_DE).at);
    assert_null(policy_text(NULL, STR("frist"), LANG_DE).at);
    write_file(f, "");
    assert_int_equal(read_with(f, NULL, NULL), OK);
    assert_int_equal(f->config.policies.count, 0);
}

static void a_rule_has_its_limit(void **state)
{
    struct fixture *f = *state;
    char text[3000] = "[policy]\nfrist = a\n";
    for (int i = 0; i < 12; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "  %0100d\n", i);
    write_file(f, text);
    assert_int_equal(read_with(f, NULL, NULL), INVALID);
    assert_non_null(strstr(f->problem.at, "lotse.ini:13: the rule is too long"));
}

static void a_line_that_is_too_long_is_not_cut(void **state)
{
    struct fixture *f = *state;
    char text[400];
    snprintf(text, sizeof text, "zone = UTC\ncourses = %0300d\n", 7);
    write_file(f, text);
    assert_int_equal(read_with(f, NULL, NULL), INVALID);
    assert_non_null(strstr(f->problem.at, "lotse.ini:2: the line is too long"));
}

static void values_are_checked_wherever_they_come_from(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *name, *value;
        enum status expected;
    } cases[] = {
        { "listen", "0.0.0.0:0", OK },
        { "listen", "127.0.0.1", INVALID },
        { "listen", "127.0.0.1:70000", INVALID },
        { "listen", "localhost:80", INVALID },
        { "--public-url", "https://lotse.example.ch", OK },
        { "--public-url", "https://lotse.example.ch/path", INVALID },
        { "--public-url", "lotse.example.ch", INVALID },
        { "--public-url", "https://", INVALID },
        { "--trusted-proxies", "127.0.0.1, ::1", OK },
        { "--trusted-proxies", "127.0.0.1,,::1", INVALID },
        { "--trusted-proxies", "proxy.local", INVALID },
        { "--threads", "1", INVALID },
        { "--threads", "2", OK },
        { "--zone", "Europe/Berlin", INVALID },
        { "--log-level", "warn", OK },
        { "--log-level", "loud", INVALID },
        { "--dev", "yes", INVALID },
        { "--data", "", INVALID },
        { "--nothing", "1", INVALID },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (read_with(f, cases[i].name, cases[i].value) != cases[i].expected)
            fail_msg("%s %s: %s", cases[i].name, cases[i].value, f->problem.at ? f->problem.at : "accepted");
        assert_int_equal(f->problem.len == 0, cases[i].expected == OK);
    }
}

static void a_named_file_must_be_there(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(config_read(&f->config, f->file, NULL, 0, &f->arena, &f->problem), INVALID);
    assert_non_null(strstr(f->problem.at, "cannot be opened"));
    write_file(f, "data = /srv/lotse\n");
    assert_int_equal(config_read(&f->config, f->file, NULL, 0, &f->arena, &f->problem), OK);
    assert_true(str_is(config_text(&f->config, SETTING_DATA), "/srv/lotse"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(defaults_stand_when_nobody_speaks, up, down),
        cmocka_unit_test_setup_teardown(the_nearest_origin_wins, up, down),
        cmocka_unit_test_setup_teardown(bad_files_are_refused_with_their_line, up, down),
        cmocka_unit_test_setup_teardown(rules_of_the_organisation_are_kept_by_language, up, down),
        cmocka_unit_test_setup_teardown(a_rule_has_its_limit, up, down),
        cmocka_unit_test_setup_teardown(a_line_that_is_too_long_is_not_cut, up, down),
        cmocka_unit_test_setup_teardown(values_are_checked_wherever_they_come_from, up, down),
        cmocka_unit_test_setup_teardown(a_named_file_must_be_there, up, down),
    };
    return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
