/* check_schema: validation against the XSD, all errors at once.
 *
 * libxml2 stops looking at an element's children after the first that does not fit. So the pass works on a tree of its
 * own: it validates, reports, repairs what it reported (renames, moves, adds a stand-in, takes out) and validates again
 * until nothing new is said. What kind of repair makes the rest fit also tells what was wrong: a child in the wrong
 * place, one that is missing, one that does not belong. The number of rounds and the bytes validated are bounded.
 * Trap: complaints are collected while libxml2 walks the tree and handled only afterwards, when it may be changed. */
#include "course/check/check_schema.h"

#include "course/translate.h"

#include <libxml/parser.h>

enum {
    MOST_VALIDATIONS = 400,
    MOST_BYTES = 64 * 1024 * 1024,
    MOST_COMPLAINTS = 250, /* of one round */
    EXPECTED_NAMED = 10
};

/* ---- listening ---- */

static bool comes_before_limit(const struct pass *pass, const xmlNode *node)
{
    while (node && node != pass->limit)
        node = node->next;
    return node || !pass->limit;
}

/* The same code is given for a child too many (node: the child) and too few (node: the parent). */
static bool is_about_missing(struct str words)
{
    return memmem(words.at, words.len, "Missing child", 13) != NULL;
}

static void listen_probe(struct pass *pass, const xmlError *error)
{
    const xmlNode *node = error->node;
    bool unexpected = error->code == XML_SCHEMAV_ELEMENT_CONTENT && node->parent == pass->probe->parent &&
                      !is_about_missing(str_of(error->message));
    if (unexpected && comes_before_limit(pass, node))
        pass->refused = true;
}

static bool is_reported_attribute(const xmlNode *node, const struct complaint *complaint)
{
    struct str name = values_attribute(complaint);
    const xmlAttr *attr = node->properties;
    while (attr && !str_is(name, (const char *)attr->name))
        attr = attr->next;
    return attr && attr->_private;
}

static void on_complaint(void *context, xmlErrorPtr error)
{
    struct pass *pass = context;
    xmlNode *node = error->node;
    if (!node || node->type != XML_ELEMENT_NODE || xml_is_made(node))
        return;
    if (pass->probe) {
        listen_probe(pass, error);
        return;
    }
    struct complaint complaint = { node, error->code, str_trim(str_of(error->message)) };
    if (pass->count == MOST_COMPLAINTS || is_reported_attribute(node, &complaint))
        return;
    complaint.words = str_copy(pass->check->arena, complaint.words);
    pass->complaints[pass->count++] = complaint;
}

/* False when the budget is spent. */
static bool validate(struct pass *pass)
{
    pass->bytes += pass->document->parsed.len;
    if (++pass->validations > MOST_VALIDATIONS || pass->bytes > MOST_BYTES)
        return false;
    xmlSchemaValidateDoc(pass->ctxt, pass->doc);
    return true;
}

bool pass_fits(struct pass *pass, const xmlNode *node, const xmlNode *limit)
{
    pass->probe = node;
    pass->limit = limit;
    pass->refused = false;
    bool tried = validate(pass);
    pass->probe = NULL;
    return tried && !pass->refused;
}

/* ---- what repairs have in common ---- */

xmlNode *pass_element_before(const xmlNode *node)
{
    xmlNode *before = node->prev;
    while (before && before->type != XML_ELEMENT_NODE)
        before = before->prev;
    return before;
}

static bool is_unsure(const struct document *document, const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE && !xml_is_made(node) && document->tags[xml_number(node)].unsure;
}

/* Of what is spilled, a misspelt name is said all the same. */
static bool is_about_place(const char *code)
{
    static const char *const codes[] = { "element-not-here", "repeated-element", "missing-before", "wrong-order" };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(code, codes[i]) == 0)
            return true;
    return false;
}

/* A child before an end whose beginning is missing. */
static bool is_spilled(const struct document *document, const xmlNode *node)
{
    const xmlNode *parent = node->parent;
    bool real = parent->type == XML_ELEMENT_NODE && !xml_is_made(parent) && !xml_is_made(node);
    return real && document->tags[xml_number(node)].at < document->tags[xml_number(parent)].spill;
}

