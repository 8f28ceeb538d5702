/* check_text: the characters of a file, before anything looks at its markup: encoding, control characters, references.
 *
 * What is reported is blanked out in place, byte for byte, so that the rest can still be read and every offset stays. */
#include "course/check/check_text.h"

#include "base/utf8.h"

enum { LONGEST_REFERENCE = 32, BLANK = '_' };

/* Names of HTML that authors paste, and what to write instead. */
static const struct html_entity {
    const char *name, *instead;
} html_entities[] = {
    { "nbsp", "&#160;" }, { "shy", "&#173;" },     { "auml", "ä" },       { "ouml", "ö" },   { "uuml", "ü" },
    { "Auml", "Ä" },      { "Ouml", "Ö" },         { "Uuml", "Ü" },       { "szlig", "ss" }, { "eacute", "é" },
    { "egrave", "è" },    { "agrave", "à" },       { "acirc", "â" },      { "ecirc", "ê" },  { "icirc", "î" },
    { "ocirc", "ô" },     { "ccedil", "ç" },       { "laquo", "«" },      { "raquo", "»" },  { "lsaquo", "‹" },
    { "rsaquo", "›" },    { "ldquo", "«" },        { "rdquo", "»" },      { "bdquo", "«" },  { "lsquo", "‹" },
    { "rsquo", "’" },     { "ndash", "–" },        { "mdash", "–" },      { "hellip", "…" }, { "middot", "·" },
    { "bull", "•" },      { "euro", "€" },         { "copy", "©" },       { "reg", "®" },    { "sect", "§" },
    { "para", "¶" },      { "deg", "°" },          { "times", "×" },      { "divide", "÷" }, { "plusmn", "±" },
    { "rarr", "→" },      { "larr", "←" },         { "ge", "≥" },         { "le", "≤" },     { "ne", "≠" },
    { "frac12", "½" },    { "thinsp", "&#8201;" }, { "ensp", "&#8194;" },
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

/* One report for a file in another encoding; every byte that is not UTF-8 goes. */
static void clean_invalid(const struct check *check, const struct document *document, char *at, size_t i,
                          bool *reported)
{
    if (!*reported)
        check_report(check, document, SEVERITY_ERROR, "not-utf8", i, NO_PARAMS);
    *reported = true;
    blank(at, i, i + 1);
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

static const char *html_instead(struct str name)
{
    for (size_t i = 0; i < sizeof html_entities / sizeof html_entities[0]; i++)
        if (str_is(name, html_entities[i].name))
            return html_entities[i].instead;
    return NULL;
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
    const char *instead = html_instead(name);
    if (instead)
        check_report(check, document, SEVERITY_ERROR, "html-entity", at,
                     PARAMS(PARAM_OF_TEXT("entity", name), PARAM_OF_TEXT("instead", str_of(instead))));
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
