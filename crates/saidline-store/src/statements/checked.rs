//! A draft held against the record: of each claim the reports that may bear on it, and what the engine says to them.
//!
//! Reports are found by runs of words in marks and through the index of words, whatever their day: a draft is mostly later than
//! what it quotes. Nothing is written.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use rusqlite::{Connection, OptionalExtension, params};
use saidline::stages::quotations;
use saidline::statements::{
    Candidate, Claim, Occasion, Passages, Quoted, Read, Report, Verdict, VerdictKind, WordingKind, claims,
    of_another_country, verdict,
};
use saidline::{
    ActClass, Attribution, Document, Meaning, Moment, Points, QuotationKind, Span, Speaker, SpeakerKind,
    Vector,
};

use super::kept::{self, Kept, Reports, Texted};
use crate::error::StoreError;
use crate::meanings::Asked;
use crate::open::Store;
use crate::search::{self, FoundReport, voices_of};
use crate::{folded, meanings, rows};

/// A draft, read by the engine.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// The draft read.
    pub document: &'a Document,
    /// Who says what in it.
    pub attributions: &'a [Attribution],
    /// Its own address, where it has one: what was published there is no evidence for it.
    pub address: Option<&'a str>,
    /// The last day whose pages count: those published later, or without a date captured later, do not.
    pub as_of: Option<Moment>,
    /// What tells what is said in other words; without it only words are compared.
    pub meaning: Option<&'a Meaning>,
}

/// A claim of a draft, and what the record says to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The place of the attribution in the draft; none where nobody is said to have said the words.
    pub place: Option<usize>,
    /// From the first word of what is said to the last.
    pub span: Span,
    /// Whether words of it stand in marks.
    pub quoted: bool,
    /// What the record says.
    pub verdict: VerdictKind,
    /// How the words differ from those of the first evidence.
    pub wording: Option<WordingKind>,
    /// Where they differ from those of the first evidence.
    pub differences: Vec<CheckedDifference>,
    /// The reports that bear the verdict, the closest first. Of what is not on record, those that come near.
    pub evidence: Vec<EvidenceView>,
    /// How many outlets have it themselves: no copies, and not from somebody else.
    pub independent: usize,
}

impl Checked {
    /// Whether somebody should look at it.
    pub fn is_finding(&self) -> bool {
        self.verdict.is_finding(self.quoted)
    }
}

/// A place where the words of a draft differ from the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedDifference {
    /// Of which kind it is.
    pub kind: WordingKind,
    /// Where in the draft; none where words are missing.
    pub here: Option<Span>,
    /// The byte of the draft where it is, or where the words would stand that are missing.
    pub at: u32,
    /// Where in the text of the evidence, in code points; none where words were put in.
    pub there: Option<(u32, u32)>,
    /// The words there.
    pub there_text: Option<String>,
}

/// A report that bears on a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceView {
    /// The report.
    pub report: FoundReport,
    /// `transcript`, `interview` (the outlet's own), `own`, `second-hand` or `reprint`.
    pub standing: &'static str,
    /// The id of its statement.
    pub statement: Option<String>,
    /// When its page was captured. ISO 8601.
    pub captured: Option<String>,
}

/// Reports that are looked at for one claim by what the store keeps of them.
const FOUND: i64 = 80;

/// Reports that are laid beside a claim word by word.
const LAID: usize = 24;

/// Reports that are added to these because they lie near by their meaning.
const NEAREST: usize = 10;

/// Of so many it is asked how near they lie, each a run of the network.
const SENSED: usize = 16;

/// Telling words by which reports are sought.
const WORDS: usize = 8;

/// Of the most telling so many in pairs, where nothing is known of who spoke.
const PAIRED: usize = 5;

/// More voices than this are not written into an expression of the index.
const VOICES: usize = 48;

/// Evidence that is given for a claim.
const SHOWN: usize = 12;

/// A number that no row has: of somebody whom the record does not know.
const UNKNOWN: u64 = u64::MAX;

/// A draft whose sentences stand to this part on a page is that page: four in five.
const SAME: (usize, usize) = (4, 5);

