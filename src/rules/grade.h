/* grade: from marked items to the result of an attempt. Pure, integers in thousandths of a point. */
#ifndef RULES_GRADE_H
#define RULES_GRADE_H

#include <stdbool.h>
#include <stddef.h>

struct graded_item {
    int points;     /* 0..1000 */
    bool must_pass; /* safety-critical: must be fully right */
};

struct grade {
    int points, points_max; /* thousandths */
    int percent;            /* floor: 79.9 % is not 80 % */
    bool must_pass_missed;
    bool passed;            /* percent >= pass mark, and no must-pass item missed; never with no items */
};

struct grade grade_of(const struct graded_item *, size_t count, int pass_percent);

#endif
