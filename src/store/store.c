/* store: opening the database with everything the product asks of it. */
#include "store/store.h"

#include "base/embed.h"

#include <errno.h>
#include <sys/stat.h>

static const struct db_set *const sets[STORE_SET_COUNT] = {
    [STORE_SETTING] = &setting_set,       [STORE_ACCOUNT] = &account_set,       [STORE_LANE] = &lane_set,
    [STORE_ORG] = &org_set,               [STORE_ATTEMPT] = &attempt_set,       [STORE_PROGRESS] = &progress_set,
    [STORE_EVIDENCE] = &evidence_set,     [STORE_SNAPSHOT] = &snapshot_set,     [STORE_PACK_STATE] = &pack_state_set,
    [STORE_FORM_KEY] = &form_key_set,     [STORE_SEARCH] = &search_set,
    [STORE_SEARCH_WORDS] = &search_words_set, [STORE_SEARCH_INDEX] = &search_index_set,
};

/* "sql/0001-first.sql" files of the binary, in their order: number 1, name "first". */
static size_t migrations_of_binary(struct db_migration *out, size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < embed_count; i++) {
        struct str name = embed_table[i].name;
        int64_t number;
        if (!str_starts(name, STR("sql/")) || !str_to_int(str_part(name, 4, 4), &number) || count == room)
            continue;
        struct str rest = str_from(name, 9);
        out[count++] = (struct db_migration){
            .number = (int)number, .name = str_part(rest, 0, rest.len - 4), .sql = embed_table[i].bytes
        };
    }
    return count;
}

static enum status make_directory(struct str directory, struct arena *a, struct str *problem)
{
    struct str path = str_copy(a, directory);
    for (size_t i = 1; i <= path.len; i++) {
        if (i < path.len && path.at[i] != '/')
            continue;
        struct str parent = str_copy(a, str_part(path, 0, i));
        if (arena_status(a))
            return NO_MEMORY;
        if (mkdir(parent.at, 0700) && errno != EEXIST) {
            *problem = str_format(a, "cannot make the directory %s: %s", parent.at, strerror(errno));
            return UNAVAILABLE;
        }
    }
    return OK;
}

enum status store_open(struct db **db, struct str directory, bool create, bool exclusive, struct arena *a,
                       struct str *problem)
{
    enum status s = create ? make_directory(directory, a, problem) : OK;
    if (s)
        return s;
    enum { MOST_MIGRATIONS = 999 };
    struct db_migration *migrations = ARENA_ARRAY(a, MOST_MIGRATIONS, struct db_migration);
    struct str path = str_format(a, "%.*s/lotse.db", STR_ARG(directory));
    if (arena_status(a))
        return NO_MEMORY;
    struct db_options options = {
        .path = path.at,
        .sets = sets,
        .set_count = STORE_SET_COUNT,
        .migrations = migrations,
        .migration_count = migrations_of_binary(migrations, MOST_MIGRATIONS),
        .create = create,
        .exclusive = exclusive,
    };
    return db_open(db, &options, a, problem);
}
