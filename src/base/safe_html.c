/* safe_html: five characters become entities; what stands between them is passed on in one piece. */
#include "base/safe_html.h"

static const struct str entities[256] = {
    ['&'] = { "&amp;", 5 }, ['<'] = { "&lt;", 4 },   ['>'] = { "&gt;", 4 },
    ['"'] = { "&quot;", 6 }, ['\''] = { "&#39;", 5 },
};

static struct str entity_at(struct str text, size_t i)
{
    return entities[(unsigned char)text.at[i]];
}

static bool is_special(char c)
{
    static const bool special[256] = { ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true };
    return special[(unsigned char)c];
}

/* ---- every text of every page passes here, so it is looked at eight bytes at a time ---- */

#define EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

/* Not zero when a byte of the word is. */
static uint64_t zero_byte(uint64_t word)
{
    return (word - EACH_BYTE(1)) & ~word & EACH_BYTE(0x80);
}

static bool has_special(const char *eight)
{
    uint64_t word;
    memcpy(&word, eight, sizeof word);
    uint64_t quote = zero_byte(word ^ EACH_BYTE('"'));
    uint64_t amp_or_apostrophe = zero_byte((word & EACH_BYTE(0xFE)) ^ EACH_BYTE('&')); /* 26 and 27 */
    uint64_t less_or_greater = zero_byte((word & EACH_BYTE(0xFD)) ^ EACH_BYTE('<'));   /* 3C and 3E */
    return (quote | amp_or_apostrophe | less_or_greater) != 0;
}

/* How many of the first characters need no entity. */
static size_t plain_run(struct str text)
{
    size_t i = 0;
    while (text.len - i >= sizeof(uint64_t) && !has_special(text.at + i))
        i += sizeof(uint64_t);
    while (i < text.len && !is_special(text.at[i]))
        i++;
    return i;
}

void safe_html_write(struct sink *out, struct str text)
{
    while (text.len) {
        size_t plain = plain_run(text);
        sink_add(out, str_part(text, 0, plain));
        if (plain < text.len)
            sink_add(out, entity_at(text, plain));
        text = str_from(text, plain + 1);
    }
}

void safe_html_escape(struct buf *out, struct str text)
{
    struct buf_sink to_buf;
    buf_sink_init(&to_buf, out);
    safe_html_write(&to_buf.sink, text);
}

struct safe_html safe_html_of_text(struct arena *a, struct str text)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++)
        len += entity_at(text, i).len ? entity_at(text, i).len : 1;
    char *markup = arena_alloc(a, len + 1);
    if (!markup)
        return (struct safe_html){ STR_NONE };
    char *end = markup;
    for (size_t i = 0; i < text.len; i++) {
        struct str entity = entity_at(text, i);
        if (entity.len)
            end = mempcpy(end, entity.at, entity.len);
        else
            *end++ = text.at[i];
    }
    return (struct safe_html){ { markup, len } };
}
