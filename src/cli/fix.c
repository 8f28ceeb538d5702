/* fix: see fix.h. The new text is written beside the old file under a name with a dot, which neither pack_read nor a
 * watching server takes for a part of the pack, and then takes the old one's name. */
#include "cli/fix.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_bytes(int file, struct str bytes)
{
    while (bytes.len) {
        ssize_t written = write(file, bytes.at, bytes.len);
        if (written <= 0)
            return false;
        bytes = str_from(bytes, (size_t)written);
    }
    return true;
}

/* On the disk before it takes the name: after a crash there is the old text or the new one. */
static bool write_whole(int file, struct str bytes, mode_t mode)
{
    bool written = fchmod(file, mode) == 0 && write_bytes(file, bytes) && fsync(file) == 0;
    return close(file) == 0 && written;
}

/* fresh: a template for mkstemp, beside path. */
static enum status replace(const char *path, char *fresh, struct str bytes)
{
    struct stat info;
    int file = lstat(path, &info) == 0 && S_ISREG(info.st_mode) ? mkstemp(fresh) : -1;
    if (file < 0)
        return UNAVAILABLE;
    if (write_whole(file, bytes, info.st_mode & 07777) && rename(fresh, path) == 0)
        return OK;
    unlink(fresh);
    return UNAVAILABLE;
}

static bool is_cut(const struct pack_cuts *cuts, struct str path)
{
    for (size_t i = 0; i < cuts->count; i++)
        if (str_equal(cuts->list[i].file, path))
            return true;
    return false;
}

static enum status replace_file(const char *directory, const struct pack_file *file, const struct pack_cuts *cuts,
                                struct arena *a)
{
    struct str path = str_format(a, "%s/%.*s", directory, STR_ARG(file->path));
    struct str fresh = str_format(a, "%s/.lotse-fix-XXXXXX", directory);
    struct str bytes = pack_without(file, cuts, a);
    return path.at && fresh.at && bytes.at ? replace(path.at, (char *)(uintptr_t)fresh.at, bytes) : NO_MEMORY;
}

enum status fix_pack(const struct pack_schema *schema, const char *directory, struct arena *a, struct pack_cuts *cuts)
{
    struct findings findings;
    struct pack_files files;
    *cuts = (struct pack_cuts){ .arena = a };
    findings_init(&findings, a);
    enum status s = pack_read(directory, a, &files, &findings);
    if (s)
        return s == NO_MEMORY ? s : OK;
    s = pack_repeats(schema, &files, &findings, a, cuts);
    for (size_t i = 0; i < files.count && s == OK; i++)
        if (is_cut(cuts, files.files[i].path))
            s = replace_file(directory, &files.files[i], cuts, a);
    return s;
}
