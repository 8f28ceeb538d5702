/* reply: see reply.h. */
#include "http/reply.h"

#include "http/spool.h"

void reply_init(struct reply *reply, struct arena *arena)
{
    *reply = (struct reply){ .arena = arena, .code = 200, .type = STR("text/html; charset=utf-8") };
}

void reply_release(struct reply *reply)
{
    if (reply->spool)
        spool_release(reply->spool);
    reply->spool = NULL;
}

static bool is_header_text(struct str value)
{
    for (size_t i = 0; i < value.len; i++)
        if (value.at[i] < ' ' || value.at[i] > '~')
            return false;
    return true;
}

static void refuse(struct reply *reply, const char *name)
{
    if (!reply->refused)
        reply->refused = name;
}

void reply_header(struct reply *reply, const char *name, struct str value)
{
    if (!is_header_text(value) || reply->header_count == REPLY_MAX_HEADERS) {
        refuse(reply, name);
        return;
    }
    reply->headers[reply->header_count].name = name;
    reply->headers[reply->header_count++].value = value;
}

/* "//elsewhere" and "/\elsewhere" lead browsers to another host. */
static bool is_own_path(struct str path)
{
    bool rooted = path.len && path.at[0] == '/' && !str_starts(path, STR("//"));
    return rooted && str_find(path, '\\', 0) == path.len && str_find(path, ' ', 0) == path.len;
}

void reply_redirect(struct reply *reply, struct str path)
{
    reply->code = 303;
    if (is_own_path(path))
        reply_header(reply, "Location", path);
    else
        refuse(reply, "Location");
}

struct str reply_cookie_name(const char *name, bool secure, struct arena *arena)
{
    return str_format(arena, "%s%s", secure ? "__Host-" : "", name);
}

static bool is_cookie_value(struct str value)
{
    for (size_t i = 0; i < value.len; i++)
        if (value.at[i] <= ' ' || value.at[i] > '~' || strchr("\",;\\", value.at[i]))
            return false;
    return true;
}

void reply_cookie(struct reply *reply, const char *name, struct str value, bool secure, int64_t max_age)
{
    struct str full_name = reply_cookie_name(name, secure, reply->arena), age = STR("");
    if (!is_cookie_value(value)) {
        refuse(reply, "Set-Cookie");
        return;
    }
    if (max_age >= 0)
        age = str_format(reply->arena, "; Max-Age=%lld", (long long)max_age);
    reply_header(reply, "Set-Cookie",
                 str_format(reply->arena, "%.*s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%.*s", STR_ARG(full_name),
                            STR_ARG(value), secure ? "; Secure" : "", STR_ARG(age)));
}

struct sink *reply_sink(struct reply *reply)
{
    if (!reply->spool)
        reply->spool = spool_new(reply->arena);
    if (reply->spool)
        return &reply->spool->sink;
    reply->lost.status = NO_MEMORY; /* from the start: sink_add never calls its write */
    return &reply->lost;
}

enum status reply_status(const struct reply *reply)
{
    if (arena_status(reply->arena) != OK)
        return NO_MEMORY;
    if (reply->refused)
        return INVALID;
    return reply->spool ? reply->spool->sink.status : OK;
}

size_t reply_size(const struct reply *reply)
{
    return reply->spool ? reply->spool->size : reply->body.len;
}
