/* Ten years: packs of past releases load without an error, and the schema of namespace :1 grows only by what is optional.
 * See tests/kept/README.md. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/course_fixture.h"

#include <dirent.h>

#define LIST "tests/kept/schema-1.txt"

enum { MOST_LINES = 4000 };

static struct fixture x;

static int set_up(void **state)
{
    (void)state;
    fixture_open(&x);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close(&x);
    return 0;
}

/* ---- packs ---- */

static void load(const char *path)
{
    struct arena a;
    struct findings findings;
    struct pack_files files;
    struct course *course = NULL;
    arena_init(&a, 64 << 20);
    findings_init(&findings, &a);
    assert_int_equal(pack_read(path, &a, &files, &findings), OK);
    enum status status = pack_load(x.schema, &files, &findings, &course);
    const struct finding *f = findings.first;
    while (f && f->severity != SEVERITY_ERROR)
        f = f->next;
    if (status != OK)
        fail_msg("%s does not load any more: line %d, %s", path, f ? f->line : 0, f ? f->code : status_name(status));
    course_free(course);
    arena_release(&a);
}

/* Calls for each folder in a folder, where notes and lists stand, too; how many there are. */
static size_t each_entry(const char *folder, void (*visit)(const char *path))
{
    size_t count = 0;
    DIR *list = opendir(folder);
    assert_non_null(list);
    for (struct dirent *entry = readdir(list); entry; entry = readdir(list)) {
        struct str name = str_of(entry->d_name);
        if (str_starts(name, STR(".")) || str_ends(name, STR(".md")) || str_ends(name, STR(".txt")))
            continue;
        visit(str_format(&x.arena, "%s/%s", folder, entry->d_name).at);
        count++;
    }
    closedir(list);
    return count;
}

static void load_release(const char *path)
{
    assert_true(each_entry(path, load) > 0);
}

static void packs_of_all_releases_load(void **state)
{
    (void)state;
    assert_true(each_entry("tests/kept", load_release) > 0);
}

/* ---- the schema ---- */

/* "OWNER NAME", and whether a pack must have it. */
struct rule {
    struct str owner, name;
    bool required;
};

struct rules {
    struct rule list[MOST_LINES];
    size_t count;
};

static struct rules now, kept;

static bool is_schema(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

/* Names of what a declaration stands in: "course", "question-choice/option". */
static struct str owner_of(const xmlNode *node)
{
    struct str owner = STR("");
    for (const xmlNode *up = node->parent; up && up->type == XML_ELEMENT_NODE; up = up->parent) {
        struct str name = xml_attr(up, "name");
        if (name.len)
            owner = str_format(&x.arena, "%.*s%s%.*s", STR_ARG(name), owner.len ? "/" : "", STR_ARG(owner));
    }
    return owner.len ? owner : STR("schema");
}

/* An element must be there when nothing around it in its type lets it out. */
static bool is_required(const xmlNode *node)
{
    if (is_schema(node, "attribute"))
        return str_is(xml_attr(node, "use"), "required");
    for (; node && !is_schema(node, "complexType") && !is_schema(node, "group") && !is_schema(node, "schema"); node = node->parent)
        if (str_is(xml_attr(node, "minOccurs"), "0") || is_schema(node, "choice"))
            return false;
    return true;
}

static void add_rule(struct rules *rules, struct rule rule)
{
    for (size_t i = 0; i < rules->count; i++)
        if (str_equal(rules->list[i].owner, rule.owner) && str_equal(rules->list[i].name, rule.name)) {
            rules->list[i].required = rules->list[i].required && rule.required;
            return;
        }
    assert_true(rules->count < MOST_LINES);
    rules->list[rules->count++] = rule;
}

static void add_declaration(const xmlNode *node)
{
    struct str name = xml_attr(node, "name").len ? xml_attr(node, "name") : xml_attr(node, "ref");
    const char *sign = is_schema(node, "attribute") ? "@" : is_schema(node, "element") ? "<" : is_schema(node, "enumeration") ? "=" : "";
    if (!sign[0])
        return;
    struct str shown = sign[0] == '=' ? xml_attr(node, "value") : name;
    add_rule(&now, (struct rule){ .owner = owner_of(node),
                                  .name = str_format(&x.arena, "%s%.*s", sign, STR_ARG(shown)),
                                  .required = sign[0] != '=' && is_required(node) });
}

static void read_schema(void)
{
    struct xml_problem problem;
    xmlDoc *doc;
    now.count = 0;
    assert_int_equal(xml_parse(fixture_file(&x.arena, "courses/schema/course-1.xsd"), &x.arena, &problem, &doc), OK);
    const xmlNode *root = xml_root(doc);
    for (const xmlNode *node = xml_walk(root, root); node; node = xml_walk(root, node))
        add_declaration(node);
    for (size_t i = 0; i < now.count; i++)
        now.list[i].owner = str_copy(&x.arena, now.list[i].owner);
    xmlFreeDoc(doc);
}

static void read_list(void)
{
    struct str text = fixture_file(&x.arena, LIST);
    kept.count = 0;
    while (text.len) {
        struct str line = str_cut(&text, '\n'), owner = str_cut(&line, ' '), name = str_cut(&line, ' ');
        add_rule(&kept, (struct rule){ owner, name, str_is(line, "required") });
    }
}

static const struct rule *find(const struct rules *rules, const struct rule *rule)
{
    for (size_t i = 0; i < rules->count; i++)
        if (str_equal(rules->list[i].owner, rule->owner) && str_equal(rules->list[i].name, rule->name))
            return &rules->list[i];
    return NULL;
}

static bool has_owner(const struct rules *rules, struct str owner)
{
    for (size_t i = 0; i < rules->count; i++)
        if (str_equal(rules->list[i].owner, owner))
            return true;
    return false;
}

static void write_list(void)
{
    FILE *f = fopen(LIST, "w");
    assert_non_null(f);
    for (size_t i = 0; i < now.count; i++)
        fprintf(f, "%.*s %.*s %s\n", STR_ARG(now.list[i].owner), STR_ARG(now.list[i].name),
                now.list[i].required ? "required" : "optional");
    fclose(f);
}

static void the_schema_only_grows(void **state)
{
    (void)state;
    size_t broken = 0;
    read_schema();
    read_list();
    assert_true(kept.count > 200);
    for (size_t i = 0; i < kept.count; i++) {
        const struct rule *before = &kept.list[i], *after = find(&now, before);
        if (after && (before->required || !after->required))
            continue;
        print_message("%.*s %.*s %s\n", STR_ARG(before->owner), STR_ARG(before->name), after ? "is now required" : "is gone");
        broken++;
    }
    for (size_t i = 0; i < now.count; i++) {
        const struct rule *rule = &now.list[i];
        if (!rule->required || find(&kept, rule) || !has_owner(&kept, rule->owner) || str_is(rule->owner, "schema"))
            continue;
        print_message("%.*s requires a new %.*s\n", STR_ARG(rule->owner), STR_ARG(rule->name));
        broken++;
    }
    assert_int_equal(broken, 0);
    if (getenv("LOTSE_GOLDEN"))
        write_list();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packs_of_all_releases_load),
        cmocka_unit_test(the_schema_only_grows),
    };
    return cmocka_run_group_tests_name("course/kept", tests, set_up, tear_down);
}
