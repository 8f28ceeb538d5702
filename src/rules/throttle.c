/* throttle: doubling waits with a low ceiling. No memory, any thread.
 * A clock that was set back must not prolong a wait: the age of a failure is never below zero. */
#include "rules/throttle.h"

#include <stdbool.h>

enum { FREE_FAILURES = 3, WAIT_AT_MOST = 30, FORGET_AFTER = 15 * 60, COUNT_AT_MOST = 1000 };

static int64_t age_of(int64_t last_failure, int64_t now)
{
    return now > last_failure ? now - last_failure : 0;
}

static bool is_forgotten(int64_t last_failure, int64_t now)
{
    return age_of(last_failure, now) >= FORGET_AFTER;
}

static int wait_after(int failures)
{
    int wait = 1;
    for (int i = FREE_FAILURES + 1; i < failures && wait < WAIT_AT_MOST; i++)
        wait *= 2;
    return wait < WAIT_AT_MOST ? wait : WAIT_AT_MOST;
}

int throttle_wait(int failures, int64_t last_failure, int64_t now)
{
    if (failures <= FREE_FAILURES || is_forgotten(last_failure, now))
        return 0;
    int64_t left = wait_after(failures) - age_of(last_failure, now);
    return left > 0 ? (int)left : 0;
}

int throttle_after_failure(int failures, int64_t last_failure, int64_t now)
{
    if (failures <= 0 || is_forgotten(last_failure, now))
        return 1;
    return failures < COUNT_AT_MOST ? failures + 1 : COUNT_AT_MOST;
}
