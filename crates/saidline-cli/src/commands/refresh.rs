//! `saidline refresh`: the pages of the record, read again with the present model.

use std::process::ExitCode;

use saidline::{Options, Reader, read_all};
use saidline_store::{Changes, Store};

use super::meaning;
use crate::args::Refresh;
use crate::failure::{Failure, INTERRUPTED};
use crate::out;
use crate::people::count;
use crate::progress::Progress;

pub(crate) fn run(args: Refresh) -> Result<ExitCode, Failure> {
    let models = super::models(args.models.model.into(), args.models.models.as_deref())?;
    let meaning = meaning::model(args.models.models.as_deref())?;
    let run = super::run("refresh", &args.models, None, &args.by)?;
    let mut store = Store::open(&args.store.store)?;
    let mut refresh = store.refresh(&run)?;
    if refresh.resumed() {
        out::print("going on with a refresh that was stopped\n")?;
    }
    out::end_by_itself();
    // Where a document's text comes out otherwise, another page may have to stand for it, and is read once more.
    let (mut before, mut left) = (u64::MAX, refresh.left()?);
    let mut progress = Progress::of_pages(left);
    while left > 0 && left < before {
        for plain in [false, true] {
            let pages = refresh.pages(plain)?;
            for read in read_all(Reader::new(models, Options { plain }), pages, args.threads.count()) {
                if out::is_interrupted() {
                    break;
                }
                let (page, reading) = read?;
                refresh.put(page, reading)?;
                progress.page();
            }
            refresh.flush()?;
        }
        if out::is_interrupted() {
            drop(progress);
            out::warning("stopped before the end", Some("`saidline refresh` goes on where it stopped"));
            return Ok(ExitCode::from(INTERRUPTED));
        }
        (before, left) = (left, refresh.left()?);
    }
    drop(progress);
    let without_bytes = refresh.without_bytes()?;
    let changes = refresh.finish(&super::now())?;
    out::print(&said(&changes))?;
    meaning::make_missing(&mut store, meaning, args.threads.count())?;
    if without_bytes > 0 {
        let pages = count(without_bytes, "page");
        out::warning(format!("{pages} stayed as they were: their bytes were forgotten"), None);
    }
    if changes.displaced > 0 {
        let decisions = count(changes.displaced as u64, "decision");
        out::warning(
            format!("{decisions} found no place in what was read"),
            Some(
                "`saidline undo --list` names them; they are kept, and take effect if their words come back",
            ),
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn said(changes: &Changes) -> String {
    let Changes { pages, documents, new, moved, gone, displaced: _ } = changes;
    format!(
        "{} read again: {documents} read otherwise than before; attributions: {new} new, {moved} changed, {gone} gone\n",
        count(*pages as u64, "page")
    )
}
