/* page_lesson: GET /courses/{course}/{lesson}, the reader; POST .../practice and .../done.
 *
 * Practice is free of consequences: what was answered is not stored, only that it was. So the POST leads to an address
 * that carries the answers (practice.h), and the page marks them there: linkable, and nothing to repeat by reloading. */
#include "ext/token.h"
#include "page/completion.h"
#include "page/frame.h"
#include "page/page.h"
#include "page/practice.h"
#include "page/study.h"
#include "page/url.h"

struct lesson_place {
    const struct course *course;
    const struct lesson *lesson; /* whole in one language, which need not be the course's */
    size_t number; /* index in the course */
    struct str url;
};

/* A lesson of which the head alone is translated is read in the language of the source, head and all. */
static const struct lesson *whole_lesson(const struct course *course, size_t number)
{
    const struct lesson *lesson = &course->lessons[number];
    return str_equal(lesson->tag, lesson->title_tag) ? lesson : &course->source->lessons[number];
}

static enum status find_lesson(struct exchange *x, struct lesson_place *place)
{
    const struct course *course = catalogue_course(x->catalogue, exchange_param(x, "course"));
    if (!course)
        return NOT_FOUND;
    place->course = exchange_course(x, course);
    const struct lesson *lesson = course_lesson(place->course, course_id_now(course, exchange_param(x, "lesson")));
    if (!lesson || !study_shows(x, lesson))
        return NOT_FOUND;
    place->number = (size_t)(lesson - place->course->lessons);
    place->lesson = whole_lesson(place->course, place->number);
    place->url =
        str_format(x->arena, "/courses/%.*s/%.*s", STR_ARG(place->course->id), STR_ARG(place->lesson->id));
    return OK;
}

/* ---------- reading ---------- */

static void put_parts(struct exchange *x, const struct lesson_place *place, const struct practice *practice,
                      struct doc_node *map)
{
    struct doc_node *list = doc_put_list(map, "parts");
    size_t number = 0;
    for (size_t p = 0; p < place->lesson->part_count; p++) {
        const struct lesson_part *part = &place->lesson->parts[p];
        struct doc_node *row = doc_add_map(list);
        if (part->kind == PART_PROSE) {
            doc_put_html(row, "prose", part->prose);
            doc_put_null(row, "practice");
            continue;
        }
        doc_put_null(row, "prose");
        struct doc_node *questions = doc_put_list(doc_put_map(row, "practice"), "questions");
        for (size_t q = 0; q < part->question_count; q++)
            practice_put_row(x, place->course, practice, number++, questions);
    }
}

/* All practice of the lesson is one form: whatever button is pressed, nothing that was filled in elsewhere is lost. */
static void put_form(struct exchange *x, const struct lesson_place *place, const struct practice *practice,
                     struct doc_node *view)
{
    if (!practice->count) {
        doc_put_null(view, "practice_form");
        return;
    }
    struct doc_node *form = doc_put_map(view, "practice_form");
    doc_put_url(form, "action", str_format(x->arena, "%.*s/practice", STR_ARG(place->url)));
    practice_put_carried(x, practice, form);
}

/* The public contract: prose and questions without form state. */
static void put_parts_data(const struct lesson_place *place, struct doc_node *map)
{
    struct doc_node *list = doc_put_list(map, "parts");
    for (size_t p = 0; p < place->lesson->part_count; p++) {
        const struct lesson_part *part = &place->lesson->parts[p];
        struct doc_node *row = doc_add_map(list);
        if (part->kind == PART_PROSE) {
            doc_put_html(row, "prose", part->prose);
            continue;
        }
        struct doc_node *questions = doc_put_list(row, "practice");
        for (size_t q = 0; q < part->question_count; q++) {
            struct doc_node *question = doc_add_map(questions);
            if (question)
                question_describe(part->questions[q], 0, question);
        }
    }
}

