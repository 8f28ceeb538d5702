/* doc_json: the data root as JSON (RFC 8259). Nesting is as deep as the page built it, so no cap is needed.
 * "<" is escaped as well: the bytes may stand in a script element and cannot end it. */
#include "base/clock.h"
#include "base/utf8.h"
#include "doc/doc_rows.h"
#include "doc/render.h"

#define JSON_LARGEST_EXACT (INT64_C(1) << 53)

/* The escape of a code point, STR_NONE where it may stand as it is. room holds an escape that has to be made. */
static struct str escape_of(int32_t c, char room[8])
{
    switch (c) {
    case '"':
        return STR("\\\"");
    case '\\':
        return STR("\\\\");
    case '\n':
        return STR("\\n");
    case '\r':
        return STR("\\r");
    case '\t':
        return STR("\\t");
    case -1: /* not UTF-8: a replacement character, so that the whole stays readable */
        return STR("\\ufffd");
    }
    if (c >= 0x20 && c != '<' && c != 0x7F && c != 0x2028 && c != 0x2029)
        return STR_NONE;
    return (struct str){ room, (size_t)snprintf(room, 8, "\\u%04x", (unsigned)c) };
}

/* Most bytes: settled without decoding. */
static bool is_plain(char c)
{
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '<';
}

static size_t plain_end(struct str s, size_t i)
{
    while (i < s.len && is_plain(s.at[i]))
        i++;
    return i;
}

static void write_string(struct sink *out, struct str s)
{
    size_t written = 0;
    char room[8];
    sink_add(out, STR("\""));
    for (size_t i = plain_end(s, 0), next = i; i < s.len; i = next = plain_end(s, next)) {
        struct str escape = escape_of(utf8_next(s, &next), room);
        if (next == i)
            next++;
        if (escape.len == 0)
            continue;
        sink_add(out, str_part(s, written, i - written));
        sink_add(out, escape);
        written = next;
    }
    sink_add(out, str_from(s, written));
    sink_add(out, STR("\""));
}

static void write_number(struct sink *out, int64_t value)
{
    char room[24];
    bool exact = value >= -JSON_LARGEST_EXACT && value <= JSON_LARGEST_EXACT;
    int len = snprintf(room, sizeof room, exact ? "%lld" : "\"%lld\"", (long long)value);
    sink_add(out, (struct str){ room, (size_t)len });
}

static void write_day(struct sink *out, int64_t day)
{
    struct civil c = clock_civil_of_day((int32_t)day);
    char room[48];
    int len = snprintf(room, sizeof room, "\"%04d-%02d-%02d\"", c.year, c.month, c.day);
    sink_add(out, (struct str){ room, (size_t)len });
}

static void write_node(struct sink *, const struct doc_node *);

static void write_children(struct sink *out, const struct doc_node *parent, struct str open, struct str close)
{
    sink_add(out, open);
    for (const struct doc_node *n = parent->first; n; n = n->next) {
        if (n != parent->first)
            sink_add(out, STR(","));
        if (parent->kind == DOC_MAP) {
            write_string(out, (struct str){ n->key, n->key_len });
            sink_add(out, STR(":"));
        }
        write_node(out, n);
    }
    sink_add(out, close);
}

static void write_rows(struct sink *out, const struct doc_node *table)
{
    struct doc_rows rows;
    doc_rows_begin(&rows, table);
    sink_add(out, STR("["));
    bool first = true;
    for (const struct doc_node *row; out->status == OK && (row = doc_rows_next(&rows)); first = false) {
        sink_add(out, first ? STR("\n") : STR(",\n")); /* a row a line: long lists stay readable */
        write_node(out, row);
    }
    sink_add(out, STR("]"));
    enum status status = doc_rows_end(&rows);
    if (out->status == OK)
        out->status = status;
}

static void write_node(struct sink *out, const struct doc_node *n)
{
    switch (n->kind) {
    case DOC_NULL:
        sink_add(out, STR("null"));
        break;
    case DOC_BOOL:
        sink_add(out, n->flag ? STR("true") : STR("false"));
        break;
    case DOC_INT:
    case DOC_PERCENT:
        write_number(out, n->number);
        break;
    case DOC_DAY:
        write_day(out, n->number);
        break;
    case DOC_TEXT:
    case DOC_URL:
    case DOC_HTML:
        write_string(out, n->text);
        break;
    case DOC_MAP:
        write_children(out, n, STR("{"), STR("}"));
        break;
    case DOC_LIST:
        write_children(out, n, STR("["), STR("]"));
        break;
    case DOC_TABLE:
        write_rows(out, n);
        break;
    }
}

void doc_json(const struct doc *d, struct sink *out)
{
    write_node(out, d->data);
    sink_add(out, STR("\n"));
}
