/* cut: a reporting snapshot. Counts people per unit (through the lane), protects every subject once (rules/disclosure),
 * and publishes the cells in one change. Raw counts never leave this file. */
#ifndef TASK_CUT_H
#define TASK_CUT_H

#include "store/store.h"

enum { CUT_K = 5, PARTICIPATION_DAYS = 365 };

struct cut {
    struct str secret;         /* of the installation: keyed rounding */
    int32_t day;
    int64_t now;
    const struct str *courses; /* ids of the courses that are reported */
    size_t course_count;
};

struct cut_outcome {
    int units, subjects, cells;
};

/* CONFLICT: that day has its snapshot, and published snapshots are never recomputed. NOT_FOUND: there are no units. */
enum status cut_snapshot(struct db *, const struct cut *, struct arena *, struct cut_outcome *) MUST_CHECK;

/* What snapshot.checksum holds: SHA-256 over units and cells in key order. Used by the cut and by verify. */
enum status cut_checksum(struct db_conn *, int64_t snapshot, struct arena *, struct str *hex) MUST_CHECK;

#endif
