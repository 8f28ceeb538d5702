/* doc_rows: a table's rows one after the other, whether they were put or come from a row source.
 * Used by the renderers alone. A source's row lives until the next doc_rows_next, in an arena of the walk's own. */
#ifndef DOC_DOC_ROWS_H
#define DOC_DOC_ROWS_H

#include "doc/doc.h"

struct doc_rows {
    const struct doc_table *table;
    const struct doc_node *put; /* the next of the rows that were put */
    struct doc_node made;       /* the row of a source */
    struct arena arena;
};

void doc_rows_begin(struct doc_rows *, const struct doc_node *table);
/* NULL after the last row, or when a row did not fit or has a wrong address. */
const struct doc_node *doc_rows_next(struct doc_rows *);
/* OK, or why the walk ended early: NO_MEMORY, CORRUPT as of doc_status. */
enum status doc_rows_end(struct doc_rows *) MUST_CHECK;

#endif
