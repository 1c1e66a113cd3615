-- Version 4: statements. Reports of one utterance, in whatever pages, are one statement; how each is worded stands beside it.
--
-- All of it is made by `src/statements/` from the attributions that count. What changes these is noted by triggers in
-- `statement_due`, and made good at the end of the same transaction, whichever path the change took.

-- One utterance. `attribution` is the smallest id among its reports, of which `id` is made. `date` is what a timeline goes by:
-- when it was said where a report tells that (`dated` is the one that tells it most exactly), else when the first page was
-- published. `fullest` is the report that has the most of the words. `altered` counts the reports whose words in marks differ.
CREATE TABLE statement (
    nr INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    attribution TEXT NOT NULL,
    date TEXT,
    said_from TEXT,
    said_to TEXT,
    dated INTEGER,
    fullest INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    outlets INTEGER NOT NULL,
    independent INTEGER NOT NULL,
    cut INTEGER NOT NULL,
    altered INTEGER NOT NULL
);

-- A report of a statement. `status` is `own`, `reprint` (then `of` is the attribution that it repeats) or `second-hand` (then
-- `of` is the one that it was taken from, where that is here, and `from` the name). `wording` says how its words in marks
-- differ from those of the report `against`; NULL where it has nothing to be held against. `differences` are the places where
-- they do, as a JSON list of `{"kind", "here": [start, end], "there": [start, end]}`, `here` in this document and `there` in that
-- of `against`, either NULL where the words are only in the other. `words` is what comparing needs,
-- in a form of its own; `passage` is a digest of the sentence, by which copies are known.
CREATE TABLE report (
    attribution INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    statement INTEGER REFERENCES statement (nr) DEFERRABLE INITIALLY DEFERRED,
    status TEXT NOT NULL DEFAULT 'own',
    of INTEGER,
    "from" TEXT,
    wording TEXT,
    against INTEGER,
    differences TEXT,
    passage INTEGER,
    words BLOB NOT NULL
);

-- By what reports of one statement find each other.
CREATE TABLE report_key (
    key INTEGER NOT NULL,
    attribution INTEGER NOT NULL,
    PRIMARY KEY (key, attribution)
) WITHOUT ROWID;

