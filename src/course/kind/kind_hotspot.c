/* kind_hotspot: a choice whose options are areas of a picture. The controls stand below the picture and name the areas;
 * the numbers in the picture only say which is where, so who does not see it answers for the same score. */
#include "course/check/check.h"
#include "course/kind/decimal.h"
#include "course/media.h"
#include "course/kind/option.h"
#include "course/prose/prose.h"

enum {
    WHOLE = 10000,        /* places and sizes are in hundredths of a percent */
    NARROW_PICTURE = 355, /* CSS pixels: how wide the picture is on a page 390 wide (web/styles/questions.css) */
    LEAST_TARGET = 24     /* CSS pixels, WCAG 2.5.8 */
};

struct area {
    int left, top, width, height; /* of WHOLE */
};

struct hotspot {
    struct options options;
    const struct area *areas; /* by option */
    struct safe_html picture, caption;
    int width, height; /* of the picture, in its pixels */
};

static const struct hotspot *hotspot_of(const struct question *q)
{
    return q->own;
}

static bool accepts(const struct question *q, const struct given *g)
{
    return options_accept(&hotspot_of(q)->options, g);
}

static int points(const struct question *q, const struct given *g)
{
    return options_points(&hotspot_of(q)->options, g, q->all_or_nothing);
}

static struct given solve(const struct question *q, struct arena *a)
{
    return options_solve(&hotspot_of(q)->options, a);
}

static struct given guess(const struct question *q, struct random *r, struct arena *a)
{
    return options_guess(&hotspot_of(q)->options, r, a);
}

/* ---- the picture ---- */

/* What is drawn over the picture: a page's form, or a marked answer. */
struct drawing {
    const struct hotspot *hotspot;
    struct str html_id;        /* of the form; empty: a marked answer */
    const struct given *given; /* of the marked answer */
    struct buf out;
};

static int part_of(int share, int length)
{
    return (int)((int64_t)share * length / WHOLE);
}

static int between(int least, int value, int most)
{
    return value < least ? least : value > most ? most : value;
}

/* Symbols in a box of 24 by 24, beside the number: what was right is not told by colour alone. */
static const char *symbol_of(enum outcome outcome)
{
    static const char *const symbols[] = {
        [RIGHTLY_CHOSEN] = "M20 6 9 17l-5-5",
        [WRONGLY_CHOSEN] = "M18 6 6 18M6 6l12 12",
        [MISSED] = "M12 4v11M12 19.5v.5",
        [RIGHTLY_LEFT] = NULL,
    };
    return symbols[outcome];
}

static const char *class_of(enum outcome outcome)
{
    static const char *const classes[] = {
        [RIGHTLY_CHOSEN] = " is-right",
        [WRONGLY_CHOSEN] = " is-wrong",
        [MISSED] = " is-missed",
        [RIGHTLY_LEFT] = "",
    };
    return classes[outcome];
}

/* A badge around the corner of the area, inside the picture: size is its height. */
static void draw_badge(struct drawing *d, int x, int y, int size, size_t number, const char *symbol)
{
    int width = symbol ? size * 9 / 5 : size;
    x = between(0, x - size / 2, d->hotspot->width - width);
    y = between(0, y - size / 2, d->hotspot->height - size);
    buf_add_format(&d->out, "<rect class=\"hotspot__badge\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>",
                   x, y, width, size, size / 2);
    buf_add_format(&d->out, "<text x=\"%d\" y=\"%d\" font-size=\"%d\" text-anchor=\"middle\">%zu</text>", x + size / 2,
                   y + size * 18 / 25, size * 16 / 25, number);
    if (symbol)
        buf_add_format(&d->out, "<path class=\"hotspot__symbol\" transform=\"translate(%d %d) scale(%.3f)\" d=\"%s\"/>",
                       x + size * 22 / 25, y + size / 5, size * .6 / 24, symbol);
}

