/* template_compile: a set of templates from their sources. Every template is parsed, and when all are, linked. */
#include "doc/template_program.h"

#include <assert.h>

enum { SET_CEILING = 64 * 1024 * 1024, PROBLEMS_CEILING = 64 * 1024 };

static int by_name(const void *a, const void *b)
{
    return str_compare(((const struct template_source *)a)->name, ((const struct template_source *)b)->name);
}

static int to_program(const void *name, const void *program)
{
    return str_compare(*(const struct str *)name, ((const struct program *)program)->name);
}

struct program *template_find(const struct template_set *set, struct str name)
{
    return set->count ? bsearch(&name, set->programs, set->count, sizeof *set->programs, to_program) : NULL;
}

bool template_has(const struct template_set *set, struct str name)
{
    return template_find(set, name) != NULL;
}

struct op *template_add_op(struct arena *a, struct ops *ops, uint32_t *room, struct op op)
{
    if (ops->count == *room) {
        uint32_t wider = *room ? *room * 2 : 32;
        struct op *moved = ARENA_ARRAY(a, wider, struct op);
        if (!moved)
            return NULL;
        if (ops->count)
            memcpy(moved, ops->first, ops->count * sizeof *moved);
        ops->first = moved;
        *room = wider;
    }
    ops->first[ops->count] = op;
    return &ops->first[ops->count++];
}

static void parse_all(struct template_set *set, const struct template_source *sources, struct buf *problems)
{
    for (size_t i = 0; i < set->count; i++) {
        set->programs[i].name = str_copy(&set->arena, sources[i].name);
        if (i > 0 && str_equal(sources[i].name, sources[i - 1].name))
            buf_add_format(problems, "%.*s.mustache:1: there are two of this name\n", STR_ARG(sources[i].name));
        template_parse(set, &set->programs[i], str_copy(&set->arena, sources[i].text), problems);
    }
}

static void link_all(struct template_set *set, struct buf *problems)
{
    for (size_t i = 0; i < set->count; i++)
        template_link(set, &set->programs[i], problems);
}

static struct template_set *new_set(const struct template_options *options, size_t count)
{
    struct template_set *set = calloc(1, sizeof *set);
    if (!set)
        return NULL;
    set->options = *options;
    arena_init(&set->arena, SET_CEILING);
    set->programs = ARENA_ARRAY(&set->arena, count, struct program);
    set->count = set->programs ? count : 0;
    return set;
}

static enum status compile_into(struct template_set *set, struct template_source *sources, struct arena *a,
                                struct str *problem)
{
    struct buf problems;
    buf_init(&problems, PROBLEMS_CEILING);
    qsort(sources, set->count, sizeof *sources, by_name);
    parse_all(set, sources, &problems);
    if (arena_status(&set->arena) == OK)
        link_all(set, &problems);
    struct str found = buf_str(&problems);
    if (found.len)
        *problem = str_copy(a, str_part(found, 0, found.len - 1)); /* without the last line feed */
    buf_release(&problems);
    return arena_status(&set->arena) != OK ? NO_MEMORY : found.len ? INVALID : OK;
}

enum status template_compile(struct template_set **out, const struct template_source *sources, size_t count,
                             const struct template_options *options, struct arena *a, struct str *problem)
{
    assert(options->lenient || options->messages);
    *out = NULL;
    *problem = STR_NONE;
    struct template_source *sorted = ARENA_ARRAY(a, count, struct template_source);
    struct template_set *set = sorted ? new_set(options, count) : NULL;
    if (!set)
        return NO_MEMORY;
    if (count)
        memcpy(sorted, sources, count * sizeof *sorted);
    enum status status = compile_into(set, sorted, a, problem);
    if (status == OK)
        *out = set;
    else
        template_free(set);
    return status;
}

void template_free(struct template_set *set)
{
    if (!set)
        return;
    arena_release(&set->arena);
    free(set);
}
