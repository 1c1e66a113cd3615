//! What stands in a page's text and is nobody's speech: headlines of other pages, captions of galleries, notices.
//!
//! Pages whose text comes without its markup have it in the middle of the author's sentences. It stands word for word on many
//! pages of an outlet, so that what is read in it as a report would make a statement of several.

use saidline_html::Span;

/// So far around a report its line is looked at, in bytes.
const AROUND: usize = 200;

/// So far behind its beginning a list of headlines ends, in bytes.
const BEHIND: usize = 500;

/// What the captions of galleries and films have in their lines.
const CAPTIONS: [&str; 6] = [
    "Hide Caption",
    "Image caption",
    "Media caption",
    "toggle caption",
    "hide caption",
    "Media playback is unsupported",
];

/// What names a work, and not what it says: a book "titled “The Ferry”".
const NAMING: [&str; 3] = ["titled", "entitled", "headlined"];

/// Whether the words that report a content only name a work by it.
pub(super) fn names_a_work(text: &str, cue: &[Span]) -> bool {
    matches!(cue, [cue] if cue.of(text).split_whitespace().next_back().is_some_and(|last| NAMING.contains(&last)))
}

/// Whether what stands between these places of a text is no part of what its author tells.
pub(super) fn is_furniture(text: &str, span: Span, direct: bool) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let from = text.ceil_char_boundary(start.saturating_sub(AROUND).max(line_start));
    let near = &text[from..text.floor_char_boundary((end + AROUND).min(line_end))];
    if near.matches(" | ").count() >= 2 {
        return true;
    }
    let list = &text[from..text.floor_char_boundary((start + BEHIND).min(line_end))];
    if ends_with_more(list, start - from) {
        return true;
    }
    let line = &text[line_start..line_end];
    !direct
        && (is_in_capitals(&text[start..end])
            || CAPTIONS.iter().any(|caption| line.contains(caption))
            || line.contains("Privacy Policy") && (line.contains("agree") || line.contains("sign")))
}

/// Whether words stand in capitals throughout, as the links to other pages do that some set between paragraphs.
fn is_in_capitals(words: &str) -> bool {
    const LETTERS: usize = 16;
    let letters = || words.chars().filter(|letter| letter.is_alphabetic());
    letters().count() >= LETTERS && letters().all(char::is_uppercase)
}

/// Whether a list of linked headlines goes on behind a place: one whose words run into each other ("Ina LundMayor urges calm Pier
/// closes MORE"), as the links had no space between them.
fn ends_with_more(list: &str, at: usize) -> bool {
    const LETTERS: usize = 3;
    let more = list.match_indices("MORE").map(|(found, _)| found).find(|&found| {
        let bounded = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
        found >= at
            && bounded(list[..found].chars().next_back())
            && bounded(list[found + "MORE".len()..].chars().next())
    });
    let Some(more) = more else { return false };
    // Small letters and a capital in one word; not of "McLund" nor "MacLund".
    let mut small = 0;
    let mut word = 0;
    for (place, letter) in list[..more].char_indices() {
        if letter.is_uppercase() && small >= LETTERS && &list[word..place] != "Mac" {
            return true;
        }
        if !letter.is_alphanumeric() && letter != ')' {
            word = place + letter.len_utf8();
        }
        small = match letter {
            ')' => LETTERS,
            letter if letter.is_lowercase() => small + 1,
            _ => 0,
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(text: &str, words: &str) -> bool {
        let start = text.find(words).unwrap();
        is_furniture(text, Span::new(start, start + words.len()), false)
    }

    #[test]
    fn headlines_that_run_into_each_other_are_no_reports() {
        let list = "On Monday Ina Maria LundCouncil urges calm over pier Berg threatens to resign MORE (of Sundvik) said no.";
        assert!(is(list, "Berg threatens to resign"));
        assert!(!is("Ina MacLund said that MORE would follow.", "MORE would follow"));
        assert!(!is(
            "Ina Lund said that they wanted MORE boats, and Berg threatens to resign.",
            "Berg threatens"
        ));
        assert!(is("Overnight: Berg threatens to resign | Lund urges calm | Pier closes", "Lund urges calm"));
    }

    #[test]
    fn the_name_of_a_work_is_no_report() {
        let text = "In an order titled “Closing the Pier” she said so.";
        let cue = |words: &str| {
            let start = text.find(words).unwrap();
            [Span::new(start, start + words.len())]
        };
        assert!(names_a_work(text, &cue("titled")));
        assert!(!names_a_work(text, &cue("said")) && !names_a_work(text, &[]));
    }

    #[test]
    fn captions_and_notices_are_no_reports() {
        assert!(is(
            "Photos: Sundvik – Guards inform people that it is closed. Hide Caption 3 of 9",
            "inform people"
        ));
        assert!(is("LUND CALLS FOR A NEW PIER AS BOATS WAIT", "LUND CALLS FOR A NEW PIER AS BOATS WAIT"));
        assert!(!is("Lund calls for A NEW PIER", "Lund calls for A NEW PIER"));
        assert!(is("By signing up, you agree to our Privacy Policy", "agree to our"));
        assert!(!is("They agree to close the pier.\nHide Caption", "agree to close"));
    }
}
