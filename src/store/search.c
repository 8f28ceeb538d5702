/* search: see search.h. What is particular to FTS5: MATCH and its quoted words, bm25, snippet, highlight. */
#include "store/search.h"

#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>

enum { HITS_MAX = 100000, QUERY_CEILING = 64 * 1024, TRIGRAM = 3, MISTYPED_MAX = 4 };

enum { HOLDING, ALIKE, FIND, DOCUMENTS, COUNT, EXCERPT };
static const struct db_statement statements[] = {
    [HOLDING] = { "holding",
                  "SELECT written, folded, lang FROM search_word WHERE search_word MATCH ?1 "
                  "ORDER BY length(folded), folded, lang LIMIT 200",
                  NULL },
    [ALIKE] = { "alike",
                "SELECT written, folded, lang FROM search_word WHERE search_word MATCH ?1 AND length(folded) <= ?2 LIMIT 2000",
                NULL },
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

/* A word holds letters and digits alone: nothing in it means something to MATCH. */
static void add_quoted(struct buf *b, struct str word)
{
    buf_add_format(b, "%s\"%.*s\"", b->len ? " OR " : "", STR_ARG(word));
}

/* ---------- the words typed, and their forms in the index ---------- */

/* What becomes of a word of the index that was read for a term. */
typedef void form_taker(struct search_term *, const struct search *, struct search_form, enum lang);

static enum status read_forms(struct db_conn *conn, int statement, struct str match, const struct search *search,
                              struct search_term *term, form_taker *take)
{
    struct db_cursor c = db_query(conn, &search_set, statement);
    db_bind_text(&c, match);
    if (statement == ALIKE)
        db_bind_int(&c, (int64_t)term->folded.len + 2);
    while (db_next(&c)) {
        struct search_form form = { .written = db_text(&c, 0, search->arena), .folded = db_text(&c, 1, search->arena) };
        enum lang lang = (enum lang)db_int(&c, 2);
        form.fit = word_fit(term->folded, form.folded, lang);
        take(term, search, form, lang);
    }
    enum status s = db_end(&c);
    return s ? s : arena_status(search->arena);
}

/* Keeps the best, by rank; of equal ones the first. */
static void put_form(struct search_term *term, struct search_form form, size_t most)
{
    size_t at = 0;
    for (size_t i = 0; i < term->form_count; i++)
        if (str_equal(term->forms[i].folded, form.folded))
            return;
    while (at < term->form_count && term->forms[at].rank <= form.rank)
        at++;
    if (at >= most)
        return;
    size_t last = term->form_count < most ? term->form_count : most - 1;
    for (size_t i = last; i > at; i--)
        term->forms[i] = term->forms[i - 1];
    term->forms[at] = form;
    term->form_count = last + 1;
}

static void take_holding(struct search_term *term, const struct search *search, struct search_form form, enum lang lang)
{
    (void)search, (void)lang;
    form.rank = (int)form.fit;
    if (form.fit <= WORD_PART)
        put_form(term, form, SEARCH_FORMS_MAX);
}

/* Those with the fewest letters wrong; of these the reader's language first; then the parts of the word. */
static void take_mistyped(struct search_term *term, const struct search *search, struct search_form form,
                          enum lang lang)
{
    if (form.fit != WORD_MISTYPED && form.fit != WORD_WITHIN)
        return;
    int wrong = form.fit == WORD_WITHIN ? WORD_MAX : word_distance(term->folded, form.folded, 2);
    form.rank = wrong * 2 + (lang != search->lang);
    put_form(term, form, MISTYPED_MAX);
}

/* Of mistyped words only the likeliest stay: a second letter wrong is no wider guess where one is enough. */
static void keep_likeliest(struct search_term *term)
{
    size_t count = 0;
    while (count < term->form_count && term->forms[count].rank / 2 == term->forms[0].rank / 2)
        count++;
    term->form_count = count;
}

static bool is_ascii(struct str word)
{
    return utf8_count(word) == word.len;
}

/* The word with each two neighbours swapped: a swap may break all its pieces. */
static void add_swapped(struct buf *match, struct str word)
{
    char swapped[WORD_MAX];
    for (size_t i = 0; i + 1 < word.len; i++) {
        memcpy(swapped, word.at, word.len);
        swapped[i] = word.at[i + 1];
        swapped[i + 1] = word.at[i];
        add_quoted(match, (struct str){ swapped, word.len });
    }
}

/* A wrong letter breaks one piece of the word: of three pieces one is whole after two errors, of two after one. Short
 * words have pieces that overlap. */
static void add_pieces(struct buf *match, struct str word)
{
    size_t pieces = word.len >= 3 * TRIGRAM ? 3 : 2, len = word.len / pieces > TRIGRAM ? word.len / pieces : TRIGRAM;
    for (size_t i = 0; i + 1 < pieces; i++)
        add_quoted(match, str_part(word, i * len < word.len - len ? i * len : word.len - len, len));
    add_quoted(match, str_from(word, word.len - len));
    if (word.len < 2 * TRIGRAM)
        add_quoted(match, str_part(word, 1, TRIGRAM));
}

static void add_trigrams(struct buf *match, struct str word)
{
    for (size_t i = 0; i + TRIGRAM <= word.len; i++)
        add_quoted(match, str_part(word, i, TRIGRAM));
}

/* Words that it may be a mistyping of, and those that it may begin or end with; widely: whatever shares three letters. */
static enum status read_alike(struct db_conn *conn, const struct search *search, struct search_term *term, bool widely,
                              form_taker *take)
{
    struct str word = term->folded;
    struct buf match;
    if (!is_ascii(word) || word.len < TRIGRAM)
        return OK;
    buf_init(&match, QUERY_CEILING);
    if (widely)
        add_trigrams(&match, word);
    else
        add_pieces(&match, word);
    add_swapped(&match, word);
    add_quoted(&match, str_part(word, 0, 4));
    add_quoted(&match, str_from(word, word.len > 5 ? word.len - 5 : 0));
    enum status s = buf_status(&match);
    if (s == OK)
        s = read_forms(conn, ALIKE, buf_str(&match), search, term, take);
    buf_release(&match);
    return s;
}

/* Words of one or two letters have no trigram: they are looked for as they are. */
static enum status find_forms(struct db_conn *conn, const struct search *search, struct search_term *term)
{
    struct str stem = word_shortest_stem(term->folded);
    enum status s = OK;
    if (utf8_count(stem) >= TRIGRAM)
        s = read_forms(conn, HOLDING, str_format(search->arena, "\"%.*s\"", STR_ARG(stem)), search, term, take_holding);
    term->known = term->form_count > 0;
    if (s == OK && !term->known) {
        s = read_alike(conn, search, term, false, take_mistyped);
        keep_likeliest(term);
    }
    if (term->form_count == 0)
        term->forms[term->form_count++] =
            (struct search_form){ .written = term->folded, .folded = term->folded, .fit = WORD_SAME };
    return s;
}

static bool is_there(const struct search *search, struct str folded)
{
    for (size_t i = 0; i < search->term_count; i++)
        if (str_equal(search->terms[i].folded, folded))
            return true;
    return false;
}

enum status search_read(struct db_conn *conn, struct str query, enum lang lang, struct arena *a, struct search *search)
{
    enum status s = OK;
    size_t at = 0;
    struct str word;
    *search = (struct search){ .arena = a, .lang = lang };
    while (s == OK && search->term_count < SEARCH_WORDS_MAX && word_next(query, &at, &word)) {
        char *room = arena_alloc(a, WORD_MAX);
        if (!room)
            return NO_MEMORY;
        struct str folded = word_fold(word, room);
        if (folded.len == 0 || is_there(search, folded))
            continue;
        struct search_term *term = &search->terms[search->term_count++];
        *term = (struct search_term){ .typed = word, .folded = folded };
        s = find_forms(conn, search, term);
    }
    return s ? s : arena_status(a);
}

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
    buf_init(&match, QUERY_CEILING);
    for (size_t t = 0; t < search->term_count; t++)
        for (size_t f = 0; f < search->terms[t].form_count; f++)
            add_quoted(&match, search->terms[t].forms[f].written);
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

/* ---------- near words ---------- */

static void take_near(struct search_term *term, const struct search *search, struct search_form form, enum lang lang)
{
    int most = 1 + (int)term->folded.len / 4;
    int wrong = word_distance(term->folded, form.folded, most);
    form.rank = wrong * 2 + (lang != search->lang);
    if (wrong <= most)
        put_form(term, form, SEARCH_NEAR_MAX);
}

enum status search_near(struct db_conn *conn, const struct search *search, struct str *words, size_t *count)
{
    enum status s = OK;
    *count = 0;
    for (size_t t = 0; s == OK && t < search->term_count; t++) {
        struct search_term near = { .typed = search->terms[t].typed, .folded = search->terms[t].folded };
        s = read_alike(conn, search, &near, true, take_near);
        for (size_t i = 0; i < near.form_count && *count < SEARCH_NEAR_MAX; i++)
            words[(*count)++] = near.forms[i].written;
    }
    return s;
}
