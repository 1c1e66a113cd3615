//! How long it takes to hold a million vectors against one: `cargo run --release -p saidline-store --example nearness`.

use std::time::{Duration, Instant};

use saidline::MEANING_WIDTH;
use saidline_store::Asked;

const VECTORS: usize = 1_000_000;
const PART: usize = 10_000;

fn main() {
    let mut state = 1_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u8
    };
    let kept: Vec<u8> = (0..VECTORS * MEANING_WIDTH).map(|_| random()).collect();
    let asked = Asked::new(&std::array::from_fn(|_| random().cast_signed()));
    // On a machine that others use, too, the best of seven counts, of each part by itself.
    let mut whole = Duration::ZERO;
    for part in kept.chunks(PART * MEANING_WIDTH) {
        let time = || {
            let began = Instant::now();
            let best = part.chunks_exact(MEANING_WIDTH).map(|vector| asked.nearness(vector)).max();
            assert!(best.is_some_and(|best| best > 0));
            began.elapsed()
        };
        whole += (0..7).map(|_| time()).min().unwrap_or_default();
    }
    println!("{VECTORS} vectors on one thread: {} ms", whole.as_millis());
}
