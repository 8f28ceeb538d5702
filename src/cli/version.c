/* version: what this binary is. */
#include "cli/command.h"

#ifndef LOTSE_VERSION
#define LOTSE_VERSION "0.1.0"
#endif

static int run(struct cli *cli)
{
    (void)cli;
    puts("lotse " LOTSE_VERSION);
    return EXIT_FINE;
}

const struct command command_version = { "version", "", "Says which version this is.", NULL, run };
