/* attempt: attempts at tests, their items and answers, by learner key. */
#ifndef STORE_ATTEMPT_H
#define STORE_ATTEMPT_H

#include "base/lang.h"
#include "store/store.h"

struct attempt {
    int64_t id, learner;
    struct str course, pack; /* pack: content hash of the state it was drawn from */
    int64_t seed, started_at;
    int position;            /* from 1: where the learner was last */
    int64_t version;         /* counts saves */
    bool finished, passed;
    int64_t finished_at;
    int points, points_max;  /* thousandths */
    int32_t valid_until;     /* civil day; 0: for good, or not passed */
};

struct attempt_item {
    struct str item;
    bool must_pass;
    bool answered;
    struct str given; /* as given_encode made it */
    enum lang lang;   /* in which it was given */
    struct str page;  /* see struct answer */
    int64_t answered_at;
};

struct answer {
    struct str item, given;
    struct str page; /* mark of the page that it was filled in on; empty: none */
    enum lang lang;
    int64_t now;
};

struct attempt_list {
    struct attempt *attempts;
    size_t count;
};

enum status attempt_find(struct db_conn *, int64_t id, struct arena *, struct attempt *) MUST_CHECK;
/* In their order, with what was answered. */
enum status attempt_items(struct db_conn *, int64_t id, struct arena *, struct attempt_item **, size_t *count) MUST_CHECK;
/* All of a learner, oldest first; course empty: of every course. */
enum status attempts_of(struct db_conn *, int64_t learner, struct str course, struct arena *, struct attempt_list *) MUST_CHECK;
/* Ids of items the learner has met in finished attempts at the course. */
enum status attempt_items_seen(struct db_conn *, int64_t learner, struct str course, struct arena *, struct str **,
                               size_t *count) MUST_CHECK;

/* ---- inside a change ---- */

/* CONFLICT where the learner has an open attempt at the course already. */
enum status attempt_start(struct db_conn *, const struct attempt *, int64_t *id) MUST_CHECK;
enum status attempt_add_item(struct db_conn *, int64_t attempt, int position, struct str item, bool must_pass) MUST_CHECK;
/* One more save; CONFLICT when the attempt is finished. position 0: stays. */
enum status attempt_save(struct db_conn *, int64_t attempt, int position) MUST_CHECK;
/* CONFLICT where another answer than `before` (empty: none) is there: what the decision rested on is over. */
enum status answer_put(struct db_conn *, int64_t attempt, const struct answer *, struct str before) MUST_CHECK;
/* CONFLICT when it is finished or was saved since `version` was read. */
enum status attempt_finish(struct db_conn *, const struct attempt *) MUST_CHECK;

#endif
