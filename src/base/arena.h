/* arena: memory with one lifetime, a request's or a catalogue's.
 *
 * Allocations are zeroed, aligned for any type, and freed together by arena_reset or arena_release.
 * A ceiling bounds the whole arena. When memory or ceiling is exhausted, arena_alloc returns NULL and the
 * arena stays failed until reset: builders may pass NULLs on and look once, at the end, with arena_status.
 * Foreign objects (an xmlDoc, a file) can be tied to the arena with a cleanup; cleanups run in reverse order.
 * An arena belongs to one thread at a time. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/status.h"

#include <stddef.h>

struct arena_block;
struct arena_cleanup;

struct arena {
    struct arena_block *blocks; /* newest first */
    struct arena_cleanup *cleanups;
    size_t used;    /* bytes handed out since reset */
    size_t highest; /* high-water mark since init */
    size_t ceiling;
    enum status status;
};

void arena_init(struct arena *, size_t ceiling);
/* Runs the cleanups, keeps the first block for reuse. */
void arena_reset(struct arena *);
void arena_release(struct arena *);

void *arena_alloc(struct arena *, size_t bytes);
/* count * size with overflow check. */
void *arena_array(struct arena *, size_t count, size_t size);
/* A list that grows: returns it with room for at least one element more than count (it may have moved), NULL on failure.
 * Start with NULL and *room = 0. */
void *arena_grow(struct arena *, void *list, size_t count, size_t *room, size_t size);
/* OK, or NO_MEMORY when any allocation since the last reset failed. */
enum status arena_status(const struct arena *) MUST_CHECK;
/* Calls done(object) at reset or release. Where the cleanup cannot be stored, done is called at once
 * and NO_MEMORY is returned. */
enum status arena_defer(struct arena *, void (*done)(void *object), void *object) MUST_CHECK;

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, count, type) ((type *)arena_array((arena), (count), sizeof(type)))

#endif
