/* random: a small generator for orders and draws that must come out the same for the same seed, on every machine and in
 * years to come: attempts are rendered again from their seed, so the sequence must never change. SplitMix64 (Steele,
 * Lea, Flood 2014). Not for secrets. */
#ifndef COURSE_RANDOM_H
#define COURSE_RANDOM_H

#include "base/str.h"

struct random {
    uint64_t state;
};

/* A sequence of its own for each seed and name. */
struct random random_of(uint64_t seed, struct str name);
uint64_t random_next(struct random *);
/* 0 <= result < limit, all equally likely; limit > 0. */
uint64_t random_below(struct random *, uint64_t limit);
/* Brings them into some order, each equally likely. */
void random_shuffle(struct random *, size_t *list, size_t count);

#endif
