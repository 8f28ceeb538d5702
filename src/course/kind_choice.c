/* kind_choice: options, of which one or several are keys. */
#include "course/kind.h"
#include "course/prose.h"
#include "course/random.h"
#include "course/xml.h"

static const struct option *find_option(const struct question *q, struct str id)
{
    for (size_t i = 0; i < q->option_count; i++)
        if (str_equal(q->options[i].id, id))
            return &q->options[i];
    return NULL;
}

static bool is_chosen(const struct given *g, const struct option *option)
{
    for (size_t i = 0; i < g->count; i++)
        if (str_equal(g->values[i], option->id))
            return true;
    return false;
}

static bool stands_before(const struct given *g, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_equal(g->values[i], g->values[at]))
            return true;
    return false;
}

static bool accepts(const struct question *q, const struct given *g)
{
    if (!q->several && g->count > 1)
        return false;
    for (size_t i = 0; i < g->count; i++)
        if (!find_option(q, g->values[i]) || stands_before(g, i))
            return false;
    return true;
}

static int points(const struct question *q, const struct given *g)
{
    size_t right = 0, wrong = 0;
    for (size_t i = 0; i < q->option_count; i++) {
        bool chosen = is_chosen(g, &q->options[i]);
        right += chosen && q->options[i].correct;
        wrong += chosen && !q->options[i].correct;
    }
    if (!q->several || q->all_or_nothing)
        return right == q->key_count && wrong == 0 ? 1000 : 0;
    return right > wrong ? (int)((right - wrong) * 1000 / q->key_count) : 0;
}

/* ---- document leaves ---- */

/* The options in the order that the seed draws, each question its own. */
static const struct option **in_order(const struct question *q, uint64_t seed, struct arena *a)
{
    const struct option **order = ARENA_ARRAY(a, q->option_count, const struct option *);
    for (size_t i = 0; i < q->option_count && order; i++)
        order[i] = &q->options[i];
    struct random r = random_of(seed, q->id);
    for (size_t left = q->option_count; left > 1 && order && seed; left--) {
        size_t pick = (size_t)random_below(&r, left);
        const struct option *last = order[left - 1];
        order[left - 1] = order[pick];
        order[pick] = last;
    }
    return order;
}

static struct doc_node *add_option(struct doc_node *options, const struct option *option)
{
    struct doc_node *map = doc_add_map(options);
    doc_put_text(map, "id", option->id);
    doc_put_html(map, "answer", option->answer);
    return map;
}

static void describe(const struct question *q, uint64_t seed, struct doc_node *options)
{
    const struct option **order = options ? in_order(q, seed, options->arena) : NULL;
    for (size_t i = 0; i < q->option_count && order; i++)
        add_option(options, order[i]);
}

static void form(const struct question *q, uint64_t seed, const struct given *g, struct str html_id,
                 struct doc_node *map, struct doc_node *options)
{
    (void)map;
    const struct option **order = options ? in_order(q, seed, options->arena) : NULL;
    for (size_t i = 0; i < q->option_count && order; i++) {
        struct doc_node *node = add_option(options, order[i]);
        struct str id = str_format(options->arena, "%.*s_%.*s", STR_ARG(html_id), STR_ARG(order[i]->id));
        doc_put_text(node, "html_id", id);
        doc_put_bool(node, "checked", is_chosen(g, order[i]));
    }
}

static void put_outcome(struct doc_node *node, const struct option *option, bool chosen)
{
    doc_put_bool(node, "chosen", chosen);
    doc_put_bool(node, "correct", option->correct);
    kind_put_html(node, "feedback", option->feedback);
    doc_put_bool(node, "is_rightly_chosen", chosen && option->correct);
    doc_put_bool(node, "is_wrongly_chosen", chosen && !option->correct);
    doc_put_bool(node, "is_missed", !chosen && option->correct);
    doc_put_bool(node, "is_rightly_left", !chosen && !option->correct);
}

static void result(const struct question *q, uint64_t seed, const struct given *g, struct doc_node *map,
                   struct doc_node *options)
{
    const struct option *only = !q->several && g->count == 1 ? find_option(q, g->values[0]) : NULL;
    doc_put_null(map, "given");
    doc_put_null(map, "solution");
    kind_put_html(map, "feedback", only ? only->feedback : (struct safe_html){ STR_NONE });
    const struct option **order = options ? in_order(q, seed, options->arena) : NULL;
    for (size_t i = 0; i < q->option_count && order; i++)
        put_outcome(add_option(options, order[i]), order[i], is_chosen(g, order[i]));
}

/* ---- from the pack ---- */

static struct option option_of(struct prose *p, const xmlNode *node)
{
    return (struct option){
        .id = str_copy(p->arena, xml_attr(node, "id")),
        .answer = prose_phrase(p, xml_child(node, "answer")),
        .answer_text = xml_text(xml_child(node, "answer"), p->arena),
        .feedback = prose_phrase(p, xml_child(node, "feedback")),
        .correct = xml_flag(node, "correct"),
    };
}

static enum status parse(struct prose *p, const xmlNode *node, struct question *q)
{
    size_t count = xml_count(node, "option");
    struct option *options = ARENA_ARRAY(p->arena, count, struct option);
    if (!options)
        return NO_MEMORY;
    q->options = options;
    q->several = str_is(xml_attr(node, "answers"), "several");
    for (const xmlNode *n = xml_child(node, "option"); n; n = xml_next_same(n)) {
        options[q->option_count] = option_of(p, n);
        q->key_count += options[q->option_count++].correct;
    }
    bool keyed = q->several ? q->key_count >= 1 : q->key_count == 1;
    return keyed && count <= GIVEN_MAX_VALUES ? OK : CORRUPT;
}

const struct kind kind_choice = {
    .name = "choice",
    .flag = "is_choice",
    .parse = parse,
    .accepts = accepts,
    .points = points,
    .describe = describe,
    .form = form,
    .result = result,
};
