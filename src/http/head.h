/* head: everything before a request's body, checked and turned into a request. Pure: no socket, no CivetWeb.
 *
 * Two readers of one connection (a proxy and this server) must never disagree where a request ends, so whatever
 * could be read in two ways is refused and the connection closed: RFC 9112, sections 3.2, 6 and 11.2. */
#ifndef HTTP_HEAD_H
#define HTTP_HEAD_H

#include "http/site.h"

enum { TARGET_MAX = 4096, BODY_MAX = 256 * 1024, HEADERS_MAX = 64 };

struct header {
    struct str name, value;
};

/* As it was sent. header_count = HEADERS_MAX means that there may have been more. */
struct head {
    struct str method, path, query, version, peer;
    const struct header *headers;
    size_t header_count;
};

/* How the body, and what comes after it, are to be read. */
struct framing {
    bool chunked;
    size_t length;
    bool expects_continue; /* the client waits for a word before it sends the body */
    bool keep_alive;       /* the client would like to go on */
};

/* Why a request is not answered by a page: an HTTP status and a word for the log; code 0: it is. */
struct refusal {
    int code;
    const char *reason;
};

/* request->arena is given; fills all that the head tells (not id, now, form, params). */
struct refusal head_read(const struct head *, const struct site *, struct request *, struct framing *);
/* The form that the body carries. */
struct refusal form_read(struct str body, struct request *);

#endif
