/* reply: one answer, complete before its first byte leaves. Body in memory up to 1 MiB, then in an unlinked
 * temporary file. A header that could break the reply's lines (a control character in it, an address that leads
 * elsewhere) or does not fit is refused: the answer becomes a 500 and the log names the header. */
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
    const char *refused;       /* name of the first refused header */
    struct str body;           /* constant bytes (assets); else what the sink took */
    struct spool *spool;       /* made by reply_sink */
    struct sink lost;          /* in its place when there was no memory */
    bool cacheable;            /* else Cache-Control: no-store; then its value is a header set here */
    bool close;
};

void reply_init(struct reply *, struct arena *);
void reply_release(struct reply *);
/* The name is a literal; the value outlives the reply. */
void reply_header(struct reply *, const char *name, struct str value);
/* 303 to a path of ours ("/..."), URL-encoded. */
void reply_redirect(struct reply *, struct str path);
/* HttpOnly; SameSite=Lax; Path=/; with secure: Secure and the name prefixed __Host-. max_age < 0: for the session; 0: delete. */
void reply_cookie(struct reply *, const char *name, struct str value, bool secure, int64_t max_age);
struct str reply_cookie_name(const char *name, bool secure, struct arena *);
/* Where renderers write. Never NULL: without memory it is a sink that has failed. */
struct sink *reply_sink(struct reply *);
/* OK, or why the answer cannot be sent as it is: its sink's error, NO_MEMORY of its arena, INVALID for a refused
 * header. */
enum status reply_status(const struct reply *) MUST_CHECK;
/* Bytes of the body. */
size_t reply_size(const struct reply *);

#endif
