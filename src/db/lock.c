/* lock: "<path>.lock", held by the one process that may write: a server or a tool. flock and not a file's
 * existence: the kernel releases it however the process ends. The file stays; removing it would race. */
#include "db/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

enum status lock_take(struct db *db, struct arena *a, struct str *problem)
{
    struct str path = str_format(a, "%s.lock", db->path);
    if (arena_status(a) != OK)
        return NO_MEMORY;
    int fd = open(path.at, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        *problem = str_format(a, "%s cannot be opened: %s", path.at, strerror(errno));
        return UNAVAILABLE;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        *problem = str_format(a, "%s is in use by another lotse (a server, or a command that writes); stop it first",
                              db->path);
        close(fd);
        return BUSY;
    }
    db->lock = fd;
    return OK;
}

void lock_drop(struct db *db)
{
    if (db->lock >= 0)
        close(db->lock);
    db->lock = -1;
}
