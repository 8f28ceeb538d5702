/* site: under which names this server may be called, and whom to believe about the client.
 * Immutable after start. A Host that is not ours is refused: links and redirects are built from it, and a page of
 * another name that resolves to this address (DNS rebinding) must not reach it. */
#ifndef HTTP_SITE_H
#define HTTP_SITE_H

#include "http/request.h"

struct site {
    struct str public_host; /* "lotse.stadt.example" or "...:8443", lower case, without the scheme's own port; or empty */
    bool public_secure;     /* the public address is https */
    struct str listen_host; /* "127.0.0.1", "0.0.0.0" */
    const struct str *trusted_proxies;
    size_t trusted_proxy_count;
};

/* From "https://lotse.stadt.example"; empty leaves the site without a public address. INVALID: not such an address. */
enum status site_set_public(struct site *, struct str public_url, struct arena *) MUST_CHECK;

/* What the headers say about the way a request came. */
struct passage {
    struct str peer;            /* the address at the other end of the socket */
    struct str host;            /* Host */
    struct str forwarded_for;   /* X-Forwarded-For, all of them joined by commas */
    struct str forwarded_proto, forwarded_host;
};

/* Fills client, host and secure. MALFORMED: no such host can be; NOT_FOUND: a host that is not ours. */
enum status site_place(const struct site *, const struct passage *, struct request *) MUST_CHECK;

#endif
