/* demo_walk: see demo_walk.h. */
#include "cli/demo_walk.h"

#include "cli/demo_exam.h"
#include "page/completion.h"

/* ---------- when ---------- */

/* A Saturday or Sunday becomes the Monday after it. 1970-01-01 was a Thursday. */
static int32_t working_day(int32_t day)
{
    int32_t weekday = (day + 3) % 7; /* 0: Monday */
    return weekday < 5 ? day : day + 7 - weekday;
}

static int32_t days_later(struct random *r, int32_t day, int most)
{
    return working_day(day + 1 + (int32_t)random_below(r, (uint64_t)most));
}

static int32_t later_of(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

void demo_walk_begin(struct demo_walk *w, const struct demo_person *p, const struct course *course, uint64_t seed,
                     struct demo_span span)
{
    enum { JOINS = 960, GIVES_UP = 110 };
    *w = (struct demo_walk){ .random = random_of(seed ^ (uint64_t)p->learner, course->id), .next_day = DEMO_NEVER };
    w->gives_up = UINT16_MAX;
    bool joins = random_below(&w->random, 1000) < JOINS, gives_up = random_below(&w->random, 1000) < GIVES_UP;
    if (gives_up && course->lesson_count > 1)
        w->gives_up = (uint16_t)(1 + random_below(&w->random, course->lesson_count - 1));
    if (p->learns && joins && p->from < span.last)
        w->next_day = days_later(&w->random, later_of(span.first, p->from), span.last - later_of(span.first, p->from));
}

/* ---------- a lesson ---------- */

static enum status answer_practice(const struct lesson *lesson, const struct course *course, int64_t learner,
                                   int32_t day, struct db_conn *conn)
{
    enum status s = OK;
    for (size_t p = 0; p < lesson->part_count; p++)
        for (size_t q = 0; s == OK && q < lesson->parts[p].question_count; q++)
            s = practice_put(conn, learner, course->id, lesson->parts[p].questions[q]->id, day);
    return s;
}

/* A course without a test is finished by its last lesson. */
static enum status complete(const struct course *course, int64_t learner, int32_t day, struct db_conn *conn, struct arena *a)
{
    struct completion_rule rule = completion_rule_of(course, day, a);
    return completion_derive(conn, learner, &rule);
}

static enum status take_lesson(struct demo_walk *w, const struct demo_person *p, const struct course *course,
                               struct db_conn *conn, struct arena *a)
{
    enum { MOST_DAYS_BETWEEN = 30 };
    const struct lesson *lesson = &course->lessons[w->lessons];
    enum status s = answer_practice(lesson, course, p->learner, w->next_day, conn);
    if (s == OK)
        s = lesson_done_put(conn, p->learner, course->id, lesson->id, w->next_day);
    w->lessons++;
    if (s == OK && w->lessons == course->lesson_count)
        s = complete(course, p->learner, w->next_day, conn, a);
    bool more = w->lessons < course->lesson_count || course->test;
    w->next_day = more && w->lessons < w->gives_up ? days_later(&w->random, w->next_day, MOST_DAYS_BETWEEN)
                                                   : DEMO_NEVER;
    return s;
}

/* ---------- the test ---------- */

/* Who passed comes back before the validity ends; who failed tries again after the pause, or lets it be. */
static int32_t day_after_test(struct demo_walk *w, const struct test *test, const struct demo_result *result)
{
    enum { MOST_FAILURES = 3, TRIES_AGAIN = 800, MOST_DAYS = 21, DAYS_AHEAD = 45, MINUTES_A_DAY = 1440 };
    if (result->passed && result->valid_until == 0)
        return DEMO_NEVER;
    if (result->passed)
        return later_of(w->next_day + 1, result->valid_until - (int32_t)random_below(&w->random, DAYS_AHEAD));
    bool again = random_below(&w->random, 1000) < TRIES_AGAIN && w->failures < MOST_FAILURES;
    return again ? days_later(&w->random, w->next_day + test->pause_minutes / MINUTES_A_DAY, MOST_DAYS) : DEMO_NEVER;
}

static enum status take_test(struct demo_walk *w, const struct demo_person *p, const struct course *course,
                             struct db_conn *conn, struct arena *a, struct demo_tally *tally)
{
    struct demo_result result;
    struct demo_sitting sitting = {
        .course = course,
        .learner = p->learner,
        .ability = p->ability,
        .day = w->next_day,
        .lessons_finished = w->lessons,
        .again = w->sat,
    };
    enum status s = demo_exam_sit(conn, &sitting, &w->random, a, &result);
    w->sat = true;
    w->failures = result.passed ? 0 : (uint8_t)(w->failures + 1);
    w->next_day = day_after_test(w, course->test, &result);
    tally->tests++;
    tally->passed += result.passed;
    return s;
}

enum status demo_walk_until(struct demo_walk *w, const struct demo_person *p, const struct course *course, int32_t day,
                            struct db_conn *conn, struct arena *a, struct demo_tally *tally)
{
    enum status s = OK;
    while (s == OK && w->next_day <= day && (p->to == 0 || w->next_day <= p->to)) {
        if (w->lessons == course->lesson_count) {
            s = take_test(w, p, course, conn, a, tally);
        } else {
            s = take_lesson(w, p, course, conn, a);
            tally->lessons++;
        }
    }
    return s;
}
