-- Version 6: names are looked for where few keys lie. All keys of a family name begin with it, so that they lie together, and a key
-- that is an initial says for the sake of which given names it is there: of those who share it only such as can be one are read.
--
-- Keys are made anew when an earlier store is brought up to date (`src/voices/links.rs`).

ALTER TABLE voice_key ADD COLUMN given TEXT;
