/* paint: the colours that a drawing of a pack may have. They are names of ours, not values: web/styles/drawing.css says
 * what each is in light, in dark, in print and in forced colours. class="fill-good stroke-ink" paints a shape. */
#ifndef COURSE_PAINT_H
#define COURSE_PAINT_H

#include "base/str.h"

/* Whether it is a name of ours: "ink", "accent-soft". */
bool paint_is_name(struct str);
/* The name next to an author's colour: "accent-soft" for "#e6f0fa"; STR_NONE: not a colour that is understood. */
struct str paint_nearest(struct str colour);
/* What may stay in fill and stroke because it is no colour: "none", "context-stroke"; STR_NONE. */
struct str paint_keyword(struct str value);

#endif
