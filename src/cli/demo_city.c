/* demo_city: see demo_city.h. */
#include "cli/demo_city.h"

#include "cli/demo_table.h"

/* ---------- units ---------- */

int demo_city_unit(const struct demo_city *city, struct str code)
{
    for (size_t i = 0; i < city->unit_count; i++)
        if (str_equal(city->units[i].unit.code, code))
            return (int)i;
    return -1;
}

/* The rows stand in preorder: a unit's place is its index. */
static enum status read_units(struct demo_city *city, struct arena *a, struct str *problem)
{
    size_t room = 0;
    struct demo_table t;
    enum status s = demo_table_open(&t, "demo/units.tsv");
    while (s == OK && demo_table_next(&t)) {
        struct demo_unit u = { .parent = demo_city_unit(city, t.columns[1]) };
        if (!str_to_int(t.columns[3], &u.weight) || u.weight < 0)
            return demo_table_refuse(&t, "the weight is not a whole number", a, problem);
        if ((u.parent < 0) != (city->unit_count == 0))
            return demo_table_refuse(&t, "the parent does not stand above", a, problem);
        int32_t place = (int32_t)city->unit_count;
        u.unit = (struct unit){
            .code = t.columns[0], .name = t.columns[2], .place = place, .last = place, .parent = u.parent
        };
        city->weight += u.weight;
        city->units = arena_grow(a, city->units, city->unit_count, &room, sizeof u);
        if (!city->units)
            return NO_MEMORY;
        city->units[city->unit_count++] = u;
    }
    return s;
}

static enum status close_intervals(struct demo_city *city, struct str *problem)
{
    for (size_t i = city->unit_count; i-- > 1;) {
        struct unit *parent = &city->units[city->units[i].parent].unit;
        if (parent->last < city->units[i].unit.last)
            parent->last = city->units[i].unit.last;
    }
    *problem = STR("demo/units.tsv holds no staff");
    return city->weight > 0 ? OK : INVALID;
}

int demo_city_department(const struct demo_city *city, int unit)
{
    while (city->units[unit].parent > 0)
        unit = city->units[unit].parent;
    return unit;
}

/* ---------- functions ---------- */

/* "digcomp-3.0:4.1=2 digcomp-3.0:4.2=1": one pair after the other; false at the end or where the number is none. */
static bool next_pair(struct str *rest, struct str *name, int64_t *number)
{
    struct str pair = str_cut(rest, ' ');
    *name = str_cut(&pair, '=');
    return name->len > 0 && str_to_int(pair, number);
}

static enum status read_targets(struct demo_function *f, const struct demo_table *t, struct arena *a,
                                struct str *problem)
{
    size_t room = 0;
    struct str rest = t->columns[5], competence;
    int64_t level;
    while (rest.len) {
        if (!next_pair(&rest, &competence, &level) || level < 1 || level > 4)
            return demo_table_refuse(t, "a target is COMPETENCE=LEVEL", a, problem);
        f->targets = arena_grow(a, f->targets, f->target_count, &room, sizeof *f->targets);
        if (!f->targets)
            return NO_MEMORY;
        f->targets[f->target_count++] = (struct target){ competence, (int)level };
    }
    return OK;
}

/* The nearest listed unit above a unit wins: parents stand first, so each unit inherits what its parent has become. */
static enum status read_places(struct demo_function *f, const struct demo_city *city, const struct demo_table *t,
                               struct arena *a, struct str *problem)
{
    enum { INHERITED = -1 };
    struct str rest = t->columns[6], code;
    int64_t weight;
    f->weights = ARENA_ARRAY(a, city->unit_count, int);
    if (!f->weights)
        return NO_MEMORY;
    for (size_t i = 1; i < city->unit_count; i++)
        f->weights[i] = INHERITED;
    while (rest.len) {
        bool pair = next_pair(&rest, &code, &weight);
        int unit = pair ? demo_city_unit(city, code) : -1;
        if (unit < 0 || weight < 0 || weight > 1000)
            return demo_table_refuse(t, "a place is UNIT=WEIGHT with a unit of units.tsv", a, problem);
        f->weights[unit] = (int)weight;
    }
    for (size_t i = 1; i < city->unit_count; i++)
        if (f->weights[i] == INHERITED)
            f->weights[i] = f->weights[city->units[i].parent];
    return OK;
}

