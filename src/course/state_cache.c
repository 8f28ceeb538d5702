/* state_cache: see state_cache.h. A list under one mutex, most recently used first. An entry whose course is NULL is
 * being loaded by the thread that made it; others that want it wait on the condition and look again. */
#include "course/state_cache.h"

#include "course/build.h"
#include "course/xml.h"

#include <assert.h>
#include <pthread.h>

enum { HASH_LEN = 64, FILES_CEILING = 40 * 1024 * 1024 };

struct state {
    struct state *next;
    char hash[HASH_LEN];
    struct course *course; /* NULL: being loaded */
    size_t holders;        /* its loader included */
};

struct state_cache {
    pthread_mutex_t lock;
    pthread_cond_t loaded;
    const struct pack_schema *schema;
    struct state *first;
    size_t count;
};

enum status state_cache_new(struct state_cache **out, const struct pack_schema *schema)
{
    struct state_cache *c = calloc(1, sizeof *c);
    *out = c;
    if (!c)
        return NO_MEMORY;
    c->schema = schema;
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->loaded, NULL);
    return OK;
}

static void free_state(struct state *s)
{
    course_free(s->course);
    free(s);
}

void state_cache_free(struct state_cache *c)
{
    if (!c)
        return;
    while (c->first) {
        struct state *s = c->first;
        assert(s->holders == 0);
        c->first = s->next;
        free_state(s);
    }
    pthread_cond_destroy(&c->loaded);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

/* ---- under the lock ---- */

static void unlink_state(struct state_cache *c, const struct state *s)
{
    struct state **link = &c->first;
    while (*link != s)
        link = &(*link)->next;
    *link = s->next;
    c->count--;
}

static void push(struct state_cache *c, struct state *s)
{
    s->next = c->first;
    c->first = s;
    c->count++;
}

static struct state *find(const struct state_cache *c, struct str hash)
{
    struct state *s = c->first;
    while (s && memcmp(s->hash, hash.at, HASH_LEN) != 0)
        s = s->next;
    return s;
}

/* Unlinks the least recently used state that nobody holds while there are too many; NULL: nothing to drop. */
static struct state *drop_one(struct state_cache *c)
{
    struct state *oldest = NULL;
    for (struct state *s = c->first; s && c->count > STATE_CACHE_MOST; s = s->next)
        if (s->holders == 0)
            oldest = s;
    if (oldest)
        unlink_state(c, oldest);
    return oldest;
}

static struct state *add(struct state_cache *c, struct str hash)
{
    struct state *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    memcpy(s->hash, hash.at, HASH_LEN);
    s->holders = 1;
    push(c, s);
    return s;
}

/* Waits while somebody else loads it. NULL: it is not there (any more). */
static struct state *find_loaded(struct state_cache *c, struct str hash)
{
    struct state *s = find(c, hash);
    while (s && !s->course) {
        pthread_cond_wait(&c->loaded, &c->lock);
        s = find(c, hash);
    }
    return s;
}

/* ---- outside of the lock ---- */

static enum status build(const struct state_cache *c, struct str hash, const struct pack_files *files, struct arena *a,
                         struct course **course)
{
    const struct pack_file *source = pack_file(files, STR("course.xml"));
    if (!source || !str_equal(pack_hash(files, a), hash))
        return arena_status(a) ? NO_MEMORY : CORRUPT;
    struct xml_problem problem;
    xmlDoc *doc;
    enum status status = xml_parse(source->bytes, a, &problem, &doc);
    if (status)
        return status == NO_MEMORY ? NO_MEMORY : CORRUPT;
    status = course_build_all(doc, files, c->schema, hash, a, course);
    xmlFreeDoc(doc);
    return status;
}

static enum status load(const struct state_cache *c, struct str hash, state_loader *loader, void *context,
                        struct course **course)
{
    struct arena a;
    struct pack_files files = { .count = 0 };
    *course = NULL;
    arena_init(&a, FILES_CEILING);
    enum status status = loader(context, hash, &a, &files);
    if (status == OK)
        status = build(c, hash, &files, &a, course);
    arena_release(&a);
    return status;
}

/* The entry gets its course, or goes when there is none; those who wait look again and try themselves. */
static void settle(struct state_cache *c, struct state *s, struct course *course)
{
    pthread_mutex_lock(&c->lock);
    s->course = course;
    if (!course)
        unlink_state(c, s);
    struct state *dropped = drop_one(c);
    pthread_cond_broadcast(&c->loaded);
    pthread_mutex_unlock(&c->lock);
    if (!course)
        free_state(s);
    if (dropped)
        free_state(dropped);
}

enum status state_cache_take(struct state_cache *c, struct str hash, state_loader *loader, void *context,
                             const struct course **out)
{
    *out = NULL;
    if (hash.len != HASH_LEN)
        return NOT_FOUND;
    pthread_mutex_lock(&c->lock);
    struct state *s = find_loaded(c, hash);
    if (s) {
        s->holders++;
        unlink_state(c, s);
        push(c, s);
        *out = s->course;
    } else {
        s = add(c, hash);
    }
    pthread_mutex_unlock(&c->lock);
    if (!s)
        return NO_MEMORY;
    if (*out)
        return OK;
    struct course *course;
    enum status status = load(c, hash, loader, context, &course);
    settle(c, s, course);
    *out = course;
    return status;
}

void state_cache_release(struct state_cache *c, const struct course *course)
{
    if (!course)
        return;
    pthread_mutex_lock(&c->lock);
    struct state *s = c->first;
    while (s && s->course != course)
        s = s->next;
    assert(s && s->holders > 0);
    s->holders--;
    struct state *dropped = drop_one(c);
    pthread_mutex_unlock(&c->lock);
    if (dropped)
        free_state(dropped);
}
