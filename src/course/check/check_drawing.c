/* check_drawing: what becomes of a drawing that a figure shows: colours that are not ours, what is left out, and text
 * that nobody can read on a phone. */
#include "course/check/check_svg.h"

#include "course/drawing/drawing_parts.h"
#include "course/media.h"
#include "course/drawing/paint.h"

#include <math.h>

/* CSS pixels. A lesson in a window of 390 shows a figure so wide: less the margins of .wrap (16 each), border and padding
 * of .figure__box (1 and 16 each); web/styles. */
enum { NARROW_FIGURE = 324, LEAST_TEXT = 12 };

struct look {
    const struct check *check;
    struct document *document;
    struct drawing_source source;
    double width; /* of the drawing, in its units */
};

static void warn_name(const struct look *look, const xmlNode *node, const char *attribute, const char *code,
                      struct str name)
{
    check_warn(look->check, look->document, node, attribute, code, PARAMS(PARAM_OF_TEXT("name", name)));
}

/* ---- what is left out ---- */

/* What programs write about a drawing beside it. */
static bool is_silent(const xmlNode *node)
{
    bool foreign = node->ns && strcmp((const char *)node->ns->href, "http://www.w3.org/2000/svg") != 0;
    return foreign || xml_is(node, "metadata") || xml_is(node, "title") || xml_is(node, "desc");
}

static bool is_told(const struct look *look, const xmlNode *node)
{
    return look->document->tags[xml_number(node)].broken;
}

/* An element that is kept in general is left out where it points at nothing. */
static void check_dropped(const struct look *look, const xmlNode *node)
{
    if (drawing_keeps(node))
        warn_name(look, node, NULL, "svg-reference", xml_name(node));
    else if (!is_silent(node))
        warn_name(look, node, NULL, "svg-dropped", xml_name(node));
}

/* ---- colours ---- */

static bool says_in_style(const xmlNode *node, const char *property)
{
    return !str_equal(drawing_style(node, property), drawing_attribute(node, property));
}

/* A colour beside a class is for the author's drawing program. */
static void check_paint(const struct look *look, const xmlNode *node, const char *property)
{
    struct str value = drawing_style(node, property);
    if (drawing_paint(node, property).len || value.len == 0 || str_is(value, "inherit") || paint_keyword(value).len)
        return;
    struct str name = paint_nearest(value);
    const char *place = says_in_style(node, property) ? "style" : property;
    if (name.len)
        check_warn(look->check, look->document, node, place, "svg-colour",
                   PARAMS(PARAM_OF_TEXT("value", value),
                          PARAM_OF_TEXT("class", str_format(look->check->arena, "%s-%.*s", property, STR_ARG(name)))));
    else
        check_warn(look->check, look->document, node, place, "svg-paint",
                   PARAMS(PARAM_OF_TEXT("value", value), PARAM_OF_TEXT("name", str_of(property))));
}

static bool is_class(struct str word)
{
    bool fill = str_starts(word, STR("fill-")) && paint_is_name(str_from(word, 5));
    bool stroke = str_starts(word, STR("stroke-")) && paint_is_name(str_from(word, 7));
    return fill || stroke || str_is(word, "mono") || str_is(word, "drawing");
}

static void check_classes(const struct look *look, const xmlNode *node)
{
    struct str rest = drawing_attribute(node, "class");
    while (rest.len) {
        struct str word = str_trim(str_cut(&rest, ' '));
        if (word.len && !is_class(word))
            warn_name(look, node, "class", "svg-class", word);
    }
}

static void check_looks(const struct look *look, const xmlNode *node)
{
    struct str size = drawing_style(node, "font-size");
    double units;
    check_paint(look, node, "fill");
    check_paint(look, node, "stroke");
    check_classes(look, node);
    if (size.len && !drawing_size(size, &units))
        warn_name(look, node, says_in_style(node, "font-size") ? "style" : "font-size", "svg-font-size", size);
}

