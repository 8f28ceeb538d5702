/* exchange: see exchange.h. */
#include "page/exchange.h"

#include "ext/token.h"
#include "store/form_key.h"

enum status exchange_read(struct exchange *x)
{
    return x->view ? OK : db_view(x->app->db, &x->view);
}

void exchange_read_end(struct exchange *x)
{
    if (x->view)
        db_view_end(x->view);
    x->view = NULL;
}

enum status exchange_write(struct exchange *x, enum status (*change)(struct db_conn *, void *), void *job)
{
    exchange_read_end(x);
    return db_write(x->app->db, change, job);
}

struct submission {
    struct exchange *x;
    enum status (*change)(struct db_conn *, void *);
    void *job;
    struct str hash, planned;
    struct str *location;
};

static enum status submit_once(struct db_conn *conn, void *job)
{
    struct submission *s = job;
    struct exchange *x = s->x;
    struct str before;
    *s->location = s->planned; /* a change may run twice */
    enum status status =
        form_key_claim(conn, s->hash, s->planned, x->request->now, x->arena, &before);
    if (status)
        return status;
    if (before.len) {
        *s->location = before;
        return OK;
    }
    status = s->change(conn, s->job);
    return status ? status : form_key_settle(conn, s->hash, *s->location);
}

/* Sender, address and all that was filled in: a form with another answer is another form. Empty without a key. */
static struct str form_hash(const struct exchange *x)
{
    const struct pairs *form = &x->request->form;
    if (exchange_field(x, "key").len == 0)
        return STR_NONE;
    struct str text = str_format(x->arena, "form:%lld:%.*s", (long long)x->visitor.person, STR_ARG(x->request->path));
    for (size_t i = 0; i < form->count; i++)
        if (!str_is(form->list[i].name, "csrf"))
            text = str_format(x->arena, "%.*s\n%.*s=%.*s", STR_ARG(text), STR_ARG(form->list[i].name),
                              STR_ARG(form->list[i].value));
    return token_keyed(x->app->secret, text, x->arena);
}

enum status exchange_submit(struct exchange *x, enum status (*change)(struct db_conn *, void *), void *job,
                            struct str *location)
{
    struct submission s = { x, change, job, form_hash(x), *location, location };
    return exchange_write(x, submit_once, &s);
}

enum status exchange_repeated(struct exchange *x, struct str *location)
{
    struct str hash = form_hash(x);
    enum status s = hash.len ? exchange_read(x) : NOT_FOUND;
    return s ? s : form_key_find(x->view, hash, x->arena, location);
}

struct str exchange_field(const struct exchange *x, const char *name)
{
    return pairs_get(&x->request->form, name);
}

struct str exchange_query(const struct exchange *x, const char *name)
{
    return pairs_get(&x->request->query, name);
}

struct str exchange_param(const struct exchange *x, const char *name)
{
    return pairs_get(&x->request->params, name);
}

void exchange_redirect(struct exchange *x, struct str path)
{
    reply_redirect(x->reply, path);
    x->replied = true;
}

struct str exchange_say(const struct exchange *x, const char *message)
{
    return app_say(x->app, x->arena, x->lang, message);
}

void exchange_title(struct exchange *x, struct str title)
{
    doc_put_text(x->doc->view, "page_title", title);
}

const struct course *exchange_course(const struct exchange *x, const struct course *course)
{
    return course_in(course, !x->content_first && course_speaks(course, x->lang) ? x->lang : x->content);
}
