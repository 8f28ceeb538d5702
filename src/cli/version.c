/* version: what this binary is. */
#include "base/version.h"
#include "cli/command.h"

static int run(struct cli *cli)
{
    (void)cli;
    puts("lotse " LOTSE_VERSION);
    return EXIT_FINE;
}

const struct command command_version = { "version", "", "Says which version this is.", NULL, run };