static void check_kept(const struct look *look, const xmlNode *parent)
{
    if (!is_told(look, parent))
        check_looks(look, parent);
    for (const xmlNode *node = xml_first(parent); node; node = xml_next(node)) {
        if (drawing_keeps(node) && !drawing_omits(&look->source, node))
            check_kept(look, node);
        else if (!is_told(look, node) && !str_is(drawing_style(node, "display"), "none"))
            check_dropped(look, node);
    }
}

/* ---- how large text is ---- */

static bool has_words(const xmlNode *node)
{
    for (const xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_TEXT_NODE && !xml_is_blank(child))
            return true;
    return false;
}

/* The same text, used several times, is said once. */
static void check_words(const struct look *look, const xmlNode *node, double size, double scale)
{
    double pixels = size * scale;
    if (is_told(look, node) || !(pixels < LEAST_TEXT - .01) || !has_words(node))
        return;
    double needed = scale > 0 ? ceil(LEAST_TEXT / scale - .01) : 0;
    check_warn(look->check, look->document, node, NULL, "svg-small-text",
               PARAMS(PARAM_OF_INT("size", (int)pixels), PARAM_OF_INT("least", LEAST_TEXT),
                      PARAM_OF_INT("needed", needed < INT32_MAX ? (int64_t)needed : INT32_MAX)));
    look->document->tags[xml_number(node)].broken = true;
}

/* A symbol with a viewBox becomes as wide as the use says, or as the drawing. */
static double scale_of_use(const struct look *look, const xmlNode *use, const xmlNode *target)
{
    double box[4], width = look->width;
    if (!xml_is(target, "symbol") || !drawing_view_box(drawing_attribute(target, "viewBox"), box))
        return 1;
    drawing_size(drawing_attribute(use, "width"), &width);
    return width / box[2];
}

/* As a browser draws it: references are followed, what is only pointed at is passed over. size: units of text around
 * it; scale: CSS pixels for a unit. */
static void check_text(const struct look *look, const xmlNode *node, double size, double scale)
{
    double own;
    drawing_size(drawing_style(node, "font-size"), &size);
    scale *= drawing_scale(drawing_attribute(node, "transform"), &own) ? own : 1;
    if (drawing_is_words(node))
        check_words(look, node, size, scale);
    const xmlNode *target = drawing_target(&look->source, node, "href");
    if (target)
        check_text(look, target, size, scale * scale_of_use(look, node, target));
    for (const xmlNode *child = xml_first(node); child; child = xml_next(child))
        if (drawing_keeps(child) && !drawing_is_store(child) && !drawing_omits(&look->source, child))
            check_text(look, child, size, scale);
}

/* ---- the whole ---- */

static bool has_view_box(const struct look *look, double box[4])
{
    const xmlNode *root = look->source.root;
    struct str value = drawing_attribute(root, "viewBox");
    if (drawing_view_box(value, box))
        return true;
    check_error(look->check, look->document, root, value.at ? "viewBox" : NULL, "svg-view-box", NO_PARAMS);
    return false;
}

/* CSS pixels for a unit on a phone: a drawing is never shown wider than it says, or than its page. */
static double shrink_of(const struct document *document, const double box[4])
{
    int width = 0, height = 0;
    bool said = media_size(document->file, document->bytes, &width, &height);
    double shown = said ? width : box[2];
    return (shown < NARROW_FIGURE ? shown : NARROW_FIGURE) / box[2];
}

void check_drawing(const struct check *check, struct document *document)
{
    struct look look = { .check = check, .document = document };
    const xmlNode *root = xml_root(document->doc);
    double box[4];
    enum status status = drawing_read(&look.source, root, document->bytes.len, check->arena);
    if (status == TOO_LARGE)
        check_error(check, document, root, NULL, "svg-too-large",
                    PARAMS(PARAM_OF_INT("bytes", DRAWING_MAX_BYTES >> 10), PARAM_OF_INT("most", DRAWING_MAX_ELEMENTS)));
    if (status != OK)
        return;
    check_kept(&look, root);
    if (!has_view_box(&look, box))
        return;
    look.width = box[2];
    check_text(&look, root, DRAWING_TEXT_SIZE, shrink_of(document, box));
}
