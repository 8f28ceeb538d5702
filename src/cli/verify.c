/* verify: compares everything derived with the facts. */
#include "task/verify.h"
#include "cli/command.h"
#include "page/completion.h"

static int verify(struct cli *cli, struct app *app)
{
    struct verify_report r;
    const struct catalogue *catalogue = catalogue_take(app->catalogue);
    struct completion_rule *rules = completion_rules_of(catalogue, app_today(app), &cli->arena);
    enum status s = rules ? verify_all(app->db, rules, catalogue->count, &cli->arena, &r) : NO_MEMORY;
    catalogue_release(app->catalogue, catalogue);
    if (s)
        return cli_trouble("the database could not be read (%s)", status_name(s));
    printf("standings: %lld rebuilt, %lld differ\n", (long long)r.standings, (long long)r.standings_wrong);
    printf("completions: %lld rebuilt, %lld differ\n", (long long)r.completions, (long long)r.completions_wrong);
    printf("last days of learning: %lld differ\n", (long long)r.activities_wrong);
    printf("snapshots: %d, checksums that differ: %d\n", r.snapshots, r.checksums_wrong);
    printf("cells: %lld, outside the rules of disclosure: %lld\n", (long long)r.cells, (long long)r.thresholds_wrong);
    puts(verify_is_clean(&r) ? "everything derived equals the facts" : "NOT equal: see above");
    return verify_is_clean(&r) ? EXIT_FINE : EXIT_FINDINGS;
}

static int run(struct cli *cli)
{
    struct app app;
    struct str problem = STR_NONE;
    enum status s = app_open(&app, &cli->config, false, &problem);
    int code = s ? cli_trouble("%.*s (%s)", STR_ARG(problem), status_name(s)) : verify(cli, &app);
    app_close(&app);
    return code;
}

const struct command command_verify = {
    "verify", "", "Rebuilds every derived table and checks every snapshot; 0 when all is equal.", NULL, run,
};
