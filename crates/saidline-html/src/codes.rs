//! The codes of the notes that this crate writes.

/// Some bytes mean nothing in the page's charset; each stands in the text as U+FFFD.
pub const UNDECODABLE_BYTES: &str = "undecodable-bytes";
/// The charset that was named for the page does not fit its bytes; another was used.
pub const WRONG_CHARSET: &str = "wrong-charset";
/// The page is longer, or has more elements, than is read; the rest is missing from the text.
pub const PAGE_TOO_LARGE: &str = "page-too-large";
/// Elements of the page lie deeper in each other than is followed; their text is there, their roles may be lost.
pub const TOO_DEEP: &str = "too-deep";
/// The article was not sought, or not in all of the page; blocks it was not sought in are told by simple signs.
pub const UNLABELLED: &str = "unlabelled";
/// The page is not in English; no attributions are sought in it.
pub const OTHER_LANGUAGE: &str = "other-language";
/// The publication date that came with the page can't be read as a date.
pub const UNREADABLE_DATE: &str = "unreadable-date";
/// No line of the text looks like part of an article; all of it is labelled boilerplate.
pub const NO_ARTICLE: &str = "no-article";
/// The text has more lines than are judged; those after are taken as paragraphs.
pub const TOO_MANY_LINES: &str = "too-many-lines";

/// There is no text in the page.
pub const EMPTY: &str = "empty";

/// Every code, and what it means.
pub const ALL: &[(&str, &str)] = &[
    (UNDECODABLE_BYTES, "some bytes mean nothing in the page's charset; each stands in the text as U+FFFD"),
    (WRONG_CHARSET, "the charset that was named for the page does not fit its bytes; another was used"),
    (
        PAGE_TOO_LARGE,
        "the page is longer, or has more elements, than is read; the rest is missing from the text",
    ),
    (
        TOO_DEEP,
        "elements of the page lie deeper in each other than is followed; their text is there, their roles may be lost",
    ),
    (
        UNLABELLED,
        "the article was not sought, or not in all of the page; blocks it was not sought in are told by simple signs",
    ),
    (OTHER_LANGUAGE, "the page is not in English; no attributions are sought in it"),
    (UNREADABLE_DATE, "the publication date that came with the page can't be read as a date"),
    (EMPTY, "there is no text in the page"),
    (NO_ARTICLE, "no line of the text looks like part of an article; all of it is labelled boilerplate"),
    (TOO_MANY_LINES, "the text has more lines than are judged; those after are taken as paragraphs"),
];
