/* demo_table: the tab-separated tables of data/demo: line 1 holds the headings, lines with '#' are comments. */
#ifndef CLI_DEMO_TABLE_H
#define CLI_DEMO_TABLE_H

#include "base/str.h"

enum { DEMO_TABLE_COLUMNS = 8 };

struct demo_table {
    const char *name; /* "demo/units.tsv" */
    struct str rest;
    int line;
    struct str columns[DEMO_TABLE_COLUMNS];
};

/* NOT_FOUND: the binary carries no such table. */
enum status demo_table_open(struct demo_table *, const char *name) MUST_CHECK;
/* Moves to the next row; false at the end. Columns that the row lacks are empty. */
bool demo_table_next(struct demo_table *);
/* INVALID, and *problem says where. */
enum status demo_table_refuse(const struct demo_table *, const char *what, struct arena *, struct str *problem)
    MUST_CHECK;

#endif
