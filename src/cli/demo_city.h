/* demo_city: the demo's organisation and names, read from the binary's data/demo. Fictitious throughout.
 * Everything lives in the arena given to demo_city_read. */
#ifndef CLI_DEMO_CITY_H
#define CLI_DEMO_CITY_H

#include "course/random.h"
#include "store/org.h"

struct demo_unit {
    struct unit unit; /* id: once written */
    int parent;       /* index; -1: the root */
    int64_t weight;   /* share of the staff that belongs to the unit itself */
};

struct demo_function {
    struct job_function function;
    struct target *targets;
    size_t target_count;
    int *weights; /* one per unit: how often the function occurs there */
};

struct demo_city {
    struct demo_unit *units; /* in preorder */
    size_t unit_count;
    int64_t weight; /* of all units */
    struct demo_function *functions;
    size_t function_count;
    struct str *given, *family; /* names */
    size_t given_count, family_count;
};

/* INVALID: *problem names file and line. */
enum status demo_city_read(struct demo_city *, struct arena *, struct str *problem) MUST_CHECK;
/* Inside a change: units, functions and target profiles; fills in their ids. */
enum status demo_city_write(struct demo_city *, struct db_conn *) MUST_CHECK;

/* Index of the unit or function with that code; -1: none. */
int demo_city_unit(const struct demo_city *, struct str code);
int demo_city_function(const struct demo_city *, struct str code);
/* Index of the department (a child of the root) that holds the unit; the root is its own. */
int demo_city_department(const struct demo_city *, int unit);
/* A function drawn as they occur in the unit. */
int demo_city_draw_function(const struct demo_city *, int unit, struct random *);

#endif
