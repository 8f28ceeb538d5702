/* prose_blocks: paragraphs, lists, tables, code, boxes, sections. See prose.h. */
#include "course/prose/prose_parts.h"

static void write_p(struct prose *p, const xmlNode *node)
{
    prose_open(p, "p", NULL, node);
    prose_inline(p, node);
    prose_add(p, "</p>");
}

static void write_list(struct prose *p, const xmlNode *node)
{
    const char *tag = xml_is(node, "ol") ? "ol" : "ul";
    prose_open(p, tag, NULL, node);
    for (const xmlNode *li = xml_child(node, "li"); li; li = xml_next_same(li)) {
        prose_add(p, "<li>");
        prose_inline(p, li);
        prose_add(p, "</li>");
    }
    buf_add_format(&p->out, "</%s>", tag);
}

/* ---- tables ---- */

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
    struct str caption = prose_own_id(p, "n", node);
    const xmlNode *head = xml_child(node, "thead");
    prose_add(p, "<div class=\"scroll\" tabindex=\"0\" role=\"region\"");
    prose_attr(p, "aria-labelledby", caption);
    prose_attr(p, "id", xml_attr(node, "id"));
    prose_add(p, "><table class=\"table\"><caption");
    prose_attr(p, "id", caption);
    prose_add(p, ">");
    prose_child(p, node, "caption");
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

/* ---- code ---- */

static size_t indent_of(struct str line)
{
    size_t i = 0;
    while (i < line.len && line.at[i] == ' ')
        i++;
    return i;
}

/* What all lines that say anything are indented by: an author indents code as everything else in the source. */
static size_t common_indent(struct str text)
{
    size_t least = text.len;
    while (text.len) {
        struct str line = str_cut(&text, '\n');
        if (str_trim(line).len && indent_of(line) < least)
            least = indent_of(line);
    }
    return least;
}

/* Lines as they stand, but for empty ones around them and what all are indented by. */
static struct str code_lines(struct str text)
{
    size_t start = 0, end = text.len;
    for (size_t i = 0; i < text.len && str_trim(str_part(text, 0, i + 1)).len == 0; i++)
        if (text.at[i] == '\n')
            start = i + 1;
    while (end > start && str_trim(str_part(text, end - 1, 1)).len == 0)
        end--;
    return str_part(text, start, end - start);
}

static void write_code(struct prose *p, struct str text)
{
    size_t indent = common_indent(text);
    while (text.len) {
        bool last = str_find(text, '\n', 0) == text.len;
        struct str line = str_cut(&text, '\n');
        prose_text(p, str_from(line, indent < line.len ? indent : line.len));
        prose_add(p, last ? "" : "\n");
    }
}

/* Long lines scroll inside the box, which therefore can be reached with the keyboard and has a name. */
static void write_pre(struct prose *p, const xmlNode *node)
{
    struct str label = prose_own_id(p, "n", node), language = xml_attr(node, "language");
    xmlChar *text = xmlNodeGetContent(node);
    prose_open(p, "div", "code", node);
    prose_add(p, "<p class=\"code__label\"");
    prose_attr(p, "id", label);
    prose_add(p, ">");
    prose_label(p, "course-code");
    prose_add(p, language.len ? ": " : "");
    prose_text(p, language);
    prose_add(p, "</p><pre tabindex=\"0\" role=\"region\"");
    prose_attr(p, "aria-labelledby", label);
    prose_add(p, "><code>");
    write_code(p, code_lines(str_of((const char *)text)));
    prose_add(p, "</code></pre></div>");
    xmlFree(text);
}

/* ---- boxes ---- */

/* The icon that tells the kind is decoration: a title of its own gets the kind's word for those who only listen. */
static void write_callout_head(struct prose *p, const xmlNode *node)
{
    const xmlNode *title = xml_child(node, "title");
    prose_add(p, title ? "<strong><span class=\"vh\">" : "<strong>");
    prose_label_of(p, "callout", xml_attr(node, "kind"));
    if (title) {
        prose_add(p, ": </span>");
        prose_inline(p, title);
    }
    prose_add(p, "</strong>");
}

static void write_callout(struct prose *p, const xmlNode *node)
{
    prose_open(p, "aside", str_format(p->arena, "callout callout--%.*s", STR_ARG(xml_attr(node, "kind"))).at, node);
    prose_add(p, "<div>");
    write_callout_head(p, node);
    prose_write_blocks(p, xml_first(node), NULL);
    prose_add(p, "</div></aside>");
}

static void write_takeaway(struct prose *p, const xmlNode *node)
{
    prose_open(p, "div", "takeaway", node);
    prose_add(p, "<strong>");
    prose_label(p, "course-takeaway");
    prose_add(p, "</strong>");
    prose_write_blocks(p, xml_first(node), NULL);
    prose_add(p, "</div>");
}

static void write_steps(struct prose *p, const xmlNode *node)
{
    prose_open(p, "ol", "steps", node);
    for (const xmlNode *step = xml_child(node, "step"); step; step = xml_next_same(step)) {
        const xmlNode *title = xml_child(step, "title");
        prose_add(p, title ? "<li><strong>" : "<li>");
        if (title) {
            prose_inline(p, title);
            prose_add(p, "</strong>");
        }
        prose_write_blocks(p, xml_first(step), NULL);
        prose_add(p, "</li>");
    }
    prose_add(p, "</ol>");
}

/* Flat, as the styles expect it: a heading that carries the section's id, and its blocks. */
static void write_section(struct prose *p, const xmlNode *node)
{
    buf_add_format(&p->out, "<h%d", p->heading);
    prose_attr(p, "id", xml_attr(node, "id"));
    prose_add(p, ">");
    prose_child(p, node, "title");
    buf_add_format(&p->out, "</h%d>", p->heading);
    p->heading++;
    prose_write_blocks(p, xml_first(node), NULL);
    p->heading--;
}

const struct prose_element prose_plain_blocks[] = {
    { "p", write_p },
    { "ul", write_list },
    { "ol", write_list },
    { "table", write_table },
    { "pre", write_pre },
    { "callout", write_callout },
    { "takeaway", write_takeaway },
    { "steps", write_steps },
    { "section", write_section },
    { NULL, NULL },
};
