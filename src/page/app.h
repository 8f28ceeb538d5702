/* app: what every request shares. Made at start, const afterwards; database, catalogue and state cache are thread-safe. */
#ifndef PAGE_APP_H
#define PAGE_APP_H

#include "base/clock.h"
#include "base/message.h"
#include "course/catalogue.h"
#include "course/framework.h"
#include "course/reference.h"
#include "course/state_cache.h"
#include "db/db.h"
#include "doc/template.h"
#include "ext/config.h"

struct app {
    struct arena arena; /* for what is made once */
    const struct config *config;
    struct clock clock;
    enum clock_zone zone;
    struct db *db;
    struct messages *messages;
    struct framework *framework;
    struct pack_schema *schema;
    struct reference *reference; /* of the pack language */
    struct catalogue_holder *catalogue;
    uint64_t folder_seen; /* fingerprint of the packs' folder just before they were read at the start */
    struct state_cache *states;
    struct template_set *templates;
    struct str secret; /* of the installation: csrf tokens, keyed hashes */
    struct str city;
    bool demo, dev;
};

/* What the command line needs without a database: messages, framework, pack schema. */
enum status app_open_words(struct app *, const struct config *, struct str *problem) MUST_CHECK;
/* Opens the database too, loads templates and courses. Packs with errors are logged and left out.
 * create: may make the database, and has it alone (the server, the demo); else it is opened beside a running server. */
enum status app_open(struct app *, const struct config *, bool create, struct str *problem) MUST_CHECK;
/* Opens the database beside a running server, for reading alone; no courses, no templates. */
enum status app_open_reading(struct app *, const struct config *, struct str *problem) MUST_CHECK;
void app_close(struct app *);

/* Where the course packs are. */
struct str app_courses_folder(const struct app *, struct arena *);
/* Reads the packs whose files changed, and logs how each stands. One thread at a time. */
enum status app_load_courses(const struct app *, const char *folder, struct arena *) MUST_CHECK;

int32_t app_today(const struct app *); /* civil day in the installation's zone */
/* Text of a message without parameters. */
struct str app_say(const struct app *, struct arena *, enum lang, const char *message);

#endif
