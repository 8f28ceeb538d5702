/* xml: hardened parsing, and the few ways in which the course layer looks at a document.
 *
 * A document that was parsed has no DTD, no entities but the five of XML itself, at most XML_MAX_DEPTH levels and
 * XML_MAX_BYTES bytes, and was read without touching network or files. Every attribute holds exactly one text.
 * Texts given out are views into the document and live as long as it. A document belongs to one thread while it
 * is parsed; reading is free to all. */
#ifndef COURSE_XML_H
#define COURSE_XML_H

#include "base/str.h"

#include <libxml/tree.h>

enum { XML_MAX_BYTES = 4 * 1024 * 1024, XML_MAX_DEPTH = 64 };

enum xml_fault {
    XML_FAULT_NONE,
    XML_FAULT_SYNTAX, /* not well-formed */
    XML_FAULT_DTD,    /* has a document type declaration */
    XML_FAULT_ENTITY, /* refers to an entity that XML does not know */
    XML_FAULT_DEPTH,
    XML_FAULT_SIZE
};

/* What stopped the parser: the first fault, with the parser's own (English) words. */
struct xml_problem {
    enum xml_fault fault;
    int line, column; /* from 1; column counts characters; 0: unknown */
    struct str words; /* in the arena */
};

/* Once, before threads start: libxml2's own set-up, and a loader that never opens anything. */
void xml_start(void);

/* OK, TOO_LARGE (size, depth), MALFORMED (the rest) or NO_MEMORY. bytes must be UTF-8. */
enum status xml_parse(struct str bytes, struct arena *, struct xml_problem *, xmlDoc **) MUST_CHECK;

/* Elements only; comments, processing instructions and text between them are passed over. NULL: no more. */
const xmlNode *xml_root(const xmlDoc *);
const xmlNode *xml_first(const xmlNode *parent);
const xmlNode *xml_next(const xmlNode *);
const xmlNode *xml_child(const xmlNode *parent, const char *name); /* the first of that name */
const xmlNode *xml_next_same(const xmlNode *);                     /* the next sibling of the same name */
size_t xml_count(const xmlNode *parent, const char *name);
/* The next element in document order that lies below top (top itself is never given): for (n = top; (n = ...);) */
const xmlNode *xml_walk(const xmlNode *top, const xmlNode *now);

struct str xml_name(const xmlNode *);           /* local name */
bool xml_is(const xmlNode *, const char *name); /* false for NULL */
/* By local name ("lang" finds xml:lang). STR_NONE: absent; an empty value has an .at. */
struct str xml_attr(const xmlNode *, const char *name);
bool xml_flag(const xmlNode *, const char *name); /* name="yes" */
int xml_int(const xmlNode *, const char *name, int fallback);
/* All text below, white space collapsed to single spaces and trimmed: for titles, alternatives, comparisons. */
struct str xml_text(const xmlNode *, struct arena *);
/* Whether a text node says anything but white space. */
bool xml_is_blank(const xmlNode *text);

/* xml:lang of the element, or of the nearest around it that has one; STR_NONE. */
struct str xml_language(const xmlNode *);

/* The how-manieth start tag of the document this element is: from 0. */
size_t xml_number(const xmlNode *);
/* Numbers all elements anew: for a tree that was put together from others. */
void xml_number_all(xmlDoc *);
/* An element that stands in no file, put into a tree for something that is missing there, has a mark for a number. */
void xml_mark_made(xmlNode *);
bool xml_is_made(const xmlNode *);

#endif
