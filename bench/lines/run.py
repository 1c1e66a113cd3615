"""How well article lines are told from the rest: the cross-validated table.

    python bench/lines/run.py [--dev] [--dropped N]

trains on four fifths of the benchmark pages (and the pages made from them), has the engine label the lines of the
last fifth, five times over, and writes docs/accuracy/lines.md. Everything after the scores is the engine's own code.
What clean news text loses is measured with a model of all pages, on the PolNeAR train texts that it was not trained
on, and with --dev on PolNeAR dev too. --dropped N prints what N AllSides articles held back from training lose, to
be read (nothing of it is kept).
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training/lines"))

import data  # noqa: E402
import measure  # noqa: E402
import pages  # noqa: E402
import train  # noqa: E402

FOLDS = 5
TABLE = ROOT / "docs/accuracy/lines.md"
LOST = {"boilerplate", "byline", "dateline"}


def labelled(name: str, made: list[data.Made], scores: np.ndarray) -> list[list[tuple[str, str]]]:
    """The blocks of each page, as kind and text, as the engine labels them by these scores."""
    listing = data.write_pages(name, made)
    score_file, block_file = data.WORK / f"{name}.scores", data.WORK / f"{name}.labels"
    np.asarray(scores, dtype="<f4").tofile(score_file)
    data.example("label", str(listing), str(score_file), str(block_file))
    texts = [Path(path).read_bytes() for path in listing.read_text(encoding="utf-8").splitlines()]
    blocks = [[] for _ in made]
    for page, kind, start, end in data.read_blocks(block_file):
        blocks[page].append((kind, texts[page][start:end].decode("utf-8").strip()))
    return blocks


def lost(name: str, made: list[data.Made], booster) -> tuple[float, list[str]]:
    """The share of characters of clean pages in blocks that are not read as article, and those blocks."""
    found = data.rows(name, made)
    blocks = labelled(name, made, booster.predict(found.x))
    gone = [f"{kind}: {text}" for page in blocks for kind, text in page if kind in LOST]
    size = sum(len(text) for page in blocks for kind, text in page if kind in LOST)
    return size / sum(len(text) for page in blocks for _, text in page), gone


def dates_read() -> tuple[int, int, int, int]:
    """Of the pages that show their date with its year: how many there are, and how many dates were read right; of
    the dates read on any page: how many there are, and how many are neither the date nor the last change."""
    found = data.read_dates(data.WORK / "bench.labels")
    listing = ROOT / "bench/articles/dates.jsonl"
    gold = [json.loads(line) for line in listing.read_text(encoding="utf-8").splitlines()]
    gold = {entry["page"]: entry for entry in gold}
    stated = right = wrong = 0
    for number, page in enumerate(pages.truth()):
        entry, day = gold[page], found.get(number, "")[:10]
        answers = {entry["published"], *entry.get("also", [])}
        stated += "visible" in entry["where"]
        right += "visible" in entry["where"] and day in answers
        if day and day not in answers:
            wrong += 1
            print(f"date: page {number} has {entry['published']}, read {day}")
    return stated, right, len(found), wrong


def row(name: str, counts, whole) -> str:
    precision, recall, f1 = measure.summary(counts)
    return f"| {name} | {precision:.3f} | {recall:.3f} | **{f1:.3f}** | {whole[0]} of {whole[1]} ({whole[0] / whole[1]:.1%}) |"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--dev", action="store_true", help="measure PolNeAR dev too")
    options.add_argument("--dropped", type=int, default=0, metavar="N", help="print what N held-back articles lose")
    options = options.parse_args()

    truth = list(pages.truth().values())
    bench = data.benchmark()
    made = data.made_pages(bench)
    rows = data.rows("train", made)
    source = np.array([page.source for page in made])
    order = np.random.RandomState(1).permutation(len(bench))
    fold = np.empty(len(bench), dtype=int)
    fold[order] = np.arange(len(bench)) % FOLDS

    scores = np.zeros(len(rows.page))
    for number in range(FOLDS):
        left_out = fold == number
        use = np.array([page < 0 or not left_out[page] for page in source])
        booster = train.fit(rows, made, use)
        here = (rows.page < len(bench)) & left_out[np.minimum(rows.page, len(bench) - 1)]
        scores[here] = booster.predict(rows.x[here])
    blocks = labelled("bench", bench, scores[rows.page < len(bench)])

    def measured(kept_of) -> tuple[list, tuple[int, int]]:
        counts, whole = [], np.zeros(2, dtype=int)
        for number, true in enumerate(truth):
            kept = kept_of(number)
            counts.append(measure.page_counts(true, "\n".join(kept)))
            whole += measure.quotations_whole(true, kept)
        return counts, tuple(whole)

    read = [[text for kind, text in page if kind not in ("boilerplate", "headline")] for page in blocks]
    ours, whole = measured(lambda page: read[page])
    _, whole_read = measured(lambda page: [text for kind, text in blocks[page] if kind != "boilerplate"])
    strict, strict_whole = measured(
        lambda page: [text for kind, text in blocks[page] if kind not in LOST | {"headline", "caption"}]
    )
    everything, every_whole = measured(lambda page: bench[page].lines)
    oracle, oracle_whole = measured(
        lambda page: [line for line, label in zip(bench[page].lines, bench[page].labels) if label]
    )

    stated, right, dates, wrong = dates_read()

    everywhere = train.fit(rows, made, np.ones(len(made), dtype=bool))
    clean = [data.Made("clean", -1, lines, [1] * len(lines), "\n\n") for lines in map(data.article_lines, data.polnear("train"))]
    clean_lost, _ = lost("clean", clean[data.CLEAN_ARTICLES :], everywhere)
    print(f"PolNeAR train texts not trained on: {clean_lost:.3%} of the characters lost")
    dev_lost = None
    if options.dev:
        dev = [data.Made("clean", -1, lines, [1] * len(lines), "\n\n") for lines in map(data.article_lines, data.polnear("dev"))]
        dev_lost, gone = lost("dev", dev, everywhere)
        print(f"PolNeAR dev: {dev_lost:.3%} of the characters lost", *gone, sep="\n  ")
    if options.dropped:
        held = [a for a in data.allsides()[: data.HELD_BACK] if a["text"]][: options.dropped]
        held = [data.Made("pasted", -1, lines, [1] * len(lines), "\n\n") for lines in (data.article_lines(a["text"]) for a in held) if lines]
        share, gone = lost("held", held, everywhere)
        print(f"AllSides articles held back: {share:.3%} of the characters lost", *(line[:160] for line in gone), sep="\n  ")

    kinds = Counter(kind for page in blocks for kind, _ in page)
    table = [
        "# Article lines in text without markup",
        "",
        f"The {len(bench)} benchmark pages as scraped text (all visible text of the body, a line a block), each labelled by a",
        "model that has seen neither it nor a page made from it (5 folds, by page). F1 of word 4-grams, as the",
        "article-extraction benchmark defines it; quotations of four words or more between double marks that stand whole",
        "in a block that is kept. Made by `python bench/lines/run.py --dev`.",
        "",
        "| | precision | recall | F1 | quotations whole |",
        "|---|---|---|---|---|",
        row("every line kept", everything, every_whole),
        row("**saidline**, all but boilerplate and headline", ours, whole),
        row("saidline, bylines, datelines and captions left out too", strict, strict_whole),
        row("an oracle that keeps or drops whole lines", oracle, oracle_whole),
        "",
        f"Quotations whole in blocks not labelled boilerplate (headlines count): {whole_read[0]} of {whole_read[1]}"
        f" ({whole_read[0] / whole_read[1]:.1%}).",
        "",
        f"Publication dates read from the lines alone (gold: bench/articles/dates.jsonl): {right} right on the {stated} pages",
        f"that show one (some without its year, which is never guessed); of {dates} dates read on all pages {wrong} are wrong.",
        "",
        "Clean news text must lose next to nothing, since nobody should need `--plain`. Share of its characters labelled",
        f"boilerplate, byline or dateline: {clean_lost:.3%} of the {len(clean) - data.CLEAN_ARTICLES} PolNeAR train texts that no model saw"
        + (f", {dev_lost:.3%} of PolNeAR dev." if dev_lost is not None else "."),
        "",
        "Lines by label: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()) + ".",
    ]
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    TABLE.write_text("\n".join(table) + "\n", encoding="utf-8")
    print("\n".join(table))
    worst = sorted((measured_page[0], number) for number, measured_page in enumerate(ours))[:20]
    print("worst pages:", *(f"{number}:{share:.2f}" for share, number in worst))


if __name__ == "__main__":
    main()
