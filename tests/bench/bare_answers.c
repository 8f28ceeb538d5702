/* bare_answers: what SQLite itself can do at what POST /attempts/{id}/answers writes: for each answer the attempt's row
 * and the answer's; WAL, synchronous=FULL; no foreign keys, no savepoints, no HTTP. `make bench` compares with it.
 *
 * bare_answers DATABASE SECONDS [CLIENTS]: writes into the open attempts of a copy of Lotse's database; prints answers/s.
 * With CLIENTS a group-commit loop: so many threads hand over an answer each and wait until a commit has it; without
 * them one thread alone, 64 answers a commit, nobody to wake. */
#include <pthread.h>
#include <semaphore.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <time.h>

enum { BATCH = 64, CLIENTS_MOST = 256, PLACES_MOST = 4096 };

struct place {
    sqlite3_int64 attempt;
    char item[65];
};

struct bare {
    sqlite3 *handle;
    sqlite3_stmt *save, *answer;
    struct place places[PLACES_MOST];
    size_t count;
};

static void check(const struct bare *b, bool good)
{
    if (good)
        return;
    fprintf(stderr, "bare_answers: %s\n", sqlite3_errmsg(b->handle));
    exit(2);
}

static void run_sql(struct bare *b, const char *sql)
{
    check(b, sqlite3_exec(b->handle, sql, NULL, NULL, NULL) == SQLITE_OK);
}

static sqlite3_stmt *prepare(struct bare *b, const char *sql)
{
    sqlite3_stmt *stmt;
    check(b, sqlite3_prepare_v2(b->handle, sql, -1, &stmt, NULL) == SQLITE_OK);
    return stmt;
}

/* Neighbouring answers are of different attempts, as those of a city at work. */
static void read_places(struct bare *b)
{
    sqlite3_stmt *stmt = prepare(b, "SELECT i.attempt, i.item FROM attempt t JOIN attempt_item i ON i.attempt = t.id"
                                    " WHERE t.finished_at IS NULL ORDER BY i.position, i.attempt");
    while (b->count < PLACES_MOST && sqlite3_step(stmt) == SQLITE_ROW) {
        struct place *p = &b->places[b->count++];
        p->attempt = sqlite3_column_int64(stmt, 0);
        snprintf(p->item, sizeof p->item, "%s", (const char *)sqlite3_column_text(stmt, 1));
    }
    sqlite3_finalize(stmt);
    if (b->count == 0) {
        fprintf(stderr, "bare_answers: no open attempt\n");
        exit(2);
    }
}