/// Fewer sentences tell nothing.
const SENTENCES: usize = 3;

impl Store {
    /// Holds a draft against the record: every quotation and every claim that somebody said something, in the order of the
    /// draft. The store is only read.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn check(&self, draft: &Draft<'_>) -> Result<Vec<Checked>, StoreError> {
        let look = || -> rusqlite::Result<Vec<Checked>> {
            let transaction = self.connection.unchecked_transaction()?;
            Checking::new(&transaction, draft)?.run()
        };
        look().map_err(|error| self.failed(error))
    }
}

struct Checking<'a> {
    connection: &'a Connection,
    draft: &'a Draft<'a>,
    reports: Reports<'a>,
    /// Digests of the draft's sentences.
    passages: BTreeSet<i64>,
    /// The draft's words, without spaces and marks.
    letters: String,
    /// Of each document whether it may be evidence.
    allowed: RefCell<HashMap<i64, bool>>,
    texts: RefCell<HashMap<i64, Rc<str>>>,
}

/// What is needed of a report to lay it beside a claim.
struct Laid {
    attribution: i64,
    document: i64,
    text: Rc<str>,
    content: Vec<Span>,
    report: Report,
    occasion: Occasion,
    standing: (u8, &'static str),
    nearness: Option<f32>,
}

impl<'a> Checking<'a> {
    fn new(connection: &'a Connection, draft: &'a Draft<'a>) -> rusqlite::Result<Self> {
        let (marks, _) = quotations(&draft.document.text, &draft.document.blocks);
        let passages = Passages::new(draft.document, &marks);
        let digests = draft.attributions.iter().filter_map(|one| passages.digest(one));
        Ok(Self {
            connection,
            draft,
            reports: Reports::new(connection),
            passages: digests.map(|digest| digest as i64).collect(),
            letters: letters(&draft.document.text),
            allowed: RefCell::default(),
            texts: RefCell::default(),
        })
    }

    fn run(&self) -> rusqlite::Result<Vec<Checked>> {
        let Draft { document, attributions, .. } = self.draft;
        let voices = attributions
            .iter()
            .map(|attribution| self.voices(attribution))
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let claims = claims(document, attributions, |place| voices[place].clone());
        claims.into_iter().map(|claim| self.check(claim)).collect()
    }

    /// The rows of the voices that an attribution of the draft may mean. Whom the record does not know has a number that no row
    /// has.
    fn voices(&self, attribution: &Attribution) -> rusqlite::Result<Vec<u64>> {
        let mut all = BTreeSet::new();
        let named = |one: &&Speaker| one.kind != SpeakerKind::Unnamed && is_name(&one.name);
        for speaker in attribution.speakers.iter().filter(named) {
            let mut found: BTreeSet<i64> = voices_of(self.connection, &speaker.name)?.into_iter().collect();
            if speaker.kind == SpeakerKind::Person {
                found.extend(self.named_shorter(&speaker.name)?);
            }
            if found.is_empty() {
                all.insert(UNKNOWN);
            }
            all.extend(found.into_iter().map(|nr| nr as u64));
        }
        Ok(all.into_iter().collect())
    }

    /// The voices that pages name more shortly, by the surname alone or without a middle name; where the whole name is not known,
    /// also those with its first and its last word.
    fn named_shorter(&self, name: &str) -> rusqlite::Result<BTreeSet<i64>> {
        let words: Vec<String> = folded::words(name).collect();
        let [first, .., last] = words.as_slice() else { return Ok(BTreeSet::new()) };
        let mut select = self.connection.prepare_cached(
            "SELECT v.nr, v.name FROM voice_word AS w JOIN voice AS v ON v.nr = w.voice \
             WHERE w.word = ?1 AND v.kind = 'person'",
        )?;
        let mut found = BTreeSet::new();
        let mut rows = select.query([last])?;
        while let Some(row) = rows.next()? {
            let of: Vec<String> = folded::words(&row.get::<_, String>(1)?).collect();
            let is_shorter = of.iter().all(|word| words.contains(word));
            // "J. Ann Lund" and "Ina K. Lund": initials may be missing on either side.
            let bare = |words: &[String]| -> Vec<String> {
                words.iter().filter(|word| word.chars().count() > 1).cloned().collect()
            };
            if is_shorter
                || bare(&of) == bare(&words)
                || words.len() > 2 && of.first() == Some(first) && of.len() == 2
            {
                found.insert(row.get(0)?);
            }
        }
        Ok(found)
    }

