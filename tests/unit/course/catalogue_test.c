/* Live courses and earlier states: what is loaded and left out, who frees what, and threads that read while others load.
 * The last tests are worth most under the thread sanitizer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course/catalogue.h"
#include "course/course_fixture.h"
#include "course/state_cache.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

static struct fixture x;
static char folder[] = "/tmp/lotse-catalogue-XXXXXX";

/* ---- packs on disk ---- */

static const char *at(const char *name, const char *rest)
{
    return str_format(&x.arena, "%s/%s%s", folder, name, rest).at;
}

static struct str pack_xml(const char *id, const char *title)
{
    return str_format(&x.arena,
                      "<course xmlns=\"urn:lotse:course:1\" id=\"%s\" version=\"1.0.0\" xml:lang=\"de-CH\"><title>%s</title>"
                      "<summary><p>Worum es geht.</p></summary><lesson id=\"l\" minutes=\"5\"><title>L</title>"
                      "<objective id=\"o\" competence=\"digcomp-3.0:4.1\" level=\"1\">Sie melden.</objective><p>Text.</p>"
                      "</lesson></course>",
                      id, title);
}

static void write_pack(const char *name, struct str xml)
{
    mkdir(at(name, ""), 0700);
    FILE *f = fopen(at(name, "/course.xml"), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(xml.at, 1, xml.len, f), xml.len);
    fclose(f);
}

static void remove_pack(const char *name)
{
    unlink(at(name, "/course.xml"));
    rmdir(at(name, ""));
}

