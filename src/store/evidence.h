/* evidence: what items of finished attempts show, and the standing derived from it; by learner key.
 * An item counts once, by its latest answer, for the competence and level that it had then: what an earlier state of
 * the pack said of it does not count beside it. */
#ifndef STORE_EVIDENCE_H
#define STORE_EVIDENCE_H

#include "rules/competence.h"
#include "store/store.h"

struct evidence {
    int64_t learner;
    struct str competence, course, item;
    int level;
    int64_t attempt;
    int points; /* thousandths */
    int32_t day;
};

struct standing_row {
    struct str competence;
    struct standing standing;
    struct level_evidence levels[COMPETENCE_LEVELS + 1];
};

/* Inside a change. */
enum status evidence_add(struct db_conn *, const struct evidence *) MUST_CHECK;
/* Inside a change: derives all standings of a learner anew. All, because an item may have left another competence. */
enum status standings_derive(struct db_conn *, int64_t learner) MUST_CHECK;

/* The standings of a learner, computed from evidence, sorted by competence. */
enum status standings_of(struct db_conn *, int64_t learner, struct arena *, struct standing_row **, size_t *count) MUST_CHECK;

/* Rebuilds every standing from evidence and counts those that differ from the stored ones (verify). */
enum status standing_count_wrong(struct db_conn *, int64_t *checked, int64_t *wrong) MUST_CHECK;

/* Competences of which anybody in the city has evidence, sorted. */
enum status evidence_competences(struct db_conn *, struct arena *, struct str **, size_t *count) MUST_CHECK;

#endif
