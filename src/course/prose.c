/* prose: blocks. See prose.h; words in a line are in prose_inline.c. */
#include "course/prose.h"

#include "course/media.h"

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

static void add_label_of(struct prose *p, const char *group, struct str kind)
{
    prose_label(p, str_format(p->arena, "course-%s-%.*s", group, STR_ARG(kind)).at);
}

/* The opening tag with the element's id and, where it has one, a class. */
static void open_tag(struct prose *p, const char *tag, const char *class, const xmlNode *node)
{
    buf_add_format(&p->out, "<%s", tag);
    prose_attr(p, "class", str_of(class));
    prose_attr(p, "id", xml_attr(node, "id"));
    prose_add(p, ">");
}

/* Ids of our own: the number of the element is unique in the pack, and no id of a pack has an underscore. */
static struct str own_id(struct prose *p, const xmlNode *node)
{
    return str_format(p->arena, "n_%zu", xml_number(node));
}

/* ---- blocks ---- */

static void write_blocks(struct prose *p, const xmlNode *from, const xmlNode *until);

static void write_p(struct prose *p, const xmlNode *node)
{
    open_tag(p, "p", NULL, node);
    prose_inline(p, node);
    prose_add(p, "</p>");
}

static void write_list(struct prose *p, const xmlNode *node)
{
    const char *tag = xml_is(node, "ol") ? "ol" : "ul";
    open_tag(p, tag, NULL, node);
    for (const xmlNode *li = xml_child(node, "li"); li; li = xml_next_same(li)) {
        prose_add(p, "<li>");
        prose_inline(p, li);
        prose_add(p, "</li>");
    }
    buf_add_format(&p->out, "</%s>", tag);
}

static void write_cell(struct prose *p, const xmlNode *cell)
{
    bool heads = xml_is(cell, "th");
    prose_add(p, heads ? "<th" : "<td");
    if (heads)
        prose_attr(p, "scope", str_is(xml_attr(cell, "scope"), "row") ? STR("row") : STR("col"));
    prose_add(p, ">");
    prose_inline(p, cell);
    prose_add(p, heads ? "</th>" : "</td>");
}

static void write_rows(struct prose *p, const xmlNode *parent)
{
    for (const xmlNode *tr = xml_child(parent, "tr"); tr; tr = xml_next_same(tr)) {
        prose_add(p, "<tr>");
        for (const xmlNode *cell = xml_first(tr); cell; cell = xml_next(cell))
            write_cell(p, cell);
        prose_add(p, "</tr>");
    }
}

/* The box that scrolls sideways on a phone can be reached with the keyboard and has the caption's name. */
static void write_table(struct prose *p, const xmlNode *node)
{
    struct str caption = own_id(p, node);
    const xmlNode *head = xml_child(node, "thead");
    prose_add(p, "<div class=\"scroll\" tabindex=\"0\" role=\"region\"");
    prose_attr(p, "aria-labelledby", caption);
    prose_attr(p, "id", xml_attr(node, "id"));
    prose_add(p, "><table class=\"table\"><caption");
    prose_attr(p, "id", caption);
    prose_add(p, ">");
    if (xml_child(node, "caption"))
        prose_inline(p, xml_child(node, "caption"));
    prose_add(p, "</caption>");
    if (head) {
        prose_add(p, "<thead>");
        write_rows(p, head);
        prose_add(p, "</thead>");
    }
    prose_add(p, "<tbody>");
    write_rows(p, node);
    prose_add(p, "</tbody></table></div>");
}

static void write_picture(struct prose *p, const xmlNode *node)
{
    struct str path = xml_attr(node, "src");
    const struct pack_file *file = pack_file(p->files, path);
    int width, height;
    prose_add(p, "<img");
    prose_attr(p, "src", str_format(p->arena, "/media/%.*s/%.*s", STR_ARG(p->hash), STR_ARG(path)));
    if (file && media_size(path, file->bytes, &width, &height))
        buf_add_format(&p->out, " width=\"%d\" height=\"%d\"", width, height);
    prose_attr(p, "alt", xml_attr(node, "alt"));
    prose_add(p, " loading=\"lazy\" decoding=\"async\">");
}

