/* reference_schema: reads the schema as a tree. Types are global and named, so an element's type is found by the names on
 * the way from the root; groups and extensions are followed by name. */
#include "course/reference_parts.h"

static const xmlNode *named(const xmlNode *schema, const char *what, struct str name)
{
    for (const xmlNode *node = xml_child(schema, what); node; node = xml_next_same(node))
        if (str_equal(xml_attr(node, "name"), name))
            return node;
    return NULL;
}

/* The declaration of a child in a type or group, wherever it stands in it. */
static const xmlNode *find_child(const xmlNode *schema, const xmlNode *in, struct str name)
{
    const xmlNode *found = NULL;
    for (const xmlNode *node = in; in && !found && (node = xml_walk(in, node));) {
        if (xml_is(node, "element") && str_equal(xml_attr(node, "name"), name))
            found = node;
        else if (xml_is(node, "group"))
            found = find_child(schema, named(schema, "group", xml_attr(node, "ref")), name);
        else if (xml_is(node, "extension"))
            found = find_child(schema, named(schema, "complexType", xml_attr(node, "base")), name);
    }
    return found;
}

const xmlNode *schema_type(const xmlNode *schema, const xmlNode *element)
{
    const xmlNode *declared;
    if (!element->parent || element->parent->type != XML_ELEMENT_NODE)
        declared = named(schema, "element", xml_name(element));
    else
        declared = find_child(schema, schema_type(schema, element->parent), xml_name(element));
    return declared ? named(schema, "complexType", xml_attr(declared, "type")) : NULL;
}

/* ---- attributes ---- */

struct list {
    struct arena *arena;
    struct reference_attribute *at;
    size_t count, room;
};

static void add(struct list *list, struct reference_attribute attribute)
{
    list->at = arena_grow(list->arena, list->at, list->count, &list->room, sizeof *list->at);
    if (list->at)
        list->at[list->count++] = attribute;
    else
        list->count = 0;
}

/* All values of a type that lists them, or the ends of its range. */
static void describe_values(const xmlNode *type, struct reference_attribute *attribute, struct arena *a)
{
    const xmlNode *limits = type ? xml_child(type, "restriction") : NULL;
    struct str *values = limits ? ARENA_ARRAY(a, xml_count(limits, "enumeration"), struct str) : NULL;
    const xmlNode *least = limits ? xml_child(limits, "minInclusive") : NULL;
    const xmlNode *most = limits ? xml_child(limits, "maxInclusive") : NULL;
    for (const xmlNode *n = values ? xml_child(limits, "enumeration") : NULL; n; n = xml_next_same(n))
        values[attribute->value_count++] = str_copy(a, xml_attr(n, "value"));
    attribute->values = values;
    if (least && most)
        attribute->range = str_format(a, "%.*s–%.*s", STR_ARG(xml_attr(least, "value")), STR_ARG(xml_attr(most, "value")));
}

static void add_attribute(struct list *list, const xmlNode *schema, const xmlNode *node)
{
    struct reference_attribute attribute = {
        .name = str_copy(list->arena, xml_attr(node, "name")),
        .type = str_copy(list->arena, xml_attr(node, "type")),
        .fallback = str_copy(list->arena, xml_attr(node, "default")),
        .needed = str_is(xml_attr(node, "use"), "required"),
    };
    describe_values(named(schema, "simpleType", attribute.type), &attribute, list->arena);
    add(list, attribute);
}

/* Any attribute of XML's own is declared for the sake of one, which the checker asks for. */
static void add_language(struct list *list)
{
    add(list, (struct reference_attribute){ .name = STR("xml:lang"), .type = STR("language"), .needed = true });
}

static void collect(struct list *list, const xmlNode *schema, const xmlNode *in)
{
    for (const xmlNode *node = in; in && (node = xml_walk(in, node));) {
        if (xml_is(node, "attribute"))
            add_attribute(list, schema, node);
        else if (xml_is(node, "attributeGroup"))
            collect(list, schema, named(schema, "attributeGroup", xml_attr(node, "ref")));
        else if (xml_is(node, "extension"))
            collect(list, schema, named(schema, "complexType", xml_attr(node, "base")));
        else if (xml_is(node, "anyAttribute"))
            add_language(list);
    }
}

struct reference_element schema_describe(const xmlNode *schema, const xmlNode *element, struct arena *a)
{
    struct list list = { .arena = a };
    collect(&list, schema, schema_type(schema, element));
    return (struct reference_element){
        .name = str_copy(a, xml_name(element)),
        .attributes = list.at,
        .attribute_count = list.count,
    };
}
