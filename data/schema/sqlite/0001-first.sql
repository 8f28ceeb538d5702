-- Lotse's first schema. Every table says what it holds, for whom, and how long it is kept (the build checks it).
-- Instants are UTC seconds, days are civil days since 1970-01-01, points are thousandths of an item.
-- `learner` is a random key: only the table learner_link joins it to a person, and only store/lane.c names that table.

-- ---------- the installation ----------

-- holds: settings of the installation: the server's secret, the city's name, whether this is a demo
-- for: the server; administrators see all but the secret
-- keep: for the life of the installation
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ---------- the organisation ----------

-- holds: organisational units as a tree; place and last are the preorder interval of the unit and all below it
-- for: everyone (the org chart is public inside the city)
-- keep: for the life of the installation; closed units stay for their history
CREATE TABLE unit (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    parent INTEGER REFERENCES unit (id),
    place INTEGER NOT NULL UNIQUE,
    last INTEGER NOT NULL CHECK (last >= place)
) STRICT;
CREATE INDEX unit_parent ON unit (parent, place);

-- holds: functions (kinds of jobs), their names in four languages
-- for: everyone
-- keep: for the life of the installation
CREATE TABLE job_function (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name_de TEXT NOT NULL,
    name_en TEXT NOT NULL,
    name_fr TEXT NOT NULL,
    name_it TEXT NOT NULL
) STRICT;

-- holds: target profiles: the level of a competence that a function needs
-- for: everyone
-- keep: for the life of the installation
CREATE TABLE target (
    job_function INTEGER NOT NULL REFERENCES job_function (id),
    competence TEXT NOT NULL,
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
    PRIMARY KEY (job_function, competence)
) STRICT, WITHOUT ROWID;

-- holds: persons by name
-- for: the person, and the named lane of heads and HR
-- keep: while employed and one year after; then the row is erased and its learner key stays unlinked
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    lang TEXT NOT NULL DEFAULT 'de' CHECK (lang IN ('de', 'fr', 'it', 'en'))
) STRICT;

-- holds: who is employed where, as what, from and to which day
-- for: the person, heads of the unit, HR
-- keep: as long as the person
CREATE TABLE position (
    person INTEGER NOT NULL REFERENCES person (id),
    from_day INTEGER NOT NULL,
    to_day INTEGER CHECK (to_day >= from_day),
    unit INTEGER NOT NULL REFERENCES unit (id),
    job_function INTEGER NOT NULL REFERENCES job_function (id),
    PRIMARY KEY (person, from_day)
) STRICT, WITHOUT ROWID;

-- holds: the link between a person and the learner key that answers and evidence carry
-- for: nobody directly; store/lane.c uses it to find one's own key at sign-in and to count people per unit
-- keep: as long as the person; erasing it makes the learning history anonymous
CREATE TABLE learner_link (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    learner INTEGER NOT NULL UNIQUE CHECK (learner > 0)
) STRICT;

-- ---------- sign-in ----------

-- holds: local accounts: sign-in name (lower case) and Argon2id password hash
-- for: sign-in only
-- keep: as long as the person
CREATE TABLE account (
    person INTEGER PRIMARY KEY REFERENCES person (id),
    name TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL
) STRICT;

-- holds: roles beyond learner; unit says where a grant begins (the root: the whole city)
-- for: access decisions; the person sees the own ones
-- keep: until withdrawn
CREATE TABLE role_grant (
    person INTEGER NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('lead', 'hr', 'trainer', 'admin')),
    unit INTEGER NOT NULL REFERENCES unit (id),
    PRIMARY KEY (person, role, unit)
) STRICT, WITHOUT ROWID;

