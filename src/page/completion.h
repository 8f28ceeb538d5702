/* completion: what finishes a course, as the store is told: ids from the live packs. Lists live in the arena given. */
#ifndef PAGE_COMPLETION_H
#define PAGE_COMPLETION_H

#include "page/app.h"
#include "store/progress.h"

/* As of that day: a lesson may be valid only later. Its lists are without bytes when the arena has failed: ask arena_status. */
struct completion_rule completion_rule_of(const struct course *, int32_t day, struct arena *);
/* Those of all live courses; NULL: no memory. */
struct completion_rule *completion_rules_of(const struct catalogue *, int32_t day, struct arena *);

/* Before serving, and when packs were read again: a new version of a pack may ask for less than the one before, and somebody may have done all of it
 * already. One change a course. */
enum status completions_settle(const struct app *) MUST_CHECK;

#endif
