/* drawing: writes the markup. See drawing.h. */
#include "course/drawing/drawing.h"

#include "course/drawing/drawing_parts.h"
#include "course/drawing/paint.h"

/* Each reference is written with the prefix, so a page can be longer than the file. */
enum { MARKUP_CEILING = 4 * DRAWING_MAX_BYTES, CLASSES_CEILING = 256 };

/* What one drawing shares while it is written. */
struct writer {
    struct drawing_source source;
    const struct drawing_place *place;
    struct buf out, classes;
};

/* ---- values ---- */

static bool holds_only(struct str value, const char *letters)
{
    for (size_t i = 0; i < value.len; i++) {
        bool digit = value.at[i] >= '0' && value.at[i] <= '9';
        if (!digit && (value.at[i] == '\0' || !strchr(letters, value.at[i])))
            return false;
    }
    return value.len > 0;
}

static bool is_numbers(struct str value)
{
    return holds_only(value, " .,+-eE%px");
}

static bool is_path(struct str value)
{
    return holds_only(value, " .,+-eEMmLlHhVvCcSsQqTtAaZz");
}

static bool is_words(struct str value)
{
    return holds_only(value, " -abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

static bool is_transform(struct str value)
{
    double scale;
    return value.len && drawing_scale(value, &scale);
}

static bool is_size(struct str value)
{
    double size;
    return drawing_size(value, &size);
}

static bool is_view_box(struct str value)
{
    double box[4];
    return drawing_view_box(value, box);
}

struct rule {
    const char *name;
    bool (*fits)(struct str);
};

/* Where something is, in the order in which it is written. */
static const struct rule PLACES[] = {
    { "x", is_numbers },
    { "y", is_numbers },
    { "width", is_numbers },
    { "height", is_numbers },
    { "rx", is_numbers },
    { "ry", is_numbers },
    { "cx", is_numbers },
    { "cy", is_numbers },
    { "r", is_numbers },
    { "x1", is_numbers },
    { "y1", is_numbers },
    { "x2", is_numbers },
    { "y2", is_numbers },
    { "dx", is_numbers },
    { "dy", is_numbers },
    { "rotate", is_numbers },
    { "points", is_numbers },
    { "d", is_path },
    { "transform", is_transform },
    { "refX", is_numbers },
    { "refY", is_numbers },
    { "markerWidth", is_numbers },
    { "markerHeight", is_numbers },
    { "markerUnits", is_words },
    { "orient", is_words },
    { "clipPathUnits", is_words },
    { "textLength", is_numbers },
    { "lengthAdjust", is_words },
    { NULL, NULL },
};

/* How it looks; may stand in style, too, and at the root. */
static const struct rule LOOKS[] = {
    { "opacity", is_numbers },           { "fill-opacity", is_numbers },
    { "fill-rule", is_words },           { "clip-rule", is_words },
    { "stroke-width", is_numbers },      { "stroke-opacity", is_numbers },
    { "stroke-dasharray", is_numbers },  { "stroke-dashoffset", is_numbers },
    { "stroke-linecap", is_words },      { "stroke-linejoin", is_words },
    { "stroke-miterlimit", is_numbers }, { "font-size", is_size },
    { "font-weight", is_words },         { "font-style", is_words },
    { "text-anchor", is_words },         { "text-decoration", is_words },
    { "dominant-baseline", is_words },   { "vector-effect", is_words },
    { "visibility", is_words },          { NULL, NULL },
};

static const char *const POINTS[] = { "clip-path", "marker-start", "marker-mid", "marker-end" };

/* ---- writing ---- */

static void add(struct writer *w, const char *markup)
{
    buf_add(&w->out, str_of(markup));
}

static void write_attribute(struct writer *w, const char *name, struct str value)
{
    buf_add_format(&w->out, " %s=\"", name);
    safe_html_escape(&w->out, value);
    add(w, "\"");
}

static void write_ruled(struct writer *w, const xmlNode *node, const struct rule *rules,
                        struct str (*value_of)(const xmlNode *, const char *))
{
    for (; rules->name; rules++) {
        struct str value = value_of(node, rules->name);
        if (value.len && rules->fits(value))
            write_attribute(w, rules->name, value);
    }
}

/* ---- colours ---- */

/* The name of ours for fill or stroke: what a class says, else what comes next to the author's colour. Gradients and
 * patterns are gone, and what would show black without them must not hide what stands on it. */
static struct str paint_of(const xmlNode *node, const char *property)
{
    struct str name = drawing_paint(node, property), value = drawing_style(node, property);
    if (name.len || value.len == 0 || str_is(value, "inherit") || paint_keyword(value).len)
        return name;
    name = paint_nearest(value);
    return name.len ? name : strcmp(property, "fill") == 0 ? STR("accent-soft") : STR("ink");
}

/* Adds a word of ours to what stands in class so far. */
static void add_class(struct buf *classes, const char *prefix, struct str word)
{
    if (word.len)
        buf_add_format(classes, "%s%s%.*s", classes->len ? " " : "", prefix, STR_ARG(word));
}

static bool is_mono(const xmlNode *node)
{
    struct str rest = drawing_attribute(node, "class");
    while (rest.len)
        if (str_is(str_trim(str_cut(&rest, ' ')), "mono"))
            return true;
    return false;
}

static void write_classes(struct writer *w, const xmlNode *node, const char *first, struct str fill, struct str stroke)
{
    buf_clear(&w->classes);
    add_class(&w->classes, "", str_of(first));
    add_class(&w->classes, "fill-", fill);
    add_class(&w->classes, "stroke-", stroke);
    add_class(&w->classes, "", is_mono(node) ? STR("mono") : STR_NONE);
    if (w->classes.len)
        write_attribute(w, "class", buf_str(&w->classes));
}

/* fill="none": what holds no colour is no class. */
static void write_keyword(struct writer *w, const xmlNode *node, const char *property, struct str name)
{
    struct str keyword = paint_keyword(drawing_style(node, property));
    if (!name.len && keyword.len)
        write_attribute(w, property, keyword);
}

static void write_looks(struct writer *w, const xmlNode *node, const char *first, struct str fill)
{
    struct str stroke = paint_of(node, "stroke");
    write_classes(w, node, first, fill, stroke);
    write_keyword(w, node, "fill", fill);
    write_keyword(w, node, "stroke", stroke);
    write_ruled(w, node, LOOKS, drawing_style);
}

/* ---- references ---- */

/* #ID of an element with the drawing's own prefix; before and after: what else the attribute needs. */
static void write_reference(struct writer *w, const char *before, const xmlNode *target, const char *after)
{
    add(w, before);
    safe_html_escape(&w->out, w->place->prefix);
    safe_html_escape(&w->out, drawing_attribute(target, "id"));
    add(w, after);
}

static void write_references(struct writer *w, const xmlNode *node)
{
    struct str id = drawing_attribute(node, "id");
    if (id.len && drawing_find(&w->source, id) == node)
        write_reference(w, " id=\"", node, "\"");
    if (xml_is(node, "use"))
        write_reference(w, " href=\"#", drawing_target(&w->source, node, "href"), "\"");
    for (size_t i = 0; i < sizeof POINTS / sizeof *POINTS; i++) {
        const xmlNode *target = drawing_target(&w->source, node, POINTS[i]);
        if (!target)
            continue;
        buf_add_format(&w->out, " %s", POINTS[i]);
        write_reference(w, "=\"url(#", target, ")\"");
    }
}

/* ---- elements ---- */

static void write_children(struct writer *w, const xmlNode *parent);

static void write_element(struct writer *w, const xmlNode *node)
{
    buf_add_format(&w->out, "<%s", (const char *)node->name);
    write_references(w, node);
    write_ruled(w, node, PLACES, drawing_attribute);
    bool framed = xml_is(node, "marker") || xml_is(node, "symbol");
    if (framed && is_view_box(drawing_attribute(node, "viewBox")))
        write_attribute(w, "viewBox", drawing_attribute(node, "viewBox"));
    write_looks(w, node, "", paint_of(node, "fill"));
    add(w, ">");
    write_children(w, node);
    buf_add_format(&w->out, "</%s>", (const char *)node->name);
}

/* Lines of the file are none of the drawing's. */
static void write_words(struct writer *w, struct str words)
{
    while (words.len) {
        size_t end = 0;
        while (end < words.len && !strchr("\t\r\n", words.at[end]))
            end++;
        safe_html_escape(&w->out, str_part(words, 0, end));
        if (end < words.len)
            add(w, " ");
        words = str_from(words, end + 1);
    }
}

/* As deep as the parser lets a document be. */
static void write_children(struct writer *w, const xmlNode *parent)
{
    for (const xmlNode *node = parent->children; node; node = node->next) {
        if (node->type == XML_TEXT_NODE && drawing_is_words(parent))
            write_words(w, str_of((const char *)node->content));
        else if (node->type == XML_ELEMENT_NODE && drawing_keeps(node) && !drawing_omits(&w->source, node))
            write_element(w, node);
    }
}

static void write_length(struct writer *w, const char *name, int pixels)
{
    if (pixels > 0)
        buf_add_format(&w->out, " %s=\"%d\"", name, pixels);
}

static void write_root(struct writer *w, struct str view_box)
{
    const xmlNode *root = w->source.root;
    struct str fill = paint_of(root, "fill"), size = drawing_style(root, "font-size");
    bool bare = !fill.len && !paint_keyword(drawing_style(root, "fill")).len;
    add(w, "<svg");
    write_attribute(w, "viewBox", view_box);
    write_length(w, "width", w->place->width);
    write_length(w, "height", w->place->height);
    write_looks(w, root, "drawing", bare ? STR("ink") : fill);
    if (!is_size(size))
        buf_add_format(&w->out, " font-size=\"%g\"", DRAWING_TEXT_SIZE);
    if (w->place->name.len)
        write_attribute(w, "aria-label", w->place->name);
    add(w, w->place->name.len ? " role=\"img\">" : " aria-hidden=\"true\">");
    write_children(w, root);
    add(w, "</svg>");
}

static struct safe_html write_whole(struct writer *w, struct str view_box, struct arena *arena)
{
    struct safe_html html = { STR_NONE };
    buf_init(&w->out, MARKUP_CEILING);
    buf_init(&w->classes, CLASSES_CEILING);
    write_root(w, view_box);
    if (buf_status(&w->out) == OK && buf_status(&w->classes) == OK)
        html.markup = str_copy(arena, buf_str(&w->out));
    buf_release(&w->classes);
    buf_release(&w->out);
    return html;
}

struct safe_html drawing_inline(struct str svg, const struct drawing_place *place, struct arena *arena)
{
    struct writer w = { .place = place };
    struct safe_html html = { STR_NONE };
    struct xml_problem problem;
    xmlDoc *doc = NULL;
    if (svg.len > DRAWING_MAX_BYTES || xml_parse(svg, arena, &problem, &doc) != OK)
        return html;
    struct str view_box = drawing_attribute(xml_root(doc), "viewBox");
    if (drawing_read(&w.source, xml_root(doc), svg.len, arena) == OK && is_view_box(view_box))
        html = write_whole(&w, view_box, arena);
    xmlFreeDoc(doc);
    return html;
}
