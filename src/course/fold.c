/* fold: see fold.h. Letters: simple case folding of the Unicode blocks Basic Latin, Latin-1, Latin Extended-A and -B
 * (the letters with a regular pair) and Latin Extended Additional. */
#include "course/fold.h"

#include "base/utf8.h"

/* A reader of folded code points. */
struct fold {
    struct str text;
    size_t at, start; /* behind and before the character read last */
    bool exact_case;
    bool begun;      /* a space before the first character is not one */
    int32_t pending; /* the second s of an ß */
};

enum { END = -1, BROKEN = 0xFFFD };

static const struct {
    int32_t first, last, step, shift;
} LETTERS[] = {
    { 0x41, 0x5A, 1, 32 },     { 0xC0, 0xD6, 1, 32 },  { 0xD8, 0xDE, 1, 32 },     { 0x100, 0x12E, 2, 1 },
    { 0x130, 0x130, 1, -199 }, { 0x132, 0x136, 2, 1 }, { 0x139, 0x147, 2, 1 },    { 0x14A, 0x176, 2, 1 },
    { 0x178, 0x178, 1, -121 }, { 0x179, 0x17D, 2, 1 }, { 0x17F, 0x17F, 1, -268 }, { 0x1CD, 0x1DB, 2, 1 },
    { 0x1DE, 0x1EE, 2, 1 },    { 0x1F8, 0x21E, 2, 1 }, { 0x222, 0x232, 2, 1 },    { 0x1E00, 0x1E94, 2, 1 },
    { 0x1EA0, 0x1EFE, 2, 1 },
};

static int32_t to_lower(int32_t c)
{
    for (size_t i = 0; i < sizeof LETTERS / sizeof *LETTERS; i++)
        if (c >= LETTERS[i].first && c <= LETTERS[i].last)
            return (c - LETTERS[i].first) % LETTERS[i].step == 0 ? c + LETTERS[i].shift : c;
    return c;
}

static bool is_space(int32_t c)
{
    return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

static bool is_invisible(int32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

static const struct {
    int32_t first, last, one;
} MARKS[] = {
    { 0xAB, 0xAB, '"' },     { 0xBB, 0xBB, '"' },     { 0x201C, 0x201F, '"' },  { '`', '`', '\'' },
    { 0xB4, 0xB4, '\'' },    { 0x2BC, 0x2BC, '\'' },  { 0x2018, 0x201B, '\'' }, { 0x2039, 0x203A, '\'' },
    { 0x2010, 0x2014, '-' }, { 0x2212, 0x2212, '-' },
};

/* One quotation mark, one apostrophe, one dash for all of their kind. */
static int32_t one_mark(int32_t c)
{
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
        if (c >= MARKS[i].first && c <= MARKS[i].last)
            return MARKS[i].one;
    return c;
}

/* Bytes that are no UTF-8 are one broken character each. */
static int32_t decode(struct str text, size_t *at)
{
    int32_t c = utf8_next(text, at);
    if (c >= 0)
        return c;
    ++*at;
    return BROKEN;
}

/* The next visible character. *spaced: white space stood before it and something visible before that. */
static int32_t next_visible(struct fold *f, bool *spaced)
{
    *spaced = false;
    while (f->at < f->text.len) {
        f->start = f->at;
        int32_t c = decode(f->text, &f->at);
        if (is_space(c)) {
            *spaced = f->begun;
        } else if (!is_invisible(c)) {
            f->begun = true;
            return c;
        }
    }
    *spaced = false;
    return END;
}

static int32_t fold_next(struct fold *f)
{
    int32_t c = f->pending;
    if (c) {
        f->pending = 0;
        return c;
    }
    bool spaced;
    c = next_visible(f, &spaced);
    if (spaced) {
        f->begun = false; /* the space has been told; read the character again */
        f->at = f->start;
        return ' ';
    }
    if (c == 0xDF || c == 0x1E9E) {
        f->pending = f->exact_case && c == 0x1E9E ? 'S' : 's';
        return f->pending;
    }
    c = one_mark(c);
    return f->exact_case ? c : to_lower(c);
}

bool fold_equal(struct str a, struct str b, bool exact_case)
{
    struct fold left = { .text = a, .exact_case = exact_case }, right = { .text = b, .exact_case = exact_case };
    int32_t c;
    do {
        c = fold_next(&left);
        if (c != fold_next(&right))
            return false;
    } while (c != END);
    return true;
}

struct str fold_spaces(struct str text, char *room)
{
    struct fold f = { .text = text };
    size_t used = 0;
    bool spaced;
    while (next_visible(&f, &spaced) != END) {
        if (spaced)
            room[used++] = ' ';
        memcpy(room + used, text.at + f.start, f.at - f.start);
        used += f.at - f.start;
    }
    return (struct str){ room, used };
}
