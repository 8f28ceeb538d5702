/* prose_case: what lets one think, choose and compare: cases with decisions, worked examples, text to unfold, variants,
 * comparisons. See prose.h. All of it works without JavaScript; web/islands/variants.ts makes tabs of the variants. */
#include "course/prose/prose_parts.h"

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
    prose_open(p, "div", class, node);
    write_heading(p, node, label);
    prose_write_blocks(p, xml_first(node), NULL);
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

/* ---- to unfold ---- */

static void write_decision(struct prose *p, const xmlNode *node)
{
    prose_open(p, "div", "decision", node);
    prose_add(p, "<p><strong>");
    prose_child(p, node, "prompt");
    prose_add(p, "</strong></p>");
    for (const xmlNode *path = xml_child(node, "path"); path; path = xml_next_same(path))
        prose_details(p, path, NULL, "title", NULL);
    prose_add(p, "</div>");
}

static void write_reveal(struct prose *p, const xmlNode *node)
{
    prose_details(p, node, "reveal", "title", NULL);
}

/* ---- variants ---- */

static void write_variant_link(struct prose *p, const xmlNode *variant)
{
    prose_add(p, "<li><a");
    prose_attr(p, "href", str_format(p->arena, "#%.*s", STR_ARG(prose_id(p, variant))));
    prose_add(p, ">");
    prose_child(p, variant, "title");
    prose_add(p, "</a></li>");
}

static void write_variant(struct prose *p, const xmlNode *variant)
{
    prose_add(p, "<div class=\"variant\"");
    prose_attr(p, "id", prose_id(p, variant));
    buf_add_format(&p->out, "><h%d>", p->heading);
    prose_child(p, variant, "title");
    buf_add_format(&p->out, "</h%d>", p->heading);
    prose_write_blocks(p, xml_first(variant), NULL);
    prose_add(p, "</div>");
}

/* Links to all variants, then all of them one below the other. */
static void write_variants(struct prose *p, const xmlNode *node)
{
    struct str label = prose_own_id(p, "n", node);
    prose_open(p, "div", "variants", node);
    prose_add(p, "<p class=\"variants__title\"");
    prose_attr(p, "id", label);
    prose_add(p, ">");
    if (xml_child(node, "title"))
        prose_child(p, node, "title");
    else
        prose_label(p, "course-variants");
    prose_add(p, "</p><ul class=\"variants__list\"");
    prose_attr(p, "aria-labelledby", label);
    prose_add(p, ">");
    for (const xmlNode *variant = xml_child(node, "variant"); variant; variant = xml_next_same(variant))
        write_variant_link(p, variant);
    prose_add(p, "</ul>");
    for (const xmlNode *variant = xml_child(node, "variant"); variant; variant = xml_next_same(variant))
        write_variant(p, variant);
    prose_add(p, "</div>");
}

/* ---- comparison ---- */

/* The kind names the two sides in their order: right-wrong, before-after. */
static void write_side(struct prose *p, const xmlNode *side, struct str name)
{
    prose_open(p, "div", str_format(p->arena, "side side--%.*s", STR_ARG(name)).at, side);
    buf_add_format(&p->out, "<h%d><span class=\"side__name\">", p->heading);
    prose_label_of(p, "side", name);
    prose_add(p, xml_child(side, "title") ? "<span class=\"vh\">: </span></span>" : "</span>");
    prose_child(p, side, "title");
    buf_add_format(&p->out, "</h%d>", p->heading);
    prose_write_blocks(p, xml_first(side), NULL);
    prose_add(p, "</div>");
}

static void write_comparison(struct prose *p, const xmlNode *node)
{
    struct str second = xml_attr(node, "kind"), first = str_cut(&second, '-');
    const xmlNode *one = xml_child(node, "side");
    prose_open(p, "div", "comparison", node);
    for (const xmlNode *side = one; side; side = xml_next_same(side))
        write_side(p, side, side == one ? first : second);
    prose_add(p, "</div>");
}

const struct prose_element prose_cases[] = {
    { "scenario", write_scenario },
    { "decision", write_decision },
    { "worked-example", write_worked_example },
    { "reveal", write_reveal },
    { "variants", write_variants },
    { "comparison", write_comparison },
    { NULL, NULL },
};
