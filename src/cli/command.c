/* command: reading the command line, help, dispatch. */
#include "cli/command.h"

#include "base/log.h"


/* Options that every command has: start-up settings (ext/config.h says more). */
static const struct cli_option common[] = {
    { "data", "DIR", "directory of the database (default data/run)" },
    { "config", "FILE", "configuration file (default DIR/lotse.ini, where it is there)" },
    { "courses", "DIR", "directory of the course packs (default courses)" },
    { "zone", "ZONE", "Europe/Zurich (default) or UTC" },
    { "log-level", "LEVEL", "debug, info (default), warn or error" },
    { "help", NULL, "this text" },
    { NULL, NULL, NULL },
};

struct str cli_flag(const struct cli *cli, const char *name)
{
    for (size_t i = cli->flag_count; i-- > 0;)
        if (str_is(cli->flags[i].name, name))
            return cli->flags[i].value;
    return STR_NONE;
}

bool cli_has(const struct cli *cli, const char *name)
{
    return cli_flag(cli, name).at != NULL;
}

int cli_trouble(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("lotse: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return EXIT_TROUBLE;
}

static const struct cli_option *find_option(const struct cli_option *options, struct str name)
{
    for (; options && options->name; options++)
        if (str_is(name, options->name))
            return options;
    return NULL;
}

static bool is_setting(struct str name)
{
    static const char *const settings[] = { "data", "listen", "courses", "public-url", "trusted-proxies", "threads",
                                            "zone", "log-level", "dev" };
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (str_is(name, settings[i]))
            return true;
    return false;
}

/* Takes one "--name value", "--name=value" or "--flag" off the line; 0 or EXIT_TROUBLE. */
static int read_option(struct cli *cli, const struct command *command, char **argv, int *i, int argc)
{
    struct str value = str_of(argv[*i] + 2);
    bool joined = str_find(value, '=', 0) < value.len;
    struct str name = str_cut(&value, '=');
    const struct cli_option *option = find_option(common, name);
    if (!option)
        option = find_option(command->options, name);
    if (!option)
        return cli_trouble("%s has no option --%.*s (lotse %s --help lists them)", command->name, STR_ARG(name),
                           command->name);
    if (option->value && !joined) {
        if (*i + 1 >= argc)
            return cli_trouble("--%s needs a value: --%s %s", option->name, option->name, option->value);
        value = str_of(argv[++*i]);
    } else if (!option->value) {
        value = STR("1");
    }
    if (cli->flag_count == CLI_MAX_FLAGS)
        return cli_trouble("more than %d options", CLI_MAX_FLAGS);
    cli->flags[cli->flag_count++] = (struct config_flag){ name, value };
    return 0;
}

static int read_line(struct cli *cli, const struct command *command, int argc, char **argv)
{
    for (int i = 2; i < argc; i++) {
        struct str word = str_of(argv[i]);
        if (str_starts(word, STR("--")) && word.len > 2) {
            int trouble = read_option(cli, command, argv, &i, argc);
            if (trouble)
                return trouble;
        } else if (cli->argument_count == CLI_MAX_ARGUMENTS) {
            return cli_trouble("more than %d arguments", CLI_MAX_ARGUMENTS);
        } else {
            cli->arguments[cli->argument_count++] = argv[i];
        }
    }
    return 0;
}

static int read_config(struct cli *cli)
{
    struct config_flag settings[CLI_MAX_FLAGS];
    size_t count = 0;
    for (size_t i = 0; i < cli->flag_count; i++)
        if (is_setting(cli->flags[i].name))
            settings[count++] = cli->flags[i];
    struct str file = cli_flag(cli, "config"), problem = STR_NONE;
    if (config_read(&cli->config, file.at, settings, count, &cli->arena, &problem))
        return cli_trouble("%.*s", STR_ARG(problem));
    static const char *const levels[] = { "debug", "info", "warn", "error" };
    for (size_t i = 0; i < 4; i++)
        if (str_is(config_text(&cli->config, SETTING_LOG_LEVEL), levels[i]))
            log_threshold((enum log_level)i);
    return 0;
}

static void print_options(const struct cli_option *options)
{
    for (; options && options->name; options++) {
        char left[64];
        snprintf(left, sizeof left, "--%s%s%s", options->name, options->value ? " " : "",
                 options->value ? options->value : "");
        printf("  %-28s %s\n", left, options->help);
    }
}

static int print_help(const struct command *command)
{
    printf("lotse %s %s\n%s\n\n", command->name, command->arguments, command->summary);
    print_options(command->options);
    print_options(common);
    puts("\nExit codes: 0 fine, 1 findings, 2 usage or failure.");
    return EXIT_FINE;
}

static int print_commands(const struct command *const *commands, size_t count)
{
    puts("lotse COMMAND [OPTIONS]\n");
    for (size_t i = 0; i < count; i++)
        printf("  %-9s %.*s\n", commands[i]->name, (int)strcspn(commands[i]->summary, "\n"), commands[i]->summary);
    puts("  help      Lists the commands.\n\nlotse COMMAND --help says more.");
    return EXIT_FINE;
}

static int run(const struct command *command, int argc, char **argv)
{
    enum { CEILING = 512 * 1024 * 1024 };
    struct cli *cli = calloc(1, sizeof *cli);
    if (!cli)
        return cli_trouble("out of memory");
    arena_init(&cli->arena, CEILING);
    int code = read_line(cli, command, argc, argv);
    if (code == 0 && cli_has(cli, "help"))
        code = print_help(command);
    else if (code == 0 && (code = read_config(cli)) == 0)
        code = command->run(cli);
    arena_release(&cli->arena);
    free(cli);
    return code;
}

int command_run(int argc, char **argv, const struct command *const *commands, size_t count)
{
    struct str name = argc > 1 ? str_of(argv[1]) : STR("");
    if (str_is(name, "help") || str_is(name, "--help") || str_is(name, "-h"))
        return print_commands(commands, count);
    if (str_is(name, "--version"))
        name = STR("version");
    for (size_t i = 0; i < count; i++)
        if (str_is(name, commands[i]->name))
            return run(commands[i], argc, argv);
    if (name.len)
        return cli_trouble("there is no command '%.*s' (lotse help lists them)", STR_ARG(name));
    print_commands(commands, count);
    return EXIT_TROUBLE;
}