static void draw_area(struct drawing *d, size_t option, size_t number)
{
    const struct hotspot *h = d->hotspot;
    const struct area *area = &h->areas[option];
    const struct option *o = &h->options.list[option];
    int x = part_of(area->left, h->width), y = part_of(area->top, h->height);
    int width = part_of(area->width, h->width), height = part_of(area->height, h->height);
    enum outcome outcome = d->given ? options_outcome(o, options_is_chosen(d->given, o)) : RIGHTLY_LEFT;
    buf_add_format(&d->out, "<g class=\"hotspot__area%s\" data-number=\"%zu\">", class_of(outcome), number);
    buf_add_format(&d->out, "<rect class=\"hotspot__frame\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", x, y,
                   width, height);
    draw_badge(d, x, y, (h->width < h->height * 2 ? h->width : h->height * 2) * 7 / 100, number, symbol_of(outcome));
    if (d->html_id.len)
        buf_add_format(&d->out,
                       "<foreignObject x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"><label class=\"hotspot__target\" "
                       "for=\"%.*s_%.*s\"></label></foreignObject>",
                       x, y, width, height, STR_ARG(d->html_id), STR_ARG(o->id));
    buf_add(&d->out, STR("</g>"));
}

/* For who listens the controls and the list of marks say it all: the drawing is hidden, the picture is not. */
static struct safe_html draw(const struct question *q, uint64_t seed, struct str html_id, const struct given *g,
                             struct arena *a)
{
    const struct hotspot *h = hotspot_of(q);
    const size_t *order = kind_shuffle(q, seed, h->options.count, a);
    struct drawing d = { .hotspot = h, .html_id = html_id, .given = g };
    buf_init(&d.out, 64 * 1024);
    buf_add_format(
        &d.out,
        "<figure class=\"hotspot__figure\"><div class=\"hotspot__picture\">%.*s<svg class=\"hotspot__areas\" "
        "viewBox=\"0 0 %d %d\" aria-hidden=\"true\" focusable=\"false\">",
        STR_ARG(h->picture.markup), h->width, h->height);
    for (size_t i = 0; i < h->options.count && order; i++)
        draw_area(&d, order[i], i + 1);
    buf_add(&d.out, STR("</svg></div>"));
    if (h->caption.markup.len)
        buf_add_format(&d.out, "<figcaption>%.*s</figcaption>", STR_ARG(h->caption.markup));
    buf_add(&d.out, STR("</figure>"));
    struct safe_html html = { buf_status(&d.out) == OK ? str_copy(a, buf_str(&d.out)) : STR_NONE };
    buf_release(&d.out);
    return html;
}

/* ---- document leaves ---- */

static void describe(const struct question *q, uint64_t seed, struct doc_node *map, struct doc_node *options,
                     struct doc_node *parts)
{
    (void)parts;
    doc_put_bool(map, "several", hotspot_of(q)->options.several);
    if (map)
        doc_put_html(map, "picture", draw(q, seed, STR_NONE, NULL, map->arena));
    options_describe(q, &hotspot_of(q)->options, seed, options);
}

static void form(const struct question *q, uint64_t seed, const struct given *g, struct str html_id,
                 struct doc_node *map)
{
    struct doc_node *options = doc_put_list(map, "options");
    int64_t number = 0;
    if (map)
        doc_put_html(map, "picture", draw(q, seed, html_id, NULL, map->arena));
    options_form(q, &hotspot_of(q)->options, seed, g, html_id, options);
    for (struct doc_node *option = options ? options->first : NULL; option; option = option->next)
        doc_put_int(option, "number", ++number);
}

static void add_mark(const struct option *option, size_t number, const struct given *g, struct doc_node *marks)
{
    kind_add_mark(marks, &(struct mark){
                             .id = option->id,
                             .label = { str_format(marks->arena, "%zu", number) },
                             .answer = option->answer,
                             .feedback = option->feedback,
                             .outcome = options_outcome(option, options_is_chosen(g, option)),
                         });
}

static void result(const struct question *q, uint64_t seed, const struct given *g, struct doc_node *map,
                   struct doc_node *marks)
{
    const struct options *o = &hotspot_of(q)->options;
    const size_t *order = marks ? kind_shuffle(q, seed, o->count, marks->arena) : NULL;
    if (map)
        kind_put_about(map, (struct safe_html){ STR_NONE }, draw(q, seed, STR_NONE, g, map->arena));
    for (size_t i = 0; i < o->count && order; i++)
        add_mark(&o->list[order[i]], i + 1, g, marks);
}

/* ---- from the pack ---- */

