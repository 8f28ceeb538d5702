/* The demo city: the same seed gives the same rows, verify agrees, accounts are as promised, and no directory that holds
 * anything is touched. */
#include "cli/command.h"
#include "base/clock.h"
#include "ext/password.h"
#include "ext/token.h"
#include "page/completion.h"
#include "store/account.h"
#include "store/setting.h"
#include "task/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>
#include <sqlite3.h>

enum { STAFF = 1 /* the id of the first account's person */, SAID = 4096 };

struct fixture {
    char directory[64];
    char said[SAID]; /* on standard error by the last command */
    struct arena arena;
    struct str problem;
};

static void fixture_init(struct fixture *f)
{
    snprintf(f->directory, sizeof f->directory, "/tmp/lotse-demo-XXXXXX");
    assert_non_null(mkdtemp(f->directory));
    arena_init(&f->arena, 64 << 20);
    assert_int_equal(token_start(), OK);
}

static void fixture_release(struct fixture *f)
{
    static const char *const files[] = { "lotse.db", "lotse.db-wal", "lotse.db-shm", "lotse.db.lock" };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(str_format(&f->arena, "%s/%s", f->directory, files[i]).at);
    assert_int_equal(rmdir(f->directory), 0);
    arena_release(&f->arena);
}

static int redirect(int stream, const char *path)
{
    int saved = dup(stream);
    assert_non_null(freopen(path, "w", stream == STDOUT_FILENO ? stdout : stderr));
    return saved;
}

static void restore(int stream, int saved)
{
    fflush(NULL);
    dup2(saved, stream);
    close(saved);
}

static int run_quietly(struct fixture *f, struct cli *cli)
{
    const char *path = str_format(&f->arena, "%s.said", f->directory).at;
    int out = redirect(STDOUT_FILENO, "/dev/null"), err = redirect(STDERR_FILENO, path);
    int code = command_demo.run(cli);
    restore(STDOUT_FILENO, out);
    restore(STDERR_FILENO, err);
    FILE *said = fopen(path, "r");
    assert_non_null(said);
    f->said[fread(f->said, 1, sizeof f->said - 1, said)] = 0;
    fclose(said);
    unlink(path);
    return code;
}

/* lotse demo --data DIRECTORY --people .. --seed .. --as-of .. */
static int run_demo(struct fixture *f, const char *people, const char *seed, const char *as_of)
{
    struct cli *cli = calloc(1, sizeof *cli);
    const struct config_flag settings[] = { { STR("data"), str_of(f->directory) }, { STR("courses"), STR("courses") } };
    assert_non_null(cli);
    arena_init(&cli->arena, 256 << 20);
    assert_int_equal(config_read(&cli->config, NULL, settings, 2, &cli->arena, &f->problem), OK);
    cli->flags[0] = (struct config_flag){ STR("people"), str_of(people) };
    cli->flags[1] = (struct config_flag){ STR("seed"), str_of(seed) };
    cli->flags[2] = (struct config_flag){ STR("as-of"), str_of(as_of) };
    cli->flag_count = 3;
    int code = run_quietly(f, cli);
    arena_release(&cli->arena);
    free(cli);
    return code;
}

/* ---------- looking at the rows, past the product ---------- */

