/* search_words: from the words typed to words of the index (search.h). Candidates come from the trigrams of search_word,
 * what they are to the word typed is decided by rules/word. */
#include "store/search.h"

#include "base/utf8.h"
#include "store/search_match.h"

enum { TRIGRAM = 3, MISTYPED_MAX = 4 };

enum { HOLDING, ALIKE };
static const struct db_statement statements[] = {
    [HOLDING] = { "holding",
                  "SELECT written, folded, lang FROM search_word WHERE search_word MATCH ?1 "
                  "ORDER BY length(folded), folded, lang LIMIT 200",
                  NULL },
    [ALIKE] = { "alike",
                "SELECT written, folded, lang FROM search_word WHERE search_word MATCH ?1 AND length(folded) <= ?2 LIMIT 2000",
                NULL },
};
const struct db_set search_words_set = STORE_SET(STORE_SEARCH_WORDS, "search-words", statements);

/* ---------- candidates ---------- */

/* What becomes of a word of the index that was read for a term. */
typedef void form_taker(struct search_term *, const struct search *, struct search_form, enum lang);

static enum status read_forms(struct db_conn *conn, int statement, struct str match, const struct search *search,
                              struct search_term *term, form_taker *take)
{
    struct db_cursor c = db_query(conn, &search_words_set, statement);
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
        match_add(match, (struct str){ swapped, word.len });
    }
}

/* A wrong letter breaks one piece of the word: of three pieces one is whole after two errors, of two after one. Short
 * words have pieces that overlap. */
static void add_pieces(struct buf *match, struct str word)
{
    size_t pieces = word.len >= 3 * TRIGRAM ? 3 : 2, len = word.len / pieces > TRIGRAM ? word.len / pieces : TRIGRAM;
    for (size_t i = 0; i + 1 < pieces; i++)
        match_add(match, str_part(word, i * len < word.len - len ? i * len : word.len - len, len));
    match_add(match, str_from(word, word.len - len));
    if (word.len < 2 * TRIGRAM)
        match_add(match, str_part(word, 1, TRIGRAM));
}

static void add_trigrams(struct buf *match, struct str word)
{
    for (size_t i = 0; i + TRIGRAM <= word.len; i++)
        match_add(match, str_part(word, i, TRIGRAM));
}

/* Words that it may be a mistyping of, and those that it may begin or end with; widely: whatever shares three letters. */
static enum status read_alike(struct db_conn *conn, const struct search *search, struct search_term *term, bool widely,
                              form_taker *take)
{
    struct str word = term->folded;
    struct buf match;
    if (!is_ascii(word) || word.len < TRIGRAM)
        return OK;
    buf_init(&match, MATCH_CEILING);
    if (widely)
        add_trigrams(&match, word);
    else
        add_pieces(&match, word);
    add_swapped(&match, word);
    match_add(&match, str_part(word, 0, 4));
    match_add(&match, str_from(word, word.len > 5 ? word.len - 5 : 0));
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
