/* lane: the one file that joins person and learner. Two lanes lead out of it: a person's own learner key, for the one
 * signed in; and counts of people per unit, for the cut, which protects them before anybody sees them.
 * Nothing here may ever return a learner key together with a name, or a fact of learning together with a person. */
#ifndef STORE_LANE_H
#define STORE_LANE_H

#include "store/store.h"

/* The learner key of the person who is signed in. */
enum status lane_own_learner(struct db_conn *, int64_t person, int64_t *learner) MUST_CHECK;
enum status lane_link(struct db_conn *, int64_t person, int64_t learner) MUST_CHECK;

/* People, assessed and reached of one unit itself (without those below), for one subject. Everybody is counted once in
 * the whole city: whoever has two positions that day belongs to the unit, and has the function, of the one that began last. */
struct lane_count {
    int32_t place;
    int people, assessed, reached;
};
/* Receives every unit with somebody in scope. Never leave these counts outside the cut. */
struct lane_counts {
    void (*each)(void *context, struct lane_count);
    void *context;
};

/* In scope: whose function's profile has the competence. Reached: the level that profile asks for. */
enum status lane_count_competence(struct db_conn *, struct str competence, int32_t day, struct lane_counts) MUST_CHECK;
/* In scope: everybody. Reached: finished the course and still valid on that day. */
enum status lane_count_course(struct db_conn *, struct str course, int32_t day, struct lane_counts) MUST_CHECK;
/* In scope: everybody. Reached: learned something since the day `since`. */
enum status lane_count_participation(struct db_conn *, int32_t since, int32_t day, struct lane_counts) MUST_CHECK;

#endif
