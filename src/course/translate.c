/* translate: see translate.h. Twins are found by sorting both lists of children by the same key, so that a hostile file
 * with a hundred thousand siblings costs no more than a long one. */
#include "course/translate.h"

#include "course/check/check.h"

/* ---- what belongs to whom ---- */

static bool is_one_of(struct str name, const char *const *names)
{
    while (*names && !str_is(name, *names))
        names++;
    return *names != NULL;
}

bool translate_is_container(const xmlNode *node)
{
    static const char *const containers[] = { "course", "test", "pool", "glossary", NULL };
    return is_one_of(xml_name(node), containers);
}

static bool has_words(const xmlNode *node)
{
    const xmlNode *child = node->children;
    while (child && !(child->type == XML_TEXT_NODE && !xml_is_blank(child)))
        child = child->next;
    return child != NULL;
}

/* By name where a line may hold but marked words; else whatever has words of its own (a prompt of a decision, a label). */
bool translate_is_line(const xmlNode *node)
{
    static const char *const lines[] = {
        "p",     "li",   "td",   "th",    "caption", "title", "answer", "feedback", "objective", "field",
        "label", "item", "left", "right", "spare",   "tray",  "from",   "subject",  NULL,
    };
    return is_one_of(xml_name(node), lines) || (has_words(node) && !translate_is_container(node));
}

/* What a number is compared with is the same in every language. */
bool translate_is_free(const xmlNode *node)
{
    static const char *const rules[] = { "accept", "reject", "otherwise", NULL };
    return is_one_of(xml_name(node), rules) && !xml_is(node->parent, "number");
}

bool translate_is_wording(struct str attribute)
{
    static const char *const wordings[] = { "alt", "label", "title", "unit", NULL };
    return is_one_of(attribute, wordings);
}

static bool is_head(const xmlNode *node)
{
    return xml_is(node, "title") || xml_is(node, "objective");
}

bool translate_is_head_only(const xmlNode *lesson)
{
    const xmlNode *node = xml_is(lesson, "lesson") ? xml_first(lesson) : lesson;
    while (node && is_head(node))
        node = xml_next(node);
    return !node;
}

/* ---- twins ---- */

/* By key; id-less siblings of one name in their order, so that the nth of them is known. */
static int compare_siblings(const void *a, const void *b)
{
    const struct sibling *one = *(struct sibling *const *)a, *other = *(struct sibling *const *)b;
    int order = str_compare(one->id, other->id);
    if (order == 0)
        order = str_compare(one->name, other->name);
    return order ? order : (one->place > other->place) - (one->place < other->place);
}

static int compare_keys(const struct sibling *one, const struct sibling *other)
{
    int order = str_compare(one->id, other->id);
    if (order == 0)
        order = str_compare(one->name, other->name);
    return order ? order : (one->nth > other->nth) - (one->nth < other->nth);
}

static void list_children(const xmlNode *parent, struct siblings *out)
{
    for (const xmlNode *node = xml_first(parent); node; node = xml_next(node), out->count++)
        out->list[out->count] =
            (struct sibling){ .node = node, .id = xml_attr(node, "id"), .name = xml_name(node), .place = out->count };
}

/* Those that can have a twin, sorted; their nth is set. */
static size_t sort_children(const struct siblings *siblings, struct sibling **sorted)
{
    size_t count = 0;
    for (size_t i = 0; i < siblings->count; i++)
        if (!translate_is_free(siblings->list[i].node))
            sorted[count++] = &siblings->list[i];
    if (count)
        qsort(sorted, count, sizeof *sorted, compare_siblings);
    for (size_t i = 1; i < count; i++)
        if (sorted[i]->id.len == 0 && sorted[i - 1]->id.len == 0 && str_equal(sorted[i]->name, sorted[i - 1]->name))
            sorted[i]->nth = sorted[i - 1]->nth + 1;
    return count;
}

static size_t count_children(const xmlNode *parent)
{
    size_t count = 0;
    for (const xmlNode *node = xml_first(parent); node; node = xml_next(node))
        count++;
    return count;
}

struct twins twins_of(const xmlNode *source, const xmlNode *translation, struct arena *arena)
{
    size_t here = count_children(source), there = count_children(translation);
    struct twins t = { { ARENA_ARRAY(arena, here + 1, struct sibling), 0 },
                       { ARENA_ARRAY(arena, there + 1, struct sibling), 0 } };
    struct sibling **left = ARENA_ARRAY(arena, here + 1, struct sibling *);
    struct sibling **right = ARENA_ARRAY(arena, there + 1, struct sibling *);
    if (!t.source.list || !t.words.list || !left || !right)
        return t;
    list_children(source, &t.source);
    list_children(translation, &t.words);
    here = sort_children(&t.source, left);
    there = sort_children(&t.words, right);
    for (size_t i = 0, k = 0; i < here && k < there;) {
        int order = compare_keys(left[i], right[k]);
        if (order == 0) {
            left[i]->twin = right[k];
            right[k]->twin = left[i];
        }
        i += order <= 0;
        k += order >= 0;
    }
    return t;
}

/* ---- merging ---- */

struct merge {
    xmlDoc *doc;
    struct arena *arena;
    const struct names *known;
    struct str source_tag;
    bool failed;
};

