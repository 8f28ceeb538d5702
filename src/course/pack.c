/* pack: the compiled schema and a pack's identity. Reading a folder: pack_read.c; checking and loading: check.c. */
#include "course/check/check.h"
#include "ext/digest.h"

#include <libxml/parser.h>

enum { SCHEMA_MEMORY = 4 * 1024 * 1024 };

struct complaints {
    struct arena *arena;
    struct str *problem;
};

static void on_schema_error(void *context, xmlErrorPtr error)
{
    struct complaints *complaints = context;
    if (complaints->problem->len == 0)
        *complaints->problem = str_format(complaints->arena, "course-1.xsd:%d: %s", error->line, error->message);
}

static xmlSchema *compile(struct str xsd, struct complaints *complaints)
{
    xmlSchemaParserCtxt *ctxt = xmlSchemaNewMemParserCtxt(xsd.at, (int)xsd.len);
    if (!ctxt)
        return NULL;
    xmlSchemaSetParserStructuredErrors(ctxt, on_schema_error, complaints);
    xmlSchema *schema = xmlSchemaParse(ctxt);
    xmlSchemaFreeParserCtxt(ctxt);
    return schema;
}

enum status pack_schema_new(struct pack_schema **out, struct str xsd, const struct framework *framework,
                            const struct messages *messages, struct arena *arena, struct str *problem)
{
    *out = NULL;
    *problem = STR_NONE;
    xml_start();
    struct pack_schema *schema = calloc(1, sizeof *schema);
    if (!schema)
        return NO_MEMORY;
    arena_init(&schema->arena, SCHEMA_MEMORY);
    schema->framework = framework;
    schema->messages = messages;
    schema->xsd = compile(xsd, &(struct complaints){ arena, problem });
    enum status status = schema->xsd ? names_of_schema(schema, xsd) : CORRUPT;
    if (status == OK)
        *out = schema;
    else
        pack_schema_free(schema);
    return status;
}

void pack_schema_free(struct pack_schema *schema)
{
    if (!schema)
        return;
    xmlSchemaFree(schema->xsd);
    arena_release(&schema->arena);
    free(schema);
}

const struct framework *pack_schema_framework(const struct pack_schema *schema)
{
    return schema->framework;
}

const struct messages *pack_schema_messages(const struct pack_schema *schema)
{
    return schema->messages;
}

void pack_schema_set_policies(struct pack_schema *schema, const struct policies *policies)
{
    schema->policies = policies;
}

const struct policies *pack_schema_policies(const struct pack_schema *schema)
{
    return schema->policies;
}

const struct pack_file *pack_file(const struct pack_files *files, struct str path)
{
    size_t low = 0, high = files->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(path, files->files[middle].path);
        if (order == 0)
            return &files->files[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

struct str pack_hash(const struct pack_files *files, struct arena *arena)
{
    struct digest digest;
    digest_start(&digest);
    for (size_t i = 0; i < files->count; i++) {
        struct str length = str_format(arena, "%zu", files->files[i].bytes.len);
        digest_add(&digest, files->files[i].path);
        digest_add(&digest, (struct str){ "", 1 });
        digest_add(&digest, length);
        digest_add(&digest, (struct str){ "", 1 });
        digest_add(&digest, files->files[i].bytes);
    }
    return digest_end(&digest, arena);
}

const struct pack_file *pack_media(const struct pack_files *files, struct str path, enum lang lang)
{
    enum { LONGEST = 200 };
    char own[LONGEST];
    struct str rest = str_from(path, strlen("media/"));
    int len = str_starts(path, STR("media/")) && rest.len < LONGEST - 16
                  ? snprintf(own, sizeof own, "media/%s/%.*s", lang_code(lang), STR_ARG(rest))
                  : 0;
    const struct pack_file *file = len ? pack_file(files, (struct str){ own, (size_t)len }) : NULL;
    return file ? file : pack_file(files, path);
}
