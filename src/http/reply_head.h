/* reply_head: the lines before a reply's body. Pure. Every reply carries the same security headers, errors and
 * assets too: docs/security.md gives the reason of each. */
#ifndef HTTP_REPLY_HEAD_H
#define HTTP_REPLY_HEAD_H

#include "http/reply.h"

enum { REPLY_HEAD_MAX = 16 * 1024 };

struct reply_circumstances {
    int64_t now;  /* UTC seconds, for Date */
    bool secure;  /* the client came by https */
    bool close;   /* the connection ends with this reply */
};

/* Appends the head with its empty line. */
void reply_head_add(struct buf *, const struct reply *, const struct reply_circumstances *);
/* false: the code says that there is none (204, 304). */
bool reply_has_body(const struct reply *);
/* "Not Found". */
const char *reply_reason(int code);

#endif
