/* kind: what one kind of question can do. Inside course/ only.
 *
 * A new kind is one row in question.c (defined in kind_NAME.c), the partial question-NAME, its element in the schema and
 * its chapter in the reference. What only the kind knows of a question (options, keys, rules) stands behind
 * question.own, which its parse makes and nobody else reads. All functions but parse are pure. */
#ifndef COURSE_KIND_H
#define COURSE_KIND_H

#include "course/question.h"
#include "course/random.h"

#include <libxml/tree.h>

struct prose;
struct check;
struct document;

struct kind {
    const char *name; /* the element, the partial */
    const char *flag; /* key in forms and results: "is_choice" */
    /* What the schema cannot say of the element; see check_questions.c. Never called for one that does not fit it. */
    void (*check)(const struct check *, const struct document *, const xmlNode *);
    /* Fills question.own. CORRUPT: the element is not what the check lets through. */
    enum status (*parse)(struct prose *, const xmlNode *, struct question *);
    /* Never called with an empty answer or with "don't know". */
    bool (*accepts)(const struct question *, const struct given *);
    /* The message for what is not accepted but can be mended (NULL: nothing can be): see question_refusal. */
    const char *(*refusal)(const struct question *, const struct given *);
    int (*points)(const struct question *, const struct given *); /* 0..1000 */
    /* Whether an answer is but the state in which the form comes (NULL: never). */
    bool (*untouched)(const struct question *, uint64_t seed, const struct given *);
    struct given (*solve)(const struct question *, struct arena *);                 /* see question_solve */
    struct given (*guess)(const struct question *, struct random *, struct arena *); /* see question_guess */
    /* Each fills what question.h says, and puts the keys that are the kind's own. */
    void (*describe)(const struct question *, uint64_t seed, struct doc_node *map, struct doc_node *options,
                     struct doc_node *parts);
    void (*form)(const struct question *, uint64_t seed, const struct given *, struct str html_id,
                 struct doc_node *map);
    void (*result)(const struct question *, uint64_t seed, const struct given *, struct doc_node *map,
                   struct doc_node *marks);
};

extern const struct kind kind_choice, kind_order, kind_match, kind_text, kind_number, kind_gap, kind_select, kind_inbox,
    kind_hotspot;

/* The kind with that element, or NULL. */
const struct kind *kind_find(struct str name);
/* Whether it is what a question's answers are made of (an option, a gap, a passage in a text ...), not what stands around
 * them: its id counts in the question only and leads nowhere. */
bool kind_is_part(const xmlNode *);

/* ---- a marked answer ---- */

enum outcome { RIGHTLY_CHOSEN, WRONGLY_CHOSEN, MISSED, RIGHTLY_LEFT };

/* One line of a marked answer. Empty html: none. */
struct mark {
    struct str id;             /* of the option, passage, gap, message ...; empty: the kind has but one mark */
    struct safe_html label;    /* what had to be answered: the left side of a pair, a gap, a message's subject */
    struct safe_html answer;   /* an option's words, or what was answered */
    struct safe_html solution; /* what would have been right, where the answer was not */
    struct safe_html feedback;
    enum outcome outcome;
};

void kind_add_mark(struct doc_node *marks, const struct mark *);
/* What is said once for the whole question: feedback, and what was asked about with the marks in it (a passage, a
 * picture). Empty html: null. Every kind's result calls it. */
void kind_put_about(struct doc_node *map, struct safe_html feedback, struct safe_html marked);

/* ---- helpers ---- */

/* Empty where there is no text. */
struct safe_html kind_html(struct str text, struct arena *);
/* Null where there is no markup. */
void kind_put_html(struct doc_node *map, const char *key, struct safe_html);
/* An id on the page: of the question's form, an underscore, and the id of a part (ids of packs have none). */
void kind_put_id(struct doc_node *map, const char *key, struct str html_id, struct str part);
/* Answers in parts are values "PART:VALUE". The value that a part was given; STR_NONE: none. */
struct str kind_part(const struct given *, struct str part);
/* That value is part:value; at most one for each part. */
bool kind_parts_differ(const struct given *);
/* One value "PART:VALUE" in the arena. */
struct str kind_part_value(struct str part, struct str value, struct arena *);
/* Points for so many right parts of so many; 1000 or 0 where it is all or nothing. */
int kind_share(const struct question *, size_t right, size_t of);
/* Room for so many values. */
struct given kind_given(struct str *values, size_t count);
/* One value; none where it is empty. */
struct given kind_given_one(struct str value, struct arena *);
/* A permutation of 0..count-1 drawn by seed for this question (0: as written); NULL: no memory. */
size_t *kind_shuffle(const struct question *, uint64_t seed, size_t count, struct arena *);

#endif
