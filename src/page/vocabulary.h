/* vocabulary: every word of many documents once, by language. Lives in the arena it is given; when that fails, words are
 * missing and arena_status says so. */
#ifndef PAGE_VOCABULARY_H
#define PAGE_VOCABULARY_H

#include "store/search_index.h"

struct vocabulary_word;

struct vocabulary {
    struct arena *arena;
    struct vocabulary_word **places;
    size_t count;
};

void vocabulary_init(struct vocabulary *, struct arena *);
/* Words of three letters and more: shorter ones are parts of too much. They keep the spelling of their first place; the
 * document outlives the vocabulary. */
void vocabulary_add_document(struct vocabulary *, const struct search_document *);
/* By language, then by their folded bytes. */
struct search_word *vocabulary_sorted(const struct vocabulary *, size_t *count);
int vocabulary_order(const struct search_word *, const struct search_word *);

#endif
