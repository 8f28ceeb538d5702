/* deadline: see deadline.h. */
#include "http/deadline.h"

#include "base/clock.h"

#include <errno.h>
#include <poll.h>

static _Thread_local int64_t deadline_us; /* monotonic; 0: none. Eight bytes: the stack pays for it */

void deadline_begin(int seconds)
{
    deadline_us = clock_monotonic_us() + (int64_t)seconds * 1000000;
}

bool deadline_passed(void)
{
    return deadline_us && clock_monotonic_us() >= deadline_us;
}

void deadline_end(void)
{
    deadline_us = 0;
}

static struct timespec timespec_of_us(int64_t us)
{
    return (struct timespec){ .tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000 };
}

/* By its assembler name: with _FORTIFY_SOURCE the C name is taken by an inline function of poll.h. */
__attribute__((visibility("default"))) int poll_within_deadline(struct pollfd *, nfds_t, int) __asm__("poll");

int poll_within_deadline(struct pollfd *fds, nfds_t count, int timeout_ms)
{
    int64_t wait_us = (int64_t)timeout_ms * 1000;
    if (deadline_us) {
        int64_t left_us = deadline_us - clock_monotonic_us();
        if (left_us <= 0) {
            errno = ETIMEDOUT;
            return -1;
        }
        if (timeout_ms < 0 || left_us < wait_us)
            wait_us = left_us;
    }
    struct timespec wait = timespec_of_us(wait_us);
    return ppoll(fds, count, wait_us < 0 ? NULL : &wait, NULL);
}
