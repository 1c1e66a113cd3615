//! The text of a Word document: its paragraphs as lines, footnotes and endnotes behind them. What was deleted with changes
//! tracked is left out, what was inserted is in.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::open::MAX_PAGE_BYTES;
use crate::unread::Why;

/// What it is called in messages.
const NAME: &str = "Word";

/// The text of a ZIP archive that is a Word document, each part of it at most as long as a page; none where it is another
/// archive.
pub(crate) fn text(bytes: &[u8]) -> Result<Option<String>, Why> {
    let damaged = |_: ZipError| Why::Damaged(NAME);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let Some(document) = part(&mut archive, "word/document.xml")? else { return Ok(None) };
    let mut text = String::new();
    paragraphs(&document, &mut text)?;
    for notes in ["word/footnotes.xml", "word/endnotes.xml"] {
        if let Some(notes) = part(&mut archive, notes)? {
            let mut lines = String::new();
            paragraphs(&notes, &mut lines)?;
            if !lines.trim().is_empty() {
                text.push('\n');
                text.push_str(lines.trim_start());
            }
        }
    }
    match text.len() > MAX_PAGE_BYTES {
        true => Err(Why::TooLong),
        false => Ok(Some(text)),
    }
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, Why> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(_) => return Err(Why::Damaged(NAME)),
    };
    let mut bytes = Vec::new();
    file.take(MAX_PAGE_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|_| Why::Damaged(NAME))?;
    if bytes.len() > MAX_PAGE_BYTES {
        return Err(Why::TooLong);
    }
    // Word writes UTF-8.
    let xml = String::from_utf8(bytes).map_err(|_| Why::Damaged(NAME))?;
    Ok(Some(xml.trim_start_matches('\u{feff}').to_owned()))
}

/// Appends the paragraphs of a part, a line each.
fn paragraphs(xml: &str, out: &mut String) -> Result<(), Why> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    // How deep we are in what is left out: the older form of a text box, and lines between text and notes.
    let mut left_out = 0_usize;
    let mut in_text = false;
    loop {
        match reader.read_event() {
            Err(_) => return Err(Why::Damaged(NAME)),
            Ok(Event::Eof) => return Ok(()),
            Ok(Event::Start(_)) if left_out > 0 => left_out += 1,
            Ok(Event::End(_)) if left_out > 0 => left_out -= 1,
            Ok(Event::Start(start)) => match start.local_name().as_ref() {
                "Fallback" | "del" | "moveFrom" => left_out = 1,
                "footnote" | "endnote" if is_rule(&start) => left_out = 1,
                "t" => in_text = true,
                "tab" => out.push('\t'),
                "br" | "cr" => out.push('\n'),
                "noBreakHyphen" => out.push('-'),
                _ => {}
            },
            Ok(Event::End(end)) => match end.local_name().as_ref() {
                "t" => in_text = false,
                "p" => out.push('\n'),
                _ => {}
            },
            Ok(Event::Text(words)) if in_text && left_out == 0 => {
                out.push_str(&words);
            }
            Ok(Event::CData(words)) if in_text && left_out == 0 => {
                out.push_str(&words);
            }
            Ok(Event::GeneralRef(reference)) if in_text && left_out == 0 => letter(&reference, out)?,
            Ok(_) => {}
        }
    }
}

/// A letter that is written by its name or number.
fn letter(reference: &BytesRef<'_>, out: &mut String) -> Result<(), Why> {
    if let Some(letter) = reference.resolve_char_ref().map_err(|_| Why::Damaged(NAME))? {
        out.push(letter);
        return Ok(());
    }
    out.push_str(resolve_predefined_entity(reference).unwrap_or_default());
    Ok(())
}

/// Whether a note is no note but the line above the notes.
fn is_rule(note: &BytesStart<'_>) -> bool {
    let kinds: [&str; 3] = ["separator", "continuationSeparator", "continuationNotice"];
    note.attributes()
        .flatten()
        .any(|attribute| attribute.key.local_name().as_ref() == "type" && kinds.contains(&&*attribute.value))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, xml) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).expect("a part can be begun");
            writer.write_all(xml.as_bytes()).expect("it can be written");
        }
        writer.finish().expect("it can be closed").into_inner()
    }

    fn body(xml: &str) -> String {
        format!("<w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{xml}</w:body></w:document>")
    }

    #[track_caller]
    fn check(xml: &str, expected: &str) {
        let bytes = archive(&[("word/document.xml", &body(xml))]);
        assert_eq!(text(&bytes).expect("it can be read").as_deref(), Some(expected));
    }

    #[test]
    fn paragraphs_are_lines() {
        check(
            "<w:p><w:r><w:t>“The pier </w:t></w:r><w:r><w:t xml:space=\"preserve\">is safe,” she </w:t><w:tab/><w:t>said.</w:t></w:r></w:p>\
             <w:p/><w:p><w:r><w:t>Nets &amp; boats &#8211; all</w:t><w:br/><w:t>gone</w:t></w:r></w:p>",
            "“The pier is safe,” she \tsaid.\n\nNets & boats – all\ngone\n",
        );
    }

    #[test]
    fn what_was_deleted_is_out_and_what_was_inserted_is_in() {
        check(
            "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>\
             <w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>",
            "new\n",
        );
    }

    #[test]
    fn a_text_box_is_read_once() {
        check(
            "<w:p><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Choice>\
             <mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>",
            "box\n\n",
        );
    }

    #[test]
    fn notes_follow_the_text() {
        let notes = "<w:footnotes xmlns:w=\"w\"><w:footnote w:type=\"separator\"><w:p><w:r><w:t>—</w:t></w:r></w:p></w:footnote>\
                     <w:footnote w:id=\"2\"><w:p><w:r><w:t>She said so twice.</w:t></w:r></w:p></w:footnote></w:footnotes>";
        let bytes = archive(&[
            ("word/document.xml", &body("<w:p><w:r><w:t>Text</w:t></w:r></w:p>")),
            ("word/footnotes.xml", notes),
        ]);
        assert_eq!(text(&bytes).expect("it can be read").as_deref(), Some("Text\n\nShe said so twice.\n"));
    }

    #[test]
    fn other_archives_and_damaged_ones_are_told() {
        assert!(matches!(text(&archive(&[("pictures/pier.png", "no picture")])), Ok(None)));
        let whole = archive(&[("word/document.xml", &body("<w:p><w:r><w:t>Text</w:t></w:r></w:p>"))]);
        for end in 0..whole.len() {
            assert!(matches!(text(&whole[..end]), Err(Why::Damaged(_))), "{end}");
        }
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 0xff;
            let _ = text(&changed);
        }
        let open = archive(&[("word/document.xml", "<w:document><w:p></w:q>")]);
        assert!(matches!(text(&open), Err(Why::Damaged(_))));
    }
}
