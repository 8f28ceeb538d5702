/* throttle: how long a sign-in has to wait after failures. It slows and never locks: at most 30 seconds. Pure.
 * The same for names that exist and names that do not. Failures older than 15 minutes are forgotten. A try is counted as
 * a failure when it is taken, before its password is looked at.
 * Three failures are free (typing errors), then 1, 2, 4, 8, 16, 30, 30 ... seconds after the last one. */
#ifndef RULES_THROTTLE_H
#define RULES_THROTTLE_H

#include <stdint.h>

/* Seconds until the next try is taken, 0: now. failures in a row, the instant of the last one. */
int throttle_wait(int failures, int64_t last_failure, int64_t now);
/* The count to store after one more failure. */
int throttle_after_failure(int failures, int64_t last_failure, int64_t now);

#endif
