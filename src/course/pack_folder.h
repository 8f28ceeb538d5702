/* pack_folder: packs as folders on disk: which they are, and whether something in them changed. Inside course/ only.
 * No memory of its own; any thread. */
#ifndef COURSE_PACK_FOLDER_H
#define COURSE_PACK_FOLDER_H

#include <stdbool.h>
#include <stdint.h>

/* Whether the directory's entry is a folder that holds a course.xml; links are not followed. */
bool pack_folder_is(const char *directory, const char *name);
/* Files that editors and systems leave beside what they write: .name, name~, #name#, 4913. */
bool pack_folder_is_scratch(const char *name);
/* Changes with every file below (name, size, times, inode), scratch files and links apart. 0: it cannot be read. */
uint64_t pack_folder_fingerprint(const char *directory);

#endif
