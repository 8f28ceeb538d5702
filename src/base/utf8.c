/* utf8: see utf8.h. Table of well-formed sequences: The Unicode Standard, table 3-7. */
#include "base/utf8.h"

int32_t utf8_next(struct str s, size_t *i)
{
    unsigned char first = (unsigned char)s.at[*i];
    if (first < 0x80) {
        (*i)++;
        return first;
    }
    int more = first >= 0xC2 && first <= 0xDF ? 1 : (first & 0xF0) == 0xE0 ? 2 : first >= 0xF0 && first <= 0xF4 ? 3 : 0;
    if (more == 0 || s.len - *i <= (size_t)more)
        return -1;
    int32_t point = first & (0x3F >> more);
    for (int k = 1; k <= more; k++) {
        unsigned char c = (unsigned char)s.at[*i + (size_t)k];
        if ((c & 0xC0) != 0x80)
            return -1;
        point = point << 6 | (c & 0x3F);
    }
    bool overlong = (more == 2 && point < 0x800) || (more == 3 && point < 0x10000);
    if (overlong || (point >= 0xD800 && point <= 0xDFFF) || point > 0x10FFFF)
        return -1;
    *i += (size_t)more + 1;
    return point;
}

bool utf8_valid(struct str s)
{
    for (size_t i = 0; i < s.len;)
        if (utf8_next(s, &i) < 0)
            return false;
    return true;
}

static bool is_text_point(int32_t c)
{
    if (c == '\t' || c == '\n' || c == '\r')
        return true;
    return c >= 0x20 && !(c >= 0x7F && c < 0xA0) && !(c >= 0x202A && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069);
}

bool utf8_is_text(struct str s)
{
    for (size_t i = 0; i < s.len;)
        if (!is_text_point(utf8_next(s, &i)))
            return false;
    return true;
}

size_t utf8_count(struct str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += ((unsigned char)s.at[i] & 0xC0) != 0x80;
    return count;
}

struct str utf8_clip(struct str s, size_t code_points)
{
    size_t i = 0;
    while (i < s.len && code_points--)
        if (utf8_next(s, &i) < 0)
            break;
    return str_part(s, 0, i);
}

void utf8_add(struct buf *b, int32_t c)
{
    char out[4];
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[5] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    for (size_t k = n; k-- > 1; c >>= 6)
        out[k] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)(lead[n] | c);
    buf_add(b, (struct str){ out, n });
}
