/* prose_parts: what the files of prose share. Inside prose*.c only; everybody else uses prose.h. */
#ifndef COURSE_PROSE_PARTS_H
#define COURSE_PROSE_PARTS_H

#include "course/prose/prose.h"

/* ---- writing ---- */

/* The label course-GROUP-KIND. */
void prose_label_of(struct prose *, const char *group, struct str kind);
/* The opening tag with the element's id and, where it is not NULL, a class. */
void prose_open(struct prose *, const char *tag, const char *class, const xmlNode *);
/* Ids of our own: the number of the element is unique in the pack, and no id of a pack has an underscore. */
struct str prose_own_id(struct prose *, const char *prefix, const xmlNode *);
/* The element's own id, else one of ours. */
struct str prose_id(struct prose *, const xmlNode *);

/* ---- parts of elements ---- */

void prose_write_blocks(struct prose *, const xmlNode *from, const xmlNode *until);
/* The words of a child, or nothing where there is no such child. */
void prose_child(struct prose *, const xmlNode *, const char *child);
/* <details> around the element's blocks; its summary: the words of a child, or (child NULL) a label. */
void prose_details(struct prose *, const xmlNode *, const char *class, const char *child, const char *label);
/* What was written since the last time. */
struct safe_html prose_finish(struct prose *);

/* ---- the elements: lists that end with a NULL name ---- */

struct prose_element {
    const char *name;
    void (*write)(struct prose *, const xmlNode *);
};

extern const struct prose_element prose_plain_blocks[]; /* prose_blocks.c: paragraphs, lists, tables, boxes */
extern const struct prose_element prose_cases[];        /* prose_case.c: what lets one think, choose, compare */
extern const struct prose_element prose_media[];        /* prose_media.c: pictures, films, sound */

#endif
