/* exchange: see exchange.h. Straight line: head, body, answer, coding, one write. What cannot be read is refused, logged
 * without its content, and the connection is closed: nobody knows where a next request would begin. */
#include "http/exchange.h"

#include "base/log.h"
#include "http/coding.h"
#include "http/error_page.h"
#include "http/head.h"
#include "http/reply_head.h"
#include "http/spool.h"

#include <inttypes.h>

enum { BODY_SECONDS = 10, FILE_CHUNK = 64 * 1024, OUT_KEPT = 64 * 1024 };

struct worker *worker_new(void)
{
    struct worker *worker = calloc(1, sizeof *worker);
    if (!worker)
        return NULL;
    arena_init(&worker->arena, WORKER_ARENA);
    buf_init(&worker->out, REPLY_HEAD_MAX + SPOOL_MEMORY);
    return worker;
}

void worker_free(struct worker *worker)
{
    if (!worker)
        return;
    arena_release(&worker->arena);
    buf_release(&worker->out);
    free(worker);
}

/* ---- reading ---- */

/* Not local_uri: CivetWeb has cleaned that, and we want to judge what was sent. */
static struct head head_of(const struct mg_request_info *info, struct header *headers)
{
    size_t count = info->num_headers > 0 ? (size_t)info->num_headers : 0;
    for (size_t i = 0; i < count; i++)
        headers[i] = (struct header){ str_of(info->http_headers[i].name), str_of(info->http_headers[i].value) };
    struct str path = str_of(info->request_uri); /* "http://host/path" begins with no slash: refused */
    return (struct head){
        .method = str_of(info->request_method),
        .path = str_cut(&path, '?'),
        .query = str_of(info->query_string),
        .version = str_of(info->http_version),
        .peer = str_of(info->remote_addr),
        .headers = headers,
        .header_count = count,
    };
}

/* Reads until the size is reached or the body ends; less than 0: bad chunk, deadline, or the client is gone. */
static int64_t read_up_to(struct mg_connection *connection, char *room, size_t size)
{
    size_t got = 0;
    while (got < size) {
        int more = mg_read(connection, room + got, size - got);
        if (more < 0)
            return -1;
        if (more == 0)
            break;
        got += (size_t)more;
    }
    return (int64_t)got;
}

static struct refusal body_read(struct mg_connection *connection, const struct framing *framing, struct arena *arena,
                                struct str *body)
{
    size_t size = framing->chunked ? BODY_MAX + 1 : framing->length; /* one more: to see that it is too much */
    char *room = arena_alloc(arena, size);
    if (!room)
        return (struct refusal){ 503, "no-memory" };
    if (framing->expects_continue)
        mg_write(connection, "HTTP/1.1 100 Continue\r\n\r\n", 25);
    deadline_begin(BODY_SECONDS);
    int64_t got = read_up_to(connection, room, size);
    bool late = deadline_passed();
    deadline_end();
    if (late)
        return (struct refusal){ 408, "body-too-slow" };
    if (got < 0 || (!framing->chunked && (size_t)got < size))
        return (struct refusal){ 400, "body-broken" };
    *body = (struct str){ room, (size_t)got };
    return got > BODY_MAX ? (struct refusal){ 413, "body-too-large" } : (struct refusal){ 0 };
}

static struct refusal read_request(struct server *server, struct mg_connection *connection, struct request *request,
                                   bool *keep_alive)
{
    struct header headers[HEADERS_MAX];
    struct head head = head_of(mg_get_request_info(connection), headers);
    struct framing framing;
    struct str body = STR_NONE;
    struct refusal refusal = head_read(&head, &server->site, request, &framing);
    *keep_alive = framing.keep_alive;
    if (!refusal.code && atomic_load(&server->draining))
        refusal = (struct refusal){ 503, "stopping" };
    if (!refusal.code && (framing.chunked || framing.length))
        refusal = body_read(connection, &framing, request->arena, &body);
    return refusal.code ? refusal : form_read(body, request);
}

/* ---- writing ---- */

static void write_file(struct mg_connection *connection, struct worker *worker, struct reply *reply)
{
    char *room = arena_alloc(&worker->arena, FILE_CHUNK);
    size_t offset = 0, got;
    while (room && (got = spool_read(reply->spool, offset, room, FILE_CHUNK)) > 0) {
        if (mg_write(connection, room, got) < (int)got)
            break;
        offset += got;
    }
    if (offset < reply_size(reply))
        mg_disable_connection_keep_alive(connection); /* the client sees by the length that the end is missing */
}

