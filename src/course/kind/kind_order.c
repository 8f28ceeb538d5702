/* kind_order: items to be brought into their order. An answer is the ids of all of them; it is worth its right
 * successions, so it does not matter where a right piece stands. The order in which the form comes is drawn so that none
 * of its successions is right: who leaves it untouched has answered nothing and gains nothing. */
#include "course/check/check.h"
#include "course/kind/kind.h"
#include "course/prose/prose.h"

enum { MOST_ITEMS = 8 };

struct item {
    struct str id;
    struct str words; /* the same without markup */
    struct safe_html answer;
};

struct order {
    const struct item *items; /* as they belong */
    size_t count;             /* 3..MOST_ITEMS */
};

/* Items by their places in struct order. */
struct sequence {
    size_t at[MOST_ITEMS];
};

static const struct order *order_of(const struct question *q)
{
    return q->own;
}

static size_t find(const struct order *o, struct str id)
{
    size_t i = 0;
    while (i < o->count && !str_equal(o->items[i].id, id))
        i++;
    return i;
}

static bool accepts(const struct question *q, const struct given *g)
{
    const struct order *o = order_of(q);
    unsigned seen = 0;
    for (size_t i = 0; i < g->count && i < o->count; i++)
        seen |= 1u << find(o, g->values[i]);
    return g->count == o->count && seen == (1u << o->count) - 1;
}

static struct sequence sequence_of(const struct order *o, const struct given *g)
{
    struct sequence s = { { 0 } };
    for (size_t i = 0; i < o->count; i++)
        s.at[i] = find(o, g->values[i]);
    return s;
}

static size_t right_successions(const struct order *o, const struct sequence *s)
{
    size_t right = 0;
    for (size_t i = 1; i < o->count; i++)
        right += s->at[i] == s->at[i - 1] + 1;
    return right;
}

static int points(const struct question *q, const struct given *g)
{
    const struct order *o = order_of(q);
    struct sequence s = sequence_of(o, g);
    return kind_share(q, right_successions(o, &s), o->count - 1);
}

/* Drawn anew until no succession is right: about every third draw is so. */
static struct sequence start_order(const struct question *q, uint64_t seed)
{
    const struct order *o = order_of(q);
    struct random r = random_of(seed, q->id);
    struct sequence s = { { 0 } };
    for (size_t i = 0; i < o->count; i++)
        s.at[i] = i;
    while (right_successions(o, &s) > 0)
        random_shuffle(&r, s.at, o->count);
    return s;
}

static bool untouched(const struct question *q, uint64_t seed, const struct given *g)
{
    const struct order *o = order_of(q);
    struct sequence start = start_order(q, seed);
    size_t same = 0;
    while (same < o->count && same < g->count && str_equal(g->values[same], o->items[start.at[same]].id))
        same++;
    return same == o->count && g->count == o->count;
}

static struct given given_of_sequence(const struct order *o, const struct sequence *s, struct arena *a)
{
    struct str *values = ARENA_ARRAY(a, o->count, struct str);
    for (size_t i = 0; i < o->count && values; i++)
        values[i] = o->items[s->at[i]].id;
    return kind_given(values, o->count);
}

static struct sequence right_order(const struct order *o)
{
    struct sequence s = { { 0 } };
    for (size_t i = 0; i < o->count; i++)
        s.at[i] = i;
    return s;
}

static struct given solve(const struct question *q, struct arena *a)
{
    struct sequence s = right_order(order_of(q));
    return given_of_sequence(order_of(q), &s, a);
}

static struct given guess(const struct question *q, struct random *r, struct arena *a)
{
    struct sequence s = right_order(order_of(q));
    random_shuffle(r, s.at, order_of(q)->count);
    return given_of_sequence(order_of(q), &s, a);
}

/* ---- document leaves ---- */

static struct doc_node *add_item(struct doc_node *list, const struct item *item)
{
    struct doc_node *map = doc_add_map(list);
    doc_put_text(map, "id", item->id);
    doc_put_html(map, "answer", item->answer);
    return map;
}

