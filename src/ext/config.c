/* config: see config.h. Read once at start by the main thread; immutable afterwards. Values live in the arena.
 *
 * Each setting is one row of SETTINGS: its name, default, check and what to say when the check refuses. A name is
 * written "public-url" as a flag, "public-url" or "public_url" in the file, LOTSE_PUBLIC_URL in the environment. */
#include "ext/config.h"

#include "base/utf8.h"

#include <arpa/inet.h>
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <ini.h>

enum { VALUE_MAX = 1024, NAME_MAX_BYTES = 80 };

struct rule {
    const char *name, *fallback;
    bool (*accepts)(struct str);
    const char *mend;
};

static bool is_path(struct str s)
{
    return s.len > 0;
}

static bool is_port(struct str s)
{
    int64_t port;
    return str_to_int(s, &port) && port >= 0 && port <= 65535;
}

static bool is_address(struct str s)
{
    char text[INET6_ADDRSTRLEN];
    unsigned char bytes[sizeof(struct in6_addr)];
    if (s.len >= sizeof text)
        return false;
    memcpy(text, s.at, s.len);
    text[s.len] = '\0';
    return inet_pton(AF_INET, text, bytes) == 1 || inet_pton(AF_INET6, text, bytes) == 1;
}

static bool is_listen(struct str s)
{
    struct str address = str_cut(&s, ':');
    return is_address(address) && is_port(s);
}

static bool is_public_url(struct str s)
{
    if (s.len == 0)
        return true;
    bool scheme = str_starts(s, STR("https://")) || str_starts(s, STR("http://"));
    struct str host = str_from(s, str_find(s, '/', 0) + 2);
    return scheme && host.len > 0 && str_find(host, '/', 0) == host.len && str_find(host, ' ', 0) == host.len;
}

static bool are_addresses(struct str s)
{
    while (s.len) {
        if (!is_address(str_trim(str_cut(&s, ','))))
            return false;
    }
    return true;
}

static bool is_thread_count(struct str s)
{
    int64_t n;
    return str_to_int(s, &n) && n >= 2 && n <= 2048;
}

static bool is_zone(struct str s)
{
    return str_is(s, "Europe/Zurich") || str_is(s, "UTC");
}

static bool is_level(struct str s)
{
    return str_is(s, "debug") || str_is(s, "info") || str_is(s, "warn") || str_is(s, "error");
}

static bool is_switch(struct str s)
{
    return str_is(s, "0") || str_is(s, "1");
}

static const struct rule SETTINGS[SETTING_COUNT] = {
    [SETTING_DATA] = { "data", "data/run", is_path, "name a directory" },
    [SETTING_LISTEN] = { "listen", "127.0.0.1:8080", is_listen, "write an IPv4 address and a port: 127.0.0.1:8080" },
    [SETTING_COURSES] = { "courses", "courses", is_path, "name the directory that holds the course packs" },
    [SETTING_PUBLIC_URL] = { "public-url", "", is_public_url,
                             "write scheme and host without a path: https://lotse.example.ch" },
    [SETTING_TRUSTED_PROXIES] = { "trusted-proxies", "", are_addresses,
                                  "write addresses with commas between: 127.0.0.1, 10.0.0.5" },
    [SETTING_THREADS] = { "threads", "256", is_thread_count, "write a whole number from 2 to 2048" },
    [SETTING_ZONE] = { "zone", "Europe/Zurich", is_zone, "write Europe/Zurich or UTC" },
    [SETTING_LOG_LEVEL] = { "log-level", "info", is_level, "write debug, info, warn or error" },
    [SETTING_DEV] = { "dev", "0", is_switch, "write 0 or 1" },
};

struct reading {
    struct config *config;
    struct arena *arena;
    struct str *problem;
    const char *path; /* of the file */
    FILE *file;
    int line;
    bool too_long;
    bool indented; /* the line: it goes on with the value of the one before */
    size_t policy_room;
    bool beside_data; /* DATA/lotse.ini, which therefore cannot say where DATA is */
};

static bool name_matches(struct str given, const char *name)
{
    if (given.len != strlen(name))
        return false;
    for (size_t i = 0; i < given.len; i++) {
        if (given.at[i] != name[i] && !(given.at[i] == '_' && name[i] == '-'))
            return false;
    }
    return true;
}

static enum setting setting_find(struct str name)
{
    enum setting i = 0;
    while (i < SETTING_COUNT && !name_matches(name, SETTINGS[i].name))
        i++;
    return i;
}

static struct str all_names(struct arena *a)
{
    struct str names[SETTING_COUNT];
    for (int i = 0; i < SETTING_COUNT; i++)
        names[i] = str_of(SETTINGS[i].name);
    return str_join(a, names, SETTING_COUNT, STR(", "));
}

