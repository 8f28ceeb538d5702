/* coding: what a page's bytes look like on the wire. What the sink took is sent packed where the client takes gzip and it
 * is worth it; assets come packed from the build, media are packed by themselves. */
#ifndef HTTP_CODING_H
#define HTTP_CODING_H

#include "http/reply.h"
#include "http/request.h"

/* After the page, before the head. Without memory the reply goes out as it is. */
void coding_apply(const struct request *, struct reply *);

#endif
