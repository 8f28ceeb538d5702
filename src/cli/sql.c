/* sql: every statement with its query plan. A full scan without a reason is a finding. */
#include "cli/command.h"
#include "page/app.h"

static const struct cli_option options[] = {
    { "check", NULL, "only unplanned full scans; exit 1 where there is one" },
    { NULL, NULL, NULL },
};

struct listing {
    bool check_only;
    int unplanned;
};

static void print_statement(void *context, const struct db_set *set, const struct db_statement *statement, struct str plan,
                            bool scans)
{
    struct listing *l = context;
    bool unplanned = scans && !statement->full_scan_because;
    l->unplanned += unplanned;
    if (l->check_only && !unplanned)
        return;
    printf("%s/%s%s%s\n  %s\n", set->name, statement->name, scans ? ": full scan, " : "",
           unplanned ? "UNPLANNED" : scans ? statement->full_scan_because : "", statement->text);
    while (plan.len) {
        struct str line = str_cut(&plan, '\n');
        printf("    %.*s\n", STR_ARG(line));
    }
}

static int run(struct cli *cli)
{
    struct app app;
    struct str problem = STR_NONE;
    struct listing l = { .check_only = cli_has(cli, "check") };
    enum status s = app_open_reading(&app, &cli->config, &problem);
    if (s == OK)
        s = db_explain(app.db, print_statement, &l);
    int code = s ? cli_trouble("%.*s (%s)", STR_ARG(problem), status_name(s)) : l.unplanned ? EXIT_FINDINGS : EXIT_FINE;
    app_close(&app);
    return code;
}

const struct command command_sql = { "sql", "", "Lists every statement with its query plan.", options, run };