static void write_figure(struct prose *p, const xmlNode *node)
{
    const xmlNode *caption = xml_child(node, "caption"), *description = xml_child(node, "description");
    open_tag(p, "figure", "figure", node);
    prose_add(p, "<div class=\"figure__box\">");
    write_picture(p, node);
    prose_add(p, "</div>");
    if (caption || description)
        prose_add(p, "<figcaption>");
    if (caption)
        prose_inline(p, caption);
    if (description) {
        prose_add(p, "<details><summary>");
        prose_label(p, "course-figure-description");
        prose_add(p, "</summary>");
        write_blocks(p, xml_first(description), NULL);
        prose_add(p, "</details>");
    }
    if (caption || description)
        prose_add(p, "</figcaption>");
    prose_add(p, "</figure>");
}

/* The icon that tells the kind is decoration: a title of its own gets the kind's word for those who only listen. */
static void write_callout_head(struct prose *p, const xmlNode *node)
{
    const xmlNode *title = xml_child(node, "title");
    prose_add(p, title ? "<strong><span class=\"vh\">" : "<strong>");
    add_label_of(p, "callout", xml_attr(node, "kind"));
    if (title) {
        prose_add(p, ": </span>");
        prose_inline(p, title);
    }
    prose_add(p, "</strong>");
}

static void write_callout(struct prose *p, const xmlNode *node)
{
    open_tag(p, "aside", str_format(p->arena, "callout callout--%.*s", STR_ARG(xml_attr(node, "kind"))).at, node);
    prose_add(p, "<div>");
    write_callout_head(p, node);
    write_blocks(p, xml_first(node), NULL);
    prose_add(p, "</div></aside>");
}

static void write_steps(struct prose *p, const xmlNode *node)
{
    open_tag(p, "ol", "steps", node);
    for (const xmlNode *step = xml_child(node, "step"); step; step = xml_next_same(step)) {
        const xmlNode *title = xml_child(step, "title");
        prose_add(p, title ? "<li><strong>" : "<li>");
        if (title) {
            prose_inline(p, title);
            prose_add(p, "</strong>");
        }
        write_blocks(p, xml_first(step), NULL);
        prose_add(p, "</li>");
    }
    prose_add(p, "</ol>");
}

/* The title, or a word of the interface where the author gave none. */
static void write_heading(struct prose *p, const xmlNode *node, const char *label)
{
    const xmlNode *title = xml_child(node, "title");
    buf_add_format(&p->out, "<h%d>", p->heading);
    if (title)
        prose_inline(p, title);
    else
        prose_label(p, label);
    buf_add_format(&p->out, "</h%d>", p->heading);
}

static void write_box(struct prose *p, const xmlNode *node, const char *class, const char *label)
{
    open_tag(p, "div", class, node);
    write_heading(p, node, label);
    write_blocks(p, xml_first(node), NULL);
    prose_add(p, "</div>");
}

static void write_scenario(struct prose *p, const xmlNode *node)
{
    write_box(p, node, "scenario", "course-scenario");
}

static void write_worked_example(struct prose *p, const xmlNode *node)
{
    write_box(p, node, "worked", "course-worked-example");
}

static void write_takeaway(struct prose *p, const xmlNode *node)
{
    open_tag(p, "div", "takeaway", node);
    prose_add(p, "<strong>");
    prose_label(p, "course-takeaway");
    prose_add(p, "</strong>");
    write_blocks(p, xml_first(node), NULL);
    prose_add(p, "</div>");
}

static void write_path(struct prose *p, const xmlNode *node)
{
    open_tag(p, "details", NULL, node);
    prose_add(p, "<summary>");
    if (xml_child(node, "title"))
        prose_inline(p, xml_child(node, "title"));
    prose_add(p, "</summary>");
    write_blocks(p, xml_first(node), NULL);
    prose_add(p, "</details>");
}

static void write_decision(struct prose *p, const xmlNode *node)
{
    open_tag(p, "div", "decision", node);
    prose_add(p, "<p><strong>");
    if (xml_child(node, "prompt"))
        prose_inline(p, xml_child(node, "prompt"));
    prose_add(p, "</strong></p>");
    for (const xmlNode *path = xml_child(node, "path"); path; path = xml_next_same(path))
        write_path(p, path);
    prose_add(p, "</div>");
}

/* Flat, as the styles expect it: a heading that carries the section's id, and its blocks. */
static void write_section(struct prose *p, const xmlNode *node)
{
    buf_add_format(&p->out, "<h%d", p->heading);
    prose_attr(p, "id", xml_attr(node, "id"));
    prose_add(p, ">");
    if (xml_child(node, "title"))
        prose_inline(p, xml_child(node, "title"));
    buf_add_format(&p->out, "</h%d>", p->heading);
    p->heading++;
    write_blocks(p, xml_first(node), NULL);
    p->heading--;
}

