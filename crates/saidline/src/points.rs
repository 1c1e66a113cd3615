//! Places in a text counted in code points, as the world sees them, and in bytes, as they are inside.

use crate::Span;

/// A text in which places can be given in code points.
#[derive(Debug)]
pub struct Points<'a> {
    text: &'a str,
    /// How many code points begin before each [`STEP`]th byte; empty for ASCII, where bytes are code points.
    before: Vec<u32>,
}

/// How far apart the counts of [`Points`] stand, in bytes: looking up a place counts at most so many.
const STEP: usize = 64;

impl<'a> Points<'a> {
    /// Counts the code points of `text` once.
    pub fn new(text: &'a str) -> Self {
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut points = 0;
            for chunk in text.as_bytes().chunks(STEP) {
                before.push(points);
                points += beginnings(chunk);
            }
            before.push(points);
        }
        Self { text, before }
    }

    /// The text itself.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The code points before a byte of the text.
    ///
    /// # Panics
    /// When `byte` lies beyond the end of the text.
    pub fn of_byte(&self, byte: u32) -> u32 {
        let step = byte as usize / STEP;
        match self.before.get(step) {
            None => byte,
            Some(before) => before + beginnings(&self.text.as_bytes()[step * STEP..byte as usize]),
        }
    }

    /// Where a span begins and ends, in code points.
    pub fn of_span(&self, span: Span) -> (u32, u32) {
        (self.of_byte(span.start), self.of_byte(span.end))
    }

    /// The byte at which the code point number `point` begins; the length of the text for the one after the last.
    /// `None` when the text has fewer.
    pub fn byte(&self, point: u32) -> Option<u32> {
        if self.before.is_empty() {
            return (point as usize <= self.text.len()).then_some(point);
        }
        let step = self.before.partition_point(|before| *before <= point).checked_sub(1)?;
        let start = (step * STEP).min(self.text.len());
        let wanted = (point - self.before[step]) as usize;
        let begins = |byte: u8| byte & 0xc0 != 0x80;
        let bytes = &self.text.as_bytes()[start..];
        let mut places = bytes.iter().enumerate().filter(|(_, byte)| begins(**byte)).map(|(at, _)| at);
        match places.nth(wanted) {
            Some(at) => Some((start + at) as u32),
            // Only the end itself is left.
            None => (point == self.of_byte(self.text.len() as u32)).then_some(self.text.len() as u32),
        }
    }

    /// The span between two code points; `None` when they do not lie in the text in this order.
    pub fn span(&self, start: u32, end: u32) -> Option<Span> {
        let (start, end) = (self.byte(start)?, self.byte(end)?);
        (start <= end).then_some(Span { start, end })
    }
}

/// How many code points begin in `bytes` of UTF-8.
fn beginnings(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(byte & 0xc0 != 0x80)).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn places_are_those_of_counting(text in "[ -~é“”日𝄞]{0,300}") {
            let points = Points::new(&text);
            let starts: Vec<_> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
            for (point, byte) in starts.iter().enumerate() {
                prop_assert_eq!(points.of_byte(*byte as u32), point as u32);
                prop_assert_eq!(points.byte(point as u32), Some(*byte as u32));
            }
            prop_assert_eq!(points.byte(starts.len() as u32), None);
        }
    }

    #[test]
    fn a_span_turned_round_is_none() {
        let points = Points::new("Löw");
        assert_eq!(points.span(1, 3), Some(Span { start: 1, end: 4 }));
        assert_eq!(points.span(2, 1), None);
        assert_eq!(points.span(1, 9), None);
    }
}
