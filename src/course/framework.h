/* framework: the competence framework (data/competences.xml): ids, titles in four languages, levels. Immutable. */
#ifndef COURSE_FRAMEWORK_H
#define COURSE_FRAMEWORK_H

#include "base/lang.h"

struct competence {
    struct str id;                 /* "digcomp-3.0:4.1" */
    struct str title[LANG_COUNT];
    struct str area[LANG_COUNT];   /* "Sicherheit, Wohlbefinden, verantwortungsvolle Nutzung" */
};

struct framework {
    struct arena arena;
    struct str id, title, attribution;
    const struct competence *competences; /* in the framework's order */
    size_t count;
    struct str level[5][LANG_COUNT];      /* names of levels 1..4; [0] is empty */
};

enum status framework_load(struct framework **, struct str xml, struct arena *, struct str *problem) MUST_CHECK;
void framework_free(struct framework *);
const struct competence *framework_find(const struct framework *, struct str id); /* NULL: none */

#endif
