/* app: opening and closing, in one order and its reverse. */
#include "page/app.h"

#include "base/embed.h"
#include "base/log.h"
#include "ext/token.h"
#include "http/assets.h"
#include "store/setting.h"
#include "store/store.h"

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

int32_t app_today(const struct app *app)
{
    return clock_day(clock_now(&app->clock), app->zone);
}

struct str app_say(const struct app *app, struct arena *a, enum lang lang, const char *message)
{
    return message_text(app->messages, a, lang, str_of(message), NULL, 0);
}

static enum status open_messages(struct app *app, struct str *problem)
{
    struct str mo[LANG_COUNT];
    for (int lang = 0; lang < LANG_COUNT; lang++)
        mo[lang] = embed_bytes(str_format(&app->arena, "messages/%s.mo", lang_code((enum lang)lang)).at);
    enum status s = messages_load(&app->messages, mo);
    if (s)
        *problem = STR("the binary's messages cannot be read; build it anew");
    return s;
}

enum status app_open_words(struct app *app, const struct config *config, struct str *problem)
{
    enum { CEILING = 64 * 1024 * 1024 };
    *app = (struct app){ .config = config };
    arena_init(&app->arena, CEILING);
    app->zone = str_is(config_text(config, SETTING_ZONE), "UTC") ? ZONE_UTC : ZONE_ZURICH;
    app->dev = config_int(config, SETTING_DEV) != 0;
    const char *fixed = getenv("LOTSE_NOW");
    int64_t now;
    if (fixed && str_to_int(str_of(fixed), &now))
        app->clock.fixed = now;
    enum status s = token_start();
    if (s == OK)
        s = open_messages(app, problem);
    if (s == OK)
        s = framework_load(&app->framework, embed_bytes("competences.xml"), &app->arena, problem);
    if (s == OK)
        s = pack_schema_new(&app->schema, embed_bytes("schema/course-1.xsd"), app->framework, app->messages, &app->arena,
                            problem);
    if (s == OK)
        pack_schema_set_policies(app->schema, &config->policies);
    return s;
}

static enum status open_templates(struct app *app, struct str *problem)
{
    struct template_source *sources = ARENA_ARRAY(&app->arena, embed_count, struct template_source);
    size_t count = 0;
    for (size_t i = 0; sources && i < embed_count; i++) {
        struct str name = embed_table[i].name;
        if (str_starts(name, STR("templates/")) && str_ends(name, STR(".mustache")))
            sources[count++] = (struct template_source){ str_part(name, 10, name.len - 19), embed_table[i].bytes };
    }
    struct template_options options = { .messages = app->messages, .asset_url = assets_url };
    return template_compile(&app->templates, sources, count, &options, &app->arena, problem);
}

/* The secret is made once, with the database, and never shown. */
static enum status make_secret(struct db_conn *conn, void *job)
{
    struct arena *a = job;
    struct str secret;
    enum status s = setting_get(conn, "secret", a, &secret);
    return s == NOT_FOUND ? setting_put(conn, "secret", token_new(a)) : s;
}

/* Somebody may have put another one there by hand. */
static enum status check_secret(struct app *app, struct str *problem)
{
    if (app->secret.len >= TOKEN_KEY_MIN && app->secret.len <= TOKEN_KEY_MAX)
        return OK;
    *problem = str_format(&app->arena,
                          "the secret in the database (setting 'secret') has %zu bytes, it must have %d to %d: bring back the "
                          "one of your backup; without one delete that setting, then a new one is made, and figures of later "
                          "snapshots are rounded otherwise",
                          app->secret.len, TOKEN_KEY_MIN, TOKEN_KEY_MAX);
    return INVALID;
}

static enum status read_settings(struct app *app, struct str *problem)
{
    struct db_conn *view;
    *problem = STR("the settings in the database cannot be read");
    enum status s = db_write(app->db, make_secret, &app->arena);
    if (s == OK)
        s = db_view(app->db, &view);
    if (s)
        return s;
    s = setting_get(view, "secret", &app->arena, &app->secret);
    struct str value;
    enum status demo = setting_get(view, "demo", &app->arena, &value);
    app->demo = demo == OK;
    enum status city = setting_get(view, "city", &app->arena, &app->city);
    if (city == NOT_FOUND)
        app->city = STR("Stadtverwaltung");
    db_view_end(view);
    if (s == OK && demo != OK && demo != NOT_FOUND)
        s = demo;
    return s ? s : check_secret(app, problem);
}

struct pack_report {
    const struct app *app;
    struct arena *arena;
};

