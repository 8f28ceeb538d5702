/* stack: workers with stacks that are large enough.
 *
 * CivetWeb asks for 100 KiB, fixed at its compile time. The executable defines pthread_attr_setstacksize, which
 * raises smaller wishes to STACK_SIZE before it hands them to the C library. Should that definition ever be bypassed
 * (hidden symbols, static linking), stack_check ends the process at start instead of some page at noon. */
#ifndef HTTP_STACK_H
#define HTTP_STACK_H

enum { STACK_SIZE = 512 * 1024 };

/* Aborts when the calling thread's stack is smaller. */
void stack_check(void);

#endif
