/* page_sign_in: signing in and out, and the account page.
 *
 * A wrong name and a wrong password get the same answer, in the same time. Failures slow the next try of that name down,
 * whether it exists or not; nothing is ever locked. A try counts as failed before its password is looked at, else many at
 * once would all find a low count. A session is new at every sign-in: only its token's hash is stored. */
#include "base/utf8.h"
#include "ext/password.h"
#include "ext/token.h"
#include "page/frame.h"
#include "page/guard.h"
#include "page/known_browser.h"
#include "page/page.h"
#include "page/sign_in_name.h"
#include "page/study.h"
#include "page/url.h"
#include "rules/throttle.h"
#include "store/account.h"

/* ---------- the form ---------- */

static const struct {
    const char *name, *role;
} demo_accounts[] = {
    { "staff", "sign-in-demo-staff" }, { "lead", "sign-in-demo-lead" },   { "hr", "sign-in-demo-hr" },
    { "trainer", "sign-in-demo-trainer" }, { "admin", "sign-in-demo-admin" },
};

static void put_demo(struct exchange *x)
{
    struct doc_node *view = x->doc->view, *list = doc_put_list(view, "demo_accounts");
    for (size_t i = 0; x->app->demo && i < sizeof demo_accounts / sizeof *demo_accounts; i++) {
        struct doc_node *row = doc_add_map(list);
        doc_put_text(row, "name", str_of(demo_accounts[i].name));
        doc_put_text(row, "role", exchange_say(x, demo_accounts[i].role));
    }
    doc_put_text(view, "demo_password", x->app->demo ? STR("lotse-demo") : STR(""));
}

/* The sign-in form's csrf token hangs on a cookie of its own, made with the first look at the form. */
static void ensure_visit(struct exchange *x)
{
    if (x->csrf.len)
        return;
    struct str visit = token_new(x->arena);
    reply_cookie(x->reply, VISIT_COOKIE, visit, x->request->secure, -1);
    guard_set_csrf(x, visit);
}

static void put_or_null(struct doc_node *map, const char *key, struct str text)
{
    if (text.len)
        doc_put_text(map, key, text);
    else
        doc_put_null(map, key);
}

struct sign_in_form {
    struct str name, target, name_error, password_error;
    int wait; /* seconds */
};

static void put_form(struct exchange *x, const struct sign_in_form *form)
{
    struct doc_node *view = x->doc->view;
    ensure_visit(x);
    doc_put_text(view, "name", form->name);
    put_or_null(view, "target", form->target);
    put_or_null(view, "name_error", form->name_error);
    put_or_null(view, "password_error", form->password_error);
    if (form->wait)
        put_count(view, "wait", form->wait);
    else
        doc_put_null(view, "wait");
    put_demo(x);
    exchange_title(x, exchange_say(x, "sign-in-title"));
}

static struct str target_of(struct str asked)
{
    return url_is_own_path(asked) ? asked : STR_NONE;
}

enum status page_sign_in(struct exchange *x)
{
    struct sign_in_form form = { .target = target_of(exchange_query(x, "target")) };
    if (x->visitor.signed_in) {
        exchange_redirect(x, form.target.len ? form.target : STR("/learn"));
        return OK;
    }
    put_form(x, &form);
    return OK;
}

/* ---------- signing in ---------- */

struct sign_in {
    struct str name, counter; /* counter: the key of the failures that slow this try */
    struct account account;
    struct str token, token_hash;
    struct str old_token_hash; /* of a session this browser had: it ends */
    enum lang lang;
    int64_t now;
    int wait; /* seconds; 0: the try was counted and its password is looked at */
};

static enum status write_try(struct db_conn *conn, void *job)
{
    struct sign_in *in = job;
    struct failures before;
    enum status s = failures_of(conn, in->counter, &before);
    int wait = throttle_wait(before.count, before.last_at, in->now);
    if (s == OK && wait == 0)
        s = failures_put(conn, in->counter,
                         (struct failures){ throttle_after_failure(before.count, before.last_at, in->now), in->now });
    in->wait = wait;
    return s;
}

/* A try whose password nobody could look at was none; without its row a flood of them leaves nothing behind. */
static enum status write_no_try(struct db_conn *conn, void *job)
{
    const struct sign_in *in = job;
    struct failures f;
    enum status s = failures_of(conn, in->counter, &f);
    if (s)
        return s;
    return f.count > 1 ? failures_put(conn, in->counter, (struct failures){ f.count - 1, f.last_at })
                       : failures_clear(conn, in->counter);
}

static enum status write_session(struct db_conn *conn, void *job)
{
    const struct sign_in *in = job;
    enum status s = failures_clear(conn, in->counter);
    if (s == OK && in->old_token_hash.len)
        s = session_end(conn, in->old_token_hash);
    return s ? s : session_start(conn, in->token_hash, in->account.person, in->lang, in->now);
}

static enum status look_up(struct exchange *x, struct sign_in *in)
{
    in->counter = known_browser_counter(x, in->name);
    enum status s = account_find(x->view, in->name, x->arena, &in->account);
    if (s == NOT_FOUND)
        in->account = (struct account){ 0 };
    return s == NOT_FOUND ? arena_status(x->arena) : s;
}

/* INVALID: counted, and the password is wrong, or nobody has that name. Else see in->wait. The view is given back first:
 * hashing takes 20 ms and more, and nobody else shall wait for our reader. */
