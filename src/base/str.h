/* str: text that carries its length, and a builder with a ceiling.
 *
 * struct str is a view: it owns nothing and need not end in NUL. Text that comes from an arena does end in
 * one (str_copy, str_format), so its .at may be handed to a C library.
 * struct buf grows on the heap up to its ceiling; the first failure sticks, later appends do nothing, and
 * buf_status says so once at the end. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

struct str {
    const char *at;
    size_t len;
};

#define STR(literal) ((struct str){ "" literal "", sizeof(literal) - 1 })
/* The same in a static table, where ISO C wants a plain initializer. */
#define STR_INIT(literal) { "" literal "", sizeof(literal) - 1 }
#define STR_NONE ((struct str){ NULL, 0 })
/* For printf: printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).len, ((s).at ? (s).at : "")

struct str str_of(const char *nul_terminated); /* NULL gives STR_NONE */
bool str_equal(struct str, struct str);
bool str_is(struct str, const char *nul_terminated);
int str_compare(struct str, struct str); /* by bytes: -1, 0, 1 */
bool str_starts(struct str, struct str prefix);
bool str_ends(struct str, struct str suffix);
struct str str_from(struct str, size_t start);          /* the rest; empty past the end */
struct str str_part(struct str, size_t start, size_t len); /* clipped to what is there */
struct str str_trim(struct str);                        /* ASCII white space at both ends */
/* Index of the first c at or after start, or s.len. */
size_t str_find(struct str, char c, size_t start);
/* Splits off what stands before the first sep; *rest becomes what follows it (empty when there is none). */
struct str str_cut(struct str *rest, char sep);
/* Whole decimal text, optional leading '-'; anything else, or overflow: false and *out untouched. */
bool str_to_int(struct str, int64_t *out);

/* Copies into the arena, NUL-terminated. STR_NONE when the arena has failed. */
struct str str_copy(struct arena *, struct str);
struct str str_format(struct arena *, const char *format, ...) PRINTF_LIKE(2, 3);
struct str str_format_args(struct arena *, const char *format, va_list) PRINTF_LIKE(2, 0);
struct str str_join(struct arena *, const struct str *parts, size_t count, struct str between);

struct buf {
    char *at;
    size_t len, room, ceiling;
    enum status status;
};

void buf_init(struct buf *, size_t ceiling);
void buf_release(struct buf *);
void buf_clear(struct buf *); /* forgets content and error, keeps the memory */
/* For buf_add alone, where there may be no room. */
void buf_add_slowly(struct buf *, struct str);

static inline void buf_add(struct buf *b, struct str s)
{
    if (s.len == 0)
        return;
    if (b->status != OK || s.len >= b->room - b->len) {
        buf_add_slowly(b, s);
        return;
    }
    memcpy(b->at + b->len, s.at, s.len);
    b->len += s.len;
    b->at[b->len] = '\0';
}

void buf_add_char(struct buf *, char);
/* Where it is known that about so many bytes will come: spares growing step by step. */
void buf_reserve(struct buf *, size_t more);
void buf_add_format(struct buf *, const char *format, ...) PRINTF_LIKE(2, 3);
struct str buf_str(const struct buf *);
enum status buf_status(const struct buf *) MUST_CHECK; /* OK, TOO_LARGE or NO_MEMORY */

#endif