/* The numbers of a tree onto a copy of it. */
static void copy_numbers(const xmlNode *from, xmlNode *to)
{
    to->_private = from->_private;
    const xmlNode *node = xml_first(from);
    for (xmlNode *copy = to->children; copy; copy = copy->next)
        if (copy->type == XML_ELEMENT_NODE) {
            copy_numbers(node, copy);
            node = xml_next(node);
        }
}

static void mark_all_made(xmlNode *node)
{
    xml_mark_made(node);
    for (xmlNode *child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            mark_all_made(child);
}

static xmlNode *copy_node(struct merge *m, const xmlNode *node, int depth)
{
    xmlNode *copy = m->failed ? NULL : xmlDocCopyNode((xmlNode *)(uintptr_t)node, m->doc, depth);
    m->failed = m->failed || !copy;
    return copy;
}

static xmlNode *copy_words(struct merge *m, const xmlNode *words)
{
    xmlNode *copy = copy_node(m, words, 1);
    if (copy)
        copy_numbers(words, copy);
    return copy;
}

static void set_language(const struct merge *m, xmlNode *node, struct str tag)
{
    struct str value = str_copy(m->arena, tag);
    if (value.at)
        xmlNodeSetLang(node, (const xmlChar *)value.at);
}

static xmlNode *copy_source(struct merge *m, const xmlNode *source)
{
    xmlNode *copy = copy_node(m, source, 1);
    if (copy) {
        mark_all_made(copy);
        set_language(m, copy, m->source_tag);
    }
    return copy;
}

static bool may_be_copied(const xmlAttr *attr)
{
    struct str name = str_of((const char *)attr->name);
    return !attr->ns && !str_is(name, "id") && !translate_is_wording(name);
}

static void add_attributes(struct merge *m, xmlNode *node, const xmlNode *source)
{
    for (const xmlAttr *attr = source->properties; attr && !m->failed; attr = attr->next) {
        const char *name = (const char *)attr->name;
        if (may_be_copied(attr) && !xml_attr(node, name).at)
            m->failed = !xmlNewProp(node, attr->name, attr->children->content);
    }
}

static void append(struct merge *m, xmlNode *parent, xmlNode *child)
{
    if (child && !xmlAddChild(parent, child))
        m->failed = true;
}

/* Right behind an element of the translation, or (NULL) before everything else. */
static void insert(struct merge *m, xmlNode *parent, xmlNode *before, xmlNode *child)
{
    if (!child)
        return;
    if (before)
        m->failed = m->failed || !xmlAddNextSibling(before, child);
    else if (parent->children)
        m->failed = m->failed || !xmlAddPrevSibling(parent->children, child);
    else
        append(m, parent, child);
}

static bool is_kept(const struct merge *m, const xmlNode *words)
{
    return translate_is_free(words) || (m->known && !names_has(m->known, xml_name(words)));
}

/* What has no twin and yet has to stay: after what it follows in the translation. */
static void lay_rest(struct merge *m, xmlNode *parent, const xmlNode *words, xmlNode **laid)
{
    xmlNode *before = NULL;
    size_t i = 0;
    for (const xmlNode *node = words->children; node; node = node->next) {
        if (node->type == XML_TEXT_NODE && !xml_is_blank(node))
            insert(m, parent, before, copy_node(m, node, 1));
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (!laid[i] && is_kept(m, node)) {
            laid[i] = copy_words(m, node);
            insert(m, parent, before, laid[i]);
        }
        before = laid[i] ? laid[i] : before;
        i++;
    }
}

static xmlNode *lay(struct merge *, const xmlNode *source, const xmlNode *words);

static void lay_children(struct merge *m, xmlNode *parent, const xmlNode *source, const xmlNode *words)
{
    struct twins twins = twins_of(source, words, m->arena);
    xmlNode **laid = ARENA_ARRAY(m->arena, twins.words.count + 1, xmlNode *);
    for (size_t i = 0; i < twins.source.count && laid && !m->failed; i++) {
        const struct sibling *s = &twins.source.list[i];
        if (s->twin)
            append(m, parent, laid[s->twin->place] = lay(m, s->node, s->twin->node));
        else if (!translate_is_free(s->node))
            append(m, parent, copy_source(m, s->node));
    }
    if (laid && !m->failed)
        lay_rest(m, parent, words, laid);
}

/* The translated element with everything that it need not repeat. */
static xmlNode *lay(struct merge *m, const xmlNode *source, const xmlNode *words)
{
    bool line = translate_is_line(words);
    xmlNode *node = line ? copy_words(m, words) : copy_node(m, words, 2);
    if (!node)
        return NULL;
    node->_private = words->_private;
    add_attributes(m, node, source);
    if (!line)
        lay_children(m, node, source, words);
    return node;
}

enum status translate_merge(const xmlDoc *source, const xmlDoc *translation, const struct names *known,
                            struct arena *arena, xmlDoc **merged)
{
    const xmlNode *root = xml_root(source), *words = xml_root(translation);
    struct merge m = { .doc = xmlNewDoc(NULL), .arena = arena, .known = known, .source_tag = xml_attr(root, "lang") };
    *merged = NULL;
    xmlNode *top = m.doc ? lay(&m, root, words) : NULL;
    if (top)
        xmlDocSetRootElement(m.doc, top);
    if (!top || m.failed || arena_status(arena)) {
        xmlFreeDoc(m.doc);
        return NO_MEMORY;
    }
    *merged = m.doc;
    return OK;
}
