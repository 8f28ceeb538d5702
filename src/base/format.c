/* format: no locale of the C library is asked, so that two readers of one server may differ. */
#include "base/format.h"

#include "base/clock.h"

#define THOUSANDS_MARK "\xE2\x80\x99" /* U+2019, right single quotation mark */
#define NO_BREAK_SPACE "\xC2\xA0"

static const char *const months[LANG_COUNT][12] = {
    [LANG_DE] = { "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
                  "November", "Dezember" },
    [LANG_EN] = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                  "November", "December" },
    [LANG_FR] = { "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
                  "novembre", "décembre" },
    [LANG_IT] = { "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre",
                  "ottobre", "novembre", "dicembre" },
};

/* The decimal digits of any 64-bit number, the first at the returned address, the end at digits + 20. */
static const char *digits_of(char digits[20], uint64_t value)
{
    char *first = digits + 20;
    do
        *--first = (char)('0' + value % 10);
    while (value /= 10);
    return first;
}

struct str format_int(struct arena *a, enum lang lang, int64_t value)
{
    struct str mark = lang == LANG_EN ? STR(",") : STR(THOUSANDS_MARK);
    char digits[20];
    const char *next = digits_of(digits, value < 0 ? -(uint64_t)value : (uint64_t)value);
    size_t left = (size_t)(digits + sizeof digits - next);
    char *text = arena_alloc(a, 1 + left + (left - 1) / 3 * mark.len + 1);
    if (!text)
        return STR_NONE;
    char *end = text;
    if (value < 0)
        *end++ = '-';
    for (; left; left--) {
        *end++ = *next++;
        if (left % 3 == 1 && left > 1)
            end = mempcpy(end, mark.at, mark.len);
    }
    return (struct str){ text, (size_t)(end - text) };
}

struct str format_percent(struct arena *a, enum lang lang, int64_t whole)
{
    struct str number = format_int(a, lang, whole);
    return str_format(a, "%.*s%s%%", STR_ARG(number), lang == LANG_EN ? "" : NO_BREAK_SPACE);
}

struct str format_day(struct arena *a, enum lang lang, int32_t day)
{
    struct civil c = clock_civil_of_day(day);
    const char *ordinal = lang == LANG_DE ? "." : lang == LANG_FR && c.day == 1 ? "er" : "";
    return str_format(a, "%d%s %s %d", c.day, ordinal, months[lang][c.month - 1], c.year);
}
