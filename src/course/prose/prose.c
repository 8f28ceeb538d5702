/* prose: writing, what surrounds questions, results, anchors. See prose.h. The elements are in prose_blocks.c,
 * prose_case.c and prose_media.c, words in a line in prose_inline.c, a lesson's end in prose_notes.c. */
#include "course/prose/prose_parts.h"

#include "course/kind/kind.h"

enum { PROSE_CEILING = 16 * 1024 * 1024 };

/* ---- writing ---- */

void prose_add(struct prose *p, const char *markup)
{
    buf_add(&p->out, str_of(markup));
}

void prose_text(struct prose *p, struct str text)
{
    safe_html_escape(&p->out, text);
}

void prose_attr(struct prose *p, const char *name, struct str value)
{
    if (!value.at)
        return;
    buf_add_format(&p->out, " %s=\"", name);
    prose_text(p, value);
    prose_add(p, "\"");
}

void prose_label(struct prose *p, const char *message)
{
    struct str id = str_of(message);
    prose_text(p, p->messages ? message_text(p->messages, p->arena, p->lang, id, NULL, 0) : id);
}

void prose_label_of(struct prose *p, const char *group, struct str kind)
{
    prose_label(p, str_format(p->arena, "course-%s-%.*s", group, STR_ARG(kind)).at);
}

void prose_open(struct prose *p, const char *tag, const char *class, const xmlNode *node)
{
    buf_add_format(&p->out, "<%s", tag);
    prose_attr(p, "class", str_of(class));
    prose_attr(p, "id", p->without_ids ? STR_NONE : xml_attr(node, "id"));
    prose_add(p, ">");
}

struct str prose_own_id(struct prose *p, const char *prefix, const xmlNode *node)
{
    return str_format(p->arena, "%s_%zu", prefix, xml_number(node));
}

struct str prose_id(struct prose *p, const xmlNode *node)
{
    struct str id = xml_attr(node, "id");
    return id.len ? id : prose_own_id(p, "n", node);
}

/* ---- blocks ---- */

static bool write_listed(struct prose *p, const struct prose_element *list, const xmlNode *node)
{
    for (; list->name; list++)
        if (xml_is(node, list->name)) {
            list->write(p, node);
            return true;
        }
    return false;
}

/* What is no block (a title, an objective) is written by whom it belongs to. */
void prose_write_blocks(struct prose *p, const xmlNode *from, const xmlNode *until)
{
    static const struct prose_element *const lists[] = { prose_plain_blocks, prose_cases, prose_media };
    for (const xmlNode *node = from; node && node != until; node = xml_next(node)) {
        bool written = false;
        for (size_t i = 0; i < sizeof lists / sizeof *lists && !written; i++)
            written = write_listed(p, lists[i], node);
    }
}

void prose_child(struct prose *p, const xmlNode *node, const char *name)
{
    const xmlNode *child = xml_child(node, name);
    if (child)
        prose_inline(p, child);
}

void prose_details(struct prose *p, const xmlNode *node, const char *class, const char *child, const char *label)
{
    prose_open(p, "details", class, node);
    prose_add(p, "<summary>");
    if (child)
        prose_child(p, node, child);
    else
        prose_label(p, label);
    prose_add(p, "</summary>");
    prose_write_blocks(p, xml_first(node), NULL);
    prose_add(p, "</details>");
}

/* ---- around questions ---- */

static void write_fields(struct prose *p, const xmlNode *material)
{
    const xmlNode *field = xml_child(material, "field");
    if (!field)
        return;
    prose_add(p, "<dl class=\"material__fields\">");
    for (; field; field = xml_next_same(field)) {
        prose_add(p, "<div><dt>");
        prose_text(p, xml_attr(field, "label"));
        prose_add(p, "</dt><dd>");
        prose_inline(p, field);
        prose_add(p, "</dd></div>");
    }
    prose_add(p, "</dl>");
}

static void write_material(struct prose *p, const xmlNode *node)
{
    prose_open(p, "p", "material__title", node);
    prose_add(p, "<span class=\"vh\">");
    prose_label_of(p, "material", xml_attr(node, "kind"));
    prose_add(p, ": </span><strong>");
    prose_child(p, node, "title");
    prose_add(p, "</strong></p>");
    write_fields(p, node);
    prose_write_blocks(p, xml_first(node), NULL);
}

