/* serve: the server, until SIGTERM or SIGINT; then everything under way is answered, 15 s at most. */
#include "base/log.h"
#include "cli/command.h"
#include "http/server.h"
#include "page/answer.h"
#include "page/completion.h"
#include "page/housekeeping.h"
#include "page/indexing.h"
#include "page/reload.h"

#include <signal.h>

static const struct cli_option options[] = {
    { "listen", "ADDRESS:PORT", "where to listen (default 127.0.0.1:8080; port 0: any free one)" },
    { "public-url", "URL", "the address that people use, e.g. https://lotse.stadt.example" },
    { "trusted-proxies", "LIST", "addresses whose X-Forwarded headers count, separated by commas" },
    { "threads", "N", "worker threads (default 256)" },
    { "dev", NULL, "for developers: templates and assets from disk" },
    { NULL, NULL, NULL },
};

static size_t split_list(struct str list, struct str *out, size_t room)
{
    size_t count = 0;
    while (list.len && count < room) {
        struct str one = str_trim(str_cut(&list, ','));
        if (one.len)
            out[count++] = one;
    }
    return count;
}

/* Signals are blocked before threads start, so that only this thread sees them. */
static void wait_for_end(const struct app *app, const sigset_t *ends)
{
    const struct timespec tick = { .tv_sec = HOUSEKEEPING_SECONDS };
    for (;;) {
        int signal_number = sigtimedwait(ends, NULL, &tick);
        if (signal_number > 0) {
            log_event(LOG_INFO, "event=stop signal=%d", signal_number);
            return;
        }
        housekeeping(app);
    }
}

static bool is_loopback(struct str listen)
{
    return str_starts(listen, STR("127.")) || str_starts(listen, STR("localhost:"));
}

static int serve(struct cli *cli, struct app *app)
{
    enum { MOST_PROXIES = 32 };
    struct str proxies[MOST_PROXIES], problem = STR_NONE, listen = config_text(&cli->config, SETTING_LISTEN);
    if (app->demo && !is_loopback(listen))
        return cli_trouble("this is a demo with fictitious data and known passwords: it listens on 127.0.0.1 only, not on %.*s",
                           STR_ARG(listen));
    struct server_options o = {
        .listen = listen.at,
        .public_url = config_text(&cli->config, SETTING_PUBLIC_URL),
        .trusted_proxies = proxies,
        .trusted_proxy_count = split_list(config_text(&cli->config, SETTING_TRUSTED_PROXIES), proxies, MOST_PROXIES),
        .threads = (int)config_int(&cli->config, SETTING_THREADS),
        .clock = &app->clock,
        .answer = page_answer,
        .app = app,
    };
    o.behind_proxy = o.trusted_proxy_count > 0;
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    signal(SIGPIPE, SIG_IGN);
    enum status settled = completions_settle(app);
    if (settled)
        return cli_trouble("completions could not be derived from what was learned (%s)", status_name(settled));
    settled = indexing_settle(app);
    if (settled) /* learning goes on without it */
        log_event(LOG_ERROR, "event=search why=%s what=\"courses are not found as they are now\"", status_name(settled));
    struct server *server;
    if (server_start(&server, &o, &cli->arena, &problem))
        return cli_trouble("%.*s", STR_ARG(problem));
    struct str rest = listen, host = str_cut(&rest, ':');
    struct reload *reload;
    if (reload_start(&reload, app))
        log_event(LOG_ERROR, "event=reload why=\"no thread: changed packs are read at the next start\"");
    printf("listening on http://%.*s:%d\n", STR_ARG(host), server_port(server));
    fflush(stdout);
    wait_for_end(app, &ends);
    reload_stop(reload);
    server_stop(server);
    return EXIT_FINE;
}

static int run(struct cli *cli)
{
    struct app app;
    struct str problem = STR_NONE;
    enum status s = app_open(&app, &cli->config, true, &problem);
    int code = s ? cli_trouble("%.*s (%s)", STR_ARG(problem), status_name(s)) : serve(cli, &app);
    app_close(&app);
    return code;
}

const struct command command_serve = {
    "serve", "", "Serves Lotse until SIGTERM.", options, run,
};
