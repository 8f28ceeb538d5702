/* check_twins: a translation beside its source, element by element. Inside course/ only. */
#ifndef COURSE_CHECK_TWINS_H
#define COURSE_CHECK_TWINS_H

#include "course/check/check.h"

/* Reports at the place in the translation where it is out of step with its source, naming the line there; warns of what
 * is not translated; and, where somebody asks, collects what is said twice. Elements with an error are then broken. */
void check_twins(const struct check *, const struct document *translation, const struct targets *of_source);

#endif
