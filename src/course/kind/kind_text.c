/* kind_text: a short answer in words; the first rule that fits decides. */
#include "course/prose/prose.h"
#include "course/kind/rule.h"

static const struct rules *rules_of(const struct question *q)
{
    return q->own;
}

static bool accepts(const struct question *q, const struct given *g)
{
    (void)q;
    return g->count == 1 && rules_can_judge(g->values[0], GIVEN_MAX_CHARS);
}

static int points(const struct question *q, const struct given *g)
{
    return g->count && rules_accept(rules_of(q), g->values[0]) ? 1000 : 0;
}

static struct given solve(const struct question *q, struct arena *a)
{
    return kind_given_one(rules_solution(rules_of(q)), a);
}

static struct given guess(const struct question *q, struct random *r, struct arena *a)
{
    return kind_given_one(rules_guess(rules_of(q), r), a);
}

/* ---- document leaves ---- */

static void describe(const struct question *q, uint64_t seed, struct doc_node *map, struct doc_node *options,
                     struct doc_node *parts)
{
    (void)q;
    (void)seed;
    (void)options;
    (void)parts;
    doc_put_bool(map, "several", false);
    doc_put_int(map, "max_length", GIVEN_MAX_CHARS);
}

static void form(const struct question *q, uint64_t seed, const struct given *g, struct str html_id,
                 struct doc_node *map)
{
    (void)q;
    (void)seed;
    (void)html_id;
    doc_put_copy(map, "value", g->count ? g->values[0] : STR(""));
}

static void result(const struct question *q, uint64_t seed, const struct given *g, struct doc_node *map,
                   struct doc_node *marks)
{
    (void)seed;
    if (!map)
        return;
    bool right = points(q, g) == 1000;
    const struct safe_html nothing = { STR_NONE };
    kind_put_about(map, nothing, nothing);
    kind_add_mark(marks, &(struct mark){
                             .answer = kind_html(g->count ? g->values[0] : STR_NONE, map->arena),
                             .solution = kind_html(right ? STR_NONE : rules_solution(rules_of(q)), map->arena),
                             .feedback = g->count ? rules_feedback(rules_of(q), g->values[0]) : nothing,
                             .outcome = right ? RIGHTLY_CHOSEN : g->count ? WRONGLY_CHOSEN : MISSED,
                         });
}

/* ---- from the pack ---- */

static enum status parse(struct prose *p, const xmlNode *node, struct question *q)
{
    struct rules *rules = ARENA_NEW(p->arena, struct rules);
    q->own = rules;
    return rules ? rules_parse(p, node, xml_flag(node, "case"), rules) : NO_MEMORY;
}

const struct kind kind_text = {
    .name = "text",
    .flag = "is_text",
    .check = rules_check,
    .parse = parse,
    .accepts = accepts,
    .points = points,
    .solve = solve,
    .guess = guess,
    .describe = describe,
    .form = form,
    .result = result,
};
