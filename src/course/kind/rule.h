/* rule: texts that are accepted or rejected, shared by the kinds where one writes words (text, the entries of a gap).
 * Inside course/ only. Pure but for parsing. */
#ifndef COURSE_RULE_H
#define COURSE_RULE_H

#include "course/kind/kind.h"

struct pattern;

/* <accept>, <reject>. A value is compared after folding: white space collapsed, Latin letters without regard to case
 * (unless exact_case), quotation marks, apostrophes and dashes alike, ß as ss; there is no Unicode normalisation. A
 * pattern sees the answer with its white space collapsed and is not folded otherwise. */
struct rule {
    struct str value;              /* the text, or empty when there is a pattern */
    const struct pattern *pattern; /* or NULL */
    bool exact_case;
    bool accepts;
    struct safe_html feedback; /* markup empty: none */
};

struct rules {
    const struct rule *list;
    size_t count;
    struct safe_html otherwise; /* feedback where no rule fits */
};

/* The accept, reject and otherwise in an element. */
enum status rules_parse(struct prose *, const xmlNode *parent, bool exact_case, struct rules *) MUST_CHECK;

/* Whether it is a text that can be judged at all: one line, at most so many characters. */
bool rules_can_judge(struct str text, size_t most_chars);
bool rules_accept(const struct rules *, struct str text); /* the first rule that fits decides */
struct safe_html rules_feedback(const struct rules *, struct str text);
/* The first value that is accepted word by word; STR_NONE: only a pattern knows. */
struct str rules_solution(const struct rules *);
struct str rules_guess(const struct rules *, struct random *);

/* Rules without value or pattern, patterns that do not compile, nothing that is accepted. */
void rules_check(const struct check *, const struct document *, const xmlNode *parent);

#endif
