/* check_text: characters and references of a file that is being checked. */
#ifndef COURSE_CHECK_TEXT_H
#define COURSE_CHECK_TEXT_H

#include "course/check/check.h"

bool text_is_utf16(struct str bytes);
/* Reports bytes that are not UTF-8 and characters that have no place in a text, and blanks them out in text, a copy of
 * the document's bytes. */
void text_clean(const struct check *, const struct document *, char *text);
/* text[at] is '&': reports and blanks out a reference that XML does not know. Returns where to read on. */
size_t text_reference(const struct check *, const struct document *, char *text, size_t at);

#endif
