-- The small city of the golden report: 40 people in a root, two departments and four teams, one of which is too small to
-- be shown. Half of them are assessed, three quarters of those at their target. A fixed secret rounds the same each time.
UPDATE setting SET value = 'golden-golden-golden-golden-golden-golden-0' WHERE name = 'secret';
INSERT INTO setting (name, value) VALUES ('city', 'Musterstadt');
DELETE FROM role_grant;
DELETE FROM unit;
INSERT INTO unit (id, code, name, parent, place, last) VALUES
    (1, 'STADT', 'Stadtverwaltung', NULL, 0, 6),
    (2, 'SD', 'Sozialdepartement', 1, 1, 3),
    (3, 'SD-BERA', 'Beratung', 2, 2, 2),
    (4, 'SD-KASSE', 'Kasse', 2, 3, 3),
    (5, 'FD', 'Finanzdepartement', 1, 4, 6),
    (6, 'OIZ', 'Organisation und Informatik', 5, 5, 5),
    (7, 'STEUER', 'Steueramt', 5, 6, 6);
INSERT INTO role_grant (person, role, unit) SELECT person, 'hr', 1 FROM account WHERE name = 'hana';
INSERT INTO job_function (id, code, name_de, name_en, name_fr, name_it)
    VALUES (1, 'admin', 'Sachbearbeitung', 'Administration', 'Administration', 'Amministrazione');
INSERT INTO target (job_function, competence, level) VALUES (1, 'digcomp-3.0:4.1', 2);

-- 100..139: 12 in the advice team, 3 in the cash office, 15 in informatics, 10 in taxes.
WITH RECURSIVE n (i) AS (VALUES (100) UNION ALL SELECT i + 1 FROM n WHERE i < 139)
INSERT INTO person (id, name) SELECT i, 'Person ' || i FROM n;
INSERT INTO position (person, from_day, unit, job_function)
    SELECT id, 20000, CASE WHEN id < 112 THEN 3 WHEN id < 115 THEN 4 WHEN id < 130 THEN 6 ELSE 7 END, 1
    FROM person WHERE id >= 100;
INSERT INTO position (person, from_day, unit, job_function) SELECT person, 20000, 1, 1 FROM account;
INSERT INTO learner_link (person, learner) SELECT id, id FROM person WHERE id >= 100;

-- Twelve items each for every second person; every eighth of all does not reach 80 %.
WITH RECURSIVE item (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM item WHERE i < 12)
INSERT INTO evidence (learner, competence, level, course, item, attempt, points, day)
    SELECT id, 'digcomp-3.0:4.1', 2, 'probe', 'item-' || i, 0, CASE WHEN id % 8 = 0 THEN 500 ELSE 1000 END, 20700
    FROM person JOIN item WHERE person.id >= 100 AND person.id % 2 = 0;
INSERT INTO standing (learner, competence, assessable, level)
    SELECT id, 'digcomp-3.0:4.1', 1, CASE WHEN id % 8 = 0 THEN 0 ELSE 2 END FROM person WHERE id >= 100 AND id % 2 = 0;
INSERT INTO lesson_done (learner, course, lesson, day) SELECT id, 'probe', 'ausgeben', 20780 FROM person WHERE id >= 100 AND id % 2 = 0;
INSERT INTO activity (learner, last_day) SELECT id, 20780 FROM person WHERE id >= 100 AND id % 2 = 0;
INSERT INTO completion (learner, course, day, valid_until) SELECT id, 'probe', 20780, NULL FROM person WHERE id >= 100 AND id % 4 = 0;
