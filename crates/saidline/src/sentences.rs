//! Sentences: where they begin and end.
//!
//! News is hard on general rules: abbreviations stand before names, closing marks after stops, and a question in
//! quotation marks is followed by the name of who asked it. A stop ends a sentence when what follows can open one;
//! what the word before the stop says against it is in the table `words/abbreviations.tsv`.

use saidline_html::{Block, BlockKind, Span};

use crate::words::{Abbreviation, abbreviation};

/// The sentences of a text, in order and disjoint, each within one block and trimmed of white space. Boilerplate is
/// not searched.
pub fn sentences(text: &str, blocks: &[Block]) -> Vec<Span> {
    let mut found = Vec::new();
    for paragraph in paragraphs(text, blocks) {
        split(paragraph.span.of(text), |start, end| {
            let base = paragraph.span.start as usize;
            found.push(Span::new(base + start, base + end));
        });
    }
    found
}

/// A stretch of text that no sentence and no quotation crosses: a block, or what lies between empty lines in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// Where it is, trimmed of white space; never empty.
    pub span: Span,
    /// The kind of its block.
    pub kind: BlockKind,
}

/// The place of the block that holds a byte.
pub(crate) fn block_of(blocks: &[Block], at: u32) -> usize {
    blocks.partition_point(|block| block.span.end <= at)
}

/// Whether a byte stands in a headline.
pub(crate) fn is_in_headline(blocks: &[Block], at: u32) -> bool {
    let block = blocks.get(block_of(blocks, at));
    block.is_some_and(|block| matches!(block.kind, BlockKind::Headline | BlockKind::Subheadline))
}

/// The paragraphs of every block that is not boilerplate.
pub(crate) fn paragraphs(text: &str, blocks: &[Block]) -> impl Iterator<Item = Paragraph> {
    blocks.iter().filter(|block| block.kind != BlockKind::Boilerplate).flat_map(move |block| {
        let whole = text.get(block.span.range()).unwrap_or_default();
        let base = block.span.start as usize;
        let mut at = 0;
        std::iter::from_fn(move || {
            loop {
                let rest = &whole[at..];
                let start = at + (rest.len() - rest.trim_start().len());
                if start >= whole.len() {
                    return None;
                }
                let end = empty_line(&whole[start..]).map_or(whole.len(), |length| start + length);
                at = end;
                let length = whole[start..end].trim_end().len();
                if length > 0 {
                    let span = Span::new(base + start, base + start + length);
                    return Some(Paragraph { span, kind: block.kind });
                }
            }
        })
    })
}

/// Where the first empty line begins (two line feeds with only white space between).
fn empty_line(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) = text[from..].find('\n') {
        let at = from + found;
        let after = &text[at + 1..];
        let gap = &after[..after.len() - after.trim_start().len()];
        if gap.contains('\n') {
            return Some(at);
        }
        from = at + 1 + gap.len();
    }
    None
}

/// The start of the sentence that holds byte `at` of a paragraph, in bytes from the paragraph's start.
pub(crate) fn sentence_start(paragraph: &str, at: usize) -> usize {
    let mut found = 0;
    split(paragraph, |start, _| {
        if start <= at {
            found = start;
        }
    });
    found
}

const STOPS: [char; 9] = ['.', '!', '?', '…', '‼', '⁇', '。', '！', '？'];

/// Cuts a paragraph into sentences; `emit` gets first byte and end of each.
fn split(paragraph: &str, mut emit: impl FnMut(usize, usize)) {
    let mut start = 0;
    let mut line = 0;
    let mut at = 0;
    let mut put = |start: usize, end: usize| {
        let whole = &paragraph[start..end];
        let length = whole.trim().len();
        if length > 0 {
            let lead = whole.len() - whole.trim_start().len();
            emit(start + lead, start + lead + length);
        }
    };
    while let Some(found) = paragraph[at..].find(|c: char| STOPS.contains(&c) || c == '\n') {
        let stop = at + found;
        if paragraph.as_bytes()[stop] == b'\n' {
            let after = paragraph[stop..].trim_start();
            if line_ends_sentence(&paragraph[line..stop], after) {
                put(start, stop);
                start = stop;
            }
            at = paragraph.len() - after.len();
            line = at;
            continue;
        }
        let stops = stops_length(&paragraph[stop..]);
        let closers = closers_length(&paragraph[stop + stops..]);
        let end = stop + stops + closers;
        let candidate = Candidate {
            before: &paragraph[start..stop],
            stops: &paragraph[stop..stop + stops],
            closers: &paragraph[stop + stops..end],
            rest: &paragraph[end..],
        };
        at = end;
        if candidate.ends_sentence() {
            put(start, end);
            // White space is left behind, so that no later stop looks through it again.
            at = paragraph.len() - paragraph[end..].trim_start().len();
            (start, line) = (at, at);
        }
    }
    put(start, paragraph.len());
}

