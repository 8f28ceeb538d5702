/* range: a part of something that is served as it is, so that a player can begin in the middle (RFC 9110, section 14).
 * One part at a time: a request for several gets the whole, which is allowed and needs no second format. */
#ifndef HTTP_RANGE_H
#define HTTP_RANGE_H

#include "http/reply.h"
#include "http/request.h"

enum range { RANGE_WHOLE, RANGE_PART, RANGE_OUTSIDE };

/* The value of a Range header for so many bytes. What cannot be read asks for the whole. Pure. */
enum range range_read(struct str value, size_t size, size_t *first, size_t *length);
/* 200, 206, 304 or 416, by Range, If-Range and If-None-Match; copies what it sends. etag: with its quotes, strong. */
void range_answer(const struct request *, struct reply *, struct str bytes, struct str etag);

#endif
