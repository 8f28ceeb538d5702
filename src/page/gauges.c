/* gauges: see gauges.h. */
#include "page/gauges.h"

#include "page/study.h"
#include "store/evidence.h"

struct gauge_input {
    struct target *targets;
    size_t target_count;
    struct standing_row *standings;
    size_t standing_count;
};

static int target_of(const struct gauge_input *in, struct str competence)
{
    for (size_t i = 0; i < in->target_count; i++)
        if (str_equal(in->targets[i].competence, competence))
            return in->targets[i].level;
    return 2; /* what most staff need, where the function's profile is silent */
}

static struct standing standing_of(const struct gauge_input *in, struct str competence)
{
    for (size_t i = 0; i < in->standing_count; i++)
        if (str_equal(in->standings[i].competence, competence))
            return in->standings[i].standing;
    return (struct standing){ .items_missing = ITEMS_TO_ASSESS };
}

static void put_gauge(struct exchange *x, const struct gauge_input *in, struct doc_node *list, struct str id)
{
    const struct framework *f = x->app->framework;
    const struct competence *competence = framework_find(f, id);
    struct standing standing = standing_of(in, id);
    int target = target_of(in, id);
    struct doc_node *row = doc_add_map(list);
    doc_put_text(row, "id", id);
    doc_put_text(row, "title", competence ? competence->title[x->lang] : id);
    doc_put_bool(row, "assessable", standing.assessable);
    doc_put_int(row, "level", standing.level);
    if (standing.level)
        doc_put_text(row, "level_name", f->level[standing.level][x->lang]);
    else
        doc_put_null(row, "level_name");
    doc_put_int(row, "target", target);
    doc_put_text(row, "target_name", f->level[target][x->lang]);
    doc_put_bool(row, "reached", standing.assessable && standing.level >= target);
    bool begun = standing.items_missing < ITEMS_TO_ASSESS;
    if (!standing.assessable && begun)
        put_count(row, "items_missing", standing.items_missing);
    else
        doc_put_null(row, "items_missing"); /* before the first test the number says nothing yet */
}

static enum status read_input(struct exchange *x, struct gauge_input *in, struct str *function_name)
{
    struct job_function function;
    *function_name = STR_NONE;
    enum status s = profile_of(x->view, x->visitor.person, x->today, x->arena, &function, &in->targets, &in->target_count);
    if (s == OK)
        *function_name = function.name[x->lang];
    if (s && s != NOT_FOUND)
        return s;
    return standings_of(x->view, x->visitor.learner, x->arena, &in->standings, &in->standing_count);
}

enum status gauges_put(struct exchange *x, struct doc_node *map, const struct str *only, size_t only_count,
                       struct str *function_name)
{
    struct gauge_input in = { 0 };
    enum status s = read_input(x, &in, function_name);
    struct doc_node *list = doc_put_list(map, "competences");
    if (s)
        return s;
    if (only)
        for (size_t i = 0; i < only_count; i++)
            put_gauge(x, &in, list, only[i]);
    else
        for (size_t i = 0; i < in.target_count; i++)
            put_gauge(x, &in, list, in.targets[i].competence);
    return arena_status(x->arena);
}