/// Whether a line end without a stop before it ends a sentence: headings and list lines do, wrapped lines do not.
fn line_ends_sentence(line: &str, after: &str) -> bool {
    let width = line.chars().take(121).count();
    let wrapped = (45..=120).contains(&width);
    let line = line.trim_end();
    let titled =
        line.strip_suffix('.').and_then(|line| abbreviation(last_word(line))) == Some(Abbreviation::Title);
    let joins = titled || line.ends_with([',', ';', '-', '–', '—', '(']);
    after.starts_with(['•', '·', '*', '▪', '●']) || (!wrapped && !joins && opens_sentence(after))
}

/// The length of a run of stops, spaced dots (`. . .`) included.
fn stops_length(text: &str) -> usize {
    let mut end = 0;
    loop {
        let rest = &text[end..];
        if let Some(c) = rest.chars().next().filter(|c| STOPS.contains(c)) {
            end += c.len_utf8();
        } else if end > 0 && (rest.starts_with(" . ") || rest.starts_with(" .\u{201d}")) {
            end += 2;
        } else {
            return end;
        }
    }
}

/// The length of what closes after a stop: quotation marks and brackets.
fn closers_length(text: &str) -> usize {
    const WRITTEN: [&str; 9] =
        ["&quot;", "&rdquo;", "&rsquo;", "&#8221;", "&#8217;", "&#34;", "&#39;", "\\\"", "â€\u{9d}"];
    let mut end = 0;
    loop {
        let rest = &text[end..];
        let Some(c) = rest.chars().next() else { return end };
        let length = match c {
            '”' | '’' | '»' | '›' | ')' | ']' | '}' | '」' | '』' | '\u{94}' | '\u{92}' | '\u{fffd}'
            | '″' => c.len_utf8(),
            // A straight mark with a letter right after it opens what comes next.
            '"' | '\'' if !rest[1..].starts_with(char::is_alphanumeric) => 1,
            '“' | '‘' if !rest[c.len_utf8()..].starts_with(char::is_alphanumeric) => c.len_utf8(),
            '&' | '\\' | 'â' => match WRITTEN.iter().find(|written| rest.starts_with(**written)) {
                Some(written) => written.len(),
                None if rest.starts_with("â€ ") || rest == "â€" => "â€".len(),
                None => return end,
            },
            _ => return end,
        };
        end += length;
    }
}

/// A run of stops, and what stands around it.
struct Candidate<'a> {
    /// The sentence so far.
    before: &'a str,
    stops: &'a str,
    closers: &'a str,
    /// All that follows.
    rest: &'a str,
}