static void report_pack(void *context, const struct pack_status *pack)
{
    const struct pack_report *r = context;
    const char *state = pack->kept ? "kept" : pack->course ? "live" : "refused";
    for (const struct finding *f = pack->findings->first; f; f = f->next)
        log_event(f->severity == SEVERITY_ERROR ? LOG_ERROR : LOG_WARN, "event=pack pack=%.*s finding=%.*s",
                  STR_ARG(pack->folder),
                  STR_ARG(log_quote(r->arena, finding_line(f, r->app->messages, LANG_EN, STR(""), r->arena))));
    log_event(LOG_INFO, "event=pack pack=%.*s state=%s version=%.*s", STR_ARG(pack->folder), state,
              STR_ARG(pack->course ? pack->course->version : STR("-")));
}

static bool is_folder(struct str path)
{
    struct stat info;
    return path.at && stat(path.at, &info) == 0 && S_ISDIR(info.st_mode);
}

/* Where nobody said where the packs are, they may stand beside the binary: in a checkout, or as `make install` lays them. */
struct str app_courses_folder(const struct app *app, struct arena *a)
{
    static const char *const beside[] = { "../courses", "../share/lotse/courses" };
    struct str folder = config_text(app->config, SETTING_COURSES);
    char binary[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", binary, sizeof binary);
    bool settled = app->config->values[SETTING_COURSES].origin != CONFIG_DEFAULT || is_folder(folder) || len <= 0;
    while (len > 0 && binary[len - 1] != '/')
        len--;
    for (size_t i = 0; !settled && i < sizeof beside / sizeof *beside; i++) {
        struct str candidate = str_format(a, "%.*s%s", (int)len, binary, beside[i]);
        if (is_folder(candidate))
            return candidate;
    }
    return folder;
}

static bool has_place(const struct catalogue *catalogue, struct str policy)
{
    for (size_t i = 0; i < catalogue->count; i++)
        for (size_t p = 0; p < catalogue->courses[i]->policy_count; p++)
            if (str_equal(catalogue->courses[i]->policies[p], policy))
                return true;
    return false;
}

/* A rule that no course shows is likely misspelt. */
static void report_policies(const struct app *app)
{
    const struct catalogue *catalogue = catalogue_take(app->catalogue);
    const struct policies *policies = &app->config->policies;
    for (size_t i = 0; i < policies->count; i++)
        if (!has_place(catalogue, policies->list[i].id))
            log_event(LOG_WARN, "event=policy id=%.*s place=%.*s why=shown-by-no-course", STR_ARG(policies->list[i].id),
                      STR_ARG(policies->list[i].where));
    catalogue_release(app->catalogue, catalogue);
}

enum status app_load_courses(const struct app *app, const char *folder, struct arena *a)
{
    struct pack_report report = { app, a };
    return catalogue_load(app->catalogue, app->schema, folder, clock_now(&app->clock), report_pack, &report);
}

static enum status load_courses(struct app *app, struct str *problem)
{
    struct str folder = app_courses_folder(app, &app->arena);
    app->folder_seen = folder.at ? catalogue_fingerprint(folder.at) : 0;
    enum status s = folder.at ? app_load_courses(app, folder.at, &app->arena) : NO_MEMORY;
    if (s)
        *problem = str_format(&app->arena, "the course packs in '%.*s' cannot be read; say where they are: --courses DIR",
                              STR_ARG(folder));
    else
        report_policies(app);
    return s;
}

enum status app_open(struct app *app, const struct config *config, bool create, struct str *problem)
{
    enum status s = app_open_words(app, config, problem);
    if (s == OK)
        s = store_open(&app->db, config_text(config, SETTING_DATA), create, create, &app->arena, problem);
    if (s == OK)
        s = read_settings(app, problem);
    if (s == OK)
        s = open_templates(app, problem);
    if (s == OK)
        s = reference_open(&app->reference, app->schema, &app->arena, problem);
    if (s == OK)
        s = state_cache_new(&app->states, app->schema);
    if (s == OK)
        s = catalogue_open(&app->catalogue);
    return s ? s : load_courses(app, problem);
}

enum status app_open_reading(struct app *app, const struct config *config, struct str *problem)
{
    enum status s = app_open_words(app, config, problem);
    return s ? s : store_open(&app->db, config_text(config, SETTING_DATA), false, false, &app->arena, problem);
}

void app_close(struct app *app)
{
    if (app->catalogue)
        catalogue_close(app->catalogue);
    if (app->states)
        state_cache_free(app->states);
    if (app->templates)
        template_free(app->templates);
    if (app->db)
        db_close(app->db);
    reference_close(app->reference);
    if (app->schema)
        pack_schema_free(app->schema);
    if (app->framework)
        framework_free(app->framework);
    if (app->messages)
        messages_free(app->messages);
    arena_release(&app->arena);
}
