/* passage: see passage.h. The renderer of prose writes PROSE_PLACE for each place. */
#include "course/kind/passage.h"

#include "course/prose/prose.h"

const xmlNode *passage_place(const xmlNode *passage, const xmlNode *now)
{
    do
        now = xml_walk(passage, now);
    while (now && !xml_is(now, "mark") && !xml_is(now, "blank"));
    return now;
}

size_t passage_count(const xmlNode *passage)
{
    size_t count = 0;
    for (const xmlNode *n = passage; (n = passage_place(passage, n));)
        count++;
    return count;
}

enum status passage_parse(struct prose *p, const xmlNode *node, struct passage *passage)
{
    struct str rest = prose_blocks(p, node).markup;
    size_t places = passage_count(node), found = 0;
    struct safe_html *pieces = ARENA_ARRAY(p->arena, places + 1, struct safe_html);
    if (!pieces)
        return NO_MEMORY;
    *passage = (struct passage){ .pieces = pieces, .places = places };
    for (size_t i = 0; i < rest.len; i++)
        found += rest.at[i] == PROSE_PLACE;
    for (size_t i = 0; i <= places && found == places; i++)
        pieces[i] = (struct safe_html){ str_cut(&rest, PROSE_PLACE) };
    return found == places ? prose_status(p) : CORRUPT; /* a place where no words are */
}

struct safe_html passage_with(const struct passage *passage, const struct safe_html *in_places, struct arena *a)
{
    struct str *parts = ARENA_ARRAY(a, passage->places * 2 + 1, struct str);
    if (!parts)
        return (struct safe_html){ STR_NONE };
    for (size_t i = 0; i < passage->places; i++) {
        parts[i * 2] = passage->pieces[i].markup;
        parts[i * 2 + 1] = in_places[i].markup;
    }
    parts[passage->places * 2] = passage->pieces[passage->places].markup;
    return (struct safe_html){ str_join(a, parts, passage->places * 2 + 1, STR("")) };
}

struct safe_html passage_word(struct prose *p, const char *message)
{
    prose_label(p, message);
    return prose_phrase(p, NULL);
}
