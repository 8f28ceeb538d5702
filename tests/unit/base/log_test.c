/* log: one line an event, whatever the values hold. Standard error is caught in a pipe. */
#include "base/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static void quoting_cannot_be_broken_out_of(void **state)
{
    (void)state;
    const struct {
        struct str raw;
        const char *quoted;
    } cases[] = {
        { STR("plain"), "\"plain\"" },
        { STR(""), "\"\"" },
        { STR("Zürich"), "\"Zürich\"" },
        { STR("a\" level=error"), "\"a\\x22 level=error\"" },
        { STR("a\r\nb"), "\"a\\x0d\\x0ab\"" },
        { STR("\\"), "\"\\x5c\"" },
        { STR("a\0b"), "\"a\\x00b\"" },
        { STR("\x1B[31m"), "\"\\x1b[31m\"" },
        { STR("\xC2\x9B"), "\"\\xc2\\x9b\"" },
        { STR("\xFFz\xC3"), "\"\\xffz\\xc3\"" },
    };
    struct arena a;
    arena_init(&a, 4096);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(log_quote(&a, cases[i].raw).at, cases[i].quoted);
    arena_release(&a);
    arena_init(&a, 1);
    assert_string_equal(log_quote(&a, STR("x")).at, "\"?\"");
    arena_release(&a);
}

/* Logs one value and gives back what reached standard error. */
static size_t logged(enum log_level level, const char *value, char *line, size_t size)
{
    int ends[2], kept = dup(STDERR_FILENO);
    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    log_event(level, "event=test value=%s", value);
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(ends[1]);
    ssize_t len = read(ends[0], line, size - 1);
    close(ends[0]);
    assert_true(len >= 0);
    line[len] = '\0';
    return (size_t)len;
}

static void an_event_is_one_dated_line(void **state)
{
    (void)state;
    char line[4096];
    logged(LOG_WARN, "7", line, sizeof line);
    assert_int_equal(line[10], 'T');
    assert_string_equal(line + 19, "Z warn event=test value=7\n");
    assert_int_equal(logged(LOG_DEBUG, "7", line, sizeof line), 0);
}

static void a_long_event_is_cut_and_still_one_line(void **state)
{
    (void)state;
    char value[5000], line[6000];
    memset(value, 'x', sizeof value - 1);
    value[sizeof value - 1] = '\0';
    size_t len = logged(LOG_ERROR, value, line, sizeof line);
    assert_in_range(len, 1000, 2048);
    assert_ptr_equal(strchr(line, '\n'), line + len - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quoting_cannot_be_broken_out_of),
        cmocka_unit_test(an_event_is_one_dated_line),
        cmocka_unit_test(a_long_event_is_cut_and_still_one_line),
    };
    return cmocka_run_group_tests_name("base/log", tests, NULL, NULL);
}
