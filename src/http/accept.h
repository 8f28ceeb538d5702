/* accept: what a client takes, by the lists in its headers (RFC 9110, 12.5.3 and 13.1.2). Pure. */
#ifndef HTTP_ACCEPT_H
#define HTTP_ACCEPT_H

#include "base/str.h"

enum coding { CODING_NONE, CODING_BROTLI, CODING_GZIP };

/* The better of the codings that we have; brotli where the client likes both as much. */
enum coding accept_coding(struct str accept_encoding, bool have_brotli, bool have_gzip);
/* Whether If-None-Match names this entity tag (with its quotes). */
bool accept_knows(struct str if_none_match, struct str etag);

#endif
