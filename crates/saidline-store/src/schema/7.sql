-- Version 7: pairs of names are written where a record of many names is read least. What is sure is found without reading what is not;
-- the rows of `voice` that a pair is of are not looked up to write it (whoever deletes a name deletes its pairs, `src/voices/links.rs`);
-- and a key that only family names alone have says what they are called (`voice_key.given`). A family name alone that many have is no
-- pair with each of them: that they are many is written once (`voice_common`).
--
-- Keys and pairs are made anew when an earlier store is brought up to date.

DROP TABLE voice_join;

CREATE TABLE voice_join (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    chance REAL NOT NULL,
    reason TEXT NOT NULL,
    doubt INTEGER NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;

CREATE INDEX voice_join_b ON voice_join (b);
CREATE INDEX voice_join_sure_a ON voice_join (a, chance) WHERE chance >= 0.9;
CREATE INDEX voice_join_sure_b ON voice_join (b, chance) WHERE chance >= 0.9;

CREATE TABLE voice_common (voice INTEGER PRIMARY KEY);
