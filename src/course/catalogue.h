/* catalogue: the courses that are live. Readers take it, use it, release it; loading a new one swaps the pointer under
 * one mutex, the old one goes when its last reader releases it. Thread-safe. */
#ifndef COURSE_CATALOGUE_H
#define COURSE_CATALOGUE_H

#include "course/pack.h"

struct edition;

struct catalogue {
    const struct course *const *courses; /* sorted by id */
    size_t count;
    struct edition *edition; /* what catalogue_release lets go of */
};

struct catalogue_holder;

enum status catalogue_open(struct catalogue_holder **) MUST_CHECK; /* starts with no course */
void catalogue_close(struct catalogue_holder *);

/* Loads every pack below the directory: its folders that hold a course.xml. each(context, pack, findings) is called for
 * every one, in the order of their names; a pack with errors (findings->errors > 0), or with the id of an earlier one,
 * is left out. UNAVAILABLE: the directory cannot be read; TOO_LARGE: over 1,000 entries. What was live stays live until
 * all is loaded. */
enum status catalogue_load(struct catalogue_holder *, const struct pack_schema *, const char *directory,
                           void (*each)(void *context, struct str pack, const struct findings *),
                           void *context) MUST_CHECK;

const struct catalogue *catalogue_take(struct catalogue_holder *); /* never NULL */
void catalogue_release(struct catalogue_holder *, const struct catalogue *);
const struct course *catalogue_course(const struct catalogue *, struct str id); /* NULL: none */

/* The bytes of a live course's pack, as stored with the first attempt on that state; NULL: not live. */
const struct pack_files *catalogue_files(const struct catalogue *, const struct course *);

#endif
