/* commit_bench: durable changes per second of 64 threads through db_write, against the best that one thread can do
 * with SQLite itself: 64 of the same rows per COMMIT, nobody to wake. Prints both, their ratio and the waits.
 *   commit_bench [DIRECTORY [SECONDS]]    default: the current directory, 3 */
#include "base/clock.h"
#include "db/db.h"

#include <pthread.h>
#include <sqlite3.h>
#include <unistd.h>

enum { CLIENTS = 64, BARE_BATCH = 64, SAMPLES_PER_CLIENT = 1 << 17 };

#define SCHEMA                                                                                                         \
    "CREATE TABLE answer (attempt INTEGER NOT NULL, item TEXT NOT NULL, given TEXT NOT NULL, at INTEGER NOT NULL,"     \
    " PRIMARY KEY (attempt, item)) STRICT, WITHOUT ROWID"
#define INSERT "INSERT INTO answer (attempt, item, given, at) VALUES (?1, ?2, ?3, ?4)"

static const struct db_statement statements[] = { { "add-answer", INSERT, NULL } };
static const struct db_set set = { 0, "bench", statements, 1 };
static const struct db_set *const sets[] = { &set };

struct row {
    int64_t attempt;
    char item[16];
};

static const struct str GIVEN = STR_INIT("verify-the-sender report-it");

/* Neighbouring attempts answer in turn, as a city at work does. */
static struct row row_of(int client, int64_t i)
{
    struct row r = { .attempt = i / 20 * CLIENTS + client };
    snprintf(r.item, sizeof r.item, "q%02d", (int)(i % 20));
    return r;
}

static void fail(const char *what)
{
    fprintf(stderr, "commit_bench: %s\n", what);
    exit(2);
}

static void remove_database(const char *path)
{
    static const char *const endings[] = { "", "-wal", "-shm", ".lock" };
    char name[4200];
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        unlink(name);
    }
}

/* ---- the bare loop ---- */