static enum status read_functions(struct demo_city *city, struct arena *a, struct str *problem)
{
    size_t room = 0;
    struct demo_table t;
    enum status s = demo_table_open(&t, "demo/functions.tsv");
    while (s == OK && demo_table_next(&t)) {
        struct demo_function f = { .function = { .code = t.columns[0] } };
        for (int lang = 0; lang < LANG_COUNT; lang++)
            f.function.name[lang] = t.columns[1 + lang];
        s = read_targets(&f, &t, a, problem);
        if (s == OK)
            s = read_places(&f, city, &t, a, problem);
        city->functions = arena_grow(a, city->functions, city->function_count, &room, sizeof f);
        if (!city->functions)
            return NO_MEMORY;
        city->functions[city->function_count++] = f;
    }
    return s;
}

int demo_city_function(const struct demo_city *city, struct str code)
{
    for (size_t i = 0; i < city->function_count; i++)
        if (str_equal(city->functions[i].function.code, code))
            return (int)i;
    return -1;
}

int demo_city_draw_function(const struct demo_city *city, int unit, struct random *r)
{
    int64_t sum = 0;
    for (size_t i = 0; i < city->function_count; i++)
        sum += city->functions[i].weights[unit];
    int64_t pick = sum ? (int64_t)random_below(r, (uint64_t)sum) : 0;
    for (size_t i = 0; i < city->function_count; i++) {
        pick -= city->functions[i].weights[unit];
        if (pick < 0)
            return (int)i;
    }
    return 0; /* the root: nobody's own place */
}

/* ---------- names ---------- */

static enum status read_names(struct demo_city *city, struct arena *a, struct str *problem)
{
    size_t given_room = 0, family_room = 0;
    struct demo_table t;
    enum status s = demo_table_open(&t, "demo/names.tsv");
    while (s == OK && demo_table_next(&t)) {
        bool given = str_is(t.columns[0], "given");
        if (!given && !str_is(t.columns[0], "family"))
            return demo_table_refuse(&t, "a name is given or family", a, problem);
        struct str **names = given ? &city->given : &city->family;
        size_t *count = given ? &city->given_count : &city->family_count;
        *names = arena_grow(a, *names, *count, given ? &given_room : &family_room, sizeof **names);
        if (!*names)
            return NO_MEMORY;
        (*names)[(*count)++] = t.columns[1];
    }
    if (s == OK && (city->given_count == 0 || city->family_count == 0))
        s = demo_table_refuse(&t, "names of both kinds are needed", a, problem);
    return s;
}

enum status demo_city_read(struct demo_city *city, struct arena *a, struct str *problem)
{
    *city = (struct demo_city){ 0 };
    enum status s = read_units(city, a, problem);
    if (s == OK)
        s = close_intervals(city, problem);
    if (s == OK)
        s = read_functions(city, a, problem);
    return s ? s : read_names(city, a, problem);
}

/* ---------- writing ---------- */

static enum status write_units(struct demo_city *city, struct db_conn *conn)
{
    enum status s = OK;
    for (size_t i = 0; s == OK && i < city->unit_count; i++) {
        struct demo_unit *u = &city->units[i];
        s = unit_add(conn, &u->unit, u->parent < 0 ? 0 : city->units[u->parent].unit.id, &u->unit.id);
    }
    return s;
}

static enum status write_functions(struct demo_city *city, struct db_conn *conn)
{
    enum status s = OK;
    for (size_t i = 0; s == OK && i < city->function_count; i++) {
        struct demo_function *f = &city->functions[i];
        s = function_add(conn, &f->function, &f->function.id);
        for (size_t k = 0; s == OK && k < f->target_count; k++)
            s = target_add(conn, f->function.id, &f->targets[k]);
    }
    return s;
}

enum status demo_city_write(struct demo_city *city, struct db_conn *conn)
{
    enum status s = write_units(city, conn);
    return s ? s : write_functions(city, conn);
}
