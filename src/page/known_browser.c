/* known_browser: see known_browser.h. The cookie is "NUMBER.MAC", both base64url; it outlives the session on purpose. */
#include "page/known_browser.h"

#include "ext/token.h"

#define KNOWN_COOKIE "lotse-known"

enum { KEPT_SECONDS = 180 * 86400 };

static struct str mac_of(const struct exchange *x, struct str number, struct str name)
{
    struct str text = str_format(x->arena, "known-browser:%.*s:%.*s", STR_ARG(number), STR_ARG(name));
    return token_base64url(token_keyed(x->app->secret, text, x->arena), x->arena);
}

/* The number of this browser, or STR_NONE where nobody of that name has signed in here last. */
static struct str number_for(const struct exchange *x, struct str name)
{
    struct str cookie_name = reply_cookie_name(KNOWN_COOKIE, x->request->secure, x->arena);
    struct str mac = cookie_name.at ? pairs_get(&x->request->cookies, cookie_name.at) : STR_NONE;
    struct str number = str_cut(&mac, '.');
    return mac.len && token_equal(mac, mac_of(x, number, name)) ? number : STR_NONE;
}

struct str known_browser_counter(const struct exchange *x, struct str name)
{
    struct str number = number_for(x, name);
    struct str text = number.len ? str_format(x->arena, "sign-in-known:%.*s", STR_ARG(number))
                                 : str_format(x->arena, "sign-in:%.*s", STR_ARG(name));
    return token_keyed(x->app->secret, text, x->arena);
}

void known_browser_remember(struct exchange *x, struct str name)
{
    struct str number = token_new(x->arena), mac = mac_of(x, number, name);
    struct str cookie = str_format(x->arena, "%.*s.%.*s", STR_ARG(number), STR_ARG(mac));
    reply_cookie(x->reply, KNOWN_COOKIE, cookie, x->request->secure, KEPT_SECONDS);
}
