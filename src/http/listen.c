/* listen: see listen.h. */
#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

static bool parse_ipv4(struct str text, struct in_addr *out)
{
    char written[INET_ADDRSTRLEN];
    if (text.len == 0 || text.len >= sizeof written)
        return false;
    memcpy(written, text.at, text.len);
    written[text.len] = '\0';
    return inet_pton(AF_INET, written, out) == 1;
}

enum status listen_parse(struct str text, struct arena *arena, struct listen_address *out, struct str *problem)
{
    struct str port_text = text, host = str_cut(&port_text, ':');
    int64_t port;
    struct in_addr ignored;
    if (port_text.len && port_text.at[port_text.len - 1] == 's') {
        *problem = STR("Lotse does not speak TLS itself: leave out the \"s\" behind the port and put a reverse proxy "
                       "in front (docs/operations.md)");
        return INVALID;
    }
    if (str_is(host, "localhost"))
        host = STR("127.0.0.1");
    if (!parse_ipv4(host, &ignored) || !str_to_int(port_text, &port) || port < 0 || port > 65535) {
        *problem = str_format(arena, "cannot listen on \"%.*s\": write an IPv4 address and a port, such as "
                                     "127.0.0.1:8080 (port 0: any free one)", STR_ARG(text));
        return INVALID;
    }
    *out = (struct listen_address){ str_copy(arena, host), (int)port };
    return OK;
}

static enum status explain(const struct listen_address *address, int error, struct arena *arena, struct str *problem)
{
    int port = address->port;
    if (error == EADDRINUSE) {
        *problem = str_format(arena, "port %d is in use on %.*s: stop the other program, or let the system choose a "
                                     "free port with --listen 127.0.0.1:0", port, STR_ARG(address->host));
        return BUSY;
    }
    if (error == EACCES) {
        *problem = str_format(arena, "port %d needs rights that this process does not have: choose one above 1023, "
                                     "such as --listen 127.0.0.1:8080", port);
        return FORBIDDEN;
    }
    *problem = str_format(arena, "cannot listen on %.*s:%d: %s", STR_ARG(address->host), port, strerrordesc_np(error));
    return INVALID;
}

enum status listen_probe(const struct listen_address *address, struct arena *arena, struct str *problem)
{
    struct sockaddr_in name = { .sin_family = AF_INET, .sin_port = htons((uint16_t)address->port) };
    if (!parse_ipv4(address->host, &name.sin_addr))
        return explain(address, EADDRNOTAVAIL, arena, problem);
    int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (probe < 0)
        return explain(address, errno, arena, problem);
    int on = 1;
    setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    int error = bind(probe, (const struct sockaddr *)&name, sizeof name) ? errno : 0;
    close(probe);
    return error ? explain(address, error, arena, problem) : OK;
}