/* In hundredths of a percent; the schema lets through what is a share. */
static int share(const xmlNode *node, const char *attribute)
{
    int64_t value = 0;
    return decimal_parse(xml_attr(node, attribute), &value) ? (int)(value / (DECIMAL_ONE / 100)) : -1;
}

static struct area area_of(const xmlNode *node)
{
    return (struct area){ share(node, "left-percent"), share(node, "top-percent"), share(node, "width-percent"),
                          share(node, "height-percent") };
}

static bool is_inside(struct area a)
{
    return a.left >= 0 && a.top >= 0 && a.width > 0 && a.height > 0 && a.left + a.width <= WHOLE &&
           a.top + a.height <= WHOLE;
}

/* In a language that has a picture of its own, of that one; the areas are shares, so they fit each. */
static bool picture_size(const struct pack_file *file, int *width, int *height)
{
    return file && media_size(file->path, file->bytes, width, height);
}

static enum status parse_picture(struct prose *p, const xmlNode *figure, struct hotspot *h)
{
    if (!figure || !picture_size(pack_media(p->files, xml_attr(figure, "src"), p->lang), &h->width, &h->height))
        return CORRUPT;
    prose_picture(p, figure);
    h->picture = prose_phrase(p, NULL);
    h->caption = prose_phrase(p, xml_child(figure, "caption"));
    return OK;
}

static bool takes_several(const xmlNode *node)
{
    return str_is(xml_attr(node, "answers"), "several");
}

static enum status parse_areas(struct prose *p, const xmlNode *node, struct hotspot *h)
{
    struct area *areas = ARENA_ARRAY(p->arena, xml_count(node, "area"), struct area);
    enum status status = areas ? OK : NO_MEMORY;
    size_t count = 0;
    h->areas = areas;
    for (const xmlNode *n = xml_child(node, "area"); n && status == OK; n = xml_next_same(n), count++) {
        areas[count] = area_of(n);
        status = is_inside(areas[count]) ? OK : CORRUPT;
    }
    return status ? status : options_parse(p, node, "area", takes_several(node), &h->options);
}

static enum status parse(struct prose *p, const xmlNode *node, struct question *q)
{
    struct hotspot *hotspot = ARENA_NEW(p->arena, struct hotspot);
    q->own = hotspot;
    if (!hotspot)
        return NO_MEMORY;
    enum status status = parse_picture(p, xml_child(node, "figure"), hotspot);
    return status ? status : parse_areas(p, node, hotspot);
}

/* ---- checked ---- */

static void check_area(const struct check *c, const struct document *document, const xmlNode *node, int width,
                       int height)
{
    struct area area = area_of(node);
    int wide = part_of(area.width, NARROW_PICTURE), high = part_of(area.height, NARROW_PICTURE * height / width);
    if (!is_inside(area))
        check_error(c, document, node, NULL, "area-outside", NO_PARAMS);
    else if (wide < LEAST_TARGET || high < LEAST_TARGET)
        check_warn(
            c, document, node, NULL, "small-area",
            PARAMS(PARAM_OF_INT("width", wide), PARAM_OF_INT("height", high), PARAM_OF_INT("least", LEAST_TARGET)));
}

/* Where the file is missing, that is said with the other media. */
static void check(const struct check *c, const struct document *document, const xmlNode *node)
{
    const xmlNode *figure = xml_child(node, "figure");
    const struct pack_file *file = pack_file(c->files, xml_attr(figure, "src"));
    int width = 1, height = 1;
    options_check(c, document, node, "area", takes_several(node));
    if (!takes_several(node) && xml_attr(node, "scoring").at)
        check_error(c, document, node, "scoring", "scoring-of-one", NO_PARAMS);
    if (!picture_size(file, &width, &height) && file)
        check_error(c, document, figure, "src", "picture-without-size", NO_PARAMS);
    for (const xmlNode *area = xml_child(node, "area"); area; area = xml_next_same(area))
        check_area(c, document, area, width, height);
}

const struct kind kind_hotspot = {
    .name = "hotspot",
    .flag = "is_hotspot",
    .check = check,
    .parse = parse,
    .accepts = accepts,
    .points = points,
    .solve = solve,
    .guess = guess,
    .describe = describe,
    .form = form,
    .result = result,
};
