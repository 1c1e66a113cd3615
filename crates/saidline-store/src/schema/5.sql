-- Version 5: two people of one name. A decision (`part`) says which reports of a name are another voice's.
--
-- `speaker.name` is the name that the page has; `speaker.voice` is, of such reports, the row that the decision names. It is made
-- by `src/voices/parted.rs`. The keys of slips are no more in `voice_key`; they are made anew when an earlier store is brought up
-- to date.

CREATE INDEX voice_decision_part ON voice_decision (nr) WHERE action = 'part';
