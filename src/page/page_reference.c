/* page_reference: GET /packs/reference, the contents of the reference of the pack language, and /packs/reference/{part},
 * a group of elements or a kind of question: words, attributes, example, and what the example looks like. An element's own
 * address leads to where it is explained.
 *
 * A question can be tried: its form asks this page again, with the answer in the address. Nothing is stored. */
#include "page/page.h"
#include "page/reference_look.h"

#define HERE "/packs/reference"

static struct str word(const struct exchange *x, const char *what, struct str name)
{
    struct str id = str_format(x->arena, "reference-%s-%.*s", what, STR_ARG(name));
    return message_text(x->app->messages, x->arena, x->lang, id, NULL, 0);
}

static const struct lesson *lesson_of(const struct exchange *x, size_t number)
{
    return &course_in(x->app->reference->examples, x->lang)->lessons[number];
}

static void put_entry_url(const struct reference_entry *entry, struct str element, struct doc_node *map)
{
    struct str page = entry->is_kind ? entry->id : entry->group->id;
    doc_put_urlf(map, "url", HERE "/%.*s#el-%.*s", STR_ARG(page), STR_ARG(element));
}

/* ---------- elements and attributes ---------- */

/* What an attribute means at this element where that differs, else what it means everywhere. */
static struct str attribute_words(const struct exchange *x, struct str element, struct str attribute)
{
    struct str name = str_is(attribute, "xml:lang") ? STR("lang") : attribute;
    struct str own = str_format(x->arena, "%.*s-%.*s", STR_ARG(element), STR_ARG(name));
    struct str id = str_format(x->arena, "reference-at-%.*s", STR_ARG(own));
    return word(x, "at", message_exists(x->app->messages, LANG_DE, id) ? own : name);
}

static void put_text_or_null(struct doc_node *map, const char *key, struct str text)
{
    if (text.len)
        doc_put_text(map, key, text);
    else
        doc_put_null(map, key);
}

static void put_attribute(const struct exchange *x, struct str element, const struct reference_attribute *attribute,
                          struct doc_node *map)
{
    bool open = attribute->value_count == 0 && attribute->range.len == 0;
    doc_put_text(map, "name", attribute->name);
    doc_put_text(map, "words", attribute_words(x, element, attribute->name));
    doc_put_bool(map, "needed", attribute->needed);
    put_text_or_null(map, "fallback", attribute->fallback);
    struct doc_node *values = doc_put_list(map, "values");
    for (size_t i = 0; i < attribute->value_count; i++)
        doc_add_text(values, attribute->values[i]);
    put_text_or_null(map, "range", attribute->range);
    put_text_or_null(map, "form", open ? word(x, "type", attribute->type) : STR_NONE);
}

static void put_element(const struct exchange *x, const struct reference_element *element, bool own, struct doc_node *map)
{
    doc_put_text(map, "name", element->name);
    doc_put_bool(map, "own", own);
    doc_put_text(map, "words", word(x, "el", element->name));
    doc_put_bool(map, "has_attributes", element->attribute_count > 0);
    struct doc_node *attributes = doc_put_list(map, "attributes");
    for (size_t i = 0; i < element->attribute_count; i++)
        put_attribute(x, element->name, &element->attributes[i], doc_add_map(attributes));
}

static void put_others(const struct exchange *x, const struct reference_entry *entry, struct doc_node *map)
{
    struct doc_node *list = doc_put_list(map, "others");
    for (size_t i = 0; i < entry->other_count; i++) {
        const struct reference_entry *there = reference_entry_of(x->app->reference, entry->others[i]);
        struct doc_node *other = doc_add_map(list);
        doc_put_text(other, "name", entry->others[i]);
        put_entry_url(there ? there : entry, entry->others[i], other);
    }
    doc_put_bool(map, "has_others", entry->other_count > 0);
}

static void put_entry_head(const struct exchange *x, const struct reference_entry *entry, struct doc_node *map)
{
    doc_put_text(map, "id", entry->id);
    doc_put_text(map, "title", lesson_of(x, entry->lesson)->title);
    put_entry_url(entry, entry->id, map);
    doc_put_bool(map, "is_kind", entry->is_kind);
    struct doc_node *elements = doc_put_list(map, "elements");
    for (size_t i = 0; i < entry->element_count; i++)
        put_element(x, &entry->elements[i], str_equal(entry->elements[i].name, entry->id), doc_add_map(elements));
}

/* What a translation does not say stands in the language of the course. */
static struct str source_tag(const struct exchange *x, const struct reference_entry *entry)
{
    enum lang lang = entry->look == LOOK_NOTHING ? LANG_DE : entry->look == LOOK_TRANSLATION ? LANG_FR : x->lang;
    return str_of(lang_tag(lang));
}

