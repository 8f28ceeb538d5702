/* progress: finished and next, decided from counts. No memory, any thread. */
#include "rules/progress.h"

enum lesson_progress lesson_progress(struct lesson_state l)
{
    if (l.done_pressed && l.practice_answered >= l.practice)
        return LESSON_FINISHED;
    return l.done_pressed || l.practice_answered > 0 ? LESSON_STARTED : LESSON_OPEN;
}

/* A course without a test is finished by its lessons, whatever its completion rule says. */
static bool is_finished(struct course_state c)
{
    bool lessons_done = c.lessons_finished >= c.lessons;
    if (!c.has_test)
        return c.lessons > 0 && lessons_done;
    return c.test_passed && (c.completion_by_test || lessons_done);
}

/* The last day of validity still counts: "gültig bis" includes the day it names. */
static bool is_expired(struct course_state c, int32_t today)
{
    return c.valid_until != 0 && today > c.valid_until;
}

enum course_progress course_progress(struct course_state c, int32_t today)
{
    if (is_finished(c))
        return is_expired(c, today) ? COURSE_EXPIRED : COURSE_FINISHED;
    return c.started ? COURSE_STARTED : COURSE_NOT_STARTED;
}

static size_t first_unfinished(const enum lesson_progress *lessons, size_t count)
{
    size_t i = 0;
    while (i < count && (lessons[i] == LESSON_FINISHED || lessons[i] == LESSON_AHEAD))
        i++;
    return i;
}

struct next_step course_next_step(const enum lesson_progress *lessons, size_t count, struct course_state c,
                                  bool attempt_open)
{
    if (attempt_open)
        return (struct next_step){ .step = STEP_RESUME_TEST };
    if (is_finished(c))
        return (struct next_step){ .step = STEP_NONE };
    size_t lesson = first_unfinished(lessons, count);
    if (lesson < count)
        return (struct next_step){ .step = STEP_LESSON, .lesson = lesson };
    return (struct next_step){ .step = c.has_test && !c.test_passed ? STEP_TEST : STEP_NONE };
}
