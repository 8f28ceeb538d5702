/* kind_number: a number, compared exactly; the first rule that it fits decides. What was typed is kept as it was typed.
 * Where it can be read in two ways («1.000»), either of them fits: nobody is wrong for the spelling. */
#include "course/check/check.h"
#include "course/kind/decimal.h"
#include "course/kind/kind.h"
#include "course/prose/prose.h"

enum { MOST_CHARS = 60 };

struct range {
    struct str written; /* as the pack writes the value */
    int64_t least, most;
    bool accepts;
    struct safe_html feedback;
};

struct number {
    struct str unit; /* empty: none */
    const struct range *ranges;
    size_t count;
    struct safe_html otherwise;
};

static const struct number *number_of(const struct question *q)
{
    return q->own;
}

static struct decimal_reading read(const struct question *q, const struct given *g)
{
    bool short_enough = g->count == 1 && g->values[0].len <= (size_t)MOST_CHARS * 4;
    return decimal_read(short_enough ? g->values[0] : STR(""), number_of(q)->unit);
}

static bool accepts(const struct question *q, const struct given *g)
{
    return read(q, g).count > 0;
}

static const char *refusal(const struct question *q, const struct given *g)
{
    return g->count == 1 && !accepts(q, g) ? "question-not-a-number" : NULL;
}

static bool fits(const struct range *range, const struct decimal_reading *r)
{
    for (int i = 0; i < r->count; i++)
        if (r->values[i] >= range->least && r->values[i] <= range->most)
            return true;
    return false;
}

/* NULL: no rule fits. */
static const struct range *range_for(const struct question *q, const struct given *g)
{
    const struct number *n = number_of(q);
    struct decimal_reading r = read(q, g);
    for (size_t i = 0; i < n->count; i++)
        if (fits(&n->ranges[i], &r))
            return &n->ranges[i];
    return NULL;
}

static int points(const struct question *q, const struct given *g)
{
    const struct range *range = range_for(q, g);
    return range && range->accepts ? 1000 : 0;
}

static struct str solution_of(const struct number *n)
{
    size_t i = 0;
    while (!n->ranges[i].accepts)
        i++;
    return n->ranges[i].written;
}

static struct given solve(const struct question *q, struct arena *a)
{
    return kind_given_one(solution_of(number_of(q)), a);
}

static struct given guess(const struct question *q, struct random *r, struct arena *a)
{
    const struct number *n = number_of(q);
    size_t pick = (size_t)random_below(r, n->count + 1);
    return kind_given_one(pick < n->count ? n->ranges[pick].written : STR("7"), a);
}

/* ---- document leaves ---- */

static void put_unit(const struct number *n, struct doc_node *map)
{
    if (n->unit.len)
        doc_put_text(map, "unit", n->unit);
    else
        doc_put_null(map, "unit");
}

static void describe(const struct question *q, uint64_t seed, struct doc_node *map, struct doc_node *options,
                     struct doc_node *parts)
{
    (void)seed;
    (void)options;
    (void)parts;
    doc_put_bool(map, "several", false);
    doc_put_int(map, "max_length", MOST_CHARS);
    put_unit(number_of(q), map);
}

static void form(const struct question *q, uint64_t seed, const struct given *g, struct str html_id,
                 struct doc_node *map)
{
    (void)q;
    (void)seed;
    (void)html_id;
    doc_put_copy(map, "value", g->count ? g->values[0] : STR(""));
}

static struct safe_html with_unit(const struct number *n, struct str written, struct arena *a)
{
    struct str text = n->unit.len ? str_format(a, "%.*s %.*s", STR_ARG(written), STR_ARG(n->unit)) : written;
    return kind_html(text, a);
}

static struct safe_html feedback_for(const struct question *q, const struct given *g)
{
    const struct range *range = range_for(q, g);
    bool own_words = range && (range->accepts || range->feedback.markup.len);
    return own_words ? range->feedback : number_of(q)->otherwise;
}