    fn check(&self, mut claim: Claim) -> rusqlite::Result<Checked> {
        claim.foreign = claim.foreign || self.are_foreign(&claim.report.voices)?;
        let mut laid = self.candidates(&claim)?;
        let mut verdict = self.verdict(&claim, &laid);
        if !claim.is_quoted() || verdict.kind == VerdictKind::NotOnRecord {
            // What no report has word by word, one may have in other words.
            self.add_by_sense(&mut claim, &mut laid)?;
            verdict = self.verdict(&claim, &laid);
        }
        let mut evidence = Vec::new();
        let mut outlets = BTreeSet::new();
        for &place in &verdict.evidence {
            let one = &laid[place];
            let view = self.evidence(one)?;
            if !matches!(view.standing, "second-hand" | "reprint") {
                outlets.insert(view.report.outlet.clone().unwrap_or_else(|| one.document.to_string()));
            }
            if evidence.len() < SHOWN {
                evidence.push(view);
            }
        }
        let there = verdict.evidence.first().map(|place| laid[*place].text.clone()).unwrap_or_default();
        let points = Points::new(&there);
        let differences = verdict.differences.iter().map(|(one, at)| CheckedDifference {
            kind: one.kind,
            here: one.here,
            at: *at,
            there: one.there.map(|span| points.of_span(span)),
            there_text: one.there.map(|span| span.of(&there).to_owned()),
        });
        Ok(Checked {
            place: claim.place,
            span: claim.span(),
            quoted: claim.is_quoted(),
            verdict: verdict.kind,
            wording: verdict.wording,
            differences: differences.collect(),
            evidence,
            independent: if verdict.kind == VerdictKind::NotOnRecord { 0 } else { outlets.len() },
        })
    }

    fn verdict(&self, claim: &Claim, laid: &[Laid]) -> Verdict {
        let candidates: Vec<Candidate<'_>> = laid
            .iter()
            .map(|one| Candidate {
                report: &one.report,
                quoted: Quoted::of_report(&one.text, &one.content, &one.report),
                occasion: one.occasion.clone(),
                standing: one.standing.0,
                nearness: one.nearness,
            })
            .collect();
        verdict(&self.draft.document.text, claim, &candidates)
    }

    /// Adds what the voices of a claim said that lies nearest to it by its meaning, and of those that are there, the likest of
    /// these voices, how near they lie.
    fn add_by_sense(&self, claim: &mut Claim, laid: &mut Vec<Laid>) -> rusqlite::Result<()> {
        let Some(meaning) = self.draft.meaning else { return Ok(()) };
        let voices = claim.report.voices.clone();
        if voices.iter().all(|voice| *voice == UNKNOWN) {
            return Ok(());
        }
        let text = self.draft.document.text.as_str();
        let said = words_of(text, &claim.content);
        let attribution = claim.place.and_then(|place| self.draft.attributions.get(place));
        let told = attribution.map_or_else(|| said.clone(), |one| saidline::meaning_text(one, text));
        let asked = meaning.vectors(&[said, told]);
        let (nearest, among) = self.nearest(&voices, &asked[1])?;
        claim.among = among;
        for nr in nearest {
            if laid.iter().any(|one| one.attribution == nr) {
                continue;
            }
            if let Some(kept) = self.kept(nr)?
                && self.is_allowed(kept.document)?
            {
                laid.extend(self.laid(nr, &kept, claim)?);
            }
        }
        let asked = Asked::new(&asked[0]);
        let is_theirs = |one: &&mut Laid| one.report.voices.iter().any(|voice| voices.contains(voice));
        for one in laid.iter_mut().filter(is_theirs).take(SENSED) {
            let vector = meaning.vectors(&[words_of(&one.text, &one.content)]).swap_remove(0);
            one.nearness = Some(asked.nearness_of(&vector));
        }
        Ok(())
    }