static enum status set(struct reading *r, enum setting i, struct str value, enum config_origin origin, struct str where)
{
    const struct rule *rule = &SETTINGS[i];
    if (value.len > VALUE_MAX || !utf8_is_text(value) || !rule->accepts(value)) {
        *r->problem = str_format(r->arena, "%.*s: %s cannot be \"%.*s\": %s", STR_ARG(where), rule->name,
                                 STR_ARG(str_part(value, 0, NAME_MAX_BYTES)), rule->mend);
        return INVALID;
    }
    r->config->values[i] = (struct config_value){ rule->name, str_copy(r->arena, value), origin, where };
    return OK;
}

static enum status set_named(struct reading *r, struct str name, struct str value, enum config_origin origin,
                             struct str where)
{
    enum setting i = setting_find(name);
    if (i < SETTING_COUNT)
        return set(r, i, value, origin, where);
    *r->problem = str_format(r->arena, "%.*s: there is no setting \"%.*s\"; there are %.*s", STR_ARG(where),
                             STR_ARG(str_part(name, 0, NAME_MAX_BYTES)), STR_ARG(all_names(r->arena)));
    return INVALID;
}

static enum status set_defaults(struct reading *r)
{
    enum status s = OK;
    for (enum setting i = 0; i < SETTING_COUNT && s == OK; i++)
        s = set(r, i, str_of(SETTINGS[i].fallback), CONFIG_DEFAULT, STR("default"));
    return s;
}

/* ---- the file ---- */

/* Hands libinih one line; it would cut a longer one silently and read the rest as a line of its own. */
static char *next_line(char *line, int room, void *context)
{
    struct reading *r = context;
    if (r->too_long || !fgets(line, room, r->file))
        return NULL;
    r->line++;
    r->indented = line[0] == ' ' || line[0] == '\t';
    r->too_long = strlen(line) + 1 == (size_t)room && line[room - 2] != '\n';
    return r->too_long ? NULL : line;
}

static enum status refuse_line(struct reading *r, const char *why)
{
    if (r->problem->len == 0)
        *r->problem = str_format(r->arena, "%s:%d: %s", r->path, r->line, why);
    return INVALID;
}

/* ---- rules of the organisation ---- */

static bool is_policy_id(struct str id)
{
    bool fine = id.len > 0 && id.len <= 64 && id.at[0] >= 'a' && id.at[0] <= 'z';
    for (size_t i = 0; i < id.len && fine; i++)
        fine = (id.at[i] >= 'a' && id.at[i] <= 'z') || (id.at[i] >= '0' && id.at[i] <= '9') || id.at[i] == '-';
    return fine;
}

static struct policy *policy_find(struct policies *policies, const struct policy *like)
{
    for (size_t i = 0; i < policies->count; i++) {
        struct policy *policy = &policies->list[i];
        if (str_equal(policy->id, like->id) && policy->any == like->any && (like->any || policy->lang == like->lang))
            return policy;
    }
    return NULL;
}

static enum status add_policy(struct reading *r, struct policy policy)
{
    struct policies *all = &r->config->policies;
    all->list = arena_grow(r->arena, all->list, all->count, &r->policy_room, sizeof *all->list);
    if (!all->list)
        return NO_MEMORY;
    all->list[all->count++] = policy;
    return OK;
}

static enum status set_policy(struct reading *r, struct str name, struct str value)
{
    struct str tag = name, id = str_cut(&tag, '.');
    struct policy policy = { .any = tag.at == NULL || tag.len == 0 };
    bool tagged = id.len < name.len;
    if (!is_policy_id(id) || (tagged && !(lang_parse(tag, &policy.lang) && str_is(tag, lang_code(policy.lang)))))
        return refuse_line(r, "not the name of a rule; write ID or ID.LANGUAGE (de, en, fr, it), as in deadline.en = Five days.");
    if (value.len == 0 || !utf8_is_text(value))
        return refuse_line(r, "the rule has no words, or characters that are none");
    policy.id = str_copy(r->arena, id);
    struct policy *known = policy_find(&r->config->policies, &policy);
    if (known && !r->indented)
        return refuse_line(r, "the rule is there twice; keep one");
    if (known && known->text.len + value.len >= VALUE_MAX)
        return refuse_line(r, "the rule is too long; 1000 bytes are enough for two sentences");
    if (known) {
        known->text = str_format(r->arena, "%.*s %.*s", STR_ARG(known->text), STR_ARG(value));
        return OK;
    }
    policy.text = str_copy(r->arena, value);
    policy.where = str_format(r->arena, "%s:%d", r->path, r->line);
    return add_policy(r, policy);
}

