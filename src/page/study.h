/* study: where a learner stands in every course, computed from facts by rules/progress. One read of the facts (five
 * queries whatever the number of courses), then pure. */
#ifndef PAGE_STUDY_H
#define PAGE_STUDY_H

#include "page/exchange.h"
#include "rules/progress.h"
#include "store/progress.h"

struct study {
    struct learner_progress progress;
    struct attempt_list attempts; /* all of the learner, by course, oldest first */
};

struct course_study {
    const struct course *course;       /* in the visitor's language, where it has that */
    enum lesson_progress *lessons;     /* one per lesson */
    struct course_state state;
    enum course_progress progress;
    struct next_step next;
    const struct attempt *open;        /* NULL: none */
    const struct attempt *attempts;    /* of this course, oldest first */
    size_t attempt_count;
};

enum status study_read(struct exchange *, struct study *) MUST_CHECK;
/* Lives in the request's arena. */
struct course_study study_course(const struct exchange *, const struct study *, const struct course *);

/* Whether the visitor may see the lesson: trainers see those that are not valid yet, too. */
bool study_shows(const struct exchange *, const struct lesson *);
/* The number of the lesson with that index, of those that the visitor sees; of the last one: how many these are. */
size_t study_number(const struct exchange *, const struct course *, size_t index);
/* Minutes of the lessons that the visitor sees. */
int study_minutes(const struct exchange *, const struct course *);
/* For trainers: from when a lesson is valid, since when it should have been read again. Null for all others, and where
 * nothing is to be said. */
void study_put_dates(const struct exchange *, const struct lesson *, struct doc_node *map);
bool study_practice_answered(const struct study *, const struct course *, struct str item);
/* Whether «Erledigt» was pressed. */
bool study_lesson_done(const struct study *, const struct course *, const struct lesson *);
/* Practice questions of a lesson that were not yet answered. */
int study_practice_open(const struct study *, const struct course *, const struct lesson *);
/* Seconds until the next attempt may start; 0: now. The pause counts from the last attempt that was not passed. */
int study_pause(const struct exchange *, const struct course_study *);

/* The keys of templates/course-row. about: what the second line says. */
void study_put_row(struct exchange *, const struct course_study *, struct doc_node *row);
/* The list `stops` of templates/course-line. here: index of the lesson, lesson_count for the test, -1: where the learner
 * is. links: whether stops are links. */
void study_put_stops(struct exchange *, const struct course_study *, struct doc_node *map, int here, bool links);
/* Where the next step leads, and its label (learn-go-...). STR_NONE: nothing is left. */
struct str study_next_url(const struct exchange *, const struct course_study *);
struct str study_next_label(const struct exchange *, const struct course_study *);
/* The course's competences as the reader's words, joined by commas. */
struct str study_competences(const struct exchange *, const struct course *);
/* {n} */
void put_count(struct doc_node *map, const char *key, int64_t n);

#endif
