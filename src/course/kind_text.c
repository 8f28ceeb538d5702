/* kind_text: a short answer in words; the first rule that fits decides. */
#include "base/utf8.h"
#include "course/check.h"
#include "course/fold.h"
#include "course/kind.h"
#include "course/pattern.h"
#include "course/prose.h"
#include "course/xml.h"

enum { GIVEN_MAX_BYTES = GIVEN_MAX_CHARS * 4 };

/* <accept>, <reject>. A value is compared after folding: white space collapsed, Latin letters without regard to case
 * (unless exact_case), quotation marks, apostrophes and dashes alike, ß as ss; there is no Unicode normalisation. A
 * pattern sees the answer with its white space collapsed and is not folded otherwise. */
struct rule {
    struct str value;              /* the text, or empty when there is a pattern */
    const struct pattern *pattern; /* or NULL */
    bool exact_case;
    bool accepts;
    struct safe_html feedback; /* markup empty: none */
};

struct text {
    const struct rule *rules;
    size_t count;
    struct safe_html otherwise; /* feedback where no rule fits */
};

static const struct text *text_of(const struct question *q)
{
    return q->own;
}

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
    const struct text *t = text_of(q);
    for (size_t i = 0; i < t->count && g->count; i++)
        if (fits(&t->rules[i], g->values[0]))
            return &t->rules[i];
    return NULL;
}

static int points(const struct question *q, const struct given *g)
{
    const struct rule *rule = rule_for(q, g);
    return rule && rule->accepts ? 1000 : 0;
}

/* The first value that is accepted word by word; a pattern alone tells nobody what to write. */
static struct str solution_of(const struct question *q)
{
    const struct text *t = text_of(q);
    for (size_t i = 0; i < t->count; i++)
        if (t->rules[i].accepts && !t->rules[i].pattern)
            return t->rules[i].value;
    return STR_NONE;
}

static struct given one_value(struct str value, struct arena *a)
{
    struct str *values = value.len ? ARENA_NEW(a, struct str) : NULL;
    if (values)
        *values = value;
    return kind_given(values, 1);
}

static struct given solve(const struct question *q, struct arena *a)
{
    return one_value(solution_of(q), a);
}

static struct given guess(const struct question *q, struct random *r, struct arena *a)
{
    const struct text *t = text_of(q);
    const struct rule *rule = &t->rules[random_below(r, t->count)];
    return one_value(rule->value.len ? rule->value : STR("..."), a);
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

static struct safe_html feedback_for(const struct question *q, const struct given *g)
{
    if (g->count == 0)
        return (struct safe_html){ STR_NONE };
    const struct rule *rule = rule_for(q, g);
    bool own_words = rule && (rule->accepts || rule->feedback.markup.len);
    return own_words ? rule->feedback : text_of(q)->otherwise;
}

static struct safe_html html_of(struct doc_node *map, struct str text)
{
    return map && text.len ? safe_html_of_text(map->arena, text) : (struct safe_html){ STR_NONE };
}

static void result(const struct question *q, uint64_t seed, const struct given *g, struct doc_node *map,
                   struct doc_node *marks)
{
    (void)seed;
    bool right = g->count && points(q, g) == 1000;
    kind_put_about(map, (struct safe_html){ STR_NONE }, (struct safe_html){ STR_NONE });
    kind_add_mark(marks, &(struct mark){
                             .answer = html_of(map, g->count ? g->values[0] : STR_NONE),
                             .solution = html_of(map, right ? STR_NONE : solution_of(q)),
                             .feedback = feedback_for(q, g),
                             .outcome = right ? RIGHTLY_CHOSEN : g->count ? WRONGLY_CHOSEN : MISSED,
                         });
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
    struct text *text = ARENA_NEW(p->arena, struct text);
    struct rule *rules = ARENA_ARRAY(p->arena, xml_count(node, "accept") + xml_count(node, "reject"), struct rule);
    if (!text || !rules)
        return NO_MEMORY;
    text->rules = rules;
    q->own = text;
    enum status status = OK;
    for (const xmlNode *n = xml_first(node); n && status == OK; n = xml_next(n))
        if (xml_is(n, "accept") || xml_is(n, "reject"))
            status = parse_rule(p, n, xml_flag(node, "case"), &rules[text->count++]);
    text->otherwise = prose_phrase(p, xml_child(xml_child(node, "otherwise"), "feedback"));
    return status;
}

static void check_pattern(const struct check *c, const struct document *document, const xmlNode *rule)
{
    struct str problem = STR_NONE;
    size_t offset = 0;
    if (!pattern_compile(xml_attr(rule, "pattern"), c->arena, &problem, &offset))
        check_error(c, document, rule, "pattern", "bad-pattern",
                    PARAMS(PARAM_OF_TEXT("problem", problem), PARAM_OF_INT("at", (int64_t)offset + 1)));
}

static void check_rule(const struct check *c, const struct document *document, const xmlNode *rule)
{
    bool value = xml_attr(rule, "value").at, pattern = xml_attr(rule, "pattern").at;
    if (value == pattern)
        check_error(c, document, rule, NULL, value ? "value-and-pattern" : "no-value-or-pattern",
                    PARAMS(PARAM_OF_TEXT("element", xml_name(rule))));
    else if (pattern)
        check_pattern(c, document, rule);
}

static void check(const struct check *c, const struct document *document, const xmlNode *node)
{
    if (!xml_child(node, "accept"))
        check_error(c, document, node, NULL, "no-accept", NO_PARAMS);
    for (const xmlNode *rule = xml_first(node); rule; rule = xml_next(rule))
        if (xml_is(rule, "accept") || xml_is(rule, "reject"))
            check_rule(c, document, rule);
}

const struct kind kind_text = {
    .name = "text",
    .flag = "is_text",
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
