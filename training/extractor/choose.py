#!/usr/bin/env python3
"""Choose what the decoder weighs, on the held-out tenth of PolNeAR train.

    python training/extractor/choose.py models/accurate-2

Starts the Rust decoder once (`cargo run --release --example decode`), so that there is one decoder; climbs
one number at a time on the F1 of full attributions, of contents' characters and on interrupted contents that
come out whole; then fits the confidence, a logistic regression over the decoder's evidence, and the threshold; and
climbs and fits once more with doubtful ones dropped.  Writes decoder.json and SHA256SUMS into the model's
folder.
"""

import argparse
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

import corpus

sys.path.insert(0, str(corpus.ROOT / "bench" / "extraction"))
import run  # noqa: E402  what is measured there
sys.path.insert(0, str(corpus.DATA.parent / "eval"))
import score  # noqa: E402  the referee, beside the data

GRID = {
    "cue_bonus": (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0),
    "tags": (0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0),
    "fragment": (0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0),
    "content_bonus": (-0.2, 0.0, 0.2, 0.4, 0.6, 0.8, 1.0),
    "source_least": (-6.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0),
}
THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(12))
#: What is worth how much: the F1 of full attributions; that of contents' characters, since what is dropped as doubtful
#: is lost, and what is kept says how doubtful it is; and the share of interrupted contents that come out whole.
FULL, CHARACTERS, WHOLE = 1.0, 0.3, 0.15


class Decoder:
    """The Rust decoder over a set of documents, asked again and again."""

    def __init__(self, model, folder, stems):
        self.texts, self.gold, _ = score.read_gold(folder / "text", folder / "attributions")
        self.stems = sorted(stems)
        self.process = subprocess.Popen(
            ["cargo", "run", "--release", "-q", "-p", "saidline", "--example", "decode", "--", model.parent, model.name,
             folder / "text"],
            cwd=corpus.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.scratch = tempfile.NamedTemporaryFile(suffix=".jsonl")
        self.tell(json.dumps(self.stems), "ready")

    def tell(self, line, answer):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        got = self.process.stdout.readline().strip()
        if got != answer:
            raise SystemExit(f"the decoder answered {got!r}")

    def predictions(self, weights):
        self.tell(json.dumps({"out": self.scratch.name, "weights": weights}), "done")
        with open(self.scratch.name, encoding="utf-8") as file:
            return {record["doc"]: record["attributions"] for record in map(json.loads, file)}

    def worth(self, weights):
        """What is climbed on."""
        predictions = self.predictions(weights)
        f1 = lambda measure: summary[measure]["all"]["f1"]
        summary = self.summary(predictions)
        return FULL * f1("full") + CHARACTERS * f1("chars") + WHOLE * self.whole(predictions)

    def whole(self, predictions):
        """Share of the interrupted contents that come out whole."""
        pieces = [run.interrupted(self.texts[s], self.gold[s], predictions[s]) for s in self.stems]
        return sum(w for w, _ in pieces) / max(1, sum(n for _, n in pieces))

    def summary(self, predictions):
        counts = (score.count_document(self.texts[s], self.gold[s], predictions[s]) for s in self.stems)
        return score.summarise(sum(counts, score.collections.Counter()))

    def right(self, predictions):
        """Of every predicted attribution: its evidence, and whether it is a full hit."""
        rows, hits = [], []
        for stem in self.stems:
            rows += [attribution["evidence"] for attribution in predictions[stem]]
            hits += [hit for _, hit in run.judged(self.texts[stem], self.gold[stem], predictions[stem])]
        return np.array(rows), np.array(hits, float)


def logistic(x, y, ridge=1.0, rounds=50):
    """Newton's method; columns are standardised inside, the answer is for the raw columns."""
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    w = np.zeros(z.shape[1])
    penalty = np.diag([ridge] * x.shape[1] + [0.0])
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-z @ w))
        gradient = z.T @ (p - y) + penalty @ w
        hessian = (z * (p * (1 - p))[:, None]).T @ z + penalty
        w -= np.linalg.solve(hessian, gradient)
    raw = w[:-1] / spread
    return raw, w[-1] - (raw * mean).sum()


def show(name, decoder, weights):
    s = decoder.summary(decoder.predictions(weights))
    line = "  ".join(f"{t} {100 * s['full'][t]['f1']:.1f}" for t in ("all", "direct", "mixed", "indirect"))
    print(f"{name:28} full {line}  P {100 * s['full']['all']['p']:.1f} R {100 * s['full']['all']['r']:.1f}  "
          f"strict {100 * s['strict']['all']['f1']:.1f}  exact {100 * s['exact']['all']['f1']:.1f}  "
          f"cue {100 * s['cue']['all']['f1']:.1f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", type=pathlib.Path, help="the model's folder, as models/accurate-2")
    parser.add_argument("--rounds", type=int, default=2)
    args = parser.parse_args()
    path = args.model.resolve() / "decoder.json"
    weights = json.loads(path.read_text()) if path.exists() else {}
    weights = {"cue_bonus": 1.0, "tags": 0.25, "fragment": 2.0, "content_bonus": 0.0, "source_least": 0.0, **weights}
    # Choosing happens with everything proposed; the threshold comes last.
    weights |= {"confidence": [0.0] * 12, "confidence_constant": 0.0, "least_confidence": 0.0}
    save(path, weights)
    decoder = Decoder(args.model.resolve(), corpus.DATA / "polnear" / "train", corpus.held_out())
    show("start", decoder, weights)
    weights = climb(decoder, weights, args.rounds)
    show("climbed", decoder, weights)
    weights = with_confidence(decoder, weights)
    show("with confidence", decoder, weights)
    weights = climb(decoder, weights, args.rounds)
    show("climbed again", decoder, weights)
    weights = with_confidence(decoder, weights, more=0.0)
    show("fitted again", decoder, weights)
    save(path, weights)


def climb(decoder, weights, rounds):
    """The best that changing one number at a time leads to."""
    best = decoder.worth(weights)
    for _ in range(rounds):
        before = best
        for name, values in GRID.items():
            top, value = max((decoder.worth({**weights, name: value}), value) for value in values)
            if top > best:
                best, weights = top, {**weights, name: value}
        print(weights, flush=True)
        if best - before < 0.0005:
            break
    return weights


def with_confidence(decoder, weights, more=1.0):
    """Fits the confidence and the threshold.  It sees more than is kept: cues are proposed more generously by `more`,
    and what is doubtful is dropped by its confidence."""
    weights = {**weights, "cue_bonus": weights["cue_bonus"] + more, "least_confidence": 0.0}
    w, constant = logistic(*decoder.right(decoder.predictions(weights)))
    weights |= {"confidence": [round(float(v), 4) for v in w], "confidence_constant": round(float(constant), 4)}
    return {**weights, "least_confidence": max((decoder.worth({**weights, "least_confidence": t}), t) for t in THRESHOLDS)[1]}


def save(path, weights):
    path.write_text(json.dumps(weights, indent=1) + "\n")
    files = sorted(p for p in path.parent.iterdir() if p.suffix in (".onnx", ".json") and p.stem != "parity")
    sums = "".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}\n" for p in files)
    (path.parent / "SHA256SUMS").write_text(sums)


if __name__ == "__main__":
    main()
