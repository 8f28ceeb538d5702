/* course: a loaded pack, immutable. Everything here lives in the course's own arena and is const for readers.
 *
 * Ids are [a-z][a-z0-9-]{0,63}, unique in the pack, and never change: they are what is stored and cited.
 * Prose has been rendered to safe html at load time with the classes of web/styles (see docs/pack-authors.md).
 * Media addresses inside are /media/{hash}/{path}. hash identifies the whole pack's content: 64 hex digits, SHA-256
 * over the sorted files (path NUL length NUL bytes). */
#ifndef COURSE_COURSE_H
#define COURSE_COURSE_H

#include "base/lang.h"
#include "base/safe_html.h"
#include "course/question.h"

struct objective {
    struct str id, text;
    struct str competence; /* "digcomp-3.0:4.1" or none */
    int level;             /* 1..4, 0 with no competence */
};

struct glossary_entry {
    struct str id, title;
    struct str tag; /* language of its words */
    struct safe_html text;
};

enum lesson_part_kind { PART_PROSE, PART_PRACTICE };

struct lesson_part {
    enum lesson_part_kind kind;
    struct safe_html prose;            /* PART_PROSE: sections, callouts, figures ... in order; last the terms used */
    struct str id, title;              /* PART_PRACTICE; title may be empty */
    struct question *const *questions; /* PART_PRACTICE */
    size_t question_count;
};

struct lesson {
    struct str id, title;
    struct str title_tag; /* language of title and objectives */
    struct str tag;       /* language of all else: a lesson is shown whole in it */
    int minutes;
    int32_t valid_from; /* civil day; before it only trainers see the lesson; 0: always */
    int32_t review_by;  /* civil day; after it somebody must read the lesson again; 0: none */
    const struct objective *objectives;
    size_t objective_count;
    const struct lesson_part *parts;
    size_t part_count;
    size_t text_count;     /* of its parts, those before footnotes and terms */
    size_t practice_count; /* questions in all its parts */
};

/* <draw competence level count must-pass>: so many items of the pool that fit */
struct draw {
    struct str competence;
    int level; /* 0: any */
    int count;
    bool must_pass; /* its items must each be right */
};

struct test {
    struct str id, title;
    struct str tag;    /* language of the title */
    int pass_percent;  /* 80 unless the pack says otherwise */
    int pause_minutes; /* before the next attempt */
    const struct draw *draws;
    size_t draw_count;
    struct question *const *pool;
    size_t pool_count;
    int drawn; /* sum of counts */
};

/* <renamed from to>: what people did under an id that went counts for the one that came. */
struct renamed {
    struct str from, to;
};

struct media {
    struct str path, type, bytes; /* "media/mail.svg", "image/svg+xml" */
};

struct course {
    struct arena arena;
    struct str id, version, hash;
    struct str tag; /* language of title and summary, "de-CH"; lessons and questions have their own */
    enum lang lang;
    const struct course *source;         /* the course as it was written; itself where it is no translation */
    const struct course *in[LANG_COUNT]; /* see course_in */
    struct str title;
    struct safe_html summary;
    struct str summary_text;
    int validity_months;           /* 0: for good */
    int minutes;                   /* sum of the lessons */
    bool completion_by_test;       /* completion="test": lessons need not be finished */
    const struct str *competences; /* drawn by the test (none: of the objectives); sorted, each once */
    size_t competence_count;
    const struct lesson *lessons;
    size_t lesson_count;
    const struct test *test; /* NULL: a course without test */
    const struct glossary_entry *glossary;
    size_t glossary_count;
    const struct str *policies; /* places for the organisation's own rules, each id once */
    size_t policy_count;
    const struct media *media;
    size_t media_count;
    struct question *const *questions; /* all, practice and pool, sorted by id */
    size_t question_count;
    const struct renamed *renamed; /* as written, newest first */
    size_t renamed_count;
};

void course_free(struct course *); /* of a source; its translations go with it */

/* The course in a language; where it has no translation into it, as it was written. Ids, order, keys, competences,
 * draws, hash and media are the same in all; what a translation lacks is there in the language of the source. */
const struct course *course_in(const struct course *, enum lang);
bool course_speaks(const struct course *, enum lang);
/* What something is called now that once had that id. */
struct str course_id_now(const struct course *, struct str id);
/* The id under which is stored what people do with it: the first that it had, so that a renaming changes no fact. */
struct str course_id_stored(const struct course *, struct str id);
/* Whether the lesson is not valid yet: it counts for nobody, and only trainers see it. */
bool lesson_is_ahead(const struct lesson *, int32_t today);

const struct lesson *course_lesson(const struct course *, struct str id); /* NULL: none */
const struct question *course_question(const struct course *, struct str id);
const struct media *course_media(const struct course *, struct str path);

struct drawn {
    const struct question *question;
    bool must_pass; /* by its draw: must be right for the test to be passed */
};

/* The items of a new attempt: each draw takes count items of the pool, those in `seen` (ids of earlier attempts) last,
 * shuffled by seed; the order of all is shuffled too. No item twice. out has room for test->drawn. Returns how many
 * were found. Pure. */
size_t course_draw(const struct test *, uint64_t seed, const struct str *seen, size_t seen_count, struct drawn *out);

#endif
