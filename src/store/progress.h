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

/* What finishes a course, read from its pack. A list of ids is ",a,b,c,": an id has no comma. */
struct completion_rule {
    struct str course;
    struct str lessons, practice; /* each to be done, each to be answered; empty where the test alone counts */
    size_t lesson_count, practice_count;
    bool needs_test;
};

struct learner_progress {
    struct mark_row *practice, *lessons;
    size_t practice_count, lesson_count;
    struct completion_row *completions;
    size_t completion_count;
};

/* Everything of a learner, in three queries; sorted by course and id. */
enum status progress_of(struct db_conn *, int64_t learner, struct arena *, struct learner_progress *) MUST_CHECK;

/* ---- inside a change; saying the same twice is one fact, and the first day stays; each moves the last day of learning ---- */
enum status practice_put(struct db_conn *, int64_t learner, struct str course, struct str item, int32_t day) MUST_CHECK;
enum status lesson_done_put(struct db_conn *, int64_t learner, struct str course, struct str lesson, int32_t day) MUST_CHECK;
/* Derived: writes down the completions that follow from lessons done, practice answered and tests passed, also those of
 * steps that other changes committed meanwhile. After every step that may have been the last; costs nothing twice. */
enum status completion_derive(struct db_conn *, int64_t learner, const struct completion_rule *) MUST_CHECK;
/* The same for everybody: a new version of a pack may ask for less than the one before. */
enum status completion_derive_all(struct db_conn *, const struct completion_rule *) MUST_CHECK;
/* Derived: moves the last day of learning forward. */
enum status activity_touch(struct db_conn *, int64_t learner, int32_t day) MUST_CHECK;

/* ---- verify ---- */

/* Completions that follow from the facts by this rule, and how many of them are not written down so. */
enum status completion_count_wrong(struct db_conn *, const struct completion_rule *, int64_t *due, int64_t *wrong) MUST_CHECK;
/* Completions that rest on no fact, whatever their course asked for when they were written: neither on a passed attempt
 * of that validity, nor, without validity, on a lesson done. */
enum status completion_count_unfounded(struct db_conn *, int64_t *count) MUST_CHECK;
/* Learners whose derived last day differs from the facts. */
enum status activity_count_wrong(struct db_conn *, int64_t *count) MUST_CHECK;

#endif
