/* assets: hashed, pre-compressed files of the binary under /assets/. */
#ifndef HTTP_ASSETS_H
#define HTTP_ASSETS_H

#include "http/reply.h"
#include "http/request.h"

/* Answers GET /assets/NAME.HASH.EXT from the embed table, brotli or gzip as accepted; false: not an asset path. */
bool assets_answer(const struct request *, struct reply *);
/* "lotse.css" -> "/assets/lotse.4f3a91c2.css"; STR_NONE: unknown. The context is unused.
 * The text is constant for the life of the process and does not end in NUL. */
struct str assets_url(void *context, struct str name);

#endif
