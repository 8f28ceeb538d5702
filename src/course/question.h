/* question: one item. A kind is ONE constant row in question.c: parse, check, draw, mark, describe. */
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

/* text questions: <accept>, <reject>; both compared after NFC-free folding: white space collapsed, ASCII and Latin-1
 * letters without regard to case unless case="yes" */
struct rule {
    struct str value;               /* exact text, or empty when there is a pattern */
    const struct pattern *pattern;
    bool accepts;
    struct safe_html feedback;
};

struct question {
    const struct kind *kind;
    struct str id;
    struct str competence; /* "digcomp-3.0:4.1" */
    int level;             /* 1..4 */
    bool practice;         /* else an item of a test's pool */
    bool must_pass;        /* filled per draw, see struct draw */
    struct safe_html material; /* shown before the prompt as a named region; may be empty */
    struct safe_html prompt;
    struct str prompt_text;
    struct safe_html explanation;
    struct str see;        /* id of a section the explanation cites, or empty */
    struct str lesson;     /* id of the lesson that holds that section or the practice; or empty */
    bool all_or_nothing;   /* scoring="all" */
    /* choice */
    bool several;
    const struct option *options;
    size_t option_count;
    size_t key_count;      /* options that are correct */
    /* text */
    const struct rule *rules;
    size_t rule_count;
    struct safe_html otherwise; /* feedback where no rule fits */
};

/* What somebody answered. values: option ids, or one text. dont_know: "Weiss ich nicht". */
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

/* Whether this can be an answer to the question at all (known option ids, one value where one is asked, length).
 * Empty answers are fine: they mean "not answered". INVALID otherwise. */
enum status question_accepts(const struct question *, const struct given *) MUST_CHECK;
/* Pure: the same answer always gets the same marking. */
struct marking question_mark(const struct question *, const struct given *);

/* Stored form of an answer and back: values joined by line feeds; "?" alone is "don't know". */
struct str given_encode(const struct given *, struct arena *);
struct given given_decode(struct str, struct arena *);

/* ---- as document leaves ---- */

/* data: {id, kind, competence, level, several, material, prompt, options:[{id, answer}]}: never a key.
 * The order of options is drawn by seed (0: as written). lang tag of the content goes in as `lang`. */
void question_describe(const struct question *, const struct course *, uint64_t seed, struct doc_node *data_map);
/* view: is_choice / is_text ..., field, options again with checked and html ids; value for text; dont_know. Describes
 * what the form shows, given what was answered so far (NULL: nothing). prefix makes html ids unique on the page. */
void question_form(const struct question *, const struct course *, uint64_t seed, const struct given *, struct str prefix,
                   struct doc_node *view_map);
/* data, after answering: {points, verdict, answered:[...], options:[{id, answer, chosen, correct, feedback,
 * is_rightly_chosen, is_wrongly_chosen, is_missed, is_rightly_left}], given, feedback, explanation, see_url}. */
void question_result(const struct question *, const struct course *, uint64_t seed, const struct given *,
                     struct doc_node *data_map);

#endif
