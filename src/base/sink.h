/* sink: where rendered bytes go. A renderer writes pieces and looks at the sticky status once, at the end.
 * Memory behind it belongs to whoever made the sink. */
#ifndef BASE_SINK_H
#define BASE_SINK_H

#include "base/str.h"

struct sink {
    void (*write)(struct sink *, struct str);
    enum status status;
};

static inline void sink_add(struct sink *s, struct str piece)
{
    if (s->status == OK && piece.len)
        s->write(s, piece);
}

/* A sink that fills a buf. */
struct buf_sink {
    struct sink sink;
    struct buf *buf;
};
void buf_sink_init(struct buf_sink *, struct buf *);

#endif
