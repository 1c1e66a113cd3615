//! Runs the cases of `spec/`: Markdown that says what a text must be read as. `spec/README.md` tells how they are
//! written.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use saidline::stages::{
    Quotation, kind_of, quotations, resolve, sentences, tell_acts, tell_times, tell_venues,
};
use saidline::statements::{Quoted, wording};
use saidline::voices::{Profile, blocking_keys, compare};
use saidline::{
    Attribution, Basis, Block, BlockKind, Dated, Document, Kind, Model, Models, Note, Options, Page,
    Polarity, QuotationKind, Reader, Span, Speaker, SpeakerKind, When,
};

/// A heading that ends so is of a case that is known to fail.
const KNOWN_GAP: &str = "(known gap)";

#[test]
fn every_case_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("`spec/` is a folder")
        .map(|entry| entry.expect("an entry of `spec/`").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .filter(|path| path.file_name().is_none_or(|name| name != "README.md"))
        .collect();
    files.sort();
    let mut report = String::new();
    let mut count = 0;
    for path in files {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a case file is UTF-8 text");
        match cases(&text) {
            Err(why) => writeln!(report, "spec/{file}: {why}\n").expect("a string takes it"),
            Ok(cases) => {
                for case in cases {
                    count += 1;
                    report.extend(
                        case.verdict().map(|problem| format!("spec/{file}:{}: {problem}\n", case.line)),
                    );
                }
            }
        }
    }
    assert!(count > 0, "no cases in `{}`", folder.display());
    assert!(report.is_empty(), "\n\n{report}");
}

/// One case of a file.
#[derive(Debug, Default)]
struct Case {
    /// The line of its heading, from one.
    line: usize,
    heading: String,
    /// The page, and whether it is HTML.
    page: String,
    html: bool,
    /// The day of publication, where the case states one.
    published: Option<String>,
    /// Attributions stated by hand, so that the case does not depend on a model.
    given: Vec<Given>,
    /// What is known of names on two pages, for a case about voices.
    profiles: Vec<Profile>,
    /// Two wordings a line, for a case about these.
    wordings: Vec<Vec<String>>,
    reading: Vec<Expected>,
}

/// An attribution as a case writes it: words of the page.
#[derive(Debug, Clone, PartialEq)]
struct Given {
    source: Vec<String>,
    cue: Vec<String>,
    content: Vec<String>,
}

/// One line of an expected reading.
#[derive(Debug, Clone, PartialEq)]
struct Expected {
    forbidden: bool,
    key: String,
    value: String,
}

/// The keys that a reading may hold.
const STAGES: [&str; 12] = [
    "sentence",
    "quotation",
    "speaker",
    "parent",
    "addressee",
    "venue",
    "act",
    "type",
    "polarity",
    "when",
    "voices",
    "wording",
];
const WHOLE: [&str; 8] = ["said", "title", "byline", "outlet", "agency", "date", "updated", "language"];

/// The cases of a file.
fn cases(text: &str) -> Result<Vec<Case>, String> {
    let mut all: Vec<Case> = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let number = number + 1;
        if let Some(heading) = line.strip_prefix("## ") {
            all.push(Case { line: number, heading: heading.trim().to_owned(), ..Case::default() });
            continue;
        }
        let Some(kind) = line.strip_prefix("```") else { continue };
        let kind = kind.trim();
        let mut body = String::new();
        loop {
            match lines.next() {
                Some((_, "```")) => break,
                Some((_, line)) => {
                    body.push_str(line);
                    body.push('\n');
                }
                None => return Err(format!("line {number}: the block is never closed")),
            }
        }
        let case = all.last_mut().ok_or(format!("line {number}: a block before the first heading"))?;
        match kind {
            "text" | "html" => {
                case.page = body.strip_suffix('\n').unwrap_or(&body).to_owned();
                case.html = kind == "html";
            }
            "published" => case.published = Some(body.trim().to_owned()),
            "given" => {
                case.given =
                    body.lines().filter(|line| !line.is_empty()).map(given).collect::<Result<_, _>>()?
            }
            "voices" => {
                case.page = body.clone();
                case.profiles =
                    body.lines().filter(|line| !line.is_empty()).map(profile).collect::<Result<_, _>>()?;
            }
            "wordings" => {
                case.page = body.clone();
                case.wordings = body.lines().filter(|line| !line.is_empty()).map(fields).collect();
            }
            "reading" => {
                for line in body.lines().filter(|line| !line.trim().is_empty()) {
                    case.reading.push(expected(line).map_err(|why| format!("line {number}: {why}"))?);
                }
            }
            other => {
                return Err(format!(
                    "line {number}: a block is `text`, `html`, `published`, `given`, `voices`, `wordings` or `reading`, not `{other}`"
                ));
            }
        }
    }
    match all.iter().find(|case| case.page.is_empty() || case.reading.is_empty()) {
        Some(case) => Err(format!("line {}: `{}` needs a page and a reading", case.line, case.heading)),
        None => Ok(all),
    }
}

