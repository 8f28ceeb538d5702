/* clock: civil calendar after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"
 * (days_from_civil, civil_from_days: the formulas, written anew). */
#include "base/clock.h"

enum { DAY_SECONDS = 86400 };

int64_t clock_now(const struct clock *c)
{
    if (c->fixed)
        return c->fixed;
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec;
}

int64_t clock_monotonic_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}

int32_t clock_day_of(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year; /* years begin in March: the leap day is last */
    int era = (int)floor_div(y, 400);
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct civil clock_civil_of_day(int32_t day)
{
    int32_t z = day + 719468;
    int era = (int)floor_div(z, 146097);
    int day_of_era = z - era * 146097;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (5 * day_of_year + 2) / 153;
    int month = shifted < 10 ? shifted + 3 : shifted - 9;
    return (struct civil){
        .year = year_of_era + era * 400 + (month <= 2),
        .month = month,
        .day = day_of_year - (153 * shifted + 2) / 5 + 1,
    };
}

/* The instant, 01:00 UTC, of the last Sunday of a month: when the EU changes its clocks. */
static int64_t last_sunday(int year, int month)
{
    int32_t last = clock_day_of(year, month + 1, 1) - 1; /* month is March or October */
    int weekday = (int)(((int64_t)last + 4) % 7);        /* 1970-01-01 was a Thursday; 0 = Sunday */
    return ((int64_t)last - weekday) * DAY_SECONDS + 3600;
}

static int64_t offset(int64_t instant, enum clock_zone zone)
{
    if (zone == ZONE_UTC)
        return 0;
    int year = clock_civil_of_day((int32_t)floor_div(instant, DAY_SECONDS)).year;
    bool summer = year >= 1996 && instant >= last_sunday(year, 3) && instant < last_sunday(year, 10);
    return summer ? 7200 : 3600;
}

int32_t clock_day(int64_t instant, enum clock_zone zone)
{
    return (int32_t)floor_div(instant + offset(instant, zone), DAY_SECONDS);
}

struct civil clock_civil(int64_t instant, enum clock_zone zone)
{
    int64_t local = instant + offset(instant, zone);
    struct civil c = clock_civil_of_day((int32_t)floor_div(local, DAY_SECONDS));
    int64_t second = local - floor_div(local, DAY_SECONDS) * DAY_SECONDS;
    c.hour = (int)(second / 3600);
    c.minute = (int)(second / 60 % 60);
    c.second = (int)(second % 60);
    return c;
}

int64_t clock_midday(int32_t day)
{
    return (int64_t)day * DAY_SECONDS + DAY_SECONDS / 2;
}

static int month_length(int year, int month)
{
    return month == 12 ? 31 : clock_day_of(year, month + 1, 1) - clock_day_of(year, month, 1);
}

int32_t clock_add_months(int32_t day, int months)
{
    struct civil c = clock_civil_of_day(day);
    int total = c.year * 12 + c.month - 1 + months;
    int year = (int)floor_div(total, 12), month = total - year * 12 + 1;
    int length = month_length(year, month);
    return clock_day_of(year, month, c.day < length ? c.day : length);
}

bool clock_parse_day(struct str s, int32_t *day)
{
    int64_t year, month, d;
    if (s.len != 10 || s.at[4] != '-' || s.at[7] != '-' || s.at[0] == '-' ||
        !str_to_int(str_part(s, 0, 4), &year) || !str_to_int(str_part(s, 5, 2), &month) ||
        !str_to_int(str_part(s, 8, 2), &d) || year < 1900 || month < 1 || month > 12 || d < 1 ||
        d > month_length((int)year, (int)month))
        return false;
    *day = clock_day_of((int)year, (int)month, (int)d);
    return true;
}

struct str clock_format_day(struct arena *a, int32_t day)
{
    struct civil c = clock_civil_of_day(day);
    return str_format(a, "%04d-%02d-%02d", c.year, c.month, c.day);
}

struct str clock_format_instant(struct arena *a, int64_t instant)
{
    struct civil c = clock_civil(instant, ZONE_UTC);
    return str_format(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour, c.minute, c.second);
}
