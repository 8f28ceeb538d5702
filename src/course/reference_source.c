/* reference_source: an example as its author would write it. It is written from the tree and not cut out of a file: a
 * translation holds words only, and its readers are to see the example whole. What is short stands on one line; in what
 * is longer each element has its own, unless words stand between them. */
#include "course/reference_parts.h"

enum { LINE = 76, INDENT = 2, ATTRIBUTES = 64 * 1024, LONGEST = 256 * 1024 };

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void write_char(struct buf *out, char c, bool in_attribute)
{
    if (c == '&')
        buf_add(out, STR("&amp;"));
    else if (c == '<')
        buf_add(out, STR("&lt;"));
    else if (c == '"' && in_attribute)
        buf_add(out, STR("&quot;"));
    else
        buf_add_char(out, c);
}

/* Where a line ends in a file says nothing. */
static void write_text(struct buf *out, struct str text, bool as_it_stands)
{
    for (size_t i = 0; i < text.len; i++)
        if (as_it_stands || !is_white(text.at[i]))
            write_char(out, text.at[i], false);
        else if (i + 1 == text.len || !is_white(text.at[i + 1]))
            buf_add_char(out, ' ');
}

/* The version that a translation follows is not the example's own. */
static void write_attribute(struct buf *out, const xmlNode *element, struct str name)
{
    struct str local = str_starts(name, STR("xml:")) ? str_from(name, strlen("xml:")) : name;
    struct str value = xml_attr(element, local.at);
    if (!value.at || str_is(name, "translates"))
        return;
    buf_add_format(out, " %.*s=\"", STR_ARG(name));
    for (size_t i = 0; i < value.len; i++)
        write_char(out, value.at[i], true);
    buf_add_char(out, '"');
}

static void write_start(struct buf *out, const xmlNode *schema, const xmlNode *element)
{
    struct arena scratch;
    arena_init(&scratch, ATTRIBUTES);
    struct reference_element known = schema_describe(schema, element, &scratch);
    buf_add_format(out, "<%s", (const char *)element->name);
    if (element->parent->type == XML_DOCUMENT_NODE && element->nsDef)
        buf_add_format(out, " xmlns=\"%s\"", (const char *)element->nsDef->href);
    for (size_t i = 0; i < known.attribute_count; i++)
        write_attribute(out, element, known.attributes[i].name);
    arena_release(&scratch);
    buf_add(out, element->children ? STR(">") : STR("/>"));
}

static void write_end(struct buf *out, const xmlNode *element)
{
    if (element->children)
        buf_add_format(out, "</%s>", (const char *)element->name);
}

static bool is_text(const xmlNode *node)
{
    return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

static bool has_words(const xmlNode *element)
{
    for (const xmlNode *node = element->children; node; node = node->next)
        if (is_text(node) && !xml_is_blank(node))
            return true;
    return false;
}

static void write_line(struct buf *out, const xmlNode *schema, const xmlNode *element)
{
    bool words = has_words(element);
    write_start(out, schema, element);
    for (const xmlNode *node = element->children; node; node = node->next)
        if (node->type == XML_ELEMENT_NODE)
            write_line(out, schema, node);
        else if (is_text(node) && words)
            write_text(out, str_of((const char *)node->content), xml_is(element, "pre"));
    write_end(out, element);
}

static bool fits(const xmlNode *schema, const xmlNode *element, int indent)
{
    struct buf line;
    buf_init(&line, LONGEST);
    write_line(&line, schema, element);
    bool fits = buf_status(&line) == OK && line.len + (size_t)indent <= LINE;
    buf_release(&line);
    return fits;
}

/* A list in one line is hard to read. */
static bool is_one_line(const xmlNode *schema, const xmlNode *element, int indent)
{
    bool list = xml_is(element, "ul") || xml_is(element, "ol") || xml_is(element, "changes");
    return !xml_first(element) || has_words(element) || (!list && fits(schema, element, indent));
}

void source_write(struct buf *out, const xmlNode *schema, const xmlNode *element, int indent)
{
    if (is_one_line(schema, element, indent)) {
        write_line(out, schema, element);
        return;
    }
    write_start(out, schema, element);
    for (const xmlNode *node = xml_first(element); node; node = xml_next(node)) {
        buf_add_format(out, "\n%*s", indent + INDENT, "");
        source_write(out, schema, node, indent + INDENT);
    }
    buf_add_format(out, "\n%*s", indent, "");
    write_end(out, element);
}

/* ---- code as it stands ---- */

static size_t indent_of(struct str line)
{
    size_t indent = 0;
    while (indent < line.len && line.at[indent] == ' ')
        indent++;
    return indent;
}

struct str source_dedent(struct str text, struct arena *a)
{
    size_t least = text.len, used = 0;
    struct str rest = text;
    char *at = arena_alloc(a, text.len + 2);
    if (!at)
        return STR_NONE;
    for (str_cut(&rest, '\n'); rest.len;) {
        struct str line = str_cut(&rest, '\n');
        if (str_trim(line).len && indent_of(line) < least)
            least = indent_of(line);
    }
    rest = text;
    for (bool first = true; rest.len; first = false) {
        struct str line = str_cut(&rest, '\n'), kept = first ? line : str_from(line, least);
        memcpy(at + used, kept.len ? kept.at : "", kept.len);
        used += kept.len;
        at[used++] = '\n';
    }
    return (struct str){ at, used ? used - 1 : 0 };
}
