/* practice: the practice questions of a lesson as a reader has them: what is filled in, what is marked, what has to be
 * mended. Nothing of it is stored: an address says all of it, and so does the lesson's form.
 *
 *   question=ID            the question that was checked just now: the title and the focus are its
 *   checked=ID             each marked question, in the order in which they were checked
 *   answer.ID=VALUE        what is filled in, marked or not; in a form also part.ID.PART, counts.ID (question_item.h)
 */
#ifndef PAGE_PRACTICE_H
#define PAGE_PRACTICE_H

#include "page/question_item.h"

enum practice_state {
    PRACTICE_OPEN,   /* empty, or filled in and not checked yet */
    PRACTICE_MARKED,
    PRACTICE_REFUSED /* checked, but there is no answer to mark: message says why */
};

struct practice_answer {
    const struct question *question;
    enum practice_state state;
    struct given given;
    size_t turn; /* of those marked: the how-manieth that was checked */
    const char *message;
};

struct practice {
    struct practice_answer *answers; /* of all questions of the lesson, in its order */
    size_t count;
    struct practice_answer *asked; /* checked just now; NULL: none */
};

/* From an address or from a form. Form: a button's question is checked; without a button (Enter in a line of text, where no
 * script finds the button) all that is filled in is; again=ID empties a question; move=... moves and checks nothing.
 * INVALID: a question that is not this lesson's, or an answer that cannot be one to it. */
enum status practice_read(struct exchange *, const struct course *, const struct lesson *, const struct pairs *,
                          struct practice *) MUST_CHECK;
/* The query of an address that says all of it, "?..." or empty. TOO_LARGE: it would be longer than addresses may be. */
enum status practice_query(const struct exchange *, const struct practice *, struct str *query) MUST_CHECK;
/* Where the page goes on, an id of it: the button that was pressed to move something, the verdict, the question that is
 * asked again. STR_NONE: at its top, where an error is said. */
struct str practice_anchor(const struct exchange *, const struct practice *, const struct pairs *);

/* The keys of templates/lesson: one row for a question, and what the form carries along. */
void practice_put_row(struct exchange *, const struct course *, const struct practice *, size_t number, struct doc_node *list);
void practice_put_carried(struct exchange *, const struct practice *, struct doc_node *map);
/* The lesson's title; after a check it begins with the verdict. */
struct str practice_title(const struct exchange *, const struct practice *, struct str title);

#endif
