/* rule: see rule.h. */
#include "course/kind/rule.h"

#include "base/utf8.h"
#include "course/check/check.h"
#include "course/fold.h"
#include "course/kind/pattern.h"
#include "course/prose/prose.h"

enum { GIVEN_MAX_BYTES = GIVEN_MAX_CHARS * 4 };

/* Line feeds separate values in the stored form, where "?" alone means "don't know". */
bool rules_can_judge(struct str text, size_t most_chars)
{
    return utf8_is_text(text) && str_find(text, '\n', 0) == text.len && str_find(text, '\r', 0) == text.len &&
           utf8_count(text) <= most_chars && !str_is(text, "?");
}

static bool fits(const struct rule *rule, struct str answer)
{
    if (!rule->pattern)
        return fold_equal(rule->value, answer, rule->exact_case);
    char room[GIVEN_MAX_BYTES];
    return pattern_matches(rule->pattern, fold_spaces(str_part(answer, 0, sizeof room), room));
}

/* NULL: no rule fits. */
static const struct rule *rule_for(const struct rules *r, struct str text)
{
    for (size_t i = 0; i < r->count; i++)
        if (fits(&r->list[i], text))
            return &r->list[i];
    return NULL;
}

bool rules_accept(const struct rules *r, struct str text)
{
    const struct rule *rule = rule_for(r, text);
    return rule && rule->accepts;
}

struct safe_html rules_feedback(const struct rules *r, struct str text)
{
    const struct rule *rule = rule_for(r, text);
    bool own_words = rule && (rule->accepts || rule->feedback.markup.len);
    return own_words ? rule->feedback : r->otherwise;
}

struct str rules_solution(const struct rules *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->list[i].accepts && !r->list[i].pattern)
            return r->list[i].value;
    return STR_NONE;
}

struct str rules_guess(const struct rules *r, struct random *random)
{
    struct str value = r->list[random_below(random, r->count)].value;
    return value.len ? value : STR("...");
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

enum status rules_parse(struct prose *p, const xmlNode *parent, bool exact_case, struct rules *r)
{
    struct rule *list = ARENA_ARRAY(p->arena, xml_count(parent, "accept") + xml_count(parent, "reject"), struct rule);
    *r = (struct rules){ .list = list };
    enum status status = list ? OK : NO_MEMORY;
    for (const xmlNode *n = xml_first(parent); n && status == OK; n = xml_next(n))
        if (xml_is(n, "accept") || xml_is(n, "reject"))
            status = parse_rule(p, n, exact_case, &list[r->count++]);
    const xmlNode *otherwise = xml_child(parent, "otherwise");
    r->otherwise = prose_phrase(p, otherwise ? xml_child(otherwise, "feedback") : NULL);
    return status;
}

/* ---- checked ---- */

static void check_speed(const struct check *c, const struct document *document, const xmlNode *rule,
                        const struct pattern *pattern)
{
    enum { SHOWN = 24 };
    struct str source = xml_attr(rule, "pattern");
    struct str text = pattern_worst_text(pattern, source, GIVEN_MAX_CHARS, c->arena, c->pattern_steps);
    struct str shown = str_format(c->arena, "%.*s…", STR_ARG(utf8_clip(text, SHOWN)));
    if (text.at)
        check_error(c, document, rule, "pattern", "slow-pattern",
                    PARAMS(PARAM_OF_TEXT("text", shown), PARAM_OF_INT("most", PATTERN_BAD_STEPS)));
}

/* What reading one costs, in steps of matching. */
static bool may_cost(const struct check *c, size_t steps)
{
    bool left = *c->pattern_steps > 0;
    *c->pattern_steps -= steps < *c->pattern_steps ? steps : *c->pattern_steps;
    return left;
}

/* Past what trying may cost altogether, a pack is told so, once. */
static void check_pattern(const struct check *c, const struct document *document, const xmlNode *rule)
{
    enum { READING = 5000 };
    struct str problem = STR_NONE;
    size_t offset = 0;
    if (!may_cost(c, READING))
        return;
    const struct pattern *pattern = pattern_compile(xml_attr(rule, "pattern"), c->arena, &problem, &offset);
    if (pattern)
        check_speed(c, document, rule, pattern);
    else
        check_error(c, document, rule, "pattern", "bad-pattern",
                    PARAMS(PARAM_OF_TEXT("problem", problem), PARAM_OF_INT("at", (int64_t)offset + 1)));
    if (*c->pattern_steps == 0)
        check_error(c, document, rule, "pattern", "too-many-patterns", NO_PARAMS);
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

void rules_check(const struct check *c, const struct document *document, const xmlNode *parent)
{
    if (!xml_child(parent, "accept"))
        check_error(c, document, parent, NULL, "no-accept", NO_PARAMS);
    for (const xmlNode *rule = xml_first(parent); rule; rule = xml_next(rule))
        if (xml_is(rule, "accept") || xml_is(rule, "reject"))
            check_rule(c, document, rule);
}
