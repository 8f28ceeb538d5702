/* verify: see verify.h. Reads in one view, changes nothing. */
#include "task/verify.h"

#include "rules/disclosure.h"
#include "store/evidence.h"
#include "store/snapshot.h"
#include "task/cut.h"

struct threshold_check {
    int k;
    int64_t cells, wrong;
};

static void ignore_unit(void *context, const struct snapshot_unit *unit)
{
    (void)context;
    (void)unit;
}

static bool on_ladder(int64_t shown, const struct cell *c)
{
    bool inside = shown >= 0 && shown <= (int64_t)c->people * AMOUNT;
    return inside && (c->steps == 0 || shown % ((int64_t)c->people * AMOUNT / c->steps) == 0);
}

static bool cell_holds(const struct cell *c, int k)
{
    if (!c->own)
        return c->counted_in >= 0 && c->people == 0;
    bool steps_fit = c->steps == 0 || c->steps == disclosure_steps(c->people);
    return c->people >= k && steps_fit && on_ladder(c->reached, c) && on_ladder(c->assessed, c) &&
           c->reached <= c->assessed;
}

static void check_cell(void *context, const struct cell *c)
{
    struct threshold_check *check = context;
    check->cells++;
    check->wrong += !cell_holds(c, check->k);
}

static enum status verify_snapshot(struct db_conn *view, const struct snapshot *snapshot, struct arena *a,
                                   struct verify_report *report)
{
    struct threshold_check check = { .k = snapshot->k };
    struct str checksum;
    enum status s = cut_checksum(view, snapshot->id, a, &checksum);
    if (s == OK)
        s = snapshot_read(view, snapshot->id, (struct snapshot_reader){ ignore_unit, check_cell, &check });
    if (s)
        return s;
    report->snapshots++;
    report->checksums_wrong += !str_equal(checksum, snapshot->checksum);
    report->cells += check.cells;
    report->thresholds_wrong += check.wrong;
    return OK;
}

static enum status verify_completions(struct db_conn *view, const struct completion_rule *rules, size_t count,
                                      struct verify_report *report)
{
    enum status s = completion_count_unfounded(view, &report->completions_wrong);
    for (size_t i = 0; s == OK && i < count; i++) {
        int64_t due = 0, wrong = 0;
        s = completion_count_wrong(view, &rules[i], &due, &wrong);
        report->completions += due;
        report->completions_wrong += wrong;
    }
    return s;
}

enum status verify_all(struct db *db, const struct completion_rule *rules, size_t rule_count, struct arena *a,
                       struct verify_report *report)
{
    *report = (struct verify_report){ 0 };
    struct db_conn *view;
    struct snapshot *snapshots;
    size_t count = 0;
    enum status s = db_view(db, &view);
    if (s)
        return s;
    s = standing_count_wrong(view, &report->standings, &report->standings_wrong);
    if (s == OK)
        s = verify_completions(view, rules, rule_count, report);
    if (s == OK)
        s = activity_count_wrong(view, &report->activities_wrong);
    if (s == OK)
        s = snapshots_all(view, a, &snapshots, &count);
    for (size_t i = 0; s == OK && i < count; i++)
        s = verify_snapshot(view, &snapshots[i], a, report);
    db_view_end(view);
    return s;
}

bool verify_is_clean(const struct verify_report *r)
{
    return r->standings_wrong == 0 && r->completions_wrong == 0 && r->activities_wrong == 0 && r->checksums_wrong == 0 &&
           r->thresholds_wrong == 0;
}