static void put_entry(struct exchange *x, const struct reference_entry *entry, struct doc_node *map)
{
    put_entry_head(x, entry, map);
    put_others(x, entry, map);
    if (entry->in[x->lang].words.markup.len)
        doc_put_html(map, "before", entry->in[x->lang].words);
    else
        doc_put_null(map, "before");
    put_text_or_null(map, "score", entry->is_kind ? word(x, "score", entry->id) : STR_NONE);
    doc_put_text(map, "source", entry->in[x->lang].source);
    doc_put_text(map, "source_lang", source_tag(x, entry));
    if (x->request->format == FORMAT_HTML)
        reference_look_put(x, entry, doc_put_map(map, "look"));
}

/* ---------- contents ---------- */

static void put_group(struct exchange *x, const struct reference_group *group, struct doc_node *map)
{
    const struct lesson *lesson = lesson_of(x, group->lesson);
    doc_put_text(map, "id", group->id);
    doc_put_text(map, "title", lesson->title);
    doc_put_html(map, "words", lesson->parts[0].prose);
    doc_put_urlf(map, "url", HERE "/%.*s", STR_ARG(group->id));
    struct doc_node *list = doc_put_list(map, "entries");
    for (size_t i = 0; i < group->entry_count; i++)
        put_entry_head(x, &group->entries[i], doc_add_map(list));
}

enum status page_reference(struct exchange *x)
{
    const struct reference *r = x->app->reference;
    struct doc_node *list = doc_put_list(x->doc->data, "groups");
    for (size_t i = 0; i < r->group_count; i++)
        put_group(x, &r->groups[i], doc_add_map(list));
    exchange_title(x, exchange_say(x, "reference-title"));
    return OK;
}

/* ---------- one part ---------- */

/* What a part shows: the entries of a group that have no page of their own, or one entry. */
struct part {
    const struct reference_group *group; /* NULL: the entry alone */
    const struct reference_entry *entry;
};

static void put_part_entries(struct exchange *x, const struct part *part)
{
    struct doc_node *list = doc_put_list(x->doc->data, "entries");
    if (part->entry)
        put_entry(x, part->entry, doc_add_map(list));
    for (size_t i = 0; part->group && i < part->group->entry_count; i++)
        if (!part->group->entries[i].is_kind)
            put_entry(x, &part->group->entries[i], doc_add_map(list));
}

/* The kinds of questions below their group: each has a page of its own. */
static void put_kinds(struct exchange *x, const struct part *part)
{
    struct doc_node *list = doc_put_list(x->doc->data, "kinds");
    bool any = false;
    for (size_t i = 0; part->group && i < part->group->entry_count; i++)
        if (part->group->entries[i].is_kind) {
            put_entry_head(x, &part->group->entries[i], doc_add_map(list));
            any = true;
        }
    doc_put_bool(x->doc->data, "has_kinds", any);
}

static struct str put_part_head(struct exchange *x, const struct part *part)
{
    const struct lesson *lesson = lesson_of(x, part->group ? part->group->lesson : part->entry->lesson);
    struct doc_node *data = x->doc->data;
    doc_put_text(data, "id", part->group ? part->group->id : part->entry->id);
    doc_put_text(data, "title", lesson->title);
    if (part->group)
        doc_put_html(data, "words", lesson->parts[0].prose);
    else
        doc_put_null(data, "words");
    return lesson->title;
}

/* After an answer was tried the title begins with the verdict. */
static struct str part_title(const struct exchange *x, const struct part *part, struct str title)
{
    struct str verdict = part->entry ? reference_look_verdict(x, part->entry) : STR_NONE;
    for (size_t i = 0; part->group && i < part->group->entry_count && !verdict.len; i++)
        if (!part->group->entries[i].is_kind)
            verdict = reference_look_verdict(x, &part->group->entries[i]);
    return verdict.len ? str_format(x->arena, "%.*s: %.*s", STR_ARG(verdict), STR_ARG(title)) : title;
}

/* An element without a page stands on its group's. */
static bool redirect_to_element(struct exchange *x, const struct reference_entry *entry, struct str element)
{
    if (entry->is_kind && str_equal(entry->id, element))
        return false;
    struct str page = entry->is_kind ? entry->id : entry->group->id;
    exchange_redirect(x, str_format(x->arena, HERE "/%.*s#el-%.*s", STR_ARG(page), STR_ARG(element)));
    return true;
}

enum status page_reference_part(struct exchange *x)
{
    struct str name = exchange_param(x, "part");
    struct part part = { .group = reference_group_of(x->app->reference, name) };
    if (!part.group)
        part.entry = reference_entry_of(x->app->reference, name);
    if (!part.group && !part.entry)
        return NOT_FOUND;
    if (part.entry && x->request->format == FORMAT_HTML && redirect_to_element(x, part.entry, name))
        return OK;
    struct str title = put_part_head(x, &part);
    put_part_entries(x, &part);
    put_kinds(x, &part);
    exchange_title(x, part_title(x, &part, title));
    return OK;
}
