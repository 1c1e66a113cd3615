//! What can be said on the command line.

use std::path::PathBuf;
use std::thread::available_parallelism;

use clap::{Args, Parser, Subcommand, ValueEnum};
use saidline::VenueKind;
use saidline_store::ReportFilter;

/// who said what in news pages
#[derive(Debug, Parser)]
#[command(name = "saidline", version, max_term_width = 100)]
#[command(
    after_help = "exit status: 0 done, 1 nothing found, or a finding (`check`), 2 wrong usage, 3 store, models or output unusable, 4 some \
                  inputs could not be read (the others were), 130 interrupted"
)]
pub(crate) struct Cli {
    /// colours on standard output; `auto` obeys `NO_COLOR`
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t)]
    pub(crate) color: Color,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// read pages into the record: who said what, kept and searchable
    Add(Add),
    /// find who said what in the record
    Search(Search),
    /// show a page, an attribution, a statement or a voice
    Show(Show),
    /// list the statements of a voice by time
    Timeline(Timeline),
    /// find who had some words first
    First(First),
    /// list the statements whose words were altered between the marks
    Changed(Changed),
    /// find statements that are like another
    Similar(Similar),
    /// say that reports are of one statement, or are not
    Statements(Statements),
    /// hold a draft against the record: its quotations and what it says that somebody said
    Check(Check),
    /// list who speaks in the record, how often and where
    Voices(Voices),
    /// say how much of what is in the record
    Stats(Stats),
    /// put right what was read of an attribution or a page
    Correct(Correct),
    /// take attributions out of what counts
    Reject(Reject),
    /// undo a decision, or list the decisions
    Undo(Undo),
    /// take the record out of the store: JSON lines, or CSV tables
    Export(Export),
    /// take pages or voices out of the record for good
    Forget(Forget),
    /// read the pages of the record again with the present model
    Refresh(Refresh),
    /// read pages and print who said what
    Extract(Extract),
    /// make a record of the invented pages that are in the binary, and show it
    Demo(Demo),
    /// check the models and the store, and say what is missing or wrong
    Doctor(Doctor),
    /// print completions for a shell
    Completions(Completions),
    /// print the manual page, of saidline or of one of its commands
    Man(Man),
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    /// let pages come back that were forgotten
    #[arg(long)]
    pub(crate) force: bool,

    /// leave out what searching by meaning needs; `refresh` makes it later
    #[arg(long)]
    pub(crate) without_meaning: bool,

    #[command(flatten)]
    pub(crate) by: ByArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct Extract {
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,

    /// how to print: `table` for people, `jsonl` for programs [default: table on a terminal, jsonl elsewhere]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,

    /// put the document's text on the page line even where the input itself is that text (with `jsonl`)
    #[arg(long)]
    pub(crate) with_text: bool,

    /// in the table, also what was thought, planned, found or ordered; JSON lines have it always
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// the drafts: files of text, HTML or Word, or `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// leave out pages that were published after this date, or, where no date is known, captured after it
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Option<saidline::Moment>,

    /// the day of a draft that tells none, from which "on Wednesday" is told [default: that of `--as-of`, else today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) date: Option<saidline::Moment>,

    /// the address of the draft (of one only): what was published there is no evidence
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) url: Option<String>,

    /// take the whole input as article text: no menus, headlines or datelines are sought
    #[arg(long)]
    pub(crate) plain: bool,

    /// also show what is all right, and not only count it; JSON lines have it always
    #[arg(long)]
    pub(crate) all: bool,

    /// how to print: `table` for people, `jsonl` for programs, `markdown` to be pasted [default: table on a terminal,
    /// jsonl elsewhere]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ViewFormat>,

    #[command(flatten)]
    pub(crate) models: ModelArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct Refresh {
    #[command(flatten)]
    pub(crate) threads: ThreadArgs,

    #[command(flatten)]
    pub(crate) models: ModelArgs,

    #[command(flatten)]
    pub(crate) by: ByArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

/// Which pages are read, and how.
#[derive(Debug, Args)]
pub(crate) struct ReadingArgs {
    /// files, folders (with all that lies in them) or `-` for standard input: HTML, text or JSONL, gzip and zstd of
    /// each
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// take the whole input as article text: no menus, headlines or datelines are sought
    #[arg(long)]
    pub(crate) plain: bool,

    /// what the inputs are; `auto` tells it from the content of each
    #[arg(long, value_name = "KIND", value_enum, default_value_t)]
    pub(crate) input: InputKind,

    /// a CSV table of what is known of pages: the columns `path`, `url`, `outlet`, `published`, `fetched`, `title`,
    /// `byline`, `language`
    #[arg(long, value_name = "CSV")]
    pub(crate) meta: Option<PathBuf>,

    /// the outlet of the pages for which no other was given
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,

    /// the address of the page (of one page only, as with `-`)
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) url: Option<String>,

    /// of the files in folders, read only those that fit the pattern (several are possible); with a `/` it is held
    /// against the path below the folder
    #[arg(long, value_name = "GLOB")]
    pub(crate) include: Vec<String>,

    /// leave out files and folders that fit the pattern (several are possible)
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,

    #[command(flatten)]
    pub(crate) threads: ThreadArgs,

    #[command(flatten)]
    pub(crate) models: ModelArgs,
}

