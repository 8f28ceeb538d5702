/* kind_gap: a passage with gaps, each filled from a list or with words of one's own. An answer is one value "FILL:id of
 * the option" or "FILL:words" for each gap that was filled. */
#include "base/utf8.h"
#include "course/check/check.h"
#include "course/kind/option.h"
#include "course/kind/passage.h"
#include "course/prose/prose.h"
#include "course/kind/rule.h"

enum { MOST_GAPS = 12, MOST_CHARS = 100 };

struct fill {
    struct str id;
    struct safe_html label;
    bool is_list;
    struct options options; /* where it is a list */
    struct rules rules;     /* else */
};

struct gap {
    struct fill *fills; /* in the order of their places */
    size_t count;
    struct passage passage;
    struct safe_html right, wrong, open; /* what is said in the passage of a gap, in its language */
};

static const struct gap *gap_of(const struct question *q)
{
    return q->own;
}

static const struct fill *find(const struct gap *gap, struct str value)
{
    struct str id = str_part(value, 0, str_find(value, ':', 0));
    for (size_t i = 0; i < gap->count; i++)
        if (str_equal(gap->fills[i].id, id))
            return &gap->fills[i];
    return NULL;
}

static bool takes(const struct fill *fill, struct str value)
{
    return fill->is_list ? options_find(&fill->options, value) != NULL : rules_can_judge(value, MOST_CHARS);
}

static bool accepts(const struct question *q, const struct given *g)
{
    for (size_t i = 0; i < g->count; i++) {
        const struct fill *fill = find(gap_of(q), g->values[i]);
        if (!fill || !takes(fill, kind_part(g, fill->id)))
            return false;
    }
    return kind_parts_differ(g);
}

static bool is_right(const struct fill *fill, struct str value)
{
    if (!fill->is_list)
        return value.len && rules_accept(&fill->rules, value);
    const struct option *option = options_find(&fill->options, value);
    return option && option->correct;
}

static int points(const struct question *q, const struct given *g)
{
    const struct gap *gap = gap_of(q);
    size_t right = 0;
    for (size_t i = 0; i < gap->count; i++)
        right += is_right(&gap->fills[i], kind_part(g, gap->fills[i].id));
    return kind_share(q, right, gap->count);
}

static const struct option *key_of(const struct fill *fill)
{
    size_t i = 0;
    while (!fill->options.list[i].correct)
        i++;
    return &fill->options.list[i];
}

/* One value for each gap; none at all where a gap has none. */
static struct given solve(const struct question *q, struct arena *a)
{
    const struct gap *gap = gap_of(q);
    struct str *values = ARENA_ARRAY(a, gap->count, struct str);
    for (size_t i = 0; i < gap->count && values; i++) {
        const struct fill *fill = &gap->fills[i];
        struct str value = fill->is_list ? key_of(fill)->id : rules_solution(&fill->rules);
        if (value.len == 0)
            return kind_given(NULL, 0);
        values[i] = kind_part_value(fill->id, value, a);
    }
    return kind_given(values, gap->count);
}

static struct given guess(const struct question *q, struct random *r, struct arena *a)
{
    const struct gap *gap = gap_of(q);
    struct str *values = ARENA_ARRAY(a, gap->count, struct str);
    for (size_t i = 0; i < gap->count && values; i++) {
        const struct fill *fill = &gap->fills[i];
        struct str value = fill->is_list ? fill->options.list[random_below(r, fill->options.count)].id
                                         : utf8_clip(rules_guess(&fill->rules, r), MOST_CHARS);
        values[i] = kind_part_value(fill->id, value, a);
    }
    return kind_given(values, gap->count);
}

/* ---- document leaves ---- */

/* Each list in an order of its own: else the right ones would stand at the same place. */
static uint64_t seed_of(uint64_t seed, size_t number)
{
    return seed ? seed + number + 1 : 0;
}

static void put_fill(const struct fill *fill, struct doc_node *map)
{
    doc_put_text(map, "id", fill->id);
    doc_put_html(map, "label", fill->label);
}

/* The passage with the numbers of its gaps. */
static struct safe_html numbered_passage(const struct gap *gap, struct arena *a)
{
    struct safe_html *numbers = ARENA_ARRAY(a, gap->count, struct safe_html);
    for (size_t i = 0; i < gap->count && numbers; i++)
        numbers[i].markup = str_format(a, "[%zu]", i + 1);
    return numbers ? passage_with(&gap->passage, numbers, a) : (struct safe_html){ STR_NONE };
}

static void describe(const struct question *q, uint64_t seed, struct doc_node *map, struct doc_node *options,
                     struct doc_node *parts)
{
    (void)options;
    const struct gap *gap = gap_of(q);
    doc_put_bool(map, "several", false);
    if (map)
        doc_put_html(map, "passage", numbered_passage(gap, map->arena));
    for (size_t i = 0; i < gap->count; i++) {
        struct doc_node *part = doc_add_map(parts);
        put_fill(&gap->fills[i], part);
        options_describe(q, &gap->fills[i].options, seed_of(seed, i), doc_put_list(part, "options"));
    }
}