/// `source | cue | content || second piece`.
fn given(line: &str) -> Result<Given, String> {
    let fields = fields(line);
    match &fields[..] {
        [source, cue, content] => {
            Ok(Given { source: pieces(source), cue: pieces(cue), content: pieces(content) })
        }
        _ => Err(format!("`{line}` is not `source | cue | content`")),
    }
}

/// `name | kind | roles | persons beside | day`; the last fields can be left out, a kind that is empty is a person.
fn profile(line: &str) -> Result<Profile, String> {
    let fields = fields(line);
    let field = |at: usize| fields.get(at).map_or("", String::as_str);
    let kind = SpeakerKind::ALL.into_iter().find(|kind| kind.name() == field(1));
    let kind = match (kind, field(1)) {
        (Some(kind), _) => kind,
        (None, "") => SpeakerKind::Person,
        (None, other) => return Err(format!("no kind is called `{other}`")),
    };
    let day = field(4).parse().ok().map(|day: i32| (day, day));
    Ok(Profile {
        roles: pieces(field(2)),
        beside: pieces(field(3)),
        days: day,
        ..Profile::named(field(0), kind)
    })
}

/// `verdict | reason`; two names that are one voice must share a key.
fn show_voices(profiles: &[Profile]) -> String {
    let [a, b] = profiles else { return "two names are needed".to_owned() };
    let told = compare(a, b);
    let keys: Vec<String> = blocking_keys(&a.name, a.kind).collect();
    let shared = blocking_keys(&b.name, b.kind).any(|key| keys.contains(&key));
    let found = if shared || told.verdict().name() != "one" { "" } else { ", without a key" };
    format!("{}{found} | {}", told.verdict().name(), told.reason.name())
}

/// The kind of the first's wording against the second's: `here | there | role | words after both`.
fn show_wording(line: &[String]) -> String {
    let field = |at: usize| line.get(at).map_or("", String::as_str);
    let side = |words: &str| {
        let text = format!("{words} {}", field(3));
        let blocks = paragraphs(&text);
        let (marks, _) = quotations(&text, &blocks);
        let content = vec![Span::new(0, words.len())];
        let mut one =
            Attribution::new(kind_of(&text, &content, &marks), Vec::new(), Vec::new(), content, 1.0);
        one.speakers.push(Speaker {
            name: "Ina Lund".to_owned(),
            kind: SpeakerKind::Person,
            role: Some(field(2).to_owned()).filter(|role| !role.is_empty()),
            how: saidline::How::Name,
            antecedent: None,
            confidence: 1.0,
        });
        (text, marks, one)
    };
    let ((here, here_marks, one), (there, there_marks, other)) = (side(field(0)), side(field(1)));
    let (here, there) = (Quoted::new(&here, &here_marks, &one), Quoted::new(&there, &there_marks, &other));
    wording(&here, &there).kind.name().to_owned()
}

/// The fields of a line, apart by a single `|`.
fn fields(line: &str) -> Vec<String> {
    line.replace("||", "\u{1}")
        .split('|')
        .map(|field| field.replace('\u{1}', "||").trim().to_owned())
        .collect()
}

/// The pieces of a field, apart by `||`.
fn pieces(field: &str) -> Vec<String> {
    field.split("||").map(str::trim).filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
}

fn expected(line: &str) -> Result<Expected, String> {
    let (forbidden, rest) = line.strip_prefix("not ").map_or((false, line), |rest| (true, rest));
    let (key, value) = rest.split_once(':').ok_or(format!("`{line}` has no colon"))?;
    let (key, value) = (key.trim(), value.trim());
    let base = key.split(['(', ' ']).next().unwrap_or_default();
    let known = STAGES.contains(&base) || WHOLE.contains(&base) || matches!(base, "note" | "block");
    let kind = key
        .strip_prefix("block ")
        .is_some_and(|kind| BlockKind::ALL.iter().any(|known| known.name() == kind));
    if !known || base == "block" && !kind {
        return Err(format!("nothing is called `{key}`"));
    }
    Ok(Expected { forbidden, key: key.to_owned(), value: value.to_owned() })
}

