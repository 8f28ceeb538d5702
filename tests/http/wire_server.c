/* wire_server: the http layer alone, with pages that say back what was read. For wire.test.mjs.
 *
 * /echo, /echo/{name}: the request as JSON. /bytes/{n}: n letters by the sink. /hold: waits for SIGUSR1; /held: how many
 * do. /film: ten bytes, in parts. /redirect, /cookie, /bad-header, /bad-memory: what a page could do. SIGTERM drains and
 * ends. */
#include "base/embed.h"
#include "http/assets.h"
#include "http/range.h"
#include "http/route.h"
#include "http/server.h"

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

const struct embed embed_table[] = {
    { { "assets/wire.01234567.css", 24 }, { "body { color: #123456 }\n", 24 } },
    { { "assets/wire.01234567.css.br", 27 }, { "as if brotli", 12 } },
    { { "assets/wire.01234567.css.gz", 27 }, { "as if gzip", 10 } },
    { { "templates/secret.mustache", 25 }, { "not for you", 11 } },
};
const size_t embed_count = sizeof embed_table / sizeof *embed_table;

static void put_text(struct sink *out, struct str text)
{
    sink_add(out, STR("\""));
    for (size_t i = 0; i < text.len; i++) {
        char escaped[8];
        unsigned char c = (unsigned char)text.at[i];
        int len = c < 0x20 || c == '"' || c == '\\' ? snprintf(escaped, sizeof escaped, "\\u%04x", c)
                                                    : snprintf(escaped, sizeof escaped, "%c", c);
        sink_add(out, (struct str){ escaped, (size_t)len });
    }
    sink_add(out, STR("\""));
}

static void put_member(struct sink *out, const char *key, struct str value)
{
    put_text(out, str_of(key));
    sink_add(out, STR(":"));
    put_text(out, value);
    sink_add(out, STR(","));
}

static void put_pairs(struct sink *out, const char *key, const struct pairs *pairs)
{
    put_text(out, str_of(key));
    sink_add(out, STR(":["));
    for (size_t i = 0; i < pairs->count; i++) {
        sink_add(out, i ? STR(",[") : STR("["));
        put_text(out, pairs->list[i].name);
        sink_add(out, STR(","));
        put_text(out, pairs->list[i].value);
        sink_add(out, STR("]"));
    }
    sink_add(out, STR("],"));
}

static void echo(struct request *request, struct reply *reply)
{
    static const char *const formats[] = { "html", "json", "csv" };
    struct sink *out = reply_sink(reply);
    reply->type = STR("application/json");
    sink_add(out, STR("{"));
    put_member(out, "method", request->method == METHOD_POST ? STR("POST") : STR("GET"));
    put_member(out, "path", request->path);
    put_member(out, "format", str_of(formats[request->format]));
    put_member(out, "client", request->client);
    put_member(out, "host", request->host);
    put_pairs(out, "query", &request->query);
    put_pairs(out, "form", &request->form);
    put_pairs(out, "cookies", &request->cookies);
    put_pairs(out, "params", &request->params);
    sink_add(out, request->secure ? STR("\"secure\":true}") : STR("\"secure\":false}"));
}

static int64_t number_of(const struct request *request)
{
    int64_t number = 0;
    return str_to_int(pairs_get(&request->params, "n"), &number) ? number : 0;
}

static void bytes(struct request *request, struct reply *reply)
{
    struct sink *out = reply_sink(reply);
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz012345";
    for (int64_t left = number_of(request); left > 0; left -= 32)
        sink_add(out, (struct str){ letters, left < 32 ? (size_t)left : 32 });
}

static atomic_int held;
static atomic_bool released;

/* Until SIGUSR1. */
static void hold(struct request *request, struct reply *reply)
{
    atomic_fetch_add(&held, 1);
    while (!atomic_load(&released))
        usleep(1000);
    echo(request, reply);
}

static void count_held(struct request *request, struct reply *reply)
{
    sink_add(reply_sink(reply), str_format(request->arena, "%d", atomic_load(&held)));
}

static void release(int signal)
{
    (void)signal;
    atomic_store(&released, true);
}

static void redirect(struct request *request, struct reply *reply)
{
    reply_redirect(reply, pairs_get(&request->query, "to"));
}

static void film(struct request *request, struct reply *reply)
{
    range_answer(request, reply, STR("0123456789"), STR("\"film\""));
}

static void cookie(struct request *request, struct reply *reply)
{
    reply_cookie(reply, "session", STR("abc"), request->secure, 60);
}

static void bad_header(struct request *request, struct reply *reply)
{
    reply_header(reply, "X-Bad", pairs_get(&request->query, "value"));
}

static void bad_memory(struct request *request, struct reply *reply)
{
    if (!arena_alloc(request->arena, (size_t)1 << 40))
        sink_add(reply_sink(reply), STR("half an answer"));
}

static const struct {
    const char *pattern;
    void (*page)(struct request *, struct reply *);
} pages[] = {
    { "/echo", echo },         { "/echo/{name}", echo },      { "/bytes/{n}", bytes },           { "/hold", hold },
    { "/redirect", redirect }, { "/bad-header", bad_header }, { "/bad-memory", bad_memory }, { "/cookie", cookie },
    { "/held", count_held },
    { "/film", film },
};

static void answer(void *app, struct request *request, struct reply *reply)
{
    (void)app;
    if (assets_answer(request, reply))
        return;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (route_fits(&(struct route){ .pattern = pages[i].pattern }, request)) {
            pages[i].page(request, reply);
            return;
        }
    }
    reply->code = 404;
    sink_add(reply_sink(reply), STR("no such page"));
}

int main(int argc, char **argv)
{
    const struct str proxies[] = { STR("127.0.0.1") };
    const struct clock clock = { 0 };
    struct server_options options = { .listen = argc > 1 ? argv[1] : "127.0.0.1:0", .threads = 16, .clock = &clock, .answer = answer };
    if (argc > 2) {
        options.public_url = str_of(argv[2]);
        options.trusted_proxies = proxies;
        options.trusted_proxy_count = 1;
    }
    signal(SIGUSR1, release);
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    struct arena arena;
    struct server *server;
    struct str problem;
    int ended;
    arena_init(&arena, 4096);
    enum status status = server_start(&server, &options, &arena, &problem);
    if (status)
        fprintf(stderr, "%s: %.*s\n", status_name(status), STR_ARG(problem));
    arena_release(&arena);
    if (status)
        return 2;
    printf("listening on http://127.0.0.1:%d\n", server_port(server));
    fflush(stdout);
    sigwait(&ends, &ended);
    server_stop(server);
    return 0;
}
