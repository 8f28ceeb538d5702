/* routes: THE table: every address, who may open it, what it takes. `lotse routes` prints it; the tests open every row in
 * every role. To add a page: a row here, a function in page_*.c, a template, messages, a golden file. */
#include "page/answer.h"
#include "page/page.h"
#include "http/pairs.h"

enum { HTML = 1u << FORMAT_HTML, JSON = 1u << FORMAT_JSON, CSV = 1u << FORMAT_CSV };

static const struct field sign_in_fields[] = {
    { .name = "name", .kind = FIELD_TEXT, .max_chars = 200 },
    { .name = "password", .kind = FIELD_TEXT, .max_chars = 1024 },
    { .name = "target", .kind = FIELD_TEXT, .max_chars = 500 },
    { 0 },
};

static const struct field practice_fields[] = {
    { .name = "question", .kind = FIELD_ID, .max_chars = 64 },
    { .name = "again", .kind = FIELD_ID, .max_chars = 64 },
    { .name = "checked", .kind = FIELD_ID, .max_chars = 64, .max_values = PAIRS_MAX },
    { .name = "answer.*", .kind = FIELD_TEXT, .max_chars = GIVEN_MAX_CHARS, .max_values = GIVEN_MAX_VALUES },
    { .name = "part.*", .kind = FIELD_TEXT, .max_chars = GIVEN_MAX_CHARS },
    { .name = "counts.*", .kind = FIELD_ID, .max_chars = 8 },
    { .name = "move", .kind = FIELD_TEXT, .max_chars = 140 },
    { 0 },
};

static const struct field answer_fields[] = {
    { .name = "question", .kind = FIELD_ID, .max_chars = 64 },
    { .name = "answer", .kind = FIELD_TEXT, .max_chars = GIVEN_MAX_CHARS, .max_values = GIVEN_MAX_VALUES },
    { .name = "answer.*", .kind = FIELD_TEXT, .max_chars = GIVEN_MAX_CHARS, .max_values = GIVEN_MAX_VALUES },
    { .name = "part.*", .kind = FIELD_TEXT, .max_chars = GIVEN_MAX_CHARS },
    { .name = "counts.*", .kind = FIELD_ID, .max_chars = 8 },
    { .name = "move", .kind = FIELD_TEXT, .max_chars = 140 },
    { .name = "shown.*", .kind = FIELD_TOKEN, .max_chars = 32 },
    { .name = "choose.*", .kind = FIELD_CODE, .max_chars = 40 },
    { .name = "number", .kind = FIELD_NUMBER, .max_chars = 4 },
    { .name = "go", .kind = FIELD_ID, .max_chars = 16 },
    { .name = "lang", .kind = FIELD_ID, .max_chars = 2 },
    { 0 },
};

#define GET(pattern, formats, access, run, template) \
    { { METHOD_GET, pattern, NULL, formats }, access, run, template }
#define POST(pattern, fields, access, run) POST_OR(pattern, fields, access, run, NULL)
/* A form that shows its page again when something is missing: what was typed stays. */
#define POST_OR(pattern, fields, access, run, template) \
    { { METHOD_POST, pattern, fields, HTML }, access, run, template }

const struct page pages[] = {
    /* public */
    GET("/", HTML, ACCESS_PUBLIC, page_root, NULL),
    GET("/healthz", HTML, ACCESS_PUBLIC, page_health, NULL),
    GET("/dev/version", HTML, ACCESS_PUBLIC, page_dev, NULL), /* with --dev alone */
    GET("/sign-in", HTML, ACCESS_PUBLIC, page_sign_in, "sign-in"),
    POST_OR("/sign-in", sign_in_fields, ACCESS_PUBLIC, page_sign_in_post, "sign-in"),
    GET("/privacy", HTML, ACCESS_PUBLIC, page_privacy, "privacy"),
    GET("/accessibility", HTML, ACCESS_PUBLIC, page_accessibility, "accessibility"),
    GET("/help", HTML, ACCESS_PUBLIC, page_help, "help"),
    GET("/licences", HTML | JSON, ACCESS_PUBLIC, page_licences, "licences"),

    /* the account */
    GET("/account", HTML | JSON, ACCESS_SIGNED_IN, page_account, "account"),
    POST("/sign-out", NULL, ACCESS_SIGNED_IN, page_sign_out),
    POST("/sign-out-everywhere", NULL, ACCESS_SIGNED_IN, page_sign_out_all),

    /* learning */
    GET("/learn", HTML | JSON, ACCESS_SIGNED_IN, page_learn, "learn"),
    GET("/courses", HTML | JSON, ACCESS_SIGNED_IN, page_courses, "courses"),
    GET("/search", HTML | JSON, ACCESS_SIGNED_IN, page_search, "search"),
    GET("/courses/{course}", HTML | JSON, ACCESS_SIGNED_IN, page_course, "course"),
    POST("/courses/{course}/attempts", NULL, ACCESS_SIGNED_IN, page_attempt_start),
    GET("/courses/{course}/glossary", HTML | JSON, ACCESS_SIGNED_IN, page_glossary, "glossary"), /* before {lesson} */
    GET("/courses/{course}/{lesson}", HTML | JSON, ACCESS_SIGNED_IN, page_lesson, "lesson"),
    POST_OR("/courses/{course}/{lesson}/practice", practice_fields, ACCESS_SIGNED_IN, page_practice_post, "lesson"),
    POST("/courses/{course}/{lesson}/done", NULL, ACCESS_SIGNED_IN, page_lesson_done_post),
    GET("/media/{hash}/media/{file...}", HTML, ACCESS_SIGNED_IN, page_media, NULL),

    /* attempts: nobody but their learner knows that they exist */
    GET("/attempts/{attempt}", HTML | JSON, ACCESS_OWN_ATTEMPT, page_attempt, "attempt"),
    GET("/attempts/{attempt}/all", HTML, ACCESS_OWN_ATTEMPT, page_attempt_all, "attempt-all"),
    GET("/attempts/{attempt}/review", HTML, ACCESS_OWN_ATTEMPT, page_attempt_review, "attempt-review"),
    GET("/attempts/{attempt}/result", HTML | JSON, ACCESS_OWN_ATTEMPT, page_result, "result"),
    POST_OR("/attempts/{attempt}/answers", answer_fields, ACCESS_OWN_ATTEMPT, page_answers_post, "attempt-choose"),
    POST("/attempts/{attempt}/finish", NULL, ACCESS_OWN_ATTEMPT, page_finish_post),

    /* course packs */
    GET("/packs", HTML | JSON, ACCESS_TRAINER, page_packs, "packs"),
    GET("/packs/reference", HTML | JSON, ACCESS_TRAINER, page_reference, "reference"),
    GET("/packs/reference/{part}", HTML | JSON, ACCESS_TRAINER, page_reference_part, "reference-part"),

    /* reports: protected figures of units */
    GET("/units", HTML | JSON, ACCESS_SIGNED_IN, page_units, "units-start"),
    GET("/units/{unit}", HTML | JSON | CSV, ACCESS_UNIT_REPORT, page_unit, "unit"),
};

const size_t page_count = sizeof pages / sizeof *pages;
