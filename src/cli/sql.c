/* sql: every statement with its query plan. A full scan without a reason is a finding. */
#include "cli/command.h"
#include "page/app.h"
#include "store/store.h"

#include <limits.h>
#include <unistd.h>

static const struct cli_option options[] = {
    { "check", NULL, "only unplanned full scans; exit 1 where there is one" },
    { NULL, NULL, NULL },
};

struct listing {
    bool check_only;
    int unplanned;
};

static void print_statement(void *context, const struct db_set *set, const struct db_statement *statement,
                            struct str plan, bool scans)
{
    struct listing *l = context;
    bool unplanned = scans && !statement->full_scan_because;
    l->unplanned += unplanned;
    if (l->check_only && !unplanned)
        return;
    printf("%s/%s%s%s\n  %s\n", set->name, statement->name, scans ? ": full scan, " : "",
           unplanned ? "UNPLANNED"
           : scans   ? statement->full_scan_because
                     : "",
           statement->text);
    while (plan.len) {
        struct str line = str_cut(&plan, '\n');
        printf("    %.*s\n", STR_ARG(line));
    }
}

static int list(struct db *db, bool check_only)
{
    struct listing l = { .check_only = check_only };
    enum status s = db_explain(db, print_statement, &l);
    if (s)
        return cli_trouble("the statements cannot be explained (%s)", status_name(s));
    return l.unplanned ? EXIT_FINDINGS : EXIT_FINE;
}

/* ---- without a database: an empty one for the moment, with the schema of this binary ---- */

static void remove_database(const char *directory)
{
    static const char *const files[] = { "lotse.db", "lotse.db-wal", "lotse.db-shm", "lotse.db.lock" };
    char path[PATH_MAX];
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (snprintf(path, sizeof path, "%s/%s", directory, files[i]) < (int)sizeof path)
            unlink(path);
    rmdir(directory);
}

static int list_of_empty(struct cli *cli)
{
    struct db *db = NULL;
    struct str problem = STR_NONE;
    const char *folder = getenv("TMPDIR");
    char directory[PATH_MAX - 32];
    int len = snprintf(directory, sizeof directory, "%s/lotse-sql-XXXXXX", folder && *folder ? folder : "/tmp");
    if (len >= (int)sizeof directory || !mkdtemp(directory))
        return cli_trouble("%s cannot be made: say in TMPDIR where temporary files may lie", directory);
    enum status s = store_open(&db, str_of(directory), true, false, &cli->arena, &problem);
    int code = s ? cli_trouble("%.*s (%s)", STR_ARG(problem), status_name(s)) : list(db, cli_has(cli, "check"));
    db_close(db);
    remove_database(directory);
    return code;
}

static bool has_database(struct cli *cli)
{
    struct str path = str_format(&cli->arena, "%.*s/lotse.db", STR_ARG(config_text(&cli->config, SETTING_DATA)));
    return path.at && access(path.at, F_OK) == 0;
}

static int run(struct cli *cli)
{
    if (!has_database(cli))
        return list_of_empty(cli);
    struct app app;
    struct str problem = STR_NONE;
    enum status s = app_open_reading(&app, &cli->config, &problem);
    int code = s ? cli_trouble("%.*s (%s)", STR_ARG(problem), status_name(s)) : list(app.db, cli_has(cli, "check"));
    app_close(&app);
    return code;
}

const struct command command_sql = {
    "sql",   "",  "Lists every statement with its query plan; where DIR has no database, against an empty one.",
    options, run,
};
