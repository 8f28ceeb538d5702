/* media: see media.h. Formats: PNG (W3C, 5.6 and 11.2.1), JPEG (ITU-T T.81, B.1.1 and B.2.2), SVG's root element. */
#include "course/media.h"

#include "course/xml.h"

enum { SIZE_MOST = 20000, SVG_WORK_BYTES = 64 * 1024 };

struct str media_type(struct str path)
{
    static const struct {
        const char *ending, *type;
    } types[] = {
        { ".svg", "image/svg+xml" }, { ".png", "image/png" },   { ".jpg", "image/jpeg" },
        { ".jpeg", "image/jpeg" },   { ".webp", "image/webp" }, { ".pdf", "application/pdf" },
        { ".mp4", "video/mp4" },     { ".webm", "video/webm" }, { ".vtt", "text/vtt; charset=utf-8" },
        { ".mp3", "audio/mpeg" },    { ".m4a", "audio/mp4" },   { ".ogg", "audio/ogg" },
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_ends(path, str_of(types[i].ending)))
            return str_of(types[i].type);
    return STR_NONE;
}

static unsigned byte_at(struct str s, size_t i)
{
    return (unsigned char)s.at[i];
}

static unsigned word_at(struct str s, size_t i)
{
    return byte_at(s, i) << 8 | byte_at(s, i + 1);
}

static bool plausible(double width, double height, int *w, int *h)
{
    if (!(width >= 1 && height >= 1 && width <= SIZE_MOST && height <= SIZE_MOST))
        return false;
    *w = (int)(width + .5);
    *h = (int)(height + .5);
    return true;
}

static bool png_size(struct str s, int *w, int *h)
{
    if (s.len < 24 || !str_starts(s, STR("\x89PNG\r\n\x1A\n")))
        return false;
    return plausible(word_at(s, 16) * 65536. + word_at(s, 18), word_at(s, 20) * 65536. + word_at(s, 22), w, h);
}

/* Walks the marker segments to the frame header. */
static bool jpeg_size(struct str s, int *w, int *h)
{
    size_t at = 2;
    while (at + 9 <= s.len && byte_at(s, at) == 0xFF) {
        unsigned marker = byte_at(s, at + 1);
        bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (frame)
            return plausible(word_at(s, at + 7), word_at(s, at + 5), w, h);
        at += 2 + word_at(s, at + 2);
    }
    return false;
}

/* A plain decimal number ("640", "640.5", "640px") and what follows it; other units are not pixels. */
static bool read_number(struct str *rest, double *out)
{
    struct str s = str_trim(*rest);
    size_t i = 0;
    double value = 0, place = 0;
    for (; i < s.len && ((s.at[i] >= '0' && s.at[i] <= '9') || (s.at[i] == '.' && place == 0)); i++) {
        if (s.at[i] == '.') {
            place = 1;
        } else {
            value = value * 10 + (s.at[i] - '0');
            place *= 10;
        }
    }
    *out = place > 1 ? value / place : value;
    *rest = str_from(s, i);
    return i > 0;
}

static bool read_length(struct str text, double *out)
{
    return read_number(&text, out) && (text.len == 0 || str_is(text, "px"));
}

/* viewBox="min-x min-y width height": the origin is passed over, its sign too. */
static bool read_view_box(struct str text, double *width, double *height)
{
    double *parts[4] = { width, height, width, height };
    for (int i = 0; i < 4; i++) {
        while (text.len && (text.at[0] == ' ' || text.at[0] == ',' || (i < 2 && text.at[0] == '-')))
            text = str_from(text, 1);
        if (!read_number(&text, parts[i]))
            return false;
    }
    return true;
}

static bool svg_root_size(const xmlNode *root, int *w, int *h)
{
    double width, height;
    bool said = read_length(xml_attr(root, "width"), &width) && read_length(xml_attr(root, "height"), &height);
    return (said || read_view_box(xml_attr(root, "viewBox"), &width, &height)) && plausible(width, height, w, h);
}

static bool svg_size(struct str bytes, int *w, int *h)
{
    struct arena work;
    struct xml_problem problem;
    xmlDoc *doc = NULL;
    arena_init(&work, SVG_WORK_BYTES);
    bool found = xml_parse(bytes, &work, &problem, &doc) == OK && xml_is(xml_root(doc), "svg") &&
                 svg_root_size(xml_root(doc), w, h);
    xmlFreeDoc(doc);
    arena_release(&work);
    return found;
}

bool media_size(struct str path, struct str bytes, int *width, int *height)
{
    struct str type = media_type(path);
    if (str_is(type, "image/png"))
        return png_size(bytes, width, height);
    if (str_is(type, "image/jpeg"))
        return jpeg_size(bytes, width, height);
    return str_is(type, "image/svg+xml") && svg_size(bytes, width, height);
}
