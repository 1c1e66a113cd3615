//! From bytes to text, and whether the text is markup.

use crate::Kind;
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes made into text.
#[derive(Debug)]
pub(crate) struct Decoded {
    /// The text, without its byte order mark.
    pub text: String,
    /// Whether it is HTML; never [`Kind::Auto`].
    pub kind: Kind,
    /// The charset it was read in.
    pub encoding: &'static Encoding,
    /// How many sequences of bytes meant nothing in it, and where in the text the first stood.
    pub undecodable: (usize, usize),
    /// The charset that the transport or the page named, when it was plainly wrong.
    pub overruled: Option<&'static Encoding>,
}

/// How far into a page its own word on its charset is looked for, in bytes.
const META_WITHIN: usize = 8 << 10;

/// Makes text of bytes: by byte order mark, by what the transport named, by `<meta>`, by what the bytes look like.
/// A named charset that does not fit the bytes gives way to one that does.
pub(crate) fn decode(bytes: &[u8], kind: Kind, transport: Option<&str>, address: Option<&str>) -> Decoded {
    let named = transport.and_then(|label| Encoding::for_label_no_replacement(label.trim().as_bytes()));
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return finish(&bytes[mark..], encoding, kind, None);
    }
    if let Some(encoding) = named {
        return fitting(bytes, encoding, kind, address);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return finish(bytes, encoding, kind, None);
    }
    if kind != Kind::Text
        && let Some(encoding) = meta(&bytes[..bytes.len().min(META_WITHIN)])
    {
        // What stands in a text file that looks like `<meta charset>` counts only if it is markup at all.
        let decoded = fitting(bytes, encoding, kind, address);
        if decoded.kind == Kind::Html {
            return decoded;
        }
    }
    finish(bytes, detect(bytes, address), kind, None)
}

/// Decodes in the named charset, unless the bytes say that the name is wrong.
fn fitting(bytes: &[u8], named: &'static Encoding, kind: Kind, address: Option<&str>) -> Decoded {
    if named != UTF_8 && named.is_single_byte() && plainly_utf8(bytes) {
        return finish(bytes, UTF_8, kind, Some(named));
    }
    let decoded = finish(bytes, named, kind, None);
    if decoded.undecodable.0 == 0 {
        return decoded;
    }
    let other = detect(bytes, address);
    if other == named {
        return decoded;
    }
    let otherwise = finish(bytes, other, kind, Some(named));
    if otherwise.undecodable.0 == 0 { otherwise } else { decoded }
}

/// Whether the bytes are UTF-8 with so many characters beyond ASCII that it can't be chance.
fn plainly_utf8(bytes: &[u8]) -> bool {
    const ENOUGH: usize = 3;
    match std::str::from_utf8(bytes) {
        Ok(text) => text.chars().filter(|c| !c.is_ascii()).take(ENOUGH).count() == ENOUGH,
        Err(_) => false,
    }
}

/// Whether the first bytes of a page can be those of text in any character set. Noise, as in compressed data, is full
/// of control characters and of bytes that mean nothing; text has hardly any, though a few may have got into it.
pub(crate) fn is_text(head: &[u8]) -> bool {
    /// So many odd characters are passed over in any case,
    const FEW: usize = 3;
    /// and one in so many: random bytes have two in twenty.
    const ONE_IN: usize = 20;
    let (marked, mark) = Encoding::for_bom(head).map_or((None, 0), |(encoding, mark)| (Some(encoding), mark));
    let rest = &head[mark..];
    let wide = marked.filter(|encoding| *encoding != UTF_8).or_else(|| unmarked_utf16(rest));
    let (odd, all) = match wide {
        Some(encoding) => odd_in_utf16(rest, encoding == UTF_16BE),
        None => {
            let controls = rest.iter().filter(|byte| is_odd(char::from(**byte)) && byte.is_ascii()).count();
            let (_, (undecodable, _)) = decode_in(rest, detect(rest, None));
            (controls + undecodable, rest.len())
        }
    };
    odd <= FEW || odd * ONE_IN <= all
}

