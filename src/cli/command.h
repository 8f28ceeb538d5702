/* command: one const struct a command; the command line is read in one place and --help is made from the same table.
 * Exit codes: 0 fine, 1 findings, 2 usage or failure. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "base/str.h"
#include "ext/config.h"

enum { EXIT_FINE = 0, EXIT_FINDINGS = 1, EXIT_TROUBLE = 2 };

struct cli_option {
    const char *name;  /* "people"; NULL ends the table */
    const char *value; /* "N"; NULL: a flag */
    const char *help;
};

enum { CLI_MAX_FLAGS = 32, CLI_MAX_ARGUMENTS = 256 };

/* A command line as read: flags in config's form, the rest in order. */
struct cli {
    struct arena arena;
    struct config config;
    struct config_flag flags[CLI_MAX_FLAGS];
    size_t flag_count;
    const char *arguments[CLI_MAX_ARGUMENTS];
    size_t argument_count;
};

struct command {
    const char *name;
    const char *arguments; /* "PATH..." for the usage line, or "" */
    const char *summary;   /* one sentence; further lines for --help alone */
    const struct cli_option *options; /* beyond those that every command has */
    int (*run)(struct cli *);
};

/* STR_NONE when the option was not given. */
struct str cli_flag(const struct cli *, const char *name);
bool cli_has(const struct cli *, const char *name);
/* Says "lotse: ..." on standard error; returns EXIT_TROUBLE. */
int cli_trouble(const char *format, ...) PRINTF_LIKE(1, 2);

extern const struct command command_serve, command_check, command_demo, command_cut, command_user, command_verify,
    command_backup, command_config, command_routes, command_sql, command_version;

/* Finds and runs the command of argv; prints help where asked. */
int command_run(int argc, char **argv, const struct command *const *commands, size_t count);

#endif
