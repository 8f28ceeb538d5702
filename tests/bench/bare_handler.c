/* bare_handler: what CivetWeb costs by itself: one begin_request handler that answers every request with N bytes in
 * one mg_write, with the settings of src/http/server.c. `make bench` compares the server's pages with it.
 *
 * bare_handler BYTES [THREADS]; prints "listening on http://127.0.0.1:PORT", ends at SIGTERM. */
#include <civetweb.h>
#include <pthread.h>
#include <signal.h>

struct bare_reply {
    char *at;
    size_t len;
};

static int answer(struct mg_connection *connection)
{
    const struct bare_reply *reply = mg_get_user_context_data(connection);
    mg_write(connection, reply->at, reply->len);
    return 200;
}

static struct bare_reply reply_of(size_t bytes)
{
    const size_t head_max = 256;
    struct bare_reply reply = { malloc(head_max + bytes), 0 };
    if (!reply.at)
        return reply;
    int head = snprintf(reply.at, head_max,
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %zu\r\n"
                        "Connection: keep-alive\r\n\r\n", bytes);
    memset(reply.at + head, 'x', bytes);
    reply.len = (size_t)head + bytes;
    return reply;
}

static int run(struct bare_reply *reply, const char *threads, const sigset_t *ends)
{
    const char *settings[] = {
        "listening_ports", "127.0.0.1:0", "num_threads", threads, "enable_keep_alive", "yes",
        "keep_alive_timeout_ms", "30000", "request_timeout_ms", "10000", "tcp_nodelay", "1",
        "connection_queue", "256", "listen_backlog", "1024", "max_request_size", "16384", "decode_url", "no", NULL,
    };
    const struct mg_callbacks callbacks = { .begin_request = answer };
    struct mg_server_port port = { 0 };
    int signal;
    struct mg_context *civetweb = mg_start(&callbacks, reply, settings);
    if (!civetweb || mg_get_server_ports(civetweb, 1, &port) != 1) {
        fprintf(stderr, "bare_handler: CivetWeb does not start\n");
        return 2;
    }
    printf("listening on http://127.0.0.1:%d\n", port.port);
    fflush(stdout);
    sigwait(ends, &signal);
    mg_stop(civetweb);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: bare_handler BYTES [THREADS]\n");
        return 2;
    }
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    struct bare_reply reply = reply_of((size_t)strtoul(argv[1], NULL, 10));
    if (!reply.at)
        return 2;
    mg_init_library(0);
    int code = run(&reply, argc > 2 ? argv[2] : "256", &ends);
    mg_exit_library();
    free(reply.at);
    return code;
}
