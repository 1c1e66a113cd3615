//! What comes out of files, folders, JSONL and compressed data, sound or not.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use saidline::{Kind, Page};
use saidline_sources::{Globs, Input, MAX_PAGE_BYTES, Meta, Options, Place, Sources, Unread};
use tempfile::TempDir;

/// A folder with files in it.
struct Folder(TempDir);

impl Folder {
    fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = Self(TempDir::new().expect("a folder can be made"));
        for (name, bytes) in files {
            let path = folder.at(name);
            fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
            fs::write(path, bytes).expect("a file can be written");
        }
        folder
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// All that comes from `names`, each as a line: `path: text` of a page, `path! reason` of what is unread.
    fn read(&self, names: &[&str], options: Options) -> Vec<String> {
        let places: Vec<_> = names.iter().map(|name| Place::Path(self.at(name))).collect();
        self.lines(Sources::new(places, options))
    }

    fn lines(&self, sources: Sources) -> Vec<String> {
        let root = format!("{}/", self.0.path().display());
        let line = |item: Result<Page, Unread>| match item {
            Ok(page) => format!("{}: {}", page.path, String::from_utf8_lossy(&page.bytes)),
            Err(unread) => format!("{}! {}", unread.path, unread.why),
        };
        sources
            .map(line)
            .map(|line| line.replace(&root, "").replace(root.trim_end_matches('/'), "."))
            .collect()
    }