impl Candidate<'_> {
    fn ends_sentence(&self) -> bool {
        let after = self.rest.trim_start();
        if after.is_empty() {
            return true;
        }
        if after.len() == self.rest.len() {
            return self.ends_without_space();
        }
        if !opens_sentence(after) || self.inside_bracket() {
            return false;
        }
        let opener = opens_sentences(first_word(after));
        if self.stops == "." {
            return self.full_stop_ends(after, opener);
        }
        if self.stops.chars().all(|c| c == '.' || c == '…' || c == ' ') {
            // "We … The plan" is a cut inside a quotation as often as an end.
            let spaced = self.before.ends_with(char::is_whitespace);
            return !self.closers.is_empty() || opener || (!spaced && first_word(after) != "I");
        }
        // A question or exclamation may be followed by who made it: “Really?” Smith asked.
        if !self.closers.is_empty() && reporting_clause(after) {
            return false;
        }
        let name = last_word(self.before);
        !(self.closers.is_empty() && ["Yahoo", "Jeopardy", "Jeb", "Kahoot", "Yum"].contains(&name)) || opener
    }

    /// "[...]" and "(!)" stand inside a sentence.
    fn inside_bracket(&self) -> bool {
        self.before.trim_end().ends_with(['(', '[']) && self.closers.starts_with([')', ']'])
    }

    /// Scraped text loses the space between sentences: "he said.The next day".
    fn ends_without_space(&self) -> bool {
        let word = last_word(self.before);
        let next = first_word(self.rest.trim_start_matches(['“', '"', '‘', '\'', '«']));
        let mut letters = next.chars();
        let capitalised = letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(|c| c.is_lowercase() || c == '\'' || c == '’');
        let sentence_like = word.chars().count() >= 3 && word.chars().all(|c| c.is_lowercase())
            || word.len() >= 2 && word.bytes().all(|b| b.is_ascii_digit())
            || !self.closers.is_empty()
            || self.before.ends_with(['”', '"', ')', '’']);
        capitalised && sentence_like && self.stops.chars().count() <= 3 && !address_like(self.rest)
            || (opens_sentences(next)
                && word.chars().count() >= 2
                && word.chars().all(|c| c.is_lowercase())
                && self.stops == ".")
    }

    fn full_stop_ends(&self, after: &str, opener: bool) -> bool {
        // A number or a letter and a full stop at the start of a line number a list.
        let so_far = self.before.trim_start();
        if so_far.len() <= 3 && !so_far.is_empty() && so_far.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        let word = last_word(self.before);
        let marked = !self.closers.is_empty() && !self.closers.starts_with(')');
        if word.is_empty() {
            return true;
        }
        let mut letters = word.chars();
        let (first, more) = (letters.next().unwrap_or(' '), letters.next());
        if more.is_none() && first.is_uppercase() {
            // An initial, unless it is the pronoun or a letter by itself ("Plan B. The …").
            let pronoun = first == 'I' && last_word(lead(self.before, word)).starts_with(char::is_lowercase);
            return opener || marked || pronoun;
        }
        if word.contains('.') && word.split('.').all(|part| (1..=2).contains(&part.chars().count())) {
            return match word {
                "e.g" | "i.e" => false,
                "a.m" | "p.m" | "A.M" | "P.M" => !continues_time(first_word(after)),
                _ => opener || marked,
            };
        }
        let digit = after.starts_with(|c: char| c.is_ascii_digit());
        match abbreviation(word) {
            None => true,
            // A title in the last place of a sentence stands in quotation marks or brackets.
            Some(Abbreviation::Title) => marked,
            Some(Abbreviation::Never) => false,
            Some(Abbreviation::Number) => !digit,
            Some(Abbreviation::Month) => !digit && opener,
            Some(Abbreviation::Any) => opener || marked,
        }
    }
}

/// The text before the last word.
fn lead<'a>(before: &'a str, word: &str) -> &'a str {
    before[..before.len() - word.len()].trim_end()
}

/// The word that ends a text: letters, digits, and the dots, apostrophes and ampersands inside it. At most 24
/// characters are looked at, so a long run of letters costs no more than a short one.
fn last_word(before: &str) -> &str {
    let mut start = before.len();
    for (at, c) in before.char_indices().rev().take(24) {
        if !(c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '&')) {
            break;
        }
        start = at;
    }
    before[start..].trim_start_matches(['.', '\'', '’', '&'])
}

/// The word that begins a text, opening marks and brackets skipped; at most 24 characters.
fn first_word(after: &str) -> &str {
    let after = after.trim_start_matches(OPENING);
    let end = after.char_indices().take(24).find(|(_, c)| !c.is_alphanumeric()).map(|(at, _)| at);
    match end {
        Some(end) => &after[..end],
        None => after.char_indices().nth(24).map_or(after, |(at, _)| &after[..at]),
    }
}

/// What follows the word that [`first_word`] gave.
fn after_word<'a>(text: &'a str, word: &str) -> &'a str {
    &text.trim_start_matches(OPENING)[word.len()..]
}

const OPENING: [char; 18] =
    ['“', '"', '‘', '\'', '«', '„', '‚', '‹', '(', '[', '`', '—', '–', '-', '•', '\u{93}', '\u{fffd}', '»'];

/// Whether what follows a stop can open a sentence: a capital, a digit, a letter without case, a sign that stands
/// before words or numbers, or a name like "iPhone".
fn opens_sentence(after: &str) -> bool {
    let bare = after.trim_start_matches(OPENING);
    let bare = ["&quot;", "&ldquo;", "&lsquo;", "â€œ", "\\\""]
        .iter()
        .find_map(|mark| bare.strip_prefix(mark))
        .unwrap_or(bare);
    let mut letters = bare.chars();
    let Some(first) = letters.next() else { return true };
    if first.is_lowercase() {
        return letters.next().is_some_and(char::is_uppercase);
    }
    first.is_alphanumeric()
        || matches!(first, '$' | '£' | '€' | '@' | '#' | '¿' | '¡' | '*' | '…' | '.' | '↑')
        || !first.is_ascii()
}

