/* demo: fills an empty database with a fictitious city. The setting 'demo' is committed with the first row of the city
 * and 'demo-complete' with the last, so that a city that was interrupted is taken for what it is.
 *
 * The history ends on the evening before the day --as-of: whoever opens the demo that day can learn on and cut. */
#include "cli/command.h"
#include "cli/demo_history.h"
#include "ext/password.h"
#include "ext/token.h"
#include "page/app.h"
#include "store/setting.h"

static const struct cli_option options[] = {
    { "people", "N", "size of the staff (default 2000)" },
    { "seed", "S", "a number; the same seed, size and day give the same city (default 1)" },
    { "as-of", "YYYY-MM-DD", "day on which the demo is to be opened (default: today)" },
    { NULL, NULL, NULL },
};

static const char password[] = "lotse-demo";

enum { DEMO_MONTHS = 18, EARLIEST_YEAR = 2000, CHUNK = 500, SCRATCH = 256 * 1024 * 1024 };

struct demo {
    struct app *app;
    struct arena *arena;   /* for what lives as long as the command */
    struct arena *scratch; /* reset after each chunk */
    int64_t count, seed;
    int32_t as_of; /* 0: today */
    struct demo_span span;
    struct str key; /* of the seed: learner keys and rounding; the installation's secret stays random */
    struct demo_city city;
    struct demo_people people;
    size_t next; /* person to be written */
    struct str hash;
};

/* ---------- what is asked for ---------- */

static int read_number(const struct cli *cli, const char *name, int64_t least, int64_t most, int64_t *out)
{
    struct str text = cli_flag(cli, name);
    if (!text.at)
        return EXIT_FINE;
    if (str_to_int(text, out) && *out >= least && *out <= most)
        return EXIT_FINE;
    return cli_trouble("--%s is a whole number from %lld to %lld, not '%.*s'", name, (long long)least, (long long)most,
                       STR_ARG(text));
}

static struct demo_span span_before(int32_t as_of)
{
    struct civil last = clock_civil_of_day(as_of - 1);
    return (struct demo_span){ clock_add_months(clock_day_of(last.year, last.month, 1), 1 - DEMO_MONTHS), as_of - 1 };
}

/* Before the database is opened: a typing error must not leave an empty one behind. */
static int read_options(const struct cli *cli, struct demo *d)
{
    struct str as_of = cli_flag(cli, "as-of");
    d->count = 2000;
    d->seed = 1;
    if (read_number(cli, "people", DEMO_FEWEST_PEOPLE, DEMO_MOST_PEOPLE, &d->count) ||
        read_number(cli, "seed", 0, INT64_MAX, &d->seed))
        return EXIT_TROUBLE;
    if (as_of.at && (!clock_parse_day(as_of, &d->as_of) || d->as_of < clock_day_of(EARLIEST_YEAR, 1, 1)))
        return cli_trouble("--as-of %.*s is not a day after %d: write YYYY-MM-DD, e.g. 2026-11-30", STR_ARG(as_of),
                           EARLIEST_YEAR - 1);
    return EXIT_FINE;
}

/* ---------- where it may not go ---------- */

struct directory_state {
    bool demo, complete, inhabited;
};

static enum status has_setting(struct db_conn *view, const char *name, struct arena *a, bool *has)
{
    struct str value;
    enum status s = setting_get(view, name, a, &value);
    *has = s == OK;
    return s == NOT_FOUND ? OK : s;
}

static enum status look(struct demo *d, struct directory_state *state)
{
    struct db_conn *view;
    enum status s = db_view(d->app->db, &view);
    if (s)
        return s;
    s = has_setting(view, "demo", d->arena, &state->demo);
    if (s == OK)
        s = has_setting(view, "demo-complete", d->arena, &state->complete);
    if (s == OK)
        s = org_exists(view, &state->inhabited);
    db_view_end(view);
    return s;
}

static int refuse(struct demo *d, struct str directory)
{
    struct directory_state state;
    enum status s = look(d, &state);
    if (s)
        return cli_trouble("the database in %.*s could not be read (%s)", STR_ARG(directory), status_name(s));
    if (state.demo && state.complete)
        return cli_trouble("%.*s holds a demo already: start it with lotse serve, name another directory with --data, "
                           "or remove this one first",
                           STR_ARG(directory));
    if (state.demo)
        return cli_trouble("%.*s holds a demo that was not finished: remove the directory and run lotse demo again",
                           STR_ARG(directory));
    if (state.inhabited)
        return cli_trouble("%.*s holds real data, and fictitious persons have no place among real ones: name an empty "
                           "directory with --data. Nothing was changed",
                           STR_ARG(directory));
    return EXIT_FINE;
}

