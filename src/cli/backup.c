/* backup: a copy of the database while the server works, checked before it gets its name. */
#include "cli/command.h"
#include "page/app.h"

#include <sys/stat.h>

static int copy_to(const struct app *app, const char *file)
{
    struct stat info;
    enum status s = db_backup(app->db, file);
    if (s == CONFLICT)
        return cli_trouble("%s is there already, and a backup never replaces a file; name another one", file);
    if (s == CORRUPT)
        return cli_trouble(
            "the copy is not sound, so the database is not either; no file was made. Keep the last good backup");
    if (s == NO_SPACE)
        return cli_trouble("there is no room for %s; no file was made", file);
    if (s)
        return cli_trouble("%s cannot be written (%s); no file was made", file, status_name(s));
    if (stat(file, &info) == 0)
        printf("%s: %lld bytes, checked\n", file, (long long)info.st_size);
    return EXIT_FINE;
}

static int run(struct cli *cli)
{
    if (cli->argument_count != 1)
        return cli_trouble("say which file to write: lotse backup --data DIR FILE");
    struct app app;
    struct str problem = STR_NONE;
    enum status s = app_open_reading(&app, &cli->config, &problem);
    int code = s ? cli_trouble("%.*s (%s)", STR_ARG(problem), status_name(s)) : copy_to(&app, cli->arguments[0]);
    app_close(&app);
    return code;
}

const struct command command_backup = {
    "backup", "FILE", "Copies the database to a new file, beside a running server, and checks the copy.", NULL, run,
};
