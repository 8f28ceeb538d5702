/* pairs: see pairs.h. Counts before it allocates, so that a body full of ampersands costs nothing. */
#include "http/pairs.h"

#include "base/utf8.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* The byte that %xx at i stands for; -1 where it is none. */
static int escaped_byte(struct str raw, size_t i)
{
    if (raw.len - i < 3)
        return -1;
    int high = hex_digit(raw.at[i + 1]), low = hex_digit(raw.at[i + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

enum status percent_decode(struct arena *arena, struct str raw, bool plus, struct str *out)
{
    char *text = arena_alloc(arena, raw.len + 1);
    if (!text)
        return NO_MEMORY;
    size_t len = 0;
    for (size_t i = 0; i < raw.len; i++) {
        char c = raw.at[i];
        if (c == '%') {
            int byte = escaped_byte(raw, i);
            if (byte < 0)
                return MALFORMED;
            c = (char)byte;
            i += 2;
        } else if (plus && c == '+') {
            c = ' ';
        }
        text[len++] = c;
    }
    *out = (struct str){ text, len };
    return utf8_is_text(*out) ? OK : MALFORMED;
}

static enum status pair_read(struct arena *arena, struct str piece, struct pair *out)
{
    struct str value = piece, name = str_cut(&value, '=');
    enum status status = percent_decode(arena, name, true, &out->name);
    if (status == OK)
        status = percent_decode(arena, value, true, &out->value);
    if (status)
        return status;
    if (out->name.len == 0)
        return MALFORMED;
    return out->name.len > PAIR_NAME_MAX ? TOO_LARGE : OK;
}

static size_t count_pieces(struct str text, char separator)
{
    size_t count = 0;
    while (text.len)
        count += str_cut(&text, separator).len > 0;
    return count;
}

enum status pairs_read(struct arena *arena, struct str raw, struct pairs *out)
{
    *out = (struct pairs){ 0 };
    size_t count = count_pieces(raw, '&');
    if (count == 0)
        return OK;
    if (count > PAIRS_MAX)
        return TOO_LARGE;
    struct pair *list = ARENA_ARRAY(arena, count, struct pair);
    if (!list)
        return NO_MEMORY;
    size_t filled = 0;
    while (raw.len) {
        struct str piece = str_cut(&raw, '&');
        if (piece.len == 0)
            continue;
        enum status status = pair_read(arena, piece, &list[filled]);
        if (status)
            return status;
        filled++;
    }
    *out = (struct pairs){ list, filled };
    return OK;
}

static bool is_cookie_text(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] <= ' ' || s.at[i] > '~' || strchr("\",;\\", s.at[i]))
            return false;
    return true;
}

enum status pairs_read_cookies(struct arena *arena, struct str header, struct pairs *out)
{
    *out = (struct pairs){ 0 };
    size_t count = count_pieces(header, ';');
    if (count == 0)
        return OK;
    struct pair *list = ARENA_ARRAY(arena, count, struct pair);
    if (!list)
        return NO_MEMORY;
    size_t filled = 0;
    while (header.len) {
        struct str value = str_trim(str_cut(&header, ';')), name = str_cut(&value, '=');
        if (name.len == 0 || name.len > PAIR_NAME_MAX || !is_cookie_text(name) || !is_cookie_text(value))
            continue;
        struct pair pair = { str_copy(arena, name), str_copy(arena, value) };
        if (!pair.name.at || !pair.value.at)
            return NO_MEMORY;
        list[filled++] = pair;
    }
    *out = (struct pairs){ list, filled };
    return OK;
}
