/* drawing_parts: how the files of drawing and the checker read an SVG. Inside drawing*.c and check_drawing.c only;
 * everybody else uses drawing.h. */
#ifndef COURSE_DRAWING_PARTS_H
#define COURSE_DRAWING_PARTS_H

#include "course/xml.h"

/* A page holds several drawings, and each reference may stand for many elements: both are bounded before a browser has
 * to draw them. */
enum { DRAWING_MAX_BYTES = 128 * 1024, DRAWING_MAX_ELEMENTS = 4000, DRAWING_MAX_DEPTH = XML_MAX_DEPTH };

/* Units of the drawing that text has which says nothing. */
#define DRAWING_TEXT_SIZE 16.

struct drawing_id {
    struct str id;
    const xmlNode *node;
};

/* Views into the document, which must outlive it. */
struct drawing_source {
    const xmlNode *root;
    struct drawing_id *ids; /* sorted */
    size_t id_count;
};

/* OK, TOO_LARGE (also where references lead in circles), CORRUPT (no <svg>) or NO_MEMORY. bytes: the file's. */
enum status drawing_read(struct drawing_source *, const xmlNode *root, size_t bytes, struct arena *) MUST_CHECK;

/* Whether it is one of the elements that may be in a page. */
bool drawing_keeps(const xmlNode *);
/* Whether the author took it out of sight, or it points at nothing that may be shown. */
bool drawing_omits(const struct drawing_source *, const xmlNode *);
bool drawing_is_words(const xmlNode *); /* text, tspan */
/* Something that is drawn only where another element points at it: defs, symbol, marker, clipPath. */
bool drawing_is_store(const xmlNode *);

/* SVG's own attribute, trimmed; STR_NONE: absent, or longer than any of its kind has to be. */
struct str drawing_attribute(const xmlNode *, const char *name);
/* The same for what may be said in style, too, which wins. */
struct str drawing_style(const xmlNode *, const char *name);
/* The name of ours that a class "fill-NAME" or "stroke-NAME" of the element gives; STR_NONE. */
struct str drawing_paint(const xmlNode *, const char *property);

/* The element of an id as it may stand in a page; NULL: there is none. */
const xmlNode *drawing_find(const struct drawing_source *, struct str id);
/* What an attribute points at: href of use ("#a"), clip-path and markers ("url(#a)"). NULL: nothing it may point at. */
const xmlNode *drawing_target(const struct drawing_source *, const xmlNode *, const char *attribute);

/* "min-x min-y width height"; false: not that. */
bool drawing_view_box(struct str, double box[4]);
/* How much longer something gets by it; false: not a transform. */
bool drawing_scale(struct str transform, double *scale);
/* "15" or "15px"; false: not a size in units of the drawing. */
bool drawing_size(struct str, double *out);

#endif
