/* competence: from evidence to a level. Pure.
 *
 * Per competence and level 1..4: items counts distinct items (each by its latest answer), points their sum.
 * From 10 items on a level is assessable, and reached from 80 % of the points on; 20 items make it certifiable.
 * The standing is the highest level reached. Assessable without a reached level stands at 0.
 * Source of 10, 20 and 80 %: binomial table in docs/decisions/0007-levels.md. */
#ifndef RULES_COMPETENCE_H
#define RULES_COMPETENCE_H

#include <stdbool.h>
#include <stdint.h>

enum { COMPETENCE_LEVELS = 4, ITEMS_TO_ASSESS = 10, ITEMS_TO_CERTIFY = 20, PERCENT_TO_REACH = 80 };

struct level_evidence {
    int items;
    int64_t points; /* thousandths */
};

struct standing {
    bool assessable;  /* some level has ITEMS_TO_ASSESS items */
    int level;        /* 0..4 */
    bool certifiable; /* the level reached rests on ITEMS_TO_CERTIFY items */
    int items_missing; /* not assessable: how many more items the best-covered level needs */
};

struct standing competence_standing(const struct level_evidence levels[COMPETENCE_LEVELS + 1]); /* [1]..[4] */

#endif