static const struct {
    const char *name;
    void (*write)(struct prose *, const xmlNode *);
} BLOCKS[] = {
    { "p", write_p },
    { "ul", write_list },
    { "ol", write_list },
    { "table", write_table },
    { "figure", write_figure },
    { "callout", write_callout },
    { "steps", write_steps },
    { "section", write_section },
    { "scenario", write_scenario },
    { "decision", write_decision },
    { "worked-example", write_worked_example },
    { "takeaway", write_takeaway },
};

/* What is no block (a title, an objective) is written by whom it belongs to. */
static void write_block(struct prose *p, const xmlNode *node)
{
    for (size_t i = 0; i < sizeof BLOCKS / sizeof *BLOCKS; i++)
        if (xml_is(node, BLOCKS[i].name)) {
            BLOCKS[i].write(p, node);
            return;
        }
}

static void write_blocks(struct prose *p, const xmlNode *from, const xmlNode *until)
{
    for (const xmlNode *node = from; node && node != until; node = xml_next(node))
        write_block(p, node);
}

/* ---- around questions; definitions ---- */

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
    open_tag(p, "p", "material__title", node);
    prose_add(p, "<span class=\"vh\">");
    add_label_of(p, "material", xml_attr(node, "kind"));
    prose_add(p, ": </span><strong>");
    if (xml_child(node, "title"))
        prose_inline(p, xml_child(node, "title"));
    prose_add(p, "</strong></p>");
    write_fields(p, node);
    write_blocks(p, xml_first(node), NULL);
}

static void write_entry(struct prose *p, const struct glossary_entry *entry)
{
    prose_add(p, "<dt");
    prose_attr(p, "id", str_format(p->arena, "g-%.*s", STR_ARG(entry->id)));
    prose_add(p, ">");
    prose_text(p, entry->title);
    prose_add(p, "</dt><dd>");
    buf_add(&p->out, entry->text.markup);
    prose_add(p, "</dd>");
}

const xmlNode *prose_asked(const xmlNode *prompt)
{
    const xmlNode *last = NULL;
    for (const xmlNode *p = xml_child(prompt, "p"); p; p = xml_next_same(p))
        last = p;
    return last;
}

/* ---- results ---- */

static struct safe_html finish(struct prose *p)
{
    struct safe_html html = { p->out.len ? str_copy(p->arena, buf_str(&p->out)) : STR_NONE };
    if (buf_status(&p->out) == OK)
        buf_clear(&p->out);
    return html;
}

struct safe_html prose_run(struct prose *p, const xmlNode *from, const xmlNode *until)
{
    write_blocks(p, from, until);
    return finish(p);
}

struct safe_html prose_blocks(struct prose *p, const xmlNode *parent)
{
    return prose_run(p, xml_first(parent), NULL);
}

struct safe_html prose_phrase(struct prose *p, const xmlNode *parent)
{
    if (parent)
        prose_inline(p, parent);
    return finish(p);
}

struct safe_html prose_glossary(struct prose *p, const struct glossary_entry *entries, size_t count)
{
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        const struct anchor *anchor = prose_anchor(p, entries[i].id);
        if (!anchor || !anchor->used)
            continue;
        if (used++ == 0) {
            prose_add(p, "<h2>");
            prose_label(p, "course-glossary");
            prose_add(p, "</h2><dl class=\"gloss\">");
        }
        write_entry(p, &entries[i]);
    }
    if (used)
        prose_add(p, "</dl>");
    return finish(p);
}

struct safe_html prose_material(struct prose *p, const xmlNode *material)
{
    if (material)
        write_material(p, material);
    return finish(p);
}

struct safe_html prose_setting(struct prose *p, const xmlNode *prompt)
{
    const xmlNode *asked = prose_asked(prompt);
    write_blocks(p, xml_first(prompt), asked);
    if (asked)
        write_blocks(p, xml_next(asked), NULL);
    return finish(p);
}

/* ---- anchors ---- */

/* Ids of options and policy slots may come more than once and are no place to go to. */
static bool is_place(const xmlNode *node)
{
    return xml_attr(node, "id").at && !xml_is(node, "option") && !xml_is(node, "local-policy");
}

static int by_id(const void *a, const void *b)
{
    const struct anchor *left = a, *right = b;
    return str_compare(left->id, right->id);
}

static enum status index_anchors(struct prose *p, const xmlNode *root)
{
    size_t count = 0;
    for (const xmlNode *node = root; (node = xml_walk(root, node));)
        count += is_place(node);
    p->anchors = ARENA_ARRAY(p->arena, count, struct anchor);
    if (!p->anchors)
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
