//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// who said what in news pages
#[derive(Debug, Parser)]
#[command(name = "saidline", version, max_term_width = 100)]
#[command(
    after_help = "exit status: 0 done, 1 nothing found, 2 wrong usage, 3 models, store or output unusable, 4 some \
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
    /// read pages and print who said what
    Extract(Extract),
    /// show what saidline does, on invented pages that are in the binary
    Demo(Demo),
    /// check the models and say what is missing
    Doctor(Doctor),
    /// find who said what in the record
    Search(Search),
    /// say how much of what is in the record
    Stats(Stats),
    /// list who speaks in the record, how often and where
    Voices(Voices),
    /// print completions for a shell
    Completions(Completions),
    /// print the manual page, of saidline or of one of its commands
    Man(Man),
}

#[derive(Debug, Args)]
pub(crate) struct Extract {
    /// files, folders (with all that lies in them) or `-` for standard input: HTML, text or JSONL, gzip and zstd of
    /// each
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// how to print: `table` for people, `jsonl` for programs [default: table on a terminal, jsonl elsewhere]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,

    /// take the whole input as article text: no menus, headlines or datelines are sought
    #[arg(long)]
    pub(crate) plain: bool,

    /// what the inputs are; `auto` tells it from the content of each
    #[arg(long, value_name = "KIND", value_enum, default_value_t)]
    pub(crate) input: InputKind,

    /// put the document's text on the page line even where the input itself is that text (with `jsonl`)
    #[arg(long)]
    pub(crate) with_text: bool,

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

    /// how many pages are read at a time [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,

    #[command(flatten)]
    pub(crate) models: ModelArgs,
}

/// Which store.
#[derive(Debug, Args)]
pub(crate) struct StoreArgs {
    /// the file of the record
    #[arg(long, value_name = "FILE", env = "SAIDLINE_STORE", default_value = "saidline.db")]
    pub(crate) store: PathBuf,
}

/// Who decides.
#[derive(Debug, Args)]
pub(crate) struct ByArgs {
    /// who decides, for the record [default: your name on this machine]
    #[arg(long, value_name = "NAME")]
    pub(crate) by: Option<String>,
}

/// Which models read.
#[derive(Debug, Args)]
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
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// a folder of models to check instead of those in the binary
    #[arg(long, value_name = "DIR")]
    pub(crate) models: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// words that must all stand in what was said; `"words in marks"` in this order, `begun*` words with anything
    /// behind. Without words everything fits
    #[arg(value_name = "WORDS")]
    pub(crate) words: Vec<String>,

    /// who said it: a name, words of a name (case and accents make no difference) or the id of a voice; one of several
    #[arg(long, value_name = "NAME")]
    pub(crate) speaker: Vec<String>,

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

    /// only this kind of speech act (not told apart yet)
    #[arg(long, value_name = "ACT")]
    pub(crate) act: Option<String>,

    /// also what was rejected, and what only earlier versions of pages say
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
pub(crate) struct Voices {
    /// a name, words of a name (case and accents make no difference) or the id of a voice; without it, all
    #[arg(value_name = "NAME")]
    pub(crate) name: Vec<String>,

    /// what comes first
    #[arg(long, value_enum, default_value_t)]
    pub(crate) sort: VoicesOrder,

    /// how many voices are printed at most
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

/// What comes first in a search.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SearchOrder {
    /// the newest
    Newest,
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
