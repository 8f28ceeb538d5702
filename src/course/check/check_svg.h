/* check_svg: whether a drawing is safe to serve, and what becomes of it where a page shows it. */
#ifndef COURSE_CHECK_SVG_H
#define COURSE_CHECK_SVG_H

#include "course/check/check.h"

/* Reports scripts, event handlers, foreign content, references out of the file; drawn: a figure shows it. */
void check_svg(const struct check *, const struct pack_file *, bool drawn);

/* ---- check_drawing.c ---- */

/* What a figure would leave out, paint differently or show too small to read (course/drawing.h); marks of the document
 * say where something unsafe has been reported. */
void check_drawing(const struct check *, struct document *);

#endif
