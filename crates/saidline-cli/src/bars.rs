//! Small plots in a terminal.

/// A bar of `count` where `most` is `width` columns long; what is there at all is seen.
pub(crate) fn bar(count: usize, most: usize, width: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if count == 0 || most == 0 {
        return String::new();
    }
    let eighths = ((count as f64 / most as f64 * (width * 8) as f64).round() as usize).clamp(1, width * 8);
    "█".repeat(eighths / 8) + PARTS[eighths % 8]
}

/// Counts side by side, a column each; nothing for none.
pub(crate) fn spark(counts: &[usize]) -> String {
    const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let height = |count: usize| match count {
        0 => ' ',
        count => HEIGHTS[((count * 8).div_ceil(most)).clamp(1, 8) - 1],
    };
    counts.iter().map(|count| height(*count)).collect()
}

/// A number with its thousands apart.
pub(crate) fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut apart = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            apart.push(',');
        }
        apart.push(digit);
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_counts() {
        let check = |count, most, width, expected: &str| assert_eq!(bar(count, most, width), expected);
        check(8, 8, 3, "███");
        check(4, 8, 3, "█▌");
        check(1, 1000, 3, "▏");
        check(0, 8, 3, "");
        check(0, 0, 3, "");
        check(9, 8, 3, "███");
        assert_eq!(spark(&[0, 1, 4, 8]), " ▁▄█");
        assert_eq!(spark(&[1, 1000]), "▁█");
        assert_eq!(spark(&[0, 0]), "  ");
        assert_eq!(spark(&[]), "");
    }

    #[test]
    fn thousands_stand_apart() {
        let check = |count, expected: &str| assert_eq!(thousands(count), expected);
        check(0, "0");
        check(999, "999");
        check(1000, "1,000");
        check(1_234_567, "1,234,567");
    }
}
