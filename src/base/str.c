/* str: see str.h. */
#include "base/str.h"

#include <assert.h>

struct str str_of(const char *s)
{
    return s ? (struct str){ s, strlen(s) } : STR_NONE;
}

bool str_equal(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool str_is(struct str a, const char *b)
{
    return str_equal(a, str_of(b));
}

int str_compare(struct str a, struct str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.at, b.at, shorter) : 0;
    if (order == 0)
        order = (a.len > b.len) - (a.len < b.len);
    return (order > 0) - (order < 0);
}

bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_equal(str_part(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len && str_equal(str_from(s, s.len - suffix.len), suffix);
}

struct str str_from(struct str s, size_t start)
{
    return start < s.len ? (struct str){ s.at + start, s.len - start } : (struct str){ s.at, 0 };
}

struct str str_part(struct str s, size_t start, size_t len)
{
    struct str rest = str_from(s, start);
    if (rest.len > len)
        rest.len = len;
    return rest;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.len && is_space(s.at[0]))
        s = str_from(s, 1);
    while (s.len && is_space(s.at[s.len - 1]))
        s.len--;
    return s;
}

size_t str_find(struct str s, char c, size_t start)
{
    if (start >= s.len)
        return s.len;
    const char *hit = memchr(s.at + start, c, s.len - start);
    return hit ? (size_t)(hit - s.at) : s.len;
}

struct str str_cut(struct str *rest, char sep)
{
    size_t at = str_find(*rest, sep, 0);
    struct str head = str_part(*rest, 0, at);
    *rest = str_from(*rest, at + 1);
    return head;
}

bool str_to_int(struct str s, int64_t *out)
{
    bool negative = s.len && s.at[0] == '-';
    if (negative)
        s = str_from(s, 1);
    if (s.len == 0 || s.len > 19)
        return false;
    uint64_t value = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(s.at[i] - '0'); /* 19 digits cannot overflow 64 bits */
    }
    if (value > (uint64_t)INT64_MAX + negative)
        return false;
    *out = negative ? (int64_t)-value : (int64_t)value;
    return true;
}

struct str str_copy(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.len + 1);
    if (!p)
        return STR_NONE;
    if (s.len)
        memcpy(p, s.at, s.len);
    return (struct str){ p, s.len };
}

/* ---- formatting: dear, so short texts, nearly all, are formatted once, on the stack; longer ones once more ---- */

enum { SHORT_TEXT = 256 };

/* Takes "%s", "%.*s" or the words before the next "%" off the format; false where another conversion stands. */
static bool next_piece(const char **format, va_list *args, struct str *piece)
{
    const char *f = *format;
    if (*f != '%') {
        *format = strchrnul(f, '%');
        *piece = (struct str){ f, (size_t)(*format - f) };
        return true;
    }
    bool clipped = f[1] == '.' && f[2] == '*' && f[3] == 's';
    if (f[1] != 's' && !clipped)
        return false;
    size_t longest = clipped ? (size_t)va_arg(*args, int) : SIZE_MAX;
    const char *text = va_arg(*args, const char *);
    *format = f + (clipped ? 4 : 2);
    *piece = (struct str){ text, strnlen(text, longest) };
    return true;
}

/* What vsnprintf does for formats that only join texts, in a tenth of the time: addresses and ids are made so. False
 * for all other formats. */
static bool join_texts(char *out, size_t room, size_t *len, const char *format, va_list *args)
{
    for (*len = 0; *format;) {
        struct str piece;
        if (!next_piece(&format, args, &piece))
            return false;
        if (*len + piece.len < room)
            memcpy(out + *len, piece.at, piece.len);
        *len += piece.len;
    }
    return true;
}

/* The length that the text has or would have, as vsnprintf; only a text that fits is complete, and NUL is not promised. */
static size_t format_into(char *out, size_t room, const char *format, va_list args)
{
    va_list pieces;
    size_t len;
    va_copy(pieces, args);
    bool joined = join_texts(out, room, &len, format, &pieces);
    va_end(pieces);
    if (joined)
        return len;
    int printed = vsnprintf(out, room, format, args);
    assert(printed >= 0);
    return (size_t)printed;
}

struct str str_format_args(struct arena *a, const char *format, va_list args)
{
    char text[SHORT_TEXT];
    va_list again;
    va_copy(again, args);
    size_t len = format_into(text, sizeof text, format, args);
    char *p = arena_alloc(a, len + 1);
    if (p && len < SHORT_TEXT)
        memcpy(p, text, len);
    else if (p)
        format_into(p, len + 1, format, again);
    va_end(again);
    return p ? (struct str){ p, len } : STR_NONE;
}

struct str str_format(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct str s = str_format_args(a, format, args);
    va_end(args);
    return s;
}

struct str str_join(struct arena *a, const struct str *parts, size_t count, struct str between)
{
    size_t len = count ? between.len * (count - 1) : 0;
    for (size_t i = 0; i < count; i++)
        len += parts[i].len;
    char *p = arena_alloc(a, len + 1);
    if (!p)
        return STR_NONE;
    char *end = p;
    for (size_t i = 0; i < count; i++) {
        struct str pieces[2] = { i ? between : STR_NONE, parts[i] };
        for (int k = 0; k < 2; k++) {
            if (pieces[k].len)
                memcpy(end, pieces[k].at, pieces[k].len);
            end += pieces[k].len;
        }
    }
    return (struct str){ p, len };
}

void buf_init(struct buf *b, size_t ceiling)
{
    assert(ceiling > 0);
    *b = (struct buf){ .ceiling = ceiling };
}

void buf_release(struct buf *b)
{
    free(b->at);
    *b = (struct buf){ .ceiling = b->ceiling };
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    b->status = OK;
    if (b->at)
        b->at[0] = '\0';
}

/* Makes room for more bytes and a NUL; false once the builder has failed. There is never more room than the ceiling
 * allows, so that what fits may be added. */
static bool has_room(struct buf *b, size_t more)
{
    if (b->status)
        return false;
    if (more > b->ceiling - b->len) {
        b->status = TOO_LARGE;
        return false;
    }
    size_t needed = b->len + more + 1;
    if (needed <= b->room)
        return true;
    size_t room = b->room ? b->room * 2 : 256;
    if (room > b->ceiling)
        room = b->ceiling + 1;
    if (room < needed)
        room = needed;
    char *at = realloc(b->at, room);
    if (!at) {
        b->status = NO_MEMORY;
        return false;
    }
    b->at = at;
    b->room = room;
    return true;
}

void buf_reserve(struct buf *b, size_t more)
{
    (void)has_room(b, more);
}

void buf_add_slowly(struct buf *b, struct str s)
{
    if (has_room(b, s.len))
        buf_add(b, s);
}

void buf_add_char(struct buf *b, char c)
{
    buf_add(b, (struct str){ &c, 1 });
}

void buf_add_format(struct buf *b, const char *format, ...)
{
    char text[SHORT_TEXT];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t len = format_into(text, sizeof text, format, args);
    va_end(args);
    if (len < SHORT_TEXT) {
        buf_add(b, (struct str){ text, len });
    } else if (has_room(b, len)) {
        format_into(b->at + b->len, len + 1, format, again);
        b->len += len;
        b->at[b->len] = '\0';
    }
    va_end(again);
}

struct str buf_str(const struct buf *b)
{
    return (struct str){ b->at ? b->at : "", b->len };
}

enum status buf_status(const struct buf *b)
{
    return b->status;
}
