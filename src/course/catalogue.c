/* catalogue: see catalogue.h. Whoever takes a catalogue counts as its holder, and so does the catalogue_holder itself
 * while it is the current one; the last to let go frees it. Loading fills a new one outside of the lock. */
#include "course/catalogue.h"

#include <assert.h>
#include <dirent.h>
#include <pthread.h>
#include <sys/stat.h>

enum { PACKS_MOST = 1000, FILES_CEILING = 32 * 1024 * 1024, FINDINGS_CEILING = 16 * 1024 * 1024 };

struct live {
    struct arena arena; /* the files' bytes */
    struct pack_files files;
    struct course *course;
};

struct edition {
    struct catalogue public_view; /* readers hold its address */
    size_t holders;
    struct live *packs; /* in the order of the courses */
    const struct course **courses;
};

struct catalogue_holder {
    pthread_mutex_t lock;
    struct edition *current;
};

/* ---- editions ---- */

static struct edition *new_edition(size_t most)
{
    struct edition *e = calloc(1, sizeof *e);
    if (!e)
        return NULL;
    e->holders = 1;
    e->packs = calloc(most + 1, sizeof *e->packs); /* never 0 elements, so that NULL means no memory */
    e->courses = calloc(most + 1, sizeof *e->courses);
    e->public_view.courses = e->courses;
    e->public_view.edition = e;
    return e;
}

static void free_live(struct live *pack)
{
    course_free(pack->course);
    arena_release(&pack->arena);
}

static void free_edition(struct edition *e)
{
    for (size_t i = 0; e->packs && i < e->public_view.count; i++)
        free_live(&e->packs[i]);
    free(e->packs);
    free(e->courses);
    free(e);
}

/* Keeps the packs sorted by the id of their course. false: the id is there already. */
static bool insert(struct edition *e, const struct live *pack)
{
    size_t at = 0;
    while (at < e->public_view.count && str_compare(e->courses[at]->id, pack->course->id) < 0)
        at++;
    if (at < e->public_view.count && str_equal(e->courses[at]->id, pack->course->id))
        return false;
    for (size_t i = e->public_view.count++; i > at; i--) {
        e->packs[i] = e->packs[i - 1];
        e->courses[i] = e->courses[i - 1];
    }
    e->packs[at] = *pack;
    e->courses[at] = pack->course;
    return true;
}

/* ---- holding ---- */

enum status catalogue_open(struct catalogue_holder **out)
{
    struct catalogue_holder *h = calloc(1, sizeof *h);
    struct edition *empty = new_edition(0);
    *out = NULL;
    if (!h || !empty || !empty->packs || !empty->courses) {
        if (empty)
            free_edition(empty);
        free(h);
        return NO_MEMORY;
    }
    pthread_mutex_init(&h->lock, NULL);
    h->current = empty;
    *out = h;
    return OK;
}

static void let_go(struct catalogue_holder *h, struct edition *e)
{
    pthread_mutex_lock(&h->lock);
    assert(e->holders > 0);
    bool last = --e->holders == 0;
    pthread_mutex_unlock(&h->lock);
    if (last)
        free_edition(e);
}

void catalogue_close(struct catalogue_holder *h)
{
    if (!h)
        return;
    let_go(h, h->current);
    pthread_mutex_destroy(&h->lock);
    free(h);
}

const struct catalogue *catalogue_take(struct catalogue_holder *h)
{
    pthread_mutex_lock(&h->lock);
    struct edition *e = h->current;
    e->holders++;
    pthread_mutex_unlock(&h->lock);
    return &e->public_view;
}

void catalogue_release(struct catalogue_holder *h, const struct catalogue *c)
{
    if (c)
        let_go(h, c->edition);
}

static void swap_in(struct catalogue_holder *h, struct edition *fresh)
{
    pthread_mutex_lock(&h->lock);
    struct edition *old = h->current;
    h->current = fresh;
    pthread_mutex_unlock(&h->lock);
    let_go(h, old);
}

/* ---- loading ---- */

/* What one catalogue_load carries through. */
struct loading {
    const struct pack_schema *schema;
    struct edition *edition;
    struct arena work; /* findings of one pack */
    void (*each)(void *context, struct str pack, const struct findings *);
    void *context;
};

static enum status read_and_build(const struct loading *l, const char *directory, struct live *pack,
                                  struct findings *findings)
{
    enum status status = pack_read(directory, &pack->arena, &pack->files, findings);
    if (status == OK)
        status = pack_load(l->schema, &pack->files, findings, &pack->course);
    if (status == OK && !insert(l->edition, pack)) {
        struct message_param id = PARAM_OF_TEXT("id", pack->course->id);
        findings_add(findings, SEVERITY_ERROR, "course-twice", STR("course.xml"), 0, 0, &id, 1);
        status = INVALID;
    }
    return status;
}

/* INVALID concerns this pack alone; only memory running out stops everything. */
static enum status load_pack(struct loading *l, const char *directory, const char *name)
{
    struct findings findings;
    struct live pack = { .course = NULL };
    arena_reset(&l->work);
    arena_init(&pack.arena, FILES_CEILING);
    findings_init(&findings, &l->work);
    struct str path = str_format(&l->work, "%s/%s", directory, name);
    enum status status = path.at ? read_and_build(l, path.at, &pack, &findings) : NO_MEMORY;
    if (status)
        free_live(&pack);
    if (l->each)
        l->each(l->context, str_of(name), &findings);
    return status == NO_MEMORY ? NO_MEMORY : OK;
}

/* A folder that holds a course.xml; links are not followed. */
static bool is_pack(const char *directory, const char *name)
{
    struct arena a;
    struct stat st;
    arena_init(&a, 16 * 1024);
    const char *folder = str_format(&a, "%s/%s", directory, name).at;
    const char *source = str_format(&a, "%s/%s/course.xml", directory, name).at;
    bool is = name[0] != '.' && folder && source && lstat(folder, &st) == 0 && S_ISDIR(st.st_mode) &&
              lstat(source, &st) == 0 && S_ISREG(st.st_mode);
    arena_release(&a);
    return is;
}

static enum status load_packs(struct loading *l, const char *directory, struct dirent **entries, size_t count)
{
    enum status status = OK;
    for (size_t i = 0; i < count && status == OK; i++)
        if (is_pack(directory, entries[i]->d_name))
            status = load_pack(l, directory, entries[i]->d_name);
    return status;
}

static void free_entries(struct dirent **entries, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(entries[i]);
    free(entries);
}

/* By bytes: alphasort would ask the locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

enum status catalogue_load(struct catalogue_holder *h, const struct pack_schema *schema, const char *directory,
                           void (*each)(void *context, struct str pack, const struct findings *), void *context)
{
    struct dirent **entries;
    int found = scandir(directory, &entries, NULL, by_name);
    if (found < 0)
        return UNAVAILABLE;
    size_t count = (size_t)found;
    struct loading l = { .schema = schema, .edition = new_edition(count), .each = each, .context = context };
    arena_init(&l.work, FINDINGS_CEILING);
    bool ready = l.edition && l.edition->packs && l.edition->courses;
    enum status status = ready ? OK : NO_MEMORY;
    if (status == OK)
        status = count > PACKS_MOST ? TOO_LARGE : load_packs(&l, directory, entries, count);
    arena_release(&l.work);
    free_entries(entries, count);
    if (status == OK)
        swap_in(h, l.edition);
    else if (l.edition)
        free_edition(l.edition);
    return status;
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
    const struct edition *e = c->edition;
    for (size_t i = 0; i < c->count; i++)
        if (e->courses[i] == course)
            return &e->packs[i].files;
    return NULL;
}
