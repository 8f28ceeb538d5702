/* deadline: an end to the waiting of one thread, over all its calls of poll.
 *
 * CivetWeb's only limit starts anew with every byte that arrives, so a client that sends one byte in nine seconds
 * would hold a worker for days. Its waiting goes through poll(2): the executable defines that function, and lets it
 * fail with ETIMEDOUT once the calling thread's deadline has passed. Threads without a deadline notice nothing.
 *
 * A new connection that says nothing holds a worker, too. How long it may depends on how many others are held
 * meanwhile, so its deadline comes nearer while it waits. */
#ifndef HTTP_DEADLINE_H
#define HTTP_DEADLINE_H

#include <stdatomic.h>
#include <stdbool.h>

void deadline_begin(int seconds);
bool deadline_passed(void);
void deadline_end(void);

struct workers {
    int count;
    atomic_int held; /* each by a connection, idle or not */
};

/* Three quarters are held. */
bool workers_scarce(const struct workers *);

/* Between these the thread waits for the first head of a new connection. The workers outlive it. */
void patience_begin(const struct workers *);
void patience_end(void);

#endif
