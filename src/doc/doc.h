/* doc: what a page says, as one tree of typed leaves, before anybody decides how it looks.
 *
 * A document has two roots. `data` is the public contract: JSON, CSV and HTML are made of it. `view` is for HTML
 * alone: navigation, form state, csrf, chart geometry. Answer keys never enter `data` before answering.
 *
 * Everything lives in the document's arena. A put with a NULL parent does nothing and returns NULL, so that a
 * page needs no checks in between; whether memory sufficed, and whether every address may be one, is seen once, at the
 * end, in doc_status: odd data must not end the process.
 * Keys are literals or outlive the document: [a-z0-9_]. A key is put once per map (asserted).
 * Text is copied only by the doc_put_copy family; otherwise it must outlive the document (arena, catalogue). */
#ifndef DOC_DOC_H
#define DOC_DOC_H

#include "base/safe_html.h"

enum doc_kind {
    DOC_NULL,
    DOC_BOOL,
    DOC_INT,
    DOC_PERCENT, /* whole percent; JSON: the number */
    DOC_DAY,     /* civil day; JSON: "2026-11-23"; HTML: in the reader's words */
    DOC_TEXT,
    DOC_URL,     /* JSON: text; HTML: escaped; begins with "/" (not "//"), "#", "?" or "https:" */
    DOC_HTML,    /* safe_html; JSON: the markup as text */
    DOC_MAP,
    DOC_LIST,
    DOC_TABLE
};

struct doc_node {
    enum doc_kind kind;
    uint32_t key_len;
    const char *key;        /* in a map; NULL in a list */
    struct doc_node *next;  /* sibling */
    struct doc_node *first, *last;
    struct doc_node *likely; /* in a map: one more to look at for a key */
    union {
        bool flag;
        int64_t number;
        struct str text;
        struct doc_table *table;
        struct {
            struct arena *arena;      /* map, list: where children are made */
            const char **wrong;       /* the document's */
            struct doc_node **by_key; /* map: where to begin looking for a key; NULL while empty */
        };
    };
};

struct doc {
    struct arena *arena;
    struct doc_node *data, *view;
    const struct doc_node *table; /* the table that .csv shows; the first one put, or NULL: no CSV of this page */
    const char *wrong;            /* the key of the first address that is none of ours and not https */
};

/* NULL when the arena is exhausted. */
struct doc *doc_new(struct arena *);
/* CORRUPT: an address was put that may not be one (d->wrong names its key), in its place stands null. NO_MEMORY. */
enum status doc_status(const struct doc *) MUST_CHECK;

void doc_put_null(struct doc_node *map, const char *key);
void doc_put_bool(struct doc_node *map, const char *key, bool);
void doc_put_int(struct doc_node *map, const char *key, int64_t);
void doc_put_percent(struct doc_node *map, const char *key, int64_t whole);
void doc_put_day(struct doc_node *map, const char *key, int32_t day);
void doc_put_text(struct doc_node *map, const char *key, struct str);
void doc_put_copy(struct doc_node *map, const char *key, struct str);
void doc_put_url(struct doc_node *map, const char *key, struct str);
/* A URL by printf; the values must be URL-safe already (ids, numbers, codes). */
void doc_put_urlf(struct doc_node *map, const char *key, const char *format, ...) PRINTF_LIKE(3, 4);
void doc_put_html(struct doc_node *map, const char *key, struct safe_html);
struct doc_node *doc_put_map(struct doc_node *map, const char *key);
struct doc_node *doc_put_list(struct doc_node *map, const char *key);

struct doc_node *doc_add_map(struct doc_node *list);
void doc_add_text(struct doc_node *list, struct str);
void doc_add_int(struct doc_node *list, int64_t);

/* The child with that key, or NULL. */
const struct doc_node *doc_get(const struct doc_node *map, struct str key);

/* ---- tables: what CSV is made of; JSON: an array of objects; templates: a list of rows ---- */

struct doc_column {
    const char *key;     /* field id, the key in JSON and in templates */
    const char *heading; /* message id of the column's heading in CSV */
};

struct doc_table {
    const struct doc_column *columns;
    size_t column_count;
    struct doc_node rows; /* a DOC_LIST of maps */
    /* Or a row source: fills the empty map and returns true, or returns false at the end. Its rows are made in an
     * arena that is reset between rows, so a long list streams. A renderer runs it once. */
    bool (*source)(void *state, struct doc_node *row);
    void *state;
};

struct doc_node *doc_put_table(struct doc *, struct doc_node *map, const char *key, const struct doc_column *,
                               size_t column_count);
struct doc_node *doc_add_row(struct doc_node *table);
void doc_set_source(struct doc_node *table, bool (*source)(void *state, struct doc_node *row), void *state);

#endif
