/* page_info: what needs no account: health, assets, media, and the pages that explain Lotse. */
#include "course/media.h"
#include "http/range.h"
#include "page/licences.h"
#include "page/page.h"
#include "store/pack_state.h"

enum status page_root(struct exchange *x)
{
    exchange_redirect(x, STR("/learn"));
    return OK;
}

/* Healthy is who can read the database. */
enum status page_health(struct exchange *x)
{
    x->reply->type = STR("text/plain; charset=utf-8");
    x->reply->body = STR("ok\n");
    x->replied = true;
    return OK;
}

/* The address has the content in it: what was sent once never changes. */
static void reply_media(struct exchange *x, struct str type, struct str bytes)
{
    struct str etag = str_format(x->arena, "\"%.*s:%.*s\"", STR_ARG(exchange_param(x, "hash")),
                                 STR_ARG(exchange_param(x, "file")));
    x->reply->type = type;
    range_answer(x->request, x->reply, bytes, etag);
    x->reply->cacheable = x->reply->code < 400;
    if (x->reply->cacheable)
        reply_header(x->reply, "Cache-Control", STR("private, max-age=31536000, immutable"));
    x->replied = true;
}

static const struct media *live_media(const struct exchange *x, struct str hash, struct str path)
{
    for (size_t i = 0; i < x->catalogue->count; i++)
        if (str_equal(x->catalogue->courses[i]->hash, hash))
            return course_media(x->catalogue->courses[i], path);
    const struct course *examples = x->app->reference->examples;
    return str_equal(examples->hash, hash) ? course_media(examples, path) : NULL;
}

/* Media of the live state, and of the reference's examples; an attempt's earlier state serves its own from the database. */
enum status page_media(struct exchange *x)
{
    struct str hash = exchange_param(x, "hash"), bytes;
    struct str path = str_format(x->arena, "media/%.*s", STR_ARG(exchange_param(x, "file"))); /* never course.xml */
    const struct media *media = live_media(x, hash, path);
    if (media) {
        reply_media(x, media->type, media->bytes);
        return OK;
    }
    enum status s = pack_state_file_find(x->view, hash, path, x->arena, &bytes);
    if (s == OK)
        reply_media(x, media_type(path), bytes);
    return s;
}

static enum status plain_page(struct exchange *x, const char *title)
{
    exchange_title(x, exchange_say(x, title));
    return OK;
}

enum status page_privacy(struct exchange *x)
{
    return plain_page(x, "privacy-title");
}

enum status page_accessibility(struct exchange *x)
{
    return plain_page(x, "accessibility-title");
}

enum status page_help(struct exchange *x)
{
    return plain_page(x, "help-title");
}

enum status page_licences(struct exchange *x)
{
    licences_put(x->doc->data);
    return plain_page(x, "licences-title");
}