/// How many of the units of UTF-16 are no characters of text, and how many there are.
fn odd_in_utf16(bytes: &[u8], big_endian: bool) -> (usize, usize) {
    let units = bytes.chunks_exact(2).map(|pair| match big_endian {
        true => u16::from_be_bytes([pair[0], pair[1]]),
        false => u16::from_le_bytes([pair[0], pair[1]]),
    });
    let odd = char::decode_utf16(units).filter(|unit| unit.as_ref().map_or(true, |c| is_odd(*c))).count();
    (odd, bytes.len() / 2)
}

/// Whether a character has no place in text: a control character that no text uses, one of private use, none at all.
fn is_odd(c: char) -> bool {
    // Escape switches character sets in ISO-2022-JP, and colours in what terminals show.
    let of_text = matches!(c, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{1b}');
    (c.is_control() && !of_text)
        || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}')
}

/// UTF-16 without a byte order mark, told by ASCII characters in nearly every pair.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 64 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let (mut first_zero, mut second_zero, mut both_zero) = (0, 0, 0);
    for pair in sample.chunks_exact(2) {
        match pair {
            [0, 0] => both_zero += 1,
            [0, _] => first_zero += 1,
            [_, 0] => second_zero += 1,
            _ => {}
        }
    }
    let most = sample.len() / 2 * 9 / 10;
    match (first_zero, second_zero, both_zero) {
        (0, second, 0) if second > most => Some(UTF_16LE),
        (first, 0, 0) if first > most => Some(UTF_16BE),
        _ => None,
    }
}

/// The charset that the bytes look like.
fn detect(bytes: &[u8], address: Option<&str>) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(address.and_then(top_level_domain), chardetng::Utf8Detection::Allow);
    if guess == UTF_8 || !mostly_utf8(bytes) { guess } else { UTF_8 }
}

/// Whether the bytes are UTF-8 but for a few bad ones, as when a page is cut in the middle of a character or
/// mixes in a line from elsewhere.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 3 && bad * 10 <= good
}

/// The last label of an address' host, if it is one that the detector takes.
fn top_level_domain(address: &str) -> Option<&[u8]> {
    let rest = address.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let label = host.rsplit('.').next()?;
    let fits = !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase());
    (fits && label.len() < host.len()).then_some(label.as_bytes())
}

fn finish(
    bytes: &[u8],
    encoding: &'static Encoding,
    kind: Kind,
    overruled: Option<&'static Encoding>,
) -> Decoded {
    let (text, undecodable) = decode_in(bytes, encoding);
    let kind = match kind {
        Kind::Auto if looks_like_html(&text) => Kind::Html,
        Kind::Auto => Kind::Text,
        known => known,
    };
    Decoded { text, kind, encoding, undecodable, overruled }
}

/// Decodes, with U+FFFD for each bad sequence.
fn decode_in(bytes: &[u8], encoding: &'static Encoding) -> (String, (usize, usize)) {
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return (text.to_owned(), (0, 0));
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 16);
    let (mut bad, mut first) = (0, 0);
    let mut rest = bytes;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = &rest[read..];
        match result {
            DecoderResult::InputEmpty => return (text, (bad, first)),
            DecoderResult::OutputFull => {
                let more = decoder.max_utf8_buffer_length_without_replacement(rest.len());
                text.reserve(more.unwrap_or(rest.len() * 3).max(16));
            }
            DecoderResult::Malformed(..) => {
                if bad == 0 {
                    first = text.len();
                }
                bad += 1;
                text.push('\u{fffd}');
            }
        }
    }
}

