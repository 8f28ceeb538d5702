/* option: see option.h. */
#include "course/kind/option.h"

#include "course/check/check.h"
#include "course/prose/prose.h"

const struct option *options_find(const struct options *o, struct str id)
{
    for (size_t i = 0; i < o->count; i++)
        if (str_equal(o->list[i].id, id))
            return &o->list[i];
    return NULL;
}

bool options_is_chosen(const struct given *g, const struct option *option)
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

bool options_accept(const struct options *o, const struct given *g)
{
    if (!o->several && g->count > 1)
        return false;
    for (size_t i = 0; i < g->count; i++)
        if (!options_find(o, g->values[i]) || stands_before(g, i))
            return false;
    return true;
}

int options_points(const struct options *o, const struct given *g, bool all_or_nothing)
{
    size_t right = 0, wrong = 0;
    for (size_t i = 0; i < o->count; i++) {
        bool chosen = options_is_chosen(g, &o->list[i]);
        right += chosen && o->list[i].correct;
        wrong += chosen && !o->list[i].correct;
    }
    if (!o->several || all_or_nothing)
        return right == o->key_count && wrong == 0 ? 1000 : 0;
    return right > wrong ? (int)((right - wrong) * 1000 / o->key_count) : 0;
}

struct given options_solve(const struct options *o, struct arena *a)
{
    struct str *values = ARENA_ARRAY(a, o->key_count, struct str);
    size_t count = 0;
    for (size_t i = 0; i < o->count && values; i++)
        if (o->list[i].correct)
            values[count++] = o->list[i].id;
    return kind_given(values, count);
}

struct given options_guess(const struct options *o, struct random *r, struct arena *a)
{
    struct str *values = ARENA_ARRAY(a, o->count, struct str);
    size_t count = 0;
    for (size_t i = 0; i < o->count && o->several && values; i++)
        if (random_below(r, 2))
            values[count++] = o->list[i].id;
    if (count == 0 && values)
        values[count++] = o->list[random_below(r, o->count)].id;
    return kind_given(values, count);
}

enum outcome options_outcome(const struct option *option, bool chosen)
{
    if (chosen)
        return option->correct ? RIGHTLY_CHOSEN : WRONGLY_CHOSEN;
    return option->correct ? MISSED : RIGHTLY_LEFT;
}

/* ---- document leaves ---- */

static struct doc_node *add_option(struct doc_node *list, const struct option *option)
{
    struct doc_node *map = doc_add_map(list);
    doc_put_text(map, "id", option->id);
    doc_put_html(map, "answer", option->answer);
    return map;
}

void options_describe(const struct question *q, const struct options *o, uint64_t seed, struct doc_node *list)
{
    const size_t *order = list ? kind_shuffle(q, seed, o->count, list->arena) : NULL;
    for (size_t i = 0; i < o->count && order; i++)
        add_option(list, &o->list[order[i]]);
}

void options_form(const struct question *q, const struct options *o, uint64_t seed, const struct given *g,
                  struct str html_id, struct doc_node *list)
{
    const size_t *order = list ? kind_shuffle(q, seed, o->count, list->arena) : NULL;
    for (size_t i = 0; i < o->count && order; i++) {
        const struct option *option = &o->list[order[i]];
        struct doc_node *map = add_option(list, option);
        kind_put_id(map, "html_id", html_id, option->id);
        doc_put_bool(map, "checked", options_is_chosen(g, option));
    }
}

void options_result(const struct question *q, const struct options *o, uint64_t seed, const struct given *g,
                    struct doc_node *marks)
{
    const size_t *order = marks ? kind_shuffle(q, seed, o->count, marks->arena) : NULL;
    for (size_t i = 0; i < o->count && order; i++) {
        const struct option *option = &o->list[order[i]];
        kind_add_mark(marks, &(struct mark){
                                 .id = option->id,
                                 .answer = option->answer,
                                 .feedback = option->feedback,
                                 .outcome = options_outcome(option, options_is_chosen(g, option)),
                             });
    }
}

/* ---- from the pack ---- */

static struct option option_of(struct prose *p, const xmlNode *node)
{
    return (struct option){
        .id = str_copy(p->arena, xml_attr(node, "id")),
        .answer = prose_phrase(p, xml_child(node, "answer")),
        .feedback = prose_phrase(p, xml_child(node, "feedback")),
        .correct = xml_flag(node, "correct"),
    };
}

enum status options_parse(struct prose *p, const xmlNode *parent, const char *child, bool several, struct options *o)
{
    size_t count = xml_count(parent, child);
    struct option *list = ARENA_ARRAY(p->arena, count, struct option);
    if (!list)
        return NO_MEMORY;
    *o = (struct options){ .list = list, .several = several };
    for (const xmlNode *n = xml_child(parent, child); n; n = xml_next_same(n)) {
        list[o->count] = option_of(p, n);
        o->key_count += list[o->count++].correct;
    }
    bool keyed = several ? o->key_count >= 1 : o->key_count == 1;
    return keyed && count <= GIVEN_MAX_VALUES ? OK : CORRUPT;
}

/* ---- checked ---- */

enum { MOST_OPTIONS = 10 };

static size_t count_correct(const xmlNode *parent, const char *child)
{
    size_t count = 0;
    for (const xmlNode *option = xml_child(parent, child); option; option = xml_next_same(option))
        count += xml_flag(option, "correct");
    return count;
}

static const xmlNode *second_correct(const xmlNode *parent, const char *child)
{
    size_t seen = 0;
    const xmlNode *option = xml_child(parent, child);
    while (option && (seen += xml_flag(option, "correct")) < 2)
        option = xml_next_same(option);
    return option;
}

static void check_key(const struct check *check, const struct document *document, const xmlNode *parent,
                      const char *child, bool several)
{
    size_t correct = count_correct(parent, child);
    if (correct == 0)
        check_error(check, document, parent, NULL, "no-correct-option", NO_PARAMS);
    else if (!several && correct > 1)
        check_error(check, document, second_correct(parent, child), "correct", "second-correct-option", NO_PARAMS);
    else if (several && correct == xml_count(parent, child))
        check_error(check, document, parent, NULL, "no-wrong-option", NO_PARAMS);
}

static struct str answer_text(const struct check *check, const xmlNode *option)
{
    return xml_text(xml_child(option, "answer"), check->arena);
}

static void check_answers_differ(const struct check *check, const struct document *document, const xmlNode *parent,
                                 const char *child)
{
    for (const xmlNode *again = xml_child(parent, child); again; again = xml_next_same(again)) {
        struct str text = answer_text(check, again);
        const xmlNode *first = xml_child(parent, child);
        while (first != again && !str_equal(text, answer_text(check, first)))
            first = xml_next_same(first);
        if (text.len == 0)
            check_error(check, document, again, NULL, "empty-answer", NO_PARAMS);
        else if (first != again)
            check_error(check, document, again, NULL, "double-answer",
                        PARAMS(PARAM_OF_TEXT("text", text), check_line_of(check, document, first)));
    }
}

void options_check(const struct check *check, const struct document *document, const xmlNode *parent, const char *child,
                   bool several)
{
    if (xml_count(parent, child) > MOST_OPTIONS) {
        check_error(check, document, parent, NULL, "too-many-options", PARAMS(PARAM_OF_INT("most", MOST_OPTIONS)));
        return;
    }
    check_key(check, document, parent, child, several);
    check_answers_differ(check, document, parent, child);
}