/* Nothing of what was not validated is judged by what it holds. */
static void break_whole(const struct document *document, size_t number)
{
    uint32_t end = document->tags[number].end;
    for (size_t i = number; i < document->tag_count && (i == number || document->tags[i].at < end); i++)
        document->tags[i].broken = true;
}

/* Of what an element that is torn seems to hold, nothing is said. */
void pass_report(const struct pass *pass, const xmlNode *node, const char *code, struct str name, struct str other)
{
    if (is_unsure(pass->document, node->parent) ||
        (is_about_place(code) && is_spilled(pass->document, node))) {
        break_whole(pass->document, xml_number(node));
        return;
    }
    schema_error(pass->check, pass->document, node, NULL, code,
                 PARAMS(PARAM_OF_TEXT("name", name), PARAM_OF_TEXT("other", other),
                        PARAM_OF_TEXT("parent", node->parent->type == XML_ELEMENT_NODE ? xml_name(node->parent)
                                                                                       : STR("course"))));
}

xmlNode *pass_stand_in(const struct pass *pass, const xmlNode *like, struct str name)
{
    struct str word = str_copy(pass->check->arena, name);
    xmlNode *node = word.at ? xmlNewDocNode(pass->doc, like->ns, (const xmlChar *)word.at, NULL) : NULL;
    if (node)
        xml_mark_made(node);
    return node;
}

void pass_take_out(struct pass *pass, xmlNode *node)
{
    if (node->type == XML_ELEMENT_NODE && !xml_is_made(node))
        break_whole(pass->document, xml_number(node));
    pass_remove(pass, node);
}

void pass_remove(struct pass *pass, xmlNode *node)
{
    xmlUnlinkNode(node);
    xmlAddChild(pass->removed, node);
    pass->progress = true;
}

void schema_error(const struct check *check, const struct document *document, const xmlNode *element,
                  const char *attribute, const char *code, const struct message_param *params, size_t count)
{
    document->tags[xml_number(element)].broken = true;
    if (!is_unsure(document, element))
        check_error(check, document, element, attribute, code, params, count);
}

/* ---- missing children, words in the wrong place ---- */

/* libxml2 names ten at most. */
static struct str join_expected(const struct pass *pass, const struct expected *expected)
{
    struct str parts[MOST_EXPECTED + 1];
    size_t count = expected->count;
    for (size_t i = 0; i < count; i++)
        parts[i] = str_format(pass->check->arena, "<%.*s>", STR_ARG(expected->list[i]));
    if (count >= EXPECTED_NAMED - 1)
        parts[count++] = STR("…");
    return str_join(pass->check->arena, parts, count, STR(", "));
}

static bool ends_with_stand_in(const xmlNode *node, struct str name)
{
    const xmlNode *last = xmlGetLastChild(node);
    return last && xml_is_made(last) && str_equal(xml_name(last), name);
}

/* The stand-in lets the next round see what is missing after it; of two that are missing alike, one is said. */
static void handle_missing(struct pass *pass, xmlNode *node, const struct expected *expected)
{
    if (expected->count == 0)
        return;
    struct str first = expected->list[0];
    bool several = expected->count > 1;
    const struct tag *tag = &pass->document->tags[xml_number(node)];
    bool said = ends_with_stand_in(node, first) || (several && pass->wordy[xml_number(node)]) || tag->robbed ||
                tag->spill;
    if (!said) {
        pass_report(pass, node, several ? "missing-one-of" : "missing-element", xml_name(node),
                    several ? join_expected(pass, expected) : first);
    }
    xmlNode *missing = pass_stand_in(pass, node, first);
    if (missing)
        xmlAddChild(node, missing);
    pass->progress = missing != NULL;
}

static void handle_loose_words(struct pass *pass, xmlNode *node)
{
    for (xmlNode *text = node->children; text; text = text->next) {
        if (text->type != XML_TEXT_NODE || xml_is_blank(text))
            continue;
        pass->document->tags[xml_number(node)].broken = true;
        size_t words = scan_words(pass->document, text);
        if (!is_unsure(pass->document, node) && words >= pass->document->tags[xml_number(node)].spill)
            check_report(pass->check, pass->document, SEVERITY_ERROR, "loose-words", words,
                         PARAMS(PARAM_OF_TEXT("parent", xml_name(node))));
        xmlNodeSetContent(text, NULL);
        pass->wordy[xml_number(node)] = true;
        pass->progress = true;
    }
}

