/* demo_walk: one fictitious person's way through one course, step by step: a lesson a day now and then, then the test,
 * perhaps again. A walk remembers what comes next and when, so that a month can be written after the other. */
#ifndef CLI_DEMO_WALK_H
#define CLI_DEMO_WALK_H

#include "cli/demo_people.h"
#include "course/course.h"

struct demo_walk {
    struct random random; /* of this walk alone: the order in which walks are taken changes nothing */
    int32_t next_day;     /* of the next step; DEMO_NEVER: there is none */
    uint16_t lessons;     /* finished */
    uint16_t gives_up;    /* after so many lessons; UINT16_MAX: does not */
    uint8_t failures;     /* in a row */
    bool sat;             /* for the test, at least once */
};

enum { DEMO_NEVER = INT32_MAX };

struct demo_tally {
    int64_t lessons, tests, passed;
};

void demo_walk_begin(struct demo_walk *, const struct demo_person *, const struct course *, uint64_t seed,
                     struct demo_span);
/* Inside a change: every step up to and including that day. The arena may be reset afterwards. */
enum status demo_walk_until(struct demo_walk *, const struct demo_person *, const struct course *, int32_t day,
                            struct db_conn *, struct arena *, struct demo_tally *) MUST_CHECK;

#endif
