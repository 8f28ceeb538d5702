-- Full text over what the live course packs say: courses, lessons, entries of glossaries. All of it is derived from the
-- packs (docs/decisions/0009-search.md), and written by one change when packs were read. Nothing here is about a person;
-- what somebody searched for is kept nowhere.

-- holds: which state of a course's words the index has (a hash of them)
-- for: the server, so that a course that did not change is not indexed again
-- keep: while the course is live
CREATE TABLE search_course (
    course TEXT PRIMARY KEY,
    hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- holds: what a row of search_text is: a course, a lesson or an entry, in one language; name is its id within the course
-- for: the server
-- keep: while the course is live
CREATE TABLE search_document (
    id INTEGER PRIMARY KEY,
    course TEXT NOT NULL REFERENCES search_course (course),
    kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),
    name TEXT NOT NULL,
    lang INTEGER NOT NULL CHECK (lang BETWEEN 0 AND 3)
) STRICT;
CREATE INDEX search_document_course ON search_document (course);

-- holds: the words of a document, by where they stand; rowid is the document's id. Practice and test questions are not here
-- for: everyone who is signed in finds lessons by it
-- keep: while the course is live
CREATE VIRTUAL TABLE search_text USING fts5 (
    title, objectives, headings, body,
    tokenize = 'unicode61 remove_diacritics 2'
);

-- holds: every word of the documents once per language: folded, and as it was written; its trigrams find it by a part of it
-- for: the server: compounds, plurals and mistyped words
-- keep: while a live course uses the word
CREATE VIRTUAL TABLE search_word USING fts5 (
    folded, lang UNINDEXED, written UNINDEXED,
    tokenize = 'trigram'
);
