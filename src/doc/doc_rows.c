/* doc_rows: see doc_rows.h. */
#include "doc/doc_rows.h"

#include <assert.h>

enum { ROW_CEILING = 1024 * 1024 };

void doc_rows_begin(struct doc_rows *r, const struct doc_node *table)
{
    assert(table->kind == DOC_TABLE);
    *r = (struct doc_rows){ .table = table->table, .put = table->table->rows.first };
    arena_init(&r->arena, ROW_CEILING);
}

static const struct doc_node *next_put(struct doc_rows *r)
{
    const struct doc_node *row = r->put;
    if (row)
        r->put = row->next;
    return row;
}

static enum status walk_status(const struct doc_rows *r)
{
    return *r->table->rows.wrong ? CORRUPT : arena_status(&r->arena);
}

const struct doc_node *doc_rows_next(struct doc_rows *r)
{
    if (!r->table->source)
        return next_put(r);
    if (walk_status(r))
        return NULL;
    arena_reset(&r->arena);
    r->made = (struct doc_node){ .kind = DOC_MAP, .arena = &r->arena, .wrong = r->table->rows.wrong };
    bool more = r->table->source(r->table->state, &r->made);
    return more && walk_status(r) == OK ? &r->made : NULL;
}

enum status doc_rows_end(struct doc_rows *r)
{
    enum status status = walk_status(r);
    arena_release(&r->arena);
    return status;
}
