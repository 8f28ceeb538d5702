/* study: see study.h. */
#include "page/study.h"

void put_count(struct doc_node *map, const char *key, int64_t n)
{
    doc_put_int(doc_put_map(map, key), "n", n);
}

enum status study_read(struct exchange *x, struct study *study)
{
    enum status s = progress_of(x->view, x->visitor.learner, x->arena, &study->progress);
    return s ? s : attempts_of(x->view, x->visitor.learner, STR_NONE, x->arena, &study->attempts);
}

/* Rows are sorted by course and id. */
static const struct mark_row *find_mark(const struct mark_row *rows, size_t count, struct str course, struct str id)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(rows[middle].course, course);
        if (order == 0)
            order = str_compare(rows[middle].id, id);
        if (order == 0)
            return &rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool study_practice_answered(const struct study *study, const struct course *course, struct str item)
{
    const struct learner_progress *p = &study->progress;
    return find_mark(p->practice, p->practice_count, course->id, course_id_stored(course, item)) != NULL;
}

int study_practice_open(const struct study *study, const struct course *course, const struct lesson *lesson)
{
    int open = 0;
    for (size_t p = 0; p < lesson->part_count; p++)
        for (size_t q = 0; q < lesson->parts[p].question_count; q++)
            open += !study_practice_answered(study, course, lesson->parts[p].questions[q]->id);
    return open;
}

bool study_lesson_done(const struct study *study, const struct course *course, const struct lesson *lesson)
{
    const struct learner_progress *p = &study->progress;
    return find_mark(p->lessons, p->lesson_count, course->id, course_id_stored(course, lesson->id)) != NULL;
}

static enum lesson_progress progress_of_lesson(const struct study *study, const struct course *course,
                                               const struct lesson *lesson)
{
    struct lesson_state state = {
        .practice = (int)lesson->practice_count,
        .practice_answered = (int)lesson->practice_count - study_practice_open(study, course, lesson),
        .done_pressed = study_lesson_done(study, course, lesson),
    };
    return lesson_progress(state);
}

static void find_attempts(const struct study *study, struct course_study *cs)
{
    for (size_t i = 0; i < study->attempts.count; i++) {
        const struct attempt *t = &study->attempts.attempts[i];
        if (!str_equal(t->course, cs->course->id))
            continue;
        if (cs->attempt_count++ == 0)
            cs->attempts = t;
        if (!t->finished)
            cs->open = t;
        if (!t->passed)
            continue;
        cs->state.test_passed = true;
        bool longer = t->valid_until == 0 || (cs->state.valid_until && t->valid_until > cs->state.valid_until);
        if (longer || cs->state.valid_until == 0)
            cs->state.valid_until = t->valid_until;
    }
    cs->state.started = cs->state.started || cs->attempt_count > 0;
}

bool study_shows(const struct exchange *x, const struct lesson *lesson)
{
    return !lesson_is_ahead(lesson, x->today) || viewer_has(&x->visitor.viewer, ROLE_TRAINER);
}

size_t study_number(const struct exchange *x, const struct course *course, size_t index)
{
    size_t number = 0;
    for (size_t i = 0; i <= index && i < course->lesson_count; i++)
        number += study_shows(x, &course->lessons[i]);
    return number;
}

int study_minutes(const struct exchange *x, const struct course *course)
{
    int minutes = 0;
    for (size_t i = 0; i < course->lesson_count; i++)
        if (study_shows(x, &course->lessons[i]))
            minutes += course->lessons[i].minutes;
    return minutes;
}

static void put_day_or_null(struct doc_node *map, const char *key, bool put, int32_t day)
{
    if (put)
        doc_put_day(map, key, day);
    else
        doc_put_null(map, key);
}

void study_put_dates(const struct exchange *x, const struct lesson *lesson, struct doc_node *map)
{
    bool trainer = viewer_has(&x->visitor.viewer, ROLE_TRAINER);
    bool due = lesson->review_by && x->today > lesson->review_by;
    put_day_or_null(map, "valid_from", trainer && lesson_is_ahead(lesson, x->today), lesson->valid_from);
    put_day_or_null(map, "review_due", trainer && due, lesson->review_by);
}

struct course_study study_course(const struct exchange *x, const struct study *study, const struct course *any)
{
    const struct course *course = exchange_course(x, any);
    struct course_study cs = { .course = course };
    cs.lessons = ARENA_ARRAY(x->arena, course->lesson_count + 1, enum lesson_progress);
    cs.state = (struct course_state){ .has_test = course->test != NULL, .completion_by_test = course->completion_by_test };
    for (size_t i = 0; cs.lessons && i < course->lesson_count; i++) {
        bool ahead = lesson_is_ahead(&course->lessons[i], x->today);
        cs.lessons[i] = ahead ? LESSON_AHEAD : progress_of_lesson(study, course, &course->lessons[i]);
        cs.state.lessons += !ahead;
        cs.state.lessons_finished += cs.lessons[i] == LESSON_FINISHED;
        cs.state.started = cs.state.started || cs.lessons[i] == LESSON_STARTED || cs.lessons[i] == LESSON_FINISHED;
    }
    find_attempts(study, &cs);
    cs.progress = course_progress(cs.state, x->today);
    struct course_state ahead = cs.state;
    if (cs.progress == COURSE_EXPIRED)
        ahead.test_passed = false;
    cs.next = course_next_step(cs.lessons, cs.lessons ? course->lesson_count : 0, ahead, cs.open != NULL);
    return cs;
}

