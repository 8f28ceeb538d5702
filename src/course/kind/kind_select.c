/* kind_select: passages marked in running text or in the cells of a table; some are those that matter. */
#include "course/check/check.h"
#include "course/kind/option.h"
#include "course/kind/passage.h"
#include "course/prose/prose.h"

enum { MOST_MARKS = GIVEN_MAX_VALUES };

struct select {
    struct options options; /* the marks in reading order */
    struct passage passage;
    struct safe_html verdicts[RIGHTLY_LEFT]; /* by outcome, in the passage's language */
};

static const struct select *select_of(const struct question *q)
{
    return q->own;
}

static bool accepts(const struct question *q, const struct given *g)
{
    return options_accept(&select_of(q)->options, g);
}

static int points(const struct question *q, const struct given *g)
{
    return options_points(&select_of(q)->options, g, q->all_or_nothing);
}

static struct given solve(const struct question *q, struct arena *a)
{
    return options_solve(&select_of(q)->options, a);
}

static struct given guess(const struct question *q, struct random *r, struct arena *a)
{
    return options_guess(&select_of(q)->options, r, a);
}

/* ---- document leaves: always in reading order, whatever the seed ---- */

static struct safe_html plain_passage(const struct select *select, struct arena *a)
{
    struct safe_html *words = ARENA_ARRAY(a, select->options.count, struct safe_html);
    for (size_t i = 0; i < select->options.count && words; i++)
        words[i] = select->options.list[i].answer;
    return words ? passage_with(&select->passage, words, a) : (struct safe_html){ STR_NONE };
}

static void describe(const struct question *q, uint64_t seed, struct doc_node *map, struct doc_node *options,
                     struct doc_node *parts)
{
    (void)seed;
    (void)parts;
    doc_put_bool(map, "several", true);
    options_describe(q, &select_of(q)->options, 0, options);
    if (map)
        doc_put_html(map, "passage", plain_passage(select_of(q), map->arena));
}

static void put_mark(const struct option *option, const struct given *g, struct str html_id, struct doc_node *map)
{
    doc_put_text(map, "id", option->id);
    doc_put_html(map, "answer", option->answer);
    kind_put_id(map, "html_id", html_id, option->id);
    doc_put_bool(map, "checked", options_is_chosen(g, option));
}

static void form(const struct question *q, uint64_t seed, const struct given *g, struct str html_id,
                 struct doc_node *map)
{
    (void)seed;
    const struct select *select = select_of(q);
    struct doc_node *pieces = doc_put_list(map, "pieces");
    doc_put_int(doc_put_map(map, "marked"), "n", (int64_t)g->count);
    for (size_t i = 0; i <= select->passage.places; i++) {
        struct doc_node *piece = doc_add_map(pieces);
        kind_put_html(piece, "html", select->passage.pieces[i]);
        if (i < select->passage.places)
            put_mark(&select->options.list[i], g, html_id, doc_put_map(piece, "mark"));
        else
            doc_put_null(piece, "mark");
    }
}

/* A passage that was rightly left alone is its words. */
static struct safe_html marked_words(const struct select *select, const struct option *option, const struct given *g,
                                     struct arena *a)
{
    static const char *const classes[] = { "is-right", "is-wrong", "is-missed" };
    enum outcome outcome = options_outcome(option, options_is_chosen(g, option));
    if (outcome == RIGHTLY_LEFT)
        return option->answer;
    return (struct safe_html){ str_format(
        a, "<span class=\"passage__mark %s\">%.*s <small class=\"passage__verdict\">%.*s</small></span>",
        classes[outcome], STR_ARG(option->answer.markup), STR_ARG(select->verdicts[outcome].markup)) };
}

static struct safe_html marked_passage(const struct select *select, const struct given *g, struct arena *a)
{
    struct safe_html *words = ARENA_ARRAY(a, select->options.count, struct safe_html);
    for (size_t i = 0; i < select->options.count && words; i++)
        words[i] = marked_words(select, &select->options.list[i], g, a);
    return words ? passage_with(&select->passage, words, a) : (struct safe_html){ STR_NONE };
}

static void result(const struct question *q, uint64_t seed, const struct given *g, struct doc_node *map,
                   struct doc_node *marks)
{
    (void)seed;
    if (map)
        kind_put_about(map, (struct safe_html){ STR_NONE }, marked_passage(select_of(q), g, map->arena));
    options_result(q, &select_of(q)->options, 0, g, marks);
}

/* ---- from the pack ---- */

static void parse_words(struct prose *p, struct select *select)
{
    select->verdicts[RIGHTLY_CHOSEN] = passage_word(p, "course-marked-rightly");
    select->verdicts[WRONGLY_CHOSEN] = passage_word(p, "course-marked-wrongly");
    select->verdicts[MISSED] = passage_word(p, "course-marked-missed");
}

static enum status parse_marks(struct prose *p, const xmlNode *passage, struct options *o)
{
    struct option *list = ARENA_ARRAY(p->arena, passage_count(passage), struct option);
    if (!list)
        return NO_MEMORY;
    *o = (struct options){ .list = list, .several = true };
    for (const xmlNode *n = passage; (n = passage_place(passage, n)); o->count++) {
        list[o->count] = (struct option){
            .id = str_copy(p->arena, xml_attr(n, "id")),
            .answer = prose_phrase(p, n),
            .feedback = prose_phrase(p, xml_child(n, "feedback")),
            .correct = xml_flag(n, "correct"),
        };
        o->key_count += list[o->count].correct;
    }
    return o->key_count && o->count <= MOST_MARKS ? OK : CORRUPT;
}

static enum status parse(struct prose *p, const xmlNode *node, struct question *q)
{
    struct select *select = ARENA_NEW(p->arena, struct select);
    const xmlNode *passage = xml_child(node, "passage");
    q->own = select;
    if (!select || !passage)
        return select ? CORRUPT : NO_MEMORY;
    parse_words(p, select);
    enum status status = passage_parse(p, passage, &select->passage);
    return status ? status : parse_marks(p, passage, &select->options);
}

static void check_words(const struct check *c, const struct document *document, const xmlNode *passage)
{
    for (const xmlNode *n = passage; (n = passage_place(passage, n));) {
        struct str words = xml_text(n, c->arena);
        const xmlNode *feedback = xml_child(n, "feedback");
        if (words.len == 0 || (feedback && str_equal(words, xml_text(feedback, c->arena))))
            check_error(c, document, n, NULL, "empty-mark", NO_PARAMS);
    }
}

static void check(const struct check *c, const struct document *document, const xmlNode *node)
{
    const xmlNode *passage = xml_child(node, "passage");
    size_t count = passage_count(passage), correct = 0;
    for (const xmlNode *n = passage; (n = passage_place(passage, n));)
        correct += xml_flag(n, "correct");
    if (count > MOST_MARKS)
        check_error(c, document, node, NULL, "too-many-marks", PARAMS(PARAM_OF_INT("most", MOST_MARKS)));
    else if (correct == 0)
        check_error(c, document, node, NULL, "no-correct-mark", NO_PARAMS);
    else if (correct == count)
        check_error(c, document, node, NULL, "no-wrong-mark", NO_PARAMS);
    check_words(c, document, passage);
}

const struct kind kind_select = {
    .name = "select",
    .flag = "is_select",
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
