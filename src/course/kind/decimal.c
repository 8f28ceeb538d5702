/* decimal: see decimal.h. What was typed is first spelt with one apostrophe, one blank and one dash. */
#include "course/kind/decimal.h"

#include "base/utf8.h"
#include "course/fold.h"

enum { PLACES = 6, MOST_TYPED = 64 };

/* More than any sum of what packs write, and still room for a difference. */
#define BEYOND_ALL INT64_C(4000000000000000000)

/* ---- digits ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits before the decimal sign; other characters between them are separators that have been judged. */
static int64_t whole_of(struct str digits)
{
    int64_t value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (!is_digit(digits.at[i]))
            continue;
        value = value * 10 + (digits.at[i] - '0');
        if (value > BEYOND_ALL / DECIMAL_ONE)
            value = BEYOND_ALL / DECIMAL_ONE;
    }
    return value * DECIMAL_ONE;
}

/* The digits behind it; the last place says whether there was more. */
static int64_t fraction_of(struct str digits)
{
    int64_t value = 0, place = DECIMAL_ONE / 10;
    for (size_t i = 0; i < digits.len; i++) {
        if (i < PLACES)
            value += (digits.at[i] - '0') * place;
        else if (digits.at[i] != '0')
            return value + 1;
        place /= 10;
    }
    return value;
}

static int64_t signed_value(int64_t size, bool negative)
{
    return negative ? -size : size;
}

static bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_digit(s.at[i]))
            return false;
    return true;
}

bool decimal_parse(struct str text, int64_t *out)
{
    struct str rest = str_trim(text);
    bool negative = str_starts(rest, STR("-"));
    rest = str_from(rest, negative);
    struct str whole = str_cut(&rest, '.');
    if (whole.len == 0 || !all_digits(whole) || !all_digits(rest))
        return false;
    *out = signed_value(whole_of(whole) + fraction_of(rest), negative);
    return true;
}

/* ---- what was typed ---- */

static const struct {
    int32_t first, last;
    char one;
} SPELLINGS[] = {
    { 0x09, 0x09, ' ' },      { 0x60, 0x60, '\'' },     { 0xA0, 0xA0, ' ' },      { 0xB4, 0xB4, '\'' },
    { 0x2BC, 0x2BC, '\'' },   { 0x2000, 0x200A, ' ' },  { 0x2010, 0x2015, '-' },  { 0x2018, 0x201B, '\'' },
    { 0x202F, 0x202F, ' ' },  { 0x2032, 0x2032, '\'' }, { 0x205F, 0x205F, ' ' },  { 0x2212, 0x2212, '-' },
};

/* 0: the character is spelt as it is. */
static char spelling_of(int32_t c)
{
    for (size_t i = 0; i < sizeof SPELLINGS / sizeof *SPELLINGS; i++)
        if (c >= SPELLINGS[i].first && c <= SPELLINGS[i].last)
            return SPELLINGS[i].one;
    return 0;
}

/* room has MOST_TYPED bytes; what does not fit is no number. */
static struct str spell(struct str text, char *room)
{
    size_t used = 0;
    for (size_t at = 0, from = 0; at < text.len; from = at) {
        int32_t c = utf8_next(text, &at);
        char one = spelling_of(c);
        size_t len = one ? 1 : at - from;
        if (c <= 0 || used + len > MOST_TYPED)
            return STR_NONE;
        memcpy(room + used, one ? &one : text.at + from, len);
        used += len;
    }
    return str_trim((struct str){ room, used });
}

static bool is_unit(struct str words, struct str unit)
{
    return fold_equal(words, unit, false) || (unit.len == 0 && str_is(str_trim(words), "%"));
}

static bool begins_number(struct str s)
{
    return s.len && (is_digit(s.at[0]) || strchr("-+.,", s.at[0]));
}

static bool ends_number(struct str s)
{
    return s.len && (is_digit(s.at[s.len - 1]) || strchr("-.,", s.at[s.len - 1]));
}

static struct str without_unit(struct str text, struct str unit)
{
    for (size_t i = 1; i < text.len; i++) {
        struct str before = str_part(text, 0, i), behind = str_from(text, i);
        if (begins_number(behind) && is_unit(before, unit))
            return behind;
        if (ends_number(str_trim(before)) && is_unit(behind, unit))
            return str_trim(before);
    }
    return text;
}

/* «25.–»: no Rappen. */
static struct str without_dashes(struct str s)
{
    size_t len = s.len;
    while (len && s.at[len - 1] == '-')
        len--;
    bool money = len && len < s.len && (s.at[len - 1] == '.' || s.at[len - 1] == ',');
    return money ? str_part(s, 0, len - 1) : s;
}

/* ---- separators ---- */

/* Digits alone, or groups of three behind a first one of one to three, all with the same sign between them. */
static bool is_grouped(struct str s)
{
    size_t head = 0;
    while (head < s.len && is_digit(s.at[head]))
        head++;
    if (head < s.len && (head == 0 || head > 3))
        return false;
    for (size_t i = head; i < s.len; i += 4)
        if (i + 4 > s.len || !strchr("., '", s.at[i]) || s.at[i] != s.at[head] || !all_digits(str_part(s, i + 1, 3)))
            return false;
    return true;
}

/* Where the last point or comma stands, or s.len. */
static size_t last_sign(struct str s)
{
    size_t at = s.len;
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] == '.' || s.at[i] == ',')
            at = i;
    return at;
}

static void add(struct decimal_reading *r, struct str whole, struct str fraction, bool negative)
{
    if (whole.len + fraction.len > 0 && is_grouped(whole) && all_digits(fraction))
        r->values[r->count++] = signed_value(whole_of(whole) + fraction_of(fraction), negative);
}

/* The last point or comma is the decimal sign unless it comes twice. It may as well group where nothing speaks against
 * it: another sign that groups, a leading zero, other than three digits behind it. */
static struct decimal_reading read_digits(struct str s, bool negative)
{
    struct decimal_reading r = { .count = 0 };
    size_t sign = last_sign(s);
    struct str whole = str_part(s, 0, sign);
    bool twice = sign < s.len && str_find(whole, s.at[sign], 0) < whole.len;
    if (!twice)
        add(&r, whole, str_from(s, sign + 1), negative);
    bool groups = all_digits(whole) && whole.len && whole.at[0] != '0';
    if (twice || (sign < s.len && groups && is_grouped(s)))
        add(&r, s, STR(""), negative);
    return r;
}

struct decimal_reading decimal_read(struct str typed, struct str unit)
{
    char room[MOST_TYPED];
    struct str s = without_dashes(without_unit(spell(typed, room), unit));
    bool negative = str_starts(s, STR("-"));
    return read_digits(negative || str_starts(s, STR("+")) ? str_trim(str_from(s, 1)) : s, negative);
}
