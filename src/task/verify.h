/* verify: does everything derived still follow from the facts, and is every published snapshot as it was cut? */
#ifndef TASK_VERIFY_H
#define TASK_VERIFY_H

#include "store/progress.h"

struct verify_report {
    int64_t standings, standings_wrong;
    int64_t completions, completions_wrong;
    int64_t activities_wrong;
    int snapshots, checksums_wrong;
    int64_t cells, thresholds_wrong; /* cells with figures of fewer than k people, off their ladder, or pointing nowhere */
};

/* rules: what finishes the live courses. Completions of other courses are only asked what they rest on. */
enum status verify_all(struct db *, const struct completion_rule *rules, size_t count, struct arena *,
                       struct verify_report *) MUST_CHECK;
bool verify_is_clean(const struct verify_report *);

#endif
