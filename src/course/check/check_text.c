/* check_text: the characters of a file, before anything looks at its markup: encoding, control characters, references.
 *
 * What is reported is blanked out in place, byte for byte, so that the rest can still be read and every offset stays. */
#include "course/check/check_text.h"

#include "base/utf8.h"

#include <libxml/HTMLparser.h>

enum { LONGEST_REFERENCE = 32, BLANK = '_' };

/* Names of HTML for which something else is written than the character they name: what cannot be seen is written as a
 * number, and Swiss texts have quotes, dashes and an s of their own. */
static const struct html_entity {
    const char *name, *instead;
} html_entities[] = {
    { "szlig", "ss" }, { "ldquo", "«" }, { "rdquo", "»" },     { "bdquo", "«" },     { "lsquo", "‹" },
    { "sbquo", "‹" },  { "mdash", "–" }, { "nbsp", "&#160;" }, { "shy", "&#173;" },  { "thinsp", "&#8201;" },
    { "ensp", "&#8194;" }, { "emsp", "&#8195;" }, { "zwnj", "&#8204;" }, { "zwj", "&#8205;" },
};

static void blank(char *at, size_t from, size_t to)
{
    memset(at + from, BLANK, to - from);
}

/* The rule of utf8_is_text, and the two code points that XML excludes besides. */
static bool is_text(struct str character, int32_t point)
{
    return point != 0xFFFE && point != 0xFFFF && utf8_is_text(character);
}

static bool is_text_number(int32_t point)
{
    struct buf one;
    buf_init(&one, 8);
    utf8_add(&one, point);
    bool fine = buf_status(&one) == OK && is_text(buf_str(&one), point);
    buf_release(&one);
    return fine;
}

static void report_character(const struct check *check, const struct document *document, size_t at, int32_t point)
{
    struct str name = str_format(check->arena, "U+%04X", (unsigned)point);
    check_report(check, document, SEVERITY_ERROR, "control-character", at, PARAMS(PARAM_OF_TEXT("character", name)));
}

static struct str character_of(int32_t point, struct arena *arena)
{
    struct buf one;
    buf_init(&one, 8);
    utf8_add(&one, point);
    struct str character = str_copy(arena, buf_str(&one));
    buf_release(&one);
    return character;
}

/* The character that Windows-1252 means by a byte; five bytes mean nothing there. */
static int32_t point_of_windows(unsigned char byte)
{
    static const uint16_t points[] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    };
    return byte >= 0x80 && byte < 0xA0 ? points[byte - 0x80] : byte;
}

/* One report for a file in another encoding; every byte that is not UTF-8 goes. */
static void clean_invalid(const struct check *check, const struct document *document, char *at, size_t i,
                          bool *reported)
{
    unsigned char byte = (unsigned char)at[i];
    if (!*reported)
        check_report(check, document, SEVERITY_ERROR, "not-utf8", i,
                     PARAMS(PARAM_OF_TEXT("byte", str_format(check->arena, "%02X", byte)),
                            PARAM_OF_TEXT("character", character_of(point_of_windows(byte), check->arena))));
    *reported = true;
    blank(at, i, i + 1);
}

/* ---- what comes with a copy from a word processor ---- */

enum { NO_BREAK_SPACE = 0xA0, SOFT_HYPHEN = 0xAD };

/* Characters of fonts alone: the bullets of lists, a box in every other font. */
static bool is_private(int32_t point)
{
    return (point >= 0xE000 && point <= 0xF8FF) || point >= 0xF0000;
}

static bool is_invisible(int32_t point)
{
    return point == SOFT_HYPHEN || point == 0x200B || point == 0x200C || point == 0x2060 || point == 0xFEFF;
}

static bool is_blank_at(struct str text, size_t i)
{
    return i < text.len && (text.at[i] == ' ' || str_starts(str_from(text, i), STR("\xC2\xA0")));
}

static void check_pasted(const struct check *check, const struct document *document, char *at, size_t start, size_t end,
                         int32_t point)
{
    struct str text = { at, document->bytes.len };
    struct message_param number = PARAM_OF_TEXT("character", str_format(check->arena, "U+%04X", (unsigned)point));
    if (is_private(point)) {
        check_report(check, document, SEVERITY_ERROR, "word-bullet", start, &number, 1);
        blank(at, start, end);
    } else if (is_invisible(point)) {
        struct str instead = str_format(check->arena, "&#%d;", (int)point);
        check_report(check, document, SEVERITY_WARNING, "invisible-character", start,
                     PARAMS(number, PARAM_OF_TEXT("instead", instead)));
    } else if (point == NO_BREAK_SPACE && is_blank_at(text, end)) {
        check_report(check, document, SEVERITY_WARNING, "word-spaces", start, NO_PARAMS);
    }
}


