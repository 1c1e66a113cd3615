-- Version 3: of every attribution to whom it was said, where, what kind of act it was and whether it was negated. What an
-- earlier version read has none of these until it is read again (`saidline refresh`).
--
-- `said_from` and `said_to` may be NULL by themselves: an end that is not known is open. `span.part` may be `addressee` or
-- `venue` too, with `name` and `kind`: of a venue one of `interview`, `speech`, …, of others what somebody is.

ALTER TABLE attribution ADD COLUMN act_type TEXT;
ALTER TABLE attribution ADD COLUMN polarity TEXT;
ALTER TABLE span ADD COLUMN kind TEXT;

-- Names that are one voice's: `voice` has a row for each name and kind, `head` leads to the one that stands for the voice.
-- Keys and joins are made by `src/voices/links.rs`, also when an earlier store is brought up to date.

ALTER TABLE voice ADD COLUMN head INTEGER REFERENCES voice (nr) ON DELETE SET NULL;

CREATE TABLE voice_key (
    key TEXT NOT NULL,
    voice INTEGER NOT NULL REFERENCES voice (nr) ON DELETE CASCADE,
    PRIMARY KEY (key, voice)
) WITHOUT ROWID;

CREATE TABLE voice_join (
    a INTEGER NOT NULL REFERENCES voice (nr) ON DELETE CASCADE,
    b INTEGER NOT NULL REFERENCES voice (nr) ON DELETE CASCADE,
    chance REAL NOT NULL,
    reason TEXT NOT NULL,
    doubt INTEGER NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;

CREATE TABLE voice_decision (
    nr INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    name_a TEXT,
    kind_a TEXT,
    name_b TEXT,
    kind_b TEXT,
    value TEXT,
    behind INTEGER NOT NULL,
    undone_at TEXT,
    undone_by TEXT
);

-- What the reports that count tell of a person's name beside the name: outlets (by their row) and roles, each with the number
-- of documents. It is kept with the index of words (`src/voices/told.rs`).
CREATE TABLE voice_told (
    voice INTEGER NOT NULL REFERENCES voice (nr) ON DELETE CASCADE,
    what TEXT NOT NULL,
    value TEXT NOT NULL,
    documents INTEGER NOT NULL,
    PRIMARY KEY (voice, what, value)
) WITHOUT ROWID;

-- The rows of the tables of people that were imported; each belongs to the decision that imported it. What follows is made of
-- them: the names by which they are found, in small letters without accents, and which names of the record are theirs.
CREATE TABLE authority (
    nr INTEGER PRIMARY KEY,
    decision INTEGER NOT NULL REFERENCES voice_decision (nr),
    identifier TEXT,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    aliases TEXT NOT NULL,
    role TEXT,
    role_from TEXT,
    role_to TEXT
);

CREATE TABLE authority_name (
    folded TEXT NOT NULL,
    authority INTEGER NOT NULL REFERENCES authority (nr) ON DELETE CASCADE,
    PRIMARY KEY (folded, authority)
) WITHOUT ROWID;

CREATE TABLE voice_authority (
    voice INTEGER NOT NULL REFERENCES voice (nr) ON DELETE CASCADE,
    authority INTEGER NOT NULL REFERENCES authority (nr) ON DELETE CASCADE,
    PRIMARY KEY (voice, authority)
) WITHOUT ROWID;

CREATE INDEX voice_head ON voice (head) WHERE head IS NOT NULL;
CREATE INDEX voice_key_voice ON voice_key (voice);
CREATE INDEX voice_join_b ON voice_join (b);
CREATE INDEX authority_identifier ON authority (identifier) WHERE identifier IS NOT NULL;
CREATE INDEX authority_decision ON authority (decision);
CREATE INDEX authority_name_authority ON authority_name (authority);
CREATE INDEX voice_authority_authority ON voice_authority (authority);

DROP VIEW quote;

-- What a person meets first: one row for each report that counts (of the newest version of a page, and not rejected).
CREATE VIEW quote AS
SELECT
    a.nr AS rowid,
    a.id AS id,
    (SELECT group_concat(name, ', ') FROM (SELECT s.name FROM speaker AS s WHERE s.attribution = a.nr ORDER BY s.n)) AS speaker,
    (SELECT s.role FROM speaker AS s WHERE s.attribution = a.nr AND s.n = 0) AS role,
    (SELECT group_concat(words, ' […] ') FROM (
        SELECT substr(d.text, s.start + 1, s."end" - s.start) AS words
        FROM span AS s WHERE s.attribution = a.nr AND s.part = 'content' ORDER BY s.n
    )) AS content,
    (SELECT group_concat(words, ' […] ') FROM (
        SELECT substr(d.text, s.start + 1, s."end" - s.start) AS words
        FROM span AS s WHERE s.attribution = a.nr AND s.part = 'cue' ORDER BY s.n
    )) AS cue,
    (SELECT group_concat(words, ' […] ') FROM (
        SELECT substr(d.text, s.start + 1, s."end" - s.start) AS words
        FROM span AS s WHERE s.attribution = a.nr AND s.part = 'source' ORDER BY s.n
    )) AS source,
    a.kind AS kind,
    a.act AS act,
    a.act_type AS act_type,
    a.polarity AS polarity,
    (SELECT group_concat(name, ', ') FROM (
        SELECT coalesce(s.name, substr(d.text, s.start + 1, s."end" - s.start)) AS name
        FROM span AS s WHERE s.attribution = a.nr AND s.part = 'addressee' ORDER BY s.n
    )) AS addressee,
    (SELECT s.kind FROM span AS s WHERE s.attribution = a.nr AND s.part = 'venue') AS venue_kind,
    (SELECT coalesce(s.name, substr(d.text, s.start + 1, s."end" - s.start))
        FROM span AS s WHERE s.attribution = a.nr AND s.part = 'venue') AS venue,
    a.date AS date,
    a.said_from AS said_from,
    a.said_to AS said_to,
    o.name AS outlet,
    d.title AS title,
    d.published_from AS published,
    d.address AS address,
    p.path AS path,
    a.confidence AS confidence,
    a.corrected AS corrected,
    p.id AS page,
    a.document AS document,
    -- Words by which the index finds a voice (`xv`), a kind (`xk`), an act (`xa`) and its type (`xt`), a polarity (`xp`), an
    -- outlet (`xo`), each word of an addressee (`xd`), the kind of a venue (`xu`) and each word of it (`xq`), a year (`xy`), a
    -- month (`xm`); what lies in no single month has its year as `xw`, what lies in no single year `xwide`, what has no date
    -- `xmnone`.
    coalesce((SELECT group_concat('xv' || s.voice, ' ') FROM speaker AS s WHERE s.attribution = a.nr), '')
        || ' xk' || a.kind
        || ' xa' || coalesce(a.act, 'none')
        || ' xt' || replace(coalesce(a.act_type, 'none'), '-', '')
        || ' xp' || replace(coalesce(a.polarity, 'none'), '-', '')
        || coalesce(' xo' || d.outlet, '')
        || coalesce((
            SELECT group_concat(' xd' || replace(replace(replace(replace(replace(
                coalesce(s.name, substr(d.text, s.start + 1, s."end" - s.start)),
                '-', ' '), '.', ' '), '’', ' '), char(10), ' '), ' ', ' xd'), '')
            FROM span AS s WHERE s.attribution = a.nr AND s.part = 'addressee'
        ), '')
        || coalesce((
            SELECT ' xu' || replace(s.kind, '-', '') || ' xq' || replace(replace(replace(replace(replace(
                substr(d.text, s.start + 1, s."end" - s.start) || coalesce(' ' || s.name, ''),
                '-', ' '), '.', ' '), '’', ' '), char(10), ' '), ' ', ' xq')
            FROM span AS s WHERE s.attribution = a.nr AND s.part = 'venue'
        ), '')
        || CASE
            WHEN a.date IS NULL THEN ' xmnone'
            ELSE ' xy' || substr(a.date, 1, 4)
                || CASE WHEN length(a.date) > 4 THEN ' xm' || substr(a.date, 1, 4) || substr(a.date, 6, 2) ELSE '' END
                || CASE
                    WHEN substr(coalesce(a.said_to, a.date), 1, 4) <> substr(a.date, 1, 4) THEN ' xwide'
                    WHEN substr(coalesce(a.said_to, a.date), 1, 7) <> substr(a.date, 1, 7) OR length(a.date) = 4
                        THEN ' xw' || substr(a.date, 1, 4)
                    ELSE ''
                END
        END AS tags
FROM attribution AS a
JOIN document AS d ON d.nr = a.document
LEFT JOIN page AS p ON p.nr = d.page
LEFT JOIN outlet AS o ON o.nr = d.outlet
WHERE d.shown AND NOT a.rejected;

INSERT INTO quote_fts (quote_fts) VALUES ('rebuild');
