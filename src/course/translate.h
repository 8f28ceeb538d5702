/* translate: a translation (course.fr.xml) laid over its source (course.xml).
 *
 * A translation repeats the source's structure and ids and holds words only. Two elements are twins, one in each, when
 * their parents are, their names are the same, and so are their ids; without ids, when they have the same place among
 * the siblings of that name that have none. What is translated as a whole or not at all (a lesson, an item of the pool,
 * an entry) stands in a container: course, test, pool, glossary. Some things belong to a language and have no twin: the
 * rules of an answer in words, and everything inside a line of words. All functions are pure. */
#ifndef COURSE_TRANSLATE_H
#define COURSE_TRANSLATE_H

#include "course/xml.h"

struct names;

/* An element among the children of another. */
struct sibling {
    const xmlNode *node;
    struct str id, name;
    size_t place;               /* from 0 */
    size_t nth;                 /* of its name, among those without an id */
    const struct sibling *twin; /* NULL: none */
};

struct siblings {
    struct sibling *list; /* in their order */
    size_t count;
};

struct twins {
    struct siblings source, words;
};

/* The children of two twins, each with its own. Where the arena fails both are empty. */
struct twins twins_of(const xmlNode *source, const xmlNode *translation, struct arena *);

bool translate_is_container(const xmlNode *);
/* A line of words: what is inside belongs to the language. */
bool translate_is_line(const xmlNode *);
/* <accept> and its like: how many there are belongs to the language. */
bool translate_is_free(const xmlNode *);
/* Whether the attribute holds words. */
bool translate_is_wording(struct str attribute);
/* A lesson of which the title and the objectives are translated, and nothing else. */
bool translate_is_head_only(const xmlNode *lesson);

/* The source with each translated element in the place of its twin and with the attributes that the twin has and it has
 * not. What has no twin stays as it is in the source: it carries xml:lang of the source and is marked as made; the rest
 * has the numbers of the translation. Elements of the translation without a twin are left out but those whose name is not
 * among the known ones (NULL: all names are known), which a check has to find. NO_MEMORY; the document is the caller's. */
enum status translate_merge(const xmlDoc *source, const xmlDoc *translation, const struct names *known, struct arena *,
                            xmlDoc **merged) MUST_CHECK;

#endif
