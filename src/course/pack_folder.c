/* pack_folder: see pack_folder.h. What is looked at is what the file system says, never the content: an editor that
 * writes the same bytes again costs one reading. */
#include "course/pack_folder.h"

#include "base/str.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST = 8 };

bool pack_folder_is(const char *directory, const char *name)
{
    char path[4096];
    struct stat st;
    if (name[0] == '.')
        return false;
    int len = snprintf(path, sizeof path, "%s/%s", directory, name);
    if (len < 0 || (size_t)len >= sizeof path || lstat(path, &st) != 0 || !S_ISDIR(st.st_mode))
        return false;
    len = snprintf(path, sizeof path, "%s/%s/course.xml", directory, name);
    return len > 0 && (size_t)len < sizeof path && lstat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool pack_folder_is_scratch(const char *name)
{
    struct str s = str_of(name);
    return s.at[0] == '.' || s.at[0] == '#' || str_ends(s, STR("~")) || str_ends(s, STR(".swp")) ||
           str_ends(s, STR(".tmp")) || str_is(s, "4913");
}

/* FNV-1a: good enough to see a difference, and nobody gains by hiding one. */
static uint64_t mix(uint64_t hash, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ at[i]) * 1099511628211u;
    return hash;
}

static uint64_t mix_number(uint64_t hash, int64_t number)
{
    return mix(hash, &number, sizeof number);
}

static uint64_t print_of_folder(int directory, int depth);

/* A sum over the entries of a folder, so that the order in which the system lists them does not matter. */
static uint64_t print_of_entry(int directory, const char *name, int depth)
{
    struct stat st;
    uint64_t hash = mix(14695981039346656037u, name, strlen(name));
    if (fstatat(directory, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return hash;
    if (S_ISDIR(st.st_mode)) {
        int below = depth < DEEPEST ? openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
        return below < 0 ? hash : mix_number(hash, (int64_t)print_of_folder(below, depth + 1));
    }
    hash = mix_number(mix_number(hash, st.st_size), (int64_t)st.st_ino);
    hash = mix_number(mix_number(hash, st.st_mtim.tv_sec), st.st_mtim.tv_nsec);
    return mix_number(mix_number(hash, st.st_ctim.tv_sec), st.st_ctim.tv_nsec);
}

/* Takes the descriptor. */
static uint64_t print_of_folder(int directory, int depth)
{
    uint64_t sum = 1;
    DIR *list = fdopendir(directory);
    if (!list) {
        close(directory);
        return 0;
    }
    for (struct dirent *entry = readdir(list); entry; entry = readdir(list))
        if (!pack_folder_is_scratch(entry->d_name))
            sum += print_of_entry(directory, entry->d_name, depth);
    closedir(list);
    return sum ? sum : 1;
}

uint64_t pack_folder_fingerprint(const char *directory)
{
    int top = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return top < 0 ? 0 : print_of_folder(top, 0);
}
