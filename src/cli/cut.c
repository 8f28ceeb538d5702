/* cut: publishes a reporting snapshot. */
#include "cli/command.h"
#include "page/app.h"
#include "task/cut.h"

static const struct cli_option options[] = {
    { "date", "YYYY-MM-DD", "day of the snapshot (default: today)" },
    { NULL, NULL, NULL },
};

static int cut(struct cli *cli, struct app *app)
{
    int64_t now = clock_now(&app->clock);
    int32_t day = clock_day(now, app->zone);
    struct str date = cli_flag(cli, "date");
    if (date.at && !clock_parse_day(date, &day))
        return cli_trouble("--date %.*s is not a day: write YYYY-MM-DD, e.g. 2026-11-30", STR_ARG(date));
    const struct catalogue *catalogue = catalogue_take(app->catalogue);
    struct str *courses = ARENA_ARRAY(&cli->arena, catalogue->count + 1, struct str);
    for (size_t i = 0; courses && i < catalogue->count; i++)
        courses[i] = catalogue->courses[i]->id;
    struct cut what = { app->secret, day, now, courses, courses ? catalogue->count : 0 };
    struct cut_outcome out;
    enum status s = cut_snapshot(app->db, &what, &cli->arena, &out);
    catalogue_release(app->catalogue, catalogue);
    struct str shown = clock_format_day(&cli->arena, day);
    if (s == CONFLICT)
        return cli_trouble("there is a snapshot of %.*s already; a published snapshot is never recomputed", STR_ARG(shown));
    if (s == NOT_FOUND)
        return cli_trouble("there are no units yet: nothing to report on");
    if (s)
        return cli_trouble("the snapshot was not cut (%s); nothing was written", status_name(s));
    printf("snapshot of %.*s: %d units, %d subjects, %d cells\n", STR_ARG(shown), out.units, out.subjects, out.cells);
    return EXIT_FINE;
}

static int run(struct cli *cli)
{
    struct app app;
    struct str problem = STR_NONE;
    enum status s = app_open(&app, &cli->config, false, &problem);
    int code = s ? cli_trouble("%.*s (%s)", STR_ARG(problem), status_name(s)) : cut(cli, &app);
    app_close(&app);
    return code;
}

const struct command command_cut = { "cut", "", "Cuts a reporting snapshot: protected figures per unit.", options, run };