static int set_up(void **state)
{
    (void)state;
    fixture_open(&x);
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    static const char *const names[] = { "a", "b", "c", "d", "empty" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        remove_pack(names[i]);
    int left = rmdir(folder);
    fixture_close(&x);
    return left;
}

/* ---- loading ---- */

struct report {
    char text[256];
};

static void note(void *context, const struct pack_status *pack)
{
    struct report *r = context;
    size_t len = strlen(r->text), errors = pack->findings->errors;
    snprintf(r->text + len, sizeof r->text - len, "%.*s:%zu:%s ", STR_ARG(pack->folder), errors,
             errors ? pack->findings->first->code : "-");
}

static void loads_what_is_sound_and_reports_the_rest(void **state)
{
    (void)state;
    struct catalogue_holder *h;
    struct report report = { "" };
    write_pack("b", pack_xml("zeta", "Z"));
    write_pack("a", pack_xml("mitte", "M"));
    write_pack("c", STR("<course"));
    write_pack("d", pack_xml("zeta", "Noch einmal"));
    mkdir(at("empty", ""), 0700);
    assert_int_equal(catalogue_open(&h), OK);
    const struct catalogue *before = catalogue_take(h);
    assert_int_equal(before->count, 0);
    assert_null(catalogue_course(before, STR("zeta")));
    assert_int_equal(catalogue_load(h, x.schema, folder, 5, note, &report), OK);
    assert_string_equal(report.text, "a:0:- b:0:- c:1:open-tag d:1:course-twice ");
    const struct catalogue *now = catalogue_take(h);
    assert_int_equal(now->count, 2);
    assert_true(str_is(now->courses[0]->id, "mitte") && str_is(now->courses[1]->id, "zeta"));
    const struct course *zeta = catalogue_course(now, STR("zeta"));
    assert_true(str_is(zeta->title, "Z"));
    const struct pack_files *files = catalogue_files(now, zeta);
    assert_int_equal(files->count, 1);
    assert_true(str_equal(pack_hash(files, &x.arena), zeta->hash));
    assert_null(catalogue_files(before, zeta));
    assert_int_equal(before->count, 0); /* who took the old one keeps it */
    catalogue_release(h, before);
    catalogue_release(h, now);
    catalogue_close(h);
}

static void keeps_what_is_live_when_the_folder_is_gone(void **state)
{
    (void)state;
    struct catalogue_holder *h;
    write_pack("a", pack_xml("mitte", "Eins"));
    assert_int_equal(catalogue_open(&h), OK);
    assert_int_equal(catalogue_load(h, x.schema, folder, 5, NULL, NULL), OK);
    const struct catalogue *held = catalogue_take(h);
    const struct course *old = catalogue_course(held, STR("mitte"));
    assert_int_equal(catalogue_load(h, x.schema, at("nirgends", ""), 5, NULL, NULL), UNAVAILABLE);
    write_pack("a", pack_xml("mitte", "Zwei"));
    assert_int_equal(catalogue_load(h, x.schema, folder, 5, NULL, NULL), OK);
    const struct catalogue *fresh = catalogue_take(h);
    assert_true(str_is(old->title, "Eins"));
    assert_true(str_is(catalogue_course(fresh, STR("mitte"))->title, "Zwei"));
    assert_false(str_equal(catalogue_course(fresh, STR("mitte"))->hash, old->hash));
    catalogue_release(h, held);
    catalogue_release(h, fresh);
    catalogue_close(h);
}

/* What did not change is not read again; what got an error stays as it was until it is mended; what is gone goes. */
static void reads_what_changed_and_keeps_the_last_good_state(void **state)
{
    (void)state;
    struct catalogue_holder *h;
    write_pack("a", pack_xml("mitte", "Eins"));
    write_pack("b", pack_xml("zeta", "Z"));
    assert_int_equal(catalogue_open(&h), OK);
    struct report report = { "" };
    assert_int_equal(catalogue_load(h, x.schema, folder, 1, note, &report), OK);
    assert_string_equal(report.text, "a:0:- b:0:- ");
    uint64_t sound = catalogue_fingerprint(folder);
    assert_int_not_equal(sound, 0);

    report.text[0] = '\0';
    assert_int_equal(catalogue_load(h, x.schema, folder, 2, note, &report), OK);
    assert_string_equal(report.text, "");

    write_pack("a", STR("<course"));
    assert_int_not_equal(catalogue_fingerprint(folder), sound);
    assert_int_equal(catalogue_load(h, x.schema, folder, 3, note, &report), OK);
    assert_string_equal(report.text, "a:1:open-tag ");
    const struct catalogue *now = catalogue_take(h);
    assert_true(str_is(catalogue_course(now, STR("mitte"))->title, "Eins"));
    assert_true(now->packs[0].kept && now->packs[0].course && now->packs[0].loaded_at == 3);
    assert_true(!now->packs[1].kept && now->packs[1].loaded_at == 1);
    catalogue_release(h, now);

    report.text[0] = '\0';
    write_pack("a", pack_xml("mitte", "Drei"));
    remove_pack("b");
    assert_int_equal(catalogue_load(h, x.schema, folder, 4, note, &report), OK);
    assert_string_equal(report.text, "a:0:- ");
    now = catalogue_take(h);
    assert_int_equal(now->count, 1);
    assert_int_equal(now->pack_count, 1);
    assert_true(str_is(now->courses[0]->title, "Drei") && !now->packs[0].kept);
    catalogue_release(h, now);
    catalogue_close(h);
}

/* Two folders with one course: the second waits for the first to go. */
static void a_twin_becomes_live_when_the_first_goes(void **state)
{
    (void)state;
    struct catalogue_holder *h;
    write_pack("b", pack_xml("mitte", "Vorn"));
    assert_int_equal(catalogue_open(&h), OK);
    assert_int_equal(catalogue_load(h, x.schema, folder, 1, NULL, NULL), OK);
    write_pack("a", pack_xml("mitte", "Neu"));
    struct report report = { "" };
    assert_int_equal(catalogue_load(h, x.schema, folder, 2, note, &report), OK);
    assert_string_equal(report.text, "a:0:- b:1:course-twice ");
    remove_pack("a");
    report.text[0] = '\0';
    assert_int_equal(catalogue_load(h, x.schema, folder, 3, note, &report), OK);
    assert_string_equal(report.text, "b:0:- ");
    const struct catalogue *now = catalogue_take(h);
    assert_true(str_is(catalogue_course(now, STR("mitte"))->title, "Vorn"));
    catalogue_release(h, now);
    catalogue_close(h);
}

static void editors_scratch_files_change_nothing(void **state)
{
    (void)state;
    static const char *const scratch[] = { "/.course.xml.swp", "/course.xml~", "/#course.xml#", "/4913", "/neu.tmp" };
    write_pack("a", pack_xml("mitte", "Eins"));
    uint64_t print = catalogue_fingerprint(folder);
    for (size_t i = 0; i < sizeof scratch / sizeof *scratch; i++) {
        FILE *f = fopen(at("a", scratch[i]), "wb");
        assert_non_null(f);
        fclose(f);
        assert_int_equal(catalogue_fingerprint(folder), print);
        unlink(at("a", scratch[i]));
    }
    assert_int_equal(catalogue_fingerprint(at("nirgends", "")), 0);
}

/* ---- earlier states ---- */

/* States by number: the pack of title "number". */
static struct pack_files state_files(struct arena *a, unsigned number)
{
    struct pack_file *file = ARENA_NEW(a, struct pack_file);
    char title[16];
    snprintf(title, sizeof title, "%u", number);
    struct str xml = str_format(a,
                                "<course xmlns=\"urn:lotse:course:1\" id=\"k\" version=\"1.0.0\" xml:lang=\"de-CH\"><title>%s"
                                "</title><summary><p>S</p></summary><lesson id=\"l\" minutes=\"5\"><title>L</title><p>T</p>"
                                "</lesson></course>",
                                title);
    *file = (struct pack_file){ STR("course.xml"), xml };
    return (struct pack_files){ file, 1 };
}

enum { STATES = 24 };

struct store {
    char hash[STATES][64];
    atomic_int loads;
    bool swapped; /* gives the files of another state */
    enum status status;
};

static void fill_store(struct store *s)
{
    for (unsigned i = 0; i < STATES; i++) {
        struct pack_files files = state_files(&x.arena, i);
        memcpy(s->hash[i], pack_hash(&files, &x.arena).at, 64);
    }
}

static struct str hash_of(const struct store *s, unsigned number)
{
    return (struct str){ s->hash[number], 64 };
}

static enum status load_state(void *context, struct str hash, struct arena *a, struct pack_files *files)
{
    struct store *s = context;
    atomic_fetch_add(&s->loads, 1);
    for (unsigned i = 0; i < STATES && s->status == OK; i++)
        if (str_equal(hash, hash_of(s, i))) {
            *files = state_files(a, s->swapped ? i + 1 : i);
            return OK;
        }
    return s->status ? s->status : NOT_FOUND;
}

static void a_state_is_loaded_once_while_there_is_room(void **state)
{
    (void)state;
    static struct store store;
    struct state_cache *cache;
    const struct course *course, *again;
    memset(&store, 0, sizeof store);
    fill_store(&store);
    assert_int_equal(state_cache_new(&cache, x.schema), OK);
    for (unsigned round = 0; round < 3; round++)
        for (unsigned i = 0; i < STATE_CACHE_MOST; i++) {
            assert_int_equal(state_cache_take(cache, hash_of(&store, i), load_state, &store, &course), OK);
            char title[16];
            snprintf(title, sizeof title, "%u", i);
            assert_true(str_is(course->title, title));
            assert_true(str_equal(course->hash, hash_of(&store, i)));
            state_cache_release(cache, course);
        }
    assert_int_equal(store.loads, STATE_CACHE_MOST);
    /* One more drops the least recently used, which is 0; one that is held stays. */
    assert_int_equal(state_cache_take(cache, hash_of(&store, 1), load_state, &store, &course), OK);
    for (unsigned i = STATE_CACHE_MOST; i < STATES; i++) {
        assert_int_equal(state_cache_take(cache, hash_of(&store, i), load_state, &store, &again), OK);
        state_cache_release(cache, again);
    }
    assert_int_equal(store.loads, STATES);
    assert_int_equal(state_cache_take(cache, hash_of(&store, 1), load_state, &store, &again), OK);
    assert_ptr_equal(course, again);
    assert_int_equal(store.loads, STATES);
    state_cache_release(cache, again);
    state_cache_release(cache, course);
    assert_int_equal(state_cache_take(cache, hash_of(&store, 0), load_state, &store, &again), OK);
    assert_int_equal(store.loads, STATES + 1);
    state_cache_release(cache, again);
    state_cache_free(cache);
}

static void more_can_be_held_than_are_kept(void **state)
{
    (void)state;
    static struct store store;
    struct state_cache *cache;
    const struct course *held[STATES];
    memset(&store, 0, sizeof store);
    fill_store(&store);
    assert_int_equal(state_cache_new(&cache, x.schema), OK);
    for (unsigned i = 0; i < STATES; i++)
        assert_int_equal(state_cache_take(cache, hash_of(&store, i), load_state, &store, &held[i]), OK);
    for (unsigned i = 0; i < STATES; i++)
        state_cache_release(cache, held[i]);
    const struct course *course;
    for (unsigned i = STATES; i-- > STATES - STATE_CACHE_MOST;) {
        assert_int_equal(state_cache_take(cache, hash_of(&store, i), load_state, &store, &course), OK);
        state_cache_release(cache, course);
    }
    assert_int_equal(store.loads, STATES);
    state_cache_free(cache);
}

static void says_why_a_state_is_not_there(void **state)
{
    (void)state;
    static struct store store;
    struct state_cache *cache;
    const struct course *course;
    memset(&store, 0, sizeof store);
    fill_store(&store);
    assert_int_equal(state_cache_new(&cache, x.schema), OK);
    char other[64];
    memset(other, '0', sizeof other);
    assert_int_equal(state_cache_take(cache, (struct str){ other, 64 }, load_state, &store, &course), NOT_FOUND);
    assert_int_equal(state_cache_take(cache, STR("kurz"), load_state, &store, &course), NOT_FOUND);
    store.status = UNAVAILABLE;
    assert_int_equal(state_cache_take(cache, hash_of(&store, 3), load_state, &store, &course), UNAVAILABLE);
    store.status = OK;
    store.swapped = true;
    assert_int_equal(state_cache_take(cache, hash_of(&store, 3), load_state, &store, &course), CORRUPT);
    assert_null(course);
    store.swapped = false;
    assert_int_equal(state_cache_take(cache, hash_of(&store, 3), load_state, &store, &course), OK);
    state_cache_release(cache, course);
    state_cache_free(cache);
}

/* ---- threads ---- */

enum { READERS = 4, ROUNDS = 300 };

struct crowd {
    struct catalogue_holder *holder;
    struct state_cache *cache;
    struct store *store;
    atomic_int faults;
    atomic_bool done;
};

static void *read_catalogue(void *context)
{
    struct crowd *crowd = context;
    while (!crowd->done) {
        const struct catalogue *c = catalogue_take(crowd->holder);
        const struct course *course = catalogue_course(c, STR("mitte"));
        if (!course || !str_is(course->lessons[0].title, "L") || !catalogue_files(c, course))
            crowd->faults++;
        catalogue_release(crowd->holder, c);
    }
    return NULL;
}

static void readers_never_see_a_catalogue_go(void **state)
{
    (void)state;
    struct crowd crowd = { .done = false };
    pthread_t readers[READERS];
    write_pack("a", pack_xml("mitte", "Eins"));
    assert_int_equal(catalogue_open(&crowd.holder), OK);
    assert_int_equal(catalogue_load(crowd.holder, x.schema, folder, 5, NULL, NULL), OK);
    for (size_t i = 0; i < READERS; i++)
        pthread_create(&readers[i], NULL, read_catalogue, &crowd);
    for (unsigned i = 0; i < 40; i++)
        assert_int_equal(catalogue_load(crowd.holder, x.schema, folder, 5, NULL, NULL), OK);
    crowd.done = true;
    for (size_t i = 0; i < READERS; i++)
        pthread_join(readers[i], NULL);
    assert_int_equal(crowd.faults, 0);
    catalogue_close(crowd.holder);
}

static void *take_states(void *context)
{
    struct crowd *crowd = context;
    uint32_t random = (uint32_t)(uintptr_t)&random | 1;
    for (unsigned i = 0; i < ROUNDS; i++) {
        random = random * 1664525u + 1013904223u;
        unsigned number = random >> 16 & 31;
        if (number >= STATES)
            number = 7; /* one that everybody wants */
        const struct course *course;
        char title[16];
        snprintf(title, sizeof title, "%u", number);
        if (state_cache_take(crowd->cache, hash_of(crowd->store, number), load_state, crowd->store, &course) != OK ||
            !str_is(course->title, title))
            crowd->faults++;
        state_cache_release(crowd->cache, course);
    }
    return NULL;
}

static void *take_one_state(void *context)
{
    struct crowd *crowd = context;
    const struct course *course;
    if (state_cache_take(crowd->cache, hash_of(crowd->store, 0), load_state, crowd->store, &course) != OK)
        crowd->faults++;
    state_cache_release(crowd->cache, course);
    return NULL;
}

static void run_crowd(struct crowd *crowd, void *(*work)(void *))
{
    pthread_t threads[READERS];
    for (size_t i = 0; i < READERS; i++)
        pthread_create(&threads[i], NULL, work, crowd);
    for (size_t i = 0; i < READERS; i++)
        pthread_join(threads[i], NULL);
}

static void threads_share_states(void **state)
{
    (void)state;
    static struct store store;
    struct crowd crowd = { .store = &store };
    memset(&store, 0, sizeof store);
    fill_store(&store);
    assert_int_equal(state_cache_new(&crowd.cache, x.schema), OK);
    run_crowd(&crowd, take_one_state);
    assert_int_equal(store.loads, 1); /* all the others waited for the first */
    run_crowd(&crowd, take_states);
    assert_int_equal(crowd.faults, 0);
    state_cache_free(crowd.cache);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(loads_what_is_sound_and_reports_the_rest),
        TEST(keeps_what_is_live_when_the_folder_is_gone),
        TEST(reads_what_changed_and_keeps_the_last_good_state),
        TEST(a_twin_becomes_live_when_the_first_goes),
        TEST(editors_scratch_files_change_nothing),
        TEST(a_state_is_loaded_once_while_there_is_room),
        TEST(more_can_be_held_than_are_kept),
        TEST(says_why_a_state_is_not_there),
        TEST(readers_never_see_a_catalogue_go),
        TEST(threads_share_states),
    };
    return cmocka_run_group_tests_name("course/catalogue", tests, NULL, NULL);
}
