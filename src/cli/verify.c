/* verify: compares everything derived with the facts. */
#include "task/verify.h"
#include "cli/command.h"
#include "page/app.h"

static int verify(struct cli *cli, struct app *app)
{
    struct verify_report r;
    enum status s = verify_all(app->db, &cli->arena, &r);
    if (s)
        return cli_trouble("the database could not be read (%s)", status_name(s));
    printf("standings: %lld rebuilt, %lld differ\n", (long long)r.standings, (long long)r.standings_wrong);
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
    enum status s = app_open_reading(&app, &cli->config, &problem);
    int code = s ? cli_trouble("%.*s (%s)", STR_ARG(problem), status_name(s)) : verify(cli, &app);
    app_close(&app);
    return code;
}

const struct command command_verify = {
    "verify", "", "Rebuilds every derived table and checks every snapshot; 0 when all is equal.", NULL, run,
};
