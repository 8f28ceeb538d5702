/* Tests of what must survive: a kill in the middle of writing, a full disk, a backup taken under writes. */
#include "db/fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* ---- kill -9 ---- */

enum { KILL_THREADS = 8, KILL_AFTER = 300 };

struct confessor {
    struct db *db;
    int pipe;
    int64_t first;
};

/* Writes until killed, and says each id only after db_write has returned. */
static void *write_and_confess(void *arg)
{
    const struct confessor *c = arg;
    for (int64_t id = c->first;; id += KILL_THREADS) {
        if (db_write(c->db, add_note, &id) != OK || write(c->pipe, &id, sizeof id) != (ssize_t)sizeof id)
            _exit(1);
    }
}

static _Noreturn void child(struct fixture *f, int pipe)
{
    struct confessor confessors[KILL_THREADS];
    pthread_t threads[KILL_THREADS];
    f->options.exclusive = true;
    if (db_open(&f->db, &f->options, &f->arena, &f->problem) != OK)
        _exit(2);
    for (int i = 0; i < KILL_THREADS; i++) {
        confessors[i] = (struct confessor){ f->db, pipe, i + 1 };
        if (pthread_create(&threads[i], NULL, write_and_confess, &confessors[i]) != 0)
            _exit(3);
    }
    for (;;)
        pause();
}

static void a_kill_loses_nothing_acknowledged(void **state)
{
    struct fixture *f = *state;
    db_close(f->db);
    f->db = NULL;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        child(f, ends[1]);
    close(ends[1]);
    static int64_t acknowledged[1 << 16];
    size_t count = 0;
    for (; read(ends[0], &acknowledged[count], sizeof *acknowledged) == (ssize_t)sizeof *acknowledged; count++) {
        if (count == KILL_AFTER)
            kill(pid, SIGKILL);
        assert_true(count + 1 < sizeof acknowledged / sizeof *acknowledged);
    }
    close(ends[0]);
    int how;
    assert_int_equal(waitpid(pid, &how, 0), pid);
    assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
    assert_true(count > KILL_AFTER);
    f->options.exclusive = true; /* the kernel has dropped the dead one's lock */
    fixture_open(f);
    for (size_t i = 0; i < count; i++)
        assert_true(note_exists(f->db, acknowledged[i]));
}

/* ---- a full disk: a small tmpfs where we may mount one, else a limit on the size of files ---- */

enum { DISK_BYTES = 2 << 20, PIECE_BYTES = 64 * 1024 };

struct piece {
    int64_t id;
};

/* Two rows that belong together. */
static enum status add_pair(struct db_conn *conn, void *job)
{
    const struct piece *p = job;
    for (int i = 0; i < 2; i++) {
        struct db_cursor c = db_query(conn, &note_set, NOTE_FILL);
        db_bind_int(&c, p->id + i);
        db_bind_int(&c, PIECE_BYTES);
        enum status s = db_run(&c, NULL);
        if (s != OK)
            return s;
    }
    return OK;
}

static bool limit_disk(struct fixture *f)
{
    char options[32];
    snprintf(options, sizeof options, "size=%d", DISK_BYTES);
    if (mount("none", f->directory, "tmpfs", 0, options) == 0)
        return true;
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = DISK_BYTES;
    setrlimit(RLIMIT_FSIZE, &limit);
    return false;
}

static void give_space(struct fixture *f, bool mounted)
{
    if (mounted) {
        assert_int_equal(mount("none", f->directory, "tmpfs", MS_REMOUNT, "size=64m"), 0);
        return;
    }
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_FSIZE, &limit);
}

struct filler {
    struct db *db;
    atomic_llong *next;
    int64_t pairs;
    enum status end;
};

static void *fill(void *arg)
{
    struct filler *f = arg;
    for (f->end = OK; f->end == OK; f->pairs += f->end == OK) {
        struct piece p = { atomic_fetch_add(f->next, 2) };
        f->end = db_write(f->db, add_pair, &p);
    }
    return NULL;
}

static void a_full_disk_halves_nothing_and_passes(void **state)
{
    enum { FILLERS = 8 };
    struct fixture *f = *state;
    db_close(f->db);
    f->db = NULL;
    fixture_remove(f);
    assert_int_equal(mkdir(f->directory, 0700), 0);
    bool mounted = limit_disk(f);
    fixture_open(f);
    struct filler fillers[FILLERS];
    pthread_t threads[FILLERS];
    atomic_llong next = 2;
    int64_t acknowledged = 0;
    for (int i = 0; i < FILLERS; i++) {
        fillers[i] = (struct filler){ .db = f->db, .next = &next };
        assert_int_equal(pthread_create(&threads[i], NULL, fill, &fillers[i]), 0);
    }
    for (int i = 0; i < FILLERS; i++) {
        pthread_join(threads[i], NULL);
        acknowledged += fillers[i].pairs;
    }
    for (int i = 0; i < FILLERS; i++)
        assert_int_equal(fillers[i].end, NO_SPACE);
    assert_true(acknowledged > 0);
    assert_int_equal(count_notes(f->db), 2 * acknowledged); /* reads go on; no half pair, none lost */
    give_space(f, mounted);
    struct piece p = { atomic_fetch_add(&next, 2) };
    assert_int_equal(db_write(f->db, add_pair, &p), OK);
    assert_int_equal(count_notes(f->db), 2 * (acknowledged + 1));
    fixture_reopen(f);
    assert_int_equal(count_notes(f->db), 2 * (acknowledged + 1));
    db_close(f->db);
    f->db = NULL;
    if (mounted)
        assert_int_equal(umount(f->directory), 0);
}

