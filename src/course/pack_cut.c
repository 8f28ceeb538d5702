/* pack_cut: a file without what a translation need not repeat. Every other byte stays. See pack.h. */
#include "course/pack.h"

struct str pack_without(const struct pack_file *file, const struct pack_cuts *cuts, struct arena *arena)
{
    char *at = arena_alloc(arena, file->bytes.len + 1);
    size_t used = 0, from = 0;
    for (size_t i = 0; at && i < cuts->count; i++) {
        const struct pack_cut *cut = &cuts->list[i];
        if (!str_equal(cut->file, file->path))
            continue;
        memcpy(at + used, file->bytes.at + from, cut->at - from);
        used += cut->at - from;
        from = cut->at + cut->len;
    }
    if (!at)
        return STR_NONE;
    memcpy(at + used, file->bytes.at + from, file->bytes.len - from);
    return (struct str){ at, used + file->bytes.len - from };
}