    /// Whether the record tells of these voices offices of countries where another language is spoken, and of one in three reports
    /// with an office at least.
    fn are_foreign(&self, voices: &[u64]) -> rusqlite::Result<bool> {
        let mut select = self.connection.prepare_cached(
            "SELECT role, count(*) FROM speaker WHERE voice = ?1 AND role IS NOT NULL GROUP BY role",
        )?;
        let (mut foreign, mut all) = (0, 0);
        for voice in voices.iter().filter(|voice| **voice != UNKNOWN) {
            let mut rows = select.query([*voice as i64])?;
            while let Some(row) = rows.next()? {
                let count: i64 = row.get(1)?;
                all += count;
                foreign += if of_another_country(row.get_ref(0)?.as_str()?) { count } else { 0 };
            }
        }
        Ok(foreign > 0 && 3 * foreign >= all)
    }

    /// Of what these voices said the reports that lie nearest to a vector, the nearest first; and how many there are.
    fn nearest(&self, voices: &[u64], asked: &Vector) -> rusqlite::Result<(Vec<i64>, usize)> {
        let mut of_voice = self.connection.prepare_cached(
            "SELECT DISTINCT attribution FROM speaker WHERE voice = ?1 ORDER BY attribution",
        )?;
        let mut theirs = BTreeSet::new();
        for voice in voices.iter().filter(|voice| **voice != UNKNOWN) {
            for nr in of_voice.query_map([*voice as i64], |row| row.get::<_, i64>(0))? {
                theirs.insert(nr?);
            }
        }
        let theirs: Vec<i64> = theirs.into_iter().collect();
        let mut near = meanings::near(self.connection, asked, &theirs)?;
        near.sort_by_key(|(nr, nearness)| (std::cmp::Reverse(*nearness), *nr));
        Ok((near.into_iter().take(NEAREST).map(|(nr, _)| nr).collect(), theirs.len()))
    }

