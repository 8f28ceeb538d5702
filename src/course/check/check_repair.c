/* check_repair: a child that is not expected where it stands. What is it: another kind's, another language's, misspelt, or
 * one of ours in the wrong place? The last is found out by trying: a repair after which the rest fits also says what was
 * wrong. Every way leaves a tree in which the child is not complained about again. */
#include "course/check/check_schema.h"

enum { MOST_STEPS_BACK = 6, MOST_GUESSES = 3 };

/* ---- one of ours, in the wrong place ---- */

/* A child that came too late: it fits before one of its elder siblings. */
static bool moved_up(struct pass *pass, xmlNode *node)
{
    xmlNode *next = node->next, *parent = node->parent, *before = pass_element_before(node);
    for (int step = 0; before && step < MOST_STEPS_BACK; step++) {
        xmlUnlinkNode(node);
        xmlAddPrevSibling(before, node);
        if (pass_fits(pass, node, next)) {
            pass_report(pass, node, "wrong-order", xml_name(node), xml_name(before));
            return true;
        }
        before = pass_element_before(node);
    }
    xmlUnlinkNode(node);
    if (next)
        xmlAddPrevSibling(next, node);
    else
        xmlAddChild(parent, node);
    return false;
}

static xmlNode *later_sibling(const xmlNode *node, const struct expected *expected)
{
    for (xmlNode *next = node->next; next; next = next->next)
        for (size_t i = 0; next->type == XML_ELEMENT_NODE && i < expected->count; i++)
            if (str_equal(xml_name(next), expected->list[i]))
                return next;
    return NULL;
}

/* A child that came too early: what should stand before it comes later. */
static bool moved_down(struct pass *pass, xmlNode *node, const struct expected *expected)
{
    xmlNode *later = expected->count <= 3 ? later_sibling(node, expected) : NULL;
    if (!later)
        return false;
    xmlNode *next = later->next, *parent = later->parent;
    xmlUnlinkNode(later);
    xmlAddPrevSibling(node, later);
    if (pass_fits(pass, node, node->next)) {
        pass_report(pass, later, "wrong-order", xml_name(later), xml_name(node));
        return true;
    }
    xmlUnlinkNode(later);
    if (next)
        xmlAddPrevSibling(next, later);
    else
        xmlAddChild(parent, later);
    return false;
}

/* Stays in the tree when the child fits after it. */
static bool fits_after(struct pass *pass, xmlNode *node, struct str name)
{
    xmlNode *missing = pass_stand_in(pass, node, name);
    if (!missing)
        return false;
    xmlAddPrevSibling(node, missing);
    if (pass_fits(pass, node, node->next))
        return true;
    xmlUnlinkNode(missing);
    xmlFreeNode(missing);
    return false;
}

/* A child before which another is missing. */
static bool filled_gap(struct pass *pass, xmlNode *node, const struct expected *expected)
{
    for (size_t i = 0; i < expected->count && i < MOST_GUESSES; i++)
        if (fits_after(pass, node, expected->list[i])) {
            pass_report(pass, node, "missing-before", expected->list[i], xml_name(node));
            return true;
        }
    return false;
}

static bool has_elder_twin(const xmlNode *node)
{
    for (const xmlNode *elder = pass_element_before(node); elder; elder = pass_element_before(elder))
        if (str_equal(xml_name(elder), xml_name(node)))
            return true;
    return false;
}

static void rename_element(struct pass *pass, xmlNode *node, struct str name)
{
    struct str word = str_copy(pass->check->arena, name);
    if (word.at)
        xmlNodeSetName(node, (const xmlChar *)word.at);
    pass->progress = true;
}

/* ---- what the child is ---- */

/* Elements of HTML that authors know. ours: the element of a pack to use instead; without one, the finding's code says
 * what to do. */
