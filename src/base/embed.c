/* embed: binary search in the table that the build wrote. */
#include "base/embed.h"

const struct embed *embed_find(struct str name)
{
    size_t low = 0, high = embed_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(name, embed_table[middle].name);
        if (order == 0)
            return &embed_table[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

struct str embed_bytes(const char *name)
{
    const struct embed *e = embed_find(str_of(name));
    return e ? e->bytes : STR_NONE;
}
