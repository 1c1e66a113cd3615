//! Decodes articles again and again with other weights, for the trainer: the network runs once, the decoder for
//! every line of standard input.
//!
//! `decode MODELS MODEL TEXT_FOLDER < jobs.jsonl` (MODEL is `accurate-2` or `fast-1`): the first line is a JSON list of file stems; every further one is
//! `{"out": PATH, "weights": {…}}`. Predictions go to PATH as `shared/eval/score.py` reads them (with `confidence` and
//! `evidence` beside); a line `done` is printed after each.

use std::io::{BufRead, Write};

use saidline::stages::{DecoderWeights, Network, lines};
use saidline::{Model, Models, Span};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let [models, model, texts] =
        std::env::args().skip(1).collect::<Vec<_>>().try_into().map_err(|_| "three arguments")?;
    let model = Model::ALL.into_iter().find(|one| one.name() == model).ok_or("no such model")?;
    let models = Models::from_files(model, |name| {
        std::fs::read(std::path::Path::new(&models).join(name)).map_err(|error| error.to_string())
    })?;
    let mut jobs = std::io::stdin().lock().lines();
    let stems: Vec<String> = serde_json::from_str(&jobs.next().ok_or("no list of stems")??)?;
    let mut articles = Vec::new();
    for stem in stems {
        let text = std::fs::read_to_string(format!("{texts}/{stem}.txt"))?;
        let network = Network::read(&models.extractor, &text, &lines(&text));
        articles.push((stem, text, network));
    }
    println!("ready");
    for line in jobs {
        let job: serde_json::Value = serde_json::from_str(&line?)?;
        let weights: DecoderWeights = serde_json::from_value(job["weights"].clone())?;
        let mut out = std::io::BufWriter::new(std::fs::File::create(job["out"].as_str().ok_or("no `out`")?)?);
        for (stem, text, network) in &articles {
            let points = CodePoints::of(text);
            let list = |spans: &[Span]| spans.iter().map(|span| points.span(*span)).collect::<Vec<_>>();
            let attributions: Vec<_> = network
                .decode(&models.extractor, text, &weights)
                .iter()
                .map(|found| {
                    serde_json::json!({
                        "source": list(&found.source), "cue": list(&found.cue), "content": list(&found.content),
                        "confidence": found.confidence, "evidence": found.evidence,
                    })
                })
                .collect();
            writeln!(out, "{}", serde_json::json!({"doc": stem, "attributions": attributions}))?;
        }
        out.flush()?;
        println!("done");
    }
    Ok(())
}

/// Code points before each byte of a text.
struct CodePoints(Vec<u32>);

impl CodePoints {
    fn of(text: &str) -> Self {
        let mut count = 0;
        let mut before = Vec::with_capacity(text.len() + 1);
        for byte in text.bytes() {
            before.push(count);
            // A byte that does not continue a character begins one.
            count += u32::from(byte & 0xC0 != 0x80);
        }
        before.push(count);
        // Inside a character the count is one too high; spans never end there.
        Self(before)
    }

    fn span(&self, span: Span) -> [u32; 2] {
        [self.0[span.start as usize], self.0[span.end as usize]]
    }
}