static void put_options(const struct question *q, const struct options *o, uint64_t seed, struct str chosen,
                        struct doc_node *list)
{
    const size_t *order = list && o->count ? kind_shuffle(q, seed, o->count, list->arena) : NULL;
    for (size_t i = 0; i < o->count && order; i++) {
        const struct option *option = &o->list[order[i]];
        struct doc_node *map = doc_add_map(list);
        doc_put_text(map, "id", option->id);
        doc_put_html(map, "answer", option->answer);
        doc_put_bool(map, "chosen", str_equal(option->id, chosen));
    }
}

static void put_gap(const struct question *q, uint64_t seed, const struct given *g, struct str html_id, size_t i,
                    struct doc_node *map)
{
    const struct gap *gap = gap_of(q);
    const struct fill *fill = &gap->fills[i];
    struct str value = kind_part(g, fill->id);
    put_fill(fill, map);
    kind_put_id(map, "html_id", html_id, fill->id);
    doc_put_int(map, "number", (int64_t)i + 1);
    doc_put_int(map, "of", (int64_t)gap->count);
    doc_put_bool(map, "is_list", fill->is_list);
    doc_put_int(map, "max_length", MOST_CHARS);
    doc_put_copy(map, "value", fill->is_list ? STR("") : value);
    put_options(q, &fill->options, seed_of(seed, i), value, doc_put_list(map, "options"));
}

static void form(const struct question *q, uint64_t seed, const struct given *g, struct str html_id,
                 struct doc_node *map)
{
    const struct gap *gap = gap_of(q);
    struct doc_node *pieces = doc_put_list(map, "pieces");
    for (size_t i = 0; i <= gap->count; i++) {
        struct doc_node *piece = doc_add_map(pieces);
        kind_put_html(piece, "html", gap->passage.pieces[i]);
        if (i < gap->count)
            put_gap(q, seed, g, html_id, i, doc_put_map(piece, "gap"));
        else
            doc_put_null(piece, "gap");
    }
}

/* What was put into the gap, as it is read. */
static struct safe_html answer_in(const struct fill *fill, struct str value, struct arena *a)
{
    if (!fill->is_list)
        return kind_html(value, a);
    const struct option *option = options_find(&fill->options, value);
    return option ? option->answer : (struct safe_html){ STR_NONE };
}

static struct safe_html solution_of(const struct fill *fill, struct arena *a)
{
    return fill->is_list ? key_of(fill)->answer : kind_html(rules_solution(&fill->rules), a);
}

static struct safe_html feedback_for(const struct fill *fill, struct str value)
{
    const struct option *option = options_find(&fill->options, value);
    if (value.len && !fill->is_list)
        return rules_feedback(&fill->rules, value);
    return option ? option->feedback : (struct safe_html){ STR_NONE };
}

static struct safe_html filled_words(const struct gap *gap, const struct fill *fill, struct str value, struct arena *a)
{
    bool right = is_right(fill, value);
    struct safe_html said = right ? gap->right : value.len ? gap->wrong : gap->open;
    const char *state = right ? "is-right" : value.len ? "is-wrong" : "is-missed";
    return (struct safe_html){ str_format(
        a, "<span class=\"passage__mark %s\">%.*s <small class=\"passage__verdict\">%.*s</small></span>", state,
        STR_ARG(answer_in(fill, value, a).markup), STR_ARG(said.markup)) };
}

static struct safe_html filled_passage(const struct gap *gap, const struct given *g, struct arena *a)
{
    struct safe_html *words = ARENA_ARRAY(a, gap->count, struct safe_html);
    for (size_t i = 0; i < gap->count && words; i++)
        words[i] = filled_words(gap, &gap->fills[i], kind_part(g, gap->fills[i].id), a);
    return words ? passage_with(&gap->passage, words, a) : (struct safe_html){ STR_NONE };
}

static void result(const struct question *q, uint64_t seed, const struct given *g, struct doc_node *map,
                   struct doc_node *marks)
{
    (void)seed;
    const struct gap *gap = gap_of(q);
    if (map)
        kind_put_about(map, (struct safe_html){ STR_NONE }, filled_passage(gap, g, map->arena));
    for (size_t i = 0; i < gap->count && map; i++) {
        const struct fill *fill = &gap->fills[i];
        struct str value = kind_part(g, fill->id);
        bool right = is_right(fill, value);
        kind_add_mark(marks, &(struct mark){
                                 .id = fill->id,
                                 .label = fill->label,
                                 .answer = answer_in(fill, value, map->arena),
                                 .solution = right ? (struct safe_html){ STR_NONE } : solution_of(fill, map->arena),
                                 .feedback = feedback_for(fill, value),
                                 .outcome = right       ? RIGHTLY_CHOSEN
                                            : value.len ? WRONGLY_CHOSEN
                                                        : MISSED,
                             });
    }
}

/* ---- from the pack ---- */

