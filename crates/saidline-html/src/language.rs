//! Which language a text is in.

use whatlang::Lang;

/// Bytes of text that are looked at; more tells no more.
const SAMPLE: usize = 16 << 10;
/// Letters below which a text is too short to contradict what the page says of itself.
const ENOUGH: usize = 150;

/// The language of `text` as an ISO 639-1 code, weighed against the one that the page `declared` ("en-GB").
pub(crate) fn of(text: &str, declared: Option<&str>) -> Option<String> {
    let declared = declared.and_then(primary);
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    // Scripts without spaces say more in fewer letters.
    let enough = letters >= ENOUGH || letters >= ENOUGH / 5 && sample.chars().any(|c| c >= '\u{2e80}');
    match whatlang::detect(sample) {
        Some(found) if enough && (found.is_reliable() || declared.is_none()) => {
            code(found.lang()).map(str::to_owned).or(declared)
        }
        Some(found) if declared.is_none() && found.is_reliable() => code(found.lang()).map(str::to_owned),
        _ => declared,
    }
}

/// "en" of "en-GB".
pub(crate) fn primary(tag: &str) -> Option<String> {
    let code = tag.trim().split(['-', '_']).next()?;
    let fits = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphabetic());
    let code = code.to_ascii_lowercase();
    match (fits, code.as_str()) {
        (false, _) => None,
        (true, "eng") => Some("en".to_owned()),
        (true, _) => Some(code),
    }
}

/// ISO 639-1, where the language has such a code.
fn code(lang: Lang) -> Option<&'static str> {
    Some(match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, declared: Option<&str>, expected: Option<&str>) {
        assert_eq!(of(text, declared).as_deref(), expected, "{text:?}");
    }

    const ENGLISH: &str = "The minister told reporters on Friday that the bridge would be closed for another two \
        weeks while engineers look for cracks in its northern pillars, and that nobody should expect it sooner. \
        She would not say what the work would cost the town.";
    const GERMAN: &str = "Die Ministerin sagte am Freitag, die Brücke bleibe noch zwei Wochen lang gesperrt, weil \
        die Ingenieure in den nördlichen Pfeilern nach Rissen suchen, und niemand solle früher mit ihr rechnen. \
        Was die Arbeiten die Stadt kosten, wollte sie nicht sagen.";

    #[test]
    fn languages() {
        check(ENGLISH, None, Some("en"));
        check(GERMAN, None, Some("de"));
        check(GERMAN, Some("en-US"), Some("de"));
        check(ENGLISH, Some("de"), Some("en"));
        check("Ja", Some("en-GB"), Some("en"));
        check("", None, None);
        check("", Some("x-klingon"), None);
        check(
            "市長は金曜日、橋はあと二週間閉鎖されると記者団に語り、費用については答えなかったという。",
            None,
            Some("ja"),
        );
    }
}