void text_clean(const struct check *check, const struct document *document, char *at)
{
    bool reported = false;
    struct str text = { at, document->bytes.len };
    for (size_t i = 0; i < text.len;) {
        size_t start = i;
        int32_t point = utf8_next(text, &i);
        if (point < 0) {
            clean_invalid(check, document, at, start, &reported);
            i = start + 1;
        } else if ((point < 0x20 || point > 0x7E) && !is_text(str_part(text, start, i - start), point)) {
            report_character(check, document, start, point);
            blank(at, start, i);
        } else if (point >= NO_BREAK_SPACE) {
            check_pasted(check, document, at, start, i, point);
        }
    }
}

bool text_is_utf16(struct str bytes)
{
    bool marked = str_starts(bytes, STR("\xFF\xFE")) || str_starts(bytes, STR("\xFE\xFF"));
    return marked || (bytes.len >= 2 && (bytes.at[0] == '\0') != (bytes.at[1] == '\0'));
}

/* The code point a numeric reference's body ("#160", "#xA0") names, or -1. */
static int32_t number_of(struct str body)
{
    bool hex = body.len > 1 && body.at[1] == 'x';
    int32_t point = 0;
    size_t i = hex ? 2 : 1;
    if (i >= body.len)
        return -1;
    for (; i < body.len; i++) {
        char c = body.at[i];
        int digit = c >= '0' && c <= '9'                        ? c - '0'
                    : hex && (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                                : -1;
        if (digit < 0 || point > 0x10FFFF)
            return -1;
        point = point * (hex ? 16 : 10) + digit;
    }
    return point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF) ? -1 : point;
}

/* What to write instead of an entity of HTML; STR_NONE: HTML does not know it either. */
static struct str html_instead(struct str name, struct arena *arena)
{
    for (size_t i = 0; i < sizeof html_entities / sizeof html_entities[0]; i++)
        if (str_is(name, html_entities[i].name))
            return str_of(html_entities[i].instead);
    struct str word = str_copy(arena, name);
    const htmlEntityDesc *entity = word.at ? htmlEntityLookup((const xmlChar *)word.at) : NULL;
    return entity ? character_of((int32_t)entity->value, arena) : STR_NONE;
}

static bool is_predefined(struct str name)
{
    return str_is(name, "amp") || str_is(name, "lt") || str_is(name, "gt") || str_is(name, "quot") ||
           str_is(name, "apos");
}

static bool is_name_byte(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '#';
}

/* What stands between '&' and ';', or nothing when that is no reference. */
static struct str reference_body(struct str text, size_t at)
{
    size_t end = at + 1;
    while (end < text.len && end - at < LONGEST_REFERENCE && is_name_byte(text.at[end]))
        end++;
    bool closed = end < text.len && text.at[end] == ';' && end > at + 1;
    return closed ? str_part(text, at + 1, end - at - 1) : STR_NONE;
}

static void report_name(const struct check *check, const struct document *document, size_t at, struct str name)
{
    struct str instead = html_instead(name, check->arena);
    if (instead.len)
        check_report(check, document, SEVERITY_ERROR, "html-entity", at,
                     PARAMS(PARAM_OF_TEXT("entity", name), PARAM_OF_TEXT("instead", instead)));
    else
        check_report(check, document, SEVERITY_ERROR, "unknown-entity", at, PARAMS(PARAM_OF_TEXT("entity", name)));
}

/* True when the reference may stay. */
static bool check_body(const struct check *check, const struct document *document, size_t at, struct str body)
{
    if (body.at[0] != '#') {
        if (is_predefined(body))
            return true;
        report_name(check, document, at, body);
        return false;
    }
    int32_t point = number_of(body);
    if (point > 0 && is_text_number(point))
        return true;
    report_character(check, document, at, point < 0 ? 0xFFFD : point);
    return false;
}

size_t text_reference(const struct check *check, const struct document *document, char *text, size_t at)
{
    struct str body = reference_body((struct str){ text, document->bytes.len }, at);
    if (body.len == 0) {
        check_report(check, document, SEVERITY_ERROR, "bare-ampersand", at, NO_PARAMS);
        blank(text, at, at + 1);
        return at + 1;
    }
    size_t end = at + body.len + 2;
    if (!check_body(check, document, at, body))
        blank(text, at, end);
    return end;
}
