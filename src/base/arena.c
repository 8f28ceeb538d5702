/* arena: a chain of blocks, bumped. Blocks grow from 16 KiB so that most requests need one.
 * Under AddressSanitizer what a reset gave back is poisoned: a view kept too long is found by any test. */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdint.h>

#if defined(__has_feature) && !defined(__SANITIZE_ADDRESS__) /* clang's way to say it */
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, bytes) ((void)(at), (void)(bytes))
#define ASAN_UNPOISON_MEMORY_REGION(at, bytes) ((void)(at), (void)(bytes))
#endif

struct arena_block {
    struct arena_block *older;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct arena_cleanup {
    struct arena_cleanup *older;
    void (*done)(void *);
    void *object;
};

enum { FIRST_BLOCK = 16 * 1024 };

void arena_init(struct arena *a, size_t ceiling)
{
    *a = (struct arena){ .ceiling = ceiling };
}

static void run_cleanups(struct arena *a)
{
    while (a->cleanups) {
        struct arena_cleanup *c = a->cleanups;
        a->cleanups = c->older;
        c->done(c->object);
    }
}

static void free_down_to(struct arena *a, struct arena_block *keep)
{
    while (a->blocks != keep) {
        struct arena_block *b = a->blocks;
        a->blocks = b->older;
        free(b);
    }
}

void arena_reset(struct arena *a)
{
    run_cleanups(a);
    struct arena_block *first = a->blocks;
    while (first && first->older)
        first = first->older;
    free_down_to(a, first);
    if (first) {
        first->used = 0;
        ASAN_POISON_MEMORY_REGION(first->bytes, first->size);
    }
    a->used = 0;
    a->status = OK;
}

void arena_release(struct arena *a)
{
    run_cleanups(a);
    free_down_to(a, NULL);
    a->used = 0;
    a->status = OK;
}

static struct arena_block *block_with(struct arena *a, size_t bytes)
{
    if (a->blocks && a->blocks->size - a->blocks->used >= bytes)
        return a->blocks;
    size_t size = a->blocks ? a->blocks->size * 2 : FIRST_BLOCK;
    if (size > 1024 * 1024)
        size = 1024 * 1024;
    if (size < bytes)
        size = bytes;
    struct arena_block *b = malloc(sizeof *b + size);
    if (!b)
        return NULL;
    *b = (struct arena_block){ .older = a->blocks, .size = size };
    ASAN_POISON_MEMORY_REGION(b->bytes, size);
    return a->blocks = b;
}

void *arena_alloc(struct arena *a, size_t bytes)
{
    const size_t align = alignof(max_align_t);
    size_t left = a->ceiling - a->used;
    size_t padded = bytes <= left ? (bytes + align - 1) / align * align : SIZE_MAX;
    struct arena_block *b = padded >= bytes && padded <= left ? block_with(a, padded) : NULL;
    if (!b) {
        a->status = NO_MEMORY;
        return NULL;
    }
    void *p = b->bytes + b->used;
    b->used += padded;
    a->used += padded;
    if (a->used > a->highest)
        a->highest = a->used;
    ASAN_UNPOISON_MEMORY_REGION(p, bytes);
    return memset(p, 0, bytes);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size) {
        a->status = NO_MEMORY;
        return NULL;
    }
    return arena_alloc(a, count * size);
}

void *arena_grow(struct arena *a, void *list, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return list;
    size_t wider = *room ? *room * 2 : 8;
    void *moved = arena_array(a, wider, size);
    if (moved && count)
        memcpy(moved, list, count * size);
    *room = moved ? wider : 0;
    return moved;
}

enum status arena_status(const struct arena *a)
{
    return a->status;
}

enum status arena_defer(struct arena *a, void (*done)(void *), void *object)
{
    assert(done);
    struct arena_cleanup *c = ARENA_NEW(a, struct arena_cleanup);
    if (!c) {
        done(object);
        return NO_MEMORY;
    }
    *c = (struct arena_cleanup){ .older = a->cleanups, .done = done, .object = object };
    a->cleanups = c;
    return OK;
}
