/* status: the one error vocabulary. A status is for the world's faults; our own bugs are asserted.
 * Every function that can fail returns one and the compiler insists that it is looked at. */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

enum status {
    OK = 0,
    INVALID,     /* what was sent breaks a rule that the sender can mend (422) */
    MALFORMED,   /* what was sent cannot be read at all (400) */
    UNAUTHENTICATED, /* nobody is signed in (303 to sign-in, 401 for data) */
    FORBIDDEN,   /* signed in, but not allowed (403; 404 where existence is a secret) */
    NOT_FOUND,   /* no such thing (404) */
    OTHER_METHOD, /* there is such a thing, but not to be used in this way (405) */
    CONFLICT,    /* the state changed meanwhile (409) */
    TOO_LARGE,   /* over a limit that we state (413) */
    TOO_MANY,    /* slow down (429) */
    BUSY,        /* try again in a moment (503) */
    NO_MEMORY,   /* (503) */
    NO_SPACE,    /* disk full: nothing was written (503) */
    UNAVAILABLE, /* a file, database or neighbour does not answer (503) */
    CORRUPT,     /* stored bytes are not what we wrote (500) */
    STATUS_COUNT
};

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

/* The word for logs: "ok", "not-found" ... Never NULL. */
const char *status_name(enum status);

#endif
