/* gzip: see gzip.h. One call: everything is there at once. */
#include "ext/gzip.h"

#define ZLIB_CONST /* next_in points to const */
#include <zlib.h>

/* Level 4 makes a page within 5 % of the shortest and takes half of the time. */
enum { LEVEL = 4, WINDOW_BITS = 15, GZIP_FRAME = 16, MEMORY_LEVEL = 8 };

enum status gzip_add(struct buf *packed, struct str plain)
{
    z_stream stream = { .next_in = (const Bytef *)plain.at, .avail_in = (uInt)plain.len };
    if (plain.len > UINT32_MAX / 2)
        return TOO_LARGE;
    if (deflateInit2(&stream, LEVEL, Z_DEFLATED, WINDOW_BITS + GZIP_FRAME, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        return NO_MEMORY;
    size_t room = deflateBound(&stream, (uLong)plain.len);
    buf_reserve(packed, room);
    enum status status = buf_status(packed);
    if (status == OK) {
        stream.next_out = (Bytef *)packed->at + packed->len;
        stream.avail_out = (uInt)room;
        status = deflate(&stream, Z_FINISH) == Z_STREAM_END ? OK : NO_MEMORY;
    }
    if (status == OK)
        packed->len += stream.total_out;
    deflateEnd(&stream);
    return status;
}
