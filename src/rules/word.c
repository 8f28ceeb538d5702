/* word: see word.h. */
#include "rules/word.h"

#include "base/utf8.h"

enum { PART_LEAST = 4, BEGINNING_LEAST = 4, END_LEAST = 5, TYPO_LEAST = 4, TWO_TYPOS_LEAST = 9 };

/* ---- words of a text ---- */

/* Signs, spaces, punctuation and pictures between U+0080 and the end; all else there is taken for a letter. */
static const struct {
    int32_t first, last;
} NO_LETTERS[] = {
    { 0x80, 0xA9 },     { 0xAB, 0xB4 },     { 0xB6, 0xB9 },       { 0xBB, 0xBF },        { 0xD7, 0xD7 },
    { 0xF7, 0xF7 },     { 0x2000, 0x2BFF }, { 0x3000, 0x303F },   { 0xE000, 0xFE1F },    { 0xFE30, 0xFE4F },
    { 0xFEFF, 0xFF0F }, { 0xFFF0, 0xFFFF }, { 0x1F000, 0x1FAFF }, { 0xE0000, 0x10FFFF },
};

static bool is_letter(int32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    for (size_t i = 0; i < sizeof NO_LETTERS / sizeof *NO_LETTERS; i++)
        if (c >= NO_LETTERS[i].first && c <= NO_LETTERS[i].last)
            return false;
    return true;
}

/* Bytes that are no UTF-8 stand between words. */
static bool letter_at(struct str text, size_t *at)
{
    int32_t c = utf8_next(text, at);
    if (c < 0)
        ++*at;
    return c >= 0 && is_letter(c);
}

bool word_next(struct str text, size_t *at, struct str *word)
{
    size_t start = *at, end;
    while (start < text.len && !letter_at(text, at))
        start = *at;
    end = *at;
    while (*at < text.len && letter_at(text, at))
        end = *at;
    *word = str_part(text, start, end - start);
    return word->len > 0;
}

/* ---- folding ---- */

/* The letters without marks of U+00C0 to U+017F; 1: ae, 2: oe, 3: ss, _: as it is. */
static const char BASE[] = "aaaaaa1ceeeeiiiidnooooo_ouuuuy_3aaaaaa1ceeeeiiiidnooooo_ouuuuy_y"
                           "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                           "lllnnnnnnnnnoooooo22rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
enum { BASE_FIRST = 0xC0, BASE_LAST = 0x17F, MARK_FIRST = 0x300, MARK_LAST = 0x36F };
_Static_assert(sizeof BASE == BASE_LAST - BASE_FIRST + 2, "a letter for each");

static struct str fold_letter(struct str letter, int32_t c, char *one)
{
    static const struct str pairs[] = { STR_INIT("ae"), STR_INIT("oe"), STR_INIT("ss") };
    if (c >= MARK_FIRST && c <= MARK_LAST)
        return STR("");
    *one = c < 0x80                            ? (char)(c >= 'A' && c <= 'Z' ? c + 32 : c)
           : c >= BASE_FIRST && c <= BASE_LAST ? BASE[c - BASE_FIRST]
                                               : '_';
    if (*one >= '1' && *one <= '3' && c >= 0x80)
        return pairs[*one - '1'];
    return *one == '_' ? letter : (struct str){ one, 1 };
}

struct str word_fold(struct str word, char *room)
{
    size_t used = 0, at = 0;
    while (at < word.len) {
        size_t start = at;
        char one;
        int32_t c = utf8_next(word, &at);
        if (c < 0)
            break;
        struct str folded = fold_letter(str_part(word, start, at - start), c, &one);
        if (used + folded.len > WORD_MAX)
            break;
        memcpy(room + used, folded.at, folded.len);
        used += folded.len;
    }
    return (struct str){ room, used };
}

/* ---- stems ---- */

