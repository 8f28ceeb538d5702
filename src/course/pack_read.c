/* pack_read: a pack's folder, read once. Directories are opened one below the other without following links, so that
 * a pack cannot show files from elsewhere; sizes are asked before anything is read. */
#include "course/pack.h"

#include "base/utf8.h"
#include "course/pack_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_FILES = 64, MOST_BYTES = 20 * 1024 * 1024, MOST_DEPTH = 4 };

struct folder {
    struct arena *arena;
    struct pack_files *out;
    struct findings *findings;
    size_t bytes;
    bool full; /* said once */
};

static void complain(struct folder *folder, struct str path, const char *code)
{
    findings_add(folder->findings, SEVERITY_ERROR, code, path, 0, 0, NULL, 0);
}

static void complain_full(struct folder *folder, struct str path, const char *code)
{
    if (!folder->full)
        complain(folder, path, code);
    folder->full = true;
}

/* False when the file changed or broke while it was read. */
static bool read_bytes(int file, char *at, size_t len)
{
    while (len > 0) {
        ssize_t got = read(file, at, len);
        if (got <= 0)
            return false;
        at += got;
        len -= (size_t)got;
    }
    return true;
}

static void read_open_file(struct folder *folder, int file, struct str path)
{
    struct stat stat;
    if (fstat(file, &stat) != 0 || !S_ISREG(stat.st_mode)) {
        complain(folder, path, "unreadable-file");
        return;
    }
    size_t len = (size_t)stat.st_size;
    if (folder->out->count == MOST_FILES || len > MOST_BYTES - folder->bytes) {
        complain_full(folder, path, folder->out->count == MOST_FILES ? "too-many-files" : "pack-too-large");
        return;
    }
    char *at = arena_alloc(folder->arena, len + 1);
    if (!at || !read_bytes(file, at, len)) {
        complain(folder, path, "unreadable-file");
        return;
    }
    folder->bytes += len;
    folder->out->files[folder->out->count++] = (struct pack_file){ path, { at, len } };
}

static void read_file(struct folder *folder, int directory, const char *name, struct str path)
{
    int file = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        complain(folder, path, "unreadable-file");
        return;
    }
    read_open_file(folder, file, path);
    close(file);
}

static void read_folder(struct folder *, int directory, struct str prefix, int depth);

static void read_below(struct folder *folder, int directory, const char *name, struct str path, int depth)
{
    int below = depth < MOST_DEPTH ? openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
    if (below < 0)
        complain(folder, path, depth < MOST_DEPTH ? "unreadable-file" : "folder-too-deep");
    else
        read_folder(folder, below, str_format(folder->arena, "%.*s/", STR_ARG(path)), depth + 1);
}

/* At the top only course files and media/; below media/ everything. What editors leave beside it is passed over. */
static bool is_wanted(const char *name, bool is_folder, int depth)
{
    if (pack_folder_is_scratch(name))
        return false;
    if (depth > 0)
        return true;
    return is_folder ? strcmp(name, "media") == 0 : str_ends(str_of(name), STR(".xml"));
}

static void read_entry(struct folder *folder, int directory, const char *name, struct str prefix, int depth)
{
    struct stat stat;
    if (fstatat(directory, name, &stat, AT_SYMLINK_NOFOLLOW) != 0 || !is_wanted(name, S_ISDIR(stat.st_mode), depth))
        return;
    struct str path = str_format(folder->arena, "%.*s%s", STR_ARG(prefix), name);
    if (!path.at || !utf8_is_text(path))
        complain(folder, prefix, "unreadable-file");
    else if (S_ISLNK(stat.st_mode))
        complain(folder, path, "link");
    else if (S_ISDIR(stat.st_mode))
        read_below(folder, directory, name, path, depth);
    else
        read_file(folder, directory, name, path);
}

/* Takes the descriptor. */
static void read_folder(struct folder *folder, int directory, struct str prefix, int depth)
{
    DIR *list = fdopendir(directory);
    if (!list) {
        close(directory);
        complain(folder, prefix, "unreadable-file");
        return;
    }
    for (struct dirent *entry = readdir(list); entry && !folder->full; entry = readdir(list))
        read_entry(folder, directory, entry->d_name, prefix, depth);
    closedir(list);
}

static int compare_paths(const void *a, const void *b)
{
    return str_compare(((const struct pack_file *)a)->path, ((const struct pack_file *)b)->path);
}

enum status pack_read(const char *path, struct arena *arena, struct pack_files *out, struct findings *findings)
{
    *out = (struct pack_files){ .files = ARENA_ARRAY(arena, MOST_FILES, struct pack_file) };
    struct folder folder = { .arena = arena, .out = out, .findings = findings };
    if (!out->files)
        return NO_MEMORY;
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) {
        complain(&folder, STR("course.xml"), "no-folder");
        return NOT_FOUND;
    }
    read_folder(&folder, directory, STR(""), 0);
    qsort(out->files, out->count, sizeof *out->files, compare_paths);
    enum status status = arena_status(arena);
    return status == OK && folder.findings->errors > 0 ? INVALID : status;
}
