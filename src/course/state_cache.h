/* state_cache: courses as earlier attempts saw them, built again from the files that were stored with the first
 * attempt.
 *
 * A course is taken and released; at most STATE_CACHE_MOST stay in memory when nobody holds them, the least recently
 * used goes first. Loading happens outside of the lock, once per state: whoever wants the same one meanwhile waits for
 * it. Thread-safe. Ask the catalogue first: a state that is live needs no loading. */
#ifndef COURSE_STATE_CACHE_H
#define COURSE_STATE_CACHE_H

#include "course/pack.h"

enum { STATE_CACHE_MOST = 16 };

struct state_cache;

/* The schema must outlive the cache. */
enum status state_cache_new(struct state_cache **, const struct pack_schema *) MUST_CHECK;
void state_cache_free(struct state_cache *); /* nobody holds a course any more (asserted) */

/* Fetches the files of a state into the arena; they are needed only until the take returns. What it needs of a bounded
 * pool (a read view) it takes and gives back itself. */
typedef enum status state_loader(void *context, struct str hash, struct arena *, struct pack_files *);

/* May wait while another thread loads the same state: whoever calls it holds nothing of a bounded pool, or that thread may
 * wait for it in turn. OK, or what the loader said, CORRUPT (the files are not those of the hash), NO_MEMORY; then *course is NULL. The
 * files are not checked again: they were when they were stored, and later rules of the check must not take attempts
 * away. */
enum status state_cache_take(struct state_cache *, struct str hash, state_loader *, void *context,
                             const struct course **) MUST_CHECK;
void state_cache_release(struct state_cache *, const struct course *);

#endif
