/* vocabulary: see vocabulary.h. A table of chains: as many as a city's courses may have words, so chains stay short. */
#include "page/vocabulary.h"

#include "base/utf8.h"
#include "rules/word.h"

enum { PLACES = 1 << 15, LETTERS_LEAST = 3 };

struct vocabulary_word {
    struct search_word word;
    struct vocabulary_word *next;
};

void vocabulary_init(struct vocabulary *v, struct arena *a)
{
    *v = (struct vocabulary){ .arena = a, .places = ARENA_ARRAY(a, PLACES, struct vocabulary_word *) };
}

/* FNV-1a. */
static size_t place_of(enum lang lang, struct str folded)
{
    uint32_t hash = 2166136261u ^ (uint32_t)lang;
    for (size_t i = 0; i < folded.len; i++)
        hash = (hash ^ (unsigned char)folded.at[i]) * 16777619u;
    return hash % PLACES;
}

static void add_word(struct vocabulary *v, enum lang lang, struct str written)
{
    char room[WORD_MAX];
    struct str folded = word_fold(written, room);
    if (!v->places || utf8_count(folded) < LETTERS_LEAST)
        return;
    struct vocabulary_word **place = &v->places[place_of(lang, folded)];
    for (const struct vocabulary_word *w = *place; w; w = w->next)
        if (w->word.lang == lang && str_equal(w->word.folded, folded))
            return;
    struct vocabulary_word *fresh = ARENA_NEW(v->arena, struct vocabulary_word);
    if (!fresh)
        return;
    fresh->word = (struct search_word){ .lang = lang, .folded = str_copy(v->arena, folded), .written = written };
    fresh->next = *place;
    *place = fresh;
    v->count++;
}

void vocabulary_add_document(struct vocabulary *v, const struct search_document *d)
{
    const struct str texts[] = { d->title, d->objectives, d->headings, d->body };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t at = 0;
        struct str word;
        while (word_next(texts[i], &at, &word))
            add_word(v, d->lang, word);
    }
}

int vocabulary_order(const struct search_word *a, const struct search_word *b)
{
    return a->lang != b->lang ? (a->lang > b->lang) - (a->lang < b->lang) : str_compare(a->folded, b->folded);
}

static int by_order(const void *a, const void *b)
{
    return vocabulary_order(a, b);
}

struct search_word *vocabulary_sorted(const struct vocabulary *v, size_t *count)
{
    struct search_word *words = ARENA_ARRAY(v->arena, v->count + 1, struct search_word);
    *count = 0;
    for (size_t i = 0; words && v->places && i < PLACES; i++)
        for (const struct vocabulary_word *w = v->places[i]; w; w = w->next)
            words[(*count)++] = w->word;
    if (*count)
        qsort(words, *count, sizeof *words, by_order);
    return words;
}
