/* indexing: brings the full text (store/search_index.h) to what the live courses say. */
#ifndef PAGE_INDEXING_H
#define PAGE_INDEXING_H

#include "page/app.h"
#include "store/search_index.h"

/* What of a course is found, in all its languages. Practice and test are not in it: no key and no feedback leaks through an
 * excerpt. Everything lives in the arena; a hash of STR_NONE: it has failed. */
struct search_course indexing_course(const struct course *, struct arena *);

/* One change; nothing is written where no course says anything else than before. Called by who owns the database: before
 * serving, and when packs were read again. */
enum status indexing_settle(const struct app *) MUST_CHECK;

#endif
