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

/* How many of the first characters need no entity. A table of bytes: every text of every page passes here. */
static size_t plain_run(struct str text)
{
    static const bool special[256] = { ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true };
    size_t i = 0;
    while (i < text.len && !special[(unsigned char)text.at[i]])
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