static enum status try_password(struct exchange *x, struct sign_in *in, struct str password)
{
    enum status s = exchange_write(x, write_try, in);
    if (s || in->wait)
        return s;
    s = password_check(password, in->account.password);
    if (s == OK || s == INVALID)
        return s;
    enum status undone = exchange_write(x, write_no_try, in);
    return undone ? undone : s;
}

static enum status let_in(struct exchange *x, struct sign_in *in, struct str target)
{
    in->token = token_new(x->arena);
    in->token_hash = token_hash(in->token, x->arena);
    in->old_token_hash = x->visitor.token_hash;
    in->lang = in->account.lang;
    enum status s = exchange_write(x, write_session, in);
    if (s)
        return s;
    reply_cookie(x->reply, SESSION_COOKIE, in->token, x->request->secure, -1);
    reply_cookie(x->reply, VISIT_COOKIE, STR(""), x->request->secure, 0);
    known_browser_remember(x, in->name);
    exchange_redirect(x, target.len ? target : STR("/learn"));
    return OK;
}

static void refuse(struct exchange *x, struct sign_in_form *form)
{
    x->reply->code = 422;
    frame_error(x, STR("#name"), exchange_say(x, "sign-in-failed"));
    put_form(x, form);
}

static void ask_to_wait(struct exchange *x, struct sign_in_form *form, int seconds)
{
    form->wait = seconds;
    x->reply->code = 429;
    reply_header(x->reply, "Retry-After", str_format(x->arena, "%d", seconds));
    put_form(x, form);
}

static bool is_complete(struct exchange *x, struct sign_in_form *form, struct str password)
{
    if (form->name.len == 0) {
        form->name_error = exchange_say(x, "sign-in-name-missing");
        frame_error(x, STR("#name"), form->name_error);
    }
    if (password.len == 0) {
        form->password_error = exchange_say(x, "sign-in-password-missing");
        frame_error(x, STR("#password"), form->password_error);
    }
    if (form->name.len && password.len)
        return true;
    x->reply->code = 422;
    put_form(x, form);
    return false;
}

enum status page_sign_in_post(struct exchange *x)
{
    struct str password = exchange_field(x, "password");
    struct sign_in_form form = { .name = utf8_clip(exchange_field(x, "name"), 200),
                                 .target = target_of(exchange_field(x, "target")) };
    struct sign_in in = { .name = sign_in_name(form.name, x->arena), .now = x->request->now };
    if (!is_complete(x, &form, password))
        return OK;
    enum status s = look_up(x, &in);
    if (s == OK)
        s = try_password(x, &in, password);
    if (s == OK && in.wait == 0)
        return let_in(x, &in, form.target);
    if (s == OK)
        ask_to_wait(x, &form, in.wait);
    else if (s == INVALID)
        refuse(x, &form);
    return s == INVALID ? OK : s;
}

/* ---------- signing out ---------- */

static enum status write_end(struct db_conn *conn, void *job)
{
    const struct visitor *v = job;
    return session_end(conn, v->token_hash);
}

static enum status write_end_all(struct db_conn *conn, void *job)
{
    const struct visitor *v = job;
    return session_end_all(conn, v->person);
}

static enum status sign_out(struct exchange *x, enum status (*change)(struct db_conn *, void *))
{
    enum status s = exchange_write(x, change, &x->visitor);
    if (s)
        return s;
    reply_cookie(x->reply, SESSION_COOKIE, STR(""), x->request->secure, 0);
    reply_header(x->reply, "Clear-Site-Data", STR("\"cache\""));
    exchange_redirect(x, STR("/sign-in"));
    return OK;
}

enum status page_sign_out(struct exchange *x)
{
    return sign_out(x, write_end);
}

enum status page_sign_out_all(struct exchange *x)
{
    return sign_out(x, write_end_all);
}

/* ---------- the account page ---------- */

static void put_roles(struct exchange *x)
{
    struct doc_node *list = doc_put_list(x->doc->data, "roles");
    doc_add_text(list, exchange_say(x, "role-learner"));
    for (int role = 0; role < ROLE_COUNT; role++)
        if (viewer_has(&x->visitor.viewer, (enum role)role)) {
            struct str id = str_format(x->arena, "role-%s", role_name((enum role)role));
            doc_add_text(list, exchange_say(x, id.at));
        }
}

enum status page_account(struct exchange *x)
{
    struct own_account own;
    struct job_function function;
    struct target *targets;
    size_t target_count;
    enum status s = account_own(x->view, x->visitor.person, x->today, x->request->now, x->arena, &own);
    if (s)
        return s;
    s = profile_of(x->view, x->visitor.person, x->today, x->arena, &function, &targets, &target_count);
    if (s && s != NOT_FOUND)
        return s;
    struct doc_node *data = x->doc->data;
    doc_put_text(data, "name", x->visitor.name);
    doc_put_text(data, "sign_in_name", own.sign_in_name);
    put_or_null(data, "unit_name", own.unit_name);
    put_or_null(data, "function_name", s == OK ? function.name[x->lang] : STR_NONE);
    put_count(data, "sessions", own.sessions);
    put_roles(x);
    doc_put_url(x->doc->view, "sign_out_all_url", STR("/sign-out-everywhere"));
    exchange_title(x, exchange_say(x, "account-title"));
    return OK;
}
