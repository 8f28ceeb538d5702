/* question: one item of a practice or a test. What differs from kind to kind stands in one constant row per kind
 * (kind.h, the table in question.c); this is what everybody else sees. Questions are const and shared by threads. */
#ifndef COURSE_QUESTION_H
#define COURSE_QUESTION_H

#include "base/lang.h"
#include "base/safe_html.h"
#include "doc/doc.h"

struct course;
struct kind;
struct pattern; /* a compiled PCRE2 pattern with limits; course/pattern.h */

struct option {
    struct str id;
    struct safe_html answer;
    struct str answer_text;
    struct safe_html feedback; /* markup empty: none */
    bool correct;
};

/* text questions: <accept>, <reject>. A value is compared after folding: white space collapsed, Latin letters without
 * regard to case (unless exact_case), quotation marks, apostrophes and dashes alike, ß as ss; there is no Unicode
 * normalisation. A pattern sees the answer with its white space collapsed and is not folded otherwise. */
struct rule {
    struct str value;              /* the text, or empty when there is a pattern */
    const struct pattern *pattern; /* or NULL */
    bool exact_case;
    bool accepts;
    struct safe_html feedback; /* markup empty: none */
};

struct question {
    const struct kind *kind;
    struct str id;
    struct str competence;     /* "digcomp-3.0:4.1" */
    int level;                 /* 1..4 */
    bool practice;             /* else an item of a test's pool */
    struct safe_html material; /* shown before the prompt, inside a named region of the page; may be empty */
    struct safe_html prompt;   /* the question itself as words in a line; what is said around it in div.q__setting */
    struct str prompt_text;    /* the question itself: the prompt's last paragraph */
    struct safe_html explanation;
    struct str see;        /* id of the passage that the explanation cites; empty: none, or the lesson as a whole */
    struct str see_lesson; /* id of the lesson it stands in, or empty: none cited */
    struct str lesson;     /* id of the lesson whose practice this is; of a pool's item: see_lesson */
    bool all_or_nothing;   /* scoring="all" */
    /* choice */
    bool several;
    const struct option *options;
    size_t option_count;
    size_t key_count; /* options that are correct */
    /* text */
    const struct rule *rules;
    size_t rule_count;
    struct safe_html otherwise; /* feedback where no rule fits */
};

/* What somebody answered. values: option ids, or one text. dont_know: "Weiss ich nicht" (then without values). */
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

/* The values of a form's field as an answer: blank ones are dropped; "?" among them is "don't know", whatever else is
 * there. */
struct given given_of(const struct str *values, size_t count, struct arena *);
/* Whether this can be an answer to the question at all (known option ids, each once, one value where one is asked,
 * length). Empty answers are fine: they mean "not answered". INVALID otherwise. */
enum status question_accepts(const struct question *, const struct given *) MUST_CHECK;
/* Pure: the same answer always gets the same marking. No answer is OPEN, "don't know" is WRONG, both 0 points.
 * One of several: all or nothing. Several: (rightly chosen - wrongly chosen) / keys, never below 0. Text: the first
 * rule that fits. */
struct marking question_mark(const struct question *, const struct given *);

/* Stored form of an answer that was accepted, and back: values joined by line feeds; "?" alone is "don't know". */
struct str given_encode(const struct given *, struct arena *);
struct given given_decode(struct str stored, struct arena *); /* values are views into stored */

/* ---- as document leaves ----
 * Each fills a map of its own. The order of options is drawn by seed (0: as written), the same in all of them. Html is
 * in the course's language: `lang` is its tag. */

/* data: {id, kind, lang, competence, level, several, material, prompt, options:[{id, answer}]}: never a key.
 * material is null where there is none; options is empty for text. */
void question_describe(const struct question *, const struct course *, uint64_t seed, struct doc_node *data_map);

/* view: the state of the form, given what was answered so far (NULL: nothing): {is_choice, is_text, id, field,
 * dont_know, options:[{id, answer, html_id, checked}], value, max_length}; is_KIND for every kind; value and max_length
 * for text only. id is prefix + the question's id, html_id that + "_" + the option's: unique on the page (ids of packs
 * have no underscore). field names the input: "answer" on a page with one question, "answer.ITEM" on a page with all.
 * "Don't know" sends "?". */
void question_form(const struct question *, uint64_t seed, const struct given *, struct str field, struct str prefix,
                   struct doc_node *view_map);

/* data, after answering: {is_choice, is_text, dont_know, answered:[value], given, solution, feedback, explanation,
 * see_url, see_title, options:[{id, answer, chosen, correct, feedback, is_rightly_chosen, is_wrongly_chosen, is_missed,
 * is_rightly_left}]} and what marking_describe puts. given: a text answer, else null. solution: the first text that
 * would have been right, else null (choice: see options). feedback: of the rule that fitted or of the one option
 * chosen, else null. see_url: where the course explains it, see_title its lesson; or null. */
void question_result(const struct question *, const struct course *, uint64_t seed, const struct given *,
                     struct doc_node *data_map);

/* {points, verdict, is_open, is_wrong, is_partly, is_right}; verdict: "open", "wrong", "partly" or "right". */
void marking_describe(const struct marking *, struct doc_node *map);

#endif
