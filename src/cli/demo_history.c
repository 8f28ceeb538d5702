/* demo_history: see demo_history.h. A month is walked in the order of their learner keys, 500 learners a
 * transaction: rows of learning are keyed by learner, so the database grows from one end of each table to the other,
 * and neither ids nor the order of rows tell who works where. */
#include "cli/demo_history.h"

#include "base/clock.h"
#include "cli/demo_walk.h"
#include "page/exam.h"
#include "task/cut.h"

#include <stdlib.h>

enum { LEARNERS_A_CHANGE = 500, EVENING = 8 * 3600 /* after midday UTC: still the same day in either zone */ };

/* ---------- what the tests were drawn from ---------- */

static enum status keep_states(struct db_conn *conn, void *job)
{
    const struct demo_history *h = job;
    enum status s = OK;
    for (size_t i = 0; s == OK && i < h->catalogue->count; i++) {
        const struct course *course = h->catalogue->courses[i];
        const struct pack_files *files = catalogue_files(h->catalogue, course);
        if (course->test)
            s = files ? exam_keep_state(conn, course, files, clock_midday(h->span.first)) : NOT_FOUND;
    }
    return s;
}

/* ---------- a month of learning ---------- */

struct learner {
    const struct demo_person *person;
    struct demo_walk *walks; /* one per course */
};

struct month {
    const struct demo_history *history;
    struct learner *learners; /* sorted by key */
    size_t next;              /* first of the change at hand */
    int32_t end;
    struct demo_tally tally;
};

static int by_key(const void *left, const void *right)
{
    const struct learner *l = left, *r = right;
    return (l->person->learner > r->person->learner) - (l->person->learner < r->person->learner);
}

static enum status begin_walks(struct demo_history *h, struct learner **learners)
{
    size_t people = h->people->count, courses = h->catalogue->count;
    struct demo_walk *walks = ARENA_ARRAY(h->arena, people * courses + 1, struct demo_walk);
    *learners = ARENA_ARRAY(h->arena, people, struct learner);
    if (!walks || !*learners)
        return NO_MEMORY;
    for (size_t i = 0; i < people; i++) {
        (*learners)[i] = (struct learner){ &h->people->list[i], walks + i * courses };
        for (size_t c = 0; c < courses; c++)
            demo_walk_begin(&walks[i * courses + c], &h->people->list[i], h->catalogue->courses[c], h->seed, h->span);
    }
    qsort(*learners, people, sizeof **learners, by_key);
    return OK;
}

/* Not re-runnable: walks move on. db_bulk runs a change once, and after a failure the demo is given up. */
static enum status walk_some(struct db_conn *conn, void *job)
{
    struct month *m = job;
    const struct demo_history *h = m->history;
    enum status s = OK;
    for (size_t i = m->next; s == OK && i < h->people->count && i < m->next + LEARNERS_A_CHANGE; i++)
        for (size_t c = 0; s == OK && c < h->catalogue->count; c++)
            s = demo_walk_until(&m->learners[i].walks[c], m->learners[i].person, h->catalogue->courses[c], m->end, conn,
                                h->scratch, &m->tally);
    return s ? s : arena_status(h->scratch);
}

static enum status walk_month(struct month *m)
{
    enum status s = OK;
    for (m->next = 0; s == OK && m->next < m->history->people->count; m->next += LEARNERS_A_CHANGE) {
        s = db_bulk(m->history->db, walk_some, m);
        arena_reset(m->history->scratch);
    }
    return s;
}

/* ---------- its snapshot ---------- */

/* The rounding's key is the seed's, so that figures come out the same too. */
static enum status cut_month(const struct demo_history *h, int32_t day, struct cut_outcome *out)
{
    struct str *courses = ARENA_ARRAY(h->scratch, h->catalogue->count + 1, struct str);
    if (!courses)
        return NO_MEMORY;
    for (size_t i = 0; i < h->catalogue->count; i++)
        courses[i] = h->catalogue->courses[i]->id;
    struct cut cut = { h->key, day, clock_midday(day) + EVENING, courses, h->catalogue->count };
    enum status s = cut_snapshot(h->db, &cut, h->scratch, out);
    arena_reset(h->scratch);
    return s;
}

static void say_month(const struct month *m, const struct cut_outcome *cut)
{
    struct str day = clock_format_day(m->history->scratch, m->end);
    printf("%.*s: %lld lessons, %lld tests, %lld passed; snapshot of %d cells\n", STR_ARG(day),
           (long long)m->tally.lessons, (long long)m->tally.tests, (long long)m->tally.passed, cut->cells);
    fflush(stdout);
}

static int32_t end_of_month(struct demo_span span, int number)
{
    int32_t end = clock_add_months(span.first, number + 1) - 1;
    return end < span.last ? end : span.last;
}

enum status demo_history_write(struct demo_history *h)
{
    struct learner *learners;
    struct cut_outcome cut;
    enum status s = db_bulk(h->db, keep_states, h);
    if (s == OK)
        s = begin_walks(h, &learners);
    struct month m = { .history = h };
    for (int i = 0; s == OK && m.end < h->span.last; i++) {
        m = (struct month){ .history = h, .learners = learners, .end = end_of_month(h->span, i) };
        s = walk_month(&m);
        if (s == OK)
            s = cut_month(h, m.end, &cut);
        if (s == OK)
            say_month(&m, &cut);
    }
    return s;
}