impl Case {
    /// What is wrong, if anything is.
    fn verdict(&self) -> Option<String> {
        let problems = self.problems();
        let gap = self.heading.ends_with(KNOWN_GAP);
        match (gap, problems.is_empty()) {
            (true, true) => {
                Some(format!("{}\n  it holds now: take `{KNOWN_GAP}` out of its heading\n", self.heading))
            }
            (false, false) => Some(format!("{}\n{problems}", self.heading)),
            _ => None,
        }
    }

    /// The lines that do not hold, each with what was read.
    fn problems(&self) -> String {
        let mut problems = String::new();
        if !self.profiles.is_empty() {
            self.list("voices", &[show_voices(&self.profiles)], &mut problems);
            return problems;
        }
        if !self.wordings.is_empty() {
            let kinds: Vec<String> = self.wordings.iter().map(|line| show_wording(line)).collect();
            self.list("wording", &kinds, &mut problems);
            return problems;
        }
        let text = self.page.as_str();
        let blocks = paragraphs(text);
        let (found, mut notes) = quotations(text, &blocks);
        let sentences = sentences(text, &blocks);
        let said: Vec<String> = sentences.iter().map(|span| span.of(text).replace('\n', " ")).collect();
        self.list("sentence", &said, &mut problems);
        let quoted: Vec<String> = found.iter().map(|quotation| show_quotation(quotation, text)).collect();
        self.list("quotation", &quoted, &mut problems);
        if self.asks(&["speaker", "parent", "addressee", "venue", "act", "type", "polarity", "when"]) {
            match place_all(&self.given, text) {
                Err(why) => writeln!(problems, "  {why}").expect("a string takes it"),
                Ok(mut attributions) => {
                    for attribution in &mut attributions {
                        attribution.kind = kind_of(text, &attribution.content, &found);
                    }
                    let published = match self.published.as_deref().map(str::parse).transpose() {
                        Ok(day) => day.map(|day| Dated {
                            when: When::at(day),
                            text: None,
                            span: None,
                            basis: Basis::Caller,
                        }),
                        Err(why) => return format!("  {why}\n"),
                    };
                    let document =
                        Document { text: text.to_owned(), blocks, published, ..Document::default() };
                    resolve(&document, &sentences, &found, &mut attributions);
                    let speakers: Vec<String> =
                        attributions.iter().map(|attribution| show_speakers(attribution, text)).collect();
                    self.list("speaker", &speakers, &mut problems);
                    tell_venues(&document, &sentences, &mut attributions);
                    let parents: Vec<String> =
                        attributions.iter().map(|one| show_parent(one, text)).collect();
                    self.list("parent", &parents, &mut problems);
                    let addressees: Vec<String> =
                        attributions.iter().map(|attribution| show_addressees(attribution, text)).collect();
                    self.list("addressee", &addressees, &mut problems);
                    let venues: Vec<String> =
                        attributions.iter().map(|attribution| show_venue(attribution, text)).collect();
                    self.list("venue", &venues, &mut problems);
                    tell_acts(&document.text, &found, &mut attributions);
                    let told = |key: &str, name: fn(&Attribution) -> &str, problems: &mut String| {
                        let shown: Vec<String> =
                            attributions.iter().map(|one| show_cue(one, name(one), text)).collect();
                        self.list(key, &shown, problems);
                    };
                    told("act", |one| one.act.map_or("none", |act| act.class.name()), &mut problems);
                    let of_type = |one: &Attribution| {
                        one.act.and_then(|act| act.r#type).map_or("none", |of_type| of_type.name())
                    };
                    told("type", of_type, &mut problems);
                    told("polarity", |one| one.polarity.map_or("none", Polarity::name), &mut problems);
                    tell_times(&document, &sentences, &found, &mut attributions);
                    let times: Vec<String> =
                        attributions.iter().map(|attribution| show_when(attribution, text)).collect();
                    self.list("when", &times, &mut problems);
                }
            }
        }
        if self.asks(&WHOLE) || self.asks(&["block"]) {
            notes = self.read_whole(&mut problems);
        }
        let codes: Vec<String> = notes.iter().map(|note| note.code.to_string()).collect();
        self.some("note", &codes, &mut problems);
        problems
    }

    fn asks(&self, keys: &[&str]) -> bool {
        self.reading.iter().any(|line| keys.contains(&line.key.split([' ', '(']).next().unwrap_or_default()))
    }

    /// What the whole engine reads; returns its notes.
    fn read_whole(&self, problems: &mut String) -> Vec<Note> {
        let models = match Models::embedded(Model::Accurate) {
            Ok(models) => models,
            Err(why) => {
                writeln!(problems, "  {why}").expect("a string takes it");
                return Vec::new();
            }
        };
        let reader = Reader::new(models, Options::default());
        let kind = if self.html { Kind::Html } else { Kind::Text };
        let page = Page { bytes: self.page.clone().into_bytes(), kind, ..Page::default() };
        let reading = reader.read(&page);
        let document = &reading.document;
        let text = document.text.as_str();
        for kind in BlockKind::ALL {
            let found: Vec<String> = document
                .blocks
                .iter()
                .filter(|block| block.kind == kind)
                .map(|block| block.span.of(text).split_whitespace().collect::<Vec<_>>().join(" "))
                .collect();
            self.some(&format!("block {}", kind.name()), &found, problems);
        }
        let one = |value: &Option<String>| value.iter().cloned().collect::<Vec<_>>();
        self.list("title", &one(&document.title), problems);
        self.list("byline", &one(&document.byline), problems);
        self.list("outlet", &one(&document.outlet), problems);
        self.list("language", &one(&document.language), problems);
        self.list("agency", &document.agencies, problems);
        let date = |dated: &Option<saidline::Dated>| {
            dated.iter().map(|dated| dated.when.from.to_string()).collect::<Vec<_>>()
        };
        self.list("date", &date(&document.published), problems);
        self.list("updated", &date(&document.updated), problems);
        let said: Vec<String> =
            reading.attributions.iter().map(|attribution| show_said(attribution, text)).collect();
        for line in self.reading.iter().filter(|line| line.key == "said") {
            let wanted = fields(&line.value);
            let fits = said.iter().any(|found| {
                let found = fields(found);
                wanted.iter().zip(&found).all(|(wanted, found)| wanted.is_empty() || wanted == found)
            });
            if fits == line.forbidden {
                difference(line, &said, problems);
            }
        }
        reading.notes
    }

    /// Lines with this key state a whole list, in order. `none` states an empty one.
    fn list(&self, key: &str, found: &[String], problems: &mut String) {
        let lines = || self.reading.iter().filter(|line| line.key.split(['(', ' ']).next() == Some(key));
        for line in lines().filter(|line| line.forbidden && found.contains(&full(line))) {
            difference(line, found, problems);
        }
        let wanted: Vec<String> = lines().filter(|line| !line.forbidden).map(full).collect();
        let nothing = wanted.len() == 1 && wanted[0] == "none";
        if wanted.is_empty() || nothing && found.is_empty() || wanted == found {
            return;
        }
        let mut left: VecDeque<&String> = found.iter().collect();
        for wanted in &wanted {
            if left.front() == Some(&wanted) {
                left.pop_front();
                writeln!(problems, "    {key}: {wanted}").expect("a string takes it");
            } else if let Some(at) = left.iter().position(|found| *found == wanted) {
                for extra in left.drain(..at) {
                    writeln!(problems, "  + {key}: {extra}").expect("a string takes it");
                }
                left.pop_front();
                writeln!(problems, "    {key}: {wanted}").expect("a string takes it");
            } else {
                writeln!(problems, "  - {key}: {wanted}").expect("a string takes it");
            }
        }
        for extra in left {
            writeln!(problems, "  + {key}: {extra}").expect("a string takes it");
        }
    }

    /// Lines with this key state what is among others; `none` that there is nothing.
    fn some(&self, key: &str, found: &[String], problems: &mut String) {
        for line in self.reading.iter().filter(|line| line.key == key) {
            let holds = if line.value == "none" { found.is_empty() } else { found.contains(&line.value) };
            if holds == line.forbidden {
                difference(line, found, problems);
            }
        }
    }
}

/// The value of a line, with what stands in brackets after its key.
fn full(line: &Expected) -> String {
    match line.key.split_once('(') {
        Some((_, rest)) => format!("({rest} {}", line.value),
        None => line.value.clone(),
    }
}

fn difference(line: &Expected, found: &[String], problems: &mut String) {
    let (mark, key) = (if line.forbidden { "forbidden" } else { "missing" }, &line.key);
    writeln!(problems, "  - {key}: {}    ({mark})", line.value).expect("a string takes it");
    for found in found {
        writeln!(problems, "  + {key}: {found}").expect("a string takes it");
    }
}

/// A page of a case as one block a paragraph, cut at empty lines.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut start = 0;
    text.split_inclusive("\n\n")
        .map(|part| {
            let span = Span::new(start, start + part.len());
            start += part.len();
            Block { kind: BlockKind::Paragraph, span, time: None }
        })
        .collect()
}

