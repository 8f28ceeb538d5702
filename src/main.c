/* main: the command table only. */
#include "cli/command.h"

int main(int argc, char **argv)
{
    static const struct command *const commands[] = {
        &command_serve, &command_check,  &command_demo, &command_cut, &command_user,
        &command_verify, &command_backup, &command_config, &command_routes, &command_sql, &command_version,
    };
    return command_run(argc, argv, commands, sizeof commands / sizeof *commands);
}
