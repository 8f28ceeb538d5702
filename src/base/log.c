/* log: see log.h. The threshold is the one thing set after start, before any thread exists. */
#include "base/log.h"

#include "base/clock.h"
#include "base/utf8.h"

#include <unistd.h>

static enum log_level threshold = LOG_INFO;

void log_threshold(enum log_level level)
{
    threshold = level;
}

void log_event(enum log_level level, const char *format, ...)
{
    static const char *const names[] = { "debug", "info", "warn", "error" };
    if (level < threshold)
        return;
    char line[2048];
    struct civil t = clock_civil(clock_now(&(struct clock){ 0 }), ZONE_UTC);
    int head = snprintf(line, sizeof line, "%04d-%02d-%02dT%02d:%02d:%02dZ %s ", t.year, t.month, t.day, t.hour,
                        t.minute, t.second, names[level]);
    va_list args;
    va_start(args, format);
    int body = vsnprintf(line + head, sizeof line - (size_t)head - 1, format, args);
    va_end(args);
    size_t len = (size_t)head + (body > 0 ? (size_t)body : 0);
    if (len > sizeof line - 2)
        len = sizeof line - 2;
    line[len++] = '\n';
    ssize_t written = write(STDERR_FILENO, line, len);
    (void)written; /* nowhere to report it */
}

/* Quotes, controls (also C1, which terminals obey) and bytes that are not UTF-8 do not stand in a log as they are. */
static bool is_harmless(int32_t point)
{
    return point >= 0x20 && point != '"' && point != '\\' && !(point >= 0x7F && point < 0xA0);
}

struct str log_quote(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.len * 4 + 3);
    if (!out)
        return STR("\"?\"");
    size_t n = 0;
    out[n++] = '"';
    for (size_t i = 0, next = 0; i < s.len; i = next) {
        bool harmless = is_harmless(utf8_next(s, &next));
        if (next == i)
            next++; /* not UTF-8: byte by byte */
        for (size_t k = i; k < next; k++) {
            if (harmless)
                out[n++] = s.at[k];
            else
                n += (size_t)snprintf(out + n, 5, "\\x%02x", (unsigned char)s.at[k]);
        }
    }
    out[n++] = '"';
    return (struct str){ out, n };
}