static void run_sql(sqlite3 *handle, const char *sql)
{
    if (sqlite3_exec(handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail(sqlite3_errmsg(handle));
}

static void insert_bare(sqlite3_stmt *stmt, struct row r)
{
    sqlite3_bind_int64(stmt, 1, r.attempt);
    sqlite3_bind_text(stmt, 2, r.item, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmt, 3, GIVEN.at, (int)GIVEN.len, SQLITE_STATIC);
    sqlite3_bind_int64(stmt, 4, 1795000000);
    if (sqlite3_step(stmt) != SQLITE_DONE)
        fail("the bare loop cannot insert");
    sqlite3_reset(stmt);
}

static double measure_bare(const char *path, double seconds)
{
    sqlite3 *handle;
    sqlite3_stmt *stmt;
    if (sqlite3_open(path, &handle) != SQLITE_OK)
        fail("the bare loop cannot open its file");
    run_sql(handle, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;" SCHEMA);
    if (sqlite3_prepare_v2(handle, INSERT, -1, &stmt, NULL) != SQLITE_OK)
        fail(sqlite3_errmsg(handle));
    int64_t start = clock_monotonic_us(), rows = 0;
    while ((double)(clock_monotonic_us() - start) < seconds * 1e6) {
        run_sql(handle, "BEGIN IMMEDIATE");
        for (int client = 0; client < BARE_BATCH; client++)
            insert_bare(stmt, row_of(client, rows / BARE_BATCH));
        run_sql(handle, "COMMIT");
        rows += BARE_BATCH;
    }
    double rate = (double)rows * 1e6 / (double)(clock_monotonic_us() - start);
    sqlite3_finalize(stmt);
    sqlite3_close(handle);
    return rate;
}

/* ---- 64 clients ---- */

struct client {
    struct db *db;
    int number;
    int64_t until_us;
    int *waits_us; /* SAMPLES_PER_CLIENT */
    int64_t count;
    pthread_t thread;
};

static enum status add_answer(struct db_conn *conn, void *job)
{
    const struct row *r = job;
    struct db_cursor c = db_query(conn, &set, 0);
    db_bind_int(&c, r->attempt);
    db_bind_text(&c, str_of(r->item));
    db_bind_text(&c, GIVEN);
    db_bind_int(&c, 1795000000);
    return db_run(&c, NULL);
}

static void *answer_steadily(void *arg)
{
    struct client *c = arg;
    int64_t now = clock_monotonic_us();
    while (now < c->until_us && c->count < SAMPLES_PER_CLIENT) {
        struct row r = row_of(c->number, c->count);
        if (db_write(c->db, add_answer, &r) != OK)
            fail("a change failed");
        int64_t after = clock_monotonic_us();
        c->waits_us[c->count++] = (int)(after - now);
        now = after;
    }
    return NULL;
}

static int by_size(const void *a, const void *b)
{
    const int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static void report_waits(const struct client *clients, int64_t count)
{
    int *all = malloc((size_t)count * sizeof *all);
    if (!all)
        fail("no memory");
    int64_t n = 0;
    for (int i = 0; i < CLIENTS; i++) {
        memcpy(all + n, clients[i].waits_us, (size_t)clients[i].count * sizeof *all);
        n += clients[i].count;
    }
    qsort(all, (size_t)n, sizeof *all, by_size);
    printf("waits           median %.1f ms, p99 %.1f ms, longest %.1f ms\n", all[n / 2] / 1e3, all[n * 99 / 100] / 1e3,
           all[n - 1] / 1e3);
    free(all);
}

static double run_clients(struct db *db, double seconds)
{
    struct client clients[CLIENTS];
    const int64_t start = clock_monotonic_us();
    int64_t count = 0;
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){ .db = db, .number = i, .until_us = start + (int64_t)(seconds * 1e6) };
        clients[i].waits_us = malloc(SAMPLES_PER_CLIENT * sizeof(int));
        if (!clients[i].waits_us || pthread_create(&clients[i].thread, NULL, answer_steadily, &clients[i]) != 0)
            fail("clients cannot start");
    }
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(clients[i].thread, NULL);
        count += clients[i].count;
    }
    double rate = (double)count * 1e6 / (double)(clock_monotonic_us() - start);
    report_waits(clients, count);
    for (int i = 0; i < CLIENTS; i++)
        free(clients[i].waits_us);
    return rate;
}

static double measure_clients(const char *path, double seconds)
{
    const struct db_migration schema = { 1, STR("bench"), STR(SCHEMA) };
    const struct db_options options = { .path = path, .sets = sets, .set_count = 1, .migrations = &schema,
                                        .migration_count = 1, .create = true, .exclusive = true };
    struct arena a;
    struct db *db;
    struct str problem;
    arena_init(&a, 1 << 20);
    if (db_open(&db, &options, &a, &problem) != OK)
        fail(problem.at);
    double rate = run_clients(db, seconds);
    db_close(db);
    arena_release(&a);
    return rate;
}

int main(int argc, char **argv)
{
    char path[4096];
    const double seconds = argc > 2 ? strtod(argv[2], NULL) : 3;
    snprintf(path, sizeof path, "%s/commit-bench.db", argc > 1 ? argv[1] : ".");
    remove_database(path);
    double before = measure_bare(path, seconds);
    remove_database(path);
    double ours = measure_clients(path, seconds);
    remove_database(path);
    double after = measure_bare(path, seconds); /* disks have moods */
    remove_database(path);
    double bare = (before + after) / 2;
    printf("bare loop       %.0f durable rows/s, %d a commit (%.0f before, %.0f after)\n", bare, BARE_BATCH, before,
           after);
    printf("64 clients      %.0f durable changes/s\n", ours);
    printf("ratio           %.2f\n", ours / bare);
    return 0;
}