-- Statements of the same words by the same voice, said on other days: `a` and `b` are reports, `a` the smaller row.
CREATE TABLE report_repeat (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;

-- The attributions of which something has changed since statements were made.
CREATE TABLE statement_due (
    attribution INTEGER PRIMARY KEY
);

CREATE INDEX report_statement ON report (statement);
CREATE INDEX report_document ON report (document);
CREATE INDEX report_repeat_b ON report_repeat (b);
CREATE INDEX statement_date ON statement (date);
CREATE INDEX statement_altered ON statement (altered, reports) WHERE altered > 0;

-- A decision that two reports are of one statement (`merge`), or are not (`split`), has a row for each report it is about, with
-- one number `pair` in all: the first is merged with, or split from, each of the others.
ALTER TABLE decision ADD COLUMN pair INTEGER;
CREATE INDEX decision_pair ON decision (pair) WHERE pair IS NOT NULL;

CREATE TRIGGER statement_due_attribution_insert AFTER INSERT ON attribution BEGIN
    INSERT OR IGNORE INTO statement_due VALUES (NEW.nr);
END;
CREATE TRIGGER statement_due_attribution_delete AFTER DELETE ON attribution BEGIN
    INSERT OR IGNORE INTO statement_due VALUES (OLD.nr);
END;
CREATE TRIGGER statement_due_attribution_update
AFTER UPDATE OF id, kind, act, act_type, polarity, date, said_from, said_to, rejected ON attribution BEGIN
    INSERT OR IGNORE INTO statement_due VALUES (NEW.nr);
END;
CREATE TRIGGER statement_due_span_insert AFTER INSERT ON span BEGIN
    INSERT OR IGNORE INTO statement_due VALUES (NEW.attribution);
END;
CREATE TRIGGER statement_due_span_delete AFTER DELETE ON span BEGIN
    INSERT OR IGNORE INTO statement_due VALUES (OLD.attribution);
END;
CREATE TRIGGER statement_due_span_update AFTER UPDATE ON span BEGIN
    INSERT OR IGNORE INTO statement_due VALUES (NEW.attribution);
END;
CREATE TRIGGER statement_due_speaker_insert AFTER INSERT ON speaker BEGIN
    INSERT OR IGNORE INTO statement_due VALUES (NEW.attribution);
END;
CREATE TRIGGER statement_due_speaker_delete AFTER DELETE ON speaker BEGIN
    INSERT OR IGNORE INTO statement_due VALUES (OLD.attribution);
END;
CREATE TRIGGER statement_due_speaker_update AFTER UPDATE OF voice ON speaker BEGIN
    INSERT OR IGNORE INTO statement_due VALUES (NEW.attribution);
END;
CREATE TRIGGER statement_due_document AFTER UPDATE OF shown, outlet, published_from, published_to, text ON document BEGIN
    INSERT OR IGNORE INTO statement_due SELECT nr FROM attribution WHERE document = NEW.nr;
END;
CREATE TRIGGER statement_due_voice AFTER UPDATE OF head ON voice WHEN NEW.head IS NOT OLD.head BEGIN
    INSERT OR IGNORE INTO statement_due SELECT attribution FROM speaker WHERE voice = NEW.nr;
END;
CREATE TRIGGER statement_due_decision AFTER UPDATE OF attribution, undone_at ON decision WHEN NEW.pair IS NOT NULL BEGIN
    INSERT OR IGNORE INTO statement_due SELECT a.nr FROM decision AS d JOIN attribution AS a ON a.id = d.attribution WHERE d.pair = NEW.pair;
    INSERT OR IGNORE INTO statement_due SELECT nr FROM attribution WHERE id = OLD.attribution;
END;

-- What a person meets first of statements: one row for each, in the words of its fullest report.
CREATE VIEW statements AS
SELECT
    s.nr AS rowid,
    s.id AS id,
    q.speaker AS speaker,
    q.role AS role,
    q.content AS content,
    s.date AS date,
    s.said_from AS said_from,
    s.said_to AS said_to,
    s.reports AS reports,
    s.outlets AS outlets,
    s.independent AS independent,
    s.cut AS cut,
    s.altered AS altered,
    q.id AS fullest
FROM statement AS s JOIN quote AS q ON q.rowid = s.fullest;

-- One row for each report of a statement, with how it is worded.
CREATE VIEW reports AS
SELECT
    r.attribution AS rowid,
    s.id AS statement,
    q.id AS attribution,
    r.status AS status,
    (SELECT a.id FROM attribution AS a WHERE a.nr = r.of) AS of,
    r."from" AS "from",
    r.wording AS wording,
    (SELECT a.id FROM attribution AS a WHERE a.nr = r.against) AS against,
    r.differences AS differences,
    q.speaker AS speaker,
    q.cue AS cue,
    q.content AS content,
    q.outlet AS outlet,
    q.title AS title,
    q.published AS published,
    q.address AS address,
    q.path AS path
FROM report AS r JOIN statement AS s ON s.nr = r.statement JOIN quote AS q ON q.rowid = r.attribution;

INSERT INTO statement_due SELECT nr FROM attribution;

-- Where what was said points: 384 numbers from -127 to 127, a byte each, of a vector of length one in steps of 1/400. `model` is
-- the name of the model that made it. What has no row here, or one of another model, is not found by meaning until `refresh`.
CREATE TABLE meaning (
    attribution INTEGER PRIMARY KEY REFERENCES attribution (nr) ON DELETE CASCADE,
    model TEXT NOT NULL,
    vector BLOB NOT NULL
);

-- A vector is of the words that it was made of, and in part of those beside them: where they change, all of the document go, and
-- are made anew.
CREATE TRIGGER meaning_span_insert AFTER INSERT ON span
WHEN NEW.part = 'content' AND EXISTS (SELECT 1 FROM meaning WHERE attribution = NEW.attribution) BEGIN
    DELETE FROM meaning WHERE attribution IN (
        SELECT nr FROM attribution WHERE document = (SELECT document FROM attribution WHERE nr = NEW.attribution)
    );
END;
CREATE TRIGGER meaning_span_delete AFTER DELETE ON span
WHEN OLD.part = 'content' AND EXISTS (SELECT 1 FROM meaning WHERE attribution = OLD.attribution) BEGIN
    DELETE FROM meaning WHERE attribution IN (
        SELECT nr FROM attribution WHERE document = (SELECT document FROM attribution WHERE nr = OLD.attribution)
    );
END;
CREATE TRIGGER meaning_span_update AFTER UPDATE ON span
WHEN NEW.part = 'content' AND EXISTS (SELECT 1 FROM meaning WHERE attribution = NEW.attribution) BEGIN
    DELETE FROM meaning WHERE attribution IN (
        SELECT nr FROM attribution WHERE document = (SELECT document FROM attribution WHERE nr = NEW.attribution)
    );
END;
CREATE TRIGGER meaning_speaker_insert AFTER INSERT ON speaker
WHEN EXISTS (SELECT 1 FROM meaning WHERE attribution = NEW.attribution) BEGIN
    DELETE FROM meaning WHERE attribution IN (
        SELECT nr FROM attribution WHERE document = (SELECT document FROM attribution WHERE nr = NEW.attribution)
    );
END;
CREATE TRIGGER meaning_speaker_delete AFTER DELETE ON speaker
WHEN EXISTS (SELECT 1 FROM meaning WHERE attribution = OLD.attribution) BEGIN
    DELETE FROM meaning WHERE attribution IN (
        SELECT nr FROM attribution WHERE document = (SELECT document FROM attribution WHERE nr = OLD.attribution)
    );
END;
CREATE TRIGGER meaning_speaker_update AFTER UPDATE OF name ON speaker
WHEN EXISTS (SELECT 1 FROM meaning WHERE attribution = NEW.attribution) BEGIN
    DELETE FROM meaning WHERE attribution IN (
        SELECT nr FROM attribution WHERE document = (SELECT document FROM attribution WHERE nr = NEW.attribution)
    );
END;
CREATE TRIGGER meaning_document AFTER UPDATE OF text, title ON document WHEN NEW.text IS NOT OLD.text OR NEW.title IS NOT OLD.title BEGIN
    DELETE FROM meaning WHERE attribution IN (SELECT nr FROM attribution WHERE document = NEW.nr);
END;
