/* org: units, functions, target profiles, positions. */
#ifndef STORE_ORG_H
#define STORE_ORG_H

#include "base/lang.h"
#include "store/store.h"

struct unit {
    int64_t id;
    struct str code, name;
    int32_t place, last; /* preorder interval: the unit and all below it */
    int32_t parent;      /* place of the unit above; -1: the root */
};

struct unit_list {
    struct unit *units;
    size_t count;
};

struct job_function {
    int64_t id;
    struct str code, name[LANG_COUNT];
};

struct target {
    struct str competence;
    int level;
};

/* Whether there is a unit or a person. */
enum status org_exists(struct db_conn *, bool *exists) MUST_CHECK;
enum status unit_find(struct db_conn *, struct str code, struct arena *, struct unit *) MUST_CHECK;
/* Every unit in preorder. */
enum status units_all(struct db_conn *, struct arena *, struct unit_list *) MUST_CHECK;
/* Topmost units of a person's lead and hr grants, in preorder. */
enum status units_of_viewer(struct db_conn *, int64_t person, struct arena *, struct unit_list *) MUST_CHECK;
/* The function and target profile of a person's position on a day. NOT_FOUND: none. */
enum status profile_of(struct db_conn *, int64_t person, int32_t day, struct arena *, struct job_function *,
                       struct target **, size_t *count) MUST_CHECK;
/* Records that somebody opened a unit's report (inside a change). */
enum status report_view_add(struct db_conn *, int64_t person, struct str unit_code, int64_t now) MUST_CHECK;
enum status report_view_tidy(struct db_conn *, int64_t now) MUST_CHECK;

/* ---- inside a change; parent 0: the root ---- */
enum status unit_add(struct db_conn *, const struct unit *, int64_t parent_id, int64_t *id) MUST_CHECK;
enum status function_add(struct db_conn *, const struct job_function *, int64_t *id) MUST_CHECK;
enum status target_add(struct db_conn *, int64_t function, const struct target *) MUST_CHECK;
/* to_day 0: open. */
enum status position_add(struct db_conn *, int64_t person, int64_t unit, int64_t function, int32_t from_day,
                         int32_t to_day) MUST_CHECK;

#endif
