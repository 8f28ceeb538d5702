/* passage: blocks with places in them that are answered: words to mark, gaps to fill. Kept in pieces, because what
 * stands in a place differs from page to page: a control, a word, a number. Inside course/ only. */
#ifndef COURSE_PASSAGE_H
#define COURSE_PASSAGE_H

#include "course/kind/kind.h"

struct passage {
    const struct safe_html *pieces; /* none is markup of its own: the tags of one may be closed in a later one */
    size_t places;                  /* there is one piece more */
};

enum status passage_parse(struct prose *, const xmlNode *passage, struct passage *) MUST_CHECK;
/* The next place below the passage in reading order, a mark or a blank; now is the passage itself, then each. */
const xmlNode *passage_place(const xmlNode *passage, const xmlNode *now);
size_t passage_count(const xmlNode *passage);

/* The passage with that in its places. */
struct safe_html passage_with(const struct passage *, const struct safe_html *in_places, struct arena *);
/* One of the interface's words in the course's language, which is that of the passage. */
struct safe_html passage_word(struct prose *, const char *message);

#endif
