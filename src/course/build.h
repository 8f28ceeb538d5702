/* build: from a checked document to an immutable course. */
#ifndef COURSE_BUILD_H
#define COURSE_BUILD_H

#include "course/pack.h"

#include <libxml/tree.h>

/* The document has passed pack_check; what a check would have refused ends as CORRUPT, never as a half-built course.
 * Nothing of the document or the files is kept: the course lives on without them. NO_MEMORY when it would be too large.
 */
enum status course_build(const xmlDoc *, const struct pack_files *, const struct pack_schema *, struct str hash,
                         struct course **) MUST_CHECK;

#endif
