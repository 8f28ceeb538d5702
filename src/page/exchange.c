/* exchange: see exchange.h. */
#include "page/exchange.h"

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
    struct str key, planned;
    struct str *location;
};

static enum status submit_once(struct db_conn *conn, void *job)
{
    struct submission *s = job;
    struct exchange *x = s->x;
    struct str before;
    *s->location = s->planned; /* a change may run twice */
    enum status status =
        form_key_claim(conn, x->visitor.person, s->key, s->planned, x->request->now, x->arena, &before);
    if (status)
        return status;
    if (before.len) {
        *s->location = before;
        return OK;
    }
    status = s->change(conn, s->job);
    return status ? status : form_key_settle(conn, x->visitor.person, s->key, *s->location);
}

enum status exchange_submit(struct exchange *x, enum status (*change)(struct db_conn *, void *), void *job,
                            struct str *location)
{
    struct submission s = { x, change, job, exchange_field(x, "key"), *location, location };
    return exchange_write(x, submit_once, &s);
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
