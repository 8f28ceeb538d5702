/* template_program: what the compiler makes and the renderer runs. Private to doc/template_*.c.
 *
 * A template is parsed into a flat array of ops, once. Linking makes of it one array for each language, in which the
 * words of messages stand as text: what is known at the start costs nothing at a click. A section's body stands right
 * behind its op. All of it, copies of the sources included, lives in the set's arena and never changes after compiling. */
#ifndef DOC_TEMPLATE_PROGRAM_H
#define DOC_TEMPLATE_PROGRAM_H

#include "doc/template.h"

enum op_kind {
    OP_TEXT,      /* text as it stands */
    OP_INDENT,    /* a tag begins the line: a partial's indentation goes here */
    OP_VALUE,     /* a name, escaped by its type */
    OP_RAW,       /* lenient alone: a name without escaping */
    OP_SECTION,
    OP_INVERTED,
    OP_PARTIAL,
    OP_MESSAGE,   /* linked: only what must be looked up at a click, a plural or what this language lacks */
    OP_PARAMETER  /* linked: a {parameter} between the words of a message */
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
            uint32_t skip; /* section: op + skip is the first one behind its body */
        };
        struct {
            const struct program *partial; /* NULL, lenient alone: unknown, renders nothing */
            struct str partial_name;
            struct str indent;             /* of a partial that has a line for itself */
        };
        struct {
            struct str message;
            struct str parameter;
            bool plural;
        };
    };
};

struct ops {
    struct op *first;
    uint32_t count;
};

struct program {
    struct str name;
    struct ops parsed;
    struct ops linked[LANG_COUNT];
};

struct template_set {
    struct arena arena;
    struct template_options options;
    struct program *programs; /* sorted by name */
    size_t count;
};

/* NULL where there is no such template. */
struct program *template_find(const struct template_set *, struct str name);

/* Adds an op to the list; *room is how many fit. NULL when the arena is exhausted. */
struct op *template_add_op(struct arena *, struct ops *, uint32_t *room, struct op);

/* Parses one source into program->parsed; problems are added to the buf, a line each. */
void template_parse(struct template_set *, struct program *, struct str text, struct buf *problems);

/* Finds the partials and messages of a parsed program and makes program->linked. */
void template_link(struct template_set *, struct program *, struct buf *problems);

#endif
