/* prose_inline: words in a line, links and terms. White space runs are kept short, because sources are indented. */
#include "course/prose/prose_parts.h"

static void write_children(struct prose *p, const xmlNode *node, const char *open, const char *close)
{
    prose_add(p, open);
    prose_inline(p, node);
    prose_add(p, close);
}

static void write_strong(struct prose *p, const xmlNode *node)
{
    write_children(p, node, "<strong>", "</strong>");
}

static void write_em(struct prose *p, const xmlNode *node)
{
    write_children(p, node, "<em>", "</em>");
}

static void write_q(struct prose *p, const xmlNode *node)
{
    write_children(p, node, "<q>", "</q>");
}

static void write_code(struct prose *p, const xmlNode *node)
{
    write_children(p, node, "<code>", "</code>");
}

/* The organisation's words, else the author's. */
static void write_local_policy(struct prose *p, const xmlNode *node)
{
    struct str text = policy_text(p->policies, xml_attr(node, "id"), p->lang);
    prose_add(p, "<span class=\"local-policy\">");
    if (text.len)
        prose_text(p, text);
    else
        prose_inline(p, node);
    prose_add(p, "</span>");
}

static void write_abbr(struct prose *p, const xmlNode *node)
{
    prose_add(p, "<abbr");
    prose_attr(p, "title", xml_attr(node, "title"));
    write_children(p, node, ">", "</abbr>");
}

/* A button that opens the definition in its window (prose_notes.c). Only a lesson's page has these; elsewhere a term is
 * its words (in a test a definition would be a hint). */
static void write_term(struct prose *p, const xmlNode *node)
{
    const struct anchor *entry = prose_anchor(p, xml_attr(node, "ref"));
    if (!p->lesson || !entry || !xml_is(entry->node, "entry")) {
        prose_inline(p, node);
        return;
    }
    p->anchors[entry - p->anchors].used = true;
    prose_add(p, "<button type=\"button\" class=\"term\"");
    prose_attr(p, "popovertarget", str_format(p->arena, "t_%.*s", STR_ARG(entry->id)));
    write_children(p, node, ">", "</button>");
}

/* A number that leads to the note at the lesson's end; the note leads back. */
static void write_footnote(struct prose *p, const xmlNode *node)
{
    if (!p->lesson)
        return;
    p->notes[p->note_count++] = node;
    prose_add(p, "<sup class=\"footnote\"><a role=\"doc-noteref\"");
    prose_attr(p, "id", prose_own_id(p, "r", node));
    prose_attr(p, "href", str_format(p->arena, "#%.*s", STR_ARG(prose_id(p, node))));
    prose_add(p, "><span class=\"vh\">");
    prose_label(p, "course-footnote");
    buf_add_format(&p->out, " </span>%zu</a></sup>", p->note_count);
}

/* Where a reference inside the pack leads; STR_NONE: to something that no page shows as such. */
static struct str address_of(struct prose *p, struct str id)
{
    const struct anchor *anchor = prose_anchor(p, id);
    const xmlNode *lesson = anchor ? prose_lesson_of(anchor->node) : NULL;
    if (!lesson)
        return STR_NONE;
    if (lesson == p->lesson && anchor->node != lesson)
        return str_format(p->arena, "#%.*s", STR_ARG(id));
    struct str page = str_format(p->arena, "/courses/%.*s/%.*s", STR_ARG(p->course), STR_ARG(xml_attr(lesson, "id")));
    return anchor->node == lesson ? page : str_format(p->arena, "%.*s#%.*s", STR_ARG(page), STR_ARG(id));
}

static void write_link(struct prose *p, const xmlNode *node)
{
    struct str href = xml_attr(node, "href");
    bool away = str_starts(href, STR("https://"));
    struct str address = away ? href : str_starts(href, STR("#")) ? address_of(p, str_from(href, 1)) : STR_NONE;
    if (!address.at) {
        prose_inline(p, node);
        return;
    }
    prose_add(p, "<a");
    prose_attr(p, "href", address);
    prose_attr(p, "rel", away ? STR("noopener noreferrer") : STR_NONE);
    write_children(p, node, ">", "</a>");
}

/* What stands there is put in later, by passage.c. */
static void write_place(struct prose *p, const xmlNode *node)
{
    (void)node;
    prose_add(p, (const char[]){ PROSE_PLACE, '\0' });
}

/* Said after answering, not where it is written. */
static void write_nothing(struct prose *p, const xmlNode *node)
{
    (void)p;
    (void)node;
}

static const struct {
    const char *name;
    void (*write)(struct prose *, const xmlNode *);
} INLINE[] = {
    { "strong", write_strong }, { "em", write_em },     { "q", write_q },    { "code", write_code },
    { "abbr", write_abbr },     { "term", write_term }, { "a", write_link }, { "local-policy", write_local_policy },
    { "mark", write_place },    { "blank", write_place }, { "feedback", write_nothing },
    { "source", write_link },   { "footnote", write_footnote },
};

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Runs of white space become one blank; escaped in pieces. */
static void write_words(struct prose *p, struct str text)
{
    while (text.len) {
        size_t end = 0;
        while (end < text.len && !is_white(text.at[end]))
            end++;
        prose_text(p, str_part(text, 0, end));
        if (end < text.len)
            prose_add(p, " ");
        while (end < text.len && is_white(text.at[end]))
            end++;
        text = str_from(text, end);
    }
}

static void write_element(struct prose *p, const xmlNode *node)
{
    for (size_t i = 0; i < sizeof INLINE / sizeof *INLINE; i++)
        if (xml_is(node, INLINE[i].name)) {
            INLINE[i].write(p, node);
            return;
        }
    prose_inline(p, node); /* an element of a later schema: its words at least */
}

void prose_inline(struct prose *p, const xmlNode *parent)
{
    for (const xmlNode *node = parent->children; node; node = node->next) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
            write_words(p, str_of((const char *)node->content));
        else if (node->type == XML_ELEMENT_NODE)
            write_element(p, node);
    }
}
