/* sink: the one that fills a buf. */
#include "base/sink.h"

static void write_to_buf(struct sink *s, struct str piece)
{
    struct buf *b = ((struct buf_sink *)s)->buf;
    buf_add(b, piece);
    s->status = buf_status(b);
}

void buf_sink_init(struct buf_sink *s, struct buf *b)
{
    *s = (struct buf_sink){ .sink = { .write = write_to_buf }, .buf = b };
}
