#!/usr/bin/env python3
"""Score extraction on PolNeAR dev, and log it.

    python bench/extraction/run.py [--held-out] [--log "what changed"] [--models DIR]

Runs the release build twice (with `--plain`, and reading the articles as scraped text), scores both with
the referee beside the data (`eval/score.py`), prints the table by kind of quotation, and with `--log`
appends a milestone to docs/accuracy/extraction.md.  `--held-out` scores the tenth of train that is kept
for choosing instead; that is what one looks at while working.
"""

import argparse
import collections
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training" / "extractor"))
import corpus  # noqa: E402

sys.path.insert(0, str(corpus.DATA.parent / "eval"))
import score  # noqa: E402

LOG = ROOT / "docs" / "accuracy" / "extraction.md"
COLUMNS = ("full", "95 %", "direct", "mixed", "indirect", "P", "R", "strict", "content IoU", "content exact",
           "content characters", "cue", "source (any)", "interrupted", "ECE", "Brier", "≥ 0.9")


def predictions(folder, stems, options, outermost):
    """What the command says of each article, as the referee wants it; `outermost` leaves out reports inside reports."""
    with tempfile.TemporaryDirectory() as scratch:
        for stem in stems:
            (pathlib.Path(scratch) / f"{stem}.txt").symlink_to(folder / "text" / f"{stem}.txt")
        files = sorted(str(p) for p in pathlib.Path(scratch).iterdir())
        ran = subprocess.run([ROOT / "target" / "release" / "saidline", "extract", "--format", "jsonl",
                              "--input", "text", *options, *files], capture_output=True, text=True, check=True)
    found = {stem: [] for stem in stems}
    for line in map(json.loads, ran.stdout.splitlines()):
        if line["type"] == "attribution" and not (outermost and line["parent"] is not None):
            one = {role: [[s["start"], s["end"]] for s in line[role]] for role in ("source", "cue", "content")}
            one["confidence"] = line["confidence"]
            found[pathlib.Path(line["path"]).stem].append(one)
    return found


def judged(text, gold, made):
    """(confidence, whether it is a full hit) of every attribution found."""
    quoted = score.quoted_chars(text)
    right = [score.make_attribution(a, text, quoted) for a in gold]
    ours = [score.make_attribution(a, text, quoted) for a in made]
    hits = {p for g, p in score.match(right, ours, "content", score.MIN_IOU) if score.same_source(right[g], ours[p])}
    return [(a["confidence"], p in hits) for p, a in enumerate(made)]


def calibration(pairs):
    """Expected calibration error (ten bins of equal width), the Brier score as a change against the base rate's, and
    the share of attributions at 0.9 or more."""
    if not pairs:
        return "–", "–", "–"
    bins = collections.defaultdict(list)
    for confidence, hit in pairs:
        bins[min(9, int(10 * confidence))].append((confidence, hit))
    mean = lambda values: sum(values) / len(values)
    error = sum(abs(sum(c - h for c, h in one)) for one in bins.values()) / len(pairs)
    rate = mean([h for _, h in pairs])
    brier = mean([(c - h) ** 2 for c, h in pairs])
    return (f"{error:.3f}", f"{100 * (brier / max(1e-9, rate * (1 - rate)) - 1):+.0f} %",
            f"{100 * mean([c >= 0.9 for c, _ in pairs]):.0f} %")


def interrupted(text, gold, made):
    """(found whole, all) of the gold contents in several pieces: one attribution has all pieces, each at IoU ≥ 0.5."""
    quoted = score.quoted_chars(text)
    prepare = lambda raw: [score.make_attribution(a, text, quoted) for a in raw]
    gold, made = prepare(gold), prepare(made)
    pairs = dict(score.match(gold, made, "content", score.MIN_IOU))
    whole = total = 0
    for g, attribution in enumerate(gold):
        if len(attribution.content) < 2:
            continue
        total += 1
        if g in pairs:
            pieces = made[pairs[g]].content
            whole += all(any(score.alike([piece], [other]) for other in pieces) for piece in attribution.content)
    return whole, total


def evaluate(folder, stems, options, outermost=False):
    texts, gold, _ = score.read_gold(folder / "text", folder / "attributions")
    found = predictions(folder, stems, options, outermost)
    counts = [score.count_document(texts[s], gold[s], found[s]) for s in stems]
    summary = score.summarise(sum(counts, collections.Counter()))
    pieces = [interrupted(texts[s], gold[s], found[s]) for s in stems]
    low, high = score.bootstrap(counts, 1000)["full"]
    f1 = lambda measure, kind="all": f"{100 * summary[measure][kind]['f1']:.1f}"
    full = summary["full"]["all"]
    return (f1("full"), f"{100 * low:.1f}–{100 * high:.1f}", f1("full", "direct"), f1("full", "mixed"),
            f1("full", "indirect"), f"{100 * full['p']:.1f}", f"{100 * full['r']:.1f}", f1("strict"), f1("overlap"),
            f1("exact"), f1("chars"), f1("cue"), f"{100 * summary['source']['all']['any']:.1f}",
            f"{100 * sum(w for w, _ in pieces) / max(1, sum(n for _, n in pieces)):.0f} %",
            *calibration([pair for s in stems for pair in judged(texts[s], gold[s], found[s])]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--log", metavar="TEXT")
    parser.add_argument("--model", default="accurate")
    parser.add_argument("--models", help="other weights than those in the build")
    args = parser.parse_args()
    subprocess.run(["cargo", "build", "--release", "-q"], cwd=ROOT, check=True)
    folder = corpus.DATA / "polnear" / ("train" if args.held_out else "dev")
    stems = sorted(corpus.held_out() if args.held_out else {p.stem for p in (folder / "text").glob("*.txt")})
    other = ["--model", args.model] + (["--models", args.models] if args.models else [])
    # PolNeAR gives the words of a report inside a report to the outermost speaker alone: each inner one that is
    # found counts as wrong, and the third row shows what that comes to.
    rows = [(name, *evaluate(folder, stems, options + other, outermost)) for name, options, outermost in (
        ("with `--plain`", ["--plain"], False), ("as scraped text", [], False),
        ("with `--plain`, outermost reports alone", ["--plain"], True))]
    print(f"{len(stems)} articles of {folder}")
    print("| | " + " | ".join(COLUMNS) + " |")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    if args.log:
        with open(LOG, "a", encoding="utf-8") as log:
            where = "held-out tenth of train" if args.held_out else "dev"
            for row in rows:
                log.write(f"| {datetime.date.today()} | {args.log} | {where}, {row[0]} | " + " | ".join(row[1:]) + " |\n")


if __name__ == "__main__":
    main()
