/* question_item: one question as a page shows it: to be answered, or marked. Keys: templates/question-form, -marked. */
#ifndef PAGE_QUESTION_ITEM_H
#define PAGE_QUESTION_ITEM_H

#include "page/exchange.h"

struct question_item {
    const struct question *question;
    const struct course *course;
    uint64_t seed;
    const struct given *given; /* NULL: nothing yet */
    struct str step;           /* what the question is called on the page: "Frage 3 von 12" */
    struct str field;          /* the input's name */
    struct str error;          /* message at the question; STR_NONE */
};

/* What a question is called: the message with its number and how many there are. */
struct str question_item_step(const struct exchange *, const char *message, size_t number, size_t of);

/* Puts id, step, question, form and error. */
void question_item_put_form(const struct question_item *, struct doc_node *map);
/* Puts id, step, question and result. */
void question_item_put_result(const struct question_item *, struct doc_node *map);

/* The anchor of the button that was pressed to move an item of this question (field move, "ITEM.ID.up" or ".down"): the
 * page comes back to it, and marks nothing. STR_NONE: none was pressed. */
struct str question_item_moved(const struct exchange *, const struct pairs *, const struct question *);

/* The answer in a request's fields, as given: `field` (repeated for several) and part.ITEM.PART for what is answered in
 * parts; where an item was moved, as it stands after that. A form that nobody touched is no answer. INVALID when it
 * cannot be an answer to the question; both an answer and "don't know" is INVALID, too, unless the field counts.ITEM says
 * which of them counts ("answer" or "skip"). */
enum status question_item_given(const struct exchange *, const struct pairs *, const struct question *, uint64_t seed,
                                const char *field, struct given *) MUST_CHECK;

#endif
