/* config: each setting's value and where it comes from; then the rules of the organisation. */
#include "cli/command.h"

static const struct cli_option options[] = {
    { "listen", "ADDRESS:PORT", "see serve" },      { "public-url", "URL", "see serve" },
    { "trusted-proxies", "LIST", "see serve" },     { "threads", "N", "see serve" },
    { "dev", NULL, "see serve" },                   { NULL, NULL, NULL },
};

static void print_policies(const struct policies *policies)
{
    if (policies->count)
        puts("\n[policy]");
    for (size_t i = 0; i < policies->count; i++) {
        const struct policy *p = &policies->list[i];
        printf("%.*s%s%s = %.*s  (%.*s)\n", STR_ARG(p->id), p->any ? "" : ".", p->any ? "" : lang_code(p->lang),
               STR_ARG(p->text), STR_ARG(p->where));
    }
}

static int run(struct cli *cli)
{
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct config_value *v = &cli->config.values[i];
        printf("%-16s %-28.*s %.*s\n", v->name, STR_ARG(v->value), STR_ARG(v->where));
    }
    print_policies(&cli->config.policies);
    return EXIT_FINE;
}

const struct command command_config = { "config", "", "Shows each setting and where it comes from.", options, run };