/// On how many threads pages are read.
#[derive(Debug, Args)]
pub(crate) struct ThreadArgs {
    /// how many pages are read at a time [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

impl ThreadArgs {
    /// The number of threads.
    pub(crate) fn count(&self) -> usize {
        self.threads.map_or_else(|| available_parallelism().map_or(1, usize::from), usize::from)
    }
}

/// Which store.
#[derive(Debug, Args)]
pub(crate) struct StoreArgs {
    /// the file of the record
    #[arg(long, value_name = "FILE", env = "SAIDLINE_STORE", default_value = "saidline.db")]
    pub(crate) store: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// how to write it: `jsonl`, all of it, a line a thing; `csv`, the one table of who said what [default: jsonl, with
    /// `--into` csv]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ExportFormat>,

    /// write all tables as CSV files to this folder, with a `datapackage.json` that describes them
    #[arg(long, value_name = "FOLDER")]
    pub(crate) into: Option<PathBuf>,

    /// replace what an earlier export has written to the folder
    #[arg(long, requires = "into")]
    pub(crate) force: bool,

    /// put the text of every page on its line (or in its row)
    #[arg(long)]
    pub(crate) with_text: bool,

    /// take what was rejected, too, and into tables (or of what was asked for) also what older versions of a page say
    #[arg(long)]
    pub(crate) all: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// an id, or at least 8 digits of one (`sha256:…`, `a-…`, `s-…`, `v-…`); the path or address of a page; the name of a
    /// voice
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    /// in the table, also what was thought, planned, found or ordered
    #[arg(long)]
    pub(crate) all: bool,

    /// in the table, how many reports of a voice, a page or a statement are listed at most; the rest is counted [default: 10 of a
    /// voice, all of a page or a statement]
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// how to print: `table` for people, `jsonl` for programs, `markdown` (of a statement) to be pasted [default: table on
    /// a terminal, jsonl elsewhere]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ViewFormat>,
}

#[derive(Debug, Args)]
pub(crate) struct Timeline {
    /// who speaks: a name, words of a name (case and accents make no difference) or the id of a voice
    #[arg(value_name = "VOICE")]
    pub(crate) voice: String,

    /// words that must all stand in what was said
    #[arg(long, value_name = "WORDS", num_args = 1..)]
    pub(crate) about: Vec<String>,

    #[command(flatten)]
    pub(crate) filter: NarrowArgs,

    /// how many statements are printed at most; all that fit are counted
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,

    /// pass over so many of the first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,

    /// how to print: `table` for people, `jsonl` for programs, `markdown` to be pasted [default: table on a terminal, jsonl
    /// elsewhere]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ViewFormat>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct First {
    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    /// how to print: `table` for people, `jsonl` for programs [default: table on a terminal, jsonl elsewhere]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct Changed {
    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    /// how many statements are printed at most; all that fit are counted
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,

    /// pass over so many of the first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,

