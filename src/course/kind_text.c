/* kind_text: a short answer in words; the first rule that fits decides. */
#include "base/utf8.h"
#include "course/fold.h"
#include "course/kind.h"
#include "course/pattern.h"
#include "course/prose.h"
#include "course/xml.h"

enum { GIVEN_MAX_BYTES = GIVEN_MAX_CHARS * 4 };

static bool accepts(const struct question *q, const struct given *g)
{
    (void)q;
    if (g->count != 1)
        return false;
    struct str text = g->values[0];
    /* One line: line feeds separate values in the stored form, where "?" alone means "don't know". */
    return utf8_is_text(text) && str_find(text, '\n', 0) == text.len && str_find(text, '\r', 0) == text.len &&
           utf8_count(text) <= GIVEN_MAX_CHARS && !str_is(text, "?");
}

static bool fits(const struct rule *rule, struct str answer)
{
    if (!rule->pattern)
        return fold_equal(rule->value, answer, rule->exact_case);
    char room[GIVEN_MAX_BYTES];
    return pattern_matches(rule->pattern, fold_spaces(str_part(answer, 0, sizeof room), room));
}

/* NULL: no rule fits, or there is nothing to fit. */
static const struct rule *rule_for(const struct question *q, const struct given *g)
{
    for (size_t i = 0; i < q->rule_count && g->count; i++)
        if (fits(&q->rules[i], g->values[0]))
            return &q->rules[i];
    return NULL;
}

static int points(const struct question *q, const struct given *g)
{
    const struct rule *rule = rule_for(q, g);
    return rule && rule->accepts ? 1000 : 0;
}

/* ---- document leaves ---- */

static void describe(const struct question *q, uint64_t seed, struct doc_node *options)
{
    (void)q;
    (void)seed;
    (void)options;
}

static void form(const struct question *q, uint64_t seed, const struct given *g, struct str html_id,
                 struct doc_node *map, struct doc_node *options)
{
    (void)q;
    (void)seed;
    (void)html_id;
    (void)options;
    doc_put_copy(map, "value", g->count ? g->values[0] : STR(""));
    doc_put_int(map, "max_length", GIVEN_MAX_CHARS);
}

static struct str solution_of(const struct question *q)
{
    for (size_t i = 0; i < q->rule_count; i++)
        if (q->rules[i].accepts && !q->rules[i].pattern)
            return q->rules[i].value;
    return STR_NONE;
}

static struct safe_html feedback_for(const struct question *q, const struct given *g)
{
    if (g->count == 0)
        return (struct safe_html){ STR_NONE };
    const struct rule *rule = rule_for(q, g);
    bool own_words = rule && (rule->accepts || rule->feedback.markup.len);
    return own_words ? rule->feedback : q->otherwise;
}

static void result(const struct question *q, uint64_t seed, const struct given *g, struct doc_node *map,
                   struct doc_node *options)
{
    (void)seed;
    (void)options;
    struct str solution = solution_of(q);
    if (g->count)
        doc_put_copy(map, "given", g->values[0]);
    else
        doc_put_null(map, "given");
    if (solution.len)
        doc_put_text(map, "solution", solution);
    else
        doc_put_null(map, "solution");
    kind_put_html(map, "feedback", feedback_for(q, g));
}

/* ---- from the pack ---- */

static enum status compile(struct rule *rule, struct str source, struct arena *a)
{
    struct str problem;
    size_t offset;
    rule->pattern = rule->exact_case ? pattern_compile_exact_case(source, a, &problem, &offset)
                                     : pattern_compile(source, a, &problem, &offset);
    return rule->pattern ? OK : CORRUPT;
}

static enum status parse_rule(struct prose *p, const xmlNode *node, bool exact_case, struct rule *rule)
{
    struct str pattern = xml_attr(node, "pattern");
    *rule = (struct rule){
        .value = str_copy(p->arena, xml_attr(node, "value")),
        .exact_case = exact_case,
        .accepts = xml_is(node, "accept"),
        .feedback = prose_phrase(p, xml_child(node, "feedback")),
    };
    return pattern.at ? compile(rule, pattern, p->arena) : OK;
}

static enum status parse(struct prose *p, const xmlNode *node, struct question *q)
{
    struct rule *rules = ARENA_ARRAY(p->arena, xml_count(node, "accept") + xml_count(node, "reject"), struct rule);
    if (!rules)
        return NO_MEMORY;
    q->rules = rules;
    enum status status = OK;
    for (const xmlNode *n = xml_first(node); n && status == OK; n = xml_next(n))
        if (xml_is(n, "accept") || xml_is(n, "reject"))
            status = parse_rule(p, n, xml_flag(node, "case"), &rules[q->rule_count++]);
    q->otherwise = prose_phrase(p, xml_child(xml_child(node, "otherwise"), "feedback"));
    return status;
}

const struct kind kind_text = {
    .name = "text",
    .flag = "is_text",
    .parse = parse,
    .accepts = accepts,
    .points = points,
    .describe = describe,
    .form = form,
    .result = result,
};
