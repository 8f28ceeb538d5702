/* search: see search.h; the words typed are read in search_words.c. Particular to FTS5 here: MATCH, bm25, snippet, highlight. */
#include "store/search.h"

#include "store/search_match.h"

#include <math.h>
#include <stdlib.h>

enum { HITS_MAX = 100000 };

enum { FIND, DOCUMENTS, COUNT, EXCERPT };
static const struct db_statement statements[] = {
    /* Weights of title, objectives, headings, body. A score is a fraction, cursors know whole numbers. */
    [FIND] = { "find",
               "SELECT rowid, CAST(-1e12 * bm25(search_text, 20.0, 6.0, 4.0, 1.0) AS INTEGER) "
               "FROM search_text WHERE search_text MATCH ?1",
               NULL },
    [DOCUMENTS] = { "documents", "SELECT id, kind, lang, course, name FROM search_document ORDER BY id",
                    "one walk is cheaper than a look-up for each hit" },
    [COUNT] = { "count", "SELECT count(*) FROM search_document", "how rare a word is depends on it" },
    [EXCERPT] = { "excerpt",
                  "SELECT highlight(search_text, 0, char(2), char(3)), snippet(search_text, 3, char(2), char(3), '…', 28) "
                  "FROM search_text WHERE search_text MATCH ?1 AND rowid = ?2",
                  NULL },
};
const struct db_set search_set = STORE_SET(STORE_SEARCH, "search", statements);

/* ---------- scores ---------- */

/* What one form, then what one term gives to a document. */
struct gain {
    int64_t document;
    double value;
};

struct gains {
    struct gain *list;
    size_t count, room;
    size_t terms; /* how many of them stand anywhere */
};

static enum status add_gain(struct gains *gains, struct arena *a, int64_t document, double value)
{
    if (gains->count == HITS_MAX)
        return OK; /* the rest of a word that is everywhere */
    struct gain *list = arena_grow(a, gains->list, gains->count, &gains->room, sizeof *list);
    if (!list)
        return NO_MEMORY;
    gains->list = list;
    list[gains->count++] = (struct gain){ document, value };
    return OK;
}

static int by_document(const void *a, const void *b)
{
    const struct gain *left = a, *right = b;
    return (left->document > right->document) - (left->document < right->document);
}

/* bm25 multiplies how much a document speaks of a word by how rare it is, as FTS5 counts it. The first is wanted alone:
 * rarity is that of all forms of a word together, else a rare compound would outdo the word itself. */
static double rarity_of_fts5(double documents, double with)
{
    double rarity = log((documents - with + 0.5) / (with + 0.5));
    return rarity > 0 ? rarity : 1e-6;
}

static double rarity(double documents, double with)
{
    return log(1 + (documents - with + 0.5) / (with + 0.5));
}

static enum status add_form(struct db_conn *conn, const struct search *search, const struct search_form *form,
                            double documents, struct gains *gains)
{
    static const double weight[] = {
        [WORD_SAME] = 1, [WORD_FORM] = 0.9, [WORD_PART] = 0.6, [WORD_WITHIN] = 0.5, [WORD_MISTYPED] = 0.8
    };
    size_t first = gains->count;
    struct db_cursor c = db_query(conn, &search_set, FIND);
    enum status s = OK;
    db_bind_text(&c, str_format(search->arena, "\"%.*s\"", STR_ARG(form->written)));
    while (s == OK && db_next(&c))
        s = add_gain(gains, search->arena, db_int(&c, 0), (double)db_int(&c, 1) / 1e12);
    enum status end = db_end(&c);
    double factor = weight[form->fit] / rarity_of_fts5(documents, (double)(gains->count - first));
    for (size_t i = first; i < gains->count; i++)
        gains->list[i].value *= factor;
    return s ? s : end;
}

/* Of the forms that a document has, the best counts, and a fifth of the others. */
static void join_forms(struct gains *gains)
{
    size_t count = 0;
    if (gains->count)
        qsort(gains->list, gains->count, sizeof *gains->list, by_document);
    for (size_t i = 0; i < gains->count;) {
        double best = 0, sum = 0;
        int64_t document = gains->list[i].document;
        for (; i < gains->count && gains->list[i].document == document; i++) {
            sum += gains->list[i].value;
            best = fmax(best, gains->list[i].value);
        }
        gains->list[count++] = (struct gain){ document, best + (sum - best) / 5 };
    }
    gains->count = count;
}

