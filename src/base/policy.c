/* policy: see policy.h. */
#include "base/policy.h"

struct str policy_text(const struct policies *policies, struct str id, enum lang lang)
{
    struct str found = STR_NONE;
    for (size_t i = 0; policies && i < policies->count; i++) {
        const struct policy *policy = &policies->list[i];
        if (!str_equal(policy->id, id))
            continue;
        if (!policy->any && policy->lang == lang)
            return policy->text;
        if (policy->any)
            found = policy->text;
    }
    return found;
}
