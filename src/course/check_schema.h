/* check_schema: what the schema pass and the translation of its complaints share. */
#ifndef COURSE_CHECK_SCHEMA_H
#define COURSE_CHECK_SCHEMA_H

#include "course/check.h"

/* What libxml2 said about a node of the working tree. */
struct complaint {
    xmlNode *node;
    int code;
    struct str words;
};

/* check_error, and marks the element as broken. */
void schema_error(const struct check *, const struct document *, const xmlNode *, const char *attribute, const char *code,
                  const struct message_param *, size_t count);
/* A value (of the named attribute, or an element's words where that is empty) does not fit its type. */
void values_report(const struct check *, const struct document *, const struct complaint *, struct str attribute);
/* The attribute is not one of the element's. */
void values_unknown_attribute(const struct check *, const struct document *, const xmlNode *, struct str attribute);
/* Says nothing where a misspelt attribute on the same element explains it. */
void values_missing_attribute(const struct check *, const struct document *, const xmlNode *, struct str attribute);
/* "attribute 'NAME'" of a complaint, or STR_NONE. */
struct str values_attribute(const struct complaint *);

#endif