static void result(const struct question *q, uint64_t seed, const struct given *g, struct doc_node *map,
                   struct doc_node *marks)
{
    (void)seed;
    if (!map)
        return;
    bool right = points(q, g) == 1000;
    const struct safe_html nothing = { STR_NONE };
    struct safe_html solution = with_unit(number_of(q), solution_of(number_of(q)), map->arena);
    kind_put_about(map, nothing, nothing);
    kind_add_mark(marks, &(struct mark){
                             .answer = kind_html(g->count ? g->values[0] : STR_NONE, map->arena),
                             .solution = right ? nothing : solution,
                             .feedback = g->count ? feedback_for(q, g) : nothing,
                             .outcome = right      ? RIGHTLY_CHOSEN
                                        : g->count ? WRONGLY_CHOSEN
                                                   : MISSED,
                         });
}

/* ---- from the pack ---- */

static enum status parse_range(struct prose *p, const xmlNode *node, struct range *range)
{
    int64_t value = 0, tolerance = 0;
    struct str written = xml_attr(node, "tolerance");
    bool read = decimal_parse(xml_attr(node, "value"), &value) && (!written.at || decimal_parse(written, &tolerance));
    *range = (struct range){
        .written = str_copy(p->arena, str_trim(xml_attr(node, "value"))),
        .least = value - tolerance,
        .most = value + tolerance,
        .accepts = xml_is(node, "accept"),
        .feedback = prose_phrase(p, xml_child(node, "feedback")),
    };
    return read ? OK : CORRUPT;
}

static enum status parse_ranges(struct prose *p, const xmlNode *node, struct number *n)
{
    struct range *ranges = ARENA_ARRAY(p->arena, xml_count(node, "accept") + xml_count(node, "reject"), struct range);
    enum status status = ranges ? OK : NO_MEMORY;
    n->ranges = ranges;
    for (const xmlNode *rule = xml_first(node); rule && status == OK; rule = xml_next(rule))
        if (xml_is(rule, "accept") || xml_is(rule, "reject"))
            status = parse_range(p, rule, &ranges[n->count++]);
    return status == OK && !xml_child(node, "accept") ? CORRUPT : status;
}

static enum status parse(struct prose *p, const xmlNode *node, struct question *q)
{
    struct number *n = ARENA_NEW(p->arena, struct number);
    const xmlNode *otherwise = xml_child(node, "otherwise");
    q->own = n;
    if (!n)
        return NO_MEMORY;
    n->unit = str_copy(p->arena, str_trim(xml_attr(node, "unit")));
    n->otherwise = prose_phrase(p, otherwise ? xml_child(otherwise, "feedback") : NULL);
    return parse_ranges(p, node, n);
}

/* What an earlier rule takes never comes to a later one. */
static void check_reached(const struct check *c, const struct document *document, const xmlNode *rule)
{
    int64_t value = 0, other = 0, tolerance = 0;
    (void)decimal_parse(xml_attr(rule, "value"), &value);
    for (const xmlNode *n = xml_first(rule->parent); n != rule; n = xml_next(n)) {
        if (!decimal_parse(xml_attr(n, "value"), &other))
            continue;
        tolerance = 0;
        (void)decimal_parse(xml_attr(n, "tolerance"), &tolerance);
        if (value >= other - tolerance && value <= other + tolerance) {
            check_warn(c, document, rule, "value", "rule-not-reached", PARAMS(check_line_of(c, document, n)));
            return;
        }
    }
}

static void check(const struct check *c, const struct document *document, const xmlNode *node)
{
    if (!xml_child(node, "accept"))
        check_error(c, document, node, NULL, "no-accept", NO_PARAMS);
    for (const xmlNode *rule = xml_first(node); rule; rule = xml_next(rule))
        if (xml_is(rule, "accept") || xml_is(rule, "reject"))
            check_reached(c, document, rule);
}

const struct kind kind_number = {
    .name = "number",
    .flag = "is_number",
    .check = check,
    .parse = parse,
    .accepts = accepts,
    .refusal = refusal,
    .points = points,
    .solve = solve,
    .guess = guess,
    .describe = describe,
    .form = form,
    .result = result,
};
