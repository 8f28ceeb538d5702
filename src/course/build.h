/* build: from a checked document to an immutable course. */
#ifndef COURSE_BUILD_H
#define COURSE_BUILD_H

#include "course/pack.h"

#include <libxml/tree.h>

/* The document has passed pack_check; what a check would have refused ends as CORRUPT, never as a half-built course.
 * Nothing of the document or the files is kept: the course lives on without them. NO_MEMORY when it would be too large.
 */
/* In its own language alone. */
enum status course_build(const xmlDoc *, const struct pack_files *, const struct pack_schema *, struct str hash,
                         struct course **) MUST_CHECK;
/* The same from a translation laid over the source (translate.h); the source keeps it and shares its media with it. */
enum status course_build_translation(const xmlDoc *merged, const struct pack_files *, const struct pack_schema *,
                                     struct course *source) MUST_CHECK;
/* The source and every course.LANGUAGE.xml of the files, parsed and merged in the arena. */
enum status course_build_all(const xmlDoc *source, const struct pack_files *, const struct pack_schema *, struct str hash,
                             struct arena *, struct course **) MUST_CHECK;
/* The language of course.LANGUAGE.xml; false for every other path, course.xml among them. */
bool build_is_translation(struct str path, enum lang *);

#endif
