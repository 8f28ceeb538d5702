/* routes: the whole surface: method, address, who may, formats. */
#include "cli/command.h"
#include "page/answer.h"

static const char *const access_names[ACCESS_COUNT] = {
    [ACCESS_PUBLIC] = "public",           [ACCESS_SIGNED_IN] = "signed-in", [ACCESS_OWN_ATTEMPT] = "own-attempt",
    [ACCESS_UNIT_REPORT] = "unit-report", [ACCESS_TRAINER] = "trainer",     [ACCESS_ADMIN] = "admin",
};

static int run(struct cli *cli)
{
    (void)cli;
    for (size_t i = 0; i < page_count; i++) {
        const struct page *p = &pages[i];
        printf("%-5s %-36s %-12s html%s%s\n", p->route.method == METHOD_GET ? "GET" : "POST", p->route.pattern,
               access_names[p->access], p->route.formats & 1u << FORMAT_JSON ? " json" : "",
               p->route.formats & 1u << FORMAT_CSV ? " csv" : "");
    }
    return EXIT_FINE;
}

const struct command command_routes = { "routes", "", "Lists every address and who may open it.", NULL, run };
