/* page_attempt_post: starting an attempt, saving answers, handing in. Decisions rest on a read view that may be old when
 * they are written: each change checks that again in SQL, and on CONFLICT the page reads and decides anew, three times. */
#include "ext/token.h"
#include "page/completion.h"
#include "page/exam.h"
#include "page/page.h"
#include "page/question_item.h"
#include "page/study.h"
#include "rules/grade.h"
#include "store/evidence.h"

enum { MOST_TRIES = 3 };

/* ---------- starting ---------- */

struct start_job {
    struct attempt attempt;
    const struct course *course;
    const struct pack_files *files;
    struct drawn *drawn;
    size_t count;
    struct arena *arena;
    struct str *location;
};

static enum status write_start(struct db_conn *conn, void *context)
{
    struct start_job *job = context;
    int64_t id;
    enum status s = exam_keep_state(conn, job->course, job->files, job->attempt.started_at);
    if (s == OK)
        s = attempt_start(conn, &job->attempt, &id);
    for (size_t i = 0; s == OK && i < job->count; i++)
        s = attempt_add_item(conn, id, (int)i + 1, job->drawn[i].question->id, job->drawn[i].must_pass);
    if (s == OK)
        *job->location = str_format(job->arena, "/attempts/%lld", (long long)id);
    return s;
}

static enum status draw_attempt(struct exchange *x, const struct course *course, struct start_job *job)
{
    struct str *seen;
    size_t seen_count;
    *job = (struct start_job){ .course = course, .files = catalogue_files(x->catalogue, course), .arena = x->arena };
    job->attempt = (struct attempt){
        .learner = x->visitor.learner,
        .course = course->id,
        .pack = course->hash,
        .seed = (int64_t)token_random63(),
        .started_at = x->request->now,
    };
    enum status s = attempt_items_seen(x->view, x->visitor.learner, course->id, x->arena, &seen, &seen_count);
    job->drawn = ARENA_ARRAY(x->arena, (size_t)course->test->drawn + 1, struct drawn);
    if (s || !job->drawn || !job->files)
        return s ? s : NO_MEMORY;
    job->count = course_draw(course->test, (uint64_t)job->attempt.seed, seen, seen_count, job->drawn);
    return OK;
}

/* Two devices meet in the same open attempt; a pause that is not over leads back to the course's page, which says so. */
static enum status start_once(struct exchange *x, const struct course *course, struct str *location)
{
    struct study study;
    struct start_job job;
    enum status s = exchange_read(x);
    if (s == OK)
        s = study_read(x, &study);
    if (s)
        return s;
    struct course_study cs = study_course(x, &study, course);
    if (cs.open) {
        *location = str_format(x->arena, "/attempts/%lld", (long long)cs.open->id);
        return OK;
    }
    *location = str_format(x->arena, "/courses/%.*s#test", STR_ARG(course->id));
    if (study_pause(x, &cs))
        return OK;
    s = draw_attempt(x, course, &job);
    job.location = location;
    return s ? s : exchange_submit(x, write_start, &job, location);
}

enum status page_attempt_start(struct exchange *x)
{
    const struct course *course = catalogue_course(x->catalogue, exchange_param(x, "course"));
    if (!course || !course->test)
        return NOT_FOUND;
    struct str location = STR_NONE;
    enum status s = CONFLICT;
    for (int i = 0; s == CONFLICT && i < MOST_TRIES; i++)
        s = start_once(x, course, &location);
    if (s == OK)
        exchange_redirect(x, location);
    return s;
}

/* ---------- saving ---------- */

struct saved_answer {
    struct str item, given;
};

struct save_job {
    int64_t attempt;
    int position;
    struct saved_answer *answers;
    size_t count;
    enum lang lang;
    int64_t now;
};

static enum status write_answers(struct db_conn *conn, void *context)
{
    const struct save_job *job = context;
    enum status s = attempt_save(conn, job->attempt, job->position);
    for (size_t i = 0; s == OK && i < job->count; i++)
        s = answer_put(conn, job->attempt, job->answers[i].item, job->answers[i].given, job->lang, job->now);
    return s;
}

static enum status take_answer(struct exchange *x, const struct exam *exam, size_t i, const char *field, struct save_job *job)
{
    struct given given;
    enum status s = question_item_given(x, &x->request->form, exam->items[i].question, (uint64_t)exam->attempt->seed,
                                        field, &given);
    if (s)
        return s;
    bool cleared = !given.count && !given.dont_know;
    if (cleared && !exam->items[i].answered)
        return OK; /* nothing was there, nothing came */
    job->answers[job->count++] = (struct saved_answer){ exam->items[i].question->id, given_encode(&given, x->arena) };
    return arena_status(x->arena);
}

static bool has_answers(const struct exchange *x)
{
    const struct pairs *form = &x->request->form;
    for (size_t i = 0; i < form->count; i++)
        if (str_starts(form->list[i].name, STR("answer.")) || str_is(form->list[i].name, "go"))
            return true;
    return false;
}

/* One question (field `question`), or every question of the page (fields answer.ID). */
static enum status take_answers(struct exchange *x, const struct exam *exam, struct save_job *job)
{
    struct str one = exchange_field(x, "question");
    job->answers = ARENA_ARRAY(x->arena, exam->count + 1, struct saved_answer);
    if (!job->answers)
        return NO_MEMORY;
    if (one.at) {
        size_t i = exam_find(exam, one);
        job->position = (int)i + 1;
        return i < exam->count ? take_answer(x, exam, i, "answer", job) : INVALID;
    }
    if (!has_answers(x))
        return INVALID; /* not the page with all questions: nothing must be taken for cleared */
    enum status s = OK;
    for (size_t i = 0; s == OK && i < exam->count; i++) {
        struct str field = str_format(x->arena, "answer.%.*s", STR_ARG(exam->items[i].question->id));
        s = field.at ? take_answer(x, exam, i, field.at, job) : NO_MEMORY;
    }
    return s;
}

