//! Pages out of invented words. The same number always gives the same page.
//!
//! Words, speakers and outlets come as often as in the world: the one of rank `r` about `1 / r` as often as the first
//! (Zipf's law), so that the commonest word is one in sixteen, as "the" is in English.

use jiff::civil::{Date, date};
use saidline::{
    Act, ActClass, Attribution, Basis, Block, BlockKind, Dated, Document, How, Kind, Known, Moment, Page,
    QuotationKind, Reading, Span, Speaker, SpeakerKind, When,
};

/// How many words there are.
const WORDS: usize = 50_000;
/// How many outlets.
const OUTLETS: usize = 300;
/// How many speakers there are for each attribution that is made.
const SPEAKERS_EACH: f64 = 0.2;
/// The first day, and how many follow.
const DAYS: (Date, u64) = (date(2005, 1, 1), 7300);
/// Of a hundred attributions, how many report what others of that day report as well.
const SHARED: u64 = 15;
/// How many remarks of a day are shared, for each attribution of that day.
const REMARKS_EACH: f64 = 0.06;

/// SplitMix64: <https://prng.di.unimi.it/splitmix64.c>.
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to just below 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn below(&mut self, most: u64) -> u64 {
        (self.unit() * most as f64) as u64
    }

    fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.below(most + 1 - least)
    }

    /// A rank from 0, by Zipf's law.
    pub fn rank(&mut self, of: usize) -> usize {
        let rank = ((of as f64 + 1.0).ln() * self.unit()).exp() as usize;
        rank.clamp(1, of) - 1
    }
}

/// The word of a rank: common ones are short.
pub fn word(rank: usize) -> String {
    const FIRST: [&str; 20] = [
        "b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "br", "st", "tr", "pl",
        "sh",
    ];
    const THEN: [&str; 10] = ["a", "e", "i", "o", "u", "an", "er", "in", "ol", "ou"];
    let mut word = String::new();
    let mut rest = rank;
    loop {
        word.push_str(FIRST[rest % 20]);
        word.push_str(THEN[rest / 20 % 10]);
        rest /= 200;
        if rest == 0 {
            return word;
        }
        rest -= 1;
    }
}

pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn person(rank: usize) -> String {
    format!("{} {}", capital(&word(1_000 + rank % 1_999)), capital(&word(4_000 + rank * 7 % 20_011)))
}

fn organisation(rank: usize) -> String {
    format!("{} {} Council", capital(&word(7_000 + rank)), capital(&word(300 + rank % 77)))
}

fn outlet(rank: usize) -> String {
    let sort = ["Gazette", "Herald", "Post", "Courier", "Observer", "Star"][rank % 6];
    format!("The {} {sort}", capital(&word(2_000 + rank)))
}

/// Text, written piece by piece.
#[derive(Default)]
struct Text(String);

impl Text {
    fn push(&mut self, words: &str) -> Span {
        let start = self.0.len();
        self.0.push_str(words);
        Span::new(start, self.0.len())
    }

    fn words(&mut self, chance: &mut Chance, count: u64) -> Span {
        let start = self.0.len();
        for n in 0..count {
            if n > 0 {
                self.0.push(' ');
            }
            self.0.push_str(&word(chance.rank(WORDS)));
        }
        Span::new(start, self.0.len())
    }
}

/// The page number `n` of a store that is to hold about `attributions`, as it is read.
pub fn page(n: u64, attributions: u64) -> (Page, Reading) {
    let mut chance = Chance(n.wrapping_mul(0x5851_f42d_4c95_7f2d) ^ 0x5a1d);
    let speakers = ((attributions as f64 * SPEAKERS_EACH) as usize).max(50);
    let mut text = Text::default();
    let mut blocks = Vec::new();
    let title = {
        let words = 5 + chance.below(6);
        text.words(&mut chance, words)
    };
    let title = title.of(&text.0).to_owned();
    text.push("\n\n");
    blocks.push(Block { kind: BlockKind::Headline, span: Span::new(0, text.0.len()), time: None });
    let published = published(&mut chance);
    let mut found = Vec::new();
    for _ in 0..chance.between(12, 28) {
        let start = text.0.len();
        let shared = published.as_ref().and_then(day).filter(|_| chance.below(100) < SHARED);
        found.push(match shared {
            Some(day) => shared_remark(&mut text, &mut chance, day, attributions, speakers),
            None => attribution(&mut text, &mut chance, speakers),
        });
        text.push(". ");
        let filler = chance.between(8, 26);
        text.words(&mut chance, filler);
        text.push(".\n\n");
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, text.0.len()), time: None });
    }
    let outlet = outlet(chance.rank(OUTLETS));
    let address = format!("https://{}.example/{n}", outlet.to_lowercase().replace(' ', "-"));
    let page = Page {
        bytes: text.0.clone().into_bytes(),
        kind: Kind::Text,
        path: format!("invented.jsonl:{}", n + 1),
        known: Known { address: Some(address), outlet: Some(outlet.clone()), ..Known::default() },
        ..Page::default()
    };
    let document = Document {
        text: text.0,
        blocks,
        title: Some(title),
        outlet: Some(outlet),
        published,
        language: Some("en".to_owned()),
        ..Document::default()
    };
    let reading = Reading {
        page: page.id(),
        document,
        attributions: found,
        notes: Vec::new(),
        model: "invented".into(),
        meanings: Vec::new(),
    };
    (page, reading)
}

