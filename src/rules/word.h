/* word: when two spellings are the same word for somebody who searches. Pure.
 *
 * A word is a run of letters and digits. Folded, it is in lower case and without accents, ß is ss: "Übergänge" is
 * "ubergange". Its stem is its beginning without the ending of a plural or a case; a light rule a language, which may
 * cut too much or too little: what it misses is still found as a part of the other word, or as a mistyped one. */
#ifndef RULES_WORD_H
#define RULES_WORD_H

#include "base/lang.h"

enum { WORD_MAX = 64 }; /* bytes of a folded word; what is longer is cut */

/* How a word of the index fits one that was typed, best first. */
enum word_fit {
    WORD_SAME,     /* but for case and accents */
    WORD_FORM,     /* another number or case of it: "Passwörter" for "Passwort" */
    WORD_PART,     /* it holds it: "Datenschutz" for "Schutz" */
    WORD_WITHIN,   /* it is its beginning or its end: "Median" for "Medianwert" */
    WORD_MISTYPED, /* a letter missing, too much, wrong or in the wrong place; two in a long word */
    WORD_OTHER
};

/* The next word of the text from *at on, which moves behind it; false: none is left. */
bool word_next(struct str text, size_t *at, struct str *word);
/* Its folded form in room (WORD_MAX bytes). */
struct str word_fold(struct str word, char *room);
/* The beginning of a folded word. */
struct str word_stem(struct str folded, enum lang);
/* The shortest of its stems in all languages: who types does not say in which. */
struct str word_shortest_stem(struct str folded);
/* Letters to add, leave out, change or swap with the next, to make b of a; most + 1: more than that many. */
int word_distance(struct str a, struct str b, int most);
/* Both folded; the language is that of the word in the index. */
enum word_fit word_fit(struct str typed, struct str indexed, enum lang);

#endif
