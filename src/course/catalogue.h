/* catalogue: the courses that are live, and how their packs stand. Readers take it, use it, release it; loading makes a
 * new edition and swaps the pointer under one mutex; what nobody holds any more is freed. A pack whose files did not
 * change is carried over; one whose files got an error keeps its last good state live. Thread-safe, but for
 * catalogue_load: one thread at a time. */
#ifndef COURSE_CATALOGUE_H
#define COURSE_CATALOGUE_H

#include "course/pack.h"

/* How one folder of packs stands. */
struct pack_status {
    struct str folder;
    const struct course *course;     /* live; NULL: nothing of it */
    const struct findings *findings; /* of the files as they are now */
    bool kept;                       /* the files have errors: an earlier state is live */
    int64_t loaded_at;               /* when these files were read, UTC seconds */
};

struct catalogue {
    const struct course *const *courses; /* sorted by id */
    size_t count;
    const struct pack_status *packs; /* sorted by folder */
    size_t pack_count;
};

struct catalogue_holder;

enum status catalogue_open(struct catalogue_holder **) MUST_CHECK; /* starts with no course */
void catalogue_close(struct catalogue_holder *);

/* Loads every pack below the directory: its folders that hold a course.xml. each(context, status) is called for every
 * one whose files were read (all, the first time), in the order of their names; a pack with errors, or with the id of
 * an earlier one, is left out or keeps its earlier state. UNAVAILABLE: the directory cannot be read; TOO_LARGE: over
 * 1,000 entries. What was live stays live until all is loaded. */
enum status catalogue_load(struct catalogue_holder *, const struct pack_schema *, const char *directory, int64_t now,
                           void (*each)(void *context, const struct pack_status *), void *context) MUST_CHECK;

const struct catalogue *catalogue_take(struct catalogue_holder *); /* never NULL */
void catalogue_release(struct catalogue_holder *, const struct catalogue *);
const struct course *catalogue_course(const struct catalogue *, struct str id); /* NULL: none */

/* The bytes of a live course's pack, as stored with the first attempt on that state; NULL: not live. */
const struct pack_files *catalogue_files(const struct catalogue *, const struct course *);

/* A number that changes whenever a file of the packs below the directory is changed, added, renamed or removed; editors'
 * swap files do not count. 0: the directory cannot be read. */
uint64_t catalogue_fingerprint(const char *directory);

#endif
