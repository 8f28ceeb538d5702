/* report: what a unit's page, CSV and JSON say, from the protected cells of the latest snapshot and nothing else. The number of
 * queries does not depend on the number of staff. */
#ifndef PAGE_REPORT_H
#define PAGE_REPORT_H

#include "page/exchange.h"
#include "rules/disclosure.h"
#include "store/snapshot.h"

struct report {
    struct snapshot snapshot;
    struct snapshot_unit unit;
    struct snapshot_unit_list path;     /* from the root down to the unit */
    struct snapshot_unit_list children;
    struct cell_list cells;             /* of the unit and its children */
};

/* NOT_FOUND: there is no snapshot yet, or the unit is not in it. */
enum status report_read(struct exchange *, struct report *) MUST_CHECK;

/* The cell of a place, or NULL. */
const struct cell *report_cell(const struct report *, int32_t place, enum cell_kind, struct str subject);
/* The unit of a place: the report's own or one of its children; NULL: neither. */
const struct snapshot_unit *report_unit(const struct report *, int32_t place);
/* A group's code in data: "SD" the unit itself, "SD*" its other teams; and its name in the reader's words: the unit's, or
 * «weitere Teams von X». */
struct str report_group_code(const struct exchange *, struct str code, bool rest);
struct str report_group_name(const struct exchange *, struct str name, bool rest);

/* Shown shares of an own cell. */
struct disclosure_share report_reached(const struct cell *);
struct disclosure_share report_assessed(const struct cell *);

/* Puts snapshot, n, cells, coverage, courses, participation and children: the public contract. */
void report_put_data(struct exchange *, const struct report *);

#endif