static sqlite3 *look(const struct fixture *f)
{
    sqlite3 *handle;
    char path[96];
    snprintf(path, sizeof path, "%s/lotse.db", f->directory);
    assert_int_equal(sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    return handle;
}

static int64_t number(sqlite3 *handle, const char *sql)
{
    sqlite3_stmt *stmt;
    if (sqlite3_prepare_v2(handle, sql, -1, &stmt, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(handle));
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return value;
}

static int64_t number_of(const struct fixture *f, const char *sql)
{
    sqlite3 *handle = look(f);
    int64_t value = number(handle, sql);
    sqlite3_close(handle);
    return value;
}

/* Everything but secrets, salts and the time on the wall when a migration ran. */
static const char *columns_of(const char *table)
{
    if (str_is(str_of(table), "account"))
        return "person, name FROM %s.account";
    if (str_is(str_of(table), "setting"))
        return "name, value FROM %s.setting WHERE name <> 'secret'";
    if (str_is(str_of(table), "migration"))
        return "number, name FROM %s.migration";
    return NULL;
}

static struct str rows_of(struct arena *a, const char *schema, const char *table)
{
    const char *columns = columns_of(table);
    if (!columns)
        return str_format(a, "SELECT * FROM %s.%s", schema, table);
    struct str text = str_of(columns), before = str_part(text, 0, str_find(text, '%', 0));
    return str_format(a, "SELECT %.*s%s%s", STR_ARG(before), schema, columns + before.len + 2);
}

static int64_t count_differences(sqlite3 *both, struct arena *a, const char *table)
{
    struct str left = rows_of(a, "main", table), right = rows_of(a, "other", table);
    return number(both, str_format(a, "SELECT count(*) FROM (%s EXCEPT %s)", left.at, right.at).at) +
           number(both, str_format(a, "SELECT count(*) FROM (%s EXCEPT %s)", right.at, left.at).at);
}

/* Names of the tables in which two cities differ, each with a blank after it. */
static struct str differing_tables(struct fixture *f, const struct fixture *other)
{
    sqlite3 *both = look(f);
    sqlite3_stmt *tables;
    struct str differ = STR("");
    struct str attach = str_format(&f->arena, "ATTACH '%s/lotse.db' AS other", other->directory);
    assert_int_equal(sqlite3_exec(both, attach.at, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_prepare_v2(both, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", -1, &tables, NULL);
    int seen = 0;
    for (; sqlite3_step(tables) == SQLITE_ROW; seen++) {
        const char *table = (const char *)sqlite3_column_text(tables, 0);
        if (count_differences(both, &f->arena, table))
            differ = str_format(&f->arena, "%s%s ", differ.at, table);
    }
    sqlite3_finalize(tables);
    sqlite3_close(both);
    assert_in_range(seen, 20, 100);
    return differ;
}

/* ---------- tests ---------- */

static void test_same_seed_same_city(void **state)
{
    (void)state;
    struct fixture one = { 0 }, two = { 0 }, other = { 0 };
    fixture_init(&one);
    fixture_init(&two);
    fixture_init(&other);
    assert_int_equal(run_demo(&one, "200", "7", "2026-03-15"), EXIT_FINE);
    assert_int_equal(run_demo(&two, "200", "7", "2026-03-15"), EXIT_FINE);
    assert_int_equal(run_demo(&other, "200", "8", "2026-03-15"), EXIT_FINE);
    assert_string_equal(differing_tables(&one, &two).at, "");
    struct str differ = differing_tables(&one, &other);
    assert_non_null(strstr(differ.at, "person "));
    assert_non_null(strstr(differ.at, "evidence "));
    assert_null(strstr(differ.at, "unit "));
    fixture_release(&one);
    fixture_release(&two);
    fixture_release(&other);
}

static void check_verified(struct fixture *f)
{
    struct app app;
    struct config config;
    struct verify_report report;
    const struct config_flag settings[] = { { STR("data"), str_of(f->directory) }, { STR("courses"), STR("courses") } };
    assert_int_equal(config_read(&config, NULL, settings, 2, &f->arena, &f->problem), OK);
    assert_int_equal(app_open(&app, &config, false, &f->problem), OK);
    const struct catalogue *catalogue = catalogue_take(app.catalogue);
    struct completion_rule *rules = completion_rules_of(catalogue, app_today(&app), &f->arena);
    assert_non_null(rules);
    assert_int_equal(verify_all(app.db, rules, catalogue->count, &f->arena, &report), OK);
    catalogue_release(app.catalogue, catalogue);
    app_close(&app);
    assert_true(verify_is_clean(&report));
    assert_int_equal(report.snapshots, 18);
    assert_true(report.standings > 100);
    assert_true(report.completions > 100);
}

static void check_history(const struct fixture *f)
{
    static const struct {
        const char *sql;
        int64_t least, most;
    } cases[] = {
        { "SELECT count(*) FROM person", 400, 400 },
        { "SELECT count(*) FROM learner_link", 400, 400 },
        { "SELECT max(day) FROM snapshot", 20526, 20526 }, /* 2026-03-14: the evening before */
        { "SELECT count(DISTINCT strftime('%Y-%m', day * 86400, 'unixepoch')) FROM snapshot", 18, 18 },
        { "SELECT count(*) FROM attempt WHERE finished_at IS NULL", 0, 0 },
        { "SELECT count(*) FROM attempt WHERE finished_at / 86400 > 20526", 0, 0 },
        { "SELECT count(*) FROM attempt WHERE passed <> (valid_until IS NOT NULL)", 0, 0 },
        { "SELECT 100 * sum(passed) / count(*) FROM attempt", 65, 97 },
        { "SELECT count(*) FROM (SELECT 1 FROM attempt GROUP BY learner HAVING count(*) > 1)", 3, 100 },
        { "SELECT count(*) FROM attempt a WHERE (SELECT count(*) FROM evidence e WHERE e.attempt = a.id)"
          " <> (SELECT count(*) FROM attempt_item i WHERE i.attempt = a.id)",
          0, 0 },
        { "SELECT count(*) FROM attempt a WHERE a.points <> (SELECT sum(e.points) FROM evidence e WHERE e.attempt = a.id)",
          0, 0 },
        { "SELECT count(*) FROM completion c WHERE NOT EXISTS (SELECT 1 FROM attempt a WHERE a.learner = c.learner"
          " AND a.passed = 1 AND a.finished_at / 86400 = c.day)",
          0, 0 },
        { "SELECT 100 * (SELECT count(*) FROM activity WHERE last_day >= 20526 - 365) / count(*) FROM person", 50, 80 },
        { "SELECT count(*) FROM position p JOIN learner_link l USING (person) JOIN activity a USING (learner)"
          " WHERE p.to_day IS NOT NULL AND a.last_day > p.to_day"
          " AND NOT EXISTS (SELECT 1 FROM position q WHERE q.person = p.person AND q.from_day > p.from_day)",
          0, 0 },
        { "SELECT count(*) FROM pack_state", 1, 100 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t value = number_of(f, cases[i].sql);
        if (value < cases[i].least || value > cases[i].most)
            fail_msg("%s: %lld, not %lld to %lld", cases[i].sql, (long long)value, (long long)cases[i].least,
                     (long long)cases[i].most);
    }
}

/* staff stands before a way that can be walked whole: the function asks for the competence, nothing is done yet. */
static void check_staff(const struct fixture *f)
{
    static const char *const nothing[] = { "attempt",         "evidence", "lesson_done",
                                           "practice_answer", "activity", "completion" };
    assert_int_equal(number_of(f, "SELECT person FROM account WHERE name = 'staff'"), STAFF);
    assert_int_equal(number_of(f, "SELECT count(*) FROM position p JOIN target t USING (job_function)"
                                  " WHERE p.person = 1 AND t.competence = 'digcomp-3.0:4.1'"),
                     1);
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++) {
        char sql[160];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM %s JOIN learner_link USING (learner) WHERE person = 1",
                 nothing[i]);
        assert_int_equal(number_of(f, sql), 0);
    }
}

static void check_accounts(struct fixture *f)
{
    static const struct {
        const char *name, *role, *unit; /* role "": none */
    } cases[] = { { "staff", "", "" },
                  { "lead", "lead", "SD" },
                  { "hr", "hr", "STADT" },
                  { "trainer", "trainer", "STADT" },
                  { "admin", "admin", "STADT" } };
    struct db *db;
    struct db_conn *view;
    assert_int_equal(store_open(&db, str_of(f->directory), false, false, &f->arena, &f->problem), OK);
    assert_int_equal(db_view(db, &view), OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct account account;
        assert_int_equal(account_find(view, str_of(cases[i].name), &f->arena, &account), OK);
        assert_int_equal(password_check(STR("lotse-demo"), account.password), OK);
        struct str roles = str_format(&f->arena,
                                      "SELECT count(*) FROM role_grant g JOIN unit u ON u.id = g.unit"
                                      " WHERE g.person = %lld AND g.role = '%s' AND u.code = '%s'",
                                      (long long)account.person, cases[i].role, cases[i].unit);
        assert_int_equal(number_of(f, roles.at), cases[i].role[0] != 0);
    }
    db_view_end(view);
    db_close(db);
    assert_int_equal(number_of(f, "SELECT count(*) FROM account"), 5);
    assert_int_equal(number_of(f, "SELECT count(*) FROM role_grant"), 4);
}

static void test_city_is_plausible_and_verified(void **state)
{
    (void)state;
    struct fixture f = { 0 };
    fixture_init(&f);
    assert_int_equal(run_demo(&f, "400", "1", "2026-03-15"), EXIT_FINE);
    check_verified(&f);
    check_history(&f);
    check_staff(&f);
    check_accounts(&f);
    fixture_release(&f);
}

static void test_second_demo_is_refused(void **state)
{
    (void)state;
    struct fixture f = { 0 };
    fixture_init(&f);
    assert_int_equal(run_demo(&f, "20", "1", "2026-03-15"), EXIT_FINE);
    assert_int_equal(run_demo(&f, "20", "1", "2026-03-15"), EXIT_TROUBLE);
    assert_non_null(strstr(f.said, "holds a demo already"));
    assert_int_equal(number_of(&f, "SELECT count(*) FROM person"), 20);
    fixture_release(&f);
}

static enum status add_person(struct db_conn *conn, void *job)
{
    (void)job;
    int64_t person;
    return person_add(conn, STR("Real Person"), LANG_DE, &person);
}

static enum status begin_demo(struct db_conn *conn, void *job)
{
    enum status s = add_person(conn, job);
    return s ? s : setting_put(conn, "demo", STR("1"));
}

/* What a directory held before the demo came, and what it is told. */
static void check_refused(enum status (*before)(struct db_conn *, void *), const char *message)
{
    struct fixture f = { 0 };
    struct db *db;
    fixture_init(&f);
    assert_int_equal(store_open(&db, str_of(f.directory), true, true, &f.arena, &f.problem), OK);
    assert_int_equal(db_write(db, before, NULL), OK);
    db_close(db);
    assert_int_equal(run_demo(&f, "20", "1", "2026-03-15"), EXIT_TROUBLE);
    assert_non_null(strstr(f.said, message));
    assert_int_equal(number_of(&f, "SELECT count(*) FROM person"), 1);
    assert_int_equal(number_of(&f, "SELECT count(*) FROM unit"), 0);
    fixture_release(&f);
}

static void test_real_data_is_refused(void **state)
{
    (void)state;
    check_refused(add_person, "holds real data");
}

static void test_unfinished_demo_is_refused(void **state)
{
    (void)state;
    check_refused(begin_demo, "was not finished");
}

static void test_options_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *people, *seed, *as_of, *message;
    } cases[] = {
        { "19", "1", "2026-03-15", "--people" },    { "1000001", "1", "2026-03-15", "--people" },
        { "viele", "1", "2026-03-15", "--people" }, { "20", "-1", "2026-03-15", "--seed" },
        { "20", "1", "2026-02-30", "--as-of" },     { "20", "1", "1970-01-01", "--as-of" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f = { 0 };
        fixture_init(&f);
        assert_int_equal(run_demo(&f, cases[i].people, cases[i].seed, cases[i].as_of), EXIT_TROUBLE);
        assert_non_null(strstr(f.said, cases[i].message));
        assert_int_not_equal(access(str_format(&f.arena, "%s/lotse.db", f.directory).at, F_OK), 0);
        fixture_release(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_seed_same_city),        cmocka_unit_test(test_city_is_plausible_and_verified),
        cmocka_unit_test(test_second_demo_is_refused),     cmocka_unit_test(test_real_data_is_refused),
        cmocka_unit_test(test_unfinished_demo_is_refused), cmocka_unit_test(test_options_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
