/* decimal: exact decimal numbers, as packs write them and as people type them. No binary fractions: 0.1 + 0.2 is 0.3.
 *
 * A value counts units of 1/10'000'000 (DECIMAL_ONE). What packs write has at most 11 digits before the point and 6
 * after it, so every sum of two fits, and the seventh place is free to say "a little more" where somebody typed more
 * places than that: comparing with what a pack wrote stays exact. Pure. */
#ifndef COURSE_DECIMAL_H
#define COURSE_DECIMAL_H

#include "base/str.h"

#define DECIMAL_ONE INT64_C(10000000)

/* "-12.5", as the schema's type "decimal" writes it. */
bool decimal_parse(struct str, int64_t *out);

/* What somebody typed. One sign between two groups of three digits («1.000», «1,000») can be meant either way: both
 * values, that with the decimal sign first. */
struct decimal_reading {
    int64_t values[2];
    int count; /* 0: no number */
};

/* Reads «12'000», «12’000», «12 000», «25,5», «25.5», «-3», «+3», «1.234,50», «Fr. 25.–» with the unit Fr. The unit
 * (empty: none) may stand before or after the number; a per cent sign may stand after it where the unit is none. */
struct decimal_reading decimal_read(struct str typed, struct str unit);

#endif
