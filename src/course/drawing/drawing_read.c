/* drawing_read: the structure of an SVG: what may be kept, what points where, how large it becomes. See drawing_parts.h. */
#include "course/drawing/drawing_parts.h"

#include "course/drawing/paint.h"

#include <math.h>

#define SVG_NAMESPACE "http://www.w3.org/2000/svg"
#define XLINK_NAMESPACE "http://www.w3.org/1999/xlink"

enum { ID_LONGEST = 64, VALUE_LONGEST = 2000 };

/* ---- elements ---- */

static bool is_svg(const xmlNode *node)
{
    return node->ns && strcmp((const char *)node->ns->href, SVG_NAMESPACE) == 0;
}

static bool is_one_of(const xmlNode *node, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (xml_is(node, names[i]))
            return true;
    return false;
}

bool drawing_keeps(const xmlNode *node)
{
    static const char *const names[] = { "g",    "path",     "rect",    "circle",   "ellipse",
                                         "line", "polyline", "polygon", "text",     "tspan",
                                         "defs", "marker",   "symbol",  "clipPath", "use" };
    return is_svg(node) && is_one_of(node, names, sizeof names / sizeof *names);
}

bool drawing_is_words(const xmlNode *node)
{
    return xml_is(node, "text") || xml_is(node, "tspan");
}

bool drawing_is_store(const xmlNode *node)
{
    static const char *const names[] = { "defs", "symbol", "marker", "clipPath" };
    return is_one_of(node, names, sizeof names / sizeof *names);
}

static bool is_hidden(const xmlNode *node)
{
    return str_is(drawing_style(node, "display"), "none");
}

/* One use may point at another; drawing_read has seen that they do not point in circles. */
bool drawing_omits(const struct drawing_source *source, const xmlNode *node)
{
    if (is_hidden(node))
        return true;
    if (!xml_is(node, "use"))
        return false;
    const xmlNode *target = drawing_target(source, node, "href");
    return !target || drawing_omits(source, target);
}

/* ---- attributes ---- */

/* A long value of an element that many references repeat would be read again and again: only shapes may be long, and
 * those are not read here. */
static struct str value_of(const xmlAttr *attr)
{
    const char *value = attr->children->content ? (const char *)attr->children->content : "";
    bool shape = xmlStrEqual(attr->name, BAD_CAST "d") || xmlStrEqual(attr->name, BAD_CAST "points");
    size_t most = shape ? DRAWING_MAX_BYTES : VALUE_LONGEST, len = strnlen(value, most + 1);
    return len > most ? STR_NONE : str_trim((struct str){ value, len });
}

static struct str attribute_in(const xmlNode *node, const char *name, const char *namespace)
{
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
        bool here = attr->ns ? namespace && strcmp((const char *)attr->ns->href, namespace) == 0 : !namespace;
        if (here && strcmp((const char *)attr->name, name) == 0)
            return value_of(attr);
    }
    return STR_NONE;
}

struct str drawing_attribute(const xmlNode *node, const char *name)
{
    return attribute_in(node, name, NULL);
}

struct str drawing_style(const xmlNode *node, const char *name)
{
    struct str rest = drawing_attribute(node, "style"), value = STR_NONE;
    while (rest.len) {
        struct str said = str_cut(&rest, ';'), property = str_trim(str_cut(&said, ':'));
        if (str_is(property, name))
            value = str_trim(said);
    }
    return value.at ? value : drawing_attribute(node, name);
}

/* The next word of a list with blanks; empty: no more. */
static struct str next_word(struct str *rest)
{
    *rest = str_trim(*rest);
    size_t end = 0;
    while (end < rest->len && rest->at[end] != ' ')
        end++;
    struct str word = str_part(*rest, 0, end);
    *rest = str_from(*rest, end);
    return word;
}

struct str drawing_paint(const xmlNode *node, const char *property)
{
    size_t len = strlen(property);
    struct str rest = drawing_attribute(node, "class");
    for (struct str word = next_word(&rest); word.len; word = next_word(&rest)) {
        bool ours = str_starts(word, (struct str){ property, len }) && word.len > len && word.at[len] == '-';
        if (ours && paint_is_name(str_from(word, len + 1)))
            return str_from(word, len + 1);
    }
    return STR_NONE;
}

