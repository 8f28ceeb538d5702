/* guard: see guard.h. A session is looked up by the hash of its token; the learner key comes from the lane. */
#include "page/guard.h"

#include "ext/token.h"
#include "store/account.h"
#include "store/lane.h"

static struct str cookie(const struct exchange *x, const char *name)
{
    struct str full = reply_cookie_name(name, x->request->secure, x->arena);
    return full.at ? pairs_get(&x->request->cookies, full.at) : STR_NONE;
}

enum { SALT_CHARS = 22 }; /* 132 bits */

static struct str salted_csrf(const struct exchange *x, struct str salt)
{
    struct str message = str_format(x->arena, "csrf:%.*s:%.*s", STR_ARG(salt), STR_ARG(x->csrf_cookie));
    struct str hash = token_base64url(token_keyed(x->app->secret, message, x->arena), x->arena);
    return str_format(x->arena, "%.*s%.*s", STR_ARG(salt), STR_ARG(hash));
}

void guard_set_csrf(struct exchange *x, struct str cookie)
{
    x->csrf_cookie = cookie;
    x->csrf = cookie.len ? salted_csrf(x, str_part(token_new(x->arena), 0, SALT_CHARS)) : STR_NONE;
}

/* A language chosen in the address is remembered, else the one that was; false: none was ever chosen. */
static bool chosen_language(struct exchange *x, const char *query, const char *cookie_name, enum lang *lang)
{
    if (!lang_parse(exchange_query(x, query), lang))
        return lang_parse(cookie(x, cookie_name), lang);
    reply_cookie(x->reply, cookie_name, str_of(lang_code(*lang)), x->request->secure, (int64_t)365 * 86400);
    return true;
}

/* The address wins, then the cookie, the session, the browser. */
static void choose_language(struct exchange *x, const struct session *session)
{
    if (!chosen_language(x, "lang", LANG_COOKIE, &x->lang))
        x->lang = session ? session->lang : lang_negotiate(x->request->accept_language, LANG_DE);
    if (!chosen_language(x, "content", CONTENT_COOKIE, &x->content))
        x->content = x->lang;
}

static enum status recognise(struct exchange *x)
{
    struct str token = cookie(x, SESSION_COOKIE);
    struct session session;
    struct visitor *v = &x->visitor;
    enum status s = NOT_FOUND;
    if (token.len) {
        v->token_hash = token_hash(token, x->arena);
        s = session_find(x->view, v->token_hash, x->request->now, x->arena, &session);
    }
    choose_language(x, s == OK ? &session : NULL);
    if (s == NOT_FOUND) {
        guard_set_csrf(x, cookie(x, VISIT_COOKIE));
        return OK;
    }
    if (s)
        return s;
    v->signed_in = v->viewer.signed_in = true;
    v->person = session.person;
    v->name = session.name;
    guard_set_csrf(x, token);
    struct grant *grants;
    s = grants_of(x->view, v->person, x->arena, &grants, &v->viewer.grant_count);
    v->viewer.grants = grants;
    return s ? s : lane_own_learner(x->view, v->person, &v->learner);
}

/* Loads what the route's access rule asks about. What does not exist stays "no such unit", "not yours". */
static enum status load_target(struct exchange *x, struct access_target *target)
{
    *target = (struct access_target){ .unit_place = -1 };
    enum status s = OK;
    int64_t id;
    if (x->page->access == ACCESS_UNIT_REPORT) {
        s = unit_find(x->view, exchange_param(x, "unit"), x->arena, &x->unit);
        target->unit_place = s == OK ? x->unit.place : -1;
    } else if (x->page->access == ACCESS_OWN_ATTEMPT && x->visitor.signed_in &&
               str_to_int(exchange_param(x, "attempt"), &id)) {
        s = attempt_find(x->view, id, x->arena, &x->attempt);
        target->own = s == OK && x->attempt.learner == x->visitor.learner;
    }
    return s == NOT_FOUND ? OK : s;
}

static enum status decide(const struct exchange *x, struct access_target target)
{
    static const enum status answers[] = {
        [ACCESS_ALLOWED] = OK,
        [ACCESS_SIGN_IN_FIRST] = UNAUTHENTICATED,
        [ACCESS_DENIED] = FORBIDDEN,
        [ACCESS_HIDDEN] = NOT_FOUND,
    };
    return answers[access_decide(x->page->access, &x->visitor.viewer, target)];
}

/* Cross-site requests carry no token of ours; browsers also say so themselves (Fetch Metadata). */
static enum status check_csrf(const struct exchange *x)
{
    if (x->request->method == METHOD_GET)
        return OK;
    if (x->request->fetch_site.len && !str_is(x->request->fetch_site, "same-origin") &&
        !str_is(x->request->fetch_site, "none"))
        return FORBIDDEN;
    struct str sent = exchange_field(x, "csrf");
    bool ours = x->csrf_cookie.len && token_equal(sent, salted_csrf(x, str_part(sent, 0, SALT_CHARS)));
    return ours ? OK : FORBIDDEN;
}

enum status guard(struct exchange *x)
{
    struct access_target target;
    enum status s = exchange_read(x);
    if (s == OK)
        s = recognise(x);
    if (s == OK)
        s = load_target(x, &target);
    if (s == OK)
        s = decide(x, target);
    return s ? s : check_csrf(x);
}