/* Elements where only plain words may stand: their own words take their place. */
static void handle_words_only(struct pass *pass, xmlNode *parent)
{
    xmlNode *next;
    for (xmlNode *node = parent->children; node; node = next) {
        next = node->next;
        if (node->type != XML_ELEMENT_NODE)
            continue;
        pass_report(pass, node, "words-only", xml_name(node), STR_NONE);
        xmlNode *words = xmlNewDocText(pass->doc, (const xmlChar *)"_");
        if (words)
            xmlAddPrevSibling(node, words);
        pass_take_out(pass, node);
    }
}

/* ---- one complaint ---- */

/* What may stand in an element but is never what completes it. */
static bool never_completes(struct str name)
{
    static const char *const optional[] = { "title", "thead", "material", "field", "objective", "reject", "otherwise" };
    for (size_t i = 0; i < sizeof optional / sizeof optional[0]; i++)
        if (str_is(name, optional[i]))
            return true;
    return false;
}

/* Of what could come next, what is missing: not one more of what is there, nor what may be left away. */
static struct expected missing_of(const xmlNode *parent, const struct expected *expected)
{
    struct expected missing = { .count = 0 };
    const xmlNode *last = xmlGetLastChild(parent);
    const xmlNode *latest = last && last->type != XML_ELEMENT_NODE ? pass_element_before(last) : last;
    for (size_t i = 0; i < expected->count; i++)
        if (!never_completes(expected->list[i]) && !(latest && str_equal(xml_name(latest), expected->list[i])))
            missing.list[missing.count++] = expected->list[i];
    return missing.count ? missing : *expected;
}

/* "Expected is one of ( {urn}a, {urn}b )." */
static struct expected expected_of(struct str words)
{
    struct expected expected = { .count = 0 };
    const char *start = memmem(words.at, words.len, "Expected is", 11);
    struct str rest = start ? str_from(words, (size_t)(start - words.at)) : STR_NONE;
    while (expected.count < MOST_EXPECTED) {
        size_t brace = str_find(rest, '}', 0);
        if (brace == rest.len)
            break;
        rest = str_from(rest, brace + 1);
        size_t end = 0;
        while (end < rest.len && rest.at[end] != ',' && rest.at[end] != ' ')
            end++;
        expected.list[expected.count++] = str_part(rest, 0, end);
    }
    return expected;
}

static void mark_attribute(struct pass *pass, xmlNode *node, struct str name)
{
    for (xmlAttr *attr = node->properties; attr; attr = attr->next)
        if (str_is(name, (const char *)attr->name) && !attr->_private) {
            attr->_private = attr;
            pass->progress = true;
        }
}

/* A stand-in with nothing in it; that its value does not fit is not said. */
static void add_attribute(struct pass *pass, xmlNode *node, struct str name)
{
    xmlAttr *attr = xmlNewProp(node, (const xmlChar *)name.at, (const xmlChar *)"-");
    if (attr)
        attr->_private = attr;
    pass->progress = attr != NULL;
}

static void handle_attribute(struct pass *pass, const struct complaint *complaint, struct str name)
{
    if (complaint->code == XML_SCHEMAV_CVC_COMPLEX_TYPE_4) {
        values_missing_attribute(pass->check, pass->document, complaint->node, name);
        add_attribute(pass, complaint->node, name);
        return;
    }
    bool unknown = complaint->code == XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1 ||
                   complaint->code == XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2;
    if (unknown)
        values_unknown_attribute(pass->check, pass->document, complaint->node, name);
    else
        values_report(pass->check, pass->document, complaint, name);
    mark_attribute(pass, complaint->node, name);
}

static bool first_time(struct pass *pass, const xmlNode *node)
{
    bool *told = &pass->told[xml_number(node)];
    bool first = !*told;
    *told = true;
    pass->progress |= first;
    return first;
}

