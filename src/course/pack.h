/* pack: from files to a checked, immutable course. One engine behind the shell, the server and (later) the editor.
 *
 * A pack is a folder: course.xml, course.<lang>.xml per translation, media/. Files come from a directory or from the
 * database; the pack keeps the bytes in the arena of whoever reads it. Hostile XML (DTD, entities, depth over 64,
 * more than 4 MiB) is refused before anything is built. Thread-safe: the schema is shared and const. */
#ifndef COURSE_PACK_H
#define COURSE_PACK_H

#include "course/course.h"
#include "course/finding.h"

struct pack_file {
    struct str path; /* "course.xml", "media/a.svg" */
    struct str bytes;
};

struct pack_files {
    struct pack_file *files; /* sorted by path */
    size_t count;
};

struct pack_schema; /* compiled courses/schema/course-1.xsd and the framework's competence ids */
struct framework;
struct policies;

/* xsd: bytes of the schema. Framework and messages (words of callouts in the course's language) must outlive it. */
enum status pack_schema_new(struct pack_schema **, struct str xsd, const struct framework *, const struct messages *,
                            struct arena *, struct str *problem) MUST_CHECK;
void pack_schema_free(struct pack_schema *);
const struct framework *pack_schema_framework(const struct pack_schema *);
const struct messages *pack_schema_messages(const struct pack_schema *); /* may be NULL */
/* The organisation's own rules, which courses show; before the schema is shared. They must outlive it. */
void pack_schema_set_policies(struct pack_schema *, const struct policies *);
const struct policies *pack_schema_policies(const struct pack_schema *); /* may be NULL */
const struct pack_file *pack_file(const struct pack_files *, struct str path); /* NULL: no such file */
/* The file that shows media/PATH to readers of a language: media/LANGUAGE/PATH where there is one, else itself; NULL. */
const struct pack_file *pack_media(const struct pack_files *, struct str path, enum lang);

/* Reads a pack's folder: only the XML files at its top and what is below media/ (no links, no dot files; at most 64
 * files a folder and 20 MiB in all).
 * What cannot be read becomes a finding. */
enum status pack_read(const char *directory, struct arena *, struct pack_files *, struct findings *) MUST_CHECK;
/* 64 hex digits. */
struct str pack_hash(const struct pack_files *, struct arena *);

/* All findings at once, sorted. INVALID when there is at least one error. */
enum status pack_check(const struct pack_schema *, const struct pack_files *, struct findings *) MUST_CHECK;
/* What can be taken out without changing anything: a byte order mark, and what a translation says again in exactly the
 * words of its source. */
struct pack_cut {
    struct str file;
    size_t at, len; /* bytes of the file */
    int line;
    struct str words; /* what is taken out, trimmed */
};

struct pack_cuts {
    struct arena *arena;
    struct pack_cut *list; /* of each file in its order; none inside another */
    size_t count, room;
};

/* All that can be taken out. The findings are those of pack_check; only memory running out is no OK. */
enum status pack_repeats(const struct pack_schema *, const struct pack_files *, struct findings *, struct arena *,
                         struct pack_cuts *) MUST_CHECK;
/* The file's bytes without its cuts, in the arena. */
struct str pack_without(const struct pack_file *, const struct pack_cuts *, struct arena *);

/* Checks and builds. On INVALID *course is NULL and the findings say why. */
enum status pack_load(const struct pack_schema *, const struct pack_files *, struct findings *, struct course **) MUST_CHECK;

#endif