static enum status set_from_line(struct reading *r, const char *section, const char *name, const char *value)
{
    if (strcmp(section, "policy") == 0)
        return set_policy(r, str_of(name), str_of(value));
    if (section[0] != '\0')
        return refuse_line(r, "there is no such section; write settings above all sections, rules of yours below [policy]");
    enum setting i = setting_find(str_of(name));
    if (i < SETTING_COUNT && r->config->values[i].origin == CONFIG_FILE)
        return refuse_line(r, "the setting is there twice (an indented line repeats the one above); keep one");
    if (i == SETTING_DATA && r->beside_data)
        return refuse_line(r, "data cannot be set in a file inside that directory; use --data or LOTSE_DATA");
    struct str where = str_format(r->arena, "%s:%d", r->path, r->line);
    return set_named(r, str_of(name), str_of(value), CONFIG_FILE, where);
}

/* libinih goes on after an error; the first problem stands. */
static int on_setting(void *context, const char *section, const char *name, const char *value)
{
    struct reading *r = context;
    return r->problem->len == 0 && set_from_line(r, section, name, value) == OK;
}

static enum status parse(struct reading *r)
{
    int wrong = ini_parse_stream(next_line, r, on_setting, r);
    if (r->too_long)
        return refuse_line(r, "the line is too long; a setting may have 190 characters");
    if (wrong > 0) {
        r->line = r->problem->len ? r->line : wrong;
        return refuse_line(r, "not a setting; write name = value");
    }
    return ferror(r->file) || wrong < 0 ? UNAVAILABLE : OK;
}

static enum status read_file(struct reading *r, bool must_exist)
{
    r->file = fopen(r->path, "re");
    if (!r->file && errno == ENOENT && !must_exist)
        return OK;
    if (!r->file) {
        *r->problem = str_format(r->arena, "%s cannot be opened: %s", r->path, strerror(errno));
        return INVALID;
    }
    enum status s = parse(r);
    fclose(r->file);
    return s;
}

/* ---- environment and flags ---- */

static enum status set_from_environment(struct reading *r, enum setting i)
{
    char name[NAME_MAX_BYTES];
    int len = snprintf(name, sizeof name, "LOTSE_%s", SETTINGS[i].name);
    for (int k = 0; k < len; k++)
        name[k] = name[k] == '-' ? '_' : (char)toupper((unsigned char)name[k]);
    const char *value = getenv(name);
    if (!value || value[0] == '\0')
        return OK;
    return set(r, i, str_of(value), CONFIG_ENVIRONMENT, str_copy(r->arena, str_of(name)));
}

/* A switch given without a value is on. */
static struct str flag_value(const struct config_flag *flag, struct str name)
{
    return flag->value.len == 0 && setting_find(name) == SETTING_DEV ? STR("1") : flag->value;
}

static enum status set_from_flag(struct reading *r, const struct config_flag *flag)
{
    struct str name = str_starts(flag->name, STR("--")) ? str_from(flag->name, 2) : flag->name;
    struct str where = str_format(r->arena, "--%.*s", STR_ARG(str_part(name, 0, NAME_MAX_BYTES)));
    return set_named(r, name, flag_value(flag, name), CONFIG_FLAG, where);
}

static enum status set_from_outside(struct reading *r, const struct config_flag *flags, size_t flag_count)
{
    enum status s = OK;
    for (enum setting i = 0; i < SETTING_COUNT && s == OK; i++)
        s = set_from_environment(r, i);
    for (size_t i = 0; i < flag_count && s == OK; i++)
        s = set_from_flag(r, &flags[i]);
    return s;
}

enum status config_read(struct config *c, const char *file, const struct config_flag *flags, size_t flag_count,
                        struct arena *a, struct str *problem)
{
    *problem = STR_NONE;
    c->policies = (struct policies){ 0 };
    struct reading r = { .config = c, .arena = a, .problem = problem, .path = file };
    enum status s = set_defaults(&r);
    if (s == OK && !file) {
        s = set_from_outside(&r, flags, flag_count); /* first of all, where the file lies */
        r.path = str_format(a, "%.*s/lotse.ini", STR_ARG(config_text(c, SETTING_DATA))).at;
        r.beside_data = true;
    }
    if (s == OK && r.path)
        s = read_file(&r, file != NULL);
    if (s == OK)
        s = set_from_outside(&r, flags, flag_count);
    return s == OK ? arena_status(a) : s;
}

struct str config_text(const struct config *c, enum setting i)
{
    assert(i < SETTING_COUNT);
    return c->values[i].value;
}

int64_t config_int(const struct config *c, enum setting i)
{
    int64_t n = 0;
    bool whole = str_to_int(config_text(c, i), &n);
    assert(whole);
    (void)whole;
    return n;
}
