/* answer: see answer.h. */
#include "page/answer.h"

#include "base/log.h"
#include "doc/render.h"
#include "http/assets.h"
#include "page/dev.h"
#include "page/error.h"
#include "page/exam.h"
#include "page/frame.h"
#include "page/guard.h"

static struct str methods_of(unsigned methods)
{
    static const struct str words[] = {
        [1u << METHOD_GET] = STR_INIT("GET, HEAD, OPTIONS"),
        [1u << METHOD_POST] = STR_INIT("POST, OPTIONS"),
        [1u << METHOD_GET | 1u << METHOD_POST] = STR_INIT("GET, HEAD, POST, OPTIONS"),
    };
    return words[methods];
}

static enum status find_page(struct exchange *x)
{
    unsigned methods = 0;
    for (size_t i = 0; i < page_count; i++) {
        const struct route *route = &pages[i].route;
        if (!route_fits(route, x->request))
            continue;
        methods |= 1u << route->method;
        if (route->method != x->request->method)
            continue;
        x->page = &pages[i];
        return (route->formats & 1u << x->request->format) || x->request->format == FORMAT_HTML ? OK : NOT_FOUND;
    }
    if (!methods)
        return NOT_FOUND;
    x->allow = methods_of(methods);
    return OTHER_METHOD;
}

/* What an address can be asked is no secret: it is told before anybody is recognised. */
static void answer_options(struct exchange *x)
{
    x->reply->code = 204;
    reply_header(x->reply, "Allow", x->allow);
    x->replied = true;
}

/* What the route's field table does not allow never reaches the page. */
static enum status check_fields(struct exchange *x)
{
    struct field_problem *problems;
    size_t count = 0;
    enum status s = x->page->route.fields ? fields_check(x->request, x->page->route.fields, &problems, &count) : OK;
    for (size_t i = 0; s == INVALID && i < count; i++)
        log_event(LOG_INFO, "event=field request=%llx field=%s problem=%s", (unsigned long long)x->request->id,
                  problems[i].field, problems[i].message);
    return s;
}

static enum status render_html(struct exchange *x, const char *template)
{
    struct str problem = STR_NONE;
    struct sink *sink = reply_sink(x->reply);
    enum status s =
        x->app->dev ? dev_render(x, template, sink, &problem)
                    : template_render(x->app->templates, str_of(template), x->doc, x->lang, x->arena, sink, &problem);
    if (s && x->app->dev) {
        dev_show_problem(x, problem);
        return OK;
    }
    if (s)
        log_event(LOG_ERROR, "event=template request=%llx problem=%.*s", (unsigned long long)x->request->id,
                  STR_ARG(log_quote(x->arena, problem)));
    return s == INVALID ? CORRUPT : s ? s : sink->status; /* a template at odds with its page is our fault, not the reader's */
}

static enum status render_data(struct exchange *x)
{
    struct sink *sink = reply_sink(x->reply);
    if (x->request->format == FORMAT_JSON) {
        x->reply->type = STR("application/json");
        doc_json(x->doc, sink);
    } else {
        x->reply->type = STR("text/csv; charset=utf-8");
        struct str name = str_format(x->arena, "attachment; filename=\"%s.csv\"", x->page->template);
        reply_header(x->reply, "Content-Disposition", name);
        bool raw = pairs_get(&x->request->query, "raw").at != NULL;
        doc_csv(x->doc, x->app->messages, x->lang, raw, sink);
    }
    return sink->status;
}

static enum status document_status(const struct exchange *x)
{
    enum status s = doc_status(x->doc);
    if (s == CORRUPT)
        log_event(LOG_ERROR, "event=document request=%llx wrong_address=%s", (unsigned long long)x->request->id,
                  x->doc->wrong);
    return s;
}

static enum status render(struct exchange *x)
{
    if (x->request->format == FORMAT_CSV && !x->doc->table)
        return NOT_FOUND;
    if (x->request->format == FORMAT_HTML)
        frame_put(x);
    enum status s = document_status(x);
    if (s)
        return s;
    return x->request->format == FORMAT_HTML ? render_html(x, x->page->template) : render_data(x);
}

static void render_error(struct exchange *x, enum status s)
{
    error_describe(x, s);
    if (x->replied)
        return;
    if (x->request->format != FORMAT_HTML) {
        x->request->format = FORMAT_JSON;
        s = render_data(x);
    } else {
        frame_put(x);
        s = render_html(x, "error");
    }
    if (s)
        error_plain(x);
}

static void log_line(const struct exchange *x, enum status s, int64_t started_us)
{
    log_event(s < BUSY ? LOG_INFO : LOG_ERROR,
              "event=request id=%llx route=%s status=%d why=%s us=%lld queries=%u arena=%zu",
              (unsigned long long)x->request->id, x->page ? x->page->route.pattern : "-", x->reply->code, status_name(s),
              (long long)(clock_monotonic_us() - started_us), db_thread_queries(true), x->arena->used);
}

static void begin(struct exchange *x, const struct app *app, struct request *request, struct reply *reply)
{
    *x = (struct exchange){
        .app = app,
        .request = request,
        .reply = reply,
        .arena = request->arena,
        .today = clock_day(request->now, app->zone),
        .catalogue = catalogue_take(app->catalogue),
        .doc = doc_new(request->arena),
    };
    reply->type = STR("text/html; charset=utf-8");
    db_thread_queries(true);
}

/* Files of the binary need neither session nor database. */
static bool answer_asset(const struct app *app, struct request *request, struct reply *reply)
{
    return (app->dev && dev_asset(request, reply)) || assets_answer(request, reply);
}

static enum status answer(struct exchange *x)
{
    enum status s = x->doc ? find_page(x) : NO_MEMORY;
    if (s == OTHER_METHOD && x->request->method == METHOD_OPTIONS) {
        answer_options(x);
        return OK;
    }
    if (s == OK)
        s = guard(x);
    if (s == OK)
        s = check_fields(x);
    if (s == OK)
        s = x->page->run(x);
    exchange_read_end(x);
    return s == OK && !x->replied ? render(x) : s;
}

void page_answer(void *app, struct request *request, struct reply *reply)
{
    int64_t started_us = clock_monotonic_us();
    struct exchange x;
    if (answer_asset(app, request, reply))
        return;
    begin(&x, app, request, reply);
    enum status s = answer(&x);
    if (s)
        render_error(&x, s);
    exam_let_go(&x);
    catalogue_release(x.app->catalogue, x.catalogue);
    log_line(&x, s, started_us);
}
