/* gzip: bytes made shorter for the wire (zlib; RFC 1952). */
#ifndef EXT_GZIP_H
#define EXT_GZIP_H

#include "base/str.h"

/* Appends the plain bytes, packed. On failure the buffer has kept what it had: NO_MEMORY, or TOO_LARGE for its ceiling. */
enum status gzip_add(struct buf *packed, struct str plain) MUST_CHECK;

#endif
