/* doc_json_read: JSON of test corpora as document nodes. A float becomes the text that its file shows. */
#ifndef TESTS_DOC_JSON_READ_H
#define TESTS_DOC_JSON_READ_H

#include "doc/doc.h"

#include <jansson.h>

/* Where the public corpora lie, seen from the project's folder. */
#define CORPORA "../shared/corpora/"

/* Makes of an empty node of the arena what the JSON says. */
static inline void node_fill(struct doc_node *n, struct arena *a, const json_t *json)
{
    const char *key;
    json_t *value;
    size_t i;
    switch (json_typeof(json)) {
    case JSON_OBJECT:
        n->kind = DOC_MAP;
        break;
    case JSON_ARRAY:
        n->kind = DOC_LIST;
        break;
    case JSON_STRING:
        n->kind = DOC_TEXT;
        n->text = str_copy(a, (struct str){ json_string_value(json), json_string_length(json) });
        break;
    case JSON_INTEGER:
        n->kind = DOC_INT;
        n->number = json_integer_value(json);
        break;
    case JSON_REAL:
        n->kind = DOC_TEXT;
        n->text = str_format(a, "%.15g", json_real_value(json));
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        n->kind = DOC_BOOL;
        n->flag = json_is_true(json);
        break;
    case JSON_NULL:
        n->kind = DOC_NULL;
    }
    json_array_foreach (json, i, value) {
        doc_add_map(n);
        node_fill(n->last, a, value);
    }
    json_object_foreach ((json_t *)json, key, value) {
        doc_put_null(n, str_copy(a, str_of(key)).at);
        node_fill(n->last, a, value);
    }
}

static inline struct doc_node *node_of_json(struct arena *a, const json_t *json)
{
    struct doc_node *n = ARENA_NEW(a, struct doc_node);
    n->arena = a;
    node_fill(n, a, json);
    return n;
}

/* NULL, and a line that says so, where the corpora are not beside the project. */
static inline json_t *corpus_read(const char *path)
{
    json_error_t error;
    json_t *json = json_load_file(path, JSON_ALLOW_NUL, &error);
    if (!json)
        print_message("SKIP %s: %s\n", path, error.text);
    return json;
}

#endif
