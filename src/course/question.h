/* question: one item of a practice or a test. What differs from kind to kind stands in one constant row per kind
 * (kind.h, the table in question.c); this is what everybody else sees. Questions are const and shared by threads. */
#ifndef COURSE_QUESTION_H
#define COURSE_QUESTION_H

#include "base/lang.h"
#include "base/safe_html.h"
#include "doc/doc.h"

struct course;
struct kind;
struct random;

struct question {
    const struct kind *kind;
    struct str id;
    struct str tag;            /* language of its words: "de-CH" */
    struct str competence;     /* "digcomp-3.0:4.1" */
    int level;                 /* 1..4 */
    bool practice;             /* else an item of a test's pool */
    bool all_or_nothing;       /* scoring="all" */
    struct safe_html material; /* blocks to work with, shown before the prompt, inside a named region; may be empty */
    struct safe_html setting;  /* blocks of the prompt around the question itself; may be empty */
    struct safe_html prompt;   /* the question itself, words in a line: the prompt's last paragraph */
    struct str prompt_text;    /* the same without markup */
    struct safe_html explanation;
    struct str see;        /* id of the passage that the explanation cites; empty: none, or the lesson as a whole */
    struct str see_lesson; /* id of the lesson it stands in, or empty: none cited */
    struct str lesson;     /* id of the lesson whose practice this is; of a pool's item: see_lesson */
    const void *own;       /* what only the kind knows: keys, options, rules */
};

/* What somebody answered. values: ids of what was chosen (order: all, in their order), one text, or for kinds that are
 * answered in parts "PART:VALUE". dont_know: "Weiss ich nicht". Both at once is no answer yet: one has to say which of
 * them counts. */
struct given {
    const struct str *values;
    size_t count;
    bool dont_know;
};

enum verdict { VERDICT_OPEN, VERDICT_WRONG, VERDICT_PARTLY, VERDICT_RIGHT };

struct marking {
    int points; /* thousandths, 0..1000 */
    enum verdict verdict;
};

enum { GIVEN_MAX_VALUES = 32, GIVEN_MAX_CHARS = 500 };

/* "choice", "text": the element's and the partial's name. */
const char *question_kind(const struct question *);

/* The values of a form's fields as an answer: blank ones are dropped; "?" is "don't know". */
struct given given_of(const struct str *values, size_t count, struct arena *);
/* Whether there is nothing in it. */
bool given_is_empty(const struct given *);
/* Whether it is but the state in which the question's form comes: such a form is not answered yet. */
bool question_is_untouched(const struct question *, uint64_t seed, const struct given *);
/* Whether this can be an answer to the question at all (known ids, each once, one value where one is asked, length).
 * Empty answers are fine: they mean "not answered". INVALID otherwise, and for an answer beside "don't know". */
enum status question_accepts(const struct question *, const struct given *) MUST_CHECK;
/* Why it is not accepted, where whoever typed it can mend it: the id of a message to be shown at the question, with what
 * was typed kept (text where a number is asked; an answer beside "don't know"). NULL: there is nothing to mend. */
const char *question_refusal(const struct question *, const struct given *);
/* Pure: the same answer always gets the same marking. No answer is OPEN, "don't know" is WRONG, both 0 points. How a
 * kind counts is said at its element in courses/schema. */
struct marking question_mark(const struct question *, const struct given *);
/* An answer that is right; empty where only a pattern knows one. In the arena. */
struct given question_solve(const struct question *, struct arena *);
/* Some answer that is accepted, drawn by the generator: right, partly right or wrong. For simulated people and tests. */
struct given question_guess(const struct question *, struct random *, struct arena *);

/* Stored form of an answer that was accepted, and back: values joined by line feeds; "?" alone is "don't know". */
struct str given_encode(const struct given *, struct arena *);
struct given given_decode(struct str stored, struct arena *); /* values are views into stored */

/* ---- as document leaves ----
 * Each fills a map of its own. The order of what can be chosen is drawn by seed (0: as written), the same in all of
 * them. Html is in the question's language: `lang` is its tag. Each kind adds keys of its own, listed atop its partial
 * web/templates/question-KIND.mustache. */

/* data: {id, kind, lang, competence, level, material, setting, prompt, options, parts, several, ...}: never a key.
 * options: what can be chosen or put in order, {id, answer}; parts: what is answered part by part, {id, label, options};
 * either may be empty. several: more than one option may be chosen. */
void question_describe(const struct question *, uint64_t seed, struct doc_node *data_map);

/* view: the state of the form, given what was answered so far (NULL: nothing): {is_KIND for every kind, id, field, part,
 * dont_know, counts, ...}. counts: the name of the field that says which counts of an answer and "don't know", where there
 * are both; or null. id is prefix + the question's id; ids on the page begin with it, an underscore, and the id of a part.
 * field names the input: "answer" on a page with one question, "answer.ITEM" on a page with all. An input of one part
 * is named part + PART ("part.ITEM." + PART). "Don't know" sends "?" in field. */
void question_form(const struct question *, uint64_t seed, const struct given *, struct str field, struct str prefix,
                   struct doc_node *view_map);

/* data, after answering: {is_KIND for every kind, dont_know, answered:[value], marks:[{id, label, answer, solution,
 * feedback, is_rightly_chosen, is_wrongly_chosen, is_missed, is_rightly_left}], feedback, marked, explanation, see_url,
 * see_title, see_lang} and what marking_describe puts. marks: a line for each part or option; label, answer, solution
 * and feedback are html or null. marked: what was asked about, with the marks in it, or null. see_url: where the course explains it,
 * see_title its lesson, see_lang the title's language; or null. */
void question_result(const struct question *, const struct course *, uint64_t seed, const struct given *,
                     struct doc_node *data_map);

/* {points, verdict, is_open, is_wrong, is_partly, is_right}; verdict: "open", "wrong", "partly" or "right". */
void marking_describe(const struct marking *, struct doc_node *map);

#endif
