/* check_svg: whether a drawing is safe to serve. */
#ifndef COURSE_CHECK_SVG_H
#define COURSE_CHECK_SVG_H

#include "course/check/check.h"

/* Reports scripts, event handlers, foreign content, references out of the file. */
void check_svg(const struct check *, const struct pack_file *);

#endif