/// The charset that the beginning of a page names in a `<meta>`.
fn meta(head: &[u8]) -> Option<&'static Encoding> {
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'<', &head[at..]).map(|found| at + found) {
        at = open + 1;
        let tag = &head[at..];
        if tag.starts_with(b"!--") {
            at += memchr::memmem::find(tag, b"-->")?;
            continue;
        }
        if !tag.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"meta")) {
            continue;
        }
        let end = memchr::memchr(b'>', tag)?;
        let tag = tag[..end].to_ascii_lowercase();
        let Some(found) = memchr::memmem::find(&tag, b"charset") else { continue };
        let value = tag[found + "charset".len()..].trim_ascii_start();
        let Some(value) = value.strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
        let length = value
            .iter()
            .position(|b| matches!(b, b'"' | b'\'' | b';' | b'/') || b.is_ascii_whitespace())
            .unwrap_or(value.len());
        let Some(encoding) = Encoding::for_label_no_replacement(&value[..length]) else { continue };
        // Read as ASCII, it can't be UTF-16; and nobody means "x-user-defined".
        return Some(match encoding.name() {
            "UTF-16LE" | "UTF-16BE" => UTF_8,
            "x-user-defined" => WINDOWS_1252,
            _ => encoding,
        });
    }
    None
}

