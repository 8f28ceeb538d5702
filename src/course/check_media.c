/* check_media: files below media/ and the figures that show them. A picture is served to browsers as it is, so its
 * content must be what its name says, and an SVG must not bring scripts or anything from elsewhere (check_svg). */
#include "course/check.h"
#include "course/check_svg.h"
#include "course/media.h"

static bool is_media(struct str path)
{
    return str_starts(path, STR("media/"));
}

static bool begins_as(struct str bytes, struct str type)
{
    if (str_is(type, "image/png"))
        return str_starts(bytes, STR("\x89PNG\r\n\x1A\n"));
    if (str_is(type, "image/jpeg"))
        return str_starts(bytes, STR("\xFF\xD8\xFF"));
    if (str_is(type, "image/webp"))
        return str_starts(bytes, STR("RIFF")) && str_starts(str_from(bytes, 8), STR("WEBP"));
    if (str_is(type, "application/pdf"))
        return str_starts(bytes, STR("%PDF-"));
    return true;
}

/* The file name's letters are those that a figure's src can name. */
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

static void check_content(const struct check *check, const struct pack_file *file)
{
    struct str type = media_type(file->path);
    if (!is_plain_path(file->path))
        check_file(check, SEVERITY_ERROR, file->path, "media-name", NO_PARAMS);
    if (type.len == 0)
        check_file(check, SEVERITY_ERROR, file->path, "media-type", NO_PARAMS);
    else if (!begins_as(file->bytes, type))
        check_file(check, SEVERITY_ERROR, file->path, "media-content", PARAMS(PARAM_OF_TEXT("type", type)));
    else if (str_is(type, "image/svg+xml"))
        check_svg(check, file);
}

static bool is_shown(const struct document *document, struct str path)
{
    const xmlNode *root = xml_root(document->doc);
    for (const xmlNode *node = xml_walk(root, root); node; node = xml_walk(root, node))
        if (xml_is(node, "figure") && str_equal(xml_attr(node, "src"), path))
            return true;
    return false;
}

static void check_files(const struct check *check, const struct document *document)
{
    for (size_t i = 0; i < check->files->count; i++) {
        const struct pack_file *file = &check->files->files[i];
        if (!is_media(file->path))
            continue;
        check_content(check, file);
        if (!is_shown(document, file->path))
            check_file(check, SEVERITY_WARNING, file->path, "media-unused", NO_PARAMS);
    }
}

static void check_figure(const struct check *check, const struct document *document, const xmlNode *figure)
{
    struct str src = xml_attr(figure, "src");
    if (src.len == 0 || document->tags[xml_number(figure)].broken)
        return;
    const struct pack_file *file = pack_file(check->files, src);
    if (!file)
        check_error(check, document, figure, "src", "media-missing", PARAMS(PARAM_OF_TEXT("path", src)));
    else if (media_type(src).len && !str_starts(media_type(src), STR("image/")))
        check_error(check, document, figure, "src", "media-no-picture", PARAMS(PARAM_OF_TEXT("path", src)));
}

void check_media(const struct check *check, const struct document *document)
{
    const xmlNode *root = xml_root(document->doc);
    for (const xmlNode *node = xml_walk(root, root); node; node = xml_walk(root, node))
        if (xml_is(node, "figure"))
            check_figure(check, document, node);
    check_files(check, document);
}
