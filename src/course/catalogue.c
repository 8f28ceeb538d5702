/* catalogue: see catalogue.h. Three things are counted, all under the one mutex: who holds an edition, in how many
 * editions a pack stands, and in how many packs a state is live. Loading happens outside of it, in one thread. */
#include "course/catalogue.h"

#include "course/pack_folder.h"

#include <assert.h>
#include <dirent.h>
#include <pthread.h>

enum { PACKS_MOST = 1000, FILES_CEILING = 256 * 1024 * 1024, FINDINGS_CEILING = 16 * 1024 * 1024 };

/* A good state of a pack. */
struct live {
    size_t holders;      /* packs */
    struct arena arena;  /* the files' bytes */
    struct pack_files files;
    struct course *course;
};

/* A pack's folder as it was read once. */
struct pack {
    size_t holders;     /* editions */
    struct arena arena; /* the folder's name, the findings */
    uint64_t fingerprint;
    struct findings findings;
    struct live *live; /* NULL: no good state */
    bool kept;
    struct str folder;
    int64_t loaded_at;
};

struct edition {
    struct catalogue catalogue; /* what readers see */
    struct edition *next;
    size_t holders;      /* readers, and the holder itself while it is the current one */
    struct pack **packs; /* sorted by folder */
    struct pack_status *statuses;
    const struct course **courses;
    struct live **lives; /* in the order of the courses */
};

struct catalogue_holder {
    pthread_mutex_t lock;
    struct edition *editions; /* all that somebody holds; the current one first */
};

/* ---- freeing ---- */

static void free_live(struct live *live)
{
    if (!live)
        return;
    course_free(live->course);
    arena_release(&live->arena);
    free(live);
}

static void free_pack(struct pack *pack)
{
    if (!pack)
        return;
    arena_release(&pack->arena);
    free(pack);
}

static void free_edition(struct edition *e)
{
    free(e->packs);
    free(e->statuses);
    free(e->courses);
    free(e->lives);
    free(e);
}

static void let_go_of_pack(struct pack *pack)
{
    if (--pack->holders > 0)
        return;
    if (pack->live && --pack->live->holders == 0)
        free_live(pack->live);
    free_pack(pack);
}

static void free_packs_of(struct edition *e)
{
    for (size_t i = 0; i < e->catalogue.pack_count; i++)
        let_go_of_pack(e->packs[i]);
    free_edition(e);
}

/* ---- editions ---- */

static struct edition *new_edition(size_t most)
{
    struct edition *e = calloc(1, sizeof *e);
    if (!e)
        return NULL;
    e->holders = 1;
    e->packs = calloc(most + 1, sizeof *e->packs); /* never 0 elements, so that NULL means no memory */
    e->statuses = calloc(most + 1, sizeof *e->statuses);
    e->courses = calloc(most + 1, sizeof *e->courses);
    e->lives = calloc(most + 1, sizeof *e->lives);
    e->catalogue = (struct catalogue){ .courses = e->courses, .packs = e->statuses };
    if (e->packs && e->statuses && e->courses && e->lives)
        return e;
    free_edition(e);
    return NULL;
}

/* Where the id stands, or has to be put. */
static size_t place_of_id(const struct edition *e, struct str id)
{
    size_t at = 0;
    while (at < e->catalogue.count && str_compare(e->courses[at]->id, id) < 0)
        at++;
    return at;
}

static bool is_taken(const struct edition *e, const struct live *live)
{
    size_t at = live ? place_of_id(e, live->course->id) : e->catalogue.count;
    return at < e->catalogue.count && str_equal(e->courses[at]->id, live->course->id);
}

static void insert_course(struct edition *e, struct live *live)
{
    size_t at = place_of_id(e, live->course->id), count = e->catalogue.count;
    for (size_t i = count; i > at; i--) {
        e->courses[i] = e->courses[i - 1];
        e->lives[i] = e->lives[i - 1];
    }
    e->courses[at] = live->course;
    e->lives[at] = live;
    e->catalogue.count++;
}

static void add_pack(struct edition *e, struct pack *pack)
{
    size_t at = e->catalogue.pack_count++;
    bool shown = pack->live && !is_taken(e, pack->live);
    if (shown)
        insert_course(e, pack->live);
    e->packs[at] = pack;
    e->statuses[at] = (struct pack_status){
        .folder = pack->folder,
        .course = shown ? pack->live->course : NULL,
        .findings = &pack->findings,
        .kept = pack->kept,
        .loaded_at = pack->loaded_at,
    };
}

