/* search_index: writing the full text of the live courses. Derived from packs alone; what is found in it: store/search.h. */
#ifndef STORE_SEARCH_INDEX_H
#define STORE_SEARCH_INDEX_H

#include "base/lang.h"
#include "store/store.h"

enum search_kind { SEARCH_COURSE, SEARCH_LESSON, SEARCH_ENTRY };

struct search_document {
    enum search_kind kind;
    enum lang lang;
    struct str name; /* id of the lesson or entry; of a course empty */
    struct str title, objectives, headings, body;
};

/* A course as it is to stand in the index. */
struct search_course {
    struct str course, hash; /* of its documents' words */
    const struct search_document *documents;
    size_t document_count;
};

/* A word of the index; sorted by language, then by its folded form, each once. */
struct search_word {
    enum lang lang;
    struct str folded, written;
    int64_t id; /* of its row */
};

/* What the index has: courses sorted by id, without documents; words sorted. */
enum status search_index_courses(struct db_conn *, struct arena *, struct search_course **, size_t *count) MUST_CHECK;
enum status search_index_words(struct db_conn *, struct arena *, struct search_word **, size_t *count) MUST_CHECK;

/* Inside a change. */
enum status search_index_drop(struct db_conn *, struct str course) MUST_CHECK; /* fine where it is not there */
enum status search_index_put(struct db_conn *, const struct search_course *) MUST_CHECK;
enum status search_index_drop_word(struct db_conn *, const struct search_word *) MUST_CHECK;
enum status search_index_put_word(struct db_conn *, const struct search_word *) MUST_CHECK;

#endif
