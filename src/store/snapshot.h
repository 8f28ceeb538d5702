/* snapshot: published figures: what a cut wrote and reports read. Never altered after the cut. */
#ifndef STORE_SNAPSHOT_H
#define STORE_SNAPSHOT_H

#include "store/store.h"

struct snapshot {
    int64_t id;
    int32_t day;
    int64_t cut_at;
    int k;
    struct str checksum;
};

struct snapshot_unit {
    int32_t place, last;
    int32_t parent; /* place; -1: the root */
    struct str code, name;
    int32_t place_today; /* of the unit that has the code now, -1: none; filled by snapshot_path and snapshot_children alone */
};

enum cell_kind { CELL_UNIT, CELL_REST /* «weitere Teams» of the unit */ };

/* One published figure. Subjects: "competence:digcomp-3.0:4.1", "course:informationssicherheit", "participation". */
struct cell {
    int32_t place;
    enum cell_kind kind;
    struct str subject;
    bool own;                  /* else only counted_in */
    int people;
    int64_t reached, assessed; /* shown, in 1/600 person */
    int steps;                 /* the ladder's m; 0: a sum of groups */
    int32_t counted_in;        /* not own: place of the unit whose group counts it; -1 */
    struct str counted_code, counted_name; /* of that unit; filled by snapshot_cells alone */
    bool counted_rest;         /* it is that unit's rest group; likewise */
    int32_t included_of;       /* place of the unit whose few people are counted here too; -1: none */
    int included_people;
};

struct cell_list {
    struct cell *cells;
    size_t count;
};

struct snapshot_unit_list {
    struct snapshot_unit *units;
    size_t count;
};

enum status snapshot_latest(struct db_conn *, struct arena *, struct snapshot *) MUST_CHECK;
enum status snapshot_of_day(struct db_conn *, int32_t day, struct arena *, struct snapshot *) MUST_CHECK;
/* Every snapshot, oldest first. */
enum status snapshots_all(struct db_conn *, struct arena *, struct snapshot **, size_t *count) MUST_CHECK;

enum status snapshot_unit_find(struct db_conn *, int64_t snapshot, struct str code, struct arena *, struct snapshot_unit *)
    MUST_CHECK;
/* The units that hold this place, from the root down, itself last. */
enum status snapshot_path(struct db_conn *, int64_t snapshot, int32_t place, struct arena *, struct snapshot_unit_list *)
    MUST_CHECK;
enum status snapshot_children(struct db_conn *, int64_t snapshot, int32_t place, struct arena *, struct snapshot_unit_list *)
    MUST_CHECK;
/* The cells of the unit and of its children, ordered by place, kind and subject. */
enum status snapshot_cells(struct db_conn *, int64_t snapshot, int32_t place, struct arena *, struct cell_list *) MUST_CHECK;
/* Hands out every unit and cell of the snapshot in key order: for checksum and verify. NO_MEMORY: a row does not fit into
 * 64 KB; then what was handed out is not all of it. */
struct snapshot_reader {
    void (*unit)(void *context, const struct snapshot_unit *);
    void (*cell)(void *context, const struct cell *);
    void *context;
};
enum status snapshot_read(struct db_conn *, int64_t snapshot, struct snapshot_reader) MUST_CHECK;

/* ---- inside a change: the cut ---- */
/* CONFLICT: there is a snapshot of that day. */
enum status snapshot_add(struct db_conn *, const struct snapshot *, int64_t *id) MUST_CHECK;
enum status snapshot_add_unit(struct db_conn *, int64_t snapshot, const struct snapshot_unit *) MUST_CHECK;
enum status snapshot_add_cell(struct db_conn *, int64_t snapshot, const struct cell *) MUST_CHECK;

#endif
