/* page_info: what needs no account: health, assets, media, and the pages that explain Lotse. */
#include "course/media.h"
#include "http/assets.h"
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

static void reply_media(struct exchange *x, struct str type, struct str bytes)
{
    x->reply->type = type;
    x->reply->body = str_copy(x->arena, bytes); /* the course may be gone before the reply is */
    x->reply->cacheable = true;
    reply_header(x->reply, "Cache-Control", STR("private, max-age=31536000, immutable"));
    x->replied = true;
}

/* Media of the live state; an attempt's earlier state serves its own from the database. */
enum status page_media(struct exchange *x)
{
    struct str hash = exchange_param(x, "hash");
    struct str path = str_format(x->arena, "media/%.*s", STR_ARG(exchange_param(x, "file"))); /* never course.xml */
    for (size_t i = 0; i < x->catalogue->count; i++) {
        const struct course *course = x->catalogue->courses[i];
        const struct media *media = str_equal(course->hash, hash) ? course_media(course, path) : NULL;
        if (media) {
            reply_media(x, media->type, media->bytes);
            return OK;
        }
    }
    struct pack_state_file *files;
    size_t count = 0;
    enum status s = pack_state_files(x->view, hash, x->arena, &files, &count);
    for (size_t i = 0; s == OK && i < count; i++)
        if (str_equal(files[i].path, path)) {
            reply_media(x, media_type(path), files[i].bytes);
            return OK;
        }
    return s ? s : NOT_FOUND;
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
