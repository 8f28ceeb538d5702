/* catalogue_mo: makes the bytes of a GNU MO file for tests, so that they need no file and can spoil any byte.
 * Entries must be given sorted by id; a plural is written "id\0id" with "one\0many". */
#ifndef TESTS_CATALOGUE_MO_H
#define TESTS_CATALOGUE_MO_H

#include "base/str.h"

struct mo_entry {
    struct str id, words;
};

static inline void mo_add_word(struct buf *b, size_t value)
{
    uint32_t word = (uint32_t)value;
    buf_add(b, (struct str){ (const char *)&word, sizeof word });
}

static inline struct str mo_make(struct buf *b, const struct mo_entry *entries, size_t count)
{
    const size_t header = 28, tables = count * 16;
    mo_add_word(b, 0x950412de);
    mo_add_word(b, 0);
    mo_add_word(b, count);
    mo_add_word(b, header);
    mo_add_word(b, header + count * 8);
    mo_add_word(b, 0);
    mo_add_word(b, header + tables);
    size_t at = header + tables;
    for (int words = 0; words < 2; words++) {
        for (size_t i = 0; i < count; i++) {
            size_t len = words ? entries[i].words.len : entries[i].id.len;
            mo_add_word(b, len);
            mo_add_word(b, at);
            at += len + 1;
        }
    }
    for (int words = 0; words < 2; words++) {
        for (size_t i = 0; i < count; i++) {
            buf_add(b, words ? entries[i].words : entries[i].id);
            buf_add_char(b, '\0');
        }
    }
    return buf_str(b);
}

#endif
