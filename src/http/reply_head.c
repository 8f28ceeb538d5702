/* reply_head: see reply_head.h. */
#include "http/reply_head.h"

#include "base/clock.h"

static const char security_headers[] =
    "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; "
    "img-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), microphone=(), geolocation=()\r\n";

static const struct {
    int code;
    const char *reason;
} reasons[] = {
    { 200, "OK" },
    { 204, "No Content" },
    { 206, "Partial Content" },
    { 303, "See Other" },
    { 304, "Not Modified" },
    { 400, "Bad Request" },
    { 401, "Unauthorized" },
    { 403, "Forbidden" },
    { 404, "Not Found" },
    { 405, "Method Not Allowed" },
    { 408, "Request Timeout" },
    { 409, "Conflict" },
    { 411, "Length Required" },
    { 413, "Content Too Large" },
    { 414, "URI Too Long" },
    { 415, "Unsupported Media Type" },
    { 416, "Range Not Satisfiable" },
    { 417, "Expectation Failed" },
    { 421, "Misdirected Request" },
    { 422, "Unprocessable Content" },
    { 429, "Too Many Requests" },
    { 431, "Request Header Fields Too Large" },
    { 500, "Internal Server Error" },
    { 503, "Service Unavailable" },
    { 505, "HTTP Version Not Supported" },
};

const char *reply_reason(int code)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].code == code)
            return reasons[i].reason;
    return code < 400 ? "OK" : "Error";
}

/* RFC 9110, 5.6.7: always in English, always GMT. */
static void add_date(struct buf *out, int64_t now)
{
    static const char days[][4] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" }; /* 1970-01-01: Thursday */
    static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    struct civil t = clock_civil(now, ZONE_UTC);
    buf_add_format(out, "Date: %s, %02d %s %04d %02d:%02d:%02d GMT\r\n", days[clock_day(now, ZONE_UTC) % 7], t.day,
                   months[t.month - 1], t.year, t.hour, t.minute, t.second);
}

bool reply_has_body(const struct reply *reply)
{
    return reply->code != 304 && reply->code != 204;
}

void reply_head_add(struct buf *out, const struct reply *reply, const struct reply_circumstances *c)
{
    buf_add_format(out, "HTTP/1.1 %d %s\r\n", reply->code, reply_reason(reply->code));
    add_date(out, c->now);
    if (reply_has_body(reply))
        buf_add_format(out, "Content-Type: %.*s\r\nContent-Length: %zu\r\n", STR_ARG(reply->type), reply_size(reply));
    if (!reply->cacheable)
        buf_add(out, STR("Cache-Control: no-store\r\n"));
    buf_add(out, (struct str){ security_headers, sizeof security_headers - 1 });
    if (c->secure)
        buf_add(out, STR("Strict-Transport-Security: max-age=31536000\r\n"));
    for (size_t i = 0; i < reply->header_count; i++)
        buf_add_format(out, "%s: %.*s\r\n", reply->headers[i].name, STR_ARG(reply->headers[i].value));
    buf_add(out, c->close ? STR("Connection: close\r\n\r\n") : STR("Connection: keep-alive\r\n\r\n"));
}
