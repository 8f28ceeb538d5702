/* xml: see xml.h. Traps: libxml2 reports faults through the context's SAX block, so that nothing global is set;
 * the number of an element rides in its _private, which no one else uses. */
#include "course/xml.h"

#include <assert.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

/* What the callbacks of one parser share. */
struct parse {
    struct arena *arena;
    struct xml_problem *problem;
    size_t number;
};

static xmlParserInputPtr load_nothing(const char *url, const char *id, xmlParserCtxtPtr ctxt)
{
    (void)url;
    (void)id;
    (void)ctxt;
    return NULL;
}

void xml_start(void)
{
    xmlInitParser();
    xmlSetExternalEntityLoader(load_nothing);
}

static void blame(struct parse *parse, enum xml_fault fault, int line, int column, const char *words)
{
    if (parse->problem->fault != XML_FAULT_NONE)
        return;
    *parse->problem = (struct xml_problem){
        .fault = fault,
        .line = line,
        .column = column,
        .words = str_copy(parse->arena, str_trim(str_of(words))),
    };
}

static enum xml_fault fault_of(const xmlError *error)
{
    bool entity = error->code == XML_ERR_UNDECLARED_ENTITY || error->code == XML_WAR_UNDECLARED_ENTITY;
    return entity ? XML_FAULT_ENTITY : XML_FAULT_SYNTAX;
}

static void on_error(void *context, xmlErrorPtr error)
{
    xmlParserCtxt *ctxt = context;
    if (error->level >= XML_ERR_ERROR)
        blame(ctxt->_private, fault_of(error), error->line, error->int2, error->message);
}

/* The parser stands behind the name of the document type; nothing of the subset has been read yet. */
static void on_dtd(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name;
    (void)external;
    (void)system;
    xmlParserCtxt *ctxt = context;
    blame(ctxt->_private, XML_FAULT_DTD, ctxt->input->line, ctxt->input->col, "document type declaration");
    xmlStopParser(ctxt);
}

/* Character references in a value can leave several text nodes; readers rely on one. */
static bool join_value(xmlAttr *attr)
{
    if (attr->children && !attr->children->next && attr->children->type == XML_TEXT_NODE)
        return true;
    xmlChar *value = xmlNodeListGetString(attr->doc, attr->children, 1);
    xmlNode *text = xmlNewDocText(attr->doc, value);
    xmlFree(value);
    if (!text)
        return false;
    xmlFreeNodeList(attr->children);
    text->parent = (xmlNode *)attr;
    attr->children = attr->last = text;
    return true;
}

static enum status finish_element(struct parse *parse, xmlNode *element)
{
    element->_private = (void *)(uintptr_t)parse->number++;
    for (xmlAttr *attr = element->properties; attr; attr = attr->next)
        if (!join_value(attr))
            return NO_MEMORY;
    return OK;
}

/* Numbers the elements and measures the depth; libxml2 itself has refused more than 256 levels. */
static enum status finish_tree(struct parse *parse, xmlNode *parent, int depth)
{
    enum status status = finish_element(parse, parent);
    for (xmlNode *node = parent->children; node && status == OK; node = node->next) {
        if (node->type == XML_ENTITY_REF_NODE) {
            blame(parse, XML_FAULT_ENTITY, (int)xmlGetLineNo(parent), 0, (const char *)node->name);
            return MALFORMED;
        }
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (depth == XML_MAX_DEPTH) {
            blame(parse, XML_FAULT_DEPTH, (int)xmlGetLineNo(node), 0, "too deep");
            return TOO_LARGE;
        }
        status = finish_tree(parse, node, depth + 1);
    }
    return status;
}

static xmlParserCtxt *new_parser(struct parse *parse)
{
    xmlParserCtxt *ctxt = xmlNewParserCtxt();
    if (ctxt) {
        ctxt->_private = parse;
        ctxt->sax->serror = on_error;
        ctxt->sax->internalSubset = on_dtd;
    }
    return ctxt;
}

static enum status finish(struct parse *parse, const xmlParserCtxt *ctxt, xmlDoc *doc)
{
    if (ctxt->lastError.code == XML_ERR_NO_MEMORY)
        return NO_MEMORY;
    if (!doc || !ctxt->wellFormed || parse->problem->fault != XML_FAULT_NONE) {
        blame(parse, XML_FAULT_SYNTAX, ctxt->lastError.line, ctxt->lastError.int2, ctxt->lastError.message);
        return MALFORMED;
    }
    return finish_tree(parse, xmlDocGetRootElement(doc), 1);
}

enum status xml_parse(struct str bytes, struct arena *arena, struct xml_problem *problem, xmlDoc **out)
{
    *problem = (struct xml_problem){ .fault = XML_FAULT_NONE };
    *out = NULL;
    struct parse parse = { .arena = arena, .problem = problem };
    if (bytes.len > XML_MAX_BYTES) {
        blame(&parse, XML_FAULT_SIZE, 0, 0, "too large");
        return TOO_LARGE;
    }
    xmlParserCtxt *ctxt = new_parser(&parse);
    if (!ctxt)
        return NO_MEMORY;
    int flags = XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES;
    xmlDoc *doc = xmlCtxtReadMemory(ctxt, bytes.at ? bytes.at : "", (int)bytes.len, NULL, "UTF-8", flags);
    enum status status = finish(&parse, ctxt, doc);
    xmlFreeParserCtxt(ctxt);
    if (status == OK)
        *out = doc;
    else
        xmlFreeDoc(doc);
    return status;
}

