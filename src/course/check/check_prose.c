/* check_prose: what the schema cannot say of a lesson's text: where notes and the organisation's rules may stand, header
 * cells that head something, days in their order. */
#include "course/check/check.h"

#include "base/clock.h"

static bool stands_in(const xmlNode *node, const char *name)
{
    while ((node = node->parent) && node->type == XML_ELEMENT_NODE)
        if (xml_is(node, name))
            return true;
    return false;
}

/* ---- lessons ---- */

/* /courses/COURSE/glossary is the glossary's page. */
static void check_lesson(const struct check *check, const struct document *document, const xmlNode *lesson)
{
    int32_t from, until;
    if (str_is(xml_attr(lesson, "id"), "glossary"))
        check_error(check, document, lesson, "id", "reserved-lesson-id", NO_PARAMS);
    if (clock_parse_day(xml_attr(lesson, "valid-from"), &from) && clock_parse_day(xml_attr(lesson, "review-by"), &until) &&
        until <= from)
        check_error(check, document, lesson, "review-by", "review-before-valid", NO_PARAMS);
}

/* ---- tables ---- */

static bool is_column_row(const xmlNode *row)
{
    const xmlNode *table = xml_is(row->parent, "thead") ? row->parent->parent : row->parent;
    const xmlNode *head = xml_child(table, "thead");
    return head ? row->parent == head : row == xml_child(table, "tr");
}

/* A cell heads what stands under it only at the top, and what stands beside it only below the head. */
static void check_scope(const struct check *check, const struct document *document, const xmlNode *cell)
{
    bool heads_column = str_is(xml_attr(cell, "scope"), "col");
    bool wrong = heads_column ? !is_column_row(cell->parent) : xml_is(cell->parent->parent, "thead");
    if (wrong)
        check_warn(check, document, cell, "scope", "wrong-scope", NO_PARAMS);
}

static size_t count_cells(const xmlNode *row)
{
    return xml_count(row, "th") + xml_count(row, "td");
}

static void check_row(const struct check *check, const struct document *document, const xmlNode *row, size_t cells)
{
    if (count_cells(row) != cells)
        check_error(check, document, row, NULL, "ragged-row",
                    PARAMS(PARAM_OF_INT("cells", (int64_t)count_cells(row)), PARAM_OF_INT("first", (int64_t)cells)));
}

/* The rows after the first agree with each other: then the first is the one that differs. */
static bool is_first_ragged(const xmlNode *table, const xmlNode *first, size_t *others)
{
    size_t rows = 0, cells = *others = 0;
    for (const xmlNode *row = xml_walk(table, table); row; row = xml_walk(table, row)) {
        if (!xml_is(row, "tr") || row == first)
            continue;
        if (rows++ && count_cells(row) != cells)
            return false;
        *others = cells = count_cells(row);
    }
    return rows > 1 && cells != count_cells(first);
}

static void check_table(const struct check *check, const struct document *document, const xmlNode *table)
{
    const xmlNode *head = xml_child(table, "thead");
    const xmlNode *first = xml_child(head ? head : table, "tr");
    size_t others;
    bool headed = false, first_differs = is_first_ragged(table, first, &others);
    if (first_differs)
        check_error(check, document, first, NULL, "ragged-first-row",
                    PARAMS(PARAM_OF_INT("cells", (int64_t)count_cells(first)), PARAM_OF_INT("others", (int64_t)others)));
    for (const xmlNode *node = xml_walk(table, table); node; node = xml_walk(table, node)) {
        headed = headed || xml_is(node, "th");
        if (xml_is(node, "th"))
            check_scope(check, document, node);
        else if (xml_is(node, "tr") && node != first && !first_differs)
            check_row(check, document, node, count_cells(first));
    }
    if (!headed)
        check_error(check, document, table, NULL, "table-without-headers", NO_PARAMS);
}

/* ---- in a line ---- */

static bool stands_in_question(const xmlNode *node)
{
    return stands_in(node, "practice") || stands_in(node, "pool");
}

static void check_footnote(const struct check *check, const struct document *document, const xmlNode *note)
{
    if (!stands_in(note, "lesson") || stands_in_question(note) || stands_in(note, "footnote"))
        check_error(check, document, note, NULL, "misplaced-footnote", NO_PARAMS);
}

/* An attempt shows the questions as they were asked; what a settings file says may change at any time. */
static void check_policy(const struct check *check, const struct document *document, const xmlNode *policy)
{
    if (stands_in_question(policy))
        check_error(check, document, policy, NULL, "policy-in-question", NO_PARAMS);
}

static const struct {
    const char *element;
    void (*check)(const struct check *, const struct document *, const xmlNode *);
} RULES[] = {
    { "lesson", check_lesson },
    { "table", check_table },
    { "footnote", check_footnote },
    { "local-policy", check_policy },
};

/* What does not fit the schema is not judged: its children may not be what the rules expect. */
void check_prose(const struct check *check, const struct document *document)
{
    const xmlNode *root = xml_root(document->doc);
    for (const xmlNode *node = xml_walk(root, root); node; node = xml_walk(root, node))
        for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++)
            if (xml_is(node, RULES[i].element) && !(xml_is(node, "table") && check_is_broken(document, node)))
                RULES[i].check(check, document, node);
}