/// Finds the words of attributions stated by hand, each searched from where the one before began.
fn place_all(given: &[Given], text: &str) -> Result<Vec<Attribution>, String> {
    let mut from = 0;
    given
        .iter()
        .map(|given| {
            // A name can stand in the text before; the one beside its verb is meant.
            let beside = given.source.first().zip(given.cue.first()).and_then(|(source, cue)| {
                let order = [(format!("{source} {cue}"), 0), (format!("{cue} {source}"), cue.len() + 1)];
                order
                    .iter()
                    .find_map(|(words, shift)| Some(from + text[from..].find(words.as_str())? + shift))
            });
            let find = |words: &String| {
                let beside = beside.filter(|at| text[*at..].starts_with(words.as_str()));
                let at = match beside {
                    Some(at) => at,
                    None => {
                        from + text[from..]
                            .find(words.as_str())
                            .ok_or(format!("`{words}` is not in the text"))?
                    }
                };
                Ok::<_, String>(Span::new(at, at + words.len()))
            };
            let mut content: Vec<Span> = Vec::new();
            for piece in &given.content {
                let after = content.last().map_or(from, |last| last.end as usize);
                let at = text[after..].find(piece.as_str()).ok_or(format!("`{piece}` is not in the text"))?;
                content.push(Span::new(after + at, after + at + piece.len()));
            }
            let source = given.source.iter().map(find).collect::<Result<Vec<_>, _>>()?;
            let cue = given.cue.iter().map(find).collect::<Result<Vec<_>, _>>()?;
            let first = source.iter().chain(&cue).chain(&content).map(|span| span.start as usize).min();
            from = first.unwrap_or(from);
            Ok(Attribution::new(QuotationKind::Indirect, source, cue, content, 1.0))
        })
        .collect()
}

