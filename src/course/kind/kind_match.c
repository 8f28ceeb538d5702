/* kind_match: pairs to be joined. Each left text is given one of the right ones; spares belong to none.
 *
 * A right text goes by a token and not by its pair's id, and is never shown in the order of the pack: either would tell
 * what belongs together. */
#include "course/check/check.h"
#include "course/kind/kind.h"
#include "course/prose/prose.h"

enum { MOST_PAIRS = 8, MOST_SPARES = 4 };

struct pair {
    struct str id;
    struct safe_html left;
    struct safe_html feedback; /* markup empty: none */
};

struct right {
    struct str token;
    struct str words;
};

struct match {
    const struct pair *pairs;
    size_t count; /* of pairs */
    const struct right *rights; /* of the pairs, in their order, then the spares */
    size_t right_count;
};

static const struct match *match_of(const struct question *q)
{
    return q->own;
}

/* NULL: no such token, or nothing was given. */
static const struct right *find_right(const struct match *m, struct str token)
{
    for (size_t i = 0; i < m->right_count && token.len; i++)
        if (str_equal(m->rights[i].token, token))
            return &m->rights[i];
    return NULL;
}

/* Every value names a pair and a right text; as many pairs have one as there are values. */
static bool accepts(const struct question *q, const struct given *g)
{
    const struct match *m = match_of(q);
    size_t known = 0;
    for (size_t i = 0; i < m->count; i++)
        known += find_right(m, kind_part(g, m->pairs[i].id)) != NULL;
    return known == g->count && kind_parts_differ(g);
}

static bool is_right(const struct match *m, size_t i, const struct given *g)
{
    return str_equal(kind_part(g, m->pairs[i].id), m->rights[i].token);
}

static int points(const struct question *q, const struct given *g)
{
    const struct match *m = match_of(q);
    size_t right = 0;
    for (size_t i = 0; i < m->count; i++)
        right += is_right(m, i, g);
    return kind_share(q, right, m->count);
}

static struct given solve(const struct question *q, struct arena *a)
{
    const struct match *m = match_of(q);
    struct str *values = ARENA_ARRAY(a, m->count, struct str);
    for (size_t i = 0; i < m->count && values; i++)
        values[i] = kind_part_value(m->pairs[i].id, m->rights[i].token, a);
    return kind_given(values, m->count);
}

/* Now and then one that was left open, but for the first. */
static struct given guess(const struct question *q, struct random *r, struct arena *a)
{
    const struct match *m = match_of(q);
    struct str *values = ARENA_ARRAY(a, m->count, struct str);
    size_t count = 0;
    for (size_t i = 0; i < m->count && values; i++)
        if (i == 0 || random_below(r, 8))
            values[count++] = kind_part_value(m->pairs[i].id, m->rights[random_below(r, m->right_count)].token, a);
    return kind_given(values, count);
}

/* ---- document leaves ---- */

struct shown {
    size_t at[MOST_PAIRS + MOST_SPARES];
};

/* Drawn for seed 0, too: as written, the first belongs to the first. */
static struct shown draw_rights(const struct question *q, uint64_t seed)
{
    struct shown shown = { { 0 } };
    struct random r = random_of(seed, q->id);
    for (size_t i = 0; i < match_of(q)->right_count; i++)
        shown.at[i] = i;
    random_shuffle(&r, shown.at, match_of(q)->right_count);
    return shown;
}

static struct safe_html html_of(const struct doc_node *node, const struct right *right)
{
    return node && right ? safe_html_of_text(node->arena, right->words) : (struct safe_html){ STR_NONE };
}

static void describe(const struct question *q, uint64_t seed, struct doc_node *map, struct doc_node *options,
                     struct doc_node *parts)
{
    const struct match *m = match_of(q);
    struct shown shown = draw_rights(q, seed);
    (void)options;
    doc_put_bool(map, "several", false);
    for (size_t i = 0; i < m->count; i++) {
        struct doc_node *part = doc_add_map(parts);
        doc_put_text(part, "id", m->pairs[i].id);
        doc_put_html(part, "label", m->pairs[i].left);
        struct doc_node *rights = doc_put_list(part, "options");
        for (size_t k = 0; k < m->right_count; k++) {
            struct doc_node *right = doc_add_map(rights);
            doc_put_text(right, "id", m->rights[shown.at[k]].token);
            doc_put_html(right, "answer", html_of(rights, &m->rights[shown.at[k]]));
        }
    }
}

