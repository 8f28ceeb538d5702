/* option: what can be chosen, of which some are keys; shared by the kinds where one chooses (choice, select, hotspot,
 * the lists of a gap). Inside course/ only. Pure but for parsing. */
#ifndef COURSE_OPTION_H
#define COURSE_OPTION_H

#include "course/kind/kind.h"

struct option {
    struct str id;
    struct safe_html answer;
    struct safe_html feedback; /* markup empty: none */
    bool correct;
};

struct options {
    const struct option *list;
    size_t count;
    size_t key_count; /* options that are correct */
    bool several;     /* else exactly one is chosen */
};

/* The children of that name. CORRUPT: keys that the check would not have let through. */
enum status options_parse(struct prose *, const xmlNode *parent, const char *child, bool several, struct options *) MUST_CHECK;

const struct option *options_find(const struct options *, struct str id); /* NULL: none */
bool options_is_chosen(const struct given *, const struct option *);
bool options_accept(const struct options *, const struct given *);
/* One of several: all or nothing. Several: max(0, (rightly chosen - wrongly chosen) / keys), in thousandths. */
int options_points(const struct options *, const struct given *, bool all_or_nothing);
struct given options_solve(const struct options *, struct arena *);
struct given options_guess(const struct options *, struct random *, struct arena *);
enum outcome options_outcome(const struct option *, bool chosen);
/* {id, answer} in the order that the seed draws; each_form adds {html_id, checked}. */
void options_describe(const struct question *, const struct options *, uint64_t seed, struct doc_node *list);
void options_form(const struct question *, const struct options *, uint64_t seed, const struct given *,
                  struct str html_id, struct doc_node *list);
void options_result(const struct question *, const struct options *, uint64_t seed, const struct given *,
                    struct doc_node *marks);

/* Keys and words of the children of that name: none or too many correct, empty or repeated answers. */
void options_check(const struct check *, const struct document *, const xmlNode *parent, const char *child,
                   bool several);

#endif
