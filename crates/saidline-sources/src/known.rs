//! What the caller knows of a page, from all the ways to say it.

use std::sync::Arc;

use saidline::Known;

use crate::meta::Meta;

/// What holds for all the pages of a run, and what is known of some by their path.
#[derive(Debug)]
pub(crate) struct Caller {
    pub(crate) address: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) meta: Option<Arc<Meta>>,
}

impl Caller {
    /// What is known of the page at `path` (and `line`), and when it was fetched. The nearer word counts: the page's
    /// own line of JSONL, a row for that line, a row for the file, what was said for all.
    pub(crate) fn known(
        &self,
        path: &str,
        line: Option<u64>,
        own: (Known, Option<String>),
    ) -> (Known, Option<String>) {
        let (mut known, mut fetched) = own;
        if let Some(meta) = &self.meta {
            let of_line = line.and_then(|line| meta.get(path, Some(line)));
            for row in [of_line, meta.get(path, None)].into_iter().flatten() {
                fill(&mut known, &row.known);
                fetched = fetched.or_else(|| row.fetched.clone());
            }
        }
        let all = Known { address: self.address.clone(), outlet: self.outlet.clone(), ..Known::default() };
        fill(&mut known, &all);
        (known, fetched)
    }
}

/// Fills what is not known from `further`.
fn fill(known: &mut Known, further: &Known) {
    let Known { address, title, outlet, byline, published, language } = known;
    for (field, further) in [
        (address, &further.address),
        (title, &further.title),
        (outlet, &further.outlet),
        (byline, &further.byline),
        (published, &further.published),
        (language, &further.language),
    ] {
        if field.is_none() {
            field.clone_from(further);
        }
    }
}
