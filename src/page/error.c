/* error: see error.h. */
#include "page/error.h"

#include "base/log.h"
#include "page/url.h"

int error_code(enum status s)
{
    static const int codes[STATUS_COUNT] = {
        [OK] = 200,        [INVALID] = 422,   [MALFORMED] = 400, [UNAUTHENTICATED] = 401, [FORBIDDEN] = 403,
        [NOT_FOUND] = 404, [CONFLICT] = 409,  [TOO_LARGE] = 413, [TOO_MANY] = 429,        [OTHER_METHOD] = 405,
        [BUSY] = 503,      [NO_MEMORY] = 503, [NO_SPACE] = 503,  [UNAVAILABLE] = 503,     [CORRUPT] = 500,
    };
    return (size_t)s < STATUS_COUNT ? codes[s] : 500;
}

/* The part of a message's id that tells the case: error-404-title, error-full-title; without words of its own error-0. */
static struct str case_of(struct exchange *x, enum status s)
{
    static const int known[] = { 403, 404, 405, 409, 413, 422, 429, 500, 503 };
    if (s == NO_SPACE)
        return STR("full"); /* no overload: waiting does not help */
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i] == error_code(s))
            return str_format(x->arena, "%d", known[i]);
    return STR("0");
}

static struct str words(struct exchange *x, enum status s, const char *part)
{
    return exchange_say(x, str_format(x->arena, "error-%.*s-%s", STR_ARG(case_of(x, s)), part).at);
}

static void put_words(struct exchange *x, enum status s)
{
    static const struct {
        const char *key, *part;
    } keys[] = { { "page_title", "title" }, { "headline", "title" }, { "what", "what" }, { "saved", "saved" },
                 { "next_step", "next" } };
    struct doc_node *view = x->doc->view;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        doc_put_text(view, keys[i].key, words(x, s, keys[i].part));
    doc_put_int(view, "status", error_code(s));
    doc_put_url(view, "back_url", x->visitor.signed_in ? STR("/learn") : STR("/sign-in"));
}

static void put_data(struct exchange *x, enum status s)
{
    struct doc_node *error = doc_put_map(x->doc->data, "error");
    doc_put_int(error, "status", error_code(s));
    doc_put_text(error, "code", str_of(status_name(s)));
    doc_put_text(error, "message", words(x, s, "what"));
    doc_put_copy(error, "request", str_format(x->arena, "%llx", (unsigned long long)x->request->id));
}

/* A path with other characters than ours is not worth the way back: it leads to "not found". */
static struct str sign_in_address(const struct exchange *x)
{
    struct str path = x->request->path;
    bool worth_returning = x->request->method == METHOD_GET && !str_is(path, "/") && url_is_own_path(path);
    return worth_returning ? str_format(x->arena, "/sign-in?target=%.*s", STR_ARG(path)) : STR("/sign-in");
}

static void put_headers(struct exchange *x, enum status s)
{
    if (s == OTHER_METHOD)
        reply_header(x->reply, "Allow", x->allow);
    if (s == BUSY || s == TOO_MANY) {
        int seconds = x->wait_seconds ? x->wait_seconds : 2;
        reply_header(x->reply, "Retry-After", str_format(x->arena, "%d", seconds));
    }
}

void error_describe(struct exchange *x, enum status s)
{
    if (s == UNAUTHENTICATED && x->request->format == FORMAT_HTML) {
        exchange_redirect(x, sign_in_address(x));
        return;
    }
    reply_release(x->reply); /* whatever was half-rendered goes */
    reply_init(x->reply, x->arena);
    x->reply->code = error_code(s);
    x->reply->type = STR("text/html; charset=utf-8");
    put_headers(x, s);
    x->doc = doc_new(x->arena);
    if (!x->doc) {
        error_plain(x);
        return;
    }
    put_words(x, s);
    put_data(x, s);
}

void error_plain(struct exchange *x)
{
    int code = x->reply->code >= 400 ? x->reply->code : 503;
    reply_release(x->reply);
    reply_init(x->reply, x->arena);
    x->reply->code = code;
    x->reply->type = STR("text/plain; charset=utf-8");
    x->reply->body = STR("Das hat nicht geklappt. Was gespeichert war, ist gespeichert. "
                         "Versuchen Sie es in einer Minute noch einmal.\n"
                         "That did not work. What was saved is saved. Please try again in a minute.\n");
    x->replied = true;
}
