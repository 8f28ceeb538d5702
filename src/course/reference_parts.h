/* reference_parts: what the files of the reference share. */
#ifndef COURSE_REFERENCE_PARTS_H
#define COURSE_REFERENCE_PARTS_H

#include "course/prose/prose.h"
#include "course/reference.h"

#define ENTRY "el-" /* begins the id of a lesson that is an example */

/* A pack of the reference in all languages, while the reference is made. */
struct sample {
    struct pack_files files;
    struct course *course;
    xmlDoc *docs[LANG_COUNT];
    struct prose prose[LANG_COUNT];
};

/* An element that was explained, as it is there: the same name may have another type elsewhere. */
struct explained {
    struct str name;
    const xmlNode *type;
};

struct making {
    struct reference *reference;
    struct arena *arena;   /* the reference's */
    struct arena *scratch; /* until it is made */
    const struct pack_schema *schema;
    xmlDoc *schema_doc;
    struct sample examples, whole;
    struct explained *done;
    size_t done_count, done_room;
};

/* ---- reference_entry.c ---- */

/* Everything but its place in the group. Where memory runs out the arena says so. */
void reference_fill(struct making *, struct reference_entry *, size_t lesson, const struct reference_group *);
bool reference_explains(const struct reference_entry *, struct str element);

/* ---- reference_schema.c: what the schema says of an element in its place ---- */

/* The type of an element of a pack, by the way that leads to it; NULL: it has a simple type, or none. */
const xmlNode *schema_type(const xmlNode *schema, const xmlNode *element);
/* Its attributes in the order of the schema. */
struct reference_element schema_describe(const xmlNode *schema, const xmlNode *element, struct arena *);

/* ---- reference_source.c ---- */

/* An element as an author would write it, its attributes in the schema's order; indent: of the lines after the first. */
void source_write(struct buf *, const xmlNode *schema, const xmlNode *element, int indent);
/* Takes away what all lines but the first are indented by. */
struct str source_dedent(struct str, struct arena *);

#endif