/* ---- references ---- */

static bool is_id(struct str id)
{
    for (size_t i = 0; i < id.len; i++) {
        char c = id.at[i];
        bool letter = ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_';
        if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '-' || c == '.')))
            return false;
    }
    return id.len > 0 && id.len <= ID_LONGEST;
}

/* The first of several that have the same one. */
const xmlNode *drawing_find(const struct drawing_source *source, struct str id)
{
    size_t low = 0, high = source->id_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(source->ids[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < source->id_count && str_equal(source->ids[low].id, id) ? source->ids[low].node : NULL;
}

/* "#a" */
static struct str id_of_address(struct str address)
{
    return str_starts(address, STR("#")) ? str_from(address, 1) : STR_NONE;
}

/* "url(#a)", with or without quotes */
static struct str id_of_url(struct str url)
{
    if (!str_starts(url, STR("url(")) || !str_ends(url, STR(")")))
        return STR_NONE;
    struct str inner = str_trim(str_part(url, 4, url.len - 5));
    bool quoted = inner.len >= 2 && (inner.at[0] == '"' || inner.at[0] == '\'') &&
                  inner.at[inner.len - 1] == inner.at[0];
    return id_of_address(quoted ? str_part(inner, 1, inner.len - 2) : inner);
}

static struct str id_of_use(const xmlNode *node)
{
    struct str address = drawing_attribute(node, "href");
    return id_of_address(address.at ? address : attribute_in(node, "href", XLINK_NAMESPACE));
}

static bool may_point(const char *attribute, const xmlNode *target)
{
    if (strcmp(attribute, "clip-path") == 0)
        return xml_is(target, "clipPath");
    if (strncmp(attribute, "marker", 6) == 0)
        return xml_is(target, "marker");
    return xml_is(target, "symbol") || !drawing_is_store(target);
}

const xmlNode *drawing_target(const struct drawing_source *source, const xmlNode *node, const char *attribute)
{
    bool use = strcmp(attribute, "href") == 0;
    if (use && !xml_is(node, "use"))
        return NULL;
    struct str id = use ? id_of_use(node) : id_of_url(drawing_style(node, attribute));
    const xmlNode *target = id.len ? drawing_find(source, id) : NULL;
    return target && may_point(attribute, target) ? target : NULL;
}

/* ---- size ---- */

/* Whether a browser that follows every reference sees no more elements than *left, and no deeper than it may. */
static bool fits(const struct drawing_source *source, const xmlNode *node, size_t *left, int depth)
{
    static const char *const points[] = { "href", "clip-path", "marker-start", "marker-mid", "marker-end" };
    if (*left == 0 || depth == DRAWING_MAX_DEPTH)
        return false;
    --*left;
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        const xmlNode *target = drawing_target(source, node, points[i]);
        if (target && !fits(source, target, left, depth + 1))
            return false;
    }
    for (const xmlNode *child = xml_first(node); child; child = xml_next(child))
        if (drawing_keeps(child) && !fits(source, child, left, depth + 1))
            return false;
    return true;
}

static int by_id(const void *a, const void *b)
{
    const struct drawing_id *left = a, *right = b;
    int order = str_compare(left->id, right->id);
    size_t first = xml_number(left->node), second = xml_number(right->node);
    return order ? order : (first > second) - (first < second);
}

/* What stands in something that is left out is left out, too. */
static void index_ids(struct drawing_source *source, const xmlNode *parent)
{
    for (const xmlNode *node = xml_first(parent); node; node = xml_next(node)) {
        if (!drawing_keeps(node) || is_hidden(node))
            continue;
        struct str id = drawing_attribute(node, "id");
        if (is_id(id))
            source->ids[source->id_count++] = (struct drawing_id){ id, node };
        index_ids(source, node);
    }
}

enum status drawing_read(struct drawing_source *source, const xmlNode *root, size_t bytes, struct arena *arena)
{
    *source = (struct drawing_source){ .root = root };
    if (!root || !xml_is(root, "svg") || !is_svg(root))
        return CORRUPT;
    size_t count = 1, left = DRAWING_MAX_ELEMENTS;
    for (const xmlNode *node = root; (node = xml_walk(root, node));)
        count++;
    if (bytes > DRAWING_MAX_BYTES || count > DRAWING_MAX_ELEMENTS)
        return TOO_LARGE;
    source->ids = ARENA_ARRAY(arena, count, struct drawing_id);
    if (!source->ids)
        return NO_MEMORY;
    index_ids(source, root);
    qsort(source->ids, source->id_count, sizeof *source->ids, by_id);
    return fits(source, root, &left, 0) ? OK : TOO_LARGE;
}

/* ---- numbers ---- */

static size_t count_digits(struct str s, size_t from)
{
    size_t i = from;
    while (i < s.len && s.at[i] >= '0' && s.at[i] <= '9')
        i++;
    return i - from;
}

/* Where a number ends that may begin with a sign and have a fraction; 0: there is none. */
static size_t number_length(struct str s)
{
    size_t i = s.len && (s.at[0] == '-' || s.at[0] == '+'), whole = count_digits(s, i), part = 0;
    i += whole;
    if (i < s.len && s.at[i] == '.') {
        part = count_digits(s, i + 1);
        i += 1 + part;
    }
    return whole + part ? i : 0;
}

static bool take_number(struct str *rest, double *out)
{
    while (rest->len && (rest->at[0] == ' ' || rest->at[0] == ','))
        *rest = str_from(*rest, 1);
    size_t len = number_length(*rest);
    double value = 0, place = 1;
    bool fraction = false;
    for (size_t i = 0; i < len; i++) {
        char c = rest->at[i];
        fraction = fraction || c == '.';
        if (c < '0' || c > '9')
            continue;
        place = fraction ? place / 10 : place;
        value = fraction ? value + (c - '0') * place : value * 10 + (c - '0');
    }
    *out = len && rest->at[0] == '-' ? -value : value;
    *rest = str_from(*rest, len);
    return len > 0;
}

bool drawing_size(struct str text, double *out)
{
    double value;
    if (!take_number(&text, &value) || !(text.len == 0 || str_is(text, "px")) || !(value > 0))
        return false;
    *out = value;
    return true;
}

bool drawing_view_box(struct str text, double box[4])
{
    for (int i = 0; i < 4; i++)
        if (!take_number(&text, &box[i]))
            return false;
    return str_trim(text).len == 0 && box[2] > 0 && box[3] > 0;
}

/* ---- transforms ---- */

/* By the length of what was one unit high: that is what text is measured by. */
static bool scale_of(struct str name, const double *n, size_t count, double *scale)
{
    *scale = 1;
    if (str_is(name, "scale"))
        *scale = fabs(n[count == 2 ? 1 : 0]);
    else if (str_is(name, "matrix"))
        *scale = sqrt(n[2] * n[2] + n[3] * n[3]);
    bool pair = str_is(name, "translate") || str_is(name, "scale");
    bool single = str_is(name, "skewX") || str_is(name, "skewY");
    return (pair && (count == 1 || count == 2)) || (single && count == 1) || (str_is(name, "matrix") && count == 6) ||
           (str_is(name, "rotate") && (count == 1 || count == 3));
}

/* "name(1 2)" */
static bool take_function(struct str *rest, double *scale)
{
    double numbers[6] = { 0 };
    size_t count = 0;
    struct str name = str_trim(str_cut(rest, '('));
    size_t end = str_find(*rest, ')', 0);
    if (end == rest->len)
        return false;
    struct str inner = str_part(*rest, 0, end);
    while (count < 6 && take_number(&inner, &numbers[count]))
        count++;
    *rest = str_from(*rest, end + 1);
    while (rest->len && (rest->at[0] == ' ' || rest->at[0] == ','))
        *rest = str_from(*rest, 1);
    return str_trim(inner).len == 0 && scale_of(name, numbers, count, scale);
}

bool drawing_scale(struct str transform, double *scale)
{
    struct str rest = str_trim(transform);
    double one;
    *scale = 1;
    while (rest.len) {
        if (!take_function(&rest, &one))
            return false;
        *scale *= one;
    }
    return true;
}
