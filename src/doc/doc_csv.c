/* doc_csv: a document's table as CSV (RFC 4180), in the form that Swiss spreadsheets open, or raw for programs.
 * A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers keep their sign. */
#include "base/clock.h"
#include "doc/doc_rows.h"
#include "doc/render.h"

#include <assert.h>

struct csv {
    struct sink *out;
    bool raw;
};

static void write_quoted(struct sink *out, struct str opening, struct str s)
{
    sink_add(out, opening);
    while (s.len) {
        size_t quote = str_find(s, '"', 0);
        sink_add(out, str_part(s, 0, quote));
        if (quote < s.len)
            sink_add(out, STR("\"\""));
        s = str_from(s, quote + 1);
    }
    sink_add(out, STR("\""));
}

static bool is_one_of(char c, const char *set)
{
    return c && strchr(set, c);
}

static bool needs_quotes(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (is_one_of(s.at[i], "\";,\t\r\n"))
            return true;
    return s.len && (s.at[0] == ' ' || s.at[s.len - 1] == ' ');
}

static void write_text(const struct csv *csv, struct str s)
{
    if (!csv->raw && s.len && is_one_of(s.at[0], "=+-@\t\r"))
        write_quoted(csv->out, STR("\"'"), s);
    else if (needs_quotes(s))
        write_quoted(csv->out, STR("\""), s);
    else
        sink_add(csv->out, s);
}

static void write_number(const struct csv *csv, int64_t value)
{
    char room[24];
    int len = snprintf(room, sizeof room, "%lld", (long long)value);
    sink_add(csv->out, (struct str){ room, (size_t)len });
}

static void write_day(const struct csv *csv, int64_t day)
{
    struct civil c = clock_civil_of_day((int32_t)day);
    char room[48];
    int len = snprintf(room, sizeof room, "%04d-%02d-%02d", c.year, c.month, c.day);
    sink_add(csv->out, (struct str){ room, (size_t)len });
}

static void write_cell(const struct csv *csv, const struct doc_node *cell)
{
    if (!cell)
        return;
    switch (cell->kind) {
    case DOC_NULL:
        break;
    case DOC_BOOL:
        sink_add(csv->out, cell->flag ? STR("true") : STR("false"));
        break;
    case DOC_INT:
    case DOC_PERCENT:
        write_number(csv, cell->number);
        break;
    case DOC_DAY:
        write_day(csv, cell->number);
        break;
    case DOC_TEXT:
    case DOC_URL:
    case DOC_HTML:
        write_text(csv, cell->text);
        break;
    case DOC_MAP:
    case DOC_LIST:
    case DOC_TABLE:
        assert(cell->kind < DOC_MAP); /* a column holds one value */
    }
}

static void write_separator(const struct csv *csv, bool last_column)
{
    if (last_column)
        sink_add(csv->out, csv->raw ? STR("\n") : STR("\r\n"));
    else
        sink_add(csv->out, csv->raw ? STR(",") : STR(";"));
}

static void write_headings(const struct csv *csv, const struct doc *d, const struct messages *messages, enum lang lang)
{
    const struct doc_table *t = d->table->table;
    for (size_t i = 0; i < t->column_count; i++) {
        struct str key = str_of(t->columns[i].key), heading = str_of(t->columns[i].heading);
        write_text(csv, csv->raw ? key : message_text(messages, d->arena, lang, heading, NULL, 0));
        write_separator(csv, i + 1 == t->column_count);
    }
}

static void write_row(const struct csv *csv, const struct doc_table *t, const struct doc_node *row)
{
    for (size_t i = 0; i < t->column_count; i++) {
        write_cell(csv, doc_get(row, str_of(t->columns[i].key)));
        write_separator(csv, i + 1 == t->column_count);
    }
}

void doc_csv(const struct doc *d, const struct messages *messages, enum lang lang, bool raw, struct sink *out)
{
    const struct csv csv = { .out = out, .raw = raw };
    if (!d->table) {
        out->status = NOT_FOUND;
        return;
    }
    if (!raw)
        sink_add(out, STR("\xEF\xBB\xBF"));
    write_headings(&csv, d, messages, lang);
    struct doc_rows rows;
    doc_rows_begin(&rows, d->table);
    for (const struct doc_node *row; out->status == OK && (row = doc_rows_next(&rows));)
        write_row(&csv, d->table->table, row);
    enum status status = doc_rows_end(&rows);
    if (out->status == OK)
        out->status = status;
}
