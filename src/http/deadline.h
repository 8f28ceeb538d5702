/* deadline: an end to the waiting of one thread, over all its calls of poll.
 *
 * CivetWeb's only limit starts anew with every byte that arrives, so a client that sends one byte in nine seconds
 * would hold a worker for days. Its waiting goes through poll(2): the executable defines that function, and lets it
 * fail with ETIMEDOUT once the calling thread's deadline has passed. Threads without a deadline notice nothing. */
#ifndef HTTP_DEADLINE_H
#define HTTP_DEADLINE_H

#include <stdbool.h>

void deadline_begin(int seconds);
bool deadline_passed(void);
void deadline_end(void);

#endif
