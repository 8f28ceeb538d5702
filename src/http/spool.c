/* spool: see spool.h. */
#include "http/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { USUAL_PAGE = 32 * 1024 };

static int open_unlinked(void)
{
    const char *folder = getenv("TMPDIR");
    if (!folder || !*folder)
        folder = "/var/tmp"; /* on disk, where /tmp is often memory */
    int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
        return file;
    char name[4096];
    if ((size_t)snprintf(name, sizeof name, "%s/lotse-XXXXXX", folder) >= sizeof name)
        return -1;
    file = mkostemp(name, O_CLOEXEC);
    if (file >= 0)
        unlink(name);
    return file;
}

static enum status write_all(int file, struct str bytes)
{
    while (bytes.len) {
        ssize_t written = write(file, bytes.at, bytes.len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno == ENOSPC || errno == EDQUOT ? NO_SPACE : UNAVAILABLE;
        bytes = str_from(bytes, (size_t)written);
    }
    return OK;
}

static enum status move_to_file(struct spool *spool)
{
    if (spool->file < 0)
        spool->file = open_unlinked();
    if (spool->file < 0)
        return UNAVAILABLE;
    enum status status = write_all(spool->file, buf_str(&spool->memory));
    buf_clear(&spool->memory);
    return status;
}

/* The piece that memory has no room for, and all that memory holds, go into the file. */
static enum status overflow(struct spool *spool, struct str piece)
{
    if (spool->size + piece.len > SPOOL_MAX)
        return TOO_LARGE;
    enum status status = move_to_file(spool);
    return status ? status : write_all(spool->file, piece);
}

static void take(struct sink *sink, struct str piece)
{
    struct spool *spool = (struct spool *)sink;
    if (piece.len > SPOOL_MEMORY - spool->memory.len) {
        sink->status = overflow(spool, piece);
    } else {
        buf_add(&spool->memory, piece);
        sink->status = spool->memory.status;
    }
    spool->size += piece.len;
}

struct spool *spool_new(struct arena *arena)
{
    struct spool *spool = ARENA_NEW(arena, struct spool);
    if (!spool)
        return NULL;
    spool->sink.write = take;
    spool->file = -1;
    buf_init(&spool->memory, SPOOL_MEMORY);
    buf_reserve(&spool->memory, USUAL_PAGE);
    return spool;
}

void spool_release(struct spool *spool)
{
    buf_release(&spool->memory);
    if (spool->file >= 0)
        close(spool->file);
    spool->file = -1;
}

size_t spool_read(struct spool *spool, size_t offset, char *room, size_t size)
{
    size_t filed = spool->size - spool->memory.len;
    if (offset >= filed) {
        struct str rest = str_part(buf_str(&spool->memory), offset - filed, size);
        if (rest.len)
            memcpy(room, rest.at, rest.len);
        return rest.len;
    }
    ssize_t got;
    do
        got = pread(spool->file, room, size < filed - offset ? size : filed - offset, (off_t)offset);
    while (got < 0 && errno == EINTR);
    if (got <= 0)
        spool->sink.status = UNAVAILABLE;
    return got > 0 ? (size_t)got : 0;
}
