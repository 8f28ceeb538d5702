/* request: what a client asked, read within limits, decoded, then typed by the route's own field table.
 * Everything lives in the request's arena. Limits: docs/security.md. */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "base/clock.h"
#include "base/lang.h"

enum method { METHOD_GET, METHOD_POST, METHOD_OPTIONS };
enum format { FORMAT_HTML, FORMAT_JSON, FORMAT_CSV };

struct pair {
    struct str name, value; /* decoded, valid text (utf8_is_text) */
};

struct pairs {
    struct pair *list;
    size_t count;
};

struct request {
    struct arena *arena;
    uint64_t id;
    int64_t now;          /* UTC seconds, from the injected clock */
    enum method method;
    bool head;            /* HEAD: answered like GET, without body */
    struct str path;      /* decoded, begins with '/', without the format's ending */
    struct str raw_query; /* as sent, without '?' */
    enum format format;   /* from the ending .json .csv */
    struct pairs query, form, cookies;
    struct str host, origin, fetch_site, accept_language, if_none_match, if_range, range, accept_encoding;
    struct str client;    /* address of the client, behind trusted proxies too */
    bool secure;          /* https, as told by public_url or a trusted proxy */
    /* filled by route_find */
    struct pairs params;  /* {course} -> value */
};

/* First value, or STR_NONE. */
struct str pairs_get(const struct pairs *, const char *name);
/* All values of a name, in the arena. */
struct str *pairs_all(const struct pairs *, const char *name, struct arena *, size_t *count);

/* ---- fields: what a route takes ---- */

enum field_kind {
    FIELD_TEXT,     /* one line: no line feeds */
    FIELD_LINES,    /* text with line feeds (normalised to \n) */
    FIELD_ID,       /* [a-z][a-z0-9-]* */
    FIELD_CODE,     /* [A-Za-z0-9_.:-]+ */
    FIELD_NUMBER,   /* whole, decimal */
    FIELD_FLAG,     /* present or not */
    FIELD_TOKEN     /* [A-Za-z0-9_-]+ */
};

struct field {
    const char *name;    /* ends the table with NULL; "answer.*" takes any suffix */
    enum field_kind kind;
    unsigned max_chars;  /* code points */
    unsigned max_values; /* 0: 1 */
    bool required;
    bool in_query;       /* from the address instead of the form */
};

struct field_problem {
    const char *field;
    const char *message; /* message id: field-missing, field-too-long, field-not-a-number ... */
};

/* Checks query or form against the table. Unknown names are ignored, "csrf" and "key" are always known.
 * INVALID: problems (at most 16) are listed in the arena. */
enum status fields_check(const struct request *, const struct field *, struct field_problem **, size_t *count) MUST_CHECK;

#endif
