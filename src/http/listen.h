/* listen: the address that the server is told to listen on, checked before CivetWeb sees it, so that the person who
 * starts the server reads what is wrong and how to mend it. */
#ifndef HTTP_LISTEN_H
#define HTTP_LISTEN_H

#include "base/str.h"

struct listen_address {
    struct str host; /* IPv4, "localhost" resolved */
    int port;
};

/* "127.0.0.1:8080". INVALID with *problem. */
enum status listen_parse(struct str text, struct arena *, struct listen_address *, struct str *problem) MUST_CHECK;
/* Binds and lets go again. BUSY, FORBIDDEN or INVALID with *problem. */
enum status listen_probe(const struct listen_address *, struct arena *, struct str *problem) MUST_CHECK;

#endif
