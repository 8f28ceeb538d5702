/* prose_media: pictures, films and sound of the pack. See prose.h. A film or a sound never starts by itself, and says in
 * words beside it what it says in itself. */
#include "course/drawing/drawing.h"
#include "course/media.h"
#include "course/prose/prose_parts.h"

/* Of the file that the language has of its own, where it has one. */
static struct str media_address(struct prose *p, struct str path)
{
    const struct pack_file *file = pack_media(p->files, path, p->lang);
    struct str shown = file ? file->path : path;
    return path.at ? str_format(p->arena, "/media/%.*s/%.*s", STR_ARG(p->hash), STR_ARG(shown)) : STR_NONE;
}

/* ---- pictures ---- */

/* Where a text is written twice, only one of them may have the ids. */
static struct safe_html drawing_of(struct prose *p, const xmlNode *figure, const struct pack_file *file, int width,
                                   int height)
{
    struct drawing_place place = {
        .prefix = str_format(p->arena, "%.*s_", STR_ARG(prose_own_id(p, p->without_ids ? "dd" : "d", figure))),
        .name = str_trim(xml_attr(figure, "alt")),
        .width = width,
        .height = height,
    };
    return drawing_inline(file->bytes, &place, p->arena);
}

static void write_image(struct prose *p, const xmlNode *figure, int width, int height)
{
    prose_add(p, "<img");
    prose_attr(p, "src", media_address(p, xml_attr(figure, "src")));
    if (width && height)
        buf_add_format(&p->out, " width=\"%d\" height=\"%d\"", width, height);
    prose_attr(p, "alt", xml_attr(figure, "alt"));
    prose_add(p, " loading=\"lazy\" decoding=\"async\">");
}

void prose_picture(struct prose *p, const xmlNode *figure)
{
    const struct pack_file *file = pack_media(p->files, xml_attr(figure, "src"), p->lang);
    struct safe_html drawing = { STR_NONE };
    int width = 0, height = 0;
    if (file && !media_size(file->path, file->bytes, &width, &height))
        width = height = 0;
    if (file && str_is(media_type(file->path), "image/svg+xml"))
        drawing = drawing_of(p, figure, file, width, height);
    if (drawing.markup.len)
        buf_add(&p->out, drawing.markup);
    else
        write_image(p, figure, width, height);
}

static void write_figure(struct prose *p, const xmlNode *node)
{
    const xmlNode *caption = xml_child(node, "caption"), *description = xml_child(node, "description");
    prose_open(p, "figure", "figure", node);
    prose_add(p, "<div class=\"figure__box\">");
    prose_picture(p, node);
    prose_add(p, "</div>");
    if (caption || description)
        prose_add(p, "<figcaption>");
    prose_child(p, node, "caption");
    if (description)
        prose_details(p, description, NULL, NULL, "course-figure-description");
    if (caption || description)
        prose_add(p, "</figcaption>");
    prose_add(p, "</figure>");
}

/* ---- films and sound ---- */

static void write_player(struct prose *p, const xmlNode *node, struct str caption)
{
    bool film = xml_is(node, "video");
    prose_add(p, film ? "<video controls playsinline" : "<audio controls");
    prose_add(p, " preload=\"metadata\"");
    prose_attr(p, "src", media_address(p, xml_attr(node, "src")));
    prose_attr(p, "poster", media_address(p, xml_attr(node, "poster")));
    prose_attr(p, "aria-labelledby", caption);
    prose_add(p, ">");
    if (xml_attr(node, "captions").at) {
        prose_add(p, "<track kind=\"captions\" default");
        prose_attr(p, "src", media_address(p, xml_attr(node, "captions")));
        prose_attr(p, "srclang", str_of(lang_tag(p->lang)));
        prose_attr(p, "label", str_of(lang_name(p->lang)));
        prose_add(p, ">");
    }
    prose_add(p, film ? "</video>" : "</audio>");
}

static void write_recording(struct prose *p, const xmlNode *node)
{
    struct str caption = prose_own_id(p, "n", node);
    const xmlNode *transcript = xml_child(node, "transcript");
    prose_open(p, "figure", xml_is(node, "video") ? "figure film" : "figure sound", node);
    prose_add(p, "<div class=\"figure__box\">");
    write_player(p, node, caption);
    prose_add(p, "</div><figcaption><span");
    prose_attr(p, "id", caption);
    prose_add(p, ">");
    prose_child(p, node, "caption");
    prose_add(p, "</span>");
    if (transcript)
        prose_details(p, transcript, "transcript", NULL, "course-transcript");
    prose_add(p, "</figcaption></figure>");
}

const struct prose_element prose_media[] = {
    { "figure", write_figure },
    { "video", write_recording },
    { "audio", write_recording },
    { NULL, NULL },
};