int study_pause(const struct exchange *x, const struct course_study *cs)
{
    if (!cs->course->test || cs->attempt_count == 0)
        return 0;
    const struct attempt *last = &cs->attempts[cs->attempt_count - 1];
    if (!last->finished || last->passed)
        return 0;
    int64_t left = last->finished_at + (int64_t)cs->course->test->pause_minutes * 60 - x->request->now;
    return left > 0 ? (int)left : 0;
}

struct str study_competences(const struct exchange *x, const struct course *course)
{
    struct str *titles = ARENA_ARRAY(x->arena, course->competence_count + 1, struct str);
    for (size_t i = 0; titles && i < course->competence_count; i++) {
        const struct competence *c = framework_find(x->app->framework, course->competences[i]);
        titles[i] = c ? c->title[x->lang] : course->competences[i];
    }
    return titles ? str_join(x->arena, titles, course->competence_count, STR(", ")) : STR_NONE;
}

void study_put_row(struct exchange *x, const struct course_study *cs, struct doc_node *row)
{
    const struct course *course = cs->course;
    doc_put_text(row, "id", course->id);
    doc_put_text(row, "title", course->title);
    doc_put_url(row, "url", str_format(x->arena, "/courses/%.*s", STR_ARG(course->id)));
    doc_put_text(row, "content_lang", course->tag);
    put_count(row, "minutes", study_minutes(x, course));
    doc_put_int(row, "done", (int64_t)cs->state.lessons_finished);
    doc_put_int(row, "of", (int64_t)cs->state.lessons);
    doc_put_bool(row, "is_new", cs->progress == COURSE_NOT_STARTED);
    doc_put_bool(row, "is_started", cs->progress == COURSE_STARTED);
    doc_put_bool(row, "is_finished", cs->progress == COURSE_FINISHED);
    doc_put_bool(row, "is_expired", cs->progress == COURSE_EXPIRED);
    if (cs->progress == COURSE_FINISHED && cs->state.valid_until)
        doc_put_day(row, "valid_until", cs->state.valid_until);
    else
        doc_put_null(row, "valid_until");
}

static void put_stop(struct doc_node *list, struct str title, struct str tag, struct str url, bool done, bool here,
                     struct str note)
{
    struct doc_node *stop = doc_add_map(list);
    doc_put_text(stop, "title", title);
    doc_put_text(stop, "lang", tag);
    if (url.len)
        doc_put_url(stop, "url", url);
    else
        doc_put_null(stop, "url");
    doc_put_bool(stop, "done", done);
    doc_put_bool(stop, "here", here);
    if (note.len)
        doc_put_text(stop, "note", note);
    else
        doc_put_null(stop, "note");
}

static struct str minutes_note(const struct exchange *x, int minutes)
{
    struct message_param n = PARAM_OF_INT("n", minutes);
    return message_text(x->app->messages, x->arena, x->lang, STR("common-minutes"), &n, 1);
}

/* Where the learner is: the lesson of the next step, or the test. */
static int stop_of_next(const struct course_study *cs)
{
    switch (cs->next.step) {
    case STEP_LESSON:
        return (int)cs->next.lesson;
    case STEP_TEST:
    case STEP_RESUME_TEST:
        return (int)cs->course->lesson_count;
    case STEP_NONE:
        break;
    }
    return -1;
}

void study_put_stops(struct exchange *x, const struct course_study *cs, struct doc_node *map, int here, bool links)
{
    const struct course *course = cs->course;
    struct doc_node *list = doc_put_list(map, "stops");
    if (here < 0)
        here = stop_of_next(cs);
    for (size_t i = 0; cs->lessons && i < course->lesson_count; i++) {
        const struct lesson *lesson = &course->lessons[i];
        struct str url = str_format(x->arena, "/courses/%.*s/%.*s", STR_ARG(course->id), STR_ARG(lesson->id));
        if (!study_shows(x, lesson))
            continue;
        put_stop(list, lesson->title, lesson->title_tag, links ? url : STR_NONE, cs->lessons[i] == LESSON_FINISHED,
                 here == (int)i, here == (int)i ? minutes_note(x, lesson->minutes) : STR_NONE);
    }
    if (course->test) {
        struct str url = str_format(x->arena, "/courses/%.*s#test", STR_ARG(course->id));
        bool passed = cs->state.test_passed && cs->progress != COURSE_EXPIRED;
        put_stop(list, course->test->title, course->test->tag, links ? url : STR_NONE, passed,
                 here == (int)course->lesson_count, STR_NONE);
    }
}

struct str study_next_url(const struct exchange *x, const struct course_study *cs)
{
    const struct course *course = cs->course;
    switch (cs->next.step) {
    case STEP_LESSON:
        return str_format(x->arena, "/courses/%.*s/%.*s", STR_ARG(course->id), STR_ARG(course->lessons[cs->next.lesson].id));
    case STEP_TEST:
        return str_format(x->arena, "/courses/%.*s#test", STR_ARG(course->id));
    case STEP_RESUME_TEST:
        return str_format(x->arena, "/attempts/%lld", (long long)cs->open->id);
    case STEP_NONE:
        break;
    }
    return STR_NONE;
}

struct str study_next_label(const struct exchange *x, const struct course_study *cs)
{
    if (cs->next.step == STEP_LESSON && cs->progress != COURSE_NOT_STARTED) {
        struct message_param number = PARAM_OF_INT("number", (int64_t)study_number(x, cs->course, cs->next.lesson));
        return message_text(x->app->messages, x->arena, x->lang, STR("learn-go-lesson"), &number, 1);
    }
    return exchange_say(x, cs->next.step == STEP_TEST          ? "learn-go-test"
                           : cs->next.step == STEP_RESUME_TEST ? "learn-go-resume"
                                                               : "learn-go-start");
}
