/* question_item: see question_item.h. */
#include "page/question_item.h"

static void put_question(const struct question_item *item, struct doc_node *map)
{
    doc_put_text(map, "id", item->question->id);
    question_describe(item->question, item->course, item->seed, doc_put_map(map, "question"));
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

enum status question_item_given(const struct exchange *x, const struct pairs *fields, const struct question *question,
                                const char *field, struct given *given)
{
    size_t count;
    struct str *values = pairs_all(fields, field, x->arena, &count);
    *given = given_of(values, count, x->arena);
    enum status s = arena_status(x->arena);
    return s ? s : question_accepts(question, given);
}
