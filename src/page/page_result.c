/* page_result: GET /attempts/{attempt}/result: the verdict, what helps, what is missing for the course, every answer with its
 * explanation; and what came after handing in (?late=1&answer.ID=...), which was not taken. */
#include "ext/token.h"
#include "page/exam.h"
#include "page/frame.h"
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
            .question = exam_question_marked(item),
            .course = exam->course,
            .seed = (uint64_t)exam->attempt->seed,
            .given = &item->given,
            .step = question_item_step(x, "attempt-position", i + 1, exam->count),
        };
        struct doc_node *row = doc_add_map(list);
        int points = exam_worth(item).points;
        *right += points == 1000;
        *must_pass_missed = *must_pass_missed || (item->must_pass && points < 1000);
        doc_put_int(row, "number", (int64_t)i + 1);
        doc_put_text(row, "points", points_text(x, points));
        question_item_put_result(&shown, row);
    }
}

static void put_lesson(struct exchange *x, const struct course *course, const struct lesson *lesson, struct doc_node *list)
{
    struct doc_node *row = doc_add_map(list);
    doc_put_text(row, "title", lesson->title);
    doc_put_text(row, "lang", lesson->title_tag);
    doc_put_url(row, "url", str_format(x->arena, "/courses/%.*s/%.*s", STR_ARG(course->id), STR_ARG(lesson->id)));
}

/* Lessons that explain what was not fully right, each once, in the course's order. */
static void put_lessons(struct exchange *x, const struct exam *exam)
{
    struct doc_node *list = doc_put_list(x->doc->data, "lessons");
    for (size_t l = 0; l < exam->course->lesson_count; l++) {
        const struct lesson *lesson = &exam->course->lessons[l];
        bool helps = false, shown = study_shows(x, lesson);
        for (size_t i = 0; shown && !helps && i < exam->count; i++)
            helps = str_equal(exam->items[i].question->lesson, lesson->id) &&
                    exam_worth(&exam->items[i]).points < 1000;
        if (helps)
            put_lesson(x, exam->course, lesson, list);
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
    doc_put_int(view, "ring", percent);
    doc_put_int(view, "ring_pass", exam->course->test->pass_percent);
}

/* A passed test is valid with the course, so its validity is told once the course is finished; before that, what is
 * missing. */
static void put_completion(struct exchange *x, const struct exam *exam, const struct course_study *cs)
{
    struct doc_node *data = x->doc->data, *open = doc_put_list(data, "open_lessons");
    const struct attempt *t = exam->attempt;
    bool finished = cs->progress == COURSE_FINISHED || cs->progress == COURSE_EXPIRED;
    size_t missing = 0;
    for (size_t i = 0; t->passed && !finished && cs->lessons && i < cs->course->lesson_count; i++)
        if (cs->lessons[i] == LESSON_OPEN || cs->lessons[i] == LESSON_STARTED) {
            put_lesson(x, cs->course, &cs->course->lessons[i], open);
            missing++;
        }
    if (t->passed && finished && t->valid_until)
        doc_put_day(data, "valid_until", t->valid_until);
    else
        doc_put_null(data, "valid_until");
    if (missing)
        put_count(x->doc->view, "missing", (int64_t)missing);
    else
        doc_put_null(x->doc->view, "missing");
}

static void put_next(struct exchange *x, const struct exam *exam, const struct course_study *cs)
{
    struct doc_node *view = x->doc->view;
    int wait = study_pause(x, cs);
    struct str url = exam->attempt->passed && cs->next.step == STEP_LESSON ? study_next_url(x, cs) : STR_NONE;
    doc_put_url(view, "start_url", str_format(x->arena, "/courses/%.*s/attempts", STR_ARG(exam->course->id)));
    doc_put_text(view, "key", token_new(x->arena));
    doc_put_url(view, "next_url", url.len ? url : STR("/learn"));
    doc_put_text(view, "next_label", url.len ? study_next_label(x, cs) : exchange_say(x, "result-next-learn"));
    if (wait)
        put_count(view, "wait", (wait + 59) / 60);
    else
        doc_put_null(view, "wait");
}

/* Where the course stands now: the live one, or, when it was withdrawn, the one of the attempt. */
static enum status put_course(struct exchange *x, const struct exam *exam)
{
    struct study study;
    enum status s = study_read(x, &study);
    if (s)
        return s;
    struct course_study cs = study_course(x, &study, exam_course_now(x, exam));
    put_completion(x, exam, &cs);
    put_next(x, exam, &cs);
    return OK;
}

/* Answers that came after handing in. What the address says is believed: it is the reader's own and changes nothing. */
static void put_late(struct exchange *x, const struct exam *exam)
{
    struct doc_node *view = x->doc->view, *list = doc_put_list(view, "late_answers");
    int64_t unshown = 0;
    bool late = exchange_query(x, "late").at != NULL;
    for (size_t i = 0; late && i < exam->count; i++) {
        struct given given;
        struct str field = str_format(x->arena, "answer.%.*s", STR_ARG(exam->items[i].question->id));
        bool read = field.at && question_item_given(x, &x->request->query, exam->items[i].question,
                                                    (uint64_t)exam->attempt->seed, field.at, &given) == OK;
        if (read && (given.count || given.dont_know))
            exam_put_frozen(x, exam, i, &given, doc_add_map(list));
    }
    doc_put_bool(view, "late", late);
    if (late)
        frame_notice(x, "warning", exchange_say(x, "result-late"));
    if (late && str_to_int(exchange_query(x, "unshown"), &unshown) && unshown > 0)
        put_count(view, "unshown", unshown);
    else
        doc_put_null(view, "unshown");
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
        s = put_course(x, &exam);
    put_late(x, &exam);
    exchange_title(x, str_format(x->arena, "%.*s, %.*s",
                                 STR_ARG(exchange_say(x, exam.attempt->passed ? "result-passed" : "result-not-passed-title")),
                                 STR_ARG(exam.course->title)));
    return s;
}
