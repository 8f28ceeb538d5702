/* doc: see doc.h. Nodes are zeroed by the arena and linked in the order they were put. */
#include "doc/doc.h"

#include <assert.h>

static struct doc_node *new_node(struct arena *a, const char **wrong, enum doc_kind kind)
{
    struct doc_node *n = ARENA_NEW(a, struct doc_node);
    if (n) {
        n->kind = kind;
        n->arena = a;
        n->wrong = wrong;
    }
    return n;
}

static struct doc_node *append(struct doc_node *parent, enum doc_kind kind)
{
    struct doc_node *n = new_node(parent->arena, parent->wrong, kind);
    if (!n)
        return NULL;
    if (parent->last)
        parent->last->next = n;
    else
        parent->first = n;
    return parent->last = n;
}

/* ---- keys: rendering asks for hundreds a page, often of maps that do not have them ---- */

enum { KEY_GROUPS = 8 };

/* Keys are never empty. */
static size_t group_of(struct str key)
{
    unsigned char first = (unsigned char)key.at[0], last = (unsigned char)key.at[key.len - 1];
    return (first * 5u + last * 3u + key.len) % KEY_GROUPS;
}

static bool has_key(const struct doc_node *n, struct str key)
{
    return n->key_len == key.len && n->key[0] == key.at[0] && memcmp(n->key, key.at, key.len) == 0;
}

const struct doc_node *doc_get(const struct doc_node *map, struct str key)
{
    const struct doc_node *n = map->by_key ? map->by_key[group_of(key)] : NULL;
    while (n && !has_key(n, key))
        n = n->likely;
    return n;
}

static void name_node(struct doc_node *map, struct doc_node *n, struct str key)
{
    n->key = key.at;
    n->key_len = (uint32_t)key.len;
    if (!map->by_key)
        map->by_key = ARENA_ARRAY(map->arena, KEY_GROUPS, struct doc_node *);
    if (!map->by_key)
        return; /* the arena tells why */
    struct doc_node **group = &map->by_key[group_of(key)];
    n->likely = *group;
    *group = n;
}

static struct doc_node *put(struct doc_node *map, const char *key, enum doc_kind kind)
{
    if (!map)
        return NULL;
    struct str name = str_of(key);
    assert(map->kind == DOC_MAP && name.len > 0);
    assert(!doc_get(map, name));
    struct doc_node *n = append(map, kind);
    if (n)
        name_node(map, n, name);
    return n;
}

static struct doc_node *add(struct doc_node *list, enum doc_kind kind)
{
    if (!list)
        return NULL;
    assert(list->kind == DOC_LIST);
    return append(list, kind);
}

struct doc *doc_new(struct arena *a)
{
    struct doc *d = ARENA_NEW(a, struct doc);
    if (!d)
        return NULL;
    *d = (struct doc){ .arena = a, .data = new_node(a, &d->wrong, DOC_MAP), .view = new_node(a, &d->wrong, DOC_MAP) };
    return d->data && d->view ? d : NULL;
}

enum status doc_status(const struct doc *d)
{
    return d->wrong ? CORRUPT : arena_status(d->arena);
}

void doc_put_null(struct doc_node *map, const char *key)
{
    put(map, key, DOC_NULL);
}

void doc_put_bool(struct doc_node *map, const char *key, bool flag)
{
    struct doc_node *n = put(map, key, DOC_BOOL);
    if (n)
        n->flag = flag;
}

static void put_number(struct doc_node *map, const char *key, enum doc_kind kind, int64_t number)
{
    struct doc_node *n = put(map, key, kind);
    if (n)
        n->number = number;
}

void doc_put_int(struct doc_node *map, const char *key, int64_t number)
{
    put_number(map, key, DOC_INT, number);
}

void doc_put_percent(struct doc_node *map, const char *key, int64_t whole)
{
    put_number(map, key, DOC_PERCENT, whole);
}

void doc_put_day(struct doc_node *map, const char *key, int32_t day)
{
    put_number(map, key, DOC_DAY, day);
}

static void put_text(struct doc_node *map, const char *key, enum doc_kind kind, struct str text)
{
    struct doc_node *n = put(map, key, kind);
    if (n)
        n->text = text;
}

void doc_put_text(struct doc_node *map, const char *key, struct str text)
{
    put_text(map, key, DOC_TEXT, text);
}

void doc_put_copy(struct doc_node *map, const char *key, struct str text)
{
    if (map)
        put_text(map, key, DOC_TEXT, str_copy(map->arena, text));
}

/* "//host" and "/\host" leave the site; "javascript:" leaves the page. */
static bool is_url(struct str s)
{
    bool local = str_starts(s, STR("/")) && !str_starts(s, STR("//")) && !str_starts(s, STR("/\\"));
    return local || str_starts(s, STR("#")) || str_starts(s, STR("?")) || str_starts(s, STR("https:"));
}

void doc_put_url(struct doc_node *map, const char *key, struct str url)
{
    if (!map || arena_status(map->arena))
        return;
    if (is_url(url)) {
        put_text(map, key, DOC_URL, url);
        return;
    }
    doc_put_null(map, key); /* nothing that leads elsewhere stays in the tree */
    if (!*map->wrong)
        *map->wrong = key;
}

void doc_put_urlf(struct doc_node *map, const char *key, const char *format, ...)
{
    if (!map)
        return;
    va_list args;
    va_start(args, format);
    struct str url = str_format_args(map->arena, format, args);
    va_end(args);
    if (url.at)
        doc_put_url(map, key, url);
}

void doc_put_html(struct doc_node *map, const char *key, struct safe_html html)
{
    put_text(map, key, DOC_HTML, html.markup);
}

struct doc_node *doc_put_map(struct doc_node *map, const char *key)
{
    return put(map, key, DOC_MAP);
}

struct doc_node *doc_put_list(struct doc_node *map, const char *key)
{
    return put(map, key, DOC_LIST);
}

struct doc_node *doc_add_map(struct doc_node *list)
{
    return add(list, DOC_MAP);
}

void doc_add_text(struct doc_node *list, struct str text)
{
    struct doc_node *n = add(list, DOC_TEXT);
    if (n)
        n->text = text;
}

void doc_add_int(struct doc_node *list, int64_t number)
{
    struct doc_node *n = add(list, DOC_INT);
    if (n)
        n->number = number;
}

struct doc_node *doc_put_table(struct doc *d, struct doc_node *map, const char *key, const struct doc_column *columns,
                               size_t column_count)
{
    struct doc_node *n = put(map, key, DOC_TABLE);
    if (!n)
        return NULL;
    n->table = ARENA_NEW(map->arena, struct doc_table);
    if (!n->table) {
        n->kind = DOC_NULL; /* no reader may meet a table without rows; the arena tells why */
        return NULL;
    }
    *n->table = (struct doc_table){
        .columns = columns,
        .column_count = column_count,
        .rows = { .kind = DOC_LIST, .arena = map->arena, .wrong = map->wrong },
    };
    if (!d->table)
        d->table = n;
    return n;
}

struct doc_node *doc_add_row(struct doc_node *table)
{
    if (!table)
        return NULL;
    assert(table->kind == DOC_TABLE && !table->table->source);
    return doc_add_map(&table->table->rows);
}

void doc_set_source(struct doc_node *table, bool (*source)(void *state, struct doc_node *row), void *state)
{
    if (!table)
        return;
    assert(table->kind == DOC_TABLE && !table->table->rows.first);
    table->table->source = source;
    table->table->state = state;
}
