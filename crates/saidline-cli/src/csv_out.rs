//! CSV that spreadsheets open as what it is: words, never formulas.

use std::borrow::Cow;

/// Appends a row to `out`, ended by a line feed. A cell with a comma, a quotation mark or a line break is quoted.
pub(crate) fn row<'a>(out: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    let mut writer = csv::WriterBuilder::new().buffer_capacity(256).from_writer(Vec::new());
    for cell in cells {
        // Writing to memory does not fail.
        let _ = writer.write_field(guarded(cell).as_bytes());
    }
    let _ = writer.write_record(None::<&[u8]>);
    if let Ok(row) = writer.into_inner() {
        out.push_str(&String::from_utf8_lossy(&row));
    }
}

/// A cell that a spreadsheet would run as a formula gets an apostrophe in front, by which spreadsheets know words.
pub(crate) fn guarded(cell: &str) -> Cow<'_, str> {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}").into(),
        false => cell.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let check = |cells: &[&str], expected: &str| {
            let mut out = String::new();
            row(&mut out, cells.iter().copied());
            assert_eq!(out, expected);
        };
        check(&["a", "b c", "2024-10-19"], "a,b c,2024-10-19\n");
        check(&["=1+1", "+44", "-5", "@sum", "\tx", "\rx"], "'=1+1,'+44,'-5,'@sum,'\tx,\"'\rx\"\n");
        check(&["", "a=b", "'quoted'"], ",a=b,'quoted'\n");
        check(&["say \"no\"", "one, two", "two\nlines"], "\"say \"\"no\"\"\",\"one, two\",\"two\nlines\"\n");
        check(&[""], "\"\"\n");
    }
}
