/* server: CivetWeb behind one begin_request handler; the only folder that knows it.
 * answer() runs on a worker thread with that worker's arena; everything it needs is const or thread-safe. */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "http/reply.h"
#include "http/request.h"

struct server;

struct server_options {
    const char *listen;          /* "127.0.0.1:8080"; port 0: any free one */
    struct str public_url;       /* "https://lotse.stadt.example", or empty */
    const struct str *trusted_proxies; /* addresses whose X-Forwarded-* count */
    size_t trusted_proxy_count;
    int threads;                 /* 0: 256 */
    bool behind_proxy;           /* longer keep-alive */
    const struct clock *clock;
    void (*answer)(void *app, struct request *, struct reply *);
    void *app;
};

/* BUSY: the port is taken; *problem (arena) names it and the mend. */
enum status server_start(struct server **, const struct server_options *, struct arena *, struct str *problem) MUST_CHECK;
int server_port(const struct server *);
/* Takes no new work, answers what is under way (15 s at most), then stops and frees. */
void server_stop(struct server *);

#endif
