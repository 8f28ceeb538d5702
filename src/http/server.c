/* server: see server.h. Start, the callbacks of CivetWeb's threads, drain and stop.
 *
 * CivetWeb is used through begin_request alone: no document root, so its file serving, CGI, directory listings and
 * WebSockets are out of reach. It is told not to decode anything: request heads are judged as they were sent. */
#include "http/server.h"

#include "base/log.h"
#include "http/exchange.h"
#include "http/listen.h"
#include "http/stack.h"

#include <malloc.h>
#include <unistd.h>

enum {
    THREADS_DEFAULT = 256,
    DRAIN_MS = 12000, /* and CivetWeb's threads need up to 2 s to notice: 15 s in all */
    QUIET_MS = 100,   /* how long nothing is under way before we believe it: heads may still be on their way */
    LOOK_MS = 5,
    SERVER_MEMORY = 64 * 1024
};

/* ---- CivetWeb's callbacks ---- */

static void *init_thread(const struct mg_context *context, int type)
{
    (void)context;
    stack_check();
    return type == 1 ? worker_new() : NULL;
}

static void exit_thread(const struct mg_context *context, int type, void *worker)
{
    (void)context;
    if (type == 1)
        worker_free(worker);
}

static struct server *server_of(const struct mg_connection *connection)
{
    return mg_get_user_context_data(connection);
}

static int connection_opened(const struct mg_connection *connection, void **data)
{
    *data = NULL;
    struct workers *workers = &server_of(connection)->workers;
    atomic_fetch_add(&workers->held, 1);
    patience_begin(workers);
    return 0;
}

static void connection_closed(const struct mg_connection *connection)
{
    atomic_fetch_sub(&server_of(connection)->workers.held, 1);
    patience_end();
}

/* Its messages hold parts of requests. */
static int say_nothing(const struct mg_connection *connection, const char *message)
{
    (void)connection;
    (void)message;
    return 1;
}

/* ---- start ---- */

static void copy_options(struct server *server, const struct server_options *options)
{
    struct arena *memory = &server->memory;
    struct str *proxies = ARENA_ARRAY(memory, options->trusted_proxy_count, struct str);
    for (size_t i = 0; proxies && i < options->trusted_proxy_count; i++)
        proxies[i] = str_copy(memory, options->trusted_proxies[i]);
    server->options = *options;
    server->options.trusted_proxies = proxies;
    server->options.listen = str_copy(memory, str_of(options->listen)).at;
    server->options.public_url = str_copy(memory, options->public_url);
    server->options.threads = options->threads > 0 ? options->threads : THREADS_DEFAULT;
    server->workers.count = server->options.threads;
    server->site.trusted_proxies = proxies;
    server->site.trusted_proxy_count = options->trusted_proxy_count;
}

static enum status site_settle(struct server *server, struct arena *arena, struct listen_address *address,
                               struct str *problem)
{
    if (site_set_public(&server->site, server->options.public_url, &server->memory)) {
        *problem = str_format(arena, "public_url \"%.*s\" is no address such as https://lotse.stadt.example",
                              STR_ARG(server->options.public_url));
        return INVALID;
    }
    enum status status = listen_parse(str_of(server->options.listen), arena, address, problem);
    if (status)
        return status;
    server->site.listen_host = str_copy(&server->memory, address->host);
    status = listen_probe(address, arena, problem);
    return status ? status : arena_status(&server->memory);
}

static struct mg_context *start_civetweb(struct server *server, const struct listen_address *address)
{
    char port[64], threads[16];
    snprintf(port, sizeof port, "%.*s:%d", STR_ARG(address->host), address->port);
    snprintf(threads, sizeof threads, "%d", server->options.threads);
    const char *settings[] = {
        "listening_ports", port,
        "num_threads", threads,
        "enable_keep_alive", "yes",
        "keep_alive_timeout_ms", server->options.behind_proxy ? "30000" : "1000",
        "request_timeout_ms", "10000",
        "tcp_nodelay", "1",
        "connection_queue", "256",
        "listen_backlog", "1024",
        "max_request_size", "16384",
        "decode_url", "no",
        "decode_query_string", "no",
        NULL,
    };
    const struct mg_callbacks callbacks = {
        .begin_request = exchange_begin,
        .http_error = exchange_error,
        .log_message = say_nothing, /* no log_access: even a silent one has CivetWeb call localtime, a race */
        .init_thread = init_thread,
        .exit_thread = exit_thread,
        .init_connection = connection_opened,
        .connection_close = connection_closed,
    };
    return mg_start(&callbacks, server, settings);
}

static void server_free(struct server *server)
{
    arena_release(&server->memory);
    free(server);
}

static enum status start(struct server *server, struct arena *arena, struct str *problem)
{
    struct listen_address address;
    struct mg_server_port ports[1] = { 0 };
    enum status status = site_settle(server, arena, &address, problem);
    if (status)
        return status;
    mallopt(M_ARENA_MAX, 4); /* glibc's default, 8 per core, keeps memory of many threads apart for nothing */
    mg_init_library(0);
    server->civetweb = start_civetweb(server, &address);
    if (!server->civetweb || mg_get_server_ports(server->civetweb, 1, ports) != 1) {
        *problem = str_format(arena, "cannot start %d threads that listen on %.*s:%d", server->options.threads,
                              STR_ARG(address.host), address.port);
        if (server->civetweb)
            mg_stop(server->civetweb);
        mg_exit_library();
        return UNAVAILABLE;
    }
    server->port = ports[0].port;
    return OK;
}

enum status server_start(struct server **out, const struct server_options *options, struct arena *arena,
                         struct str *problem)
{
    struct server *server = calloc(1, sizeof *server);
    *out = NULL;
    *problem = STR("out of memory");
    if (!server)
        return NO_MEMORY;
    arena_init(&server->memory, SERVER_MEMORY);
    copy_options(server, options);
    /* Ids of two runs do not meet in the logs. */
    atomic_init(&server->last_id, (uint64_t)clock_now(&(struct clock){ 0 }) << 24);
    enum status status = start(server, arena, problem);
    if (status) {
        server_free(server);
        return status;
    }
    *out = server;
    return OK;
}

int server_port(const struct server *server)
{
    return server->port;
}

/* ---- stop ---- */

/* mg_stop throws away replies that are under way. */
static void drain(struct server *server)
{
    int quiet_ms = 0;
    atomic_store(&server->draining, true);
    for (int waited_ms = 0; waited_ms < DRAIN_MS && quiet_ms < QUIET_MS; waited_ms += LOOK_MS) {
        usleep(LOOK_MS * 1000);
        quiet_ms = atomic_load(&server->in_flight) == 0 ? quiet_ms + LOOK_MS : 0;
    }
    int left = atomic_load(&server->in_flight);
    if (left)
        log_event(LOG_WARN, "event=stopping unanswered=%d", left);
}

void server_stop(struct server *server)
{
    drain(server);
    mg_stop(server->civetweb);
    mg_exit_library();
    server_free(server);
}
