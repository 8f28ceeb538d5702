/* question_item: see question_item.h. */
#include "page/question_item.h"

#include "page/url.h"

struct str question_item_step(const struct exchange *x, const char *message, size_t number, size_t of)
{
    const struct message_param params[] = { PARAM_OF_INT("number", (int64_t)number), PARAM_OF_INT("of", (int64_t)of) };
    return message_text(x->app->messages, x->arena, x->lang, str_of(message), params, 2);
}

static void put_question(const struct question_item *item, struct doc_node *map)
{
    doc_put_text(map, "id", item->question->id);
    doc_put_text(map, "step", item->step);
    question_describe(item->question, item->seed, doc_put_map(map, "question"));
}

void question_item_put_form(const struct question_item *item, struct doc_node *map)
{
    struct doc_node *form = doc_put_map(map, "form");
    put_question(item, map);
    if (form)
        question_form(item->question, item->seed, item->given, item->field, STR("q-"), form);
    if (item->error.len)
        doc_put_text(map, "error", item->error);
    else
        doc_put_null(map, "error");
}

void question_item_put_result(const struct question_item *item, struct doc_node *map)
{
    static const struct given nothing = { 0 };
    const struct given *given = item->given ? item->given : &nothing;
    struct doc_node *result = doc_put_map(map, "result");
    put_question(item, map);
    if (result)
        question_result(item->question, item->course, item->seed, given, result);
}

/* ---------- reading an answer ---------- */

/* Whether the field's value belongs to the answer, and that value: of a field part.ITEM.PART it is "PART:VALUE". */
static bool value_of(const struct exchange *x, const struct pair *pair, const char *field, struct str parts,
                     struct str *value)
{
    *value = pair->value;
    if (str_is(pair->name, field))
        return true;
    if (!str_starts(pair->name, parts) || str_trim(pair->value).len == 0)
        return false;
    struct str part = str_part(pair->name, parts.len, pair->name.len);
    *value = str_format(x->arena, "%.*s:%.*s", STR_ARG(part), STR_ARG(str_trim(pair->value)));
    return true;
}

/* A pressed button of an order: which item, and where to. */
struct move {
    struct str item;
    bool up;
};

static bool read_move(const struct pairs *fields, const struct question *question, struct move *move)
{
    struct str direction = pairs_get(fields, "move"), id = str_cut(&direction, '.');
    move->item = str_cut(&direction, '.');
    move->up = str_is(direction, "up");
    return str_equal(id, question->id) && move->item.len && (move->up || str_is(direction, "down"));
}

struct str question_item_moved(const struct exchange *x, const struct pairs *fields, const struct question *question)
{
    struct move move;
    if (!read_move(fields, question, &move))
        return STR_NONE;
    return str_format(x->arena, "q-%.*s_%.*s_%s", STR_ARG(question->id), STR_ARG(url_encode(x->arena, move.item)),
                      move.up ? "up" : "down");
}

/* The item changes places with its neighbour. */
static void apply_move(struct move move, struct given *given, struct str *values)
{
    size_t from = 0;
    while (from < given->count && !str_equal(values[from], move.item))
        from++;
    size_t to = move.up ? from - 1 : from + 1; /* before the first it is too large */
    if (from >= given->count || to >= given->count)
        return;
    values[from] = values[to];
    values[to] = move.item;
}

static bool is_untouched(const struct question *question, uint64_t seed, struct given given)
{
    given.dont_know = false; /* beside it the form is as untouched as without */
    return question_is_untouched(question, seed, &given);
}

/* An answer beside "don't know": one of them goes where the form says which counts. */
static void decide(const struct pairs *fields, struct str item, struct given *given, struct arena *a)
{
    struct str name = str_format(a, "counts.%.*s", STR_ARG(item));
    struct str counts = name.at ? pairs_get(fields, name.at) : STR_NONE;
    if (str_is(counts, "answer"))
        given->dont_know = false;
    else if (str_is(counts, "skip"))
        given->count = 0;
}

enum status question_item_given(const struct exchange *x, const struct pairs *fields, const struct question *question,
                                uint64_t seed, const char *field, struct given *given)
{
    struct str *values = ARENA_ARRAY(x->arena, fields->count + 1, struct str);
    struct str parts = str_format(x->arena, "part.%.*s.", STR_ARG(question->id));
    struct move move;
    size_t count = 0;
    for (size_t i = 0; values && i < fields->count; i++)
        count += value_of(x, &fields->list[i], field, parts, &values[count]);
    *given = given_of(values, count, x->arena);
    if (given->values && read_move(fields, question, &move)) {
        for (size_t i = 0; i < given->count; i++)
            values[i] = given->values[i];
        given->values = values;
        apply_move(move, given, values);
    }
    if (is_untouched(question, seed, *given))
        given->count = 0;
    if (given->dont_know && given->count)
        decide(fields, question->id, given, x->arena);
    enum status s = arena_status(x->arena);
    return s ? s : question_accepts(question, given);
}