static const struct html_element {
    const char *name, *code, *ours;
} html_elements[] = {
    { "b", "html-element", "strong" },   { "i", "html-element", "em" },      { "u", "html-element", "em" },
    { "big", "html-element", "strong" }, { "cite", "html-element", "em" },   { "blockquote", "html-element", "q" },
    { "h1", "html-element", "title" },   { "h2", "html-element", "title" },  { "h3", "html-element", "title" },
    { "h4", "html-element", "title" },   { "h5", "html-element", "title" },  { "h6", "html-element", "title" },
    { "img", "html-element", "figure" }, { "kbd", "html-element", "code" },  { "tt", "html-element", "code" },
    { "samp", "html-element", "code" },  { "var", "html-element", "code" },  { "dl", "html-element", "ul" },
    { "dt", "html-element", "li" },      { "dd", "html-element", "li" },     { "dfn", "html-element", "term" },
    { "details", "html-element", "reveal" },
    { "br", "html-break", "" },          { "wbr", "html-break", "" },        { "hr", "html-void", "" },
    { "input", "html-active", "" },      { "button", "html-active", "" },    { "form", "html-active", "" },
    { "script", "html-active", "" },     { "style", "html-active", "" },     { "iframe", "html-active", "" },
    { "object", "html-active", "" },     { "embed", "html-active", "" },     { "link", "html-active", "" },
    { "span", "html-inline", "" },       { "font", "html-inline", "" },      { "small", "html-inline", "" },
    { "sup", "html-inline", "" },        { "sub", "html-inline", "" },       { "s", "html-inline", "" },
    { "strike", "html-inline", "" },     { "del", "html-inline", "" },       { "ins", "html-inline", "" },
    { "div", "html-block", "" },         { "center", "html-block", "" },     { "article", "html-block", "" },
    { "main", "html-block", "" },        { "header", "html-block", "" },     { "footer", "html-block", "" },
    { "aside", "html-block", "" },       { "nav", "html-block", "" },        { "body", "html-block", "" },
    { "tbody", "html-none", "" },        { "tfoot", "html-none", "" },       { "summary", "html-none", "" },
};

static const struct html_element *html_element(struct str name)
{
    for (size_t i = 0; i < sizeof html_elements / sizeof html_elements[0]; i++)
        if (str_is(name, html_elements[i].name))
            return &html_elements[i];
    return NULL;
}

/* What stood in the element stands in its parent, so that it is judged, too. Words of a <div> would be without a
 * paragraph there, which is not said of them besides. */
static void unwrap(struct pass *pass, xmlNode *node, bool with_words)
{
    for (xmlNode *child = node->children; child; child = node->children) {
        bool words = child->type == XML_TEXT_NODE && !with_words;
        pass->wordy[xml_number(node->parent)] |= words && !xml_is_blank(child);
        if (words)
            pass_take_out(pass, child);
        else
            xmlAddPrevSibling(node, child);
    }
    pass_remove(pass, node);
}

static void handle_html(struct pass *pass, xmlNode *node, const struct html_element *html)
{
    pass_report(pass, node, html->code, xml_name(node), str_of(html->ours));
    if (html->ours[0] != '\0')
        rename_element(pass, node, str_of(html->ours));
    else if (strcmp(html->code, "html-active") == 0)
        pass_take_out(pass, node);
    else
        unwrap(pass, node, strcmp(html->code, "html-inline") == 0);
}

static void handle_misspelt(struct pass *pass, xmlNode *node, const struct expected *expected)
{
    struct names near = { (struct str *)(uintptr_t)expected->list, expected->count };
    struct str nearest = names_nearest(&near, xml_name(node));
    if (nearest.len == 0)
        nearest = names_nearest(&pass->check->schema->elements, xml_name(node));
    pass_report(pass, node, nearest.len ? "misspelt-element" : "unknown-element", xml_name(node), nearest);
    if (nearest.len)
        rename_element(pass, node, nearest);
    else
        pass_take_out(pass, node);
}

static void handle_misplaced(struct pass *pass, xmlNode *node, const struct expected *expected)
{
    pass->progress = true;
    if (moved_up(pass, node) || moved_down(pass, node, expected) || filled_gap(pass, node, expected))
        return;
    pass_report(pass, node, has_elder_twin(node) ? "repeated-element" : "element-not-here", xml_name(node), STR_NONE);
    pass_take_out(pass, node);
}

static bool is_ours(const xmlNode *node)
{
    return node->ns && strcmp((const char *)node->ns->href, "urn:lotse:course:1") == 0;
}

void repair_unexpected(struct pass *pass, xmlNode *node, const struct expected *expected)
{
    bool *told = &pass->told[xml_number(node)];
    struct str name = xml_name(node);
    const struct html_element *html = html_element(name);
    if (*told) {
        pass_take_out(pass, node);
        return;
    }
    *told = true;
    if (!is_ours(node)) {
        pass_report(pass, node, "foreign-element", name, STR_NONE);
        pass_take_out(pass, node);
    } else if (names_has(&pass->check->schema->elements, name)) {
        handle_misplaced(pass, node, expected);
    } else if (html) {
        handle_html(pass, node, html);
    } else {
        handle_misspelt(pass, node, expected);
    }
}
