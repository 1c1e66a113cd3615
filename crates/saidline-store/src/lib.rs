//! The only crate that speaks SQL: readings in, a file of public format that can be searched, corrected and taken
//! away.
//!
//! A [`Store`] is one SQLite file. Its tables are explained in `docs/reference/store.md`, and are a public format:
//! `application_id` names it, `user_version` its version. Readings go in through a [`Writer`], in batches, each one
//! transaction; whatever is killed, whole pages are in it.

mod decisions;
mod doctor;
mod edits;
mod error;
mod export;
mod find;
mod folded;
mod forget;
mod forward;
mod heard;
mod load;
mod meanings;
mod open;
mod refresh;
mod roles;
mod rows;
mod search;
mod show;
mod statements;
mod stats;
mod voices;
mod write;

pub use decisions::{Correction, Decision, NewSpeaker, Standing, Who};
pub use doctor::{Check, Checkup, State};
pub use edits::{Edit, edits};
pub use error::StoreError;
pub use export::{Export, Field, FieldKind, Table};
pub use forget::{Cleaning, Forgotten, ToForget};
pub use heard::{Voice, Voices, VoicesOrder, VoicesQuery};
pub use load::StoredPage;
pub use meanings::{Asked, WithoutMeaning};
pub use open::{APPLICATION_ID, FORMAT, Store};
pub use refresh::{KnownPages, PagesToRead, Refresh};
pub use rows::StoredAttribution;
pub use search::{
    Facet, Facets, Found, FoundAddressee, FoundReport, FoundSpeaker, FoundStatement, Meant, Narrowed, Order,
    Query, ReportFilter, Unmatched,
};
pub use show::{
    Alias, AttributionView, Capture, Decided, Derivation, LATEST, Namesake, PageView, RoleThen, RoleUse,
    Shown, Thing, Version, VoiceView,
};
pub use statements::{
    Checked, CheckedDifference, DifferenceView, Draft, Earliest, EvidenceView, ReportView, SimilarStatement,
    StatementDecision, StatementRow, StatementView, Timeline, TimelineQuery,
};
pub use stats::{OutletMonth, Stats, StoredRun};
pub use voices::{
    AuthorityRow, Doubtful, DoubtfulName, DoubtfulPair, Imported, Parting, VoiceDecision, VoiceName,
};
pub use write::{Added, Changes, Outcome, Run, Writer};
