/* answer: what becomes of an answer that a form brings, when another one may have been saved since that form was shown: in
 * another tab, on another device. Pure. Answers are compared by their marks (exam.h); an empty mark says nothing. */
#ifndef RULES_ANSWER_H
#define RULES_ANSWER_H

#include "base/str.h"

enum answer_choice { CHOICE_NONE, CHOICE_SAVED, CHOICE_BROUGHT };

struct answer_case {
    struct str shown;   /* what the form showed when it was made; empty: the sender has no form */
    struct str saved;   /* what is saved now */
    struct str brought; /* what the form brings */
    bool own;           /* what is saved came from this very form */
    enum answer_choice choice; /* the sender's answer to "which one counts?" ... */
    struct str chosen_against; /* ... asked when this was saved */
};

enum answer_fate { ANSWER_LEAVE, ANSWER_SAVE, ANSWER_ASK };
/* ASK: both the saved answer and the one brought differ from what the form showed; nobody but the sender knows which
 * counts. An answer that the sender left as it was shown never replaces a newer one. */
enum answer_fate answer_fate(const struct answer_case *);

#endif