/* ---------- the city ---------- */

static enum status found_city(struct db_conn *conn, void *job)
{
    struct demo *d = job;
    enum status s = setting_put(conn, "demo", STR("1"));
    if (s == OK)
        s = setting_put(conn, "as-of", clock_format_day(d->arena, d->as_of));
    return s ? s : demo_city_write(&d->city, conn);
}

static enum status write_people(struct db_conn *conn, void *job)
{
    struct demo *d = job;
    return demo_people_write(&d->people, d->next, CHUNK, &d->city, (uint64_t)d->seed, d->span, d->scratch, conn);
}

static enum status write_accounts(struct db_conn *conn, void *job)
{
    struct demo *d = job;
    return demo_accounts_write(&d->city, d->hash, conn);
}

static enum status close_demo(struct db_conn *conn, void *job)
{
    (void)job;
    return setting_put(conn, "demo-complete", STR("1"));
}

static enum status settle(struct demo *d)
{
    enum status s =
        demo_people_draw(&d->people, (size_t)d->count, &d->city, (uint64_t)d->seed, d->key, d->span, d->arena);
    if (s == OK)
        s = password_hash(str_of(password), d->arena, &d->hash);
    if (s == OK)
        s = db_bulk(d->app->db, found_city, d);
    for (; s == OK && d->next < d->people.count; d->next += CHUNK) {
        s = db_bulk(d->app->db, write_people, d);
        arena_reset(d->scratch);
    }
    return s ? s : db_bulk(d->app->db, write_accounts, d);
}

static enum status remember(struct demo *d)
{
    struct demo_history history = {
        .db = d->app->db,
        .catalogue = catalogue_take(d->app->catalogue),
        .people = &d->people,
        .seed = (uint64_t)d->seed,
        .key = d->key,
        .span = d->span,
        .arena = d->arena,
        .scratch = d->scratch,
    };
    enum status s = demo_history_write(&history);
    catalogue_release(d->app->catalogue, history.catalogue);
    return s;
}

static void say_done(const struct demo *d, struct str directory)
{
    printf("\nThe demo city stands in %.*s: %zu units, %zu fictitious persons. Password of every account: %s\n",
           STR_ARG(directory), d->city.unit_count, d->people.count, password);
    for (size_t i = 0; i < demo_account_count; i++)
        printf("  %-8s %s\n", demo_accounts[i].name, demo_accounts[i].what);
    printf("Start it with lotse serve --data %.*s and sign in at /sign-in\n", STR_ARG(directory));
}

static int build(struct demo *d, struct str directory)
{
    struct str problem = STR_NONE;
    if (demo_city_read(&d->city, d->arena, &problem))
        return cli_trouble("the binary's demo tables cannot be read: %.*s", STR_ARG(problem));
    d->key = token_hash(str_format(d->arena, "lotse demo, seed %lld", (long long)d->seed), d->arena);
    enum status s = settle(d);
    if (s == OK) {
        printf("%zu units, %zu functions, %zu persons\n", d->city.unit_count, d->city.function_count, d->people.count);
        s = remember(d);
    }
    if (s == OK)
        s = db_bulk(d->app->db, close_demo, d);
    if (s)
        return cli_trouble("the demo was not finished (%s): remove %.*s and run lotse demo again", status_name(s),
                           STR_ARG(directory));
    say_done(d, directory);
    return EXIT_FINE;
}

static int make(struct demo *d, struct str directory)
{
    struct arena scratch;
    if (d->as_of == 0)
        d->as_of = clock_day(clock_now(&d->app->clock), d->app->zone);
    d->span = span_before(d->as_of);
    int code = refuse(d, directory);
    if (code)
        return code;
    arena_init(&scratch, SCRATCH);
    d->scratch = &scratch;
    code = build(d, directory);
    arena_release(&scratch);
    return code;
}

static int run(struct cli *cli)
{
    struct app app;
    struct demo d = { .app = &app, .arena = &cli->arena };
    struct str problem = STR_NONE;
    if (read_options(cli, &d))
        return EXIT_TROUBLE;
    enum status s = app_open(&app, &cli->config, true, &problem);
    int code = s ? cli_trouble("%.*s (%s)", STR_ARG(problem), status_name(s))
                 : make(&d, config_text(&cli->config, SETTING_DATA));
    app_close(&app);
    return code;
}

const struct command command_demo = {
    "demo", "", "Fills an empty directory with a fictitious city: people, learning, reports.", options, run,
};
