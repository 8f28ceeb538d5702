/* kind_choice: options, of which one or several are keys. */
#include "course/check/check.h"
#include "course/kind/option.h"
#include "course/prose/prose.h"

static const struct options *options_of(const struct question *q)
{
    return q->own;
}

static bool accepts(const struct question *q, const struct given *g)
{
    return options_accept(options_of(q), g);
}

static int points(const struct question *q, const struct given *g)
{
    return options_points(options_of(q), g, q->all_or_nothing);
}

static struct given solve(const struct question *q, struct arena *a)
{
    return options_solve(options_of(q), a);
}

static struct given guess(const struct question *q, struct random *r, struct arena *a)
{
    return options_guess(options_of(q), r, a);
}

/* ---- document leaves ---- */

static void describe(const struct question *q, uint64_t seed, struct doc_node *map, struct doc_node *options,
                     struct doc_node *parts)
{
    (void)parts;
    doc_put_bool(map, "several", options_of(q)->several);
    options_describe(q, options_of(q), seed, options);
}

static void form(const struct question *q, uint64_t seed, const struct given *g, struct str html_id,
                 struct doc_node *map)
{
    options_form(q, options_of(q), seed, g, html_id, doc_put_list(map, "options"));
}

static void result(const struct question *q, uint64_t seed, const struct given *g, struct doc_node *map,
                   struct doc_node *marks)
{
    const struct safe_html nothing = { STR_NONE };
    kind_put_about(map, nothing, nothing);
    options_result(q, options_of(q), seed, g, marks);
}

/* ---- from the pack ---- */

static bool takes_several(const xmlNode *node)
{
    return str_is(xml_attr(node, "answers"), "several");
}

static enum status parse(struct prose *p, const xmlNode *node, struct question *q)
{
    struct options *options = ARENA_NEW(p->arena, struct options);
    q->own = options;
    return options ? options_parse(p, node, "option", takes_several(node), options) : NO_MEMORY;
}

static void check(const struct check *c, const struct document *document, const xmlNode *node)
{
    options_check(c, document, node, "option", takes_several(node));
    if (!takes_several(node) && xml_attr(node, "scoring").at)
        check_error(c, document, node, "scoring", "scoring-of-one", NO_PARAMS);
}

const struct kind kind_choice = {
    .name = "choice",
    .flag = "is_choice",
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
