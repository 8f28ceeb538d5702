/* Unit tests of opening: migrations forward, the future, foreign files, the lock, statements that do not compile;
 * and of plans. */
#include "db/fixture.h"

#include <sqlite3.h>

#define STEP(number, name, sql) { (number), STR_INIT(name), STR_INIT(sql) }

static const struct db_migration three[] = {
    STEP(1, "first", NOTE_SCHEMA),
    STEP(2, "tag", "ALTER TABLE note ADD COLUMN tag TEXT; UPDATE note SET tag = words;"),
    STEP(3, "broken", "CREATE TABLE half (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1);"),
};

static void use(struct fixture *f, const struct db_migration *migrations, size_t count)
{
    f->options.migrations = migrations;
    f->options.migration_count = count;
}

static enum status try_open(struct fixture *f)
{
    db_close(f->db);
    return db_open(&f->db, &f->options, &f->arena, &f->problem);
}

static void expect_problem(struct fixture *f, enum status expected, const char *says)
{
    assert_int_equal(try_open(f), expected);
    assert_null(f->db);
    if (!strstr(f->problem.at, says))
        fail_msg("%s", f->problem.at);
}

static void migrations_go_forward_once(void **state)
{
    struct fixture *f = *state;
    int64_t id = 1;
    assert_int_equal(db_version(f->db), 1);
    assert_int_equal(db_write(f->db, add_note, &id), OK);
    use(f, three, 2);
    fixture_reopen(f);
    assert_int_equal(db_version(f->db), 2);
    assert_true(note_exists(f->db, 1));
    fixture_reopen(f);
    assert_int_equal(db_version(f->db), 2);
}

static void a_failed_migration_leaves_no_half(void **state)
{
    struct fixture *f = *state;
    use(f, three, 3);
    expect_problem(f, UNAVAILABLE, "migration 3 (broken) failed and was undone: no such table: nowhere");
    static const struct db_migration mended[] = {
        STEP(1, "first", NOTE_SCHEMA),
        STEP(2, "tag", "SELECT 1"),
        STEP(3, "mended", "CREATE TABLE half (a INTEGER) STRICT"),
    };
    use(f, mended, 3);
    fixture_reopen(f); /* would fail if "half" were there, or if 2 had not been kept */
    assert_int_equal(db_version(f->db), 3);
}

static void a_migration_that_leaves_orphans_is_undone(void **state)
{
    struct fixture *f = *state;
    static const struct db_migration orphan[] = {
        STEP(1, "first", NOTE_SCHEMA),
        STEP(2, "orphan", "INSERT INTO child (note) VALUES (77)"),
    };
    use(f, orphan, 2);
    expect_problem(f, CORRUPT, "refer to rows that are not there");
    use(f, orphan, 1);
    fixture_reopen(f);
}

static void the_future_is_refused(void **state)
{
    struct fixture *f = *state;
    use(f, three, 2);
    fixture_reopen(f);
    use(f, three, 1);
    expect_problem(f, CONFLICT, "newer lotse (its schema is at step 2, this one knows 1)");
}

