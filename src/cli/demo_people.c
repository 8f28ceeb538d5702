/* demo_people: see demo_people.h. */
#include "cli/demo_people.h"

#include "ext/token.h"
#include "store/account.h"
#include "store/lane.h"

/* staff has not begun to learn, so that the whole way can be walked; all the others are like anybody. */
const struct demo_account demo_accounts[] = {
    { "staff", "SOD-SZHE", "SOCIAL", false, ROLE_LEAD, "", "learns; Informationssicherheit is still to be taken" },
    { "lead", "SD", "LEADER", true, ROLE_LEAD, "SD", "sees the figures of the Sozialdepartement" },
    { "hr", "HRZ-BERA", "HR", true, ROLE_HR, "STADT", "sees the figures of the whole city" },
    { "trainer", "HRZ-ENTW", "HR", true, ROLE_TRAINER, "STADT", "writes courses" },
    { "admin", "OIZ-ARBP", "ICT", true, ROLE_ADMIN, "STADT", "runs the system, sees no figures" },
};
const size_t demo_account_count = sizeof demo_accounts / sizeof *demo_accounts;

enum { DAYS_A_YEAR = 365 };

struct random demo_random(uint64_t seed, struct str purpose, size_t number)
{
    struct random of_number = { seed ^ ((uint64_t)number + 1) * 0xD1342543DE82EF95u };
    return random_of(random_next(&of_number), purpose);
}

/* ---------- drawing ---------- */

/* From -spread to spread, the middle more often than the ends. */
static int around_zero(struct random *r, int spread)
{
    uint64_t sides = (uint64_t)spread + 1;
    return (int)random_below(r, sides) + (int)random_below(r, sides) - spread;
}

/* What a place or a function has in common: the same for all of its people. */
static int shared_trait(uint64_t seed, struct str purpose, int index, int spread)
{
    struct random r = demo_random(seed, purpose, (size_t)index);
    return around_zero(&r, spread);
}

static void draw_disposition(struct demo_person *p, const struct demo_city *city, uint64_t seed, struct random *r)
{
    enum { ABILITY = 885, LOWEST = 600, HIGHEST = 985, TAKES_PART = 760 };
    int department = demo_city_department(city, p->unit);
    int ability = ABILITY + around_zero(r, 100) + shared_trait(seed, STR("ability of department"), department, 50) +
                  shared_trait(seed, STR("ability of unit"), p->unit, 30) +
                  shared_trait(seed, STR("ability of function"), p->job, 50);
    int share = TAKES_PART + shared_trait(seed, STR("share of department"), department, 150) +
                shared_trait(seed, STR("share of unit"), p->unit, 120);
    p->ability = (int16_t)(ability < LOWEST ? LOWEST : ability > HIGHEST ? HIGHEST : ability);
    p->learns = (int)random_below(r, 1000) < share;
}

/* Most were here before the span; some came within it, some left in its last year. */
static void draw_employment(struct demo_person *p, struct demo_span span, struct random *r)
{
    enum { CAME = 90, LEFT = 30, MOST_YEARS = 24 };
    bool came = random_below(r, 1000) < CAME, left = random_below(r, 1000) < LEFT;
    uint64_t days = (uint64_t)(span.last - span.first);
    p->from = came ? span.first + 1 + (int32_t)random_below(r, days)
                   : span.first - (int32_t)random_below(r, MOST_YEARS * DAYS_A_YEAR);
    p->to = left && !came ? span.last - 1 - (int32_t)random_below(r, DAYS_A_YEAR - 1) : 0;
}

static int64_t learner_key(struct str key, size_t index)
{
    char text[32];
    int len = snprintf(text, sizeof text, "learner %zu", index);
    int64_t learner = (int64_t)(token_keyed64(key, (struct str){ text, (size_t)len }) >> 1);
    return learner ? learner : 1;
}

static void draw_person(struct demo_person *p, size_t index, int unit, const struct demo_city *city, uint64_t seed,
                        struct str key, struct demo_span span)
{
    struct random r = demo_random(seed, STR("person"), index);
    p->learner = learner_key(key, index);
    p->unit = (int16_t)unit;
    p->job = (int16_t)demo_city_draw_function(city, unit, &r);
    draw_employment(p, span, &r);
    draw_disposition(p, city, seed, &r);
}

