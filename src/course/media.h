/* media: what a pack's files below media/ are, and how large a picture is. By name and content alone; nothing is
 * decoded. */
#ifndef COURSE_MEDIA_H
#define COURSE_MEDIA_H

#include "base/str.h"

/* "image/svg+xml" by the name's ending; STR_NONE: not a type that is served. */
struct str media_type(struct str path);
/* Width and height in CSS pixels of an SVG, PNG or JPEG. false: another type, or it does not say. */
bool media_size(struct str path, struct str bytes, int *width, int *height);

#endif
