/* housekeeping: see housekeeping.h. */
#include "page/housekeeping.h"

#include "base/log.h"
#include "store/account.h"
#include "store/form_key.h"
#include "store/org.h"

static enum status tidy(struct db_conn *conn, void *job)
{
    const int64_t *now = job;
    enum status s = account_tidy(conn, *now);
    if (s == OK)
        s = form_key_tidy(conn, *now);
    return s ? s : report_view_tidy(conn, *now);
}

void housekeeping(const struct app *app)
{
    int64_t now = clock_now(&app->clock);
    enum status s = db_write(app->db, tidy, &now);
    if (s)
        log_event(LOG_WARN, "event=housekeeping why=%s", status_name(s));
}
