/* prose_notes: what a lesson ends with: its footnotes, the terms it used, and the small windows in which a term's
 * definition opens beside its word. See prose.h.
 *
 * The windows need no JavaScript (popover). A definition is written twice, the second time without ids: the list is for
 * reading on, for print, and for browsers without popovers. */
#include "course/prose/prose_parts.h"

/* ---- footnotes ---- */

static void write_note(struct prose *p, size_t number)
{
    const xmlNode *note = p->notes[number];
    prose_add(p, "<li");
    prose_attr(p, "id", prose_id(p, note));
    prose_add(p, ">");
    prose_inline(p, note);
    prose_add(p, " <a class=\"footnotes__back\" role=\"doc-backlink\"");
    prose_attr(p, "href", str_format(p->arena, "#%.*s", STR_ARG(prose_own_id(p, "r", note))));
    prose_add(p, "><span aria-hidden=\"true\">↑</span><span class=\"vh\">");
    prose_label(p, "course-footnote-back");
    buf_add_format(&p->out, " %zu</span></a></li>", number + 1);
}

struct safe_html prose_footnotes(struct prose *p)
{
    if (p->note_count) {
        prose_add(p, "<section class=\"footnotes\" role=\"doc-endnotes\" aria-labelledby=\"n_notes\">");
        buf_add_format(&p->out, "<h%d id=\"n_notes\">", p->heading);
        prose_label(p, "course-footnotes");
        buf_add_format(&p->out, "</h%d><ol>", p->heading);
        for (size_t i = 0; i < p->note_count; i++)
            write_note(p, i);
        prose_add(p, "</ol></section>");
    }
    return prose_finish(p);
}

/* ---- terms ---- */

/* The language of an entry that is not in that of the lesson; STR_NONE. */
static struct str foreign_tag(const struct prose *p, const struct glossary_entry *entry)
{
    enum lang lang;
    return lang_parse(entry->tag, &lang) && lang != p->lang ? entry->tag : STR_NONE;
}

static void write_entry(struct prose *p, const struct glossary_entry *entry)
{
    prose_add(p, "<dt");
    prose_attr(p, "id", str_format(p->arena, "g-%.*s", STR_ARG(entry->id)));
    prose_attr(p, "lang", foreign_tag(p, entry));
    prose_add(p, ">");
    prose_text(p, entry->title);
    prose_add(p, "</dt><dd");
    prose_attr(p, "lang", foreign_tag(p, entry));
    prose_add(p, ">");
    buf_add(&p->out, entry->text.markup);
    prose_add(p, "</dd>");
}

static void write_copy(struct prose *p, const xmlNode *entry)
{
    const xmlNode *page = p->lesson;
    p->lesson = NULL; /* its own terms are words */
    p->without_ids = true;
    prose_write_blocks(p, xml_first(entry), NULL);
    p->without_ids = false;
    p->lesson = page;
}

static void write_words(struct prose *p, const struct glossary_entry *entry)
{
    struct str tag = foreign_tag(p, entry);
    if (tag.at) {
        prose_add(p, "<div");
        prose_attr(p, "lang", tag);
        prose_add(p, ">");
    }
    prose_add(p, "<p><strong>");
    prose_text(p, entry->title);
    prose_add(p, "</strong></p>");
    write_copy(p, prose_anchor(p, entry->id)->node);
    if (tag.at)
        prose_add(p, "</div>");
}

/* At the lesson's end, because a window cannot stand inside the paragraph that opens it. */
static void write_window(struct prose *p, const struct glossary_entry *entry)
{
    struct str id = str_format(p->arena, "t_%.*s", STR_ARG(entry->id));
    prose_add(p, "<div class=\"term-window\" popover");
    prose_attr(p, "id", id);
    prose_add(p, ">");
    write_words(p, entry);
    prose_add(p, "<p><button type=\"button\" class=\"term-window__close\" popovertargetaction=\"hide\"");
    prose_attr(p, "popovertarget", id);
    prose_add(p, ">");
    prose_label(p, "course-term-close");
    prose_add(p, "</button></p></div>");
}

static bool is_used(const struct prose *p, const struct glossary_entry *entry)
{
    const struct anchor *anchor = prose_anchor(p, entry->id);
    return anchor && anchor->used;
}

static void write_way_to_all(struct prose *p)
{
    prose_add(p, "<p class=\"gloss__all\"><a");
    prose_attr(p, "href", str_format(p->arena, "/courses/%.*s/glossary", STR_ARG(p->course)));
    prose_add(p, ">");
    prose_label(p, "course-glossary-all");
    prose_add(p, "</a></p>");
}

static void write_list(struct prose *p, const struct glossary_entry *entries, size_t count)
{
    buf_add_format(&p->out, "<h%d>", p->heading);
    prose_label(p, "course-glossary");
    buf_add_format(&p->out, "</h%d><dl class=\"gloss\">", p->heading);
    for (size_t i = 0; i < count; i++)
        if (is_used(p, &entries[i]))
            write_entry(p, &entries[i]);
    prose_add(p, "</dl>");
    if (p->course.len)
        write_way_to_all(p);
    for (size_t i = 0; i < count; i++)
        if (is_used(p, &entries[i]))
            write_window(p, &entries[i]);
}

struct safe_html prose_glossary(struct prose *p, const struct glossary_entry *entries, size_t count)
{
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        used += is_used(p, &entries[i]);
    if (used)
        write_list(p, entries, count);
    return prose_finish(p);
}
