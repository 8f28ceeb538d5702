/* demo_exam: see demo_exam.h. */
#include "cli/demo_exam.h"

#include "base/clock.h"
#include "page/completion.h"
#include "rules/grade.h"
#include "store/evidence.h"

struct sitting {
    const struct demo_sitting *of;
    struct db_conn *conn;
    struct random *random;
    struct arena *arena;
    struct attempt attempt;
    struct drawn *drawn;
    struct given *given;
    int *points;
    size_t count;
};

/* ---------- answers ---------- */

static const struct given DONT_KNOW = { .dont_know = true };

static struct given answer_rightly(const struct question *q, struct arena *a)
{
    struct given given = question_solve(q, a);
    return given.count ? given : DONT_KNOW;
}

/* The first guess that is not right, or "don't know". */
static struct given answer_wrongly(const struct question *q, struct random *r, struct arena *a)
{
    enum { ADMITS = 8 /* one in so many says "don't know" */, GUESSES = 8 };
    for (int i = random_below(r, ADMITS) == 0 ? GUESSES : 0; i < GUESSES; i++) {
        struct given given = question_guess(q, r, a);
        if (given.count && question_mark(q, &given).points < 1000)
            return given;
    }
    return DONT_KNOW;
}

static int chance_of(const struct demo_sitting *of, const struct question *q)
{
    enum { USUAL_LEVEL = 2, A_LEVEL = 45, LEARNED_FROM_FAILURE = 40, HIGHEST = 995 };
    int chance = of->ability + (USUAL_LEVEL - q->level) * A_LEVEL + (of->again ? LEARNED_FROM_FAILURE : 0);
    return chance < HIGHEST ? chance : HIGHEST;
}

static enum status answer_items(struct sitting *t)
{
    enum status s = OK;
    for (size_t i = 0; s == OK && i < t->count; i++) {
        const struct question *q = t->drawn[i].question;
        bool right = (int)random_below(t->random, 1000) < chance_of(t->of, q);
        t->given[i] = right ? answer_rightly(q, t->arena) : answer_wrongly(q, t->random, t->arena);
        t->points[i] = question_mark(q, &t->given[i]).points;
        s = question_accepts(q, &t->given[i]);
    }
    return s;
}

/* ---------- the attempt ---------- */

/* Between 07:00 and 15:00 UTC: on the same day in either zone. */
static int64_t instant_of(int32_t day, struct random *r)
{
    enum { HOUR = 3600 };
    return clock_midday(day) - 5 * HOUR + (int64_t)random_below(r, 8 * HOUR);
}

static enum status draw_items(struct sitting *t)
{
    const struct course *course = t->of->course;
    struct str *seen = NULL;
    size_t seen_count = 0;
    enum status s = OK;
    if (t->of->again)
        s = attempt_items_seen(t->conn, t->of->learner, course->id, t->arena, &seen, &seen_count);
    size_t room = (size_t)course->test->drawn + 1;
    t->drawn = ARENA_ARRAY(t->arena, room, struct drawn);
    t->given = ARENA_ARRAY(t->arena, room, struct given);
    t->points = ARENA_ARRAY(t->arena, room, int);
    if (s || arena_status(t->arena))
        return s ? s : NO_MEMORY;
    t->count = course_draw(course->test, (uint64_t)t->attempt.seed, seen, seen_count, t->drawn);
    return OK;
}

static enum status write_items(struct sitting *t)
{
    enum { SECONDS_AN_ITEM = 40 };
    const struct course *course = t->of->course;
    enum status s = attempt_start(t->conn, &t->attempt, &t->attempt.id);
    for (size_t i = 0; s == OK && i < t->count; i++) {
        struct str item = t->drawn[i].question->id;
        t->attempt.finished_at = t->attempt.started_at + (int64_t)(i + 1) * SECONDS_AN_ITEM;
        s = attempt_add_item(t->conn, t->attempt.id, (int)i + 1, item, t->drawn[i].must_pass);
        struct answer answer = { item, given_encode(&t->given[i], t->arena), STR_NONE, course->lang, t->attempt.finished_at };
        if (s == OK)
            s = answer_put(t->conn, t->attempt.id, &answer, STR_NONE);
    }
    if (s == OK)
        s = attempt_save(t->conn, t->attempt.id, (int)t->count);
    t->attempt.version = 1; /* all items on one page, saved once */
    return s;
}

static enum status grade(struct sitting *t)
{
    const struct course *course = t->of->course;
    struct graded_item *graded = ARENA_ARRAY(t->arena, t->count + 1, struct graded_item);
    if (!graded)
        return NO_MEMORY;
    for (size_t i = 0; i < t->count; i++)
        graded[i] = (struct graded_item){ t->points[i], t->drawn[i].must_pass };
    struct grade result = grade_of(graded, t->count, course->test->pass_percent);
    t->attempt.points = result.points;
    t->attempt.points_max = result.points_max;
    t->attempt.passed = result.passed;
    if (result.passed && course->validity_months)
        t->attempt.valid_until = clock_add_months(t->of->day, course->validity_months);
    return OK;
}

/* ---------- what it shows ---------- */

static enum status write_evidence(struct sitting *t)
{
    enum status s = OK;
    for (size_t i = 0; s == OK && i < t->count; i++) {
        const struct question *q = t->drawn[i].question;
        struct evidence e = { t->of->learner, q->competence, t->of->course->id, q->id,
                              q->level,       t->attempt.id, t->points[i],      t->of->day };
        s = evidence_add(t->conn, &e);
    }
    return s ? s : standings_derive(t->conn, t->of->learner);
}

static enum status write_completion(struct sitting *t)
{
    struct completion_rule rule = completion_rule_of(t->of->course, t->of->day, t->arena);
    return completion_derive(t->conn, t->of->learner, &rule);
}

enum status demo_exam_sit(struct db_conn *conn, const struct demo_sitting *of, struct random *r, struct arena *a,
                          struct demo_result *result)
{
    struct sitting t = { .of = of, .conn = conn, .random = r, .arena = a };
    t.attempt = (struct attempt){ .learner = of->learner, .course = of->course->id, .pack = of->course->hash };
    t.attempt.seed = (int64_t)(random_next(r) >> 1);
    t.attempt.started_at = instant_of(of->day, r);
    enum status s = draw_items(&t);
    if (s == OK)
        s = answer_items(&t);
    if (s == OK)
        s = write_items(&t);
    if (s == OK)
        s = grade(&t);
    if (s == OK)
        s = attempt_finish(conn, &t.attempt);
    if (s == OK)
        s = write_evidence(&t);
    if (s == OK && t.attempt.passed)
        s = write_completion(&t);
    *result = (struct demo_result){ t.attempt.passed, t.attempt.valid_until };
    return s ? s : activity_touch(conn, of->learner, of->day);
}