/* Longer ones first; what is left has so many letters at least: "er" is no ending of "sicher". */
static const struct ending {
    struct str letters;
    size_t least;
} ENDINGS[LANG_COUNT][9] = {
    [LANG_DE] = { { STR_INIT("ern"), 5 },
                  { STR_INIT("en"), 3 },
                  { STR_INIT("er"), 5 },
                  { STR_INIT("em"), 5 },
                  { STR_INIT("es"), 4 },
                  { STR_INIT("e"), 3 },
                  { STR_INIT("n"), 3 },
                  { STR_INIT("s"), 3 } },
    [LANG_EN] = { { STR_INIT("ies"), 4 },
                  { STR_INIT("ing"), 4 },
                  { STR_INIT("es"), 4 },
                  { STR_INIT("ed"), 4 },
                  { STR_INIT("e"), 3 },
                  { STR_INIT("s"), 3 },
                  { STR_INIT("y"), 4 } },
    [LANG_FR] = { { STR_INIT("ees"), 4 },
                  { STR_INIT("ee"), 4 },
                  { STR_INIT("es"), 4 },
                  { STR_INIT("er"), 4 },
                  { STR_INIT("e"), 3 },
                  { STR_INIT("s"), 3 },
                  { STR_INIT("x"), 3 } },
    [LANG_IT] = { { STR_INIT("io"), 4 },
                  { STR_INIT("i"), 3 },
                  { STR_INIT("e"), 3 },
                  { STR_INIT("a"), 3 },
                  { STR_INIT("o"), 3 } },
};

static struct str without_ending(struct str word, enum lang lang)
{
    for (const struct ending *e = ENDINGS[lang]; e->letters.len; e++)
        if (word.len >= e->least + e->letters.len && str_ends(word, e->letters))
            return str_part(word, 0, word.len - e->letters.len);
    return word;
}

/* Until none is left: "Kantons" and "Kanton" end alike only then. */
struct str word_stem(struct str folded, enum lang lang)
{
    struct str stem = without_ending(folded, lang);
    return stem.len == folded.len ? stem : word_stem(stem, lang);
}

struct str word_shortest_stem(struct str folded)
{
    struct str shortest = folded;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct str stem = word_stem(folded, (enum lang)lang);
        if (stem.len < shortest.len)
            shortest = stem;
    }
    return shortest;
}

/* ---- mistyped ---- */

static int least_of(int a, int b)
{
    return a < b ? a : b;
}

/* One row of the table of optimal string alignment: how far a[0..i] is from each beginning of b. Returns the least. */
static int distance_row(struct str a, struct str b, size_t i, const int *two_above, const int *above, int *row)
{
    int least = row[0] = (int)i;
    for (size_t j = 1; j <= b.len; j++) {
        int changed = above[j - 1] + (a.at[i - 1] != b.at[j - 1]);
        row[j] = least_of(changed, least_of(above[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
            row[j] = least_of(row[j], two_above[j - 2] + 1);
        least = least_of(least, row[j]);
    }
    return least;
}

int word_distance(struct str a, struct str b, int most)
{
    int rows[3][WORD_MAX + 1] = { { 0 } };
    if (a.len > WORD_MAX || b.len > WORD_MAX || a.len > b.len + (size_t)most || b.len > a.len + (size_t)most)
        return most + 1;
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = (int)j;
    for (size_t i = 1; i <= a.len; i++)
        if (distance_row(a, b, i, rows[(i + 1) % 3], rows[(i + 2) % 3], rows[i % 3]) > most)
            return most + 1;
    return least_of(rows[a.len % 3][b.len], most + 1);
}

static int typos_allowed(size_t len)
{
    return len < TYPO_LEAST ? 0 : len < TWO_TYPOS_LEAST ? 1 : 2;
}

/* ---- all together ---- */

static bool holds(struct str text, struct str part)
{
    return part.len > 0 && memmem(text.at, text.len, part.at, part.len) != NULL;
}

/* In the middle of a word nearly everything is found: "Dienst" in "Medienstelle". */
static bool begins_or_ends(struct str text, struct str part)
{
    return (part.len >= BEGINNING_LEAST && str_starts(text, part)) || (part.len >= END_LEAST && str_ends(text, part));
}

/* One ending may be another one in the compound: "Sicherungen" and "Sicherungskopie". More of it would be any word. */
static bool is_compound_with(struct str word, struct str typed, enum lang lang)
{
    struct str part = without_ending(typed, lang);
    if (part.len < PART_LEAST)
        part = typed;
    return part.len >= PART_LEAST && holds(word, part);
}

enum word_fit word_fit(struct str typed, struct str indexed, enum lang lang)
{
    int most = typos_allowed(typed.len);
    if (str_equal(typed, indexed))
        return WORD_SAME;
    if (str_equal(word_stem(typed, lang), word_stem(indexed, lang)))
        return WORD_FORM;
    if (is_compound_with(indexed, typed, lang))
        return WORD_PART;
    if (most && word_distance(typed, indexed, most) <= most)
        return WORD_MISTYPED;
    return begins_or_ends(typed, word_stem(indexed, lang)) || begins_or_ends(typed, indexed) ? WORD_WITHIN : WORD_OTHER;
}
