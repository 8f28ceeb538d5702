/* policy: the organisation's own rules, by name and language, which courses show in the places they leave for them
 * (<local-policy id>). Read at start with the settings, const afterwards. */
#ifndef BASE_POLICY_H
#define BASE_POLICY_H

#include "base/lang.h"

struct policy {
    struct str id, text;
    bool any; /* for every language that has no words of its own */
    enum lang lang;
    struct str where; /* "lotse.ini:12" */
};

struct policies {
    struct policy *list;
    size_t count;
};

/* The words in that language, else those for every language; STR_NONE: none. policies may be NULL. */
struct str policy_text(const struct policies *, struct str id, enum lang);

#endif
