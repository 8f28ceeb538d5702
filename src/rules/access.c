/* access: one table of role names and one function per kind of access. No memory, any thread.
 * What is not expressly allowed is denied. */
#include "rules/access.h"

#include <assert.h>
#include <string.h>

static const char *const role_names[ROLE_COUNT] = {
    [ROLE_LEAD] = "lead",
    [ROLE_HR] = "hr",
    [ROLE_TRAINER] = "trainer",
    [ROLE_ADMIN] = "admin",
};

const char *role_name(enum role role)
{
    assert((unsigned)role < ROLE_COUNT);
    return role_names[role];
}

bool role_parse(const char *name, enum role *role)
{
    for (int i = 0; i < ROLE_COUNT; i++) {
        if (strcmp(name, role_names[i]) == 0) {
            *role = (enum role)i;
            return true;
        }
    }
    return false;
}

bool viewer_has(const struct viewer *v, enum role role)
{
    for (size_t i = 0; v->signed_in && i < v->grant_count; i++) {
        if (v->grants[i].role == role)
            return true;
    }
    return false;
}

static bool is_report_role(enum role role)
{
    return role == ROLE_LEAD || role == ROLE_HR;
}

static bool covers(struct grant g, int32_t place)
{
    return is_report_role(g.role) && g.first <= place && place <= g.last;
}

/* That a unit does not exist is told to those only who read reports anyway; everybody else hears the same "denied"
 * for every code. */
static enum access_answer decide_unit_report(const struct viewer *v, int32_t place)
{
    if (!viewer_has(v, ROLE_LEAD) && !viewer_has(v, ROLE_HR))
        return ACCESS_DENIED;
    if (place < 0)
        return ACCESS_HIDDEN;
    for (size_t i = 0; i < v->grant_count; i++) {
        if (covers(v->grants[i], place))
            return ACCESS_ALLOWED;
    }
    return ACCESS_DENIED;
}

static enum access_answer decide_signed_in(enum access access, const struct viewer *v, struct access_target target)
{
    switch (access) {
    case ACCESS_PUBLIC:
    case ACCESS_SIGNED_IN:
        return ACCESS_ALLOWED;
    case ACCESS_OWN_ATTEMPT:
        return target.own ? ACCESS_ALLOWED : ACCESS_HIDDEN;
    case ACCESS_UNIT_REPORT:
        return decide_unit_report(v, target.unit_place);
    case ACCESS_TRAINER:
        return viewer_has(v, ROLE_TRAINER) ? ACCESS_ALLOWED : ACCESS_DENIED;
    case ACCESS_ADMIN:
        return viewer_has(v, ROLE_ADMIN) ? ACCESS_ALLOWED : ACCESS_DENIED;
    case ACCESS_COUNT:
        break;
    }
    return ACCESS_DENIED;
}

enum access_answer access_decide(enum access access, const struct viewer *v, struct access_target target)
{
    if (access == ACCESS_PUBLIC)
        return ACCESS_ALLOWED;
    if (!v->signed_in)
        return ACCESS_SIGN_IN_FIRST;
    return decide_signed_in(access, v, target);
}
