/* error: see error.h. */
#include "page/error.h"

#include "base/log.h"
#include "page/url.h"

int error_code(enum status s)
{
    static const int codes[STATUS_COUNT] = {
        [OK] = 200,           [INVALID] = 422,   [MALFORMED] = 400, [UNAUTHENTICATED] = 401, [FORBIDDEN] = 403,
        [NOT_FOUND] = 404,    [CONFLICT] = 409,  [TOO_LARGE] = 413, [TOO_MANY] = 429,        [BUSY] = 503,
        [NO_MEMORY] = 503,    [NO_SPACE] = 503,  [UNAVAILABLE] = 503, [CORRUPT] = 500,
    };
    return (size_t)s < STATUS_COUNT ? codes[s] : 500;
}

/* Codes with words of their own (error-404-title ...); others speak with the words of error-0. */
static int code_of_words(int code)
{
    static const int known[] = { 403, 404, 405, 409, 413, 422, 429, 500, 503 };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i] == code)
            return code;
    return 0;
}

static void put_words(struct exchange *x, int code)
{
    static const struct {
        const char *key, *suffix;
    } words[] = { { "headline", "title" }, { "what", "what" }, { "saved", "saved" }, { "next_step", "next" } };
    struct doc_node *view = x->doc->view;
    for (size_t i = 0; i < 4; i++) {
        struct str id = str_format(x->arena, "error-%d-%s", code_of_words(code), words[i].suffix);
        struct str text = message_text(x->app->messages, x->arena, x->lang, id, NULL, 0);
        doc_put_text(view, words[i].key, text);
        if (i == 0)
            doc_put_text(view, "page_title", text);
    }
    doc_put_int(view, "status", code);
    doc_put_url(view, "back_url", x->visitor.signed_in ? STR("/learn") : STR("/sign-in"));
}

static void put_data(struct exchange *x, int code, enum status s)
{
    struct doc_node *error = doc_put_map(x->doc->data, "error");
    doc_put_int(error, "status", code);
    doc_put_text(error, "code", str_of(status_name(s)));
    doc_put_text(error, "message", exchange_say(x, str_format(x->arena, "error-%d-what", code_of_words(code)).at));
    doc_put_copy(error, "request", str_format(x->arena, "%llx", (unsigned long long)x->request->id));
}

/* A path with other characters than ours is not worth the way back: it leads to "not found". */
static struct str sign_in_address(const struct exchange *x)
{
    struct str path = x->request->path;
    bool worth_returning = x->request->method == METHOD_GET && !str_is(path, "/") && url_is_own_path(path);
    return worth_returning ? str_format(x->arena, "/sign-in?target=%.*s", STR_ARG(path)) : STR("/sign-in");
}

void error_describe(struct exchange *x, enum status s)
{
    if (s == UNAUTHENTICATED && x->request->format == FORMAT_HTML) {
        exchange_redirect(x, sign_in_address(x));
        return;
    }
    bool other_method = s == INVALID && !x->page;
    int code = other_method ? 405 : error_code(s);
    reply_release(x->reply); /* whatever was half-rendered goes */
    reply_init(x->reply, x->arena);
    x->reply->code = code;
    x->reply->type = STR("text/html; charset=utf-8");
    if (s == BUSY || s == TOO_MANY) {
        int seconds = x->wait_seconds ? x->wait_seconds : 2;
        reply_header(x->reply, "Retry-After", str_format(x->arena, "%d", seconds));
    }
    x->doc = doc_new(x->arena);
    if (!x->doc) {
        error_plain(x);
        return;
    }
    put_words(x, code);
    put_data(x, code, s);
}

void error_plain(struct exchange *x)
{
    int code = x->reply->code >= 400 ? x->reply->code : 503;
    reply_release(x->reply);
    reply_init(x->reply, x->arena);
    x->reply->code = code;
    x->reply->type = STR("text/plain; charset=utf-8");
    x->reply->body = STR("Das hat nicht geklappt. Was gespeichert war, ist gespeichert. Versuchen Sie es in einer Minute noch einmal.\n"
                         "That did not work. What was saved is saved. Please try again in a minute.\n");
    x->replied = true;
}
