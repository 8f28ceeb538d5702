/* paint: see paint.h. */
#include "course/drawing/paint.h"

#include <strings.h>

struct colour {
    int red, green, blue;
};

/* The names, each with what it is in light (web/styles/tokens.css); then what authors often use for the same. */
static const struct {
    const char *name;
    struct colour colour;
} SAMPLES[] = {
    { "ink", { 0x10, 0x20, 0x3a } },         { "muted", { 0x4b, 0x58, 0x6d } },
    { "line", { 0x82, 0x7b, 0x6d } },        { "paper", { 0xff, 0xff, 0xff } },
    { "sunken", { 0xef, 0xeb, 0xe2 } },      { "accent", { 0x12, 0x3f, 0x86 } },
    { "accent-soft", { 0xe8, 0xef, 0xf9 } }, { "mark", { 0xa4, 0x42, 0x0a } },
    { "mark-soft", { 0xfd, 0xea, 0xdb } },   { "good", { 0x0d, 0x68, 0x48 } },
    { "good-soft", { 0xe2, 0xf2, 0xe9 } },   { "warn", { 0x83, 0x50, 0x00 } },
    { "warn-soft", { 0xfc, 0xef, 0xd3 } },   { "bad", { 0xad, 0x23, 0x1b } },
    { "bad-soft", { 0xfb, 0xe7, 0xe4 } },    { "ink", { 0x00, 0x00, 0x00 } },
    { "muted", { 0x60, 0x60, 0x60 } },       { "line", { 0x90, 0x90, 0x90 } },
    { "line", { 0xb8, 0xb8, 0xb8 } },        { "sunken", { 0xdd, 0xdd, 0xdd } },
    { "sunken", { 0xf0, 0xf0, 0xf0 } },      { "accent", { 0x00, 0x00, 0xff } },
    { "accent", { 0x4f, 0x7f, 0xc4 } },      { "accent", { 0x1d, 0x9b, 0xe8 } },
    { "accent-soft", { 0xb0, 0xd0, 0xf8 } }, { "mark", { 0xf4, 0x7d, 0x2c } },
    { "mark-soft", { 0xfd, 0xf1, 0xe3 } },   { "mark", { 0xff, 0xa5, 0x00 } },
    { "good", { 0x00, 0x80, 0x00 } },        { "good", { 0x3c, 0xb8, 0x5c } },
    { "good", { 0x00, 0xff, 0x00 } },        { "good-soft", { 0xb0, 0xe8, 0xb8 } },
    { "warn-soft", { 0xff, 0xff, 0x00 } },   { "warn-soft", { 0xff, 0xe0, 0x80 } },
    { "bad", { 0xff, 0x00, 0x00 } },         { "bad-soft", { 0xff, 0xb8, 0xb8 } },
};

/* Of the named colours of CSS those that drawing programs and people write. */
static const struct {
    const char *name;
    struct colour colour;
} NAMED[] = {
    { "black", { 0, 0, 0 } },           { "white", { 255, 255, 255 } },     { "gray", { 128, 128, 128 } },
    { "grey", { 128, 128, 128 } },      { "silver", { 192, 192, 192 } },    { "lightgray", { 211, 211, 211 } },
    { "lightgrey", { 211, 211, 211 } }, { "darkgray", { 169, 169, 169 } },  { "red", { 255, 0, 0 } },
    { "maroon", { 128, 0, 0 } },        { "orange", { 255, 165, 0 } },      { "yellow", { 255, 255, 0 } },
    { "olive", { 128, 128, 0 } },       { "lime", { 0, 255, 0 } },          { "green", { 0, 128, 0 } },
    { "teal", { 0, 128, 128 } },        { "blue", { 0, 0, 255 } },          { "navy", { 0, 0, 128 } },
    { "steelblue", { 70, 130, 180 } },  { "lightblue", { 173, 216, 230 } }, { "currentColor", { 0, 0, 0 } },
};

bool paint_is_name(struct str name)
{
    for (size_t i = 0; i < sizeof SAMPLES / sizeof *SAMPLES; i++)
        if (str_is(name, SAMPLES[i].name))
            return true;
    return false;
}

static int hex_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* #rgb, #rrggbb, each with or without a place for how opaque it is. */
static bool read_hex(struct str digits, struct colour *out)
{
    int part[3];
    size_t wide = digits.len >= 6 ? 2 : 1;
    if (digits.len != 3 && digits.len != 4 && digits.len != 6 && digits.len != 8)
        return false;
    for (size_t i = 0; i < digits.len; i++)
        if (hex_of(digits.at[i]) < 0)
            return false;
    for (size_t i = 0; i < 3; i++)
        part[i] = hex_of(digits.at[i * wide]) * 16 + hex_of(digits.at[i * wide + wide - 1]);
    *out = (struct colour){ part[0], part[1], part[2] };
    return true;
}

/* One of the three numbers of rgb(); what is too large counts as the most. */
static bool read_part(struct str *rest, int *out)
{
    struct str word = str_trim(str_cut(rest, ','));
    int value = 0;
    size_t i = 0;
    for (; i < word.len && word.at[i] >= '0' && word.at[i] <= '9'; i++)
        value = value > 255 ? value : value * 10 + (word.at[i] - '0');
    if (i > 0 && i < word.len && word.at[i] == '%')
        value = value * 255 / 100;
    *out = value > 255 ? 255 : value;
    return i > 0;
}

static bool read_rgb(struct str inner, struct colour *out)
{
    return read_part(&inner, &out->red) && read_part(&inner, &out->green) && read_part(&inner, &out->blue);
}

static bool same_word(struct str a, const char *b)
{
    return a.len == strlen(b) && strncasecmp(a.at, b, a.len) == 0;
}

static bool read_colour(struct str text, struct colour *out)
{
    if (str_starts(text, STR("#")))
        return read_hex(str_from(text, 1), out);
    if (str_starts(text, STR("rgb(")))
        return read_rgb(str_from(text, 4), out);
    if (str_starts(text, STR("rgba(")))
        return read_rgb(str_from(text, 5), out);
    for (size_t i = 0; i < sizeof NAMED / sizeof *NAMED; i++)
        if (same_word(text, NAMED[i].name)) {
            *out = NAMED[i].colour;
            return true;
        }
    return false;
}

static int distance(struct colour a, struct colour b)
{
    int red = a.red - b.red, green = a.green - b.green, blue = a.blue - b.blue;
    return red * red + green * green + blue * blue;
}

struct str paint_nearest(struct str text)
{
    struct colour colour;
    if (!read_colour(str_trim(text), &colour))
        return STR_NONE;
    size_t best = 0;
    for (size_t i = 1; i < sizeof SAMPLES / sizeof *SAMPLES; i++)
        if (distance(colour, SAMPLES[i].colour) < distance(colour, SAMPLES[best].colour))
            best = i;
    return str_of(SAMPLES[best].name);
}

struct str paint_keyword(struct str value)
{
    static const char *const keywords[] = { "none", "context-fill", "context-stroke" };
    value = str_trim(value);
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (str_is(value, keywords[i]))
            return str_of(keywords[i]);
    return str_is(value, "transparent") ? STR("none") : STR_NONE;
}
