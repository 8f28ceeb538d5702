/* embed: files that the binary carries: web assets, templates, messages, schema, framework, demo organisation.
 * The build writes the table (tools/embed); bytes are constant for the life of the process. */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H

#include "base/str.h"

struct embed {
    struct str name;  /* "templates/learn.mustache", "sql/0001-first.sql", "assets/lotse.4f3a91c2.css" */
    struct str bytes;
};

/* Sorted by name. */
extern const struct embed embed_table[];
extern const size_t embed_count;

/* NULL where there is no such file. */
const struct embed *embed_find(struct str name);
/* STR_NONE where there is no such file. */
struct str embed_bytes(const char *name);

#endif
