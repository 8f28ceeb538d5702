/* check_media: files below media/ and the elements that show them. A file is served to browsers as it is, so its content
 * must be what its name says, and an SVG must not bring scripts or anything from elsewhere (check_svg). */
#include "course/check/check.h"

#include "base/utf8.h"
#include "course/check/check_svg.h"
#include "course/media.h"

static bool is_media(struct str path)
{
    return str_starts(path, STR("media/"));
}

static struct str after(struct str bytes, size_t count)
{
    return str_from(bytes, count < bytes.len ? count : bytes.len);
}

/* WebVTT begins with its name, which a letter may not follow (W3C, 6.1). */
static bool is_captions(struct str bytes)
{
    struct str text = after(bytes, str_starts(bytes, STR("\xEF\xBB\xBF")) ? 3 : 0), rest = after(text, 6);
    bool named = str_starts(text, STR("WEBVTT")) && (rest.len == 0 || strchr(" \t\r\n", rest.at[0]));
    return named && utf8_valid(text) && memmem(text.at, text.len, "-->", 3);
}

/* MP3 begins with a tag or with the eleven bits that begin each frame. */
static bool is_mp3(struct str bytes)
{
    bool frame = bytes.len > 1 && bytes.at[0] == '\xFF' && ((unsigned char)bytes.at[1] & 0xE0) == 0xE0;
    return frame || str_starts(bytes, STR("ID3"));
}

static bool begins_as(struct str bytes, struct str type)
{
    static const struct {
        const char *type;
        size_t at;
        struct str mark;
    } marks[] = {
        { "image/png", 0, { "\x89PNG\r\n\x1A\n", 8 } }, { "image/jpeg", 0, { "\xFF\xD8\xFF", 3 } },
        { "image/webp", 0, { "RIFF", 4 } },              { "image/webp", 8, { "WEBP", 4 } },
        { "application/pdf", 0, { "%PDF-", 5 } },        { "video/mp4", 4, { "ftyp", 4 } },
        { "audio/mp4", 4, { "ftyp", 4 } },               { "video/webm", 0, { "\x1A\x45\xDF\xA3", 4 } },
        { "audio/ogg", 0, { "OggS", 4 } },
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_is(type, marks[i].type) && !str_starts(after(bytes, marks[i].at), marks[i].mark))
            return false;
    if (str_is(type, "audio/mpeg"))
        return is_mp3(bytes);
    return !str_starts(type, STR("text/vtt")) || is_captions(bytes);
}

/* The file name's letters are those that an attribute can name. */
static bool is_plain_path(struct str path)
{
    for (size_t i = 0; i < path.len; i++) {
        char c = path.at[i];
        bool plain = ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                     c == '.' || c == '/';
        if (!plain)
            return false;
    }
    return true;
}

/* Whether a figure shows the file, or what it takes the place of in a language. */
static bool is_drawn(const struct document *document, struct str path)
{
    enum lang lang;
    struct str rest = str_from(path, strlen("media/")), base = rest, folder = str_cut(&base, '/');
    bool own = base.len && folder.len == 2 && lang_parse(folder, &lang);
    const xmlNode *root = xml_root(document->doc);
    for (const xmlNode *node = root; (node = xml_walk(root, node));) {
        struct str shown = xml_is(node, "figure") ? str_from(xml_attr(node, "src"), strlen("media/")) : STR_NONE;
        if (shown.len && (str_equal(shown, rest) || (own && str_equal(shown, base))))
            return true;
    }
    return false;
}

static void check_content(const struct check *check, const struct document *document, const struct pack_file *file)
{
    struct str type = media_type(file->path);
    if (!is_plain_path(file->path))
        check_file(check, SEVERITY_ERROR, file->path, "media-name", NO_PARAMS);
    if (type.len == 0)
        check_file(check, SEVERITY_ERROR, file->path, "media-type", NO_PARAMS);
    else if (!begins_as(file->bytes, type))
        check_file(check, SEVERITY_ERROR, file->path, "media-content",
                   PARAMS(PARAM_OF_TEXT("type", str_part(type, 0, str_find(type, ';', 0)))));
    else if (str_is(type, "image/svg+xml"))
        check_svg(check, file, is_drawn(document, file->path));
}

static bool is_shown(const struct document *document, struct str path)
{
    const xmlNode *root = xml_root(document->doc);
    for (const xmlNode *node = xml_walk(root, root); node; node = xml_walk(root, node))
        if (str_equal(xml_attr(node, "src"), path) || str_equal(xml_attr(node, "captions"), path) ||
            str_equal(xml_attr(node, "poster"), path))
            return true;
    return false;
}