/* An element's own words were refused: they are made to stand for any. */
static void handle_words(struct pass *pass, const struct complaint *complaint)
{
    if (!first_time(pass, complaint->node))
        return;
    values_report(pass->check, pass->document, complaint, STR_NONE);
    for (xmlNode *child = complaint->node->children; child; child = complaint->node->children)
        pass_take_out(pass, child);
    xmlNodeAddContent(complaint->node, (const xmlChar *)"_");
}

static void handle_content(struct pass *pass, const struct complaint *complaint)
{
    struct expected expected = expected_of(complaint->words);
    struct expected missing = missing_of(complaint->node, &expected);
    if (is_about_missing(complaint->words))
        handle_missing(pass, complaint->node, &missing);
    else if (complaint->node->parent)
        repair_unexpected(pass, complaint->node, &expected);
}

static void handle_other(struct pass *pass, const struct complaint *complaint)
{
    if (first_time(pass, complaint->node))
        schema_error(pass->check, pass->document, complaint->node, NULL, "schema",
                     PARAMS(PARAM_OF_TEXT("words", complaint->words)));
}

/* Whether an element's words do not fit its simple type. */
static bool is_about_words(int code)
{
    return code >= XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1 && code <= XML_SCHEMAV_CVC_ENUMERATION_VALID;
}

static void handle(struct pass *pass, const struct complaint *complaint)
{
    struct str name = values_attribute(complaint);
    struct str attribute = str_copy(pass->check->arena, name);
    switch (complaint->code) {
    case XML_SCHEMAV_ELEMENT_CONTENT:
        handle_content(pass, complaint);
        break;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3:
        handle_loose_words(pass, complaint->node);
        break;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2:
    case XML_SCHEMAV_CVC_TYPE_3_1_2:
        handle_words_only(pass, complaint->node);
        break;
    case XML_SCHEMAV_CVC_IDC: /* double ids: check_links says it with the other line */
        break;
    default:
        if (name.len)
            handle_attribute(pass, complaint, attribute);
        else if (is_about_words(complaint->code))
            handle_words(pass, complaint);
        else
            handle_other(pass, complaint);
    }
}

/* ---- the pass ---- */

/* False: the budget was spent, or nobody reads further findings. */
static bool run_rounds(struct pass *pass)
{
    do {
        pass->count = 0;
        pass->progress = false;
        if (!validate(pass))
            return false;
        for (size_t i = 0; i < pass->count && !findings_full(pass->check->findings); i++)
            handle(pass, &pass->complaints[i]);
    } while (pass->progress && !findings_full(pass->check->findings));
    return !pass->progress;
}

/* A translation is judged together with what it need not repeat. */
static enum status open_tree(struct pass *pass)
{
    const struct document *document = pass->document;
    struct xml_problem problem;
    if (document->source)
        return translate_merge(document->source->doc, document->doc, &pass->check->schema->elements,
                               pass->check->arena, &pass->doc);
    return xml_parse(document->mended, pass->check->arena, &problem, &pass->doc);
}

static enum status open_pass(struct pass *pass)
{
    struct arena *arena = pass->check->arena;
    enum status status = open_tree(pass);
    pass->ctxt = xmlSchemaNewValidCtxt(pass->check->schema->xsd);
    pass->complaints = ARENA_ARRAY(arena, MOST_COMPLAINTS, struct complaint);
    pass->told = ARENA_ARRAY(arena, pass->document->tag_count + 1, bool);
    pass->wordy = ARENA_ARRAY(arena, pass->document->tag_count + 1, bool);
    pass->removed = status == OK ? xmlNewDocNode(pass->doc, NULL, (const xmlChar *)"removed", NULL) : NULL;
    if (status == OK && (!pass->removed || !pass->ctxt || !pass->complaints || !pass->told || !pass->wordy))
        status = NO_MEMORY;
    if (pass->ctxt)
        xmlSchemaSetValidStructuredErrors(pass->ctxt, on_complaint, pass);
    return status;
}

enum status check_schema(const struct check *check, struct document *document)
{
    struct pass pass = { .check = check, .document = document };
    enum status status = open_pass(&pass);
    if (status == OK && !run_rounds(&pass) && document->tag_count)
        break_whole(document, 0);
    xmlSchemaFreeValidCtxt(pass.ctxt);
    xmlFreeNode(pass.removed);
    xmlFreeDoc(pass.doc);
    return status;
}
