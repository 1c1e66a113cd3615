//! Where the lines of a text are, and which of them are one paragraph broken at a fixed width.

/// A piece of text that becomes one block: a line, or the lines of one paragraph that was broken at a fixed
/// width. Offsets are bytes; neither end lies on white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Unit {
    /// The words of the unit.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

/// A line that shows something, and whether an empty line (or the end) comes after it.
struct Line {
    unit: Unit,
    chars: usize,
    last_of_run: bool,
}

/// No wider text is taken for one broken at a fixed width, in code points.
const WIDEST_WRAP: usize = 132;
/// No narrower text is either: columns that narrow are verse, tables or menus.
const NARROWEST_WRAP: usize = 40;
/// So many lines must speak for a fixed width.
const LEAST_WRAPPED: usize = 4;

/// The units of a text, in order.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let lines = lines(text);
    let mut units = Vec::with_capacity(lines.len());
    // A long line ends a region: text with such lines was not broken at any fixed width there, while a
    // wrapped letter may well stand between them.
    let mut rest = lines.as_slice();
    while !rest.is_empty() {
        let short = rest.iter().take_while(|line| line.chars <= WIDEST_WRAP).count();
        join_wrapped(text, &rest[..short], &mut units);
        let long = rest[short..].iter().take_while(|line| line.chars > WIDEST_WRAP).count();
        units.extend(rest[short..short + long].iter().map(|line| line.unit));
        rest = &rest[short + long..];
    }
    units
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut start = 0;
    // A carriage return before a line feed makes an empty line here, which must not count as one.
    let mut after_return = false;
    for raw in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{c}']) {
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            if !(after_return && raw == "\n")
                && let Some(line) = lines.last_mut()
            {
                line.last_of_run = true;
            }
        } else {
            let from = start + (raw.len() - raw.trim_start().len());
            let unit = Unit { start: from, end: from + trimmed.len() };
            // A form feed or a paragraph separator parts as an empty line does.
            let parted = raw.ends_with(['\u{c}', '\u{2029}']);
            lines.push(Line { unit, chars: trimmed.chars().count(), last_of_run: parted });
        }
        after_return = raw.ends_with('\r');
        start += raw.len();
    }
    lines
}

/// Joins the lines of paragraphs when the region was clearly broken at a fixed width, and else joins nothing.
///
/// The test is what a wrapping program does: a line ends where the first word of the next one would not have
/// fitted. In text broken at a fixed width that holds for nearly every line inside a paragraph, many lines end
/// in mid-sentence and go on in lower case; in lists, menus and one-sentence-a-line text it does not.
fn join_wrapped(text: &str, lines: &[Line], units: &mut Vec<Unit>) {
    let width = wrap_width(text, lines);
    let mut lines = lines.iter();
    let Some(mut before) = lines.next() else { return };
    let mut unit = before.unit;
    for line in lines {
        if width.is_some_and(|width| !before.last_of_run && full(text, before, line, width)) {
            unit.end = line.unit.end;
        } else {
            units.push(unit);
            unit = line.unit;
        }
        before = line;
    }
    units.push(unit);
}

/// Whether the first word of `next` would not have fitted on `line`. An address says nothing: it fits nowhere.
fn full(text: &str, line: &Line, next: &Line, width: usize) -> bool {
    let word = next.unit.of(text).split_whitespace().next().unwrap_or_default();
    !word.contains("://") && line.chars + 1 + word.chars().count() > width
}

fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    // The width is the longest line, but for one in fifty: a stray address sticks out of any column.
    let mut lengths: Vec<usize> = lines.iter().map(|line| line.chars).collect();
    lengths.sort_unstable();
    let width = *lengths.get((lengths.len() * 49 / 50).min(lengths.len().checked_sub(1)?))?;
    if width < NARROWEST_WRAP {
        return None;
    }
    let (mut inside, mut wrapped, mut going_on) = (0, 0, 0);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        if line.last_of_run {
            continue;
        }
        inside += 1;
        if full(text, line, next, width) {
            wrapped += 1;
            let ends = line.unit.of(text).ends_with(['.', '!', '?', '"', '”', '’', ':']);
            let lower = next.unit.of(text).starts_with(char::is_lowercase);
            going_on += usize::from(!ends && lower);
        }
    }
    (wrapped >= LEAST_WRAPPED && wrapped * 3 >= inside * 2 && going_on * 2 >= wrapped).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &[&str]) {
        let found: Vec<&str> = units(input).into_iter().map(|unit| unit.of(input)).collect();
        assert_eq!(found, expected, "{input:?}");
    }

    #[test]
    fn each_line_is_a_unit() {
        check("", &[]);
        check(" \n\t\r\n\u{a0}\n", &[]);
        check("One.\nTwo.\n\n\nThree.", &["One.", "Two.", "Three."]);
        check("One.\r\nTwo.\r\n", &["One.", "Two."]);
        check("One.\rTwo.\r", &["One.", "Two."]);
        check("  One. \u{a0}\n", &["One."]);
        check("One.\u{2028}Two.\u{2029}Three.\u{c}Four.", &["One.", "Two.", "Three.", "Four."]);
    }

    const WRAPPED: &str = "\
The harbour council of Port Ellery voted on Tuesday to close the old
ferry landing before the winter, a decision that its critics called
hasty and that its supporters said was long overdue.
Mayor Odile Varga told reporters after the meeting that \"nobody on this
council wanted to see the landing go, but the timbers are rotten and we
will not wait until somebody drowns\". She said that a smaller landing
would be built upstream, and that the ferry would run as it does now.
";

    #[test]
    fn lines_broken_at_a_fixed_width_are_one_paragraph() {
        let joined: Vec<&str> = units(WRAPPED).into_iter().map(|unit| unit.of(WRAPPED)).collect();
        assert_eq!(joined.len(), 2, "{joined:?}");
        assert!(joined[0].ends_with("long overdue.") && joined[1].starts_with("Mayor Odile"));
        let returns = WRAPPED.replace('\n', "\r\n");
        assert_eq!(units(&returns).len(), 2);
    }

    #[test]
    fn an_empty_line_parts_even_wrapped_paragraphs() {
        let text = WRAPPED.replace("called\n", "called\n\n");
        assert_eq!(units(&text).len(), 3);
    }

    #[test]
    fn a_wrapped_letter_between_long_lines_is_found() {
        let long = "A very long line that was never broken. ".repeat(5);
        let text = format!("{long}\n{WRAPPED}{long}\n");
        assert_eq!(units(&text).len(), 4);
    }

    #[test]
    fn menus_and_lists_of_headlines_are_not_joined() {
        check(
            "News\nSport\nWeather\nTravel\nBusiness\nOpinion\nCulture\nVideo",
            &["News", "Sport", "Weather", "Travel", "Business", "Opinion", "Culture", "Video"],
        );
        let headlines = "\
Council votes to close the old ferry landing
Varga wins a third term as mayor of Ellery
Storm leaves nine hundred homes without power
River trust sues the state over dredging plan
Schools to open an hour later from January on
Old mill to be turned into a museum of rope
Ferry crews end their strike after five days
Bridge toll to double by the end of next year
";
        assert_eq!(units(headlines).len(), 8);
    }

    #[test]
    fn lists_of_addresses_are_not_joined() {
        let text = "The ferry and its friends: a reading list\nhttp://ferry.example/2021/02/why-the-landing-fell#a7\n"
            .repeat(5);
        assert_eq!(units(&text).len(), 10);
    }

    #[test]
    fn a_sentence_on_each_line_is_not_joined() {
        let text = "The council met on Tuesday.\nIt voted to close the landing.\nThe mayor spoke for an hour.\n\
                    Nobody else asked for the floor.\nThe vote was seven to two.\nThe landing closes in May.\n\
                    A new one will be built.\nIt will cost two million.\n";
        assert_eq!(units(text).len(), 8);
    }

    #[test]
    fn hostile_lines_end_in_linear_time() {
        assert_eq!(units(&"\n".repeat(1 << 20)).len(), 0);
        assert_eq!(units(&"x\n".repeat(1 << 19)).len(), 1 << 19);
        assert_eq!(units(&"x ".repeat(1 << 19)).len(), 1);
        assert_eq!(units(&"\u{301}".repeat(1 << 19)).len(), 1);
    }
}