const xmlNode *prose_asked(const xmlNode *prompt)
{
    const xmlNode *last = NULL;
    for (const xmlNode *p = xml_child(prompt, "p"); p; p = xml_next_same(p))
        last = p;
    return last;
}

/* ---- results ---- */

struct safe_html prose_finish(struct prose *p)
{
    struct safe_html html = { p->out.len ? str_copy(p->arena, buf_str(&p->out)) : STR_NONE };
    if (buf_status(&p->out) == OK)
        buf_clear(&p->out);
    return html;
}

struct safe_html prose_run(struct prose *p, const xmlNode *from, const xmlNode *until)
{
    prose_write_blocks(p, from, until);
    return prose_finish(p);
}

struct safe_html prose_blocks(struct prose *p, const xmlNode *parent)
{
    return prose_run(p, xml_first(parent), NULL);
}

struct safe_html prose_phrase(struct prose *p, const xmlNode *parent)
{
    if (parent)
        prose_inline(p, parent);
    return prose_finish(p);
}

struct safe_html prose_material(struct prose *p, const xmlNode *material)
{
    if (material)
        write_material(p, material);
    return prose_finish(p);
}

struct safe_html prose_setting(struct prose *p, const xmlNode *prompt)
{
    const xmlNode *asked = prose_asked(prompt);
    prose_write_blocks(p, xml_first(prompt), asked);
    if (asked)
        prose_write_blocks(p, xml_next(asked), NULL);
    return prose_finish(p);
}

/* ---- anchors ---- */

/* Ids of a question's parts and of policy slots may come more than once and are no place to go to. */
static bool is_place(const xmlNode *node)
{
    return xml_attr(node, "id").at && !kind_is_part(node) && !xml_is(node, "local-policy");
}

static int by_id(const void *a, const void *b)
{
    const struct anchor *left = a, *right = b;
    return str_compare(left->id, right->id);
}

static enum status index_anchors(struct prose *p, const xmlNode *root)
{
    size_t count = 0, notes = 0;
    for (const xmlNode *node = root; (node = xml_walk(root, node));) {
        count += is_place(node);
        notes += xml_is(node, "footnote");
    }
    p->anchors = ARENA_ARRAY(p->arena, count, struct anchor);
    p->notes = ARENA_ARRAY(p->arena, notes, const xmlNode *);
    if (!p->anchors || !p->notes)
        return NO_MEMORY;
    for (const xmlNode *node = root; (node = xml_walk(root, node));)
        if (is_place(node))
            p->anchors[p->anchor_count++] = (struct anchor){ .id = xml_attr(node, "id"), .node = node };
    qsort(p->anchors, count, sizeof *p->anchors, by_id);
    return OK;
}

const struct anchor *prose_anchor(const struct prose *p, struct str id)
{
    struct anchor key = { .id = id };
    return p->anchor_count ? bsearch(&key, p->anchors, p->anchor_count, sizeof key, by_id) : NULL;
}

const xmlNode *prose_lesson_of(const xmlNode *node)
{
    while (node && !(node->type == XML_ELEMENT_NODE && xml_is(node, "lesson")))
        node = node->parent;
    return node;
}

void prose_enter_lesson(struct prose *p, const xmlNode *lesson)
{
    p->lesson = lesson;
    p->note_count = 0;
    for (size_t i = 0; i < p->anchor_count; i++)
        p->anchors[i].used = false;
}

enum status prose_init(struct prose *p, const xmlDoc *doc, struct arena *a, const struct messages *messages,
                       const struct pack_files *files, enum lang lang, struct str hash)
{
    const xmlNode *root = xml_root(doc);
    *p = (struct prose){
        .arena = a,
        .messages = messages,
        .files = files,
        .lang = lang,
        .course = xml_attr(root, "id"),
        .hash = hash,
        .heading = 2,
    };
    buf_init(&p->out, PROSE_CEILING);
    return index_anchors(p, root);
}

void prose_release(struct prose *p)
{
    buf_release(&p->out);
}

enum status prose_status(const struct prose *p)
{
    enum status status = buf_status(&p->out);
    return status ? status : arena_status(p->arena);
}
