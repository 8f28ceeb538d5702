/* deadline: see deadline.h. */
#include "http/deadline.h"

#include "base/clock.h"

#include <errno.h>
#include <poll.h>

/* With workers free, CivetWeb's own limit of ten seconds comes first. A head comes in one piece, right after the
 * connection: who is cut off in 100 ms was silent. */
enum { PATIENCE_MS = 15000, PATIENCE_SCARCE_MS = 500, PATIENCE_NONE_FREE_MS = 100, LOOK_MS = 100 };

static _Thread_local int64_t deadline_us; /* monotonic; 0: none. Eight bytes: the stack pays for it */
static _Thread_local int64_t silent_since_us;
static _Thread_local const struct workers *needed; /* NULL: no first head is waited for */

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

bool workers_scarce(const struct workers *workers)
{
    return atomic_load(&workers->held) * 4 > workers->count * 3;
}

static int64_t patience_ms(const struct workers *workers)
{
    if (atomic_load(&workers->held) >= workers->count)
        return PATIENCE_NONE_FREE_MS;
    return workers_scarce(workers) ? PATIENCE_SCARCE_MS : PATIENCE_MS;
}

void patience_begin(const struct workers *workers)
{
    needed = workers;
    silent_since_us = clock_monotonic_us();
}

void patience_end(void)
{
    needed = NULL;
}

/* When this thread's waiting ends as things stand, INT64_MAX: never. */
static int64_t end_us(void)
{
    int64_t end = deadline_us ? deadline_us : INT64_MAX;
    int64_t patient = needed ? silent_since_us + patience_ms(needed) * 1000 : INT64_MAX;
    return patient < end ? patient : end;
}

static struct timespec timespec_of_us(int64_t us)
{
    return (struct timespec){ .tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000 };
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* By its assembler name: with _FORTIFY_SOURCE the C name is taken by an inline function of poll.h. */
__attribute__((visibility("default"))) int poll_within_deadline(struct pollfd *, nfds_t, int) __asm__("poll");

int poll_within_deadline(struct pollfd *fds, nfds_t count, int timeout_ms)
{
    int64_t now = clock_monotonic_us(), asked_us = timeout_ms < 0 ? INT64_MAX : now + (int64_t)timeout_ms * 1000;
    for (;; now = clock_monotonic_us()) {
        int64_t end = end_us(), until = least(asked_us, end);
        if (end <= now) {
            errno = ETIMEDOUT;
            return -1;
        }
        if (needed) /* the end may come nearer */
            until = least(until, now + LOOK_MS * 1000);
        struct timespec wait = timespec_of_us(until > now ? until - now : 0);
        int ready = ppoll(fds, count, until == INT64_MAX ? NULL : &wait, NULL);
        if (ready != 0 || (until == asked_us && timeout_ms >= 0))
            return ready;
    }
}