    /// The only page that comes from `name`.
    fn page(&self, name: &str, options: Options) -> Page {
        let mut pages = Sources::new([Place::Path(self.at(name))], options);
        let page = pages.next().expect("there is a page").expect("it can be read");
        assert!(pages.next().is_none());
        page
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

fn globs(include: &[&str], exclude: &[&str]) -> Options {
    let strings = |globs: &[&str]| globs.iter().map(|&glob| glob.to_owned()).collect::<Vec<_>>();
    let globs = Globs::new(&strings(include), &strings(exclude)).expect("the patterns are right");
    Options { globs, ..Options::default() }
}

#[test]
fn a_folder_is_read_in_order_of_names() {
    let folder = Folder::with(&[
        ("in/b.txt", b"B"),
        ("in/a/z.txt", b"Z"),
        ("in/a/y/x.txt", b"X"),
        ("in/.hidden/n.txt", b"N"),
        ("in/.hidden.txt", b"N"),
        ("in/c.html", b"C"),
        ("in/c_files/script.js", b"N"),
        ("in/d_files/story.txt", b"D"),
    ]);
    let expected =
        ["in/a/y/x.txt: X", "in/a/z.txt: Z", "in/b.txt: B", "in/c.html: C", "in/d_files/story.txt: D"];
    assert_eq!(folder.read(&["in"], Options::default()), expected);
    // What is named is read, hidden or not, in the order of naming.
    let named = ["in/b.txt", "in/.hidden", "in/a/z.txt"];
    assert_eq!(
        folder.read(&named, Options::default()),
        ["in/b.txt: B", "in/.hidden/n.txt: N", "in/a/z.txt: Z"]
    );
}

#[test]
fn patterns_choose_files_of_folders() {
    let folder = Folder::with(&[
        ("in/a.html", b"1"),
        ("in/b.txt", b"2"),
        ("in/old/a.html", b"3"),
        ("in/old/deep/c.html", b"4"),
    ]);
    let check = |include: &[&str], exclude: &[&str], expected: &[&str]| {
        let lines = folder.read(&["in"], globs(include, exclude));
        let read: Vec<_> = lines.iter().map(|line| line.split_once(": ").expect("it is a page").1).collect();
        assert_eq!(read, expected, "{include:?} {exclude:?}");
    };
    check(&["*.html"], &[], &["1", "3", "4"]);
    check(&["old/*.html"], &[], &["3"]);
    check(&["old/**/*.html"], &[], &["3", "4"]);
    check(&[], &["*.html"], &["2"]);
    check(&[], &["old"], &["1", "2"]);
    check(&[], &["old/deep/"], &["1", "2", "3"]);
    check(&["*.html", "*.txt"], &["a.*"], &["2", "4"]);
    assert_eq!(
        folder.read(&["in"], globs(&["*.pdf"], &[])),
        ["in! no file in this folder fits `--include` and `--exclude`"]
    );
    // A file that is named is not held against them.
    assert_eq!(folder.read(&["in/b.txt"], globs(&["*.html"], &[])), ["in/b.txt: 2"]);
    assert!(
        Globs::new(&["a[".to_owned()], &[]).expect_err("it is no pattern").starts_with("cannot understand")
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_not_in_circles() {
    use std::os::unix::fs::symlink;
    let folder = Folder::with(&[("in/a/x.txt", b"X"), ("in/b/y.txt", b"Y"), ("out/z.txt", b"Z")]);
    for (to, from) in
        [("in", "in/a/up"), ("in/a", "in/a/self"), ("in/b", "in/a/b"), ("in/a", "in/b/a"), ("out", "in/out")]
    {
        symlink(folder.at(to), folder.at(from)).expect("a link can be made");
    }
    symlink(folder.at("nowhere"), folder.at("in/broken")).expect("a link can be made");
    let lines = folder.read(&["in"], Options::default());
    let expected =
        ["in/a/b/y.txt: Y", "in/a/x.txt: X", "in/broken! no such file or folder", "in/out/z.txt: Z"];
    assert_eq!(lines, expected);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_read() {
    let folder = Folder::with(&[("a.txt", b"A"), ("pdf", b"%PDF-1.7\n"), ("empty", b"")]);
    fs::create_dir(folder.at("none")).expect("a folder can be made");
    let names = ["missing.txt", "none", "pdf", "a.txt", "empty"];
    assert_eq!(
        folder.read(&names, Options::default()),
        [
            "missing.txt! no such file or folder",
            "none! no files in this folder",
            "pdf! this is a PDF, not text or HTML",
            "a.txt: A",
            "empty: ",
        ]
    );
    let forced = Options { input: Input::Text, ..Options::default() };
    assert_eq!(folder.read(&["pdf"], forced), ["pdf: %PDF-1.7\n"]);
}

#[test]
fn compression_is_told_by_the_first_bytes() {
    let line = br#"{"text":"one"}"#;
    let two_members = [gzip(b"tw"), gzip(b"o")].concat();
    // A skippable frame between two others.
    let skipped = [&zstd(b"tw")[..], b"\x50\x2a\x4d\x18\x03\0\0\0abc", &zstd(b"o")].concat();
    let folder = Folder::with(&[
        ("plain", b"two"),
        ("gzip.txt", &gzip(b"two")),
        ("gzips", &two_members),
        ("zstd.html", &zstd(b"two")),
        ("zstds", &skipped),
        ("lines.gz", &gzip(line)),
        ("lines.zst", &zstd(line)),
    ]);
    let names = ["plain", "gzip.txt", "gzips", "zstd.html", "zstds", "lines.gz", "lines.zst"];
    assert_eq!(
        folder.read(&names, Options::default()),
        [
            "plain: two",
            "gzip.txt: two",
            "gzips: two",
            "zstd.html: two",
            "zstds: two",
            "lines.gz:1: one",
            "lines.zst:1: one",
        ]
    );
}

#[test]
fn damaged_compression_is_named() {
    let long: Vec<u8> =
        (0..9000_u32).flat_map(|n| format!("{n} bottles, {}\n", n * 7919).into_bytes()).collect();
    let (gz, zst) = (gzip(&long), zstd(&long));
    let mut altered = zst.clone();
    let last = altered.len() - 1;
    altered[last] ^= 0xff;
    let mut crc = gz.clone();
    let end = crc.len() - 6;
    crc[end] ^= 0xff;
    let lines = gzip(&b"{\"text\":\"one\"}\n".repeat(9000));
    let folder = Folder::with(&[
        ("gz-short", &gz[..gz.len() / 2]),
        ("gz-header", &gz[..5]),
        ("gz-crc", &crc),
        ("gz-bad", b"\x1f\x8b\x08\0abcdefghijklmnopqrst"),
        ("zst-short", &zst[..zst.len() / 2]),
        ("zst-sum", &altered),
        ("good", b"good"),
        ("lines", &lines[..lines.len() - 10]),
    ]);
    let names = ["gz-short", "gz-header", "gz-crc", "gz-bad", "zst-short", "zst-sum", "good"];
    assert_eq!(
        folder.read(&names, Options::default()),
        [
            "gz-short! the gzip data ends too early",
            "gz-header! the gzip data ends too early",
            "gz-crc! the gzip data is damaged",
            "gz-bad! the gzip data is damaged",
            "zst-short! the zstd data ends too early",
            "zst-sum! the zstd data is damaged",
            "good: good",
        ]
    );
    let read = folder.read(&["lines"], Options::default());
    assert_eq!(read[0], "lines:1: one");
    let last = read.last().expect("there are lines");
    assert!(last.ends_with("! the gzip data ends too early"), "{last}");
    assert_eq!(read.iter().filter(|line| line.contains('!')).count(), 1);
}

#[test]
fn growth_beyond_all_measure_is_refused() {
    let page = gzip(&vec![b'a'; MAX_PAGE_BYTES + 1]);
    // Many lines of nothing: no line is too long, but they never end.
    let blank = format!("{{\"text\":\"one\"}}\n{}", "\n".repeat(3 * MAX_PAGE_BYTES));
    let just = vec![b'a'; MAX_PAGE_BYTES];
    let folder = Folder::with(&[
        ("page.gz", &page),
        ("page.zst", &zstd(&vec![b'a'; MAX_PAGE_BYTES + 1])),
        ("lines.gz", &gzip(blank.as_bytes())),
        ("just.gz", &gzip(&just)),
        ("long.txt", &vec![b'a'; MAX_PAGE_BYTES + 1]),
        ("a.txt", b"A"),
    ]);
    let names = ["page.gz", "page.zst", "lines.gz", "long.txt", "a.txt"];
    assert_eq!(
        folder.read(&names, Options::default()),
        [
            "page.gz! longer than 32 MiB, the most that is read as one page",
            "page.zst! longer than 32 MiB, the most that is read as one page",
            "lines.gz:1: one",
            "lines.gz:67108851! the gzip data grows more than 200-fold, which is refused",
            "long.txt! longer than 32 MiB, the most that is read as one page",
            "a.txt: A",
        ]
    );
    assert_eq!(folder.page("just.gz", Options::default()).bytes, just);
}

#[test]
fn a_line_too_long_costs_only_itself() {
    let long = format!(
        "{{\"text\":\"one\"}}\n{{\"text\":\"{}\"}}\n{{\"text\":\"three\"}}",
        "a".repeat(MAX_PAGE_BYTES)
    );
    let folder = Folder::with(&[("in.jsonl", long.as_bytes())]);
    assert_eq!(
        folder.read(&["in.jsonl"], Options::default()),
        [
            "in.jsonl:1: one",
            "in.jsonl:2! longer than 32 MiB, the most that is read as one page",
            "in.jsonl:3: three",
        ]
    );
}

#[test]
fn lines_are_pages() {
    let check = |line: &str, expected: &str| {
        let folder = Folder::with(&[("in", format!("{{\"text\":\"first\"}}\n{line}").as_bytes())]);
        assert_eq!(folder.read(&["in"], Options::default())[1..], [format!("in:2{expected}")], "{line}");
    };
    check(r#"{"text":"T"}"#, ": T");
    check(r#"{"html":"<p>H"}"#, ": <p>H");
    check(r#"{"text":"T","html":"<p>H"}"#, ": <p>H");
    check(r#"{"text":"T","html":""}"#, ": T");
    check(r#"{"text":"T","more":{"a":[1]},"title":null}"#, ": T");
    check("{\"text\":\"T\"}\r\n", ": T");
    check(r#"{"text":""}"#, ": ");
    check(r#"{"title":"T"}"#, "! neither `text` nor `html`");
    check(r#"{"text":"T"#, "! not JSON: EOF while parsing a string, at byte 10");
    check(r#"{"text":7}"#, "! invalid type: integer `7`, expected a string, at byte 9");
    check(r#"["text"]"#, "! not a JSON object");
    check("no JSON", "! not a JSON object");
}

#[test]
fn lines_say_what_is_known() {
    let check = |line: &str, expected: [Option<&str>; 7]| {
        let folder = Folder::with(&[("in", line.as_bytes())]);
        let page = folder.page("in", Options::default());
        let known = page.known;
        let found = [
            known.address,
            known.title,
            known.outlet,
            known.byline,
            known.published,
            known.language,
            page.fetched,
        ];
        assert_eq!(found, expected.map(|value| value.map(str::to_owned)), "{line}");
    };
    check(
        r#"{"text":"","url":"U","title":"T","outlet":"O","byline":"B","published":"P","language":"en","fetched":"F"}"#,
        [Some("U"), Some("T"), Some("O"), Some("B"), Some("P"), Some("en"), Some("F")],
    );
    check(r#"{"text":"","date":"D"}"#, [None, None, None, None, Some("D"), None, None]);
    check(r#"{"text":"","date":"D","published":"P"}"#, [None, None, None, None, Some("P"), None, None]);
    check(r#"{"text":"","date":"","url":" ","title":null}"#, [None; 7]);
    check(
        r#"{"text":"","byline":["A","B"],"date":2024}"#,
        [None, None, None, Some("A, B"), Some("2024"), None, None],
    );
}

#[test]
fn kinds_are_told_from_the_content() {
    let check = |bytes: &[u8], expected: &str| {
        let folder = Folder::with(&[("in", bytes)]);
        let line = folder.read(&["in"], Options::default()).remove(0);
        assert_eq!(line.split([':', '!']).next().map(str::len).map(|from| &line[from..]), Some(expected));
    };
    check(b"\xef\xbb\xbf {\"text\":\"T\"}", ":1: T");
    check(b"{ \"text\" : \"T\" }", ":1: T");
    check(b"{curly} words", ": {curly} words");
    check(b"RIFF raff, they said", ": RIFF raff, they said");
    check(b"RIFF\0\0\0\0WEBP", "! this is a media file, not text or HTML");
    check(b"[{\"text\":\"T\"}]", "! this is JSON, but not one object a line");
    check(b"{\n \"text\": \"T\"\n}\n", "! this is JSON, but not one object a line");
    check(b"[Music] he said", ": [Music] he said");
}

#[test]
fn the_nearer_word_counts() {
    let table = "path,outlet,url,published,fetched\n\
                 in/a.txt,Table,https://a.example,2024,2025\n\
                 in/l.jsonl,File,,,\n\
                 in/l.jsonl:2,Line,,,\n\
                 ./in/../in/b.txt,Other,,,\n\
                 in/gone.txt,Gone,,,\n";
    let folder = Folder::with(&[
        ("meta.csv", table.as_bytes()),
        ("in/a.txt", b"A"),
        ("in/b.txt", b"B"),
        ("in/c.txt", b"C"),
        ("in/l.jsonl", b"{\"text\":\"1\"}\n{\"text\":\"2\"}\n{\"text\":\"3\",\"outlet\":\"Own\"}"),
    ]);
    let meta = Arc::new(Meta::read(&folder.at("meta.csv")).expect("the table is right"));
    let options =
        Options { outlet: Some("All".to_owned()), meta: Some(Arc::clone(&meta)), ..Options::default() };
    let sources = Sources::new([Place::Path(folder.at("in"))], options);
    let pages: Vec<_> = sources.map(|page| page.expect("it can be read")).collect();
    let outlets: Vec<_> = pages.iter().map(|page| page.known.outlet.as_deref().unwrap_or("")).collect();
    assert_eq!(outlets, ["Table", "Other", "All", "File", "Line", "Own"]);
    assert_eq!(pages[0].known.address.as_deref(), Some("https://a.example"));
    assert_eq!(pages[0].known.published.as_deref(), Some("2024"));
    assert_eq!(pages[0].fetched.as_deref(), Some("2025"));
    assert_eq!(meta.unused().collect::<Vec<_>>(), ["in/gone.txt"]);
}

#[test]
fn tables_are_read_or_refused() {
    let check = |table: &[u8], expected: &str| {
        let folder = Folder::with(&[("meta.csv", table), ("a.txt", b"A")]);
        let found = match Meta::read(&folder.at("meta.csv")) {
            Err(error) => error.to_string().replace(&format!("{}/", folder.0.path().display()), ""),
            Ok(meta) => {
                let unknown = meta.unknown_columns().join(",");
                let options = Options { meta: Some(Arc::new(meta)), ..Options::default() };
                format!("{:?} {unknown}", folder.page("a.txt", options).known.outlet.unwrap_or_default())
            }
        };
        assert_eq!(found, expected);
    };
    check(b"path,outlet\na.txt,O\n", "\"O\" ");
    check(b"\xef\xbb\xbfPath;Outlet\r\na.txt;O\r\n", "\"O\" ");
    check(b"path\toutlet\tnumber\na.txt\tO\t7\n", "\"O\" number");
    check(b"outlet\nO\n", "`meta.csv` has no column `path`");
    check(b"", "`meta.csv` has no column `path`");
    check(b"path,outlet\na.txt\n", "cannot read `meta.csv:2`: a row of 1 columns where the first line has 2");
    check(b"path,outlet\na.txt,\xff\n", "cannot read `meta.csv:2`: not UTF-8");
    let missing = Meta::read(Path::new("/nowhere/meta.csv")).expect_err("there is none").to_string();
    assert_eq!(missing, "cannot read `/nowhere/meta.csv`: no such file or folder");
}

#[test]
fn stored_bytes_are_counted() {
    let folder =
        Folder::with(&[("in/a.txt", b"four"), ("in/b.gz", &gzip(&[b'a'; 9999])), ("in/.c", b"hidden")]);
    let sources = Sources::new([Place::Path(folder.at("in"))], Options::default());
    let whole = sources.stored_bytes().expect("all is files");
    assert!((10..1000).contains(&whole));
    let read = sources.bytes_read();
    assert_eq!(sources.filter(Result::is_ok).count(), 2);
    assert_eq!(read.load(Ordering::Relaxed), whole);
    assert_eq!(Sources::new([Place::Stdin], Options::default()).stored_bytes(), None);
}

#[test]
fn bytes_in_memory_are_places() {
    let place = Place::Memory { path: "here.txt".to_owned(), bytes: b"words" };
    let page = Sources::new([place], Options::default()).next().expect("a page").expect("readable");
    assert_eq!(
        (page.path.as_str(), page.bytes.as_slice(), page.kind),
        ("here.txt", &b"words"[..], Kind::Auto)
    );
}