/* ---- holding ---- */

enum status catalogue_open(struct catalogue_holder **out)
{
    struct catalogue_holder *h = calloc(1, sizeof *h);
    struct edition *empty = new_edition(0);
    *out = NULL;
    if (!h || !empty) {
        if (empty)
            free_edition(empty);
        free(h);
        return NO_MEMORY;
    }
    pthread_mutex_init(&h->lock, NULL);
    h->editions = empty;
    *out = h;
    return OK;
}

static struct edition **place_of(struct catalogue_holder *h, const struct catalogue *c)
{
    struct edition **place = &h->editions;
    while (&(*place)->catalogue != c)
        place = &(*place)->next;
    return place;
}

void catalogue_release(struct catalogue_holder *h, const struct catalogue *c)
{
    if (!c)
        return;
    pthread_mutex_lock(&h->lock);
    struct edition **place = place_of(h, c), *e = *place;
    assert(e->holders > 0);
    if (--e->holders == 0) {
        *place = e->next;
        free_packs_of(e);
    }
    pthread_mutex_unlock(&h->lock);
}

void catalogue_close(struct catalogue_holder *h)
{
    if (!h)
        return;
    catalogue_release(h, &h->editions->catalogue);
    pthread_mutex_destroy(&h->lock);
    free(h);
}

const struct catalogue *catalogue_take(struct catalogue_holder *h)
{
    pthread_mutex_lock(&h->lock);
    struct edition *e = h->editions;
    e->holders++;
    pthread_mutex_unlock(&h->lock);
    return &e->catalogue;
}

/* Counts what the new edition holds; until now only this thread knew of it. */
static void swap_in(struct catalogue_holder *h, struct edition *fresh)
{
    pthread_mutex_lock(&h->lock);
    const struct catalogue *old = &h->editions->catalogue;
    for (size_t i = 0; i < fresh->catalogue.pack_count; i++)
        if (fresh->packs[i]->holders++ == 0 && fresh->packs[i]->live)
            fresh->packs[i]->live->holders++;
    fresh->next = h->editions;
    h->editions = fresh;
    pthread_mutex_unlock(&h->lock);
    catalogue_release(h, old);
}

/* Packs that were read for it go; those that stand in the current edition stay. */
static void discard(struct catalogue_holder *h, struct edition *fresh)
{
    pthread_mutex_lock(&h->lock);
    for (size_t i = 0; i < fresh->catalogue.pack_count; i++) {
        struct pack *pack = fresh->packs[i];
        if (pack->holders > 0)
            continue;
        if (pack->live && pack->live->holders == 0)
            free_live(pack->live);
        free_pack(pack);
    }
    pthread_mutex_unlock(&h->lock);
    free_edition(fresh);
}

/* ---- loading ---- */

/* What one catalogue_load carries through. old is held by this thread. */
struct loading {
    const struct pack_schema *schema;
    const struct edition *old;
    struct edition *fresh;
    const char *directory;
    int64_t now;
    void (*each)(void *context, const struct pack_status *);
    void *context;
};

static struct pack *find_pack(const struct edition *e, const char *folder)
{
    for (size_t i = 0; i < e->catalogue.pack_count; i++)
        if (str_is(e->packs[i]->folder, folder))
            return e->packs[i];
    return NULL;
}

/* INVALID: the findings say why; *out is NULL then. */
static enum status load_live(const struct loading *l, const char *path, struct findings *findings, struct live **out)
{
    struct live *live = calloc(1, sizeof *live);
    *out = NULL;
    if (!live)
        return NO_MEMORY;
    arena_init(&live->arena, FILES_CEILING);
    enum status status = pack_read(path, &live->arena, &live->files, findings);
    if (status == OK)
        status = pack_load(l->schema, &live->files, findings, &live->course);
    if (status == OK)
        *out = live;
    else
        free_live(live);
    return status;
}

static struct pack *new_pack(const struct loading *l, const char *folder, uint64_t fingerprint)
{
    struct pack *pack = calloc(1, sizeof *pack);
    if (!pack)
        return NULL;
    arena_init(&pack->arena, FINDINGS_CEILING);
    findings_init(&pack->findings, &pack->arena);
    pack->folder = str_copy(&pack->arena, str_of(folder));
    pack->fingerprint = fingerprint;
    pack->loaded_at = l->now;
    return pack;
}

