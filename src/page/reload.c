/* reload: see reload.h. */
#include "page/reload.h"

#include "base/log.h"
#include "page/completion.h"
#include "page/indexing.h"

#include <pthread.h>
#include <time.h>

enum { LOOK_MILLISECONDS = 400, LOAD_CEILING = 16 * 1024 * 1024 };

struct reload {
    const struct app *app;
    struct arena arena; /* the folder's name */
    struct str folder;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ending;
    bool ends;
};

static void read_changes(const struct reload *r)
{
    struct arena work;
    arena_init(&work, LOAD_CEILING);
    enum status s = app_load_courses(r->app, r->folder.at, &work);
    if (s == OK)
        s = completions_settle(r->app);
    if (s == OK)
        s = indexing_settle(r->app);
    if (s)
        log_event(LOG_ERROR, "event=reload folder=%.*s why=%s", STR_ARG(r->folder), status_name(s));
    arena_release(&work);
}

/* False: the server ends. */
static bool wait_for_next_look(struct reload *r)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += LOOK_MILLISECONDS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&r->lock);
    int waited = 0;
    while (!r->ends && waited == 0)
        waited = pthread_cond_timedwait(&r->ending, &r->lock, &until);
    bool goes_on = !r->ends;
    pthread_mutex_unlock(&r->lock);
    return goes_on;
}

/* What was read last, and what the look before saw: a change is read when two looks agree on it. A folder that cannot be
 * read (0) is one that is being replaced. */
static void *look(void *context)
{
    struct reload *r = context;
    uint64_t loaded = r->app->folder_seen, before = 0;
    while (wait_for_next_look(r)) {
        uint64_t now = catalogue_fingerprint(r->folder.at);
        if (now != 0 && now != loaded && now == before) {
            read_changes(r);
            loaded = now;
        }
        before = now;
    }
    return NULL;
}

static void start_clocked(struct reload *r)
{
    pthread_condattr_t clocked;
    pthread_condattr_init(&clocked);
    pthread_condattr_setclock(&clocked, CLOCK_MONOTONIC);
    pthread_cond_init(&r->ending, &clocked);
    pthread_condattr_destroy(&clocked);
    pthread_mutex_init(&r->lock, NULL);
}

enum status reload_start(struct reload **out, const struct app *app)
{
    struct reload *r = *out = calloc(1, sizeof *r);
    if (!r)
        return NO_MEMORY;
    r->app = app;
    arena_init(&r->arena, 64 * 1024);
    r->folder = app_courses_folder(app, &r->arena);
    start_clocked(r);
    if (r->folder.at && pthread_create(&r->thread, NULL, look, r) == 0)
        return OK;
    arena_release(&r->arena);
    free(r);
    *out = NULL;
    return NO_MEMORY;
}

void reload_stop(struct reload *r)
{
    if (!r)
        return;
    pthread_mutex_lock(&r->lock);
    r->ends = true;
    pthread_cond_signal(&r->ending);
    pthread_mutex_unlock(&r->lock);
    pthread_join(r->thread, NULL);
    pthread_cond_destroy(&r->ending);
    pthread_mutex_destroy(&r->lock);
    arena_release(&r->arena);
    free(r);
}
