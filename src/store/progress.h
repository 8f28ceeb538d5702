/* progress: practice answered, lessons done, courses finished, last day of learning; by learner key. */
#ifndef STORE_PROGRESS_H
#define STORE_PROGRESS_H

#include "store/store.h"

struct mark_row { /* a practice item answered, or a lesson done */
    struct str course, id;
    int32_t day;
};

struct completion_row {
    struct str course;
    int32_t day, valid_until; /* 0: for good */
};

struct learner_progress {
    struct mark_row *practice, *lessons;
    size_t practice_count, lesson_count;
    struct completion_row *completions;
    size_t completion_count;
};

/* Everything of a learner, in three queries; sorted by course and id. */
enum status progress_of(struct db_conn *, int64_t learner, struct arena *, struct learner_progress *) MUST_CHECK;

/* ---- inside a change; saying the same twice is one fact ---- */
enum status practice_put(struct db_conn *, int64_t learner, struct str course, struct str item, int32_t day) MUST_CHECK;
enum status lesson_done_put(struct db_conn *, int64_t learner, struct str course, struct str lesson, int32_t day) MUST_CHECK;
enum status completion_put(struct db_conn *, int64_t learner, const struct completion_row *) MUST_CHECK;
/* Derived: moves the last day of learning forward. */
enum status activity_touch(struct db_conn *, int64_t learner, int32_t day) MUST_CHECK;

/* Learners whose derived last day differs from the facts (verify). */
enum status activity_count_wrong(struct db_conn *, int64_t *count) MUST_CHECK;

#endif
