/* exam: an attempt with the course as the attempt saw it: live when nothing changed, else built again from the stored
 * state. What an exam holds stays held until the reply is rendered: the exchange lets it go (exam_let_go). */
#ifndef PAGE_EXAM_H
#define PAGE_EXAM_H

#include "page/exchange.h"

struct exam_item {
    const struct question *question; /* in the visitor's language */
    const struct question *asked;    /* in the language in which it was answered; question where it was not */
    bool must_pass, answered;
    struct given given;
    struct str mark;     /* of the answer that is saved, also of none */
    struct str page;     /* mark of the page that saved it; empty: none */
    int64_t answered_at;
};

struct exam {
    const struct attempt *attempt;
    const struct course *course; /* in the visitor's language, where it has that */
    struct exam_item *items;
    size_t count, answered;
};

/* Of x->attempt, its items read anew, and not always in the view that was open before. CORRUPT where the stored state
 * cannot be built or lacks an item. */
enum status exam_open(struct exchange *, struct exam *) MUST_CHECK;
/* After rendering. */
void exam_let_go(struct exchange *);

/* Inside a change: keeps the state of a course that an attempt is about to see, once. files: the pack's. */
enum status exam_keep_state(struct db_conn *, const struct course *, const struct pack_files *, int64_t now) MUST_CHECK;

/* The course as it is live now; the exam's own when it was withdrawn. */
const struct course *exam_course_now(const struct exchange *, const struct exam *);
/* What the answer is worth, by the rules of the language in which it was given. */
struct marking exam_worth(const struct exam_item *);
/* The question as the answer to it is shown marked: in the visitor's language, unless the answer is worth something else
 * there: words belong to the language in which they were written. */
const struct question *exam_question_marked(const struct exam_item *);
/* Index of the item with that question's id, or exam->count. */
size_t exam_find(const struct exam *, struct str question);
/* A short text that is the same for the same answer: what forms carry in shown.ITEM. */
struct str exam_mark(const struct exchange *, const struct given *);
struct str exam_mark_of(const struct exchange *, struct str text);
/* An answer to look at: what question-form needs inside a disabled fieldset, without the material: that stands
 * beside another form of the same question. */
void exam_put_frozen(const struct exchange *, const struct exam *, size_t number, const struct given *, struct doc_node *map);
/* id, course {title, url}, test_title, content_lang, of, answered. */
void exam_put_head(struct exchange *, const struct exam *);
/* view.language_form: {id, lang, go}: the languages of the frame become buttons that send the form with that id, so that no
 * answer is lost; lang: that of the form; go: what its first button says. */
void exam_put_language_form(struct exchange *, const struct exam *, struct str go);
/* The list `numbers` in view: {number, url, done, here}; here: from 1, 0 for none. */
void exam_put_numbers(struct exchange *, const struct exam *, size_t here);
struct str exam_url(const struct exchange *, const struct exam *, const char *rest);

#endif
