/* drawing: an SVG of a pack as markup that stands in the page itself, so that it takes the page's font and our colours.
 *
 * The markup is written anew, element by element, from lists of what may be there: shapes, text, groups, markers, clips
 * and references within the file; numbers, paths and keywords; classes of ours (paint.h). Colours of the author become
 * the nearest of ours. Everything else (scripts, styles, links, pictures, foreign content, titles) is left out. What
 * was cleaned and is cleaned again stays the same. */
#ifndef COURSE_DRAWING_H
#define COURSE_DRAWING_H

#include "base/safe_html.h"

/* How it stands in the page. */
struct drawing_place {
    struct str prefix; /* before its ids, so that no two drawings of a page share one */
    struct str name;   /* what it shows, in words; empty: nothing that anybody has to know */
    int width, height; /* in CSS pixels where there is room; 0: not said */
};

/* STR_NONE: not a drawing that can stand in a page (no SVG, no viewBox, too large); nothing is said about memory, for
 * which the arena answers. */
struct safe_html drawing_inline(struct str svg, const struct drawing_place *, struct arena *);

#endif