static void a_missing_file_is_made_only_on_demand(void **state)
{
    struct fixture *f = *state;
    db_close(f->db);
    f->db = NULL;
    unlink(f->path);
    f->options.create = false;
    expect_problem(f, NOT_FOUND, "No such file");
    assert_int_equal(access(f->path, F_OK), -1);
    f->options.create = true;
    fixture_open(f);
    struct stat st;
    assert_int_equal(stat(f->path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void files_of_others_are_refused(void **state)
{
    struct fixture *f = *state;
    db_close(f->db);
    f->db = NULL;
    FILE *out = fopen(f->path, "w");
    assert_non_null(out);
    for (int i = 0; i < 200; i++)
        fputs("This is a text and no database. ", out);
    fclose(out);
    expect_problem(f, CORRUPT, "file is not a database");

    unlink(f->path);
    sqlite3 *theirs;
    assert_int_equal(sqlite3_open(f->path, &theirs), SQLITE_OK);
    assert_int_equal(sqlite3_exec(theirs, "CREATE TABLE bookmarks (a)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(theirs);
    expect_problem(f, INVALID, "is a database of another program");
}

static void only_one_process_writes(void **state)
{
    struct fixture *f = *state;
    f->options.exclusive = true;
    fixture_reopen(f);
    struct db *second;
    assert_int_equal(db_open(&second, &f->options, &f->arena, &f->problem), BUSY);
    assert_null(second);
    assert_non_null(strstr(f->problem.at, "in use by another lotse"));

    f->options.exclusive = false; /* a tool that reads is welcome, but it cannot migrate under the server */
    assert_int_equal(db_open(&second, &f->options, &f->arena, &f->problem), OK);
    assert_int_equal(count_notes(second), 0);
    db_close(second);
    use(f, three, 2);
    assert_int_equal(db_open(&second, &f->options, &f->arena, &f->problem), BUSY);
    fixture_reopen(f);
    assert_int_equal(db_version(f->db), 2);
}

static void a_statement_with_a_typo_fails_the_start(void **state)
{
    struct fixture *f = *state;
    static const char *const typos[] = { "SELECT wrods FROM note", "SELECT id FROM note WHERE \"wrods\" = ?1" };
    for (size_t i = 0; i < 2; i++) {
        const struct db_statement statement = { "mistyped", typos[i], NULL };
        const struct db_set set = { 1, "other", &statement, 1 };
        const struct db_set *const sets[] = { &note_set, &set };
        f->options.sets = sets;
        f->options.set_count = 2;
        expect_problem(f, INVALID, "statement other/mistyped does not compile: no such column: wrods");
    }
}

/* ---- plans ---- */

static const struct plan_case {
    struct db_statement statement;
    bool scans;
} PLANS[] = {
    { { "by-key", "SELECT words FROM note WHERE id = ?1", NULL }, false },
    { { "all", "SELECT words FROM note", NULL }, true },
    { { "alias", "SELECT n.words FROM note AS n WHERE n.words = ?1", NULL }, true },
    { { "count", "SELECT count(*) FROM note", NULL }, true },
    { { "index", "SELECT note FROM child ORDER BY note", NULL }, true },
    { { "least", "SELECT min(id) FROM note", NULL }, false },
    { { "range", "SELECT words FROM note WHERE id < ?1", NULL }, false },
    { { "constant", "SELECT ?1", NULL }, false },
    { { "values", "SELECT v.column1 FROM (VALUES (1), (2)) AS v", NULL }, false },
    { { "json", "SELECT n.words FROM json_each(?1) AS j CROSS JOIN note AS n ON n.id = j.value", NULL }, false },
    { { "recursive",
        "WITH RECURSIVE step (id) AS (SELECT ?1 UNION ALL SELECT n.id FROM step AS s CROSS JOIN note AS n "
        "ON n.id = s.id + 1) SELECT t.id FROM step AS t",
        NULL },
      false },
    { { "insert", "INSERT INTO note (id, words) VALUES (?1, ?2)", NULL }, false },
    { { "update", "UPDATE note SET words = ?1", NULL }, true },
    { { "delete-by-key", "DELETE FROM child WHERE note = ?1", NULL }, false },
};
enum { PLAN_COUNT = sizeof PLANS / sizeof *PLANS };

static void check_plan(void *context, const struct db_set *set, const struct db_statement *statement, struct str plan,
                       bool scans)
{
    const struct plan_case *expected = &PLANS[statement - set->statements];
    if (scans != expected->scans)
        fail_msg("%s: %.*s", statement->name, STR_ARG(plan));
    ++*(int *)context;
}

static void plans_tell_a_full_scan(void **state)
{
    struct fixture *f = *state;
    struct db_statement statements[PLAN_COUNT];
    for (int i = 0; i < PLAN_COUNT; i++)
        statements[i] = PLANS[i].statement;
    const struct db_migration indexed[] = { f->first, STEP(2, "index", "CREATE INDEX by_note ON child (note)") };
    const struct db_set set = { 0, "plan", statements, PLAN_COUNT };
    const struct db_set *const sets[] = { &set };
    f->options.sets = sets;
    use(f, indexed, 2);
    fixture_reopen(f);
    int seen = 0;
    assert_int_equal(db_explain(f->db, check_plan, &seen), OK);
    assert_int_equal(seen, PLAN_COUNT);
    db_close(f->db); /* the statements live on this function's stack */
    f->db = NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(migrations_go_forward_once, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(a_failed_migration_leaves_no_half, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(a_migration_that_leaves_orphans_is_undone, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(the_future_is_refused, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(a_missing_file_is_made_only_on_demand, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(files_of_others_are_refused, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(only_one_process_writes, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(a_statement_with_a_typo_fails_the_start, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(plans_tell_a_full_scan, fixture_up, fixture_down),
    };
    return cmocka_run_group_tests_name("open", tests, NULL, NULL);
}
