//! Work on several threads, in order, with little held at a time.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What the threads take their work from: a permit for each item, then the item and its place.
struct Feed<I> {
    permits: Receiver<()>,
    items: I,
    next: usize,
}

/// Applies `work` to `items` on `threads` threads (at least one); the results come in the order of the items. At
/// most twice as many items as threads are out at a time.
///
/// A panic in `work` or `items` goes on in the thread that takes the results.
pub(crate) fn in_order<T, U: Send + 'static>(
    items: impl Iterator<Item = T> + Send + 'static,
    threads: usize,
    work: impl Fn(T) -> U + Send + Sync + 'static,
) -> impl Iterator<Item = U> {
    let threads = threads.max(1);
    let (permit, permits) = sync_channel(threads * 2);
    for _ in 0..threads * 2 {
        // The channel has room for all of them, and its receiver is here.
        let _ = permit.send(());
    }
    let (results, done) = channel();
    let feed = Arc::new(Mutex::new(Feed { permits, items: items.fuse(), next: 0 }));
    let work = Arc::new(work);
    for _ in 0..threads {
        let (feed, work, results) = (Arc::clone(&feed), Arc::clone(&work), results.clone());
        thread::spawn(move || run(&feed, &*work, &results));
    }
    InOrder { done, permit, early: BTreeMap::new(), next: 0 }
}

/// Takes items and works on them until there are none left or nobody wants the results.
fn run<T, U>(
    feed: &Mutex<Feed<impl Iterator<Item = T>>>,
    work: &impl Fn(T) -> U,
    results: &Sender<(usize, thread::Result<U>)>,
) {
    loop {
        let mut at = usize::MAX;
        let result = catch_unwind(AssertUnwindSafe(|| {
            let item = {
                let mut feed = feed.lock().unwrap_or_else(PoisonError::into_inner);
                feed.permits.recv().ok()?;
                at = feed.next;
                feed.next += 1;
                feed.items.next()?
            };
            Some(work(item))
        }));
        let Some(result) = result.transpose() else { return };
        let ended = result.is_err();
        if results.send((at, result)).is_err() || ended {
            return;
        }
    }
}

/// Puts results in order.
struct InOrder<U> {
    done: Receiver<(usize, thread::Result<U>)>,
    permit: SyncSender<()>,
    early: BTreeMap<usize, thread::Result<U>>,
    next: usize,
}

impl<U> Iterator for InOrder<U> {
    type Item = U;

    fn next(&mut self) -> Option<U> {
        let result = loop {
            if let Some(result) = self.early.remove(&self.next) {
                break result;
            }
            let (at, result) = self.done.recv().ok()?;
            self.early.insert(at, result);
        };
        self.next += 1;
        // The threads are gone when all is done; then nobody needs the permit.
        let _ = self.permit.try_send(());
        Some(result.unwrap_or_else(|panic| resume_unwind(panic)))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_come_in_order() {
        for threads in [0, 1, 2, 7] {
            let slow_first = |item: usize| {
                thread::sleep(Duration::from_micros(if item.is_multiple_of(5) { 300 } else { 1 }));
                item * 2
            };
            let results: Vec<_> = in_order(0..500, threads, slow_first).collect();
            assert_eq!(results, (0..500).map(|item| item * 2).collect::<Vec<_>>(), "{threads} threads");
        }
    }

    #[test]
    fn few_items_are_out_however_slow_the_taker() {
        let taken = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&taken);
        let items = (0..).inspect(move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
        });
        let mut results = in_order(items, 3, |item: usize| item);
        assert_eq!(results.next(), Some(0));
        thread::sleep(Duration::from_millis(50));
        assert!(taken.load(Ordering::SeqCst) <= 7);
    }

    #[test]
    fn threads_end_when_nobody_takes_the_results() {
        let work = Arc::new(());
        let held = Arc::clone(&work);
        let mut results = in_order(0.., 2, move |item: usize| {
            let _ = &held;
            item
        });
        assert_eq!(results.next(), Some(0));
        drop(results);
        for _ in 0..200 {
            if Arc::strong_count(&work) == 1 {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the threads did not end");
    }

    #[test]
    fn a_panic_reaches_the_taker() {
        for place in [0, 3] {
            let work = move |item: usize| if item == place { panic!("at {item}") } else { item };
            let taken = catch_unwind(|| in_order(0..10, 2, work).count());
            assert!(taken.is_err());
        }
    }
}