/* The file of the pack that a path most likely means; STR_NONE. */
static struct str nearest_file(const struct check *check, struct str path)
{
    struct names near = { ARENA_ARRAY(check->arena, check->files->count + 1, struct str), 0 };
    for (size_t i = 0; near.list && i < check->files->count; i++)
        if (is_media(check->files->files[i].path))
            near.list[near.count++] = check->files->files[i].path;
    return names_nearest(&near, path);
}

/* Whether a path that leads nowhere was most likely meant for the file, which was said there. */
static bool is_meant(const struct check *check, const struct document *document, struct str path)
{
    static const char *const attributes[] = { "src", "captions", "poster" };
    const xmlNode *root = xml_root(document->doc);
    for (const xmlNode *node = root; node; node = xml_walk(root, node))
        for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
            struct str shown = xml_attr(node, attributes[i]);
            if (shown.len && !pack_file(check->files, shown) && str_equal(nearest_file(check, shown), path))
                return true;
        }
    return false;
}

/* Whether anybody reads the pack in that language. */
static bool is_spoken(const struct check *check, const struct document *document, enum lang lang)
{
    enum lang own;
    struct str translation = str_format(check->arena, "course.%s.xml", lang_code(lang));
    bool source = lang_parse(xml_attr(xml_root(document->doc), "lang"), &own) && own == lang;
    return source || pack_file(check->files, translation);
}

/* media/en/plan.svg takes the place of media/plan.svg for those who read in English. */
static void check_unshown(const struct check *check, const struct document *document, struct str path)
{
    enum lang lang;
    struct str rest = str_from(path, strlen("media/")), folder = str_cut(&rest, '/');
    bool own = rest.len && folder.len == 2 && lang_parse(folder, &lang);
    struct str base = own ? str_format(check->arena, "media/%.*s", STR_ARG(rest)) : STR_NONE;
    if (own && !pack_file(check->files, base))
        check_file(check, SEVERITY_WARNING, path, "override-without-base", PARAMS(PARAM_OF_TEXT("path", base)));
    else if (own ? !is_spoken(check, document, lang) : !is_meant(check, document, path))
        check_file(check, SEVERITY_WARNING, path, "media-unused", NO_PARAMS);
}

static void check_files(const struct check *check, const struct document *document)
{
    for (size_t i = 0; i < check->files->count; i++) {
        const struct pack_file *file = &check->files->files[i];
        if (!is_media(file->path))
            continue;
        check_content(check, document, file);
        if (!is_shown(document, file->path))
            check_unshown(check, document, file->path);
    }
}

/* Which attribute shows what. */
static const struct show {
    const char *element, *attribute;
    struct str type; /* begins with it */
    const char *wrong;
} SHOWS[] = {
    { "figure", "src", { "image/", 6 }, "media-no-picture" },
    { "video", "src", { "video/", 6 }, "media-no-film" },
    { "video", "captions", { "text/vtt", 8 }, "media-no-captions" },
    { "video", "poster", { "image/", 6 }, "media-no-picture" },
    { "audio", "src", { "audio/", 6 }, "media-no-sound" },
};

static void check_show(const struct check *check, const struct document *document, const xmlNode *node,
                       const struct show *show)
{
    struct str path = xml_attr(node, show->attribute);
    if (path.len == 0 || document->tags[xml_number(node)].broken)
        return;
    struct str nearest = pack_file(check->files, path) ? STR_NONE : nearest_file(check, path);
    if (!pack_file(check->files, path))
        check_error(check, document, node, show->attribute, nearest.len ? "misspelt-media" : "media-missing",
                    PARAMS(PARAM_OF_TEXT("path", path), PARAM_OF_TEXT("name", str_of(show->attribute)),
                           PARAM_OF_TEXT("nearest", nearest)));
    else if (media_type(path).len && !str_starts(media_type(path), show->type))
        check_error(check, document, node, show->attribute, show->wrong, PARAMS(PARAM_OF_TEXT("path", path)));
}

void check_media(const struct check *check, const struct document *document)
{
    const xmlNode *root = xml_root(document->doc);
    for (const xmlNode *node = xml_walk(root, root); node; node = xml_walk(root, node))
        for (size_t i = 0; i < sizeof SHOWS / sizeof *SHOWS; i++)
            if (xml_is(node, SHOWS[i].element))
                check_show(check, document, node, &SHOWS[i]);
    check_files(check, document);
}