static void open_database(struct bare *b, const char *path)
{
    check(b, sqlite3_open_v2(path, &b->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK);
    run_sql(b, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;"
               "PRAGMA wal_autocheckpoint = 16000"); /* faster than the 1000 of the default */
    read_places(b);
    b->save = prepare(b,
                      "UPDATE attempt SET version = version + 1, position = CASE WHEN ?2 > 0 THEN ?2 ELSE position END"
                      " WHERE id = ?1 AND finished_at IS NULL");
    b->answer = prepare(b, "INSERT INTO answer (attempt, item, given, lang, answered_at, page) VALUES (?1, ?2, ?3, 'de', ?4, '')"
                           " ON CONFLICT (attempt, item) DO UPDATE SET given = excluded.given, lang = excluded.lang,"
                           " answered_at = excluded.answered_at, page = excluded.page");
}

static void step(struct bare *b, sqlite3_stmt *stmt)
{
    check(b, sqlite3_step(stmt) == SQLITE_DONE);
    sqlite3_reset(stmt);
}

static void write_answer(struct bare *b, const struct place *p, sqlite3_int64 number)
{
    sqlite3_bind_int64(b->save, 1, p->attempt);
    sqlite3_bind_int64(b->save, 2, number % 12 + 1);
    step(b, b->save);
    sqlite3_bind_int64(b->answer, 1, p->attempt);
    sqlite3_bind_text(b->answer, 2, p->item, -1, SQLITE_STATIC);
    sqlite3_bind_text(b->answer, 3, "verify-the-sender", -1, SQLITE_STATIC);
    sqlite3_bind_int64(b->answer, 4, 1795000000 + number);
    step(b, b->answer);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- one thread alone ---- */

static double measure_alone(struct bare *b, double seconds)
{
    sqlite3_int64 written = 0;
    const double start = now();
    while (now() - start < seconds) {
        run_sql(b, "BEGIN IMMEDIATE");
        for (int i = 0; i < BATCH; i++, written++)
            write_answer(b, &b->places[(size_t)written % b->count], written);
        run_sql(b, "COMMIT");
    }
    return (double)written / (now() - start);
}

/* ---- clients that wait for a commit ---- */

struct queue {
    pthread_mutex_t mutex; /* guards what follows, up to the blank line */
    pthread_cond_t wanted;
    struct client *waiting[CLIENTS_MOST];
    size_t count, running;

    struct bare *bare;
    double until;
};

struct client {
    struct queue *queue;
    pthread_t thread;
    sqlite3_int64 number, answered;
    sem_t durable;
};

static void *answer_steadily(void *arg)
{
    struct client *c = arg;
    struct queue *q = c->queue;
    for (; now() < q->until; c->answered++) {
        pthread_mutex_lock(&q->mutex);
        q->waiting[q->count++] = c;
        pthread_cond_signal(&q->wanted);
        pthread_mutex_unlock(&q->mutex);
        sem_wait(&c->durable);
    }
    pthread_mutex_lock(&q->mutex);
    q->running--;
    pthread_cond_signal(&q->wanted);
    pthread_mutex_unlock(&q->mutex);
    return NULL;
}

/* All that wait; 0 when nobody will come any more. */
static size_t take_waiting(struct queue *q, struct client **batch)
{
    pthread_mutex_lock(&q->mutex);
    while (q->count == 0 && q->running)
        pthread_cond_wait(&q->wanted, &q->mutex);
    size_t count = q->count;
    memcpy(batch, q->waiting, count * sizeof *batch);
    q->count = 0;
    pthread_mutex_unlock(&q->mutex);
    return count;
}

static void commit_for_all(struct queue *q)
{
    struct bare *b = q->bare;
    struct client *batch[CLIENTS_MOST];
    for (size_t count; (count = take_waiting(q, batch)) > 0;) {
        run_sql(b, "BEGIN IMMEDIATE");
        for (size_t i = 0; i < count; i++) {
            sqlite3_int64 number = batch[i]->number + batch[i]->answered * (sqlite3_int64)BATCH;
            write_answer(b, &b->places[(size_t)number % b->count], number);
        }
        run_sql(b, "COMMIT");
        for (size_t i = 0; i < count; i++)
            sem_post(&batch[i]->durable);
    }
}

static double measure_clients(struct bare *b, double seconds, size_t clients)
{
    static struct client all[CLIENTS_MOST];
    struct queue q = { .mutex = PTHREAD_MUTEX_INITIALIZER, .wanted = PTHREAD_COND_INITIALIZER, .running = clients };
    const double start = now();
    sqlite3_int64 answered = 0;
    q.bare = b;
    q.until = start + seconds;
    for (size_t i = 0; i < clients; i++) {
        all[i] = (struct client){ .queue = &q, .number = (sqlite3_int64)i };
        sem_init(&all[i].durable, 0, 0);
        if (pthread_create(&all[i].thread, NULL, answer_steadily, &all[i]) != 0)
            exit(2);
    }
    commit_for_all(&q);
    for (size_t i = 0; i < clients; i++) {
        pthread_join(all[i].thread, NULL);
        answered += all[i].answered;
    }
    return (double)answered / (now() - start);
}

int main(int argc, char **argv)
{
    static struct bare b;
    size_t clients = argc == 4 ? (size_t)strtoul(argv[3], NULL, 10) : 0;
    if (argc < 3 || argc > 4 || clients > CLIENTS_MOST) {
        fprintf(stderr, "usage: bare_answers DATABASE SECONDS [CLIENTS]\n");
        return 2;
    }
    open_database(&b, argv[1]);
    double seconds = strtod(argv[2], NULL);
    printf("%.0f\n", clients ? measure_clients(&b, seconds, clients) : measure_alone(&b, seconds));
    sqlite3_finalize(b.save);
    sqlite3_finalize(b.answer);
    return sqlite3_close(b.handle) == SQLITE_OK ? 0 : 2;
}
