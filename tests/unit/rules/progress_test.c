/* progress: what finishes a lesson and a course, what expires, and the order of next steps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/progress.h"

static void a_lesson_needs_its_practice_and_the_button(void **state)
{
    (void)state;
    static const struct {
        struct lesson_state lesson;
        enum lesson_progress want;
    } cases[] = {
        { { 0, 0, false }, LESSON_OPEN },     { { 3, 0, false }, LESSON_OPEN },    { { 3, 1, false }, LESSON_STARTED },
        { { 3, 3, false }, LESSON_STARTED },  { { 3, 2, true }, LESSON_STARTED },  { { 3, 0, true }, LESSON_STARTED },
        { { 3, 3, true }, LESSON_FINISHED },  { { 0, 0, true }, LESSON_FINISHED },
        /* a question was taken out of the lesson after it was answered */
        { { 2, 3, true }, LESSON_FINISHED },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(lesson_progress(cases[i].lesson), cases[i].want);
}

enum { TODAY = 20000 };

static const struct course_case {
    const char *what;
    struct course_state course;
    enum course_progress want;
} COURSES[] = {
    { "untouched", { .lessons = 4, .has_test = true }, COURSE_NOT_STARTED },
    { "begun", { .lessons = 4, .has_test = true, .started = true }, COURSE_STARTED },
    { "all lessons, no test yet",
      { .lessons = 4, .lessons_finished = 4, .has_test = true, .started = true },
      COURSE_STARTED },
    { "test passed, lessons open",
      { .lessons = 4, .lessons_finished = 3, .has_test = true, .test_passed = true, .started = true },
      COURSE_STARTED },
    { "both",
      { .lessons = 4, .lessons_finished = 4, .has_test = true, .test_passed = true, .started = true },
      COURSE_FINISHED },
    { "the test is enough where the course says so",
      { .lessons = 4, .has_test = true, .test_passed = true, .completion_by_test = true, .started = true },
      COURSE_FINISHED },
    { "by test, lessons are not enough",
      { .lessons = 4, .lessons_finished = 4, .has_test = true, .completion_by_test = true, .started = true },
      COURSE_STARTED },
    { "without a test the lessons decide", { .lessons = 2, .lessons_finished = 2, .started = true }, COURSE_FINISHED },
    { "an empty course is never finished", { .lessons = 0 }, COURSE_NOT_STARTED },
    { "the last day of validity counts",
      { .has_test = true, .test_passed = true, .completion_by_test = true, .valid_until = TODAY },
      COURSE_FINISHED },
    { "the day after does not",
      { .has_test = true, .test_passed = true, .completion_by_test = true, .valid_until = TODAY - 1 },
      COURSE_EXPIRED },
    { "what was never finished does not expire",
      { .lessons = 1, .has_test = true, .test_passed = true, .started = true, .valid_until = TODAY - 1 },
      COURSE_STARTED },
};

static void courses(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof COURSES / sizeof *COURSES; i++) {
        if (course_progress(COURSES[i].course, TODAY) != COURSES[i].want)
            fail_msg("%s", COURSES[i].what);
    }
}

static const struct step_case {
    const char *what;
    enum lesson_progress lessons[3];
    struct course_state course;
    bool attempt_open;
    struct next_step want;
} STEPS[] = {
    { "the first lesson",
      { LESSON_OPEN, LESSON_OPEN, LESSON_OPEN },
      { .lessons = 3, .has_test = true },
      false,
      { STEP_LESSON, 0 } },
    { "an open attempt before all else",
      { LESSON_OPEN, LESSON_OPEN, LESSON_OPEN },
      { .lessons = 3, .has_test = true },
      true,
      { STEP_RESUME_TEST, 0 } },
    { "a lesson that is not valid yet is passed over",
      { LESSON_FINISHED, LESSON_AHEAD, LESSON_OPEN },
      { .lessons = 2, .lessons_finished = 1, .has_test = true, .started = true },
      false,
      { STEP_LESSON, 2 } },
    { "and does not keep anybody from the test",
      { LESSON_FINISHED, LESSON_AHEAD, LESSON_FINISHED },
      { .lessons = 2, .lessons_finished = 2, .has_test = true, .started = true },
      false,
      { STEP_TEST, 0 } },
    { "a lesson that was left out",
      { LESSON_FINISHED, LESSON_STARTED, LESSON_FINISHED },
      { .lessons = 3, .lessons_finished = 2, .has_test = true },
      false,
      { STEP_LESSON, 1 } },
    { "then the test",
      { LESSON_FINISHED, LESSON_FINISHED, LESSON_FINISHED },
      { .lessons = 3, .lessons_finished = 3, .has_test = true },
      false,
      { STEP_TEST, 0 } },
    { "lessons after a passed test",
      { LESSON_FINISHED, LESSON_FINISHED, LESSON_OPEN },
      { .lessons = 3, .lessons_finished = 2, .has_test = true, .test_passed = true },
      false,
      { STEP_LESSON, 2 } },
    { "nothing when the test was enough",
      { LESSON_OPEN, LESSON_OPEN, LESSON_OPEN },
      { .lessons = 3, .has_test = true, .test_passed = true, .completion_by_test = true },
      false,
      { STEP_NONE, 0 } },
    { "nothing when all is done",
      { LESSON_FINISHED, LESSON_FINISHED, LESSON_FINISHED },
      { .lessons = 3, .lessons_finished = 3, .has_test = true, .test_passed = true },
      false,
      { STEP_NONE, 0 } },
    { "no test to take",
      { LESSON_FINISHED, LESSON_FINISHED, LESSON_FINISHED },
      { .lessons = 3, .lessons_finished = 3 },
      false,
      { STEP_NONE, 0 } },
};

static void next_steps(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
        const struct step_case *c = &STEPS[i];
        struct next_step got = course_next_step(c->lessons, 3, c->course, c->attempt_open);
        if (got.step != c->want.step || got.lesson != c->want.lesson)
            fail_msg("%s: step %d, lesson %zu", c->what, (int)got.step, got.lesson);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lesson_needs_its_practice_and_the_button),
        cmocka_unit_test(courses),
        cmocka_unit_test(next_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
