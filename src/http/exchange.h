/* exchange: one request and its reply on a CivetWeb connection. Shared by server.c and exchange.c alone.
 *
 * A worker thread owns its arena and output buffer; struct server is constant after start but for its counters. */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include "http/deadline.h"
#include "http/server.h"
#include "http/site.h"

#include <civetweb.h>
#include <stdatomic.h>

enum { WORKER_ARENA = 8 * 1024 * 1024 };

struct worker {
    struct arena arena;
    struct buf out;
};

struct server {
    struct arena memory; /* options and site */
    struct server_options options;
    struct site site;
    struct mg_context *civetweb;
    int port;
    atomic_bool draining;
    atomic_int in_flight;   /* requests between their head and the last byte of the reply */
    struct workers workers;
    atomic_uint_fast64_t last_id;
};

struct worker *worker_new(void);
void worker_free(struct worker *);

/* CivetWeb's begin_request: answers everything; the reply's code, always > 0. */
int exchange_begin(struct mg_connection *);
/* CivetWeb's http_error: what it could not read itself; 0: answered. */
int exchange_error(struct mg_connection *, int code, const char *ignored);

#endif
