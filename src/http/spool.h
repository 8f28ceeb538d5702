/* spool: a reply's body while it is being written: in memory up to 1 MiB, then in a temporary file without a name,
 * which disappears with the process whatever happens. Made in an arena; spool_release frees memory and file. */
#ifndef HTTP_SPOOL_H
#define HTTP_SPOOL_H

#include "base/sink.h"

enum { SPOOL_MEMORY = 1024 * 1024, SPOOL_MAX = 1024 * 1024 * 1024 };

struct spool {
    struct sink sink;  /* first: the sink's write finds its spool by it */
    struct buf memory; /* the body, or its end that is not yet in the file */
    int file;          /* -1: all is in memory */
    size_t size;
};

struct spool *spool_new(struct arena *);
void spool_release(struct spool *);
/* Bytes from offset on into room; 0 at the end, and after an error that sink.status names. */
size_t spool_read(struct spool *, size_t offset, char *room, size_t size);

#endif
