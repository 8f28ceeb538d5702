/* plain: the words of rendered prose, for the search. Reads nothing but our own safe html: well-formed, quoted
 * attributes, five entities. */
#ifndef COURSE_PLAIN_H
#define COURSE_PLAIN_H

#include "base/safe_html.h"

/* Appends its words, blocks separated by a sign and a space; those of headings to headings too (NULL: not wanted).
 * Drawings and the marks of footnotes are left out; ß becomes ss. */
void plain_add(struct safe_html, struct buf *text, struct buf *headings);
/* A text that never was markup, by the same rules. */
struct str plain_text(struct arena *, struct str);

#endif