/* What is wrong with it concerns this pack alone; only memory running out stops everything. */
static enum status read_pack(const struct loading *l, const char *path, const struct pack *before, struct pack *pack)
{
    enum status status = load_live(l, path, &pack->findings, &pack->live);
    if (status != OK && before && before->live) {
        pack->live = before->live;
        pack->kept = true;
    }
    return status == NO_MEMORY ? NO_MEMORY : arena_status(&pack->arena);
}

/* A course that is there twice is an error of the later folder. It is read anew until the other one is gone. */
static void complain_of_twin(struct pack *pack)
{
    struct message_param id = PARAM_OF_TEXT("id", pack->live->course->id);
    findings_add(&pack->findings, SEVERITY_ERROR, "course-twice", STR("course.xml"), 0, 0, &id, 1);
    pack->fingerprint = 0;
}

static enum status load_pack(struct loading *l, const char *folder)
{
    char path[4096];
    int len = snprintf(path, sizeof path, "%s/%s", l->directory, folder);
    if (len < 0 || (size_t)len >= sizeof path)
        return OK; /* the system could not open it either */
    struct pack *before = find_pack(l->old, folder);
    uint64_t fingerprint = pack_folder_fingerprint(path);
    bool unchanged = before && fingerprint && before->fingerprint == fingerprint;
    if (unchanged && !is_taken(l->fresh, before->live)) {
        add_pack(l->fresh, before);
        return OK;
    }
    struct pack *pack = new_pack(l, folder, fingerprint);
    if (!pack)
        return NO_MEMORY;
    enum status status = read_pack(l, path, before, pack);
    if (is_taken(l->fresh, pack->live))
        complain_of_twin(pack);
    add_pack(l->fresh, pack);
    if (l->each && status == OK)
        l->each(l->context, &l->fresh->statuses[l->fresh->catalogue.pack_count - 1]);
    return status;
}

/* By bytes: alphasort would ask the locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void free_entries(struct dirent **entries, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(entries[i]);
    free(entries);
}

static enum status load_packs(struct loading *l, struct dirent **entries, size_t count)
{
    enum status status = count > PACKS_MOST ? TOO_LARGE : OK;
    for (size_t i = 0; i < count && status == OK; i++)
        if (pack_folder_is(l->directory, entries[i]->d_name))
            status = load_pack(l, entries[i]->d_name);
    return status;
}

enum status catalogue_load(struct catalogue_holder *h, const struct pack_schema *schema, const char *directory,
                           int64_t now, void (*each)(void *context, const struct pack_status *), void *context)
{
    struct dirent **entries;
    int found = scandir(directory, &entries, NULL, by_name);
    if (found < 0)
        return UNAVAILABLE;
    size_t count = (size_t)found;
    const struct catalogue *old = catalogue_take(h);
    struct loading l = {
        .schema = schema,
        .old = h->editions, /* only this thread changes which one is current */
        .fresh = new_edition(count),
        .directory = directory,
        .now = now,
        .each = each,
        .context = context,
    };
    enum status status = l.fresh ? load_packs(&l, entries, count) : NO_MEMORY;
    free_entries(entries, count);
    if (status == OK)
        swap_in(h, l.fresh);
    else if (l.fresh)
        discard(h, l.fresh);
    catalogue_release(h, old);
    return status;
}

uint64_t catalogue_fingerprint(const char *directory)
{
    return pack_folder_fingerprint(directory);
}

/* ---- reading ---- */

static int id_against_course(const void *id, const void *course)
{
    return str_compare(*(const struct str *)id, (*(const struct course *const *)course)->id);
}

const struct course *catalogue_course(const struct catalogue *c, struct str id)
{
    if (c->count == 0)
        return NULL;
    const struct course *const *found = bsearch(&id, c->courses, c->count, sizeof *c->courses, id_against_course);
    return found ? *found : NULL;
}

const struct pack_files *catalogue_files(const struct catalogue *c, const struct course *course)
{
    const struct edition *e = (const struct edition *)c;
    for (size_t i = 0; i < c->count; i++)
        if (e->courses[i] == course)
            return &e->lives[i]->files;
    return NULL;
}
