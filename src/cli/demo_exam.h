/* demo_exam: one sitting of a test by a fictitious learner, from draw to completion: the answers are invented, all the
 * rest is done by the product's own functions. */
#ifndef CLI_DEMO_EXAM_H
#define CLI_DEMO_EXAM_H

#include "course/course.h"
#include "course/random.h"
#include "store/attempt.h"

struct demo_sitting {
    const struct course *course; /* with a test, its pack state stored */
    int64_t learner;
    int ability; /* thousandths: how often an item is answered rightly */
    int32_t day;
    size_t lessons_finished;
    bool again; /* sat for this test before */
};

struct demo_result {
    bool passed;
    int32_t valid_until; /* 0: for good, or not passed */
};

/* Inside a change: attempt, answers, evidence, standings, completion, last day of learning. */
enum status demo_exam_sit(struct db_conn *, const struct demo_sitting *, struct random *, struct arena *,
                          struct demo_result *) MUST_CHECK;

#endif