static void form(const struct question *q, uint64_t seed, const struct given *g, struct str html_id,
                 struct doc_node *map)
{
    const struct match *m = match_of(q);
    struct shown shown = draw_rights(q, seed);
    struct doc_node *rows = doc_put_list(map, "rows");
    for (size_t i = 0; i < m->count; i++) {
        struct doc_node *row = doc_add_map(rows);
        doc_put_text(row, "id", m->pairs[i].id);
        doc_put_html(row, "label", m->pairs[i].left);
        kind_put_id(row, "html_id", html_id, m->pairs[i].id);
        struct doc_node *rights = doc_put_list(row, "options");
        for (size_t k = 0; k < m->right_count; k++) {
            const struct right *right = &m->rights[shown.at[k]];
            struct doc_node *option = doc_add_map(rights);
            doc_put_text(option, "id", right->token);
            doc_put_text(option, "words", right->words);
            doc_put_bool(option, "selected", str_equal(kind_part(g, m->pairs[i].id), right->token));
        }
    }
}

static void result(const struct question *q, uint64_t seed, const struct given *g, struct doc_node *map,
                   struct doc_node *marks)
{
    const struct match *m = match_of(q);
    (void)seed;
    kind_put_about(map, (struct safe_html){ STR_NONE }, (struct safe_html){ STR_NONE });
    for (size_t i = 0; i < m->count; i++) {
        const struct right *given = find_right(m, kind_part(g, m->pairs[i].id));
        bool right = is_right(m, i, g);
        kind_add_mark(marks, &(struct mark){
                                 .id = m->pairs[i].id,
                                 .label = m->pairs[i].left,
                                 .answer = html_of(marks, given),
                                 .solution = html_of(marks, right ? NULL : &m->rights[i]),
                                 .feedback = m->pairs[i].feedback,
                                 .outcome = right ? RIGHTLY_CHOSEN : given ? WRONGLY_CHOSEN : MISSED,
                             });
    }
}

/* ---- from the pack ---- */

/* Stored in answers: what it is made of must never change. */
static struct str token_of(const struct question *q, struct str id, struct arena *a)
{
    struct random r = random_of(0, str_format(a, "%.*s/%.*s", STR_ARG(q->id), STR_ARG(id)));
    return str_format(a, "%08x", (unsigned)(random_next(&r) >> 32));
}

static struct right right_of(struct prose *p, const struct question *q, const xmlNode *owner, const xmlNode *words)
{
    return (struct right){ token_of(q, xml_attr(owner, "id"), p->arena), xml_text(words, p->arena) };
}

static enum status parse(struct prose *p, const xmlNode *node, struct question *q)
{
    size_t count = xml_count(node, "pair"), spares = xml_count(node, "spare");
    struct match *match = ARENA_NEW(p->arena, struct match);
    struct pair *pairs = ARENA_ARRAY(p->arena, count, struct pair);
    struct right *rights = ARENA_ARRAY(p->arena, count + spares, struct right);
    if (!match || !pairs || !rights)
        return NO_MEMORY;
    *match = (struct match){ .pairs = pairs, .rights = rights };
    q->own = match;
    for (const xmlNode *n = xml_child(node, "pair"); n; n = xml_next_same(n)) {
        pairs[match->count++] = (struct pair){
            .id = str_copy(p->arena, xml_attr(n, "id")),
            .left = prose_phrase(p, xml_child(n, "left")),
            .feedback = prose_phrase(p, xml_child(n, "feedback")),
        };
        rights[match->right_count++] = right_of(p, q, n, xml_child(n, "right"));
    }
    for (const xmlNode *n = xml_child(node, "spare"); n; n = xml_next_same(n))
        rights[match->right_count++] = right_of(p, q, n, n);
    return count >= 2 && count <= MOST_PAIRS && spares <= MOST_SPARES ? OK : CORRUPT;
}

static void check(const struct check *c, const struct document *document, const xmlNode *node)
{
    static const char *const lefts[] = { "left", NULL }, *const rights[] = { "right", "spare", NULL };
    check_most(c, document, node, "pair", MOST_PAIRS);
    check_most(c, document, node, "spare", MOST_SPARES);
    check_words_differ(c, document, node, lefts);
    check_words_differ(c, document, node, rights);
}

const struct kind kind_match = {
    .name = "match",
    .flag = "is_match",
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