fn published(chance: &mut Chance) -> Option<Dated> {
    let day = DAYS.0.checked_add(jiff::Span::new().days(chance.below(DAYS.1) as i64)).unwrap_or(DAYS.0);
    let moment = match chance.below(100) {
        0..2 => return None,
        2..5 => Moment::Year(day.year()),
        5..10 => Moment::Month(day.year(), day.month()),
        10..40 => Moment::Day(day),
        _ => Moment::Minute(day.at(chance.below(24) as i8, chance.below(60) as i8, 0, 0), None),
    };
    Some(Dated { when: When::at(moment), text: None, span: None, basis: Basis::Metadata })
}

/// The day of a page, in days since the first, where its date says one.
fn day(published: &Dated) -> Option<u64> {
    let day = match published.when.from {
        Moment::Day(day) => day,
        Moment::Minute(at, _) => at.date(),
        Moment::Month(..) | Moment::Year(_) => return None,
    };
    u64::try_from(day.since(DAYS.0).ok()?.get_days()).ok()
}

/// A quotation from one of the day's remarks: half of them whole, the others cut at the ends, one in twenty with a
/// word of the outlet's own.
fn shared_remark(
    text: &mut Text,
    chance: &mut Chance,
    day: u64,
    attributions: u64,
    speakers: usize,
) -> Attribution {
    let of_a_day = (attributions as f64 / DAYS.1 as f64 * REMARKS_EACH).ceil() as usize;
    let mut remark = Chance((day << 20 | chance.rank(of_a_day) as u64) ^ 0x7e_4a2c);
    let mut words: Vec<String> = (0..remark.between(8, 40)).map(|_| word(remark.rank(WORDS))).collect();
    if chance.below(2) == 0 {
        let most = words.len() as u64 / 3;
        words.drain(..chance.below(most) as usize);
        words.truncate(words.len() - chance.below(most) as usize);
    }
    if chance.below(20) == 0 {
        let at = chance.below(words.len() as u64) as usize;
        words[at] = word(chance.rank(WORDS));
    }
    text.push("“");
    let content = text.push(&words.join(" "));
    text.push(",” ");
    let start = text.0.len();
    let speakers = who(text, &mut remark, speakers);
    let source = Span::new(start, text.0.len());
    text.push(" ");
    let cue = text.push("said");
    Attribution {
        speakers,
        act: Some(Act { class: ActClass::Speech, r#type: None }),
        ..Attribution::new(QuotationKind::Direct, vec![source], vec![cue], vec![content], 0.95)
    }
}

fn attribution(text: &mut Text, chance: &mut Chance, speakers: usize) -> Attribution {
    let kind = match chance.below(100) {
        0..50 => QuotationKind::Direct,
        50..85 => QuotationKind::Indirect,
        _ => QuotationKind::Mixed,
    };
    let mut content = Vec::new();
    let mark = |text: &mut Text, mark: &str| {
        if kind == QuotationKind::Direct {
            text.push(mark);
        }
    };
    mark(text, "“");
    let length = chance.between(4, 40);
    content.push(text.words(chance, length));
    mark(text, ",”");
    text.push(" ");
    let source_start = text.0.len();
    let speakers = who(text, chance, speakers);
    let source = Span::new(source_start, text.0.len());
    text.push(" ");
    let cue = text.push("said");
    if chance.below(100) < 13 {
        text.push(", ");
        mark(text, "“");
        let length = chance.between(3, 20);
        content.push(text.words(chance, length));
        mark(text, "”");
    }
    // About as in annotated news; from the place, so that the texts stay what they were.
    let class = match source_start % 100 {
        0..82 => ActClass::Speech,
        82..90 => ActClass::Thought,
        90..93 => ActClass::Plan,
        93..97 => ActClass::Finding,
        _ => ActClass::Order,
    };
    let confidence = 0.3 + 0.7 * chance.unit() as f32;
    Attribution {
        speakers,
        act: Some(Act { class, r#type: None }),
        ..Attribution::new(kind, vec![source], vec![cue], content, confidence)
    }
}

/// Names speakers in the text: mostly one person.
fn who(text: &mut Text, chance: &mut Chance, speakers: usize) -> Vec<Speaker> {
    let (count, kind) = match chance.below(100) {
        0..12 => {
            text.push("he");
            return Vec::new();
        }
        12..20 => (1, SpeakerKind::Unnamed),
        20..28 => (1, SpeakerKind::Organisation),
        28..31 => (2, SpeakerKind::Person),
        _ => (1, SpeakerKind::Person),
    };
    let mut found = Vec::new();
    for n in 0..count {
        if n > 0 {
            text.push(" and ");
        }
        let name = match kind {
            SpeakerKind::Person => person(chance.rank(speakers)),
            SpeakerKind::Organisation => organisation(chance.rank(speakers / 20)),
            SpeakerKind::Unnamed => format!("a {} official", word(30 + chance.rank(200))),
        };
        text.push(&name);
        let role = (chance.below(100) < 30).then(|| format!("{} minister", word(50 + chance.rank(400))));
        let confidence = 0.5 + 0.5 * chance.unit() as f32;
        found.push(Speaker { name, kind, role, how: How::Name, antecedent: None, confidence });
    }
    found
}
