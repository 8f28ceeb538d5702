/* assets: see assets.h. The address of a file changes with its content, so clients may keep it for ever.
 *
 * Addresses by logical name are worked out once, at the first use, and are constant from then on: the one table of
 * this kind, because the embed table is constant too and templates ask without any object at hand. */
#include "http/assets.h"

#include "base/embed.h"
#include "http/accept.h"
#include "http/error_page.h"

#include <pthread.h>

enum { URL_MAX = 160, TABLE_MAX = 256 };

struct asset_address {
    struct str stem, ending; /* "lotse" and ".css"; parts of the embed table's name */
    struct str url;
};

static struct asset_address addresses[TABLE_MAX];
static size_t address_count;
static pthread_once_t addresses_made = PTHREAD_ONCE_INIT;

static size_t last_dot(struct str s)
{
    size_t i = s.len;
    while (i > 0 && s.at[i - 1] != '.')
        i--;
    return i ? i - 1 : s.len;
}

/* "assets/lotse.4f3a91c2.css" -> stem "lotse", ending ".css"; false for other files and for .br and .gz. */
static bool address_parse(struct str name, struct asset_address *out)
{
    const struct str folder = STR("assets/");
    if (!str_starts(name, folder) || str_ends(name, STR(".br")) || str_ends(name, STR(".gz")))
        return false;
    struct str file = str_from(name, folder.len);
    size_t ending = last_dot(file), hash = last_dot(str_part(file, 0, ending));
    out->stem = str_part(file, 0, hash);
    out->ending = str_from(file, ending);
    return hash < ending && ending < file.len;
}

static void addresses_make(void)
{
    static char urls[TABLE_MAX][URL_MAX];
    for (size_t i = 0; i < embed_count && address_count < TABLE_MAX; i++) {
        struct asset_address *a = &addresses[address_count];
        if (!address_parse(embed_table[i].name, a))
            continue;
        int len = snprintf(urls[address_count], URL_MAX, "/%.*s", STR_ARG(embed_table[i].name));
        if (len < URL_MAX)
            a->url = (struct str){ urls[address_count++], (size_t)len };
    }
}

struct str assets_url(void *context, struct str name)
{
    (void)context;
    pthread_once(&addresses_made, addresses_make);
    for (size_t i = 0; i < address_count; i++) {
        const struct asset_address *a = &addresses[i];
        if (name.len == a->stem.len + a->ending.len && str_starts(name, a->stem) && str_ends(name, a->ending))
            return a->url;
    }
    return STR_NONE;
}

static struct str type_of(struct str name)
{
    static const struct {
        const char *ending, *type;
    } types[] = {
        { ".css", "text/css; charset=utf-8" },
        { ".js", "text/javascript; charset=utf-8" },
        { ".svg", "image/svg+xml" },
        { ".woff2", "font/woff2" },
        { ".png", "image/png" },
        { ".webp", "image/webp" },
        { ".jpg", "image/jpeg" },
        { ".ico", "image/x-icon" },
        { ".json", "application/json" },
        { ".webmanifest", "application/manifest+json" },
        { ".txt", "text/plain; charset=utf-8" },
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_ends(name, str_of(types[i].ending)))
            return str_of(types[i].type);
    return STR("application/octet-stream");
}

static const struct embed *sibling(struct arena *arena, struct str name, const char *ending)
{
    struct str full = str_format(arena, "%.*s%s", STR_ARG(name), ending);
    return full.at ? embed_find(full) : NULL;
}

static void answer_found(const struct request *request, struct reply *reply, const struct embed *plain)
{
    const struct embed *brotli = sibling(request->arena, plain->name, ".br");
    const struct embed *gzip = sibling(request->arena, plain->name, ".gz");
    enum coding coding = accept_coding(request->accept_encoding, brotli != NULL, gzip != NULL);
    static const char *const tags[] = { "", "-br", "-gz" };
    struct str etag = str_format(request->arena, "\"%.*s%s\"", STR_ARG(plain->name), tags[coding]);
    reply->cacheable = true;
    reply_header(reply, "Cache-Control", STR("public, max-age=31536000, immutable"));
    reply_header(reply, "ETag", etag);
    if (brotli || gzip)
        reply_header(reply, "Vary", STR("Accept-Encoding"));
    if (accept_knows(request->if_none_match, etag)) {
        reply->code = 304;
        return;
    }
    reply->type = type_of(plain->name);
    reply->body = coding == CODING_BROTLI ? brotli->bytes : coding == CODING_GZIP ? gzip->bytes : plain->bytes;
    if (coding != CODING_NONE)
        reply_header(reply, "Content-Encoding", coding == CODING_BROTLI ? STR("br") : STR("gzip"));
}

static void answer_other_method(const struct request *request, struct reply *reply)
{
    if (request->method == METHOD_OPTIONS)
        reply->code = 204;
    else
        error_page_fill(reply, 405);
    reply_header(reply, "Allow", STR("GET, HEAD, OPTIONS"));
}

bool assets_answer(const struct request *request, struct reply *reply)
{
    if (!str_starts(request->path, STR("/assets/")))
        return false;
    struct asset_address ignored;
    struct str name = str_from(request->path, 1);
    const struct embed *file = address_parse(name, &ignored) ? embed_find(name) : NULL;
    if (!file)
        error_page_fill(reply, 404);
    else if (request->method != METHOD_GET)
        answer_other_method(request, reply);
    else
        answer_found(request, reply, file);
    return true;
}
