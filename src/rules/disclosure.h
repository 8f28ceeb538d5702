/* disclosure: counts of people become cells that can be published. Pure; the only road from counts to figures.
 *
 * Source of every rule and constant: docs/disclosure.md. Amounts are in 1/600 person, so that a step of 1/m is whole
 * for every m of the ladder. Runs once per subject (a competence, a course, participation) and tree. */
#ifndef RULES_DISCLOSURE_H
#define RULES_DISCLOSURE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum { AMOUNT = 600, DISCLOSURE_MIN_K = 5 };

/* Units in an order where a parent precedes its children (preorder); unit 0 is the root. */
struct disclosure_unit {
    int parent; /* index; -1 for the root */
    /* people whose unit is exactly this one, in scope of the subject: reached <= assessed <= people */
    int people, assessed, reached;
};

struct disclosure_group {
    int home;                       /* unit index */
    int people, assessed, reached;  /* whole persons */
    int m;                          /* steps of 1/m */
    int64_t shown_reached, shown_assessed; /* 1/600 person, multiples of people*600/m */
    int included_of;                /* a rest that was attached here: index of the unit it came from; -1: none */
    int included_people;
};

struct disclosure_cell {
    bool own;            /* has a value of its own */
    int counted_in;      /* not own: unit index whose rest group counts it */
    int people;          /* own: head-count of its groups */
    int64_t shown_reached, shown_assessed; /* own: sums of the groups' values, 1/600 person */
    int groups;          /* 1: a group's value on its ladder; more: a sum, "about" */
    int m;               /* groups == 1: the ladder's m; else 0 */
    /* the rest group "other teams of X" of this unit, where there is one beside the unit's own sum; index into groups, -1 none */
    int rest_group;
};

/* theta in (0,1) as 32-bit fraction (1..2^32-1), from a keyed hash of (tree, subject, home, n, R, A). */
struct disclosure_theta {
    uint32_t (*of)(void *context, int home, int people, int reached, int assessed);
    void *context;
};

struct disclosure_result {
    const struct disclosure_cell *cells; /* one per unit */
    const struct disclosure_group *groups;
    int group_count;
    bool published; /* false: fewer than k people in all */
};

/* k >= DISCLOSURE_MIN_K (asserted). Result in the arena; NO_MEMORY. */
enum status disclosure_protect(const struct disclosure_unit *, int count, int k, struct disclosure_theta, struct arena *,
                               struct disclosure_result *) MUST_CHECK;

/* Ladder: the largest m of {2,3,4,5,6,8,10,15,20,25,50,100} with n > 2m; n >= 5. */
int disclosure_steps(int people);

/* How a value is worded. percent: whole; edge -1 "under percent", 1 "over percent", 0 "about percent". */
struct disclosure_share {
    int percent, edge;
};
/* shown of people; m: the ladder's m for one group, 0 for a sum. Never 0 % or 100 %. */
struct disclosure_share disclosure_wording(int64_t shown, int people, int m);

#endif