static const xmlNode *element_from(const xmlNode *node)
{
    while (node && node->type != XML_ELEMENT_NODE)
        node = node->next;
    return node;
}

const xmlNode *xml_root(const xmlDoc *doc)
{
    return xmlDocGetRootElement(doc);
}

const xmlNode *xml_first(const xmlNode *parent)
{
    return parent ? element_from(parent->children) : NULL;
}

const xmlNode *xml_next(const xmlNode *node)
{
    return element_from(node->next);
}

const xmlNode *xml_child(const xmlNode *parent, const char *name)
{
    const xmlNode *node = xml_first(parent);
    while (node && !xml_is(node, name))
        node = xml_next(node);
    return node;
}

const xmlNode *xml_next_same(const xmlNode *node)
{
    const char *name = (const char *)node->name;
    do {
        node = xml_next(node);
    } while (node && !xml_is(node, name));
    return node;
}

size_t xml_count(const xmlNode *parent, const char *name)
{
    size_t count = 0;
    for (const xmlNode *node = xml_child(parent, name); node; node = xml_next_same(node))
        count++;
    return count;
}

const xmlNode *xml_walk(const xmlNode *top, const xmlNode *now)
{
    const xmlNode *next = xml_first(now);
    while (!next && now != top) {
        next = xml_next(now);
        now = now->parent;
    }
    return next;
}

struct str xml_name(const xmlNode *node)
{
    return str_of((const char *)node->name);
}

bool xml_is(const xmlNode *node, const char *name)
{
    return node && strcmp((const char *)node->name, name) == 0;
}

struct str xml_attr(const xmlNode *node, const char *name)
{
    for (const xmlAttr *attr = node->properties; attr; attr = attr->next)
        if (strcmp((const char *)attr->name, name) == 0)
            return str_of(attr->children->content ? (const char *)attr->children->content : "");
    return STR_NONE;
}

bool xml_flag(const xmlNode *node, const char *name)
{
    return str_is(xml_attr(node, name), "yes");
}

int xml_int(const xmlNode *node, const char *name, int fallback)
{
    int64_t value;
    bool fits = str_to_int(str_trim(xml_attr(node, name)), &value) && value >= INT32_MIN && value <= INT32_MAX;
    return fits ? (int)value : fallback;
}

static bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Writes to at what text says, collapsing white space across calls by means of *pending. */
static size_t squeeze(char *at, size_t used, const char *text, bool *pending)
{
    for (; text && *text; text++) {
        if (is_white(*text)) {
            *pending = used > 0;
            continue;
        }
        if (*pending)
            at[used++] = ' ';
        *pending = false;
        at[used++] = *text;
    }
    return used;
}

static size_t squeeze_tree(char *at, size_t used, const xmlNode *parent, bool *pending)
{
    for (const xmlNode *node = parent->children; node; node = node->next) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
            used = squeeze(at, used, (const char *)node->content, pending);
        else if (node->type == XML_ELEMENT_NODE)
            used = squeeze_tree(at, used, node, pending);
    }
    return used;
}

static size_t text_bytes(const xmlNode *parent)
{
    size_t bytes = 0;
    for (const xmlNode *node = parent->children; node; node = node->next) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
            bytes += node->content ? strlen((const char *)node->content) : 0;
        else if (node->type == XML_ELEMENT_NODE)
            bytes += text_bytes(node);
    }
    return bytes;
}

struct str xml_text(const xmlNode *node, struct arena *arena)
{
    char *at = node ? arena_alloc(arena, text_bytes(node) + 1) : NULL;
    bool pending = false;
    return at ? (struct str){ at, squeeze_tree(at, 0, node, &pending) } : STR_NONE;
}

bool xml_is_blank(const xmlNode *text)
{
    for (const char *c = (const char *)text->content; c && *c; c++)
        if (!is_white(*c))
            return false;
    return true;
}

struct str xml_language(const xmlNode *node)
{
    struct str tag = STR_NONE;
    for (; node && node->type == XML_ELEMENT_NODE && !tag.at; node = node->parent)
        tag = xml_attr(node, "lang");
    return tag;
}

/* ---- numbers ---- */

static const char made; /* its address in _private marks an element that stands in no file */

size_t xml_number(const xmlNode *element)
{
    assert(!xml_is_made(element));
    return (size_t)(uintptr_t)element->_private;
}

void xml_number_all(xmlDoc *doc)
{
    xmlNode *root = xmlDocGetRootElement(doc), *node = root;
    for (size_t number = 0; node; number++) {
        node->_private = (void *)(uintptr_t)number;
        node = (xmlNode *)(uintptr_t)xml_walk(root, node);
    }
}

void xml_mark_made(xmlNode *element)
{
    element->_private = (void *)(uintptr_t)&made;
}

bool xml_is_made(const xmlNode *element)
{
    return element->_private == &made;
}
