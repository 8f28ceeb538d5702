/* coding: see coding.h. */
#include "http/coding.h"

#include "ext/gzip.h"
#include "http/accept.h"
#include "http/spool.h"

enum { WORTH_IT = 1400 }; /* less is one packet, packed or not */

static bool is_text(struct str type)
{
    return str_starts(type, STR("text/")) || str_starts(type, STR("application/json"));
}

/* Nothing that was handed over to a file: that is written as it is read. */
static bool can_be_packed(const struct reply *reply)
{
    return is_text(reply->type) && reply->spool && reply->spool->file < 0 && reply->spool->size >= WORTH_IT;
}

void coding_apply(const struct request *request, struct reply *reply)
{
    if (!can_be_packed(reply) || reply_status(reply) != OK)
        return;
    reply_header(reply, "Vary", STR("Accept-Encoding"));
    if (accept_coding(request->accept_encoding, false, true) != CODING_GZIP)
        return;
    struct buf packed;
    buf_init(&packed, SPOOL_MEMORY);
    if (gzip_add(&packed, buf_str(&reply->spool->memory)) != OK) {
        buf_release(&packed);
        return;
    }
    buf_release(&reply->spool->memory);
    reply->spool->memory = packed;
    reply->spool->size = packed.len;
    reply_header(reply, "Content-Encoding", STR("gzip"));
}
