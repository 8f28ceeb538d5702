/* config: start-up settings, INI by libinih; order: flag > environment > file > default. The file's section [policy] holds
 * the organisation's own rules (base/policy.h): ID = words, or ID.LANGUAGE = words; indented lines go on with them. */
#ifndef EXT_CONFIG_H
#define EXT_CONFIG_H

#include "base/policy.h"

enum config_origin { CONFIG_DEFAULT, CONFIG_FILE, CONFIG_ENVIRONMENT, CONFIG_FLAG };

enum setting {
    SETTING_DATA,            /* --data, LOTSE_DATA: directory, default data/run */
    SETTING_LISTEN,          /* --listen, LOTSE_LISTEN: 127.0.0.1:8080 */
    SETTING_COURSES,         /* --courses, LOTSE_COURSES: directory of packs, default "courses", else beside the binary */
    SETTING_PUBLIC_URL,      /* --public-url */
    SETTING_TRUSTED_PROXIES, /* --trusted-proxies: comma-separated addresses */
    SETTING_THREADS,         /* --threads */
    SETTING_ZONE,            /* --zone: Europe/Zurich or UTC */
    SETTING_LOG_LEVEL,       /* --log-level: debug info warn error */
    SETTING_DEV,             /* --dev: templates and assets from disk */
    SETTING_COUNT
};

struct config_value {
    const char *name; /* "listen" */
    struct str value;
    enum config_origin origin;
    struct str where; /* "lotse.ini:12", "LOTSE_LISTEN", "--listen" */
};

struct config {
    struct config_value values[SETTING_COUNT];
    struct policies policies;
};

/* file: path or NULL (then DATA/lotse.ini if it is there). flags: pairs taken off the command line by the caller.
 * INVALID: *problem names file:line, what is wrong and the mend; unknown keys are errors. */
struct config_flag {
    struct str name, value;
};
enum status config_read(struct config *, const char *file, const struct config_flag *, size_t flag_count, struct arena *,
                        struct str *problem) MUST_CHECK;
struct str config_text(const struct config *, enum setting);
int64_t config_int(const struct config *, enum setting);

#endif
