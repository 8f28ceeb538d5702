/* reference: the pack language explained. Every element and attribute of the schema, each with an example and what the
 * example looks like.
 *
 * Two packs that the binary carries (data/reference) hold the examples; nobody learns from them. In `examples` the lesson
 * el-NAME holds the example of the element NAME, in the order of the reference; a lesson with another id opens a group. `whole` is one small course: what cannot stand in a lesson (course, test, glossary) is cut out of
 * it. So examples are checked, built and translated like any course, and the language cannot drift away from its page.
 * The words about elements and attributes are messages (reference-el-NAME, reference-at-NAME).
 *
 * Made once at start, const afterwards, free to share among threads. */
#ifndef COURSE_REFERENCE_H
#define COURSE_REFERENCE_H

#include "course/pack.h"

struct reference_attribute {
    struct str name, type;    /* of the schema: "id", "words" */
    struct str fallback;      /* what holds without it; empty: nothing */
    struct str range;         /* "1–60"; empty: none */
    const struct str *values; /* all there are, where they are few */
    size_t value_count;
    bool needed;
};

struct reference_element {
    struct str name;
    const struct reference_attribute *attributes;
    size_t attribute_count;
};

/* What an example shows. */
enum reference_look {
    LOOK_PROSE,
    LOOK_QUESTION,
    LOOK_COURSE,
    LOOK_LESSON,
    LOOK_TEST,
    LOOK_GLOSSARY,
    LOOK_TRANSLATION, /* the course, as its translation has it */
    LOOK_NOTHING      /* nobody sees anything of it */
};

/* In the language of the reader. */
struct reference_example {
    struct str source;        /* XML */
    struct safe_html words;   /* what is to be said before it; empty: nothing */
    struct safe_html look[3]; /* LOOK_PROSE, LOOK_LESSON: text, footnotes, terms; each may be empty */
};

struct reference_group;

struct reference_entry {
    struct str id; /* the element, or "translates" */
    size_t lesson; /* of the examples: its title is the entry's */
    const struct reference_group *group;
    enum reference_look look;
    bool is_kind;                             /* a kind of question: it has a page of its own */
    const struct reference_element *elements; /* those explained here; its own comes first */
    size_t element_count;
    const struct str *others; /* further ones in the example, explained elsewhere */
    size_t other_count;
    struct reference_example in[LANG_COUNT];
};

struct reference_group {
    struct str id;
    size_t lesson; /* of the examples: its title and its words are the group's */
    const struct reference_entry *entries;
    size_t entry_count;
};

struct reference {
    struct arena arena;
    struct course *examples, *whole;
    const struct reference_group *groups;
    size_t group_count;
    const struct reference_entry *entries;
    size_t entry_count;
};

/* From the embedded files. CORRUPT where one of the packs has an error: *problem says which. */
enum status reference_open(struct reference **, const struct pack_schema *, struct arena *, struct str *problem) MUST_CHECK;
void reference_close(struct reference *);

/* Where an element is explained; NULL: the language has no such element. */
const struct reference_entry *reference_entry_of(const struct reference *, struct str element);
/* NULL: there is no such group. */
const struct reference_group *reference_group_of(const struct reference *, struct str id);
/* The question that is the entry's example; NULL: it has none. */
const struct question *reference_question(const struct reference *, const struct reference_entry *, enum lang);

#endif