/// "example.com", "node.js", "U.S.-led": what follows the stop belongs to the same word.
fn address_like(rest: &str) -> bool {
    let after = after_word(rest, first_word(rest));
    after.starts_with(['.', '/', '@', '_']) && after[1..].starts_with(char::is_alphanumeric)
}

/// Words that, capitalised, nearly always open a sentence.
pub(crate) fn opens_sentences(word: &str) -> bool {
    matches!(
        word,
        "A" | "According"
            | "Additionally"
            | "After"
            | "Again"
            | "All"
            | "Also"
            | "Although"
            | "Among"
            | "An"
            | "And"
            | "Another"
            | "Any"
            | "Are"
            | "As"
            | "Asked"
            | "At"
            | "Because"
            | "Before"
            | "Both"
            | "But"
            | "By"
            | "Can"
            | "Did"
            | "Do"
            | "Does"
            | "During"
            | "Each"
            | "Earlier"
            | "Even"
            | "Every"
            | "Few"
            | "For"
            | "From"
            | "Had"
            | "Has"
            | "Have"
            | "He"
            | "Her"
            | "Here"
            | "His"
            | "How"
            | "However"
            | "If"
            | "In"
            | "Instead"
            | "Is"
            | "It"
            | "Its"
            | "Last"
            | "Later"
            | "Let"
            | "Many"
            | "Meanwhile"
            | "More"
            | "Moreover"
            | "Most"
            | "My"
            | "Neither"
            | "Nevertheless"
            | "No"
            | "None"
            | "Nor"
            | "Not"
            | "Now"
            | "Of"
            | "On"
            | "Once"
            | "One"
            | "Only"
            | "Or"
            | "Other"
            | "Others"
            | "Our"
            | "Over"
            | "Perhaps"
            | "Several"
            | "She"
            | "Since"
            | "So"
            | "Some"
            | "Still"
            | "Such"
            | "That"
            | "The"
            | "Their"
            | "Then"
            | "There"
            | "These"
            | "They"
            | "This"
            | "Those"
            | "Though"
            | "Through"
            | "Thus"
            | "To"
            | "Under"
            | "Until"
            | "Was"
            | "We"
            | "Were"
            | "What"
            | "When"
            | "Where"
            | "Whether"
            | "Which"
            | "While"
            | "Who"
            | "Whose"
            | "Why"
            | "Will"
            | "With"
            | "Within"
            | "Without"
            | "Yes"
            | "Yet"
            | "You"
            | "Your"
    )
}

/// What goes on after "5 p.m.": days, months and time zones.
fn continues_time(word: &str) -> bool {
    crate::words::is_weekday(word)
        || crate::words::is_month(word)
        || matches!(
            word,
            "ET" | "EST"
                | "EDT"
                | "CT"
                | "CST"
                | "CDT"
                | "MT"
                | "MST"
                | "MDT"
                | "PT"
                | "PST"
                | "PDT"
                | "GMT"
                | "UTC"
                | "BST"
                | "CET"
                | "CEST"
                | "MSK"
                | "IST"
                | "Eastern"
                | "Central"
                | "Mountain"
                | "Pacific"
                | "Greenwich"
                | "Moscow"
                | "Local"
                | "Jan"
                | "Feb"
                | "Aug"
                | "Sept"
                | "Oct"
                | "Nov"
                | "Dec"
        )
}