    /// how to print: `table` for people, `jsonl` for programs, `markdown` to be pasted [default: table on a terminal, jsonl
    /// elsewhere]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ViewFormat>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct Similar {
    /// a statement (`s-…`), or a report of it (`a-…`)
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    /// how to print: `table` for people, `jsonl` for programs [default: table on a terminal, jsonl elsewhere]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct Statements {
    #[command(subcommand)]
    pub(crate) decide: DecideOnStatements,
}

/// What a person decides about statements.
#[derive(Debug, Subcommand)]
pub(crate) enum DecideOnStatements {
    /// join two statements: they are one utterance
    Merge(MergeStatements),
    /// part a report from its statement: it is of another utterance
    Split(SplitStatement),
}

#[derive(Debug, Args)]
pub(crate) struct MergeStatements {
    /// a statement (`s-…`), or a report of it (`a-…`)
    #[arg(value_name = "ID")]
    pub(crate) a: String,

    /// the other
    #[arg(value_name = "OTHER")]
    pub(crate) b: String,

    /// join statements of two voices, too
    #[arg(long)]
    pub(crate) force: bool,

    #[command(flatten)]
    pub(crate) by: ByArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct SplitStatement {
    /// the report (`a-…`)
    #[arg(value_name = "ID")]
    pub(crate) report: String,

    #[command(flatten)]
    pub(crate) by: ByArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

/// Who decides.
#[derive(Debug, Args)]
pub(crate) struct ByArgs {
    /// who decides, for the record [default: your name on this machine]
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
}

/// Which models read.
#[derive(Debug, Default, Args)]
pub(crate) struct ModelArgs {
    /// which model reads
    #[arg(long, value_enum, default_value_t)]
    pub(crate) model: ModelName,

    /// a folder of models to use instead of those in the binary
    #[arg(long, value_name = "DIR")]
    pub(crate) models: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// write the pages to this folder instead of reading them
    #[arg(long, value_name = "DIR")]
    pub(crate) save: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) by: ByArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct Correct {
    /// an attribution (`a-…`), or a page: its id, its path or its address
    #[arg(value_name = "ID")]
    pub(crate) id: String,

    /// who spoke; several for words that several said together
    #[arg(long, value_name = "NAME", help_heading = "Of an attribution")]
    pub(crate) speaker: Vec<String>,

    /// what the speakers are, one after another or all of them [default: person]
    #[arg(long, value_name = "KIND", requires = "speaker", help_heading = "Of an attribution")]
    pub(crate) speaker_kind: Vec<SpeakerKind>,

    /// the roles of the speakers, one after another
    #[arg(long, value_name = "ROLE", requires = "speaker", help_heading = "Of an attribution")]
    pub(crate) role: Vec<String>,

    /// nobody can be said to have spoken
    #[arg(long, conflicts_with = "speaker", help_heading = "Of an attribution")]
    pub(crate) no_speaker: bool,

    /// when it was said: `2024`, `2024-10`, `2024-10-19`, or two of them with `..` between
    #[arg(long, value_name = "DATE", help_heading = "Of an attribution")]
    pub(crate) said: Option<String>,

    /// whether the words are given as spoken
    #[arg(long, value_enum, help_heading = "Of an attribution")]
    pub(crate) kind: Option<ReportKind>,

    /// the words that name the speaker, as places in the text: `START-END`, several with commas between, or `none`
    #[arg(long, value_name = "PLACES", help_heading = "Of an attribution")]
    pub(crate) source: Option<String>,

    /// the words that report, as places in the text
    #[arg(long, value_name = "PLACES", help_heading = "Of an attribution")]
    pub(crate) cue: Option<String>,

    /// what was said, as places in the text
    #[arg(long, value_name = "PLACES", help_heading = "Of an attribution")]
    pub(crate) content: Option<String>,

    /// who published the page
    #[arg(long, value_name = "NAME", help_heading = "Of a page")]
    pub(crate) outlet: Option<String>,

    /// when the page was published: a date as with `--said`
    #[arg(long, value_name = "DATE", help_heading = "Of a page")]
    pub(crate) published: Option<String>,

    #[command(flatten)]
    pub(crate) by: ByArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct Reject {
    /// attributions (`a-…`)
    #[arg(required = true, value_name = "ID")]
    pub(crate) ids: Vec<String>,

    #[command(flatten)]
    pub(crate) by: ByArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct Undo {
    /// the decision (`d-…`; about voices `m-…`) [default: the last that was not undone]
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,

    /// list the decisions instead: when, who, what, on which words, and whether they are in force
    #[arg(long, conflicts_with = "id")]
    pub(crate) list: bool,

    /// how to list: `table` for people, `jsonl` for programs, `csv` for spreadsheets [default: table on a terminal,
    /// jsonl elsewhere]
    #[arg(long, value_enum, requires = "list")]
    pub(crate) format: Option<ListFormat>,

    #[command(flatten)]
    pub(crate) by: ByArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct Forget {
    /// what is to be forgotten
    #[arg(value_enum)]
    pub(crate) what: Forgettable,

    /// pages: their ids, paths or addresses; voices: their ids (`v-…`), and all their names go
    #[arg(required = true, value_name = "ID")]
    pub(crate) ids: Vec<String>,

    /// do not ask
    #[arg(long)]
    pub(crate) yes: bool,

    #[command(flatten)]
    pub(crate) by: ByArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// a folder of models to check instead of those in the binary
    #[arg(long, value_name = "DIR")]
    pub(crate) models: Option<PathBuf>,

    /// the store [default: `saidline.db` where there is one]
    #[arg(long, value_name = "FILE", env = "SAIDLINE_STORE")]
    pub(crate) store: Option<PathBuf>,

    /// read every document and every page of the store whole
    #[arg(long)]
    pub(crate) deep: bool,

    /// make again what can be derived: indexes, the index of words, the ids of voices and which names they have
    #[arg(long)]
    pub(crate) repair: bool,
}

/// Which reports are meant.
#[derive(Debug, Args)]
pub(crate) struct FilterArgs {
    /// words that must all stand in what was said; `"words in marks"` in this order, `begun*` words with anything
    /// behind. Without words everything fits
    #[arg(value_name = "WORDS")]
    pub(crate) words: Vec<String>,

    /// who said it: a name, words of a name (case and accents make no difference) or the id of a voice; one of several
    #[arg(long, value_name = "NAME")]
    pub(crate) speaker: Vec<String>,

    #[command(flatten)]
    pub(crate) narrow: NarrowArgs,
}

impl FilterArgs {
    /// What a store is asked for.
    pub(crate) fn filter(&self) -> ReportFilter {
        ReportFilter { words: self.words.join(" "), speakers: self.speaker.clone(), ..self.narrow.filter() }
    }
}

/// Which reports are meant, of those with some words and of some voice.
#[derive(Debug, Args)]
pub(crate) struct NarrowArgs {
    /// who printed it: a name, or words of it; one of several
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Vec<String>,

    /// not before this date (`2024`, `2024-10`, `2024-10-19`, `2024-10-19T17:01`)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) since: Option<saidline::Moment>,

    /// not after this date, which is included
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) until: Option<saidline::Moment>,

    /// only reports of this kind
    #[arg(long, value_enum)]
    pub(crate) kind: Option<ReportKind>,

    /// only what was put in words (`speech`), thought, planned, found or ordered; one of several [default: `search` speech,
    /// `export` all]
    #[arg(long, value_enum, value_name = "ACT")]
    pub(crate) act: Vec<ActClass>,

    /// only acts of this type (`deny`, `promise`, `demand`, …), whatever their class; one of several
    #[arg(long = "type", value_name = "TYPE", value_parser = act_type)]
    pub(crate) types: Vec<saidline::ActType>,

    /// only what is affirmed, denied, hypothetical or asked (`saying-denied`: "did not say"; `content-denied`: "denied
    /// that"); one of several
    #[arg(long, value_name = "POLARITY", value_parser = polarity)]
    pub(crate) polarity: Vec<saidline::Polarity>,

    /// to whom it was said: words of the name, or of a role of whoever is called so; one of several
    #[arg(long, visible_alias = "to", value_name = "NAME")]
    pub(crate) addressee: Vec<String>,

    /// where or through what it was said: a kind (`interview`, `speech`, `post`, …), or words of the place, outlet or
    /// platform; one of several of each
    #[arg(long, value_name = "VENUE")]
    pub(crate) venue: Vec<String>,
}

impl NarrowArgs {
    /// What a store is asked for.
    pub(crate) fn filter(&self) -> ReportFilter {
        let kind =
            |asked: &String| VenueKind::ALL.into_iter().find(|kind| kind.name() == asked.to_lowercase());
        ReportFilter {
            outlets: self.outlet.clone(),
            kind: self.kind.map(Into::into),
            acts: self.act.iter().map(|act| (*act).into()).collect(),
            types: self.types.clone(),
            polarities: self.polarity.clone(),
            addressees: self.addressee.iter().map(|asked| without_article(asked)).collect(),
            venues: self
                .venue
                .iter()
                .filter(|asked| kind(asked).is_none())
                .map(|asked| without_article(asked))
                .collect(),
            venue_kinds: self.venue.iter().filter_map(kind).collect(),
            since: self.since,
            until: self.until,
            ..ReportFilter::default()
        }
    }
}

/// "The Harbour Gazette", as a table prints it, is asked for by its words.
fn without_article(asked: &str) -> String {
    let bare = ["the ", "The ", "a ", "an "].iter().find_map(|article| asked.strip_prefix(article));
    bare.unwrap_or(asked).to_owned()
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    #[command(flatten)]
    pub(crate) filter: FilterArgs,

    /// what was said with this meaning, in whatever words, the likeliest first: a question, or what somebody may have said;
    /// one report of each statement
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["sort", "facets"])]
    pub(crate) meaning: Option<String>,

    /// a folder of models to use instead of those in the binary
    #[arg(long, value_name = "DIR", requires = "meaning")]
    pub(crate) models: Option<PathBuf>,

    /// everything: what was thought, planned, found or ordered, too, what was rejected, and what only earlier versions
    /// of pages say
    #[arg(long)]
    pub(crate) all: bool,

    /// what comes first [default: best where there are words, else newest]
    #[arg(long, value_enum)]
    pub(crate) sort: Option<SearchOrder>,

    /// how many reports are printed at most; all that fit are counted
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,

    /// pass over so many of the first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,

    /// also count what was found by speaker, outlet and month
    #[arg(long)]
    pub(crate) facets: bool,

    /// how to print: `table` for people, `jsonl` for programs, `csv` for spreadsheets [default: table on a terminal,
    /// jsonl elsewhere]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct Stats {
    /// how to print: `table` for people, `jsonl` for programs, `csv` for spreadsheets [default: table on a terminal,
    /// jsonl elsewhere]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Voices {
    #[command(subcommand)]
    pub(crate) decide: Option<DecideOnVoices>,

    /// list the pairs of names of which a person should say whether they are one voice's, and the names that seem to be
    /// several people's, what is most worth a look first
    #[arg(long, conflicts_with_all = ["name", "sort", "offset"])]
    pub(crate) doubtful: bool,

    /// a name, words of a name (case and accents make no difference) or the id of a voice; without it, all
    #[arg(value_name = "NAME")]
    pub(crate) name: Vec<String>,

    /// what comes first
    #[arg(long, value_enum, default_value_t)]
    pub(crate) sort: VoicesOrder,

    /// how many voices (or pairs) are printed at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,

    /// pass over so many of the first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,

    /// how to print: `table` for people, `jsonl` for programs, `csv` for spreadsheets [default: table on a terminal,
    /// jsonl elsewhere]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ListFormat>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

/// What a person decides about voices.
#[derive(Debug, Subcommand)]
pub(crate) enum DecideOnVoices {
    /// join two names: they are one voice's
    Merge(Merge),
    /// part two names: they are two voices'; or part reports of one name that several people bear
    Split(SplitVoice),
    /// let a voice be shown by another of its names
    Rename(Rename),
    /// give a voice a further name, which no page need have yet
    Alias(AliasVoice),
    /// take in a table of people: their names, identifiers and roles
    Import(ImportVoices),
}

#[derive(Debug, Args)]
pub(crate) struct Merge {
    #[command(flatten)]
    pub(crate) names: TwoNames,

    /// join a person with an organisation, too
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AliasVoice {
    /// the voice: one of its names, or an id (`v-…`)
    #[arg(value_name = "VOICE")]
    pub(crate) voice: String,

    /// the further name, as pages write it
    #[arg(value_name = "NAME")]
    pub(crate) name: String,

    #[command(flatten)]
    pub(crate) by: ByArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ImportVoices {
    /// a table whose first line names its columns: `name`, and any of `alias` (several with `|` between), `identifier`,
    /// `role`, `from`, `to`, `kind`; a person has a row for each role
    #[arg(value_name = "CSV")]
    pub(crate) table: PathBuf,

    /// write nothing, and say what would be done
    #[arg(long)]
    pub(crate) dry_run: bool,

    #[command(flatten)]
    pub(crate) by: ByArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct SplitVoice {
    /// a name, words that only one name has, or an id (`v-…`)
    #[arg(value_name = "NAME")]
    pub(crate) a: String,

    /// the other; without it, reports of the one name are parted by `--role`, `--outlet`, `--page` or `--report`
    #[arg(value_name = "OTHER", required_unless_present_any = ["role", "outlet", "page", "report"])]
    pub(crate) b: Option<String>,

    /// part the reports on pages that give the name a role with these words
    #[arg(long, value_name = "WORDS", conflicts_with = "b")]
    pub(crate) role: Option<String>,

    /// part the reports in this outlet
    #[arg(long, value_name = "OUTLET", conflicts_with = "b")]
    pub(crate) outlet: Option<String>,

    /// part the reports on this page (an id, a path or an address); can be given several times
    #[arg(long, value_name = "PAGE", conflicts_with = "b")]
    pub(crate) page: Vec<String>,

    /// part this report alone (`a-…`), where not all of the name on its page are of one person; can be given several times
    #[arg(long, value_name = "ID", conflicts_with_all = ["b", "role", "outlet", "page"])]
    pub(crate) report: Vec<String>,

    /// what the voice of these reports is called [default: the name, and in brackets what parts it]
    #[arg(long = "as", value_name = "NAME", conflicts_with = "b")]
    pub(crate) called: Option<String>,

    #[command(flatten)]
    pub(crate) by: ByArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

/// Two names of the record.
#[derive(Debug, Args)]
pub(crate) struct TwoNames {
    /// a name, words that only one name has, or an id (`v-…`)
    #[arg(value_name = "NAME")]
    pub(crate) a: String,

    /// the other
    #[arg(value_name = "OTHER")]
    pub(crate) b: String,

    #[command(flatten)]
    pub(crate) by: ByArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct Rename {
    /// the voice: one of its names, or an id (`v-…`)
    #[arg(value_name = "VOICE")]
    pub(crate) voice: String,

    /// the one of its names that is to be shown, exactly as the record has it
    #[arg(value_name = "NAME")]
    pub(crate) name: String,

    #[command(flatten)]
    pub(crate) by: ByArgs,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

/// A value of a closed set by its name on the wire; else all names there are.
fn one_of<T: Copy>(all: &[T], name: fn(T) -> &'static str, text: &str) -> Result<T, String> {
    let names = || all.iter().map(|value| name(*value)).collect::<Vec<_>>().join(", ");
    all.iter().copied().find(|value| name(*value) == text).ok_or_else(|| format!("there are {}", names()))
}

fn act_type(text: &str) -> Result<saidline::ActType, String> {
    one_of(&saidline::ActType::ALL, saidline::ActType::name, text)
}

fn polarity(text: &str) -> Result<saidline::Polarity, String> {
    one_of(&saidline::Polarity::ALL, saidline::Polarity::name, text)
}

/// A date of any precision.
fn date(text: &str) -> Result<saidline::Moment, String> {
    text.parse().map_err(|_| "write it as 2024, 2024-10, 2024-10-19 or 2024-10-19T17:01".to_owned())
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// the shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct Man {
    /// the command whose page is wanted
    pub(crate) command: Option<String>,
}

/// How readings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// JSON, an object a line
    Jsonl,
    /// for people
    Table,
}

impl Format {
    /// The one that was named; else `table` on a terminal and `jsonl` elsewhere.
    pub(crate) fn or_default(format: Option<Self>) -> Self {
        format.unwrap_or(if crate::out::stdout_is_terminal() { Self::Table } else { Self::Jsonl })
    }
}

/// How what is looked at is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ViewFormat {
    /// for people
    Table,
    /// JSON, an object a line
    Jsonl,
    /// to be pasted into notes
    Markdown,
}

impl ViewFormat {
    /// The one that was named; else `table` on a terminal and `jsonl` elsewhere.
    pub(crate) fn or_default(format: Option<Self>) -> Self {
        format.unwrap_or(if crate::out::stdout_is_terminal() { Self::Table } else { Self::Jsonl })
    }
}

/// How the record is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// JSON, an object a line
    Jsonl,
    /// tables for spreadsheets
    Csv,
}

/// How lists are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// for people
    Table,
    /// JSON, an object a line
    Jsonl,
    /// for spreadsheets
    Csv,
}

impl ListFormat {
    /// The one that was named; else `table` on a terminal and `jsonl` elsewhere.
    pub(crate) fn or_default(format: Option<Self>) -> Self {
        format.unwrap_or(if crate::out::stdout_is_terminal() { Self::Table } else { Self::Jsonl })
    }
}

/// A kind of report.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ReportKind {
    /// words given as spoken
    Direct,
    /// reported without the words themselves
    Indirect,
    /// partly in quotation marks
    Mixed,
}

impl From<ReportKind> for saidline::QuotationKind {
    fn from(kind: ReportKind) -> Self {
        match kind {
            ReportKind::Direct => Self::Direct,
            ReportKind::Indirect => Self::Indirect,
            ReportKind::Mixed => Self::Mixed,
        }
    }
}

/// What kind of attribution.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ActClass {
    /// something was put in words
    Speech,
    /// beliefs, expectations, hopes, attitudes
    Thought,
    /// what somebody intends or has decided to do
    Plan,
    /// what a study, a poll, a record shows
    Finding,
    /// rulings, laws, bans, appointments
    Order,
}

impl From<ActClass> for saidline::ActClass {
    fn from(class: ActClass) -> Self {
        match class {
            ActClass::Speech => Self::Speech,
            ActClass::Thought => Self::Thought,
            ActClass::Plan => Self::Plan,
            ActClass::Finding => Self::Finding,
            ActClass::Order => Self::Order,
        }
    }
}

/// What a speaker is.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum SpeakerKind {
    /// a person
    #[default]
    Person,
    /// an organisation or a government
    Organisation,
    /// somebody not named ("a senior official")
    Unnamed,
}

impl From<SpeakerKind> for saidline::SpeakerKind {
    fn from(kind: SpeakerKind) -> Self {
        match kind {
            SpeakerKind::Person => Self::Person,
            SpeakerKind::Organisation => Self::Organisation,
            SpeakerKind::Unnamed => Self::Unnamed,
        }
    }
}

/// What can be forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Forgettable {
    /// pages, with everything that was read of them
    Page,
    /// voices, with all they said
    Voice,
}

/// What comes first in a search.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SearchOrder {
    /// the newest
    Newest,
    /// the oldest, by the day it was said, else published; what has no date comes last
    Oldest,
    /// where the words stand most often, in the fewest other words
    Best,
}

/// Which voices come first.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum VoicesOrder {
    /// who is most heard
    #[default]
    Count,
    /// the first in the alphabet
    Name,
}

/// What the inputs are.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum InputKind {
    /// told from the content
    #[default]
    Auto,
    /// text without markup
    Text,
    /// HTML
    Html,
    /// JSON, a page a line
    Jsonl,
}

/// Which model reads.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum ModelName {
    /// the most accurate
    #[default]
    Accurate,
    /// many times faster, and less accurate
    Fast,
}

impl From<ModelName> for saidline::Model {
    fn from(name: ModelName) -> Self {
        match name {
            ModelName::Accurate => Self::Accurate,
            ModelName::Fast => Self::Fast,
        }
    }
}

/// When colours are used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// on a terminal
    #[default]
    Auto,
    /// always
    Always,
    /// never
    Never,
}