static void describe(const struct question *q, uint64_t seed, struct doc_node *map, struct doc_node *options,
                     struct doc_node *parts)
{
    const struct order *o = order_of(q);
    struct sequence s = start_order(q, seed);
    (void)parts;
    doc_put_bool(map, "several", false);
    for (size_t i = 0; i < o->count; i++)
        add_item(options, &o->items[s.at[i]]);
}

static void form(const struct question *q, uint64_t seed, const struct given *g, struct str html_id,
                 struct doc_node *map)
{
    const struct order *o = order_of(q);
    struct sequence s = accepts(q, g) ? sequence_of(o, g) : start_order(q, seed);
    struct doc_node *rows = doc_put_list(map, "rows");
    for (size_t i = 0; i < o->count; i++) {
        const struct item *item = &o->items[s.at[i]];
        struct doc_node *row = add_item(rows, item);
        kind_put_id(row, "html_id", html_id, item->id);
        doc_put_text(row, "words", item->words);
        doc_put_int(row, "place", (int64_t)i + 1);
        doc_put_int(row, "of", (int64_t)o->count);
        doc_put_bool(row, "is_first", i == 0);
        doc_put_bool(row, "is_last", i + 1 == o->count);
    }
}

/* The first one has nobody before it: it is right where it begins the right order. */
static enum outcome outcome_at(const struct sequence *s, size_t i)
{
    bool right = i == 0 ? s->at[0] == 0 : s->at[i] == s->at[i - 1] + 1;
    return right ? RIGHTLY_CHOSEN : WRONGLY_CHOSEN;
}

static void add_place(struct doc_node *marks, const struct item *item, size_t place, enum outcome outcome)
{
    struct str number = marks ? str_format(marks->arena, "%zu.", place + 1) : STR_NONE;
    kind_add_mark(marks, &(struct mark){
                             .id = item->id,
                             .label = (struct safe_html){ number },
                             .answer = item->answer,
                             .outcome = outcome,
                         });
}

static void result(const struct question *q, uint64_t seed, const struct given *g, struct doc_node *map,
                   struct doc_node *marks)
{
    const struct order *o = order_of(q);
    bool answered = accepts(q, g);
    struct sequence s = answered ? sequence_of(o, g) : right_order(o);
    (void)seed;
    kind_put_about(map, (struct safe_html){ STR_NONE }, (struct safe_html){ STR_NONE });
    for (size_t i = 0; i < o->count; i++)
        add_place(marks, &o->items[s.at[i]], i, answered ? outcome_at(&s, i) : MISSED);
    bool shows_right_order = answered && right_successions(o, &s) + 1 < o->count;
    struct doc_node *solution = shows_right_order ? doc_put_list(doc_put_map(map, "right_order"), "items") : NULL;
    if (!shows_right_order)
        doc_put_null(map, "right_order");
    for (size_t i = 0; i < o->count; i++)
        add_item(solution, &o->items[i]);
}

/* ---- from the pack ---- */

static enum status parse(struct prose *p, const xmlNode *node, struct question *q)
{
    size_t count = xml_count(node, "item");
    struct order *order = ARENA_NEW(p->arena, struct order);
    struct item *items = ARENA_ARRAY(p->arena, count, struct item);
    if (!order || !items)
        return NO_MEMORY;
    *order = (struct order){ .items = items };
    q->own = order;
    for (const xmlNode *n = xml_child(node, "item"); n; n = xml_next_same(n))
        items[order->count++] = (struct item){
            .id = str_copy(p->arena, xml_attr(n, "id")),
            .words = xml_text(n, p->arena),
            .answer = prose_phrase(p, n),
        };
    return count >= 3 && count <= MOST_ITEMS ? OK : CORRUPT;
}

static void check(const struct check *c, const struct document *document, const xmlNode *node)
{
    static const char *const names[] = { "item", NULL };
    check_most(c, document, node, "item", MOST_ITEMS);
    check_words_differ(c, document, node, names);
}

const struct kind kind_order = {
    .name = "order",
    .flag = "is_order",
    .check = check,
    .parse = parse,
    .accepts = accepts,
    .points = points,
    .untouched = untouched,
    .solve = solve,
    .guess = guess,
    .describe = describe,
    .form = form,
    .result = result,
};
