/* filter: what of the catalogue somebody wants to see: by competence, level, minutes and language of the content. From the
 * address, so that it can be linked; a value that is none filters nothing. */
#ifndef PAGE_FILTER_H
#define PAGE_FILTER_H

#include "page/exchange.h"

struct filter {
    const struct competence *competence; /* NULL: any */
    int level;                           /* 1..4; 0: any */
    int minutes;                         /* at most; 0: any */
    bool speaks;                         /* in lang alone */
    enum lang lang;
};

struct filter filter_read(const struct exchange *);
bool filter_is_set(const struct filter *);
/* Competence and level of one of its objectives, and its minutes. Of the language decides where it was found. */
bool filter_fits_lesson(const struct filter *, const struct lesson *);
/* One of the lessons that the visitor sees fits competence and level; minutes are those of all. A competence alone may also
 * be one that the test asks for. */
bool filter_fits_course(const struct exchange *, const struct filter *, const struct course *);
/* data.filter, and view.filter: what there is to choose (templates/search-form). path: the page that filters. */
void filter_put(struct exchange *, const struct filter *, const char *path);
/* "&competence=...&level=2": for a link to the same with something else changed. */
struct str filter_query(const struct exchange *, const struct filter *);

#endif
