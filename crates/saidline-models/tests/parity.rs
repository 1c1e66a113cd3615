//! Rust and the trainer say the same of invented paragraphs (`training/extractor/fixtures.py` writes them).

use saidline_models::{Extractor, Model, Models, PAIR_CLASSES, Paragraph, TAG_CLASSES};
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixture {
    text: String,
    pieces: Vec<(usize, usize)>,
    cues: Vec<(usize, usize)>,
    float: Scores,
    int8: Scores,
}

#[derive(Deserialize)]
struct Scores {
    tags: Vec<[f32; TAG_CLASSES]>,
    pairs: Vec<Vec<[f32; PAIR_CLASSES]>>,
}

fn scored(extractor: &Extractor, paragraphs: &[&str]) -> Vec<Paragraph> {
    let mut all = Vec::new();
    extractor.score(paragraphs, |_, _| true, |paragraph| all.push(paragraph));
    all
}

/// Largest and mean difference.
fn apart<const N: usize>(ours: &[[f32; N]], theirs: &[[f32; N]]) -> (f32, f32) {
    assert_eq!(ours.len(), theirs.len());
    let differences: Vec<f32> =
        ours.iter().flatten().zip(theirs.iter().flatten()).map(|(a, b)| (a - b).abs()).collect();
    let most = differences.iter().copied().fold(0.0, f32::max);
    (most, differences.iter().sum::<f32>() / differences.len() as f32)
}

fn best<const N: usize>(scores: &[f32; N]) -> usize {
    (0..N).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap()
}

fn extractor(model: Model) -> &'static Extractor {
    &Models::embedded(model).expect("the build's own weights load").extractor
}

#[test]
fn scores_of_the_accurate_model_are_the_trainers() {
    check(Model::Accurate, include_str!("../../../models/accurate-2/parity.json"));
}

#[test]
fn scores_of_the_fast_model_are_the_trainers() {
    check(Model::Fast, include_str!("../../../models/fast-1/parity.json"));
}

fn check(model: Model, fixtures: &str) {
    let fixtures: Vec<Fixture> = serde_json::from_str(fixtures).expect("fixtures parse");
    let extractor = extractor(model);
    let (mut same, mut all) = (0, 0);
    for fixture in &fixtures {
        let scored = &scored(extractor, &[&fixture.text])[0];
        let pieces: Vec<(usize, usize)> =
            scored.pieces.iter().map(|piece| (piece.start, piece.end)).collect();
        assert_eq!(pieces, fixture.pieces, "{}", fixture.text);
        let cues: Vec<_> = fixture.cues.iter().map(|&(start, end)| start..end).collect();
        let pairs = extractor.score_pairs(scored, &cues);
        let pairs: Vec<[f32; PAIR_CLASSES]> = (0..cues.len())
            .flat_map(|cue| (0..pieces.len()).map(move |piece| (cue, piece)))
            .map(|(cue, piece)| pairs.get(cue, piece))
            .collect();

        // The same int8 graph in another runtime: sums of floats in another order, now and then an activation that
        // falls on the other side of a rounding step. The fixtures were made on a processor with AVX-512; one that has AVX2
        // alone adds in an order further off.
        let (most, mean) = apart(&scored.tags, &fixture.int8.tags);
        assert!(most < 0.5 && mean < 0.1, "tags of {:?}: {most}, {mean}", fixture.text);
        let (most, mean) = apart(&pairs, &fixture.int8.pairs.concat());
        assert!(most < 0.5 && mean < 0.12, "pairs of {:?}: {most}, {mean}", fixture.text);

        // The float network that was trained: what quantising costs.
        let (_, mean) = apart(&scored.tags, &fixture.float.tags);
        assert!(mean < 0.3, "quantising moved the tags of {:?} by {mean}", fixture.text);
        same += scored.tags.iter().zip(&fixture.float.tags).filter(|(a, b)| best(a) == best(b)).count();
        all += pieces.len();
    }
    assert!(same * 100 >= all * 95, "int8 and float choose the same tag for {same} of {all} pieces");
}

#[test]
fn scores_do_not_depend_on_company_in_other_windows() {
    Model::ALL.into_iter().map(extractor).for_each(company);
}

fn company(extractor: &Extractor) {
    let long = "The minister said that nothing had changed since the spring. ".repeat(16);
    let alone = scored(extractor, &[&long])[0].tags.clone();
    // None of the three has room beside another: what stands before and after the long one is in other windows.
    let short = "“No,” she said. ".repeat(20);
    let among = scored(extractor, &[&short, &long, &short]);
    assert_eq!(alone, among[1].tags);
    assert_eq!(among[0].tags, among[2].tags);
}