/* Head and body in one write: a write for each header costs four times the CPU. */
static void write_reply(struct mg_connection *connection, struct worker *worker, struct reply *reply,
                        const struct reply_circumstances *circumstances, bool with_body)
{
    buf_clear(&worker->out);
    reply_head_add(&worker->out, reply, circumstances);
    bool in_file = reply->spool && reply->spool->file >= 0;
    struct str body = reply->spool ? buf_str(&reply->spool->memory) : reply->body;
    bool fits = !in_file && body.len <= SPOOL_MEMORY;
    if (with_body && fits)
        buf_add(&worker->out, body);
    if (buf_status(&worker->out) == OK) {
        mg_write(connection, worker->out.at, worker->out.len);
        if (with_body && in_file)
            write_file(connection, worker, reply);
        else if (with_body && !fits)
            mg_write(connection, body.at, body.len);
    } else {
        mg_disable_connection_keep_alive(connection);
    }
    if (worker->out.room > OUT_KEPT)
        buf_release(&worker->out);
}

/* A reply that did not come out whole is not sent: the arena, and all the request, is given up for an error page. */
static void mend(struct worker *worker, uint64_t id, struct reply *reply)
{
    enum status status = reply_status(reply);
    if (status == OK)
        return;
    log_event(LOG_ERROR, "event=reply-failed id=%" PRIx64 " status=%s header=%s", id, status_name(status),
              reply->refused ? reply->refused : "-");
    reply_release(reply);
    arena_reset(&worker->arena);
    reply_init(reply, &worker->arena);
    error_page_fill(reply, status == INVALID ? 500 : 503);
}

static int answer(struct server *server, struct worker *worker, struct mg_connection *connection)
{
    arena_reset(&worker->arena);
    struct request request = {
        .arena = &worker->arena,
        .id = atomic_fetch_add(&server->last_id, 1) + 1,
        .now = clock_now(server->options.clock),
    };
    struct reply reply;
    bool keep_alive = false;
    reply_init(&reply, &worker->arena);
    struct refusal refusal = read_request(server, connection, &request, &keep_alive);
    if (refusal.code) {
        log_event(LOG_INFO, "event=refused id=%" PRIx64 " code=%d reason=%s", request.id, refusal.code, refusal.reason);
        error_page_fill(&reply, refusal.code);
        if (refusal.code == 405) /* by any address: the method was not even looked up */
            reply_header(&reply, "Allow", STR("GET, HEAD, POST, OPTIONS"));
        keep_alive = false;
    } else {
        server->options.answer(server->options.app, &request, &reply);
        coding_apply(&request, &reply);
    }
    struct reply_circumstances circumstances = { .now = clock_now(&(struct clock){ 0 }), .secure = request.secure };
    bool head_only = request.head;
    mend(worker, request.id, &reply);
    circumstances.close = !keep_alive || reply.close || atomic_load(&server->draining) ||
                          workers_scarce(&server->workers); /* an idle one would keep new clients waiting */
    if (circumstances.close)
        mg_disable_connection_keep_alive(connection);
    write_reply(connection, worker, &reply, &circumstances, !head_only && reply_has_body(&reply));
    reply_release(&reply);
    return reply.code;
}

/* in_flight rises before draining is looked at, and server_stop does it the other way round: either the request sees
 * the flag, or server_stop sees the request. */
int exchange_begin(struct mg_connection *connection)
{
    struct server *server = mg_get_user_context_data(connection);
    struct worker *worker = mg_get_thread_pointer(connection);
    patience_end();
    if (!worker) {
        mg_disable_connection_keep_alive(connection);
        return 503; /* no memory when the thread began: the connection closes without a word */
    }
    atomic_fetch_add(&server->in_flight, 1);
    int code = answer(server, worker, connection);
    atomic_fetch_sub(&server->in_flight, 1);
    return code;
}

int exchange_error(struct mg_connection *connection, int code, const char *ignored)
{
    (void)ignored; /* holds parts of the request */
    struct worker *worker = mg_get_thread_pointer(connection);
    struct reply_circumstances circumstances = { .now = clock_now(&(struct clock){ 0 }), .close = true };
    struct reply reply;
    mg_disable_connection_keep_alive(connection);
    if (!worker)
        return 0;
    log_event(LOG_INFO, "event=refused code=%d reason=head-unreadable", code);
    arena_reset(&worker->arena);
    reply_init(&reply, &worker->arena);
    error_page_fill(&reply, code);
    write_reply(connection, worker, &reply, &circumstances, true);
    reply_release(&reply);
    return 0;
}
