/* lane: see lane.h. Auditors: every statement that names learner_link stands here, and `make layers` keeps it so. */
#include "store/lane.h"

enum { OWN, LINK, COMPETENCE, COURSE, PARTICIPATION };

static const char whole_city[] = "counts everybody in the city, once a cut";

/* Everybody who is employed on the day ?2, once: by the position that began last, as in the own profile (org.c). The
 * rules of disclosure rest on it that nobody belongs to two units (docs/disclosure.md, section 1). */
#define STAFF " FROM position p JOIN unit u ON u.id = p.unit JOIN learner_link l ON l.person = p.person"
#define ON_THE_DAY \
    " WHERE p.from_day <= ?2 AND coalesce(p.to_day, ?2) >= ?2 AND NOT EXISTS (SELECT 1 FROM position later" \
    " WHERE later.person = p.person AND later.from_day > p.from_day AND later.from_day <= ?2" \
    " AND coalesce(later.to_day, ?2) >= ?2) GROUP BY u.place ORDER BY u.place"

static const struct db_statement statements[] = {
    [OWN] = { "own-learner", "SELECT learner FROM learner_link WHERE person = ?1", NULL },
    [LINK] = { "link", "INSERT INTO learner_link (person, learner) VALUES (?1, ?2)", NULL },
    [COMPETENCE] = { "count-competence",
                     "SELECT u.place, count(*), coalesce(sum(s.assessable), 0),"
                     " coalesce(sum(CASE WHEN s.assessable = 1 AND s.level >= t.level THEN 1 ELSE 0 END), 0)" STAFF
                     " JOIN target t ON t.job_function = p.job_function AND t.competence = ?1"
                     " LEFT JOIN standing s ON s.learner = l.learner AND s.competence = ?1" ON_THE_DAY,
                     whole_city },
    [COURSE] = { "count-course",
                 "SELECT u.place, count(*), count(*),"
                 " coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM completion c WHERE c.learner = l.learner AND c.course = ?1"
                 " AND c.day <= ?2 AND coalesce(c.valid_until, ?2) >= ?2) THEN 1 ELSE 0 END), 0)" STAFF ON_THE_DAY,
                 whole_city },
    [PARTICIPATION] = { "count-participation",
                        "SELECT u.place, count(*), count(*),"
                        " coalesce(sum(CASE WHEN a.last_day >= ?1 THEN 1 ELSE 0 END), 0)" STAFF
                        " LEFT JOIN activity a ON a.learner = l.learner" ON_THE_DAY,
                        whole_city },
};
const struct db_set lane_set = STORE_SET(STORE_LANE, "lane", statements);

enum status lane_own_learner(struct db_conn *conn, int64_t person, int64_t *learner)
{
    struct db_cursor c = db_query(conn, &lane_set, OWN);
    db_bind_int(&c, person);
    bool found = db_next(&c);
    if (found)
        *learner = db_int(&c, 0);
    return store_found(found, &c);
}

enum status lane_link(struct db_conn *conn, int64_t person, int64_t learner)
{
    struct db_cursor c = db_query(conn, &lane_set, LINK);
    db_bind_int(&c, person);
    db_bind_int(&c, learner);
    return db_run(&c, NULL);
}

static enum status hand_out(struct db_cursor *c, struct lane_counts counts)
{
    while (db_next(c))
        counts.each(counts.context, (struct lane_count){ (int32_t)db_int(c, 0), (int)db_int(c, 1), (int)db_int(c, 2),
                                                         (int)db_int(c, 3) });
    return db_end(c);
}

enum status lane_count_competence(struct db_conn *conn, struct str competence, int32_t day, struct lane_counts counts)
{
    struct db_cursor c = db_query(conn, &lane_set, COMPETENCE);
    db_bind_text(&c, competence);
    db_bind_int(&c, day);
    return hand_out(&c, counts);
}

enum status lane_count_course(struct db_conn *conn, struct str course, int32_t day, struct lane_counts counts)
{
    struct db_cursor c = db_query(conn, &lane_set, COURSE);
    db_bind_text(&c, course);
    db_bind_int(&c, day);
    return hand_out(&c, counts);
}

enum status lane_count_participation(struct db_conn *conn, int32_t since, int32_t day, struct lane_counts counts)
{
    struct db_cursor c = db_query(conn, &lane_set, PARTICIPATION);
    db_bind_int(&c, since);
    db_bind_int(&c, day);
    return hand_out(&c, counts);
}
