/* pack_state: what an attempt saw: the files of a pack, by content hash, kept as long as an attempt refers to them. */
#ifndef STORE_PACK_STATE_H
#define STORE_PACK_STATE_H

#include "store/store.h"

struct pack_state_file {
    struct str path, bytes;
};

enum status pack_state_exists(struct db_conn *, struct str hash) MUST_CHECK; /* OK or NOT_FOUND */
enum status pack_state_add(struct db_conn *, struct str hash, struct str course, struct str version, int64_t now) MUST_CHECK;
enum status pack_state_add_file(struct db_conn *, struct str hash, struct pack_state_file) MUST_CHECK;
/* All files, sorted by path. NOT_FOUND: this state is not stored. */
enum status pack_state_files(struct db_conn *, struct str hash, struct arena *, struct pack_state_file **, size_t *count)
    MUST_CHECK;
/* One of them, its bytes in the arena. */
enum status pack_state_file_find(struct db_conn *, struct str hash, struct str path, struct arena *, struct str *bytes)
    MUST_CHECK;

#endif
