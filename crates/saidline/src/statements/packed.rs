//! A report as bytes, for whoever keeps reports: grouping many needs no text then.

use std::sync::Arc;

use jiff::civil::Date;
use saidline_html::Span;

use super::words::{Word, from_steps, steps};
use super::{Report, Sketch, VERSION, Voicing};
use crate::attribution::{ActType, Polarity, QuotationKind, VenueKind};

/// Days are counted from here.
const EPOCH: Date = Date::constant(2000, 1, 1);

impl Report {
    /// The report as bytes, all but the number of its document. They are read by the same [`VERSION`] only.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(32 + 11 * (self.words.len() + self.cue.len()));
        let place = |at: Option<usize>| at.map_or(0, |at| at as u64 + 1);
        put(&mut out, u64::from(VERSION));
        put(&mut out, self.voices.len() as u64);
        for &voice in &self.voices {
            put(&mut out, voice);
        }
        put(&mut out, self.voicing.flags());
        for names in [&self.voicing.names, &self.voicing.roles] {
            put(&mut out, names.len() as u64);
            for &name in names {
                put(&mut out, u64::from(name));
            }
        }
        let numbers = [
            u64::from(self.turn.0),
            u64::from(self.turn.1),
            place(QuotationKind::ALL.iter().position(|kind| *kind == self.kind)),
            place(Polarity::ALL.iter().position(|polarity| *polarity == self.polarity)),
            place(self.act.and_then(|act| ActType::ALL.iter().position(|other| *other == act))),
            place(self.venue.and_then(|venue| VenueKind::ALL.iter().position(|other| *other == venue))),
            u64::from(self.sureness),
            u64::from(self.span.start),
            u64::from(self.span.end),
            u64::from(self.paragraph),
            u64::from(self.in_headline),
            day(self.days.map(|days| days.0)),
            day(self.days.map(|days| days.1)),
            day(self.published),
        ];
        for number in numbers {
            put(&mut out, number);
        }
        put(&mut out, self.sketch.words.len() as u64);
        for (word, part) in &self.sketch.words {
            out.extend_from_slice(&word.to_le_bytes()[..3]);
            out.push(*part);
        }
        put(&mut out, self.sketch.runs.len() as u64);
        for run in &self.sketch.runs {
            out.extend_from_slice(&run.to_le_bytes()[..3]);
        }
        for words in [&self.words, &self.cue] {
            put(&mut out, words.len() as u64);
            for word in words {
                out.extend_from_slice(&word.stem.to_le_bytes());
                out.extend_from_slice(&word.root.to_le_bytes());
                out.push(word.times);
                out.push(steps(word.weight));
                out.push(u8::from(word.quoted) | u8::from(word.marked) << 1 | u8::from(word.negates) << 2);
            }
        }
        out
    }

    /// The report that these bytes are, of the document with this number; none where another version wrote them or they are
    /// damaged.
    pub fn from_bytes(document: u32, bytes: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes);
        if bytes.number()? != u64::from(VERSION) {
            return None;
        }
        let voices = (0..bytes.count(1)?).map(|_| bytes.number()).collect::<Option<Vec<_>>>()?;
        let flags = bytes.number()?;
        let mut named = [Vec::new(), Vec::new()];
        for names in &mut named {
            for _ in 0..bytes.count(1)? {
                names.push(u32::try_from(bytes.number()?).ok()?);
            }
        }
        let [names, roles] = named;
        let voicing = Voicing::from_flags(flags, names, roles);
        let turn = (bytes.number()? as u32, bytes.number()? as u32);
        let kind = *nth(&QuotationKind::ALL, bytes.number()?)?;
        let polarity = *nth(&Polarity::ALL, bytes.number()?)?;
        let act = nth(&ActType::ALL, bytes.number()?).copied();
        let venue = nth(&VenueKind::ALL, bytes.number()?).copied();
        let sureness = u8::try_from(bytes.number()?).ok()?;
        let span = Span { start: bytes.number()? as u32, end: bytes.number()? as u32 };
        let paragraph = bytes.number()? as u32;
        let in_headline = bytes.number()? == 1;
        let (from, to, published) = (bytes.day()?, bytes.day()?, bytes.day()?);
        let words =
            (0..bytes.count(4)?).map(|_| Some((bytes.three()?, bytes.byte()?))).collect::<Option<_>>()?;
        let runs = (0..bytes.count(3)?).map(|_| bytes.three()).collect::<Option<_>>()?;
        let sketch = Arc::new(Sketch { words, runs });
        let mut lists = [Vec::new(), Vec::new()];
        for words in &mut lists {
            for _ in 0..bytes.count(11)? {
                words.push(bytes.word()?);
            }
        }
        let [words, cue] = lists;
        Some(Self {
            document,
            voices,
            voicing,
            turn,
            kind,
            polarity,
            act,
            venue,
            days: from.zip(to),
            published,
            sureness,
            span,
            paragraph,
            in_headline,
            sketch,
            words,
            cue,
        })
    }
}

/// Seven bits a byte, the lowest first.
fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// A day as a number: 0 for none, else the days from the epoch, alternately after it and before.
fn day(day: Option<Date>) -> u64 {
    let days = |day: Date| EPOCH.until(day).map_or(0, |span| i64::from(span.get_days()));
    day.map(days).map_or(0, |days| ((days << 1) ^ (days >> 63)) as u64 + 1)
}

fn nth<T>(all: &[T], number: u64) -> Option<&T> {
    all.get(usize::try_from(number.checked_sub(1)?).ok()?)
}

/// Bytes still to be read.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A number of things of so many bytes each: no more than there are bytes for.
    fn count(&mut self, size: usize) -> Option<usize> {
        let count = usize::try_from(self.number()?).ok()?;
        (count.checked_mul(size)? <= self.0.len()).then_some(count)
    }

    /// A day, or that there is none; none at all where the number is no day.
    fn day(&mut self) -> Option<Option<Date>> {
        let Some(number) = self.number()?.checked_sub(1) else { return Some(None) };
        let days = (number >> 1) as i64 ^ -((number & 1) as i64);
        EPOCH.checked_add(jiff::Span::new().try_days(days).ok()?).ok().map(Some)
    }

    /// A number of three bytes.
    fn three(&mut self) -> Option<u32> {
        let ([low, middle, high], rest) = self.0.split_first_chunk::<3>()?;
        self.0 = rest;
        Some(u32::from_le_bytes([*low, *middle, *high, 0]))
    }

    fn word(&mut self) -> Option<Word> {
        let (stem, rest) = self.0.split_first_chunk::<4>()?;
        let (root, rest) = rest.split_first_chunk::<4>()?;
        self.0 = rest;
        let times = self.byte()?;
        let (weight, flags) = (self.byte()?, self.byte()?);
        Some(Word {
            stem: u32::from_le_bytes(*stem),
            root: u32::from_le_bytes(*root),
            times,
            weight: from_steps(weight),
            quoted: flags & 1 != 0,
            marked: flags & 2 != 0,
            negates: flags & 4 != 0,
        })
    }
}
