/* site: see site.h. */
#include "http/site.h"

#include <arpa/inet.h>

enum { ADDRESS_MAX = 45 }; /* the longest written IPv6 address */

static bool is_address(struct str text, int family)
{
    char written[ADDRESS_MAX + 1];
    unsigned char parsed[sizeof(struct in6_addr)];
    if (text.len == 0 || text.len > ADDRESS_MAX)
        return false;
    memcpy(written, text.at, text.len);
    written[text.len] = '\0';
    return inet_pton(family, written, parsed) == 1;
}

static bool is_ipv4(struct str name)
{
    return is_address(name, AF_INET);
}

static bool is_loopback(struct str name)
{
    return str_is(name, "localhost") || str_is(name, "[::1]") || (str_starts(name, STR("127.")) && is_ipv4(name));
}

static bool is_host_name(struct str name)
{
    if (name.len > 2 && name.at[0] == '[' && name.at[name.len - 1] == ']')
        return is_address(str_part(name, 1, name.len - 2), AF_INET6);
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'))
            return false;
    }
    return name.len > 0 && name.len <= 253;
}

static struct str lower(struct arena *arena, struct str s)
{
    char *p = arena_alloc(arena, s.len + 1);
    if (!p)
        return STR_NONE;
    for (size_t i = 0; i < s.len; i++)
        p[i] = s.at[i] >= 'A' && s.at[i] <= 'Z' ? (char)(s.at[i] | 0x20) : s.at[i];
    return (struct str){ p, s.len };
}

/* Splits "name:port" in lower case; a missing port is 0. */
static bool host_split(struct str host, struct str *name, int64_t *port)
{
    size_t colon = host.len;
    while (colon > 0 && host.at[colon - 1] >= '0' && host.at[colon - 1] <= '9')
        colon--;
    *name = host;
    *port = 0;
    if (colon > 0 && host.at[colon - 1] == ':') {
        *name = str_part(host, 0, colon - 1);
        if (!str_to_int(str_from(host, colon), port) || *port < 1 || *port > 65535)
            return false;
    }
    return is_host_name(*name);
}

enum status site_set_public(struct site *site, struct str url, struct arena *arena)
{
    if (url.len == 0)
        return OK;
    site->public_secure = str_starts(url, STR("https://"));
    if (!site->public_secure && !str_starts(url, STR("http://")))
        return INVALID;
    struct str host = lower(arena, str_from(url, site->public_secure ? 8 : 7)), name;
    int64_t port;
    if (host.len && host.at[host.len - 1] == '/')
        host.len--;
    if (!host_split(host, &name, &port))
        return INVALID;
    site->public_host = port == (site->public_secure ? 443 : 80) ? name : host;
    return OK;
}

static bool is_trusted(const struct site *site, struct str address)
{
    for (size_t i = 0; i < site->trusted_proxy_count; i++)
        if (str_equal(site->trusted_proxies[i], address))
            return true;
    return false;
}

/* Splits off what stands behind the last comma. */
static struct str cut_last(struct str *rest)
{
    size_t comma = rest->len;
    while (comma > 0 && rest->at[comma - 1] != ',')
        comma--;
    struct str last = str_trim(str_from(*rest, comma));
    rest->len = comma ? comma - 1 : 0;
    return last;
}

/* Each proxy adds its peer on the right; what stands left of the first address that is no proxy of ours could be
 * anybody's invention. */
static struct str client_address(const struct site *site, const struct passage *p)
{
    struct str client = p->peer, chain = p->forwarded_for;
    while (is_trusted(site, client) && chain.len) {
        struct str next = cut_last(&chain);
        if (!is_ipv4(next) && !is_address(next, AF_INET6))
            break;
        client = next;
    }
    return client;
}

static bool is_public_host(const struct site *site, struct str host, struct str name, int64_t port)
{
    struct str normal = port == (site->public_secure ? 443 : 80) ? name : host;
    return site->public_host.len && str_equal(normal, site->public_host);
}

/* An address cannot be rebound by DNS, so a server that listens everywhere may be called by any of its own. */
static bool is_own_address(const struct site *site, struct str name)
{
    if (is_loopback(name) || str_equal(name, site->listen_host))
        return true;
    return str_is(site->listen_host, "0.0.0.0") && is_ipv4(name);
}

enum status site_place(const struct site *site, const struct passage *p, struct request *request)
{
    bool proxied = is_trusted(site, p->peer);
    struct str forwarded = p->forwarded_host, proto = p->forwarded_proto, name;
    struct str host = proxied && forwarded.len ? cut_last(&forwarded) : p->host;
    int64_t port;
    request->client = proxied ? client_address(site, p) : p->peer;
    request->host = lower(request->arena, host);
    if (!host_split(request->host, &name, &port))
        return MALFORMED;
    bool is_public = is_public_host(site, request->host, name, port);
    request->secure = (is_public && site->public_secure) || (proxied && str_is(cut_last(&proto), "https"));
    return is_public || is_own_address(site, name) ? OK : NOT_FOUND;
}
