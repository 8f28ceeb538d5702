/* reply: one answer, complete before its first byte leaves. Body in memory up to 1 MiB, then in an unlinked
 * temporary file. Headers cannot carry line feeds: a value with one is refused (asserted in debug, 500 in release). */
#ifndef HTTP_REPLY_H
#define HTTP_REPLY_H

#include "base/sink.h"

enum { REPLY_MAX_HEADERS = 16 };

struct reply {
    struct arena *arena;
    int code;                  /* 200 unless set */
    struct str type;           /* "text/html; charset=utf-8" */
    struct {
        const char *name;
        struct str value;
    } headers[REPLY_MAX_HEADERS];
    size_t header_count;
    struct str body;           /* constant bytes (assets); else what the sink took */
    struct spool *spool;       /* made by reply_sink */
    bool cacheable;            /* else Cache-Control: no-store */
    bool close;
};

void reply_init(struct reply *, struct arena *);
void reply_release(struct reply *);
void reply_header(struct reply *, const char *name, struct str value);
/* 303 to a path of ours ("/..."). */
void reply_redirect(struct reply *, struct str path);
/* HttpOnly; SameSite=Lax; Path=/; with secure: Secure and the name prefixed __Host-. max_age < 0: for the session; 0: delete. */
void reply_cookie(struct reply *, const char *name, struct str value, bool secure, int64_t max_age);
struct str reply_cookie_name(const char *name, bool secure, struct arena *);
/* Where renderers write. */
struct sink *reply_sink(struct reply *);

#endif
