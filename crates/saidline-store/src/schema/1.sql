-- The record of who said what, version 1. This file is public: docs/reference/store.md explains every table.
--
-- Offsets count Unicode code points from 0, so `substr(text, start + 1, end - start)` is the words of a span.
-- Dates are ISO 8601, as precise as is known: `2024`, `2024-10`, `2024-10-19`, `2024-10-19T17:01+02:00`.
-- `nr` numbers the rows of one file; `id` is the same in every file that holds the same page.

-- One use of a command that read pages: which version, which model, when.
CREATE TABLE run (
    nr INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    version TEXT NOT NULL,
    model TEXT NOT NULL,
    weights TEXT NOT NULL,
    options TEXT NOT NULL,
    by TEXT NOT NULL,
    began TEXT NOT NULL,
    ended TEXT
);

CREATE TABLE outlet (
    nr INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- A page read. Captures of one address with the same text are one document; those with another text are its versions,
-- of which the newest is shown. The text comes last, so that the rest of a row can be had without it.
CREATE TABLE document (
    nr INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    address TEXT,
    canonical TEXT,
    outlet INTEGER REFERENCES outlet (nr),
    title TEXT,
    byline TEXT,
    agencies TEXT NOT NULL,
    language TEXT,
    published_from TEXT,
    published_to TEXT,
    published_text TEXT,
    published_start INTEGER,
    published_end INTEGER,
    published_basis TEXT,
    updated_from TEXT,
    updated_to TEXT,
    updated_text TEXT,
    updated_start INTEGER,
    updated_end INTEGER,
    updated_basis TEXT,
    from_markup INTEGER NOT NULL,
    shown INTEGER NOT NULL,
    redacted INTEGER NOT NULL DEFAULT 0,
    corrected TEXT,
    run INTEGER NOT NULL REFERENCES run (nr),
    page INTEGER REFERENCES page (nr) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
    reading TEXT NOT NULL,
    nul TEXT,
    text TEXT NOT NULL
);

-- What the world gave: the bytes, and what came with them. `stored` says where the bytes are: `zstd` (compressed, in
-- `bytes`), `text` (they are the document's text, byte for byte) or `forgotten`. `added` is the run that brought it, `read` the last that
-- read it.
CREATE TABLE page (
    nr INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES document (nr) DEFERRABLE INITIALLY DEFERRED,
    path TEXT NOT NULL,
    fetched TEXT,
    address TEXT,
    title TEXT,
    outlet TEXT,
    byline TEXT,
    published TEXT,
    language TEXT,
    charset TEXT,
    input TEXT NOT NULL,
    plain INTEGER NOT NULL,
    added INTEGER NOT NULL REFERENCES run (nr),
    read INTEGER NOT NULL REFERENCES run (nr),
    size INTEGER NOT NULL,
    stored TEXT NOT NULL,
    bytes BLOB
);

-- The blocks partition the text of a document in order.
CREATE TABLE block (
    document INTEGER NOT NULL REFERENCES document (nr) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    time_from TEXT,
    time_to TEXT,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;

-- One report of one utterance. `date` is what searching goes by: when it was said where that is known, else when the
-- page was published.
CREATE TABLE attribution (
    nr INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES document (nr) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    parent INTEGER,
    kind TEXT NOT NULL,
    confidence REAL NOT NULL,
    date TEXT,
    said_from TEXT,
    said_to TEXT,
    said_start INTEGER,
    said_end INTEGER,
    said_basis TEXT,
    rejected INTEGER NOT NULL DEFAULT 0,
    corrected TEXT
);

-- The words of an attribution: `part` is `source`, `cue`, `content` or `via` (who passed the words on; `name` is only
-- there).
CREATE TABLE span (
    attribution INTEGER NOT NULL REFERENCES attribution (nr) ON DELETE CASCADE,
    part TEXT NOT NULL,
    n INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    name TEXT,
    PRIMARY KEY (attribution, part, n)
) WITHOUT ROWID;

-- The same speaker across documents. `attribution` and `n` are the smallest id among its attributions and the place
-- of the speaker there, of which `id` is made.
CREATE TABLE voice (
    nr INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    attribution TEXT NOT NULL,
    n INTEGER NOT NULL,
    UNIQUE (name, kind)
);

-- The words of the names of voices, in small letters without accents: by them a part of a name is found.
CREATE TABLE voice_word (
    voice INTEGER NOT NULL REFERENCES voice (nr) ON DELETE CASCADE,
    word TEXT NOT NULL,
    PRIMARY KEY (voice, word)
) WITHOUT ROWID;

-- Whom the source of an attribution names or stands for.
CREATE TABLE speaker (
    attribution INTEGER NOT NULL REFERENCES attribution (nr) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    voice INTEGER NOT NULL REFERENCES voice (nr),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    role TEXT,
    how TEXT NOT NULL,
    antecedent_start INTEGER,
    antecedent_end INTEGER,
    confidence REAL NOT NULL,
    PRIMARY KEY (attribution, n)
) WITHOUT ROWID;

-- What the user should know of a document.
CREATE TABLE note (
    document INTEGER NOT NULL REFERENCES document (nr) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    code TEXT NOT NULL,
    start INTEGER,
    "end" INTEGER,
    message TEXT NOT NULL,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;

-- What could not be read when it was last tried.
CREATE TABLE unread (
    path TEXT PRIMARY KEY,
    why TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES run (nr)
) WITHOUT ROWID;

-- What a person decided. It holds the page, its address and the quoted words, and finds its place again by them after
-- the page was read anew: `attribution` is where it stands now, NULL when it stands nowhere.
CREATE TABLE decision (
    nr INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    field TEXT,
    value TEXT,
    page TEXT NOT NULL,
    address TEXT,
    content TEXT,
    source TEXT,
    attribution TEXT,
    undone_at TEXT,
    undone_by TEXT
);

-- What the engine read, where a decision has changed the rows: a JSON object. `of` is an attribution's id or a
-- page's.
CREATE TABLE original (
    of TEXT PRIMARY KEY,
    reading TEXT NOT NULL
) WITHOUT ROWID;

-- Ids that were, and what they are now; NULL when nothing took their place.
CREATE TABLE forward (
    old TEXT PRIMARY KEY,
    new TEXT
) WITHOUT ROWID;

-- What was forgotten, so that it does not come back: digests only.
CREATE TABLE forgotten (
    digest TEXT PRIMARY KEY,
    of TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL
) WITHOUT ROWID;

-- What is to be known of the file itself: one row a thing.
CREATE TABLE state (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX document_text ON document (sha256);
CREATE INDEX document_address ON document (address) WHERE address IS NOT NULL;
CREATE INDEX document_page ON document (page);
CREATE INDEX page_document ON page (document);
CREATE INDEX attribution_id ON attribution (id);
CREATE INDEX attribution_document ON attribution (document);
CREATE INDEX attribution_date ON attribution (date DESC);
CREATE INDEX speaker_voice ON speaker (voice);
CREATE INDEX voice_word_word ON voice_word (word);

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
    -- Words by which the index finds a voice (`xv`), a kind (`xk`), an outlet (`xo`), a year (`xy`), a month (`xm`); what
    -- lies in no single month has its year as `xw`, what lies in no single year `xwide`, what has no date `xmnone`.
    coalesce((SELECT group_concat('xv' || s.voice, ' ') FROM speaker AS s WHERE s.attribution = a.nr), '')
        || ' xk' || a.kind
        || coalesce(' xo' || d.outlet, '')
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

-- The index of the words that were said. The name in double quotes is what Datasette looks for.
CREATE VIRTUAL TABLE quote_fts USING fts5 (
    content,
    tags,
    content = "quote",
    content_rowid = "rowid",
    tokenize = "unicode61 remove_diacritics 2"
);
