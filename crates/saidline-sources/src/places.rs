//! Where pages are looked for: a file, a folder, standard input, memory.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use walkdir::{DirEntry, WalkDir};

use crate::open::Bytes;
use crate::unread::{Unread, Why};

/// Where pages are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A file, or a folder with all that lies in it.
    Path(PathBuf),
    /// Standard input.
    Stdin,
    /// Bytes that are already here, under a name.
    Memory {
        /// The name they go by.
        path: String,
        /// The bytes.
        bytes: &'static [u8],
    },
}

impl Place {
    /// Its name, for messages and the wire.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Path(path) => path.to_string_lossy().into_owned(),
            Self::Stdin => "-".to_owned(),
            Self::Memory { path, .. } => path.clone(),
        }
    }

    pub(crate) fn open(self) -> io::Result<Bytes> {
        Ok(match self {
            Self::Path(path) => Box::new(File::open(path)?),
            Self::Stdin => Box::new(io::stdin()),
            Self::Memory { bytes, .. } => Box::new(Cursor::new(bytes)),
        })
    }

    pub(crate) fn stored_bytes(&self, globs: &Globs) -> Option<u64> {
        match self {
            Self::Path(path) if path.is_dir() => Files::new(path, globs.clone())
                .filter_map(Result::ok)
                .map(|file| file.metadata().ok().map(|about| about.len()))
                .sum(),
            // What cannot be opened adds nothing to the work.
            Self::Path(path) => match path.metadata() {
                Ok(about) if about.is_file() => Some(about.len()),
                Ok(_) => None,
                Err(_) => Some(0),
            },
            Self::Stdin => None,
            Self::Memory { bytes, .. } => Some(bytes.len() as u64),
        }
    }
}

/// Which files of folders are read. A pattern without `/` is held against a file's name, one with `/` against its
/// path below the folder. `*` stays within a name, `**` crosses folders.
#[derive(Debug, Clone, Default)]
pub struct Globs {
    include: Option<[GlobSet; 2]>,
    exclude: [GlobSet; 2],
}

impl Globs {
    /// Files that fit any of `include` (all, where it is empty) and none of `exclude`. A folder that fits `exclude`
    /// is not entered.
    ///
    /// # Errors
    /// The message says which pattern cannot be understood, and why.
    pub fn new(include: &[String], exclude: &[String]) -> Result<Self, String> {
        let include = if include.is_empty() { None } else { Some(sets(include)?) };
        Ok(Self { include, exclude: sets(exclude)? })
    }

    fn fits(sets: &[GlobSet; 2], name: &Path, below: &Path) -> bool {
        sets[0].is_match(name) || sets[1].is_match(below)
    }

    fn includes(&self, name: &Path, below: &Path) -> bool {
        self.include.as_ref().is_none_or(|sets| Self::fits(sets, name, below))
    }

    fn excludes(&self, name: &Path, below: &Path) -> bool {
        Self::fits(&self.exclude, name, below)
    }
}

/// The patterns for names, and those for paths.
fn sets(patterns: &[String]) -> Result<[GlobSet; 2], String> {
    let mut sets = [GlobSetBuilder::new(), GlobSetBuilder::new()];
    for pattern in patterns {
        let glob = GlobBuilder::new(pattern.trim_end_matches('/')).literal_separator(true).build();
        let glob =
            glob.map_err(|error| format!("cannot understand the pattern `{pattern}`: {}", error.kind()))?;
        sets[usize::from(pattern.trim_end_matches('/').contains('/'))].add(glob);
    }
    let [names, paths] = sets.map(|set| set.build().map_err(|error| error.to_string()));
    Ok([names?, paths?])
}

/// The files below a folder, by name, each folder entered once: links to folders are followed, but never in circles.
#[derive(Debug)]
pub(crate) struct Files {
    root: PathBuf,
    globs: Globs,
    walk: walkdir::IntoIter,
    entered: HashSet<PathBuf>,
    /// Files yielded, and files ruled out by the patterns: an empty folder is not passed over in silence.
    found: u64,
    ruled_out: u64,
    ended: bool,
}

impl Files {
    pub(crate) fn new(root: &Path, globs: Globs) -> Self {
        Self {
            root: root.to_owned(),
            globs,
            walk: WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter(),
            entered: HashSet::new(),
            found: 0,
            ruled_out: 0,
            ended: false,
        }
    }

    fn unread(&self, path: &Path, why: Why) -> Unread {
        Unread { path: path.to_string_lossy().into_owned(), why }
    }

    /// Whether a folder is entered.
    fn enters(&mut self, folder: &DirEntry) -> bool {
        let path = folder.path();
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        if folder.depth() > 0 {
            let name = folder.file_name().to_string_lossy();
            if name.starts_with('.') || belongs_to_saved_page(path, &name) {
                return false;
            }
            if self.globs.excludes(Path::new(folder.file_name()), below) {
                self.ruled_out += 1;
                return false;
            }
        }
        path.canonicalize().is_ok_and(|real| self.entered.insert(real))
    }

    /// Whether a file is read.
    fn reads(&mut self, file: &DirEntry) -> bool {
        // Devices, sockets and pipes could keep us waiting for ever.
        if file.file_name().to_string_lossy().starts_with('.') || !file.file_type().is_file() {
            return false;
        }
        let below = file.path().strip_prefix(&self.root).unwrap_or(file.path());
        let name = Path::new(file.file_name());
        let reads = self.globs.includes(name, below) && !self.globs.excludes(name, below);
        self.ruled_out += u64::from(!reads);
        reads
    }
}

impl Iterator for Files {
    type Item = Result<PathBuf, Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(entry) = self.walk.next() {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {
                    if !self.enters(&entry) {
                        self.walk.skip_current_dir();
                    }
                }
                Ok(entry) => {
                    if self.reads(&entry) {
                        self.found += 1;
                        return Some(Ok(entry.into_path()));
                    }
                }
                // A folder that links back to one we are in: all that is in it is being read.
                Err(error) if error.loop_ancestor().is_some() => {}
                Err(error) => {
                    self.found += 1;
                    let path = error.path().unwrap_or(&self.root).to_owned();
                    let why = error.into_io_error().map_or(Why::Missing, Why::from);
                    return Some(Err(self.unread(&path, why)));
                }
            }
        }
        if self.found > 0 || std::mem::replace(&mut self.ended, true) {
            return None;
        }
        let why = if self.ruled_out > 0 { Why::NothingIncluded } else { Why::EmptyFolder };
        Some(Err(self.unread(&self.root, why)))
    }
}

/// Whether this is the folder of images and scripts that a browser saves beside a page: `story_files` beside
/// `story.html`.
fn belongs_to_saved_page(folder: &Path, name: &str) -> bool {
    name.strip_suffix("_files").is_some_and(|stem| {
        ["html", "htm"].iter().any(|extension| folder.with_file_name(format!("{stem}.{extension}")).is_file())
    })
}
