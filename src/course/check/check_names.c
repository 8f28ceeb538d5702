/* check_names: the names that the schema declares, and the nearest one to a misspelt word. */
#include "course/check/check.h"

enum { LONGEST_NAME = 64, FAR = 9, MOST_SLIPS = 2 };

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static int cost(struct str a, struct str b, size_t i, size_t k, int diagonal, int left, int above)
{
    int change = diagonal + (a.at[i - 1] != b.at[k - 1]);
    return smaller(change, smaller(left, above) + 1);
}

/* Optimal string alignment: letters more, less, other, or two neighbours swapped. */
int names_distance(struct str a, struct str b)
{
    int rows[LONGEST_NAME + 1][LONGEST_NAME + 1];
    bool far = a.len > b.len + MOST_SLIPS || b.len > a.len + MOST_SLIPS;
    if (far || a.len > LONGEST_NAME || b.len > LONGEST_NAME)
        return FAR;
    for (size_t i = 0; i <= a.len; i++)
        for (size_t k = 0; k <= b.len; k++) {
            rows[i][k] = (int)(i + k);
            if (i == 0 || k == 0)
                continue;
            rows[i][k] = cost(a, b, i, k, rows[i - 1][k - 1], rows[i][k - 1], rows[i - 1][k]);
            if (i > 1 && k > 1 && a.at[i - 1] == b.at[k - 2] && a.at[i - 2] == b.at[k - 1])
                rows[i][k] = smaller(rows[i][k], rows[i - 2][k - 2] + 1);
        }
    return rows[a.len][b.len];
}

/* Short words are near to everything: one slip in four letters, two in more than five. */
static int slips_allowed(struct str word)
{
    return word.len < 3 ? 0 : word.len < 6 ? 1 : 2;
}

struct str names_nearest(const struct names *names, struct str word)
{
    struct str best = STR_NONE;
    int least = slips_allowed(word) + 1;
    for (size_t i = 0; i < names->count; i++) {
        int distance = names_distance(names->list[i], word);
        if (distance < least) {
            least = distance;
            best = names->list[i];
        }
    }
    return best;
}

bool names_has(const struct names *names, struct str word)
{
    for (size_t i = 0; i < names->count; i++)
        if (str_equal(names->list[i], word))
            return true;
    return false;
}

static void add(struct names *names, struct arena *arena, struct str name)
{
    if (name.len && !names_has(names, name))
        names->list[names->count++] = str_copy(arena, name);
}

static size_t count_elements(const xmlNode *root)
{
    size_t count = 0;
    for (const xmlNode *node = xml_walk(root, root); node; node = xml_walk(root, node))
        count++;
    return count;
}

static enum status collect(struct pack_schema *schema, const xmlNode *root)
{
    size_t room = count_elements(root) + 1;
    schema->elements.list = ARENA_ARRAY(&schema->arena, room, struct str);
    schema->attributes.list = ARENA_ARRAY(&schema->arena, room, struct str);
    if (!schema->elements.list || !schema->attributes.list)
        return NO_MEMORY;
    for (const xmlNode *node = xml_walk(root, root); node; node = xml_walk(root, node)) {
        if (xml_is(node, "element"))
            add(&schema->elements, &schema->arena, xml_attr(node, "name"));
        else if (xml_is(node, "attribute"))
            add(&schema->attributes, &schema->arena, xml_attr(node, "name"));
    }
    return arena_status(&schema->arena);
}

enum status names_of_schema(struct pack_schema *schema, struct str xsd)
{
    xmlDoc *doc;
    struct xml_problem problem;
    enum status status = xml_parse(xsd, &schema->arena, &problem, &doc);
    if (status != OK)
        return status;
    status = collect(schema, xml_root(doc));
    xmlFreeDoc(doc);
    return status;
}
