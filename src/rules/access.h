/* access: who may do what. Pure; every route names one access rule, every rule is decided here and nowhere else.
 *
 * Roles: everyone signed in is a learner. lead: of units and what is below. hr: of everything or of sub-trees.
 * trainer: packs. admin: the system, no figures and no names by virtue of being admin. */
#ifndef RULES_ACCESS_H
#define RULES_ACCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum role { ROLE_LEAD, ROLE_HR, ROLE_TRAINER, ROLE_ADMIN, ROLE_COUNT };

struct grant {
    enum role role;
    /* Preorder interval of the unit the grant covers with everything below; lead and hr only.
     * The whole city: the root's interval. */
    int32_t first, last;
};

struct viewer {
    bool signed_in;
    const struct grant *grants;
    size_t grant_count;
};

enum access {
    ACCESS_PUBLIC,      /* anybody */
    ACCESS_SIGNED_IN,   /* anybody signed in: the learner's own pages */
    ACCESS_OWN_ATTEMPT, /* signed in; the attempt's learner is the viewer (else it does not exist) */
    ACCESS_UNIT_REPORT, /* lead or hr whose grant covers the unit */
    ACCESS_TRAINER,
    ACCESS_ADMIN,
    ACCESS_COUNT
};

/* What the rule may look at besides the viewer. */
struct access_target {
    int32_t unit_place; /* ACCESS_UNIT_REPORT: preorder number of the unit; -1: no such unit */
    bool own;           /* ACCESS_OWN_ATTEMPT: it is the viewer's */
};

enum access_answer { ACCESS_ALLOWED, ACCESS_SIGN_IN_FIRST, ACCESS_DENIED, ACCESS_HIDDEN /* answer as if it did not exist */ };

enum access_answer access_decide(enum access, const struct viewer *, struct access_target);
bool viewer_has(const struct viewer *, enum role);
const char *role_name(enum role); /* "lead" */
bool role_parse(const char *name, enum role *);

#endif
