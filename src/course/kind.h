/* kind: what one kind of question can do. Inside course/ only.
 *
 * A new kind is one row in question.c, one file kind_NAME.c, two partials (question-NAME, result-NAME) and its element
 * in the schema. All functions but parse are pure. */
#ifndef COURSE_KIND_H
#define COURSE_KIND_H

#include "course/question.h"

#include <libxml/tree.h>

struct prose;

struct kind {
    const char *name; /* the element, the partials */
    const char *flag; /* key in forms and results: "is_choice" */
    /* Fills what this kind keeps in the question. CORRUPT: the element is not what the check lets through. */
    enum status (*parse)(struct prose *, const xmlNode *, struct question *);
    bool (*accepts)(const struct question *, const struct given *); /* never called with an empty answer */
    int (*points)(const struct question *, const struct given *);   /* 0..1000; nor is this */
    /* Each fills options (an empty list) and puts the keys that are the kind's own; see question.h. */
    void (*describe)(const struct question *, uint64_t seed, struct doc_node *options);
    void (*form)(const struct question *, uint64_t seed, const struct given *, struct str html_id, struct doc_node *map,
                 struct doc_node *options);
    void (*result)(const struct question *, uint64_t seed, const struct given *, struct doc_node *map,
                   struct doc_node *options);
};

extern const struct kind kind_choice, kind_text;

/* The kind with that element, or NULL. */
const struct kind *kind_find(struct str name);

/* Null where there is no markup. */
void kind_put_html(struct doc_node *map, const char *key, struct safe_html);

#endif
