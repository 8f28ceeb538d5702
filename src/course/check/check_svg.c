/* check_svg: a drawing may draw, nothing else. Beside the server's own Content-Security-Policy, because packs are
 * copied, printed and opened elsewhere too. Refused by what could act or load, not by a list of what may draw. */
#include "course/check/check_svg.h"

#include <strings.h>

static bool same_word(struct str a, const char *b)
{
    return a.len == strlen(b) && strncasecmp(a.at, b, a.len) == 0;
}

static bool is_active_element(struct str name)
{
    static const char *const active[] = { "script", "foreignObject", "iframe", "embed",   "object",  "audio",
                                          "video",  "handler",       "set",    "animate", "listener" };
    for (size_t i = 0; i < sizeof active / sizeof active[0]; i++)
        if (same_word(name, active[i]))
            return true;
    return false;
}

static size_t find_word(struct str text, const char *word, size_t from)
{
    size_t len = strlen(word);
    for (size_t i = from; i + len <= text.len; i++)
        if (strncasecmp(text.at + i, word, len) == 0)
            return i;
    return text.len;
}

/* url(...) of a style may only name something of the same file; escapes could hide what they name. */
static bool style_leaves_file(struct str style)
{
    if (find_word(style, "@import", 0) < style.len || find_word(style, "\\", 0) < style.len)
        return true;
    for (size_t i = find_word(style, "url(", 0); i < style.len; i = find_word(style, "url(", i + 1)) {
        struct str inner = str_trim(str_from(style, i + 4));
        if (inner.len && (inner.at[0] == '"' || inner.at[0] == '\''))
            inner = str_from(inner, 1);
        if (inner.len == 0 || inner.at[0] != '#')
            return true;
    }
    return false;
}

static const char *fault_of_attribute(struct str name, struct str value)
{
    if (name.len > 2 && strncasecmp(name.at, "on", 2) == 0)
        return "svg-script";
    bool link = same_word(name, "href") || same_word(name, "src");
    if ((link && !str_starts(value, STR("#"))) || style_leaves_file(value))
        return "svg-foreign";
    return NULL;
}

static void mark(const struct document *document, const xmlNode *node)
{
    document->tags[xml_number(node)].broken = true;
}

static void check_attributes(const struct check *check, const struct document *document, const xmlNode *node)
{
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
        struct str name = str_of((const char *)attr->name);
        struct str value = str_trim(xml_attr(node, (const char *)attr->name));
        const char *code = fault_of_attribute(name, value);
        if (!code)
            continue;
        check_error(check, document, node, name.at, code, PARAMS(PARAM_OF_TEXT("name", name)));
        mark(document, node);
    }
}

static const char *fault_of_element(const struct check *check, const xmlNode *node)
{
    struct str name = xml_name(node);
    if (is_active_element(name))
        return "svg-script";
    return same_word(name, "style") && style_leaves_file(xml_text(node, check->arena)) ? "svg-foreign" : NULL;
}

static void check_element(const struct check *check, const struct document *document, const xmlNode *node)
{
    const char *code = fault_of_element(check, node);
    if (code) {
        check_error(check, document, node, NULL, code, PARAMS(PARAM_OF_TEXT("name", xml_name(node))));
        mark(document, node);
    }
    check_attributes(check, document, node);
}

/* <?xml-stylesheet?> loads from elsewhere. */
static void check_instructions(const struct check *check, const struct document *document)
{
    for (const xmlNode *node = document->doc->children; node; node = node->next)
        if (node->type == XML_PI_NODE)
            check_file(check, SEVERITY_ERROR, document->file, "svg-foreign",
                       PARAMS(PARAM_OF_TEXT("name", xml_name(node))));
}

void check_svg(const struct check *check, const struct pack_file *file, bool drawn)
{
    struct document document = { .file = file->path, .bytes = file->bytes };
    if (check_read(check, &document) != OK)
        return;
    const xmlNode *root = xml_root(document.doc);
    bool svg = xml_is(root, "svg") && root->ns &&
               strcmp((const char *)root->ns->href, "http://www.w3.org/2000/svg") == 0;
    if (!svg) {
        check_file(check, SEVERITY_ERROR, file->path, "media-content",
                   PARAMS(PARAM_OF_TEXT("type", STR("image/svg+xml"))));
        return;
    }
    check_instructions(check, &document);
    check_element(check, &document, root);
    for (const xmlNode *node = xml_walk(root, root); node; node = xml_walk(root, node))
        check_element(check, &document, node);
    if (drawn)
        check_drawing(check, &document);
}