    /// The reports that may bear on a claim, the likest first.
    fn candidates(&self, claim: &Claim) -> rusqlite::Result<Vec<Laid>> {
        let quoted = claim.is_quoted();
        let mut with_key = Vec::new();
        for key in claim.report.keys_of_runs() {
            self.reports.with_key(key as i64, &mut with_key)?;
        }
        let mut found: BTreeSet<i64> = with_key.into_iter().collect();
        let words = claim.telling_words(&self.draft.document.text);
        found.extend(self.with_words(claim, &words)?);
        let read = Read::new(&claim.report);
        let mut likely: Vec<(f32, i64, Rc<Kept>)> = Vec::new();
        for nr in found {
            let Some(kept) = self.kept(nr)? else { continue };
            let with = Read::new(&kept.report);
            let (shared, _) = match quoted {
                true => read.quoted_shared_with(&with),
                false => read.shared_with(&with),
            };
            let (run, _) = read.in_a_row_with(&with);
            let same = claim.report.voices.iter().any(|voice| kept.report.voices.contains(voice));
            let like = shared + run.min(24) as f32 + if same { 3.0 } else { 0.0 };
            likely.push((like, nr, kept));
        }
        likely.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.id.cmp(&b.2.id)));
        let mut laid = Vec::new();
        let mut seen = BTreeSet::new();
        for (_, nr, kept) in likely {
            if laid.len() >= LAID {
                break;
            }
            if !self.is_allowed(kept.document)? || !seen.insert(nr) {
                continue;
            }
            // What a page gives in two pieces a draft may join.
            let beside = if quoted && laid.len() < 4 { self.beside(nr, &kept)? } else { Vec::new() };
            laid.extend(self.laid(nr, &kept, claim)?);
            for (nr, kept) in beside {
                if seen.insert(nr) {
                    laid.extend(self.laid(nr, &kept, claim)?);
                }
            }
        }
        Ok(laid)
    }

    /// What the same voice says beside a report in its document.
    fn beside(&self, nr: i64, kept: &Kept) -> rusqlite::Result<Vec<(i64, Rc<Kept>)>> {
        let mut beside = Vec::new();
        for &other in self.reports.of_document(kept.document)?.iter() {
            let Some(with) = self.reports.get(other)?.filter(|_| other != nr) else { continue };
            if with.report.paragraph.abs_diff(kept.report.paragraph) <= 2
                && with.report.kind != QuotationKind::Indirect
                && with.report.voices == kept.report.voices
            {
                beside.push((other, with));
            }
        }
        Ok(beside)
    }

    /// The attributions that have telling words of a claim: of the voices that are meant, any of them; of all, two of them.
    fn with_words(&self, claim: &Claim, words: &[&str]) -> rusqlite::Result<Vec<i64>> {
        let terms: Vec<String> =
            words.iter().take(WORDS).map(|word| format!("\"{}\"", word.replace('"', " "))).collect();
        let mut found = Vec::new();
        let voices = &claim.report.voices;
        let known = voices.len() <= VOICES && voices.iter().any(|voice| *voice != UNKNOWN);
        if known && !terms.is_empty() {
            let tags: Vec<_> = voices.iter().map(|voice| format!("xv{voice}")).collect();
            let any = format!("content : ({}) AND tags : ({})", terms.join(" OR "), tags.join(" OR "));
            found.extend(self.indexed(&any)?);
        }
        let paired = &terms[..terms.len().min(PAIRED)];
        let pairs: Vec<String> = paired
            .iter()
            .enumerate()
            .flat_map(|(n, one)| paired[n + 1..].iter().map(move |other| format!("({one} AND {other})")))
            .collect();
        if !pairs.is_empty() {
            found.extend(self.indexed(&format!("content : ({})", pairs.join(" OR ")))?);
        }
        Ok(found)
    }

    fn indexed(&self, expression: &str) -> rusqlite::Result<Vec<i64>> {
        self.connection
            .prepare_cached("SELECT rowid FROM quote_fts WHERE quote_fts MATCH ?1 ORDER BY rank LIMIT ?2")?
            .query_map(params![expression, FOUND], |row| row.get(0))?
            .collect()
    }

    /// The report of an attribution; of what was thought, found or ordered, too, of which no statement is kept.
    fn kept(&self, nr: i64) -> rusqlite::Result<Option<Rc<Kept>>> {
        if let Some(kept) = self.reports.get(nr)? {
            return Ok(Some(kept));
        }
        let found: Option<(i64, String, bool)> = self
            .connection
            .prepare_cached("SELECT document, id, rejected FROM attribution WHERE nr = ?1")?
            .query_row([nr], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let Some((document, id, rejected)) = found else { return Ok(None) };
        if rejected {
            return Ok(None);
        }
        let texted = self.reports.texted(document)?;
        let Some(mut attribution) = texted.attributions.get(&nr).cloned() else { return Ok(None) };
        if let Some(act) = &mut attribution.act {
            act.class = ActClass::Speech;
        }
        let voices = kept::voices(self.connection, document)?.remove(&nr).unwrap_or_default();
        let Texted { document: read, marks, .. } = &*texted;
        let mut made = Report::all(read, marks, &[attribution], document as u32, |_| voices.clone());
        Ok(made.pop().map(|(_, report)| Rc::new(Kept { id, document, statement: None, report })))
    }

    /// Whether a document may be evidence: it is not the draft itself, nor later than wanted.
    fn is_allowed(&self, document: i64) -> rusqlite::Result<bool> {
        if let Some(allowed) = self.allowed.borrow().get(&document) {
            return Ok(*allowed);
        }
        let allowed = !self.is_later(document)? && !self.is_the_draft(document)?;
        self.allowed.borrow_mut().insert(document, allowed);
        Ok(allowed)
    }

    fn is_later(&self, document: i64) -> rusqlite::Result<bool> {
        let Some(as_of) = self.draft.as_of else { return Ok(false) };
        let known: Option<String> = self
            .connection
            .prepare_cached(
                "SELECT coalesce(d.published_from, p.fetched, r.began) FROM document AS d \
                 LEFT JOIN page AS p ON p.nr = d.page LEFT JOIN run AS r ON r.nr = p.added WHERE d.nr = ?1",
            )?
            .query_row([document], |row| row.get(0))?;
        let as_of = as_of.to_string();
        Ok(known.is_none_or(|known| known.get(..as_of.len()).unwrap_or(&known) > as_of.as_str()))
    }

    fn is_the_draft(&self, document: i64) -> rusqlite::Result<bool> {
        let address: Option<String> = self
            .connection
            .prepare_cached("SELECT address FROM document WHERE nr = ?1")?
            .query_row([document], |row| row.get(0))?;
        let own = [self.draft.address, self.draft.document.canonical.as_deref()];
        if address.is_some_and(|address| own.contains(&Some(address.as_str()))) {
            return Ok(true);
        }
        if self.passages.len() >= SENTENCES {
            let mut select = self.connection.prepare_cached(
                "SELECT DISTINCT passage FROM report WHERE document = ?1 AND passage IS NOT NULL",
            )?;
            let mut shared = 0;
            for passage in select.query_map([document], |row| row.get::<_, i64>(0))? {
                shared += usize::from(self.passages.contains(&passage?));
            }
            if SAME.1 * shared >= SAME.0 * self.passages.len() {
                return Ok(true);
            }
        }
        Ok(letters(&self.text(document)?) == self.letters)
    }

    fn text(&self, document: i64) -> rusqlite::Result<Rc<str>> {
        if let Some(text) = self.texts.borrow().get(&document) {
            return Ok(text.clone());
        }
        let text: Rc<str> = self
            .connection
            .prepare_cached("SELECT text FROM document WHERE nr = ?1")?
            .query_row([document], |row| Ok(Rc::from(row.get_ref(0)?.as_str()?)))?;
        self.texts.borrow_mut().insert(document, text.clone());
        Ok(text)
    }

    /// Reads what is needed to lay a report beside a claim.
    fn laid(&self, nr: i64, kept: &Kept, claim: &Claim) -> rusqlite::Result<Option<Laid>> {
        let text = self.text(kept.document)?;
        let points = Points::new(&text);
        let (mut content, mut source, mut occasion) = (Vec::new(), Vec::new(), Occasion::default());
        let mut interview = None;
        let mut has_cue = false;
        let mut spans = self.connection.prepare_cached(
            "SELECT part, start, \"end\", name, kind FROM span WHERE attribution = ?1 ORDER BY part, n",
        )?;
        let mut rows = spans.query([nr])?;
        while let Some(row) = rows.next()? {
            let place = rows::span(&points, row.get(1)?, row.get(2)?)?;
            let name: Option<String> = row.get(3)?;
            match row.get_ref(0)?.as_str()? {
                "content" => content.push(place),
                "source" => source.push(place),
                "cue" => has_cue |= place.of(&text).contains(char::is_alphanumeric),
                "addressee" => occasion.add_hearer(place.of(&text), name.as_deref()),
                "venue" => {
                    let kind = rows::venue_kind(&row.get::<_, String>(4)?)?;
                    occasion.add_venue(kind, name.as_deref());
                    if kind == saidline::VenueKind::Interview {
                        interview = Some(name);
                    }
                }
                _ => {}
            }
        }
        let mut report = kept.report.clone();
        let (status, outlet, said) = self.told(nr)?;
        if let Some((from, to)) = said {
            report.set_days_about(from, to);
        }
        if !self.is_of_a_kind(nr, claim)? {
            report.voices.clear();
        }
        let labelled = source.last().is_some_and(|source| {
            text[source.end as usize..].trim_start().starts_with(':') || source.of(&text).ends_with(':')
        });
        let own_interview = || match &interview {
            Some(None) => true,
            Some(Some(name)) => outlet.as_ref().is_some_and(|outlet| outlet.contains(name.as_str())),
            None => false,
        };
        let standing = match status.as_deref() {
            Some("reprint") => (3, "reprint"),
            Some("second-hand") => (2, "second-hand"),
            _ if kept.report.kind == QuotationKind::Direct && labelled && !has_cue => (0, "transcript"),
            _ if own_interview() => (0, "interview"),
            _ => (1, "own"),
        };
        Ok(Some(Laid {
            attribution: nr,
            document: kept.document,
            text,
            content,
            report,
            occasion,
            standing,
            nearness: None,
        }))
    }

    /// Whether somebody who speaks in a report is of a kind with those of a claim, so that the one is not the other: a person and
    /// an institution may speak for each other, and what has no proper name ("the letter") is nobody.
    fn is_of_a_kind(&self, nr: i64, claim: &Claim) -> rusqlite::Result<bool> {
        let attribution = claim.place.and_then(|place| self.draft.attributions.get(place));
        let kinds: Vec<&str> = attribution
            .iter()
            .flat_map(|one| &one.speakers)
            .filter(|one| is_name(&one.name))
            .map(|one| one.kind.name())
            .collect();
        let mut select =
            self.connection.prepare_cached("SELECT kind, name FROM speaker WHERE attribution = ?1")?;
        let mut rows = select.query([nr])?;
        while let Some(row) = rows.next()? {
            let (kind, name): (String, String) = (row.get(0)?, row.get(1)?);
            if kinds.contains(&kind.as_str()) && is_name(&name) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Of a report its status, its outlet, and the days that another report of its statement tells.
    #[allow(clippy::type_complexity, reason = "three columns of one row")]
    fn told(&self, nr: i64) -> rusqlite::Result<(Option<String>, Option<String>, Option<(Moment, Moment)>)> {
        let row = self
            .connection
            .prepare_cached(
                "SELECT r.status, o.name, s.said_from, s.said_to FROM attribution AS a \
                 JOIN document AS d ON d.nr = a.document LEFT JOIN outlet AS o ON o.nr = d.outlet \
                 LEFT JOIN report AS r ON r.attribution = a.nr LEFT JOIN statement AS s ON s.nr = r.statement \
                 WHERE a.nr = ?1",
            )?
            .query_row([nr], |row| {
                let moment = |at: usize| -> rusqlite::Result<Option<Moment>> {
                    let date: Option<String> = row.get(at)?;
                    Ok(date.and_then(|date| date.parse().ok()))
                };
                Ok((row.get(0)?, row.get(1)?, moment(2)?.zip(moment(3)?)))
            })
            .optional()?;
        Ok(row.unwrap_or_default())
    }

    fn evidence(&self, one: &Laid) -> rusqlite::Result<EvidenceView> {
        let row = self
            .connection
            .prepare_cached(
                "SELECT s.id, coalesce(p.fetched, (SELECT began FROM run WHERE nr = p.added)) FROM attribution AS a \
                 JOIN document AS d ON d.nr = a.document LEFT JOIN page AS p ON p.nr = d.page \
                 LEFT JOIN report AS r ON r.attribution = a.nr LEFT JOIN statement AS s ON s.nr = r.statement \
                 WHERE a.nr = ?1",
            )?
            .query_row([one.attribution], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(EvidenceView {
            report: search::plain_report(self.connection, one.attribution)?,
            standing: one.standing.1,
            statement: row.0,
            captured: row.1,
        })
    }
}

/// The words of spans, without the line ends and marks around them.
fn words_of(text: &str, spans: &[Span]) -> String {
    let words = spans.iter().map(|span| span.of(text).trim()).collect::<Vec<_>>();
    words.join(" ")
}

/// Whether words are a proper name: they begin with a capital, or with small words of which names are made ("de", "van der").
fn is_name(words: &str) -> bool {
    const BEGIN_NAMES: [&str; 20] = [
        "the", "al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn",
        "la", "le", "ter", "van", "von",
    ];
    let mut words = words.split(' ').skip_while(|word| BEGIN_NAMES.contains(word));
    let begins = |word: &str| word.chars().next().is_some_and(|letter| !letter.is_lowercase());
    words.next().is_some_and(begins)
}

/// The letters and digits of a text: two of the same are one text, whatever is between them.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}
