/* kind: see kind.h. What the kinds share when they describe themselves. */
#include "course/kind/kind.h"

#include "course/xml.h"

/* ---- elements ---- */

static bool is_around(const xmlNode *node)
{
    return xml_is(node, "material") || xml_is(node, "prompt") || xml_is(node, "explanation");
}

bool kind_is_part(const xmlNode *node)
{
    for (const xmlNode *up = node->parent; up && up->type == XML_ELEMENT_NODE; node = up, up = up->parent)
        if (kind_find(xml_name(up)))
            return !is_around(node);
    return false;
}

/* ---- a marked answer ---- */

void kind_add_mark(struct doc_node *marks, const struct mark *mark)
{
    struct doc_node *map = doc_add_map(marks);
    if (mark->id.len)
        doc_put_text(map, "id", mark->id);
    else
        doc_put_null(map, "id");
    kind_put_html(map, "label", mark->label);
    kind_put_html(map, "answer", mark->answer);
    kind_put_html(map, "solution", mark->solution);
    kind_put_html(map, "feedback", mark->feedback);
    doc_put_bool(map, "is_rightly_chosen", mark->outcome == RIGHTLY_CHOSEN);
    doc_put_bool(map, "is_wrongly_chosen", mark->outcome == WRONGLY_CHOSEN);
    doc_put_bool(map, "is_missed", mark->outcome == MISSED);
    doc_put_bool(map, "is_rightly_left", mark->outcome == RIGHTLY_LEFT);
}

void kind_put_about(struct doc_node *map, struct safe_html feedback, struct safe_html marked)
{
    kind_put_html(map, "feedback", feedback);
    kind_put_html(map, "marked", marked);
}

/* ---- leaves ---- */

struct safe_html kind_html(struct str text, struct arena *a)
{
    return text.len ? safe_html_of_text(a, text) : (struct safe_html){ STR_NONE };
}

void kind_put_html(struct doc_node *map, const char *key, struct safe_html html)
{
    if (html.markup.len)
        doc_put_html(map, key, html);
    else
        doc_put_null(map, key);
}

void kind_put_id(struct doc_node *map, const char *key, struct str html_id, struct str part)
{
    if (map)
        doc_put_text(map, key, str_format(map->arena, "%.*s_%.*s", STR_ARG(html_id), STR_ARG(part)));
}

/* ---- answers ---- */

struct given kind_given(struct str *values, size_t count)
{
    return values ? (struct given){ .values = values, .count = count } : (struct given){ .count = 0 };
}

struct given kind_given_one(struct str value, struct arena *a)
{
    struct str *values = value.len ? ARENA_NEW(a, struct str) : NULL;
    if (values)
        *values = value;
    return kind_given(values, 1);
}

static bool is_part(struct str value, struct str part)
{
    return value.len > part.len && str_starts(value, part) && value.at[part.len] == ':';
}

struct str kind_part(const struct given *g, struct str part)
{
    for (size_t i = 0; i < g->count; i++)
        if (is_part(g->values[i], part))
            return str_part(g->values[i], part.len + 1, g->values[i].len);
    return STR_NONE;
}

bool kind_parts_differ(const struct given *g)
{
    for (size_t i = 0; i < g->count; i++) {
        struct str part = str_part(g->values[i], 0, str_find(g->values[i], ':', 0));
        for (size_t k = 0; k < i; k++)
            if (is_part(g->values[k], part))
                return false;
    }
    return true;
}

struct str kind_part_value(struct str part, struct str value, struct arena *a)
{
    return str_format(a, "%.*s:%.*s", STR_ARG(part), STR_ARG(value));
}

int kind_share(const struct question *q, size_t right, size_t of)
{
    if (q->all_or_nothing)
        return right == of ? 1000 : 0;
    return (int)(right * 1000 / of);
}

size_t *kind_shuffle(const struct question *q, uint64_t seed, size_t count, struct arena *a)
{
    size_t *order = ARENA_ARRAY(a, count, size_t);
    for (size_t i = 0; i < count && order; i++)
        order[i] = i;
    struct random r = random_of(seed, q->id);
    if (order && seed)
        random_shuffle(&r, order, count);
    return order;
}
