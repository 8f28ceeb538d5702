/* disclosure: counts of people become cells that can be published. Pure; the only road from counts to figures.
 *
 * Source of every rule and constant: docs/disclosure.md. Amounts are in 1/600 person, so that a step of 1/m is whole
 * for every m of the ladder. Runs once per subject (a competence, a course, participation) and tree. */
#ifndef RULES_DISCLOSURE_H
#define RULES_DISCLOSURE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum { AMOUNT = 600, DISCLOSURE_MIN_K = 5, DISCLOSURE_MAX_PEOPLE = 10000000 };

/* Units in preorder (asserted): a parent stands before its children, a subtree is contiguous. Unit 0 is the root. */
struct disclosure_unit {
    int parent; /* index; -1 for the root */
    /* people whose unit is exactly this one, in scope of the subject: reached <= assessed <= people */
    int people, assessed, reached;
};

/* A rest of fewer than k people is counted in the largest group below its unit; every unit from that group up to,
 * but without, the rest's own unit is labelled "incl. S people of X". Where several rests arrive, X is the topmost
 * of their units and S counts them all: X contains the others, so the label stays true. */
struct disclosure_included {
    int of;     /* unit index; -1: nobody from outside */
    int people;
};

struct disclosure_group {
    int home;                       /* unit index; groups stand in the order of their home */
    int people, assessed, reached;  /* whole persons; never to be published */
    int m;                          /* steps of 1/m */
    int64_t shown_reached, shown_assessed; /* 1/600 person, multiples of people*600/m; reached <= assessed */
    struct disclosure_included included;
};

struct disclosure_cell {
    bool own;            /* has a value of its own */
    int counted_in;      /* not own: the unit whose group counts its people (for a unit without people: the nearest
                          * one above with a value); own, or nothing published: -1 */
    int people;          /* own: head-count of its groups */
    int64_t shown_reached, shown_assessed; /* own: sums of the groups' values, 1/600 person */
    int groups;          /* 1: a group's value on its ladder; more: a sum, "about" */
    int m;               /* groups == 1: the ladder's m; else 0 */
    struct disclosure_included included;
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

/* k >= DISCLOSURE_MIN_K and 0 <= reached <= assessed <= people (asserted). Result in the arena; NO_MEMORY. */
enum status disclosure_protect(const struct disclosure_unit *, int count, int k, struct disclosure_theta, struct arena *,
                               struct disclosure_result *) MUST_CHECK;

/* Ladder: the largest m of {2,3,4,5,6,8,10,15,20,25,50,100} with n > 2m; n >= 5. */
int disclosure_steps(int people);

/* How a value is worded. percent: whole; edge -1 "under percent", 1 "over percent", 0 "about percent". */
struct disclosure_share {
    int percent, edge;
};
/* shown of people; m: the ladder's m for one group, 0 for a sum. Never 0 % or 100 %: a group's lowest step is "under
 * 1/m", its highest "over 1-1/m", rounded so that the sentence stays true; a sum stays within about 1 to about 99 %,
 * because "under 1 %" of a small sum would be a claim that its groups do not make. */
struct disclosure_share disclosure_wording(int64_t shown, int people, int m);

#endif
