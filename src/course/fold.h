/* fold: whether two short texts say the same to a reader, whatever keyboard they were typed on.
 *
 * White space of any kind collapses and is trimmed; soft hyphens and other invisible characters vanish; quotation
 * marks, apostrophes and dashes each count as one; ß is ss; Latin letters fold to lower case unless exact_case. No
 * allocation. */
#ifndef COURSE_FOLD_H
#define COURSE_FOLD_H

#include "base/str.h"

bool fold_equal(struct str, struct str, bool exact_case);
/* White space collapsed and trimmed, invisible characters dropped, nothing else. room has text.len bytes. */
struct str fold_spaces(struct str text, char *room);

#endif
