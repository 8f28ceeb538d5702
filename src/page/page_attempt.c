/* page_attempt: an open attempt: one question at a time, all on one page, and the last look before handing in. */
#include "ext/token.h"
#include "page/exam.h"
#include "page/frame.h"
#include "page/page.h"
#include "page/question_item.h"
#include "page/study.h"

/* A finished attempt has only its result to show; data (.json) stays readable at its address. */
static bool leads_to_result(struct exchange *x, const struct exam *exam)
{
    if (!exam->attempt->finished || x->request->format != FORMAT_HTML)
        return false;
    exchange_redirect(x, exam_url(x, exam, "/result"));
    return true;
}

static void put_item(const struct exchange *x, const struct exam *exam, size_t i, struct str field, struct doc_node *map)
{
    const struct exam_item *item = &exam->items[i];
    struct question_item shown = {
        .question = item->question,
        .course = exam->course,
        .seed = (uint64_t)exam->attempt->seed,
        .given = item->answered ? &item->given : NULL,
        .step = question_item_step(x, "attempt-position", i + 1, exam->count),
        .field = field,
    };
    doc_put_text(map, "shown", item->mark);
    question_item_put_form(&shown, map);
}

static void put_questions_data(struct exchange *x, const struct exam *exam)
{
    struct doc_node *list = doc_put_list(x->doc->data, "questions");
    for (size_t i = 0; i < exam->count; i++) {
        struct doc_node *row = doc_add_map(list);
        doc_put_int(row, "number", (int64_t)i + 1);
        doc_put_bool(row, "answered", exam->items[i].answered);
        doc_put_bool(row, "dont_know", exam->items[i].given.dont_know);
        if (row)
            question_describe(exam->items[i].question, (uint64_t)exam->attempt->seed, row);
        struct doc_node *given = doc_put_list(row, "given");
        for (size_t v = 0; v < exam->items[i].given.count; v++)
            doc_add_text(given, exam->items[i].given.values[v]);
    }
}

static size_t number_asked(const struct exchange *x, const struct exam *exam)
{
    int64_t number = exam->attempt->position;
    (void)str_to_int(exchange_query(x, "number"), &number);
    return number < 1 ? 1 : (size_t)number > exam->count ? exam->count : (size_t)number;
}

static void put_actions(struct exchange *x, const struct exam *exam, struct str default_go)
{
    exam_put_language_form(x, exam, default_go);
    doc_put_url(x->doc->view, "action", exam_url(x, exam, "/answers"));
    doc_put_text(x->doc->view, "key", token_new(x->arena));
}

static void put_title(struct exchange *x, const struct exam *exam, size_t number)
{
    struct message_param params[] = { PARAM_OF_INT("number", (int64_t)number), PARAM_OF_INT("of", (int64_t)exam->count) };
    struct str position = message_text(x->app->messages, x->arena, x->lang, STR("attempt-position"), params, 2);
    exchange_title(x, str_format(x->arena, "%.*s, %.*s", STR_ARG(position), STR_ARG(exam->course->title)));
}

enum status page_attempt(struct exchange *x)
{
    struct exam exam;
    enum status s = exam_open(x, &exam);
    if (s || leads_to_result(x, &exam))
        return s;
    exam_put_head(x, &exam);
    if (x->request->format != FORMAT_HTML) {
        doc_put_bool(x->doc->data, "finished", exam.attempt->finished);
        put_questions_data(x, &exam);
        return OK;
    }
    size_t number = number_asked(x, &exam);
    struct doc_node *view = x->doc->view;
    doc_put_int(x->doc->data, "number", (int64_t)number);
    if (exam.count)
        put_item(x, &exam, number - 1, STR("answer"), doc_put_map(view, "item"));
    doc_put_bool(view, "first", number <= 1);
    doc_put_bool(view, "last", number == exam.count);
    doc_put_url(view, "all_url", exam_url(x, &exam, "/all"));
    doc_put_url(view, "review_url", exam_url(x, &exam, "/review"));
    exam_put_numbers(x, &exam, number);
    put_actions(x, &exam, STR("next"));
    put_title(x, &exam, number);
    return OK;
}

enum status page_attempt_all(struct exchange *x)
{
    struct exam exam;
    enum status s = exam_open(x, &exam);
    if (s || leads_to_result(x, &exam))
        return s;
    exam_put_head(x, &exam);
    struct doc_node *list = doc_put_list(x->doc->view, "items");
    for (size_t i = 0; i < exam.count; i++) {
        struct doc_node *row = doc_add_map(list);
        doc_put_int(row, "number", (int64_t)i + 1);
        struct str field = str_format(x->arena, "answer.%.*s", STR_ARG(exam.items[i].question->id));
        put_item(x, &exam, i, field, row);
    }
    if (exchange_query(x, "saved").at)
        frame_notice(x, "success", exchange_say(x, "page-saved"));
    doc_put_url(x->doc->view, "one_url", exam_url(x, &exam, ""));
    put_actions(x, &exam, STR("save"));
    exchange_title(x, str_format(x->arena, "%.*s, %.*s", STR_ARG(exchange_say(x, "attempt-all")),
                                 STR_ARG(exam.course->title)));
    return OK;
}

enum status page_attempt_review(struct exchange *x)
{
    struct exam exam;
    enum status s = exam_open(x, &exam);
    if (s || leads_to_result(x, &exam))
        return s;
    struct doc_node *view = x->doc->view;
    exam_put_head(x, &exam);
    exam_put_numbers(x, &exam, 0);
    if (exam.answered < exam.count)
        put_count(view, "open", (int64_t)(exam.count - exam.answered));
    else
        doc_put_null(view, "open");
    doc_put_url(view, "finish_url", exam_url(x, &exam, "/finish"));
    doc_put_text(view, "key", token_new(x->arena));
    doc_put_url(view, "back_url", exam_url(x, &exam, ""));
    exchange_title(x, str_format(x->arena, "%.*s, %.*s", STR_ARG(exchange_say(x, "attempt-review")),
                                 STR_ARG(exam.course->title)));
    return OK;
}