static void draw_account(struct demo_person *p, size_t index, const struct demo_city *city, uint64_t seed,
                         struct str key, struct demo_span span)
{
    const struct demo_account *account = &demo_accounts[index];
    draw_person(p, index, demo_city_unit(city, str_of(account->unit)), city, seed, key, span);
    p->job = (int16_t)demo_city_function(city, str_of(account->function));
    p->from = span.first - (int32_t)(index + 1) * DAYS_A_YEAR;
    p->to = 0;
    p->learns = index > 0;
}

/* Units get people by weight: cumulative rounding leaves nobody over and favours nobody. */
enum status demo_people_draw(struct demo_people *people, size_t count, const struct demo_city *city, uint64_t seed,
                             struct str key, struct demo_span span, struct arena *a)
{
    *people = (struct demo_people){ ARENA_ARRAY(a, count, struct demo_person), count };
    if (!people->list)
        return NO_MEMORY;
    size_t next = 0;
    for (; next < demo_account_count; next++)
        draw_account(&people->list[next], next, city, seed, key, span);
    int64_t weight = 0, rest = (int64_t)(count - next);
    for (size_t u = 0; u < city->unit_count; u++) {
        weight += city->units[u].weight;
        size_t end = demo_account_count + (size_t)(rest * weight / city->weight);
        for (; next < end; next++)
            draw_person(&people->list[next], next, (int)u, city, seed, key, span);
    }
    return OK;
}

/* ---------- writing ---------- */

static struct str draw_name(const struct demo_city *city, struct random *r, struct arena *a)
{
    struct str given = city->given[random_below(r, city->given_count)];
    struct str family = city->family[random_below(r, city->family_count)];
    return str_format(a, "%.*s %.*s", STR_ARG(given), STR_ARG(family));
}

/* One in forty worked elsewhere in the department until some day of the span. */
static bool draw_move(const struct demo_person *p, const struct demo_city *city, struct demo_span span,
                      struct random *r, int *unit_before, int32_t *moved)
{
    enum { ONE_IN = 40 };
    const struct unit *department = &city->units[demo_city_department(city, p->unit)].unit;
    bool moves = random_below(r, ONE_IN) == 0;
    *unit_before = department->place + (int)random_below(r, (uint64_t)(department->last - department->place) + 1);
    *moved = span.first + 1 + (int32_t)random_below(r, (uint64_t)(span.last - span.first));
    bool fits = p->from < *moved && (p->to == 0 || p->to > *moved);
    return moves && fits && *unit_before != p->unit && city->units[*unit_before].weight > 0;
}

static enum status write_positions(const struct demo_person *p, int64_t id, bool may_move, const struct demo_city *city,
                                   struct demo_span span, struct random *r, struct db_conn *conn)
{
    int unit_before;
    int32_t moved, from = p->from;
    enum status s = OK;
    if (draw_move(p, city, span, r, &unit_before, &moved) && may_move) {
        int job_before = demo_city_draw_function(city, unit_before, r);
        s = position_add(conn, id, city->units[unit_before].unit.id, city->functions[job_before].function.id, p->from,
                         moved - 1);
        from = moved;
    }
    if (s)
        return s;
    return position_add(conn, id, city->units[p->unit].unit.id, city->functions[p->job].function.id, from, p->to);
}

enum status demo_people_write(const struct demo_people *people, size_t first, size_t count,
                              const struct demo_city *city, uint64_t seed, struct demo_span span, struct arena *a,
                              struct db_conn *conn)
{
    enum status s = OK;
    for (size_t i = first; s == OK && i < people->count && i < first + count; i++) {
        struct random r = demo_random(seed, STR("name and moves"), i);
        int64_t id;
        s = person_add(conn, draw_name(city, &r, a), LANG_DE, &id);
        if (s == OK && id != (int64_t)i + 1)
            s = CONFLICT; /* somebody else writes here */
        if (s == OK)
            s = lane_link(conn, id, people->list[i].learner);
        if (s == OK)
            s = write_positions(&people->list[i], id, i >= demo_account_count, city, span, &r, conn);
    }
    return s ? s : arena_status(a);
}

enum status demo_accounts_write(const struct demo_city *city, struct str password_hash, struct db_conn *conn)
{
    enum status s = OK;
    for (size_t i = 0; s == OK && i < demo_account_count; i++) {
        const struct demo_account *account = &demo_accounts[i];
        s = account_put(conn, (int64_t)i + 1, str_of(account->name), password_hash);
        if (s == OK && account->has_role) {
            int unit = demo_city_unit(city, str_of(account->role_unit));
            s = grant_add(conn, (int64_t)i + 1, account->role, city->units[unit].unit.id);
        }
    }
    return s;
}