/// Whether a text is HTML: it begins with a tag that pages begin with, or is full of tags that end.
fn looks_like_html(text: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "a",
        "article",
        "aside",
        "b",
        "base",
        "blockquote",
        "body",
        "br",
        "center",
        "div",
        "em",
        "figure",
        "font",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "i",
        "iframe",
        "img",
        "li",
        "link",
        "main",
        "meta",
        "nav",
        "ol",
        "p",
        "pre",
        "script",
        "section",
        "span",
        "strong",
        "style",
        "table",
        "time",
        "title",
        "ul",
    ];
    const ENDINGS: &[&str] = &[
        "</p>",
        "</div>",
        "</a>",
        "</li>",
        "</span>",
        "</b>",
        "</em>",
        "</strong>",
        "<br>",
        "<br/>",
        "<br />",
    ];
    let head = &text[..text.floor_char_boundary(64 << 10)];
    let start = head.trim_start();
    if let Some(tag) = start.strip_prefix('<') {
        let name = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let after = tag[name..].chars().next();
        let lower = tag[..name].to_ascii_lowercase();
        if OPENINGS.contains(&lower.as_str())
            && after.is_some_and(|c| c == '>' || c == '/' || c.is_whitespace())
        {
            return true;
        }
        let declaration = tag[..tag.floor_char_boundary(16)].to_ascii_lowercase();
        if declaration.starts_with("!doctype html") || declaration.starts_with("!--") {
            return true;
        }
        if declaration.starts_with("?xml") {
            return head.to_ascii_lowercase().contains("<html");
        }
    }
    // A fragment that begins with words.
    let mut tags = 0;
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'<', &head.as_bytes()[at..]).map(|found| at + found) {
        at = open + 1;
        let here = &head.as_bytes()[open..];
        let ends = ENDINGS
            .iter()
            .any(|tag| here.get(..tag.len()).is_some_and(|piece| piece.eq_ignore_ascii_case(tag.as_bytes())));
        tags += usize::from(ends);
        if tags == 5 {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The text and charset of bytes, and how many sequences were bad.
    #[track_caller]
    fn check(bytes: &[u8], transport: Option<&str>, expected: (&str, &str, usize)) {
        let decoded = decode(bytes, Kind::Auto, transport, None);
        assert_eq!((decoded.text.as_str(), decoded.encoding.name(), decoded.undecodable.0), expected);
    }

    /// Bytes of noise, the same for each `seed`.
    fn noise(seed: u64, length: usize) -> Vec<u8> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 32) as u8
        };
        std::iter::repeat_with(next).take(length).collect()
    }

    #[test]
    fn random_bytes_are_no_text() {
        for seed in 1..200 {
            for length in [512, 2048, 4096] {
                let noise = noise(seed, length);
                assert!(!is_text(&noise), "{seed}, {length}");
                for mark in [b"\xff\xfe", b"\xfe\xff"] {
                    assert!(!is_text(&[mark, noise.as_slice()].concat()), "{seed}, {length}, {mark:?}");
                }
            }
        }
        assert!(!is_text(&[0; 64]));
    }

    #[test]
    fn text_in_any_charset_is_text() {
        let samples = [
            ("The ferry is late, “as ever”, said Zoë Quarle. ", "utf-8 windows-1252 macintosh"),
            ("Le ferry est en retard, a dit Zoé à l’été. ", "windows-1252 macintosh"),
            ("Le ferry est en retard, a dit Zoé en été. ", "iso-8859-15 iso-8859-3"),
            ("Prom się spóźni, powiedziała Łucja Żak. ", "windows-1250 iso-8859-2 iso-8859-16"),
            (
                "Паром опаздывает, сказала Инна Калдер. ",
                "windows-1251 koi8-r koi8-u ibm866 iso-8859-5 x-mac-cyrillic",
            ),
            ("Το πλοίο αργεί, είπε η Άννα. ", "windows-1253 iso-8859-7"),
            ("Vapur gecikiyor, dedi Işıl Çağ. ", "windows-1254 iso-8859-9"),
            ("המעבורת מאחרת, אמרה ענת. ", "windows-1255 iso-8859-8"),
            ("قالت إن العبارة متأخرة. ", "windows-1256 iso-8859-6"),
            ("Praam hilineb, ütles Õie Šmidt. ", "windows-1257 iso-8859-13"),
            ("เรือมาช้า เธอกล่าว ", "windows-874"),
            ("フェリーは遅れていると市長は述べた。", "shift_jis euc-jp iso-2022-jp"),
            ("渡轮晚点了，市长说。", "gbk gb18030"),
            ("渡輪誤點了，市長說。", "big5"),
            ("여객선이 늦는다고 시장이 말했다. ", "euc-kr"),
        ];
        let check = |bytes: &[u8], about: &str| {
            // Wherever the head of the page is cut.
            for end in [0, 1, 7, 64, 65, 511, 1000, 1001] {
                assert!(is_text(&bytes[..bytes.len().min(end)]), "{about} cut at {end}");
            }
        };
        for (sample, labels) in samples {
            let text = sample.repeat(40);
            for label in labels.split(' ') {
                let encoding = Encoding::for_label(label.as_bytes()).expect("a charset");
                let (bytes, _, unmappable) = encoding.encode(&text);
                assert!(!unmappable, "{label} cannot hold {sample:?}");
                check(&bytes, label);
                // A few bytes that do not belong there.
                let bytes = [&bytes[..200], b"\0\0\x01", &bytes[200..500], b"\xff\0", &bytes[500..]].concat();
                assert!(is_text(&bytes), "{label} with odd bytes");
            }
            check(
                &[b"\xff\xfe", text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().as_slice()]
                    .concat(),
                "UTF-16LE",
            );
            check(
                &[b"\xfe\xff", text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>().as_slice()]
                    .concat(),
                "UTF-16BE",
            );
        }
        let english = "The ferry is late, said Ines Calder. ".repeat(100);
        for end in [128, 1000, 3000] {
            assert!(is_text(
                &english.encode_utf16().flat_map(u16::to_le_bytes).take(end).collect::<Vec<_>>()
            ));
            assert!(is_text(
                &english.encode_utf16().flat_map(u16::to_be_bytes).take(end).collect::<Vec<_>>()
            ));
        }
    }

    #[test]
    fn marks_labels_and_guesses() {
        check(b"plain", None, ("plain", "UTF-8", 0));
        check("“né”".as_bytes(), None, ("“né”", "UTF-8", 0));
        check(b"\xef\xbb\xbfa\r\nb", Some("windows-1252"), ("a\r\nb", "UTF-8", 0));
        check(b"\xff\xfeh\0i\0", None, ("hi", "UTF-16LE", 0));
        check(b"\xfe\xff\0h\0i", None, ("hi", "UTF-16BE", 0));
        check(b"\x93Yes,\x94 she said", Some("iso-8859-1"), ("“Yes,” she said", "windows-1252", 0));
        check(b"\x93Yes,\x94 she said in a caf\xe9", None, ("“Yes,” she said in a café", "windows-1252", 0));
        check(
            b"<meta charset=windows-1251><p>\xcf\xf0\xe8\xe2\xe5\xf2",
            None,
            ("<meta charset=windows-1251><p>Привет", "windows-1251", 0),
        );
        check(
            b"<html><!-- <meta charset=koi8-r> --><meta http-equiv=content-type content='text/html; charset=windows-1251'>\xcf",
            None,
            (
                "<html><!-- <meta charset=koi8-r> --><meta http-equiv=content-type content='text/html; charset=windows-1251'>П",
                "windows-1251",
                0,
            ),
        );
        check(b"a\0b\x01\x7f", None, ("a\0b\u{1}\u{7f}", "UTF-8", 0));
    }

    #[test]
    fn a_wrong_label_gives_way_to_the_bytes() {
        check("“one” “two”".as_bytes(), Some("iso-8859-1"), ("“one” “two”", "UTF-8", 0));
        check(
            b"\x93Yes,\x94 he said, \x93no\x94",
            Some("utf-8"),
            ("“Yes,” he said, “no”", "windows-1252", 0),
        );
        check("“one”".as_bytes(), Some("no-such-charset"), ("“one”", "UTF-8", 0));
    }

    #[test]
    fn bad_bytes_are_replaced_and_counted() {
        check("“one” “two” \u{1}".as_bytes(), None, ("“one” “two” \u{1}", "UTF-8", 0));
        let mut bytes = "“one” “two” “three” “four” “five” “six”".as_bytes().to_vec();
        bytes.push(0xe2);
        check(&bytes, None, ("“one” “two” “three” “four” “five” “six”\u{fffd}", "UTF-8", 1));
    }

    #[test]
    fn utf16_without_a_mark() {
        let text = "Nobody was hurt in the fire, the mayor said on Friday.";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&bytes, None, (text, "UTF-16LE", 0));
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&bytes, None, (text, "UTF-16BE", 0));
    }

    #[track_caller]
    fn check_kind(text: &str, expected: Kind) {
        assert_eq!(decode(text.as_bytes(), Kind::Auto, None, None).kind, expected, "{text:?}");
    }

    #[test]
    fn kinds() {
        check_kind("<!DOCTYPE html><p>x", Kind::Html);
        check_kind("\n  <HTML>", Kind::Html);
        check_kind("<?xml version=\"1.0\"?><html>", Kind::Html);
        check_kind("<p>One</p>", Kind::Html);
        check_kind("One<br>two<br>three<br>four<br>five<br>six", Kind::Html);
        check_kind("<3 is a heart", Kind::Text);
        check_kind("<unknown> said", Kind::Text);
        check_kind("He closed the tag with </p> and left", Kind::Text);
        check_kind("", Kind::Text);
    }

    proptest! {
        #[test]
        fn text_round_trips_in_every_charset(text in "[ -~éüßñ“”‘’—ЖДющαβγ日本語中文한국어]{0,80}") {
            for label in [
                "utf-8", "utf-16le", "utf-16be", "windows-1252", "windows-1251", "windows-1253", "koi8-r",
                "iso-8859-2", "iso-8859-15", "macintosh", "shift_jis", "euc-jp", "iso-2022-jp", "gbk", "gb18030",
                "big5", "euc-kr",
            ] {
                let encoding = Encoding::for_label(label.as_bytes()).unwrap();
                let bytes = match label {
                    "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                    "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
                    _ => {
                        let (bytes, _, unmappable) = encoding.encode(&text);
                        if unmappable {
                            continue;
                        }
                        bytes.into_owned()
                    }
                };
                // Where the bytes are good in UTF-8 too, or begin as a byte order mark would, they mean that.
                if Encoding::for_bom(&bytes).is_some() || plainly_utf8(&bytes) {
                    continue;
                }
                // Some charsets have two ways to write a character: what matters is what is read again.
                let expected = encoding.decode_without_bom_handling(&bytes).0.into_owned();
                let decoded = decode(&bytes, Kind::Text, Some(label), None);
                prop_assert_eq!(&decoded.text, &expected, "{}", label);
                prop_assert_eq!(&decoded.text, &text, "{}", label);
                prop_assert_eq!(decoded.undecodable.0, 0);
            }
        }
    }
}
