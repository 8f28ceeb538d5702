/* page_result: GET /attempts/{attempt}/result: the verdict, what helps, every answer with its explanation. */
#include "ext/token.h"
#include "page/exam.h"
#include "page/gauges.h"
#include "page/page.h"
#include "page/question_item.h"
#include "page/study.h"

/* "1", "0,5", "0": thousandths of one point as the reader writes them. */
static struct str points_text(const struct exchange *x, int points)
{
    if (points % 1000 == 0)
        return str_format(x->arena, "%d", points / 1000);
    return str_format(x->arena, "%d%c%d", points / 1000, x->lang == LANG_EN ? '.' : ',', (points % 1000 + 50) / 100);
}

static void put_answers(struct exchange *x, const struct exam *exam, size_t *right, bool *must_pass_missed)
{
    struct doc_node *list = doc_put_list(x->doc->data, "answers");
    *right = 0;
    *must_pass_missed = false;
    for (size_t i = 0; i < exam->count; i++) {
        const struct exam_item *item = &exam->items[i];
        struct question_item shown = {
            .question = item->question,
            .course = exam->course,
            .seed = (uint64_t)exam->attempt->seed,
            .given = &item->given,
            .step = question_item_step(x, "attempt-position", i + 1, exam->count),
        };
        struct doc_node *row = doc_add_map(list);
        int points = question_mark(item->question, &item->given).points;
        *right += points == 1000;
        *must_pass_missed = *must_pass_missed || (item->must_pass && points < 1000);
        doc_put_int(row, "number", (int64_t)i + 1);
        doc_put_text(row, "points", points_text(x, points));
        question_item_put_result(&shown, row);
    }
}

/* Lessons that explain what was not fully right, each once, in the course's order. */
static void put_lessons(struct exchange *x, const struct exam *exam)
{
    struct doc_node *list = doc_put_list(x->doc->data, "lessons");
    for (size_t l = 0; l < exam->course->lesson_count; l++) {
        const struct lesson *lesson = &exam->course->lessons[l];
        bool helps = false;
        for (size_t i = 0; !helps && i < exam->count; i++)
            helps = str_equal(exam->items[i].question->lesson, lesson->id) &&
                    question_mark(exam->items[i].question, &exam->items[i].given).points < 1000;
        if (!helps)
            continue;
        struct doc_node *row = doc_add_map(list);
        doc_put_text(row, "title", lesson->title);
        doc_put_url(row, "url", str_format(x->arena, "/courses/%.*s/%.*s", STR_ARG(exam->course->id), STR_ARG(lesson->id)));
    }
}

static void put_verdict(struct exchange *x, const struct exam *exam, size_t right, bool must_pass_missed)
{
    struct doc_node *data = x->doc->data, *view = x->doc->view;
    const struct attempt *t = exam->attempt;
    int percent = t->points_max ? (int)((int64_t)t->points * 100 / t->points_max) : 0;
    doc_put_day(data, "day", clock_day(t->finished_at, x->app->zone));
    doc_put_bool(data, "passed", t->passed);
    doc_put_percent(data, "percent", percent);
    doc_put_percent(data, "pass_percent", exam->course->test->pass_percent);
    doc_put_int(data, "right", (int64_t)right);
    doc_put_bool(data, "must_pass_missed", must_pass_missed);
    if (t->passed && t->valid_until)
        doc_put_day(data, "valid_until", t->valid_until);
    else
        doc_put_null(data, "valid_until");
    doc_put_int(view, "ring", percent);
    doc_put_int(view, "ring_pass", exam->course->test->pass_percent);
}

static enum status put_next(struct exchange *x, const struct exam *exam)
{
    struct study study;
    struct doc_node *view = x->doc->view;
    const struct course *live = catalogue_course(x->catalogue, exam->course->id);
    enum status s = study_read(x, &study);
    if (s)
        return s;
    struct course_study cs = study_course(x, &study, live ? live : exam->course);
    int wait = study_pause(x, &cs);
    struct str url = exam->attempt->passed && cs.next.step == STEP_LESSON ? study_next_url(x, &cs) : STR_NONE;
    doc_put_url(view, "start_url", str_format(x->arena, "/courses/%.*s/attempts", STR_ARG(exam->course->id)));
    doc_put_text(view, "key", token_new(x->arena));
    doc_put_url(view, "next_url", url.len ? url : STR("/learn"));
    doc_put_text(view, "next_label", url.len ? study_next_label(x, &cs) : exchange_say(x, "result-next-learn"));
    if (wait)
        put_count(view, "wait", (wait + 59) / 60);
    else
        doc_put_null(view, "wait");
    return OK;
}

static enum status put_competences(struct exchange *x, const struct exam *exam)
{
    struct str function, *ids = ARENA_ARRAY(x->arena, exam->count + 1, struct str);
    size_t count = 0;
    for (size_t i = 0; ids && i < exam->count; i++) {
        struct str id = exam->items[i].question->competence;
        size_t k = 0;
        while (k < count && !str_equal(ids[k], id))
            k++;
        if (k == count)
            ids[count++] = id;
    }
    return ids ? gauges_put(x, x->doc->data, ids, count, &function) : NO_MEMORY;
}

enum status page_result(struct exchange *x)
{
    struct exam exam;
    size_t right;
    bool must_pass_missed;
    enum status s = exam_open(x, &exam);
    if (s)
        return s;
    if (!exam.attempt->finished) {
        if (x->request->format != FORMAT_HTML)
            return NOT_FOUND;
        exchange_redirect(x, exam_url(x, &exam, ""));
        return OK;
    }
    exam_put_head(x, &exam);
    put_answers(x, &exam, &right, &must_pass_missed);
    put_lessons(x, &exam);
    put_verdict(x, &exam, right, must_pass_missed);
    s = put_competences(x, &exam);
    if (s == OK)
        s = put_next(x, &exam);
    exchange_title(x, str_format(x->arena, "%.*s, %.*s",
                                 STR_ARG(exchange_say(x, exam.attempt->passed ? "result-passed" : "result-not-passed-title")),
                                 STR_ARG(exam.course->title)));
    return s;
}