/* ---- backup ---- */

struct steady {
    struct db *db;
    atomic_bool stop;
    atomic_llong written;
};

static void *write_steadily(void *arg)
{
    struct steady *s = arg;
    for (int64_t id = 2; !atomic_load(&s->stop); id += 2) {
        struct piece p = { id };
        if (db_write(s->db, add_pair, &p) != OK)
            return NULL;
        atomic_store(&s->written, id / 2);
    }
    return s;
}

static void a_backup_under_writes_is_one_state(void **state)
{
    struct fixture *f = *state;
    char copy[128];
    void *wrote;
    pthread_t thread;
    snprintf(copy, sizeof copy, "%s.copy", f->path);
    struct steady s = { .db = f->db };
    assert_int_equal(pthread_create(&thread, NULL, write_steadily, &s), 0);
    while (atomic_load(&s.written) < 20)
        usleep(1000);
    int64_t before = atomic_load(&s.written);
    assert_int_equal(db_backup(f->db, copy), OK);
    int64_t after = atomic_load(&s.written) + 1;
    atomic_store(&s.stop, true);
    pthread_join(thread, &wrote);
    assert_non_null(wrote);

    struct db_options options = f->options;
    options.path = copy;
    options.create = false;
    struct db *restored;
    assert_int_equal(db_open(&restored, &options, &f->arena, &f->problem), OK);
    int64_t notes = count_notes(restored);
    assert_true(notes % 2 == 0 && notes / 2 >= before && notes / 2 <= after);
    db_close(restored);
    struct stat st;
    assert_int_equal(stat(copy, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    strncat(copy, ".lock", sizeof copy - strlen(copy) - 1);
    unlink(copy);
}

static void a_backup_never_replaces_a_file(void **state)
{
    struct fixture *f = *state;
    char copy[128], part[160];
    struct stat st;
    snprintf(copy, sizeof copy, "%s.copy", f->path);
    snprintf(part, sizeof part, "%s.part", copy);
    int fd = open(copy, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_int_equal(write(fd, "x", 1), 1);
    close(fd);
    assert_int_equal(db_backup(f->db, copy), CONFLICT);
    assert_int_equal(stat(copy, &st), 0);
    assert_int_equal(st.st_size, 1);
    assert_int_equal(access(part, F_OK), -1);
}

/* One of the pages is not what it was: the copy would be as broken as the source, and is not called a backup. */
static void a_backup_of_a_broken_database_is_refused(void **state)
{
    struct fixture *f = *state;
    char copy[128], garbage[4096];
    int64_t id = 1;
    struct stat st;
    memset(garbage, 0x5a, sizeof garbage);
    assert_int_equal(db_write(f->db, add_note, &id), OK);
    fixture_reopen(f); /* the pages leave the WAL */
    assert_int_equal(stat(f->path, &st), 0);
    int fd = open(f->path, O_WRONLY);
    assert_int_equal(pwrite(fd, garbage, sizeof garbage, st.st_size - (off_t)sizeof garbage), (ssize_t)sizeof garbage);
    close(fd);
    snprintf(copy, sizeof copy, "%s.copy", f->path);
    assert_int_equal(db_backup(f->db, copy), CORRUPT);
    assert_int_equal(access(copy, F_OK), -1);
}

static void a_backup_that_cannot_be_leaves_nothing(void **state)
{
    struct fixture *f = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/nowhere/copy", f->directory);
    assert_int_equal(db_backup(f->db, path), UNAVAILABLE);
    assert_int_equal(access(path, F_OK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_kill_loses_nothing_acknowledged, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(a_backup_under_writes_is_one_state, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(a_backup_never_replaces_a_file, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(a_backup_of_a_broken_database_is_refused, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(a_backup_that_cannot_be_leaves_nothing, fixture_up, fixture_down),
        cmocka_unit_test_setup_teardown(a_full_disk_halves_nothing_and_passes, fixture_up, fixture_down),
    };
    return cmocka_run_group_tests_name("durability", tests, NULL, NULL);
}
