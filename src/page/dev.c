/* dev: see dev.h. Memory is the request's. */
#include "page/dev.h"

#include "page/page.h"

#include <dirent.h>
#include <sys/stat.h>

static const char templates_folder[] = "web/templates", assets_folder[] = "build/web/assets";

static struct str read_file(struct arena *a, const char *path)
{
    struct stat info;
    FILE *file = fopen(path, "rb");
    if (!file)
        return STR_NONE;
    size_t size = fstat(fileno(file), &info) == 0 && info.st_size > 0 ? (size_t)info.st_size : 0;
    char *bytes = arena_alloc(a, size + 1);
    size_t got = bytes ? fread(bytes, 1, size, file) : 0;
    fclose(file);
    return bytes ? (struct str){ bytes, got } : STR_NONE;
}

/* Calls each with the path of every file of a folder. */
static void walk_folder(struct arena *a, const char *folder, void (*each)(void *context, struct str name, const char *path),
                        void *context)
{
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        struct str path = str_format(a, "%s/%s", folder, entry->d_name);
        if (path.at && entry->d_name[0] != '.')
            each(context, str_of(entry->d_name), path.at);
    }
    if (dir)
        closedir(dir);
}

struct sources {
    struct arena *arena;
    struct template_source *list;
    size_t count, room;
};

static void add_source(void *context, struct str name, const char *path)
{
    struct sources *s = context;
    if (!str_ends(name, STR(".mustache")))
        return;
    s->list = arena_grow(s->arena, s->list, s->count, &s->room, sizeof *s->list);
    if (s->list)
        s->list[s->count++] = (struct template_source){
            str_copy(s->arena, str_part(name, 0, name.len - strlen(".mustache"))), read_file(s->arena, path)
        };
}

static struct str dev_asset_url(void *context, struct str name)
{
    return str_format(context, "/assets/dev/%.*s", STR_ARG(name));
}

enum status dev_render(struct exchange *x, const char *template, struct sink *sink, struct str *problem)
{
    struct sources sources = { .arena = x->arena };
    struct template_options options = {
        .messages = x->app->messages, .asset_url = dev_asset_url, .asset_context = x->arena
    };
    struct template_set *set;
    walk_folder(x->arena, templates_folder, add_source, &sources);
    enum status s = template_compile(&set, sources.list, sources.count, &options, x->arena, problem);
    if (s)
        return s;
    s = template_render(set, str_of(template), x->doc, x->lang, x->arena, sink, problem);
    template_free(set);
    return s;
}

void dev_show_problem(struct exchange *x, struct str problem)
{
    reply_release(x->reply);
    reply_init(x->reply, x->arena);
    x->reply->code = 500;
    x->reply->type = STR("text/plain; charset=utf-8");
    x->reply->body = problem;
    x->replied = true;
}

/* ---------- assets ---------- */

struct asset_search {
    struct str stem, ending; /* "lotse.", ".css" */
    struct arena *arena;
    struct str path;
    time_t newest;
};

static void consider_asset(void *context, struct str name, const char *path)
{
    struct asset_search *s = context;
    struct stat info;
    if (!str_starts(name, s->stem) || !str_ends(name, s->ending) || stat(path, &info) || info.st_mtime < s->newest)
        return;
    s->newest = info.st_mtime;
    s->path = str_copy(s->arena, str_of(path));
}

static struct str type_of(struct str name)
{
    static const struct {
        const char *ending, *type;
    } types[] = { { ".css", "text/css" }, { ".js", "text/javascript" }, { ".svg", "image/svg+xml" }, { ".woff2", "font/woff2" } };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_ends(name, str_of(types[i].ending)))
            return str_of(types[i].type);
    return STR("application/octet-stream");
}

bool dev_asset(struct request *request, struct reply *reply)
{
    const struct str prefix = STR("/assets/dev/");
    if (!str_starts(request->path, prefix))
        return false;
    struct str name = str_from(request->path, prefix.len), ending = name;
    struct str stem = str_cut(&ending, '.');
    struct asset_search search = {
        .stem = str_format(request->arena, "%.*s.", STR_ARG(stem)),
        .ending = str_format(request->arena, ".%.*s", STR_ARG(ending)),
        .arena = request->arena,
    };
    walk_folder(request->arena, assets_folder, consider_asset, &search);
    reply->code = search.path.at ? 200 : 404;
    reply->type = type_of(name);
    reply->body = search.path.at ? read_file(request->arena, search.path.at) : STR("");
    return true;
}

/* ---------- reloading ---------- */

static void consider_time(void *context, struct str name, const char *path)
{
    time_t *newest = context;
    struct stat info;
    (void)name;
    if (stat(path, &info) == 0 && info.st_mtime > *newest)
        *newest = info.st_mtime;
}

/* GET /dev/version: changes when a template or an asset does; the page asks once a second and reloads. */
enum status page_dev(struct exchange *x)
{
    time_t newest = 0;
    if (!x->app->dev)
        return NOT_FOUND;
    walk_folder(x->arena, templates_folder, consider_time, &newest);
    walk_folder(x->arena, assets_folder, consider_time, &newest);
    x->reply->type = STR("text/plain; charset=utf-8");
    x->reply->body = str_format(x->arena, "%lld", (long long)newest);
    x->replied = true;
    return OK;
}
