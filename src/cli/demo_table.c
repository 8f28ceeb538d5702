/* demo_table: see demo_table.h. */
#include "cli/demo_table.h"

#include "base/embed.h"

enum status demo_table_open(struct demo_table *t, const char *name)
{
    *t = (struct demo_table){ .name = name, .rest = embed_bytes(name), .line = 1 };
    if (!t->rest.at)
        return NOT_FOUND;
    (void)str_cut(&t->rest, '\n');
    return OK;
}

bool demo_table_next(struct demo_table *t)
{
    while (t->rest.len) {
        struct str line = str_cut(&t->rest, '\n');
        t->line++;
        if (line.len == 0 || line.at[0] == '#')
            continue;
        for (size_t i = 0; i < DEMO_TABLE_COLUMNS; i++)
            t->columns[i] = str_cut(&line, '\t');
        return true;
    }
    return false;
}

enum status demo_table_refuse(const struct demo_table *t, const char *what, struct arena *a, struct str *problem)
{
    *problem = str_format(a, "%s:%d: %s", t->name, t->line, what);
    return INVALID;
}