-- holds: sessions, by the SHA-256 of their token: who steals the database cannot sign in with it
-- for: sign-in only
-- keep: until expiry (12 hours) or sign-out
CREATE TABLE session (
    token_hash BLOB PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person (id),
    started_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    lang TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_person ON session (person);
CREATE INDEX session_expiry ON session (expires_at);

-- holds: failed sign-ins in a row, by a keyed hash of the name typed (existing or not) or of the browser that knows it
-- for: slowing down guessing
-- keep: 15 minutes after the last failure
CREATE TABLE sign_in_failure (
    name_hash BLOB PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_failure_age ON sign_in_failure (last_at);

-- holds: forms already carried out, as a keyed hash of sender, key and content, and where their answer led. No person: the
--   address of an attempt beside one would be a second link to the learner
-- for: answering the same form twice with one effect
-- keep: 24 hours
CREATE TABLE form_key (
    form_hash BLOB PRIMARY KEY,
    location TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX form_key_age ON form_key (at);

-- ---------- learning ----------

-- holds: states of course packs that somebody was examined on, by content hash
-- for: showing and marking attempts whatever happens to the pack
-- keep: as long as an attempt refers to it
CREATE TABLE pack_state (
    hash TEXT PRIMARY KEY,
    course TEXT NOT NULL,
    version TEXT NOT NULL,
    stored_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- holds: the files of a pack state
-- for: see pack_state
-- keep: as long as the pack state
CREATE TABLE pack_state_file (
    hash TEXT NOT NULL REFERENCES pack_state (hash),
    path TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (hash, path)
) STRICT, WITHOUT ROWID;

-- holds: attempts at a course's test; finished ones with their result. version counts the saves
-- for: the learner; nobody else sees an attempt
-- keep: result as long as it is valid and one cycle more
CREATE TABLE attempt (
    id INTEGER PRIMARY KEY,
    learner INTEGER NOT NULL,
    course TEXT NOT NULL,
    pack TEXT NOT NULL REFERENCES pack_state (hash),
    seed INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    position INTEGER NOT NULL DEFAULT 1,
    version INTEGER NOT NULL DEFAULT 0,
    finished_at INTEGER,
    points INTEGER,
    points_max INTEGER,
    passed INTEGER CHECK (passed IN (0, 1)),
    valid_until INTEGER
) STRICT;
CREATE INDEX attempt_learner ON attempt (learner, course, id);
-- One open attempt per course and learner: two devices meet in the same one.
CREATE UNIQUE INDEX attempt_open ON attempt (learner, course) WHERE finished_at IS NULL;

-- holds: the items drawn for an attempt, in their order
-- for: the learner
-- keep: as long as the attempt
CREATE TABLE attempt_item (
    attempt INTEGER NOT NULL REFERENCES attempt (id),
    position INTEGER NOT NULL,
    item TEXT NOT NULL,
    must_pass INTEGER NOT NULL CHECK (must_pass IN (0, 1)),
    PRIMARY KEY (attempt, position)
) STRICT, WITHOUT ROWID;

-- holds: answers as given (option ids or a text), the latest of each item. page is a mark of the page that it was filled in
--   on: who changes an answer on the same page once more is not asked which one counts
-- for: the learner; marking
-- keep: 12 months after the attempt was finished, then the words go and the evidence stays
CREATE TABLE answer (
    attempt INTEGER NOT NULL REFERENCES attempt (id),
    item TEXT NOT NULL,
    given TEXT NOT NULL,
    lang TEXT NOT NULL,
    answered_at INTEGER NOT NULL,
    page TEXT NOT NULL,
    PRIMARY KEY (attempt, item)
) STRICT, WITHOUT ROWID;

-- holds: evidence: one row for each item of each finished attempt, with the competence and level that the item had then;
--   append-only
-- for: levels of the learner, figures per unit through snapshots
-- keep: as long as a duty or certificate rests on it
CREATE TABLE evidence (
    learner INTEGER NOT NULL,
    competence TEXT NOT NULL,
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
    course TEXT NOT NULL,
    item TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    points INTEGER NOT NULL CHECK (points BETWEEN 0 AND 1000),
    day INTEGER NOT NULL,
    PRIMARY KEY (learner, course, item, attempt)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER evidence_is_append_only BEFORE UPDATE ON evidence
BEGIN
    SELECT raise(ABORT, 'evidence is append-only');
END;

-- holds: that a practice question was answered once; never what was answered
-- for: the learner's progress
-- keep: as long as the learner key is linked
CREATE TABLE practice_answer (
    learner INTEGER NOT NULL,
    course TEXT NOT NULL,
    item TEXT NOT NULL,
    day INTEGER NOT NULL,
    PRIMARY KEY (learner, course, item)
) STRICT, WITHOUT ROWID;

-- holds: that «Erledigt» was pressed in a lesson
-- for: the learner's progress
-- keep: as long as the learner key is linked
CREATE TABLE lesson_done (
    learner INTEGER NOT NULL,
    course TEXT NOT NULL,
    lesson TEXT NOT NULL,
    day INTEGER NOT NULL,
    PRIMARY KEY (learner, course, lesson)
) STRICT, WITHOUT ROWID;

-- ---------- derived: can be rebuilt from the facts above and compared (lotse verify) ----------

-- holds: derived from evidence: the level per competence
-- for: the learner; figures per unit through snapshots
-- keep: as long as its evidence
CREATE TABLE standing (
    learner INTEGER NOT NULL,
    competence TEXT NOT NULL,
    assessable INTEGER NOT NULL CHECK (assessable IN (0, 1)),
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 4),
    PRIMARY KEY (learner, competence)
) STRICT, WITHOUT ROWID;

-- holds: derived from lessons done, practice answers and passed attempts by what the course asked for then: courses finished;
--   day, and the day until which it is valid. A course that asks for more later takes nothing away
-- for: the learner; completion per unit through snapshots
-- keep: as long as it is valid and one cycle more
CREATE TABLE completion (
    learner INTEGER NOT NULL,
    course TEXT NOT NULL,
    day INTEGER NOT NULL,
    valid_until INTEGER,
    PRIMARY KEY (learner, course, day)
) STRICT, WITHOUT ROWID;

-- holds: derived from attempts, practice answers and lessons done: the last day of learning
-- for: participation per unit through snapshots; never shown for a person
-- keep: as long as the facts it is derived from
CREATE TABLE activity (
    learner INTEGER PRIMARY KEY,
    last_day INTEGER NOT NULL
) STRICT;

-- ---------- reporting: published, never altered ----------

-- holds: one row for each cut: its day, the parameters, and a checksum over all its cells
-- for: heads and HR within their units
-- keep: for the life of the installation
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    day INTEGER NOT NULL UNIQUE,
    cut_at INTEGER NOT NULL,
    k INTEGER NOT NULL CHECK (k >= 5),
    checksum TEXT NOT NULL
) STRICT;

-- holds: the units as they were at the cut
-- for: see snapshot
-- keep: as long as the snapshot
CREATE TABLE snapshot_unit (
    snapshot INTEGER NOT NULL REFERENCES snapshot (id),
    place INTEGER NOT NULL,
    last INTEGER NOT NULL,
    parent INTEGER,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (snapshot, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX snapshot_unit_code ON snapshot_unit (code, snapshot);
CREATE INDEX snapshot_unit_parent ON snapshot_unit (snapshot, parent, place);

-- holds: protected figures, the only figures about groups of people anywhere. A cell belongs to a unit (kind 'unit') or to
--   its rest group «weitere Teams» (kind 'rest'). reached and assessed are in 1/600 person. Without a value of its own a
--   cell has NULLs and counted_in: the place of the unit whose rest group counts it. tree 'unit' has function '';
--   tree 'function' comes with the function tables
-- for: see snapshot
-- keep: as long as the snapshot
CREATE TABLE snapshot_cell (
    snapshot INTEGER NOT NULL REFERENCES snapshot (id),
    place INTEGER NOT NULL,
    tree TEXT NOT NULL CHECK (tree IN ('unit', 'function')),
    job_function TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('unit', 'rest')),
    subject TEXT NOT NULL,
    people INTEGER,
    reached INTEGER,
    assessed INTEGER,
    steps INTEGER,
    counted_in INTEGER,
    included_of INTEGER,
    included_people INTEGER,
    PRIMARY KEY (snapshot, place, tree, job_function, kind, subject),
    CHECK ((people IS NULL) = (counted_in IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- holds: who opened which unit's report, and when
-- for: the data-protection office; staff see who looked at their unit
-- keep: 12 months
CREATE TABLE report_view (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL,
    unit_code TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX report_view_unit ON report_view (unit_code, at);
