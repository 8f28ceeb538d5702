/* clock: instants, civil days and the one place where the zone turns one into the other.
 *
 * An instant is UTC seconds since 1970 (int64_t). A civil day is days since 1970-01-01 (int32_t).
 * The clock is injected: code asks the struct clock it was given, never the system. Zone: rules of
 * Europe/Zurich (CET/CEST, EU rule since 1996; earlier years as CET), the city's zone by configuration
 * is either that or UTC. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/str.h"

struct clock {
    int64_t fixed; /* 0: the system's time */
};

enum clock_zone { ZONE_UTC, ZONE_ZURICH };

struct civil {
    int year, month, day;        /* 1..12, 1..31 */
    int hour, minute, second;
};

int64_t clock_now(const struct clock *);       /* UTC seconds */
int64_t clock_monotonic_us(void);              /* for measuring only */

int32_t clock_day(int64_t instant, enum clock_zone);
struct civil clock_civil(int64_t instant, enum clock_zone);
struct civil clock_civil_of_day(int32_t day);
int32_t clock_day_of(int year, int month, int day);
/* Midday of that day, UTC: an instant that falls on the day in either zone. */
int64_t clock_midday(int32_t day);
int32_t clock_add_months(int32_t day, int months); /* 31 January + 1 month = 28 or 29 February */
/* "2026-11-23" exactly and existing; anything else is false. */
bool clock_parse_day(struct str, int32_t *day);
struct str clock_format_day(struct arena *, int32_t day);          /* 2026-11-23 */
struct str clock_format_instant(struct arena *, int64_t instant);  /* 2026-11-23T20:35:00Z */

#endif