/// Whether a text begins with who spoke and a verb of speech: "Smith asked.", "the minister said on Monday".
fn reporting_clause(after: &str) -> bool {
    if after.starts_with(OPENING) {
        return false;
    }
    let mut rest = after;
    for place in 0..6 {
        let word = first_word(rest);
        if word.is_empty() {
            return false;
        }
        let verb = matches!(
            word,
            "said"
                | "says"
                | "asked"
                | "asks"
                | "wrote"
                | "writes"
                | "tweeted"
                | "added"
                | "replied"
                | "shouted"
                | "exclaimed"
                | "wondered"
                | "continued"
                | "told"
                | "declared"
                | "cried"
                | "responded"
                | "joked"
                | "quipped"
                | "demanded"
                | "yelled"
                | "screamed"
                | "posted"
                | "inquired"
                | "recalled"
        );
        rest = after_word(rest, word);
        if verb && place > 0 {
            // "Smith said he was glad" is a sentence of its own; "Smith said." closes the one before.
            let asks =
                matches!(word, "asked" | "asks" | "wondered" | "shouted" | "exclaimed" | "told" | "inquired");
            let next = first_word(rest);
            let closes = rest.starts_with(['.', ',', ';', ':'])
                || matches!(
                    next,
                    "in" | "at" | "on" | "of" | "to" | "during" | "after" | "when" | "as" | "with"
                )
                || next.ends_with("ly");
            return closes || asks;
        }
        let named = word.starts_with(char::is_uppercase)
            || matches!(
                word,
                "the" | "a" | "an" | "one" | "his" | "her" | "of" | "de" | "van" | "von" | "bin" | "al"
            )
            || place > 0 && word.starts_with(char::is_lowercase) && rest.starts_with(' ');
        // A title before the name keeps its stop; anything else between the words breaks the clause.
        let gap = &rest[..rest.len() - rest.trim_start_matches(['.', ' ', '-', '’', '\'']).len()];
        if !named
            || gap.is_empty()
            || (gap.starts_with('.') && abbreviation(word) != Some(Abbreviation::Title))
        {
            return false;
        }
        rest = &rest[gap.len()..];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::paragraphs_of;

    /// The text with its sentences cut at ` | `.
    fn check(expected: &str) {
        let text = expected.replace(" | ", " ");
        let found: Vec<&str> =
            sentences(&text, &paragraphs_of(&text)).iter().map(|span| span.of(&text)).collect();
        assert_eq!(found, expected.split(" | ").flat_map(|part| part.split("\n\n")).collect::<Vec<_>>());
    }

    #[test]
    fn plain() {
        check("One here. | Two there! | Three? | Four");
        check("First paragraph without a stop\n\nSecond one. | Third.");
        check("It rose 3.5 percent to $1.2 billion. | Then it fell.");
        check("See example.com for more. | Or write to a.b@example.org today.");
        check("It was … hard to say. | He left.");
        check("Well... | The rest is known.");
        check("(He did not reply.) | The office closed.");
        check("The iPhone sold. | iPads did not.");
    }

    #[test]
    fn abbreviations() {
        check("Mr. Brant met Gen. Ito and Sen. J. R. Vance. | They left.");
        check(
            "The U.S. President spoke in Washington D.C. on Monday. | He left the U.S. | The crowd cheered.",
        );
        check("At 5 p.m. Monday it began. | It ended at 9 a.m. | Police came.");
        check("Acme Corp. shares fell, Acme Inc. said. | They rose at Beta Co. | The end.");
        check("He lives at No. 10. | She said no. | Then Jan. 5 came.");
        check("John F. Kennedy Jr. spoke. | Martin L. King Sr. did not.");
        check("Use fruit, e.g. Apples, vs. Pears. | Done.");
        check("It is Plan B. | The other failed.");
        check("He is older than I. | Smith is not.");
        check("Rep. Ann Low (D-Calif.) Monday said so. | She left.");
        check("The senator from Fla. said so on Sept. 3. | On Oct. 4 he left.");
        check("She has a Ph.D. in law. | He has none.");
        check("1. Open the box. | Then close it.");
    }

    #[test]
    fn marks() {
        check("“We won.” | He smiled.");
        check("“We won,” he said. | “We lost.” | She left.");
        check("“Did we win?” he asked. | “Yes!” she cried.");
        check("“Did we win?” Smith asked. | “No.”");
        check("“Who won?” Mr. Brant asked reporters. | Nobody knew.");
        check("“Did we win?” | Smith said he did not know.");
        check("He said \"No.\" | \"Yes,\" she said.");
        check("He called it “a win.” | ‘Really?’ she asked.");
        check("She told me ‘go.’” | He went.");
        check("Yahoo! News reported it. | Jeb! was better.");
        check("``We won.'' | He smiled.");
        check("â€œWe won.â€ | He smiled.");
    }

    #[test]
    fn a_stop_at_the_end_of_a_line() {
        let text = "“A.\n“Bo. ““.\nThen Mr.\nBrant left.";
        let found: Vec<&str> =
            sentences(text, &paragraphs_of(text)).iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["“A.", "“Bo.", "““.", "Then Mr.\nBrant left."]);
    }

    #[test]
    fn scraped() {
        let text = "He said so.The next day he left.\"We go,\" he said.She stayed.";
        let found: Vec<&str> =
            sentences(text, &paragraphs_of(text)).iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["He said so.", "The next day he left.", "\"We go,\" he said.", "She stayed."]);
        let text = "Short heading\nThe text begins here and is wrapped after some words, as mail\nprograms do it. Done.";
        let found: Vec<&str> =
            sentences(text, &paragraphs_of(text)).iter().map(|span| span.of(text)).collect();
        assert_eq!(found.len(), 3, "{found:?}");
    }
}
