/* progress: what is finished and what comes next. Pure.
 *
 * A lesson is finished when each of its practice questions was answered once and "Erledigt" was pressed.
 * A course is finished when its test is passed and, unless completion="test", every lesson is finished.
 * Without a test every lesson is needed. valid_until is the last day that still counts.
 * Opening a page never finishes anything. */
#ifndef RULES_PROGRESS_H
#define RULES_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lesson_state {
    int practice, practice_answered; /* distinct questions of the lesson as it is now */
    bool done_pressed;
};

enum lesson_progress { LESSON_OPEN, LESSON_STARTED, LESSON_FINISHED, LESSON_AHEAD /* not valid yet: counts for nobody */ };
enum lesson_progress lesson_progress(struct lesson_state);

struct course_state {
    size_t lessons, lessons_finished; /* without those ahead */
    bool has_test, test_passed, completion_by_test;
    bool started;         /* anything done at all */
    int32_t valid_until;  /* civil day of a passed test's end of validity; 0: none */
};

enum course_progress { COURSE_NOT_STARTED, COURSE_STARTED, COURSE_FINISHED, COURSE_EXPIRED };
enum course_progress course_progress(struct course_state, int32_t today);

enum step { STEP_LESSON, STEP_TEST, STEP_RESUME_TEST, STEP_NONE };
struct next_step {
    enum step step;
    size_t lesson; /* STEP_LESSON: index of the first lesson that is not finished */
};
/* An unfinished attempt comes first; then, unless the course is finished, lessons in order, then the test.
 * Knows no date: of a course whose validity has ended, the caller says test_passed = false, so that the way leads
 * to the test again. */
struct next_step course_next_step(const enum lesson_progress *lessons, size_t count, struct course_state,
                                  bool attempt_open);

#endif