fn show_quotation(quotation: &Quotation, text: &str) -> String {
    let mut about = Vec::new();
    if quotation.depth > 0 {
        about.push(format!("inside {}", quotation.depth));
    }
    if quotation.continued {
        about.push("continued".to_owned());
    }
    if !quotation.closed {
        about.push("unclosed".to_owned());
    }
    let words = quotation.span.of(text).replace('\n', " ");
    if about.is_empty() { words } else { format!("({}) {words}", about.join(", ")) }
}

/// The words of spans, pieces apart by `||`.
fn words(spans: &[Span], text: &str) -> String {
    spans.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" || ")
}

fn show_speakers(attribution: &Attribution, text: &str) -> String {
    let spans = if attribution.source.is_empty() { &attribution.content } else { &attribution.source };
    let shown: Vec<String> = attribution.speakers.iter().map(show_speaker).collect();
    format!(
        "{} | {}",
        words(spans, text),
        if shown.is_empty() { "none".to_owned() } else { shown.join(" + ") }
    )
}

/// `name (role), kind, how`; a person by name is shown without the last two.
fn show_speaker(speaker: &Speaker) -> String {
    let mut shown = speaker.name.clone();
    if let Some(role) = &speaker.role {
        write!(shown, " ({role})").expect("a string takes it");
    }
    for word in [speaker.kind.name(), speaker.how.name()] {
        if !matches!(word, "person" | "name") {
            write!(shown, ", {word}").expect("a string takes it");
        }
    }
    shown
}

/// The words of an attribution that lines about it begin with: its cue, or else its content.
fn cue_or_content(attribution: &Attribution, text: &str) -> String {
    words(if attribution.cue.is_empty() { &attribution.content } else { &attribution.cue }, text)
}

/// `cue | the words (name), kind + …`; what is not known is left out.
fn show_addressees(attribution: &Attribution, text: &str) -> String {
    let shown: Vec<String> = attribution
        .addressees
        .iter()
        .map(|addressee| {
            let mut shown = addressee.span.of(text).to_owned();
            if let Some(name) = addressee.name.as_ref().filter(|name| **name != shown) {
                write!(shown, " ({name})").expect("a string takes it");
            }
            if let Some(kind) = addressee.kind {
                write!(shown, ", {}", kind.name()).expect("a string takes it");
            }
            shown
        })
        .collect();
    let shown = if shown.is_empty() { "none".to_owned() } else { shown.join(" + ") };
    format!("{} | {shown}", cue_or_content(attribution, text))
}

