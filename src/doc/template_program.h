/* template_program: what the compiler makes and the renderer runs. Private to doc/template_*.c.
 *
 * A template is a flat array of ops. A section's body stands right behind its op and ends before `skip`.
 * All of it, copies of the sources included, lives in the set's arena and never changes after compiling. */
#ifndef DOC_TEMPLATE_PROGRAM_H
#define DOC_TEMPLATE_PROGRAM_H

#include "doc/template.h"

enum op_kind {
    OP_TEXT,     /* text as it stands */
    OP_INDENT,   /* a tag begins the line: a partial's indentation goes here */
    OP_VALUE,    /* a name, escaped by its type */
    OP_RAW,      /* lenient alone: a name without escaping */
    OP_SECTION,
    OP_INVERTED,
    OP_PARTIAL,
    OP_MESSAGE
};

struct name {
    struct str whole;         /* "unit.code", for problems */
    const struct str *parts;  /* none: "." */
    uint32_t part_count;
};

struct op {
    enum op_kind kind;
    uint32_t line;
    union {
        struct {
            struct str text;
            bool line_start; /* the text begins a line */
        };
        struct {
            struct name name;
            uint32_t skip; /* section: index of the first op behind its body */
        };
        struct {
            const struct program *partial; /* NULL, lenient alone: unknown, renders nothing */
            struct str partial_name;
            struct str indent;             /* of a partial that has a line for itself */
        };
        struct {
            struct str message;
            bool plural;
        };
    };
};

struct program {
    struct str name;
    const struct op *ops;
    uint32_t count;
};

struct template_set {
    struct arena arena;
    struct template_options options;
    struct program *programs; /* sorted by name */
    size_t count;
};

/* NULL where there is no such template. */
struct program *template_find(const struct template_set *, struct str name);

/* Parses one source into the program; problems are added to the buf, a line each. */
void template_parse(struct template_set *, struct program *, struct str text, struct buf *problems);

#endif
