/* backup: a copy of one state while writing goes on. One step over all pages on a connection of its own: stepwise,
 * every change of the writer would start it again, for ever. The copy gets its name only when it is whole, read back
 * without fault and on the disk: what is called a backup is one. It is one file, without WAL. */
#include "db/engine.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { PATH_CEILING = 4096 };

static enum status copy_pages(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup)
        return status_of(sqlite3_errcode(to), to);
    sqlite3_backup_step(backup, -1);
    return status_of(sqlite3_backup_finish(backup), to); /* finish repeats the step's failure */
}

static enum status copy_into(struct db *db, const char *part)
{
    sqlite3 *from = NULL, *to = NULL;
    enum status s = handle_open(&from, db->path, CONNECTION_READER, false);
    if (s == OK)
        s = status_of(sqlite3_open_v2(part, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL), to);
    if (s == OK)
        s = exec(to, "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF"); /* synced as a whole afterwards */
    if (s == OK)
        s = copy_pages(from, to);
    if (s == OK)
        s = exec(to, "PRAGMA journal_mode = DELETE"); /* the source's WAL mode came along with the first page */
    sqlite3_close(to);
    sqlite3_close(from);
    return s;
}

static enum status read_verdict(sqlite3 *copy)
{
    sqlite3_stmt *stmt;
    int code = sqlite3_prepare_v2(copy, "PRAGMA integrity_check(1)", -1, &stmt, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    bool good = code == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(stmt, 0), "ok") == 0;
    sqlite3_finalize(stmt);
    return code == SQLITE_ROW && !good ? CORRUPT : status_of(code, copy);
}

/* On a connection of its own: what counts is the file, not what the copying one has in memory. */
static enum status check_copy(const char *part)
{
    sqlite3 *copy = NULL;
    enum status s = status_of(sqlite3_open_v2(part, &copy, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL), copy);
    if (s == OK)
        s = read_verdict(copy);
    sqlite3_close(copy);
    return s;
}

static enum status make_private(const char *part)
{
    unlink(part); /* left by a backup that was cut off */
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == ENOSPC ? NO_SPACE : UNAVAILABLE;
    close(fd);
    return OK;
}

static enum status sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0)
        return UNAVAILABLE;
    int failed = fsync(fd);
    close(fd);
    return failed ? UNAVAILABLE : OK;
}

static enum status sync_directory_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct buf directory;
    buf_init(&directory, PATH_CEILING);
    buf_add_format(&directory, "%.*s", slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
    enum status s = buf_status(&directory);
    if (s == OK)
        s = sync_path(directory.at, O_RDONLY | O_DIRECTORY);
    buf_release(&directory);
    return s;
}

/* Never over a file that is there; a file system that cannot promise that in one step (EINVAL) is looked at first. */
static enum status give_name(const char *part, const char *path)
{
    if (renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return OK;
    if (errno == EEXIST)
        return CONFLICT;
    if (errno != EINVAL)
        return UNAVAILABLE;
    if (access(path, F_OK) == 0)
        return CONFLICT;
    return rename(part, path) == 0 ? OK : UNAVAILABLE;
}

static enum status backup_by_way_of(struct db *db, const char *part, const char *path)
{
    enum status s = access(path, F_OK) == 0 ? CONFLICT : make_private(part);
    if (s == CONFLICT)
        return s;
    if (s == OK)
        s = copy_into(db, part);
    if (s == OK)
        s = check_copy(part);
    if (s == OK)
        s = sync_path(part, O_RDONLY);
    if (s == OK)
        s = give_name(part, path);
    if (s != OK)
        unlink(part);
    return s == OK ? sync_directory_of(path) : s;
}

enum status db_backup(struct db *db, const char *path)
{
    struct buf part;
    buf_init(&part, PATH_CEILING);
    buf_add_format(&part, "%s.part", path);
    enum status s = buf_status(&part);
    if (s == OK)
        s = backup_by_way_of(db, part.at, path);
    buf_release(&part);
    if (s != OK)
        log_event(LOG_WARN, "db backup=%s", status_name(s));
    return s;
}
