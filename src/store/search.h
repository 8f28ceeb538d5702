/* search: finding courses, lessons and entries by words. The full text behind it (FTS5) is named in this module and its
 * schema alone.
 *
 * What somebody typed is split into words; each becomes the forms under which the index knows it: itself, other forms,
 * compounds that hold it, and where there is none of these, what it is a mistyping of. What is asked of the full text is
 * made of words of the index, never of what was typed. The order: docs/decisions/0009-search.md. */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "rules/word.h"
#include "store/search_index.h"

enum { SEARCH_WORDS_MAX = 8, SEARCH_FORMS_MAX = 16, SEARCH_NEAR_MAX = 5 };

struct search_form {
    struct str written, folded;
    enum word_fit fit;
    int rank; /* among the forms of its term: the lower, the better */
};

struct search_term {
    struct str typed, folded;
    struct search_form forms[SEARCH_FORMS_MAX]; /* best first; the word itself when the index has none */
    size_t form_count;
    bool known; /* the index has it, a form of it or a compound with it */
};

struct search {
    struct arena *arena;
    enum lang lang;                             /* the reader's: of words mistyped alike, its own come first */
    struct search_term terms[SEARCH_WORDS_MAX]; /* words after these are left out */
    size_t term_count;
};

struct search_hit {
    int64_t document;
    enum search_kind kind;
    enum lang lang;
    struct str course, name;
    size_t found; /* how many of the words */
    double score; /* the higher, the better; to be compared within one search */
};

/* In both the words found stand between SEARCH_MARK and SEARCH_MARK_END. */
#define SEARCH_MARK '\x02'
#define SEARCH_MARK_END '\x03'
struct search_excerpt {
    struct str title, text;
};

/* term_count 0: no word in it. */
enum status search_read(struct db_conn *, struct str query, enum lang, struct arena *, struct search *) MUST_CHECK;
/* All that have half or more of the words that stand anywhere, best first. */
enum status search_find(struct db_conn *, const struct search *, struct search_hit **, size_t *count) MUST_CHECK;
enum status search_excerpt(struct db_conn *, const struct search *, int64_t document, struct search_excerpt *)
    MUST_CHECK;
/* Words of the index that look like the words typed, at most SEARCH_NEAR_MAX. */
enum status search_near(struct db_conn *, const struct search *, struct str *words, size_t *count) MUST_CHECK;

#endif