/// `cue | kind | the words | name`; the name is left out where none is known.
fn show_venue(attribution: &Attribution, text: &str) -> String {
    let shown = match &attribution.venue {
        None => "none".to_owned(),
        Some(venue) => {
            let name = venue.name.as_ref().map_or(String::new(), |name| format!(" | {name}"));
            format!("{} | {}{name}", venue.kind.name(), venue.span.of(text))
        }
    };
    format!("{} | {shown}", cue_or_content(attribution, text))
}

/// `cue | name`; without a cue, the content stands for it.
fn show_cue(attribution: &Attribution, name: &str, text: &str) -> String {
    format!("{} | {name}", cue_or_content(attribution, text))
}

/// `cue | from..to, basis`, one date where both ends are the same; `open` where they are not known, `none` where nothing
/// tells.
fn show_when(attribution: &Attribution, text: &str) -> String {
    let when = match &attribution.said {
        None => "none".to_owned(),
        Some(said) => {
            let days = match said.when() {
                None => "open".to_owned(),
                Some(When { from, to }) if from == to => from.to_string(),
                Some(When { from, to }) => format!("{from}..{to}"),
            };
            format!("{days}, {}", said.basis.name())
        }
    };
    format!("{} | {when}", cue_or_content(attribution, text))
}

fn show_parent(attribution: &Attribution, text: &str) -> String {
    let spans = if attribution.source.is_empty() { &attribution.content } else { &attribution.source };
    let via: Vec<&str> =
        attribution.via.iter().map(|via| via.name.as_deref().unwrap_or_else(|| via.span.of(text))).collect();
    let via = if via.is_empty() { "none".to_owned() } else { via.join(" > ") };
    format!("{} | {via}", words(spans, text))
}

fn show_said(attribution: &Attribution, text: &str) -> String {
    let speakers: Vec<&str> = attribution.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    format!(
        "{} | {} | {} | {}",
        if speakers.is_empty() { "none".to_owned() } else { speakers.join(" + ") },
        words(&attribution.source, text),
        words(&attribution.cue, text),
        words(&attribution.content, text),
    )
}

/// Runs a case made of a page and a reading.
fn run(page: &str, reading: &str) -> Option<String> {
    let text = format!("## A case\n```text\n{page}\n```\n```reading\n{reading}\n```\n");
    cases(&text).expect("the case can be read")[0].verdict()
}

#[test]
fn a_wrong_reading_is_reported() {
    assert_eq!(run("One. Two.", "sentence: One.\nsentence: Two."), None);
    let report = run("One. Two.", "sentence: One. Two.").expect("a wrong sentence fails");
    assert!(report.contains("- sentence: One. Two.") && report.contains("+ sentence: Two."), "{report}");
    assert!(run("One “two”.", "quotation: none").is_some());
    assert!(run("One “two”.", "quotation: “two”").is_none());
    assert!(run("One “two.", "not note: unclosed-quotation").is_some());
    assert!(run("One two.", "note: unclosed-quotation").is_some());
    assert!(run("One two.", "note: none").is_none());
}

#[test]
fn a_known_gap_that_holds_is_reported() {
    let case = |heading: &str, reading: &str| {
        let text = format!("## {heading}\n```text\nOne.\n```\n```reading\n{reading}\n```\n");
        cases(&text).expect("the case can be read")[0].verdict()
    };
    assert!(case("A case (known gap)", "sentence: One.").is_some_and(|report| report.contains("known gap")));
    assert!(case("A case (known gap)", "sentence: Two.").is_none());
}

#[test]
fn a_case_that_cannot_be_read_is_refused() {
    for text in [
        "```text\nOne.\n```\n",
        "## A\n```text\nOne.\n",
        "## A\n```text\nOne.\n```\n",
        "## A\n```text\nOne.\n```\n```reading\nsentense: One.\n```\n",
        "## A\n```text\nOne.\n```\n```reading\nblock paragraf: One.\n```\n",
        "## A\n```txt\nOne.\n```\n",
    ] {
        assert!(cases(text).is_err(), "{text}");
    }
}