/* Where the pressed button leads: next, back, stop, save, finish; without one, to the next question. */
static struct str after_saving(const struct exchange *x, const struct exam *exam, int position)
{
    struct str go = exchange_field(x, "go");
    bool all = exchange_field(x, "question").at == NULL;
    if (str_is(go, "stop"))
        return str_format(x->arena, "/courses/%.*s#test", STR_ARG(exam->course->id));
    if (str_is(go, "finish"))
        return exam_url(x, exam, "/review");
    if (all)
        return exam_url(x, exam, "/all?saved=1");
    int next = str_is(go, "back") ? position - 1 : position + 1;
    if (next > (int)exam->count)
        return exam_url(x, exam, "/review");
    return str_format(x->arena, "/attempts/%lld?number=%d", (long long)exam->attempt->id, next < 1 ? 1 : next);
}

/* Where the reader goes on, here or on another device: stopping stays at the question. */
static int position_to_resume(struct str go, int position, int count)
{
    if (str_is(go, "stop"))
        return position;
    if (str_is(go, "back"))
        return position - 1;
    return position < count ? position + 1 : count;
}

enum status page_answers_post(struct exchange *x)
{
    struct exam exam;
    enum status s = exam_open(x, &exam);
    if (s)
        return s;
    if (exam.attempt->finished)
        return CONFLICT;
    struct save_job job = { .attempt = exam.attempt->id, .lang = exam.course->lang, .now = x->request->now };
    s = take_answers(x, &exam, &job);
    struct str location = after_saving(x, &exam, job.position);
    if (exchange_field(x, "question").at)
        job.position = position_to_resume(exchange_field(x, "go"), job.position, (int)exam.count);
    if (s == OK)
        s = exchange_submit(x, write_answers, &job, &location);
    if (s == OK)
        exchange_redirect(x, location);
    return s;
}

/* ---------- handing in ---------- */

struct finish_job {
    struct attempt attempt;
    struct evidence *evidence;
    size_t count;
    struct completion_rule rule;
    int32_t day;
};

static enum status write_finish(struct db_conn *conn, void *context)
{
    const struct finish_job *job = context;
    enum status s = attempt_finish(conn, &job->attempt);
    for (size_t i = 0; s == OK && i < job->count; i++)
        s = evidence_add(conn, &job->evidence[i]);
    if (s == OK)
        s = standings_derive(conn, job->attempt.learner);
    if (s == OK && job->attempt.passed)
        s = completion_derive(conn, job->attempt.learner, &job->rule);
    return s ? s : activity_touch(conn, job->attempt.learner, job->day);
}

static enum status mark_items(struct exchange *x, const struct exam *exam, struct finish_job *job, struct grade *grade)
{
    struct graded_item *graded = ARENA_ARRAY(x->arena, exam->count + 1, struct graded_item);
    job->evidence = ARENA_ARRAY(x->arena, exam->count + 1, struct evidence);
    if (!graded || !job->evidence)
        return NO_MEMORY;
    for (size_t i = 0; i < exam->count; i++) {
        const struct question *q = exam->items[i].question;
        int points = question_mark(q, &exam->items[i].given).points;
        graded[i] = (struct graded_item){ points, exam->items[i].must_pass };
        job->evidence[i] = (struct evidence){
            .learner = exam->attempt->learner,
            .competence = q->competence,
            .course = exam->course->id,
            .item = q->id,
            .level = q->level,
            .attempt = exam->attempt->id,
            .points = points,
            .day = x->today,
        };
    }
    job->count = exam->count;
    *grade = grade_of(graded, exam->count, exam->course->test->pass_percent);
    return OK;
}

/* What the live course asks for decides whether it is finished now; of a withdrawn one, the attempt's own state. */
static const struct course *live_or_own(const struct exchange *x, const struct exam *exam)
{
    const struct course *live = catalogue_course(x->catalogue, exam->course->id);
    return live ? live : exam->course;
}

static enum status finish_once(struct exchange *x, struct str *location)
{
    struct exam exam;
    struct grade grade;
    struct finish_job job = { .day = x->today };
    enum status s = exchange_read(x);
    if (s == OK)
        s = attempt_find(x->view, x->attempt.id, x->arena, &x->attempt);
    if (s == OK)
        s = exam_open(x, &exam);
    if (s)
        return s;
    *location = exam_url(x, &exam, "/result");
    if (exam.attempt->finished)
        return OK; /* handed in already, here or on another device */
    s = mark_items(x, &exam, &job, &grade);
    if (s)
        return s;
    job.attempt = *exam.attempt;
    job.attempt.finished_at = x->request->now;
    job.attempt.points = grade.points;
    job.attempt.points_max = grade.points_max;
    job.attempt.passed = grade.passed;
    if (grade.passed && exam.course->validity_months)
        job.attempt.valid_until = clock_add_months(x->today, exam.course->validity_months);
    job.rule = completion_rule_of(live_or_own(x, &exam), x->arena);
    s = arena_status(x->arena);
    return s ? s : exchange_submit(x, write_finish, &job, location);
}

enum status page_finish_post(struct exchange *x)
{
    struct str location = STR_NONE;
    enum status s = CONFLICT;
    for (int i = 0; s == CONFLICT && i < MOST_TRIES; i++)
        s = finish_once(x, &location);
    if (s == OK)
        exchange_redirect(x, location);
    return s;
}