static void put_head(struct exchange *x, const struct lesson_place *place, const struct course_study *cs)
{
    struct doc_node *data = x->doc->data, *course = doc_put_map(data, "course");
    doc_put_text(course, "id", place->course->id);
    doc_put_text(course, "title", place->course->title);
    doc_put_text(course, "lang", place->course->tag);
    doc_put_url(course, "url", str_format(x->arena, "/courses/%.*s", STR_ARG(place->course->id)));
    doc_put_text(data, "id", place->lesson->id);
    doc_put_text(data, "title", place->lesson->title);
    doc_put_text(data, "content_lang", place->lesson->tag);
    doc_put_int(data, "number", (int64_t)study_number(x, place->course, place->number));
    doc_put_int(data, "of", (int64_t)study_number(x, place->course, place->course->lesson_count));
    put_count(data, "minutes", place->lesson->minutes);
    study_put_dates(x, place->lesson, data);
    struct doc_node *objectives = doc_put_list(data, "objectives");
    for (size_t i = 0; i < place->lesson->objective_count; i++)
        doc_add_text(objectives, place->lesson->objectives[i].text);
    struct doc_node *progress = doc_put_map(data, "progress");
    doc_put_int(progress, "done", (int64_t)cs->state.lessons_finished);
    doc_put_int(progress, "of", (int64_t)cs->state.lessons);
    study_put_stops(x, cs, data, (int)place->number, true);
}

/* The next lesson that the visitor sees, in either direction; NULL: there is none. */
static const struct lesson *neighbour(const struct exchange *x, const struct lesson_place *place, int step)
{
    const struct course *course = place->course;
    for (size_t i = place->number + (size_t)step; i < course->lesson_count; i += (size_t)step) /* below 0 it is too large */
        if (study_shows(x, &course->lessons[i]))
            return &course->lessons[i];
    return NULL;
}

static struct str lesson_url(const struct exchange *x, const struct course *course, const struct lesson *lesson)
{
    return str_format(x->arena, "/courses/%.*s/%.*s", STR_ARG(course->id), STR_ARG(lesson->id));
}

/* The next lesson, else the test. */
static struct str url_after(const struct exchange *x, const struct lesson_place *place)
{
    const struct lesson *next = neighbour(x, place, 1);
    return next ? lesson_url(x, place->course, next) : str_format(x->arena, "/courses/%.*s#test", STR_ARG(place->course->id));
}

/* The pager: previous lesson, next lesson or the test. */
static void put_pager(struct exchange *x, const struct lesson_place *place)
{
    const struct lesson *previous = neighbour(x, place, -1), *next = neighbour(x, place, 1);
    struct doc_node *view = x->doc->view;
    if (previous)
        doc_put_url(doc_put_map(view, "previous"), "url", lesson_url(x, place->course, previous));
    else
        doc_put_null(view, "previous");
    if (!next && !place->course->test) {
        doc_put_null(view, "next");
        return;
    }
    struct doc_node *map = doc_put_map(view, "next");
    doc_put_bool(map, "is_test", !next);
    doc_put_url(map, "url", url_after(x, place));
}

static void put_state(struct exchange *x, const struct lesson_place *place, const struct study *study,
                      const struct course_study *cs)
{
    struct doc_node *view = x->doc->view;
    int open = study_practice_open(study, place->course, place->lesson);
    bool finished = cs->lessons && cs->lessons[place->number] == LESSON_FINISHED;
    doc_put_bool(x->doc->data, "done", finished);
    doc_put_url(view, "done_url", str_format(x->arena, "%.*s/done", STR_ARG(place->url)));
    doc_put_text(view, "key", token_new(x->arena));
    if (open && exchange_query(x, "done").at) {
        struct message_param n = PARAM_OF_INT("n", open);
        frame_notice(x, "info", message_text(x->app->messages, x->arena, x->lang, STR("page-practice-left"), &n, 1));
    }
    if (open)
        put_count(view, "practice_open", open);
    else
        doc_put_null(view, "practice_open");
    put_pager(x, place);
}

static enum status show(struct exchange *x, const struct lesson_place *place, const struct practice *practice)
{
    struct study study;
    enum status s = study_read(x, &study);
    if (s)
        return s;
    struct course_study cs = study_course(x, &study, place->course);
    put_head(x, place, &cs);
    put_state(x, place, &study, &cs);
    if (x->request->format == FORMAT_HTML) {
        put_parts(x, place, practice, x->doc->view);
        put_form(x, place, practice, x->doc->view);
    } else
        put_parts_data(place, x->doc->data);
    exchange_title(x, practice_title(x, practice, place->lesson->title));
    return OK;
}

