/* sign_in_name: how a sign-in name is compared: trimmed, ASCII letters in lower case. */
#ifndef PAGE_SIGN_IN_NAME_H
#define PAGE_SIGN_IN_NAME_H

#include "base/str.h"

static inline struct str sign_in_name(struct str typed, struct arena *a)
{
    struct str name = str_copy(a, str_trim(typed));
    char *at = (char *)name.at; /* our own fresh copy */
    for (size_t i = 0; i < name.len; i++)
        if (at[i] >= 'A' && at[i] <= 'Z')
            at[i] = (char)(at[i] + ('a' - 'A'));
    return name;
}

#endif
