/* check: what the parts of the checker share. Inside course/ only; everybody else uses pack.h.
 *
 * One struct document per file that is read as XML: its source with a table of start tags (so that a finding has line
 * and column, which libxml2 does not give for validation) and, where it could be parsed, the tree. The tree is never
 * changed; the schema pass works on a tree of its own. Everything lives in the check's arena and ends with it. */
#ifndef COURSE_CHECK_H
#define COURSE_CHECK_H

#include "course/pack.h"
#include "course/xml.h"

#include <libxml/xmlschemas.h>

enum { CHECK_MAX_ELEMENTS = 100000, CHECK_MAX_ATTRIBUTES = 24 };

/* Names that the schema knows, for "did you mean". */
struct names {
    struct str *list;
    size_t count;
};

struct pack_schema {
    struct arena arena;
    xmlSchema *xsd;
    struct names elements, attributes;
    const struct framework *framework;
    const struct messages *messages;
    const struct policies *policies;
};

/* One start tag, in document order: xml_number() of its element is its index. Offsets into the source. */
struct tag {
    uint32_t at;    /* of '<' */
    uint32_t inner; /* after the start tag */
    uint32_t end;   /* after the end tag */
    bool broken;    /* does not fit the schema; what follows from that is not said again */
    bool robbed;    /* a child that was never closed (reported) may hold what seems to be missing */
    uint32_t spill; /* 0, or where an end without a beginning stands in it: children before it may belong elsewhere */
    bool torn;      /* attributes could not be read (reported): which are missing is not said */
    bool unsure;    /* broken off or never closed (reported): what seems to be in it is a guess, nothing is said of that */
};

struct document {
    struct str file; /* path inside the pack */
    struct str bytes;
    uint32_t *lines; /* where each line begins */
    size_t line_count;
    struct tag *tags;
    size_t tag_count;
    struct str parsed; /* bytes, with what was already found wrong blanked out in place */
    struct str mended; /* parsed, with what is missing (ends of tags and elements): for the parser alone */
    xmlDoc *doc;       /* NULL: could not be parsed; freed with the arena */
    const struct document *source; /* of a translation: what it translates; NULL */
};

struct check {
    const struct pack_schema *schema;
    const struct pack_files *files;
    struct findings *findings;
    struct arena *arena;
    struct pack_cuts *cuts; /* what a translation says again; NULL: nobody asks */
    size_t *pattern_steps;  /* what trying out patterns may still cost */
};

/* ---- reporting ---- */

#define PARAMS(...) \
    (const struct message_param[]){ __VA_ARGS__ }, \
        sizeof((const struct message_param[]){ __VA_ARGS__ }) / sizeof(struct message_param)
#define NO_PARAMS NULL, 0

/* At an offset of the document's source. */
void check_report(const struct check *, const struct document *, enum severity, const char *code, size_t offset,
                  const struct message_param *, size_t count);
/* At an element, or at one of its attributes (NULL: the element). */
void check_error(const struct check *, const struct document *, const xmlNode *, const char *attribute,
                 const char *code, const struct message_param *, size_t count);
void check_warn(const struct check *, const struct document *, const xmlNode *, const char *attribute, const char *code,
                const struct message_param *, size_t count);
void check_file(const struct check *, enum severity, struct str file, const char *code, const struct message_param *,
                size_t count);
/* What may be taken out of a file without changing what it says; for nobody where check->cuts is NULL. */
void check_cut(const struct check *, const struct pack_cut *);
/* Whether the element or anything in it does not fit the schema. */
bool check_is_broken(const struct document *, const xmlNode *);
/* The line of an offset of the document's source, from 1. */
int check_line(const struct document *, size_t offset);
/* The line of its start tag as a parameter "line": a place, not an amount, so without separators. */
struct message_param check_line_of(const struct check *, const struct document *, const xmlNode *);

/* ---- check_scan.c: characters and markup ---- */

/* Fills lines, tags, parsed and mended; reports what no parser has to see. INVALID: not worth parsing (reported). */
enum status scan_document(const struct check *, struct document *) MUST_CHECK;
/* Scan and parse. INVALID: reported. */
enum status check_read(const struct check *, struct document *) MUST_CHECK;
/* Where the attribute's name stands in the element's start tag; the tag itself when it is not there. */
size_t scan_attribute(const struct document *, size_t number, const char *name);
/* Where the first word of a text node stands. */
size_t scan_words(const struct document *, const xmlNode *text);

/* Where the attribute begins, the space before it included, and where it ends; false: it is not there. */
bool scan_attribute_whole(const struct document *, size_t number, const char *name, size_t *from, size_t *to);

/* ---- the parts ---- */

enum status check_schema(const struct check *, struct document *) MUST_CHECK;
void check_links(const struct check *, const struct document *);
void check_questions(const struct check *, const struct document *);
void check_prose(const struct check *, const struct document *);
void check_media(const struct check *, const struct document *);
void check_history(const struct check *, const struct document *);
/* One file course.LANGUAGE.xml, once its source is free of errors; source NULL: only what needs none. */
enum status check_translation(const struct check *, struct document *, const struct document *source) MUST_CHECK;
/* The root is a course of this schema; reported otherwise. */
bool check_root(const struct check *, const struct document *);

/* What something can be referred to by. */
struct target {
    struct str id;
    const xmlNode *node;
};

struct targets {
    struct target *list; /* sorted by id, then by place */
    size_t count;
};

struct targets targets_of(const struct check *, const struct document *);
const xmlNode *targets_find(const struct targets *, struct str id); /* NULL: none, or the course itself */
/* Every reference of the document leads to one of the targets that it may lead to. */
void check_references(const struct check *, const struct document *, const struct targets *);
/* What its kind says of a question; false: the element is none. */
bool check_question(const struct check *, const struct document *, const xmlNode *);

/* ---- check_words.c: what kinds of questions check alike ---- */

/* The nearest id of the question's children of that name; STR_NONE: none is near. */
struct str check_nearest_part(const struct check *, const xmlNode *question, const char *child, struct str id);

/* The question has at most so many children of that name. */
void check_most(const struct check *, const struct document *, const xmlNode *question, const char *child, size_t most);
/* Elements of these names (the last is NULL), wherever in the question: each has words, and no two the same. */
void check_words_differ(const struct check *, const struct document *, const xmlNode *question,
                        const char *const *names);

/* Reads a schema's names of elements and attributes. */
enum status names_of_schema(struct pack_schema *, struct str xsd) MUST_CHECK;
/* The nearest name, at most two slips away (a slip: one letter more, less, other, or two swapped); STR_NONE: none. */
struct str names_nearest(const struct names *, struct str word);
bool names_has(const struct names *, struct str word);
int names_distance(struct str, struct str); /* slips, or 9 for "far" */

#endif
