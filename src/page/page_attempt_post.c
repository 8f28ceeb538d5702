/* page_attempt_post: starting an attempt and handing it in (answers: page_answers.c). Decisions rest on a read view that
 * may be old when they are written: each change checks that again in SQL, and on CONFLICT the page reads and decides
 * anew, three times. */
#include "ext/token.h"
#include "page/completion.h"
#include "page/exam.h"
#include "page/page.h"
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
    for (size_t i = 0; i < seen_count; i++)
        seen[i] = course_id_now(course, seen[i]);
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
        int points = exam_worth(&exam->items[i]).points;
        graded[i] = (struct graded_item){ points, exam->items[i].must_pass };
        job->evidence[i] = (struct evidence){
            .learner = exam->attempt->learner,
            .competence = q->competence,
            .course = exam->course->id,
            .item = course_id_stored(exam_course_now(x, exam), q->id),
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
    job.rule = completion_rule_of(exam_course_now(x, &exam), x->today, x->arena);
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
