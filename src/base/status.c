/* status: names for logs. */
#include "base/status.h"

#include <stddef.h>

static const char *const names[STATUS_COUNT] = {
    [OK] = "ok",
    [INVALID] = "invalid",
    [MALFORMED] = "malformed",
    [UNAUTHENTICATED] = "unauthenticated",
    [FORBIDDEN] = "forbidden",
    [NOT_FOUND] = "not-found",
    [OTHER_METHOD] = "other-method",
    [CONFLICT] = "conflict",
    [TOO_LARGE] = "too-large",
    [TOO_MANY] = "too-many",
    [BUSY] = "busy",
    [NO_MEMORY] = "no-memory",
    [NO_SPACE] = "no-space",
    [UNAVAILABLE] = "unavailable",
    [CORRUPT] = "corrupt",
};

const char *status_name(enum status s)
{
    return (size_t)s < STATUS_COUNT ? names[s] : "unknown";
}
