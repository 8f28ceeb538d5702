/* user: local accounts from the shell: the first administrator, a forgotten password. The password comes from
 * standard input, never from the command line, where other users of the machine could read it. */
#include "cli/command.h"
#include "ext/password.h"
#include "ext/token.h"
#include "page/app.h"
#include "page/sign_in_name.h"
#include "store/account.h"
#include "store/lane.h"
#include "store/org.h"

#include <unistd.h>

static const struct cli_option options[] = {
    { "name", "NAME", "sign-in name" },
    { "person", "TEXT", "the person's name (new accounts)" },
    { "role", "ROLE", "grants lead, hr, trainer or admin" },
    { "unit", "CODE", "unit where the grant begins (default: the root)" },
    { NULL, NULL, NULL },
};

struct user_job {
    struct str name, person, hash, unit;
    bool has_role;
    enum role role;
    int64_t learner;
    struct arena *arena;
    bool made;
};

static enum status find_or_add(struct db_conn *conn, struct user_job *job, int64_t *person)
{
    struct account account;
    enum status s = account_find(conn, job->name, job->arena, &account);
    *person = account.person;
    job->made = s == NOT_FOUND;
    if (s != NOT_FOUND)
        return s;
    s = person_add(conn, job->person.len ? job->person : job->name, LANG_DE, person);
    return s ? s : lane_link(conn, *person, job->learner);
}

static enum status root_unit(struct db_conn *conn, struct user_job *job, int64_t *id)
{
    struct unit_list units;
    struct unit root = { .code = STR("STADT"), .name = STR("Stadtverwaltung") };
    enum status s = units_all(conn, job->arena, &units);
    if (s || units.count) {
        *id = s ? 0 : units.units[0].id;
        return s;
    }
    return unit_add(conn, &root, 0, id);
}

static enum status put_user(struct db_conn *conn, void *context)
{
    struct user_job *job = context;
    int64_t person, unit;
    enum status s = find_or_add(conn, job, &person);
    if (s == OK)
        s = account_put(conn, person, job->name, job->hash);
    if (s == OK)
        s = session_end_all(conn, person); /* whoever knew the old password is out */
    if (s || !job->has_role)
        return s;
    struct unit found;
    if (job->unit.len)
        s = unit_find(conn, job->unit, job->arena, &found);
    else
        s = root_unit(conn, job, &found.id);
    unit = s ? 0 : found.id;
    return s ? s : grant_add(conn, person, job->role, unit);
}

static enum status read_password(struct arena *a, struct str *password)
{
    char line[PASSWORD_MAX_BYTES + 2];
    fputs("password: ", stderr);
    if (!fgets(line, sizeof line, stdin))
        return INVALID;
    struct str s = str_of(line);
    if (str_ends(s, STR("\n")))
        s.len--;
    *password = str_copy(a, s);
    return s.len >= PASSWORD_MIN_CHARS ? OK : INVALID;
}

static int put(struct cli *cli, struct app *app, struct user_job *job)
{
    struct str password;
    if (read_password(&cli->arena, &password))
        return cli_trouble("a password of at least %d characters is needed on standard input", PASSWORD_MIN_CHARS);
    enum status s = password_hash(password, &cli->arena, &job->hash);
    if (s == OK)
        s = db_write(app->db, put_user, job);
    if (s == NOT_FOUND)
        return cli_trouble("there is no unit '%.*s'", STR_ARG(job->unit));
    if (s)
        return cli_trouble("nothing was changed (%s)", status_name(s));
    printf("%s %.*s\n", job->made ? "made" : "changed", STR_ARG(job->name));
    return EXIT_FINE;
}

static int run(struct cli *cli)
{
    struct app app;
    struct str problem = STR_NONE, role = cli_flag(cli, "role"), name = cli_flag(cli, "name");
    struct user_job job = {
        .name = sign_in_name(name, &cli->arena),
        .person = cli_flag(cli, "person"),
        .unit = cli_flag(cli, "unit"),
        .has_role = role.at != NULL,
        .arena = &cli->arena,
    };
    if (job.name.len == 0)
        return cli_trouble("say which account: lotse user --name NAME");
    if (job.has_role && !role_parse(role.at, &job.role))
        return cli_trouble("--role is lead, hr, trainer or admin, not '%.*s'", STR_ARG(role));
    struct str database = str_format(&cli->arena, "%.*s/lotse.db", STR_ARG(config_text(&cli->config, SETTING_DATA)));
    bool is_new = !database.at || access(database.at, F_OK) != 0;
    enum status s = app_open(&app, &cli->config, is_new, &problem);
    job.learner = (int64_t)token_random63();
    int code = s ? cli_trouble("%.*s (%s)", STR_ARG(problem), status_name(s)) : put(cli, &app, &job);
    app_close(&app);
    return code;
}

const struct command command_user = {
    "user", "", "Makes an account or sets its password (from standard input), grants a role.", options, run,
};