enum status page_lesson(struct exchange *x)
{
    struct lesson_place place;
    struct practice practice;
    enum status s = find_lesson(x, &place);
    if (s == OK)
        s = practice_read(x, place.course, place.lesson, &x->request->query, &practice);
    return s ? s : show(x, &place, &practice);
}

/* ---------- writing ---------- */

struct learning_step {
    int64_t learner;
    struct str course;
    const struct str *ids; /* practice items, or the lesson */
    size_t count;
    int32_t day;
    struct completion_rule rule;
    enum status (*put)(struct db_conn *, int64_t learner, struct str course, struct str id, int32_t day);
};

static enum status write_step(struct db_conn *conn, void *job)
{
    const struct learning_step *step = job;
    enum status s = OK;
    for (size_t i = 0; i < step->count && s == OK; i++)
        s = step->put(conn, step->learner, step->course, step->ids[i], step->day);
    return s ? s : completion_derive(conn, step->learner, &step->rule); /* this may have been the last step */
}

static struct learning_step step_of(const struct exchange *x, const struct lesson_place *place)
{
    return (struct learning_step){
        .learner = x->visitor.learner,
        .course = place->course->id,
        .day = x->today,
        .rule = completion_rule_of(place->course, x->today, x->arena),
    };
}

/* Those marked questions of which it is not known yet that they were answered. */
static enum status note_answered(struct exchange *x, const struct lesson_place *place, const struct practice *practice)
{
    struct study study;
    struct learning_step step = step_of(x, place);
    struct str *ids = ARENA_ARRAY(x->arena, practice->count + 1, struct str);
    enum status s = ids ? study_read(x, &study) : NO_MEMORY;
    for (size_t i = 0; i < practice->count && s == OK; i++) {
        struct str id = practice->answers[i].question->id;
        if (practice->answers[i].state == PRACTICE_MARKED && !study_practice_answered(&study, place->course, id))
            ids[step.count++] = course_id_stored(place->course, id);
    }
    step.ids = ids;
    step.put = practice_put;
    return s || !step.count ? s : exchange_write(x, write_step, &step);
}

/* The same answer twice is one fact. Where the address would grow too long the form itself is shown again. */
enum status page_practice_post(struct exchange *x)
{
    struct lesson_place place;
    struct practice practice;
    struct str query;
    const struct pairs *form = &x->request->form;
    enum status s = find_lesson(x, &place);
    if (s == OK)
        s = practice_read(x, place.course, place.lesson, form, &practice);
    if (s == OK)
        s = note_answered(x, &place, &practice);
    if (s)
        return s;
    s = practice_query(x, &practice, &query);
    if (s == TOO_LARGE) {
        s = exchange_read(x);
        return s ? s : show(x, &place, &practice);
    }
    struct str anchor = practice_anchor(x, &practice, form);
    if (s == OK)
        exchange_redirect(x, str_format(x->arena, "%.*s%.*s%s%.*s", STR_ARG(place.url), STR_ARG(query), anchor.at ? "#" : "",
                                        STR_ARG(anchor)));
    return s;
}

enum status page_lesson_done_post(struct exchange *x)
{
    struct study study;
    struct lesson_place place;
    enum status s = find_lesson(x, &place);
    if (s == OK)
        s = study_read(x, &study);
    if (s)
        return s;
    int open = study_practice_open(&study, place.course, place.lesson);
    struct learning_step step = step_of(x, &place);
    struct str id = course_id_stored(place.course, place.lesson->id);
    step.ids = &id;
    step.count = 1;
    step.put = lesson_done_put;
    struct str url = open ? str_format(x->arena, "%.*s?done=1", STR_ARG(place.url)) : url_after(x, &place);
    s = exchange_submit(x, write_step, &step, &url);
    if (s == OK)
        exchange_redirect(x, url);
    return s;
}
