/* check_schema: what the schema pass and the translation of its complaints share. */
#ifndef COURSE_CHECK_SCHEMA_H
#define COURSE_CHECK_SCHEMA_H

#include "course/check/check.h"

enum { MOST_EXPECTED = 12 };

/* What libxml2 said about a node of the working tree. */
struct complaint {
    xmlNode *node;
    int code;
    struct str words;
};

/* Names of what could stand next. */
struct expected {
    struct str list[MOST_EXPECTED];
    size_t count;
};

/* One validation of a document, with the tree it repairs. */
struct pass {
    const struct check *check;
    struct document *document;
    xmlDoc *doc; /* the working tree */
    xmlSchemaValidCtxt *ctxt;
    struct complaint *complaints;
    size_t count;
    bool *told;       /* by element: its place has been complained about */
    bool *wordy;      /* by element: it had words where a block should be, which is why the block is missing */
    xmlNode *removed; /* holds what was taken out until the end: complaints of the same round may point into it */
    bool progress;    /* this round has changed something, so another may find more */
    size_t validations, bytes;
    /* A probe: does this child fit now, and everything between it and limit? */
    const xmlNode *probe, *limit;
    bool refused;
};

/* ---- check_schema.c ---- */

/* Whether the child, where it now stands, and its siblings up to limit (NULL: all) are accepted. */
bool pass_fits(struct pass *, const xmlNode *child, const xmlNode *limit);
/* A finding about an element: {name}, {other} and the name of its parent. */
void pass_report(const struct pass *, const xmlNode *, const char *code, struct str name, struct str other);
/* An element that is not in the source; what is wrong with it is never said. NULL: no memory. */
xmlNode *pass_stand_in(const struct pass *, const xmlNode *like, struct str name);
void pass_take_out(struct pass *, xmlNode *); /* with what is in it, of which nothing more is said */
void pass_remove(struct pass *, xmlNode *);
xmlNode *pass_element_before(const xmlNode *);

/* ---- check_repair.c ---- */

/* A child that is not expected where it stands: reported, and the tree repaired so that the rest can be judged. */
void repair_unexpected(struct pass *, xmlNode *, const struct expected *);

/* ---- check_values.c ---- */

/* check_error, and marks the element as broken. */
void schema_error(const struct check *, const struct document *, const xmlNode *, const char *attribute,
                  const char *code, const struct message_param *, size_t count);
/* A value (of the named attribute, or an element's words where that is empty) does not fit its type. */
void values_report(const struct check *, const struct document *, const struct complaint *, struct str attribute);
/* The attribute is not one of the element's. */
void values_unknown_attribute(const struct check *, const struct document *, const xmlNode *, struct str attribute);
/* Says nothing where a misspelt attribute on the same element explains it. */
void values_missing_attribute(const struct check *, const struct document *, const xmlNode *, struct str attribute);
/* "attribute 'NAME'" of a complaint, or STR_NONE. */
struct str values_attribute(const struct complaint *);

#endif