static enum status add_term(struct db_conn *conn, const struct search *search, const struct search_term *term,
                            double documents, struct gains *all)
{
    struct gains own = { .list = NULL };
    enum status s = OK;
    for (size_t i = 0; s == OK && i < term->form_count; i++)
        s = add_form(conn, search, &term->forms[i], documents, &own);
    join_forms(&own);
    all->terms += own.count > 0;
    double rare = rarity(documents, (double)own.count);
    for (size_t i = 0; s == OK && i < own.count; i++)
        s = add_gain(all, search->arena, own.list[i].document, own.list[i].value * rare);
    return s;
}

static enum status count_documents(struct db_conn *conn, double *count)
{
    struct db_cursor c = db_query(conn, &search_set, COUNT);
    *count = db_next(&c) ? (double)db_int(&c, 0) : 0;
    return db_end(&c);
}

/* ---------- hits ---------- */

/* What the hits are; both they and the rows stand in the order of their ids. */
static enum status read_documents(struct db_conn *conn, struct arena *a, struct search_hit *hits, size_t count)
{
    size_t at = 0;
    struct db_cursor c = db_query(conn, &search_set, DOCUMENTS);
    while (at < count && db_next(&c)) {
        struct search_hit *hit = &hits[at];
        if (db_int(&c, 0) != hit->document)
            continue;
        hit->kind = (enum search_kind)db_int(&c, 1);
        hit->lang = (enum lang)db_int(&c, 2);
        hit->course = db_text(&c, 3, a);
        hit->name = db_text(&c, 4, a);
        at++;
    }
    enum status s = db_end(&c);
    return s ? s : at == count ? arena_status(a) : CORRUPT; /* a text without its document */
}

static int by_score(const void *a, const void *b)
{
    const struct search_hit *left = a, *right = b;
    if (left->score != right->score)
        return left->score < right->score ? 1 : -1;
    return (left->document > right->document) - (left->document < right->document);
}

/* A document's score is the sum of its words' scores, times the share of the words that it has. Less than half of those
 * that stand anywhere is too little. */
static size_t make_hits(const struct gains *all, struct search_hit *hits)
{
    size_t count = 0;
    for (size_t i = 0; i < all->count;) {
        struct search_hit *hit = &hits[count];
        *hit = (struct search_hit){ .document = all->list[i].document };
        for (; i < all->count && all->list[i].document == hit->document; i++, hit->found++)
            hit->score += all->list[i].value;
        hit->score *= (double)hit->found / (double)all->terms;
        count += hit->found * 2 >= all->terms;
    }
    return count;
}

enum status search_find(struct db_conn *conn, const struct search *search, struct search_hit **hits, size_t *count)
{
    struct gains all = { .list = NULL };
    double documents;
    *hits = NULL;
    *count = 0;
    enum status s = count_documents(conn, &documents);
    for (size_t i = 0; s == OK && i < search->term_count; i++)
        s = add_term(conn, search, &search->terms[i], documents, &all);
    if (s || all.count == 0)
        return s;
    qsort(all.list, all.count, sizeof *all.list, by_document);
    *hits = ARENA_ARRAY(search->arena, all.count, struct search_hit);
    if (!*hits)
        return NO_MEMORY;
    *count = make_hits(&all, *hits);
    s = read_documents(conn, search->arena, *hits, *count);
    if (*count)
        qsort(*hits, *count, sizeof **hits, by_score);
    return s;
}

enum status search_excerpt(struct db_conn *conn, const struct search *search, int64_t document,
                           struct search_excerpt *out)
{
    struct buf match;
    buf_init(&match, MATCH_CEILING);
    for (size_t t = 0; t < search->term_count; t++)
        for (size_t f = 0; f < search->terms[t].form_count; f++)
            match_add(&match, search->terms[t].forms[f].written);
    enum status s = buf_status(&match);
    if (s == OK) {
        struct db_cursor c = db_query(conn, &search_set, EXCERPT);
        db_bind_text(&c, buf_str(&match));
        db_bind_int(&c, document);
        bool found = db_next(&c);
        if (found)
            *out = (struct search_excerpt){ db_text(&c, 0, search->arena), db_text(&c, 1, search->arena) };
        s = store_found(found, &c);
    }
    buf_release(&match);
    return s ? s : arena_status(search->arena);
}