/* NULL: none has that id. */
static const xmlNode *fill_of(const xmlNode *question, const xmlNode *blank)
{
    const xmlNode *fill = xml_child(question, "fill");
    while (fill && !str_equal(xml_attr(fill, "id"), xml_attr(blank, "ref")))
        fill = xml_next_same(fill);
    return fill;
}

static enum status parse_fill(struct prose *p, const xmlNode *node, struct fill *fill)
{
    fill->id = str_copy(p->arena, xml_attr(node, "id"));
    fill->label = prose_phrase(p, xml_child(node, "label"));
    fill->is_list = xml_child(node, "option") != NULL;
    return fill->is_list ? options_parse(p, node, "option", false, &fill->options)
                         : rules_parse(p, node, false, &fill->rules);
}

static enum status parse_fills(struct prose *p, const xmlNode *node, const xmlNode *passage, struct gap *gap)
{
    size_t places = passage_count(passage);
    gap->fills = ARENA_ARRAY(p->arena, places, struct fill);
    enum status status = !gap->fills ? NO_MEMORY : places == 0 || places > MOST_GAPS ? CORRUPT : OK;
    for (const xmlNode *n = passage; status == OK && (n = passage_place(passage, n));) {
        const xmlNode *fill = fill_of(node, n);
        status = fill ? parse_fill(p, fill, &gap->fills[gap->count++]) : CORRUPT;
    }
    return status;
}

static enum status parse(struct prose *p, const xmlNode *node, struct question *q)
{
    struct gap *gap = ARENA_NEW(p->arena, struct gap);
    const xmlNode *passage = xml_child(node, "passage");
    q->own = gap;
    if (!gap || !passage)
        return gap ? CORRUPT : NO_MEMORY;
    gap->right = passage_word(p, "course-gap-right");
    gap->wrong = passage_word(p, "course-gap-wrong");
    gap->open = passage_word(p, "course-gap-open");
    enum status status = passage_parse(p, passage, &gap->passage);
    return status ? status : parse_fills(p, node, passage, gap);
}

/* ---- checked ---- */

static size_t count_refs(const xmlNode *passage, struct str id)
{
    size_t count = 0;
    for (const xmlNode *n = passage; (n = passage_place(passage, n));)
        count += str_equal(xml_attr(n, "ref"), id);
    return count;
}

static bool is_first_of_ref(const xmlNode *passage, const xmlNode *blank)
{
    const xmlNode *n = passage_place(passage, passage);
    while (!str_equal(xml_attr(n, "ref"), xml_attr(blank, "ref")))
        n = passage_place(passage, n);
    return n == blank;
}

static void check_blanks(const struct check *c, const struct document *document, const xmlNode *node,
                         const xmlNode *passage)
{
    for (const xmlNode *n = passage; (n = passage_place(passage, n));) {
        struct message_param id = PARAM_OF_TEXT("id", xml_attr(n, "ref"));
        struct str nearest = fill_of(node, n) ? STR_NONE : check_nearest_part(c, node, "fill", id.text);
        if (!fill_of(node, n))
            check_error(c, document, n, "ref", nearest.len ? "misspelt-blank" : "blank-without-fill",
                        PARAMS(id, PARAM_OF_TEXT("nearest", nearest)));
        else if (!is_first_of_ref(passage, n))
            check_error(c, document, n, "ref", "double-blank", &id, 1);
    }
}

/* Nobody could type it. */
static void check_lengths(const struct check *c, const struct document *document, const xmlNode *fill)
{
    for (const xmlNode *accept = xml_child(fill, "accept"); accept; accept = xml_next_same(accept))
        if (utf8_count(xml_attr(accept, "value")) > MOST_CHARS)
            check_error(c, document, accept, "value", "long-accept", PARAMS(PARAM_OF_INT("most", MOST_CHARS)));
}

static void check_fill(const struct check *c, const struct document *document, const xmlNode *fill,
                       const xmlNode *passage)
{
    if (count_refs(passage, xml_attr(fill, "id")) == 0)
        check_error(c, document, fill, "id", "fill-without-blank", PARAMS(PARAM_OF_TEXT("id", xml_attr(fill, "id"))));
    if (xml_child(fill, "option"))
        options_check(c, document, fill, "option", false);
    else
        rules_check(c, document, fill);
    check_lengths(c, document, fill);
}

static void check(const struct check *c, const struct document *document, const xmlNode *node)
{
    const xmlNode *passage = xml_child(node, "passage");
    if (passage_count(passage) > MOST_GAPS || xml_count(node, "fill") > MOST_GAPS) {
        check_error(c, document, node, NULL, "too-many-gaps", PARAMS(PARAM_OF_INT("most", MOST_GAPS)));
        return;
    }
    if (passage_count(passage) == 0)
        check_error(c, document, passage, NULL, "no-blank", NO_PARAMS);
    check_blanks(c, document, node, passage);
    for (const xmlNode *fill = xml_child(node, "fill"); fill; fill = xml_next_same(fill))
        check_fill(c, document, fill, passage);
}

const struct kind kind_gap = {
    .name = "gap",
    .flag = "is_gap",
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
