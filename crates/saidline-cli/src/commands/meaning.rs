//! What searching by meaning needs: the model, and vectors where the store lacks them.

use std::fs;
use std::path::Path;

use saidline::{Meaning, Vector, meanings};
use saidline_sources::Why;
use saidline_store::{Found, Meant, Store, WithoutMeaning};

use crate::failure::{Failure, UNUSABLE};
use crate::out;
use crate::people::thousands;
use crate::progress::Progress;

/// So many documents are turned into vectors between two writes.
const AT_ONCE: usize = 64;

/// A search makes so many missing vectors by itself: more would take minutes.
const BY_ITSELF: usize = 5_000;

/// The model in the binary, or of a folder.
pub(super) fn model(folder: Option<&Path>) -> Result<&'static Meaning, Failure> {
    let Some(folder) = folder else {
        return Meaning::embedded().map_err(|error| {
            Failure::new(UNUSABLE, error).hint("this binary is broken: build or download it again")
        });
    };
    let read = |file: &str| fs::read(folder.join(file)).map_err(|error| Why::from(error).to_string());
    Meaning::from_files(read)
        .map(|model| &*Box::leak(Box::new(model)))
        .map_err(|error| super::unusable(folder, error))
}

/// What is asked for.
pub(super) fn meant(model: &'static Meaning, words: &str) -> Meant {
    let vector = model.vectors(&[words.to_owned()]).swap_remove(0);
    Meant { words: words.to_owned(), vector, model: Some(model) }
}

/// Whether some vectors are missing, and so few that a search makes them.
pub(super) fn is_made_at_once(found: &Found) -> bool {
    (1..=BY_ITSELF).contains(&found.without_meaning)
}

/// Makes the vectors that a store lacks.
pub(super) fn make_missing(store: &mut Store, model: &Meaning, threads: usize) -> Result<(), Failure> {
    let mut progress: Option<Progress> = None;
    let mut after: Option<WithoutMeaning> = None;
    while !out::is_interrupted() {
        let documents = store.without_meaning(after.as_ref(), AT_ONCE)?;
        let Some(last) = documents.last() else { break };
        after = Some(last.clone());
        let progress = progress.get_or_insert_with(Progress::of_unknown);
        let made = made(model, documents, threads);
        store.keep_meanings(&made)?;
        made.iter().for_each(|_| progress.page());
    }
    Ok(())
}

/// The documents with their vectors, made on so many threads.
fn made(
    model: &Meaning,
    documents: Vec<WithoutMeaning>,
    threads: usize,
) -> Vec<(WithoutMeaning, Vec<Vector>)> {
    let each = documents.len().div_ceil(threads.max(1)).max(1);
    let vectors = |of: &WithoutMeaning| meanings(model, &of.document, &of.attributions);
    let vectors: Vec<Vec<Vector>> = std::thread::scope(|scope| {
        let parts: Vec<_> = documents
            .chunks(each)
            .map(|part| scope.spawn(move || part.iter().map(vectors).collect::<Vec<_>>()))
            .collect();
        // Turning words into numbers does not fail; where it did, the whole command has.
        parts.into_iter().flat_map(|part| part.join().expect("a thread ends")).collect()
    });
    documents.into_iter().zip(vectors).collect()
}

/// Says how many reports could not be found, because their vectors are missing.
pub(super) fn tell_missing(found: &Found) {
    if found.without_meaning > 0 {
        out::warning(
            format!("{} reports cannot be found by their meaning yet", thousands(found.without_meaning)),
            Some("`saidline refresh` makes what is missing"),
        );
    }
}
