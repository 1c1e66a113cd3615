#!/usr/bin/env python3
"""Learn what tells that two reports are of the same words: the numbers of crates/saidline/src/statements/weights.rs.

    python3 training/statements/train.py [--found FILE] [--write]

Learns from the annotated events of `bench/grouping` that may be looked at (role `tune`): a logistic regression over pairs of
reports, of those that annotators marked and of those that our own extraction finds. A report of ours that nobody marked is of no
other's statement, so every pair with it is a pair of two. Beside them it learns from statements that earlier versions had put
together in a record of 12,000 articles and that were read (`bench/grouping/read.jsonl`): those of two reports. The pages of an event
tell of one event, two pages of the record seldom do: from these it learns what the likeness of two pages tells.

Prints how well events are grouped that were left out while learning, in the measures of `bench/grouping/measure.py`, grouped as
`crates/saidline/src/statements/groups.rs` does; then `--write` puts the table that is learned from all into the engine. `--found`
names a file that keeps what our extraction found between runs.
"""

import argparse
import gzip
import json
import pathlib
import re
import sys

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench" / "grouping"), str(ROOT / "bench" / "domains")]
import corpora  # noqa: E402
import events  # noqa: E402
import measure  # noqa: E402

TABLE = ROOT / "crates" / "saidline" / "src" / "statements" / "weights.rs"
PENALTY = 20.0
FOLDS = 14
#: What a pair that was read counts, as a multiple of a pair of the events.
READ_COUNTS = 3.0
#: The verdict of readers that is of no use here: something in it is no report.
NO_REPORT = "x"
#: Of the numbers of `features.rs` the places of two, and what `likeness.rs` asks of the second.
SOME_RUN, CONTAINED, FOR_THE_MOST = 8, 9, 0.6
COLUMNS = ("on marked spans", "with our extraction")


class Event:
    """An event's reports as one column has them, and its pairs."""

    def __init__(self, row, statements, record, as_marked):
        self.row, self.statements, self.as_marked = row, statements, as_marked
        marked = measure.marked_reports(row, statements)
        self.places = sorted({tuple(place) for pair in record["pairs"] for place in pair[:2]})
        at = {place: n for n, place in enumerate(self.places)}
        statement = [marked[m[0]][m[1]][1] if (m := as_marked.get(place)) else None for place in self.places]
        told = [(at[tuple(one)], at[tuple(other)], *rest) for one, other, *rest in record["pairs"]]
        same = lambda one, other: statement[one] is not None and statement[one] == statement[other]
        self.lost = sum(numbers is None and same(one, other) for one, other, numbers, *_ in told)
        told = [pair for pair in told if pair[2] is not None]
        self.pairs = [pair[:2] for pair in told]
        self.numbers = np.array([pair[2] for pair in told])
        self.find = np.array([pair[3] for pair in told])
        self.quoted = np.array([pair[4] for pair in told])
        self.right = np.array([float(same(*pair)) for pair in self.pairs])
        one_page = np.array([self.places[one][0] == self.places[other][0] for one, other in self.pairs])
        apart, runs, page = asked()
        has_run = (self.numbers[:, SOME_RUN] == 1) & (self.numbers[:, CONTAINED] >= FOR_THE_MOST)
        #: How much more a pair must show that is not of two quotations.
        self.asked = np.where(self.quoted, 0.0, np.where(one_page, page, np.where(has_run, runs, apart)))


def read(found_file):
    """{(column, event): Event} of the events that may be looked at."""
    told = measure.gold("tune")
    rows = [row for row, _ in told.values()]
    texts = events.texts(corpora.data_folder(), rows)
    marked = {row["event"]: measure.marked_reports(row, told[row["event"]][1]) for row in rows}
    spans = {event: [[report[0] for report in some] for some in articles] for event, articles in marked.items()}
    if found_file and found_file.exists():
        found = json.loads(found_file.read_text())
    else:
        found = measure.extracted(rows, texts, "accurate")
        if found_file:
            found_file.write_text(json.dumps(found))
    given = {}
    for column, these in zip(COLUMNS, (spans, found)):
        records = measure.run_group([measure.line(row, texts, these[row["event"]]) for row in rows], "--pairs")
        for row in rows:
            event = row["event"]
            as_marked = {(a, ours): (a, theirs) for a, article in enumerate(row["articles"]) for ours, theirs in (
                measure.matched(marked[event][a], found[event][a], texts[event, article["letter"]]).items() if these is found
                else ((n, n) for n in range(len(spans[event][a]))))}
            given[column, event] = Event(row, told[event][1], records[event], as_marked)
    return given


def read_pairs(found_file):
    """The statements of two reports that people read: (numbers, whether one). Our extraction reads their articles again."""
    with open(ROOT / "bench" / "grouping" / "read.jsonl", encoding="utf-8") as file:
        told = [row for row in map(json.loads, file) if len(row["reports"]) == 2 and row["verdict"] != NO_REPORT]
    folder = corpora.data_folder()
    wanted = {report["sha256"] for row in told for report in row["reports"]}
    with gzip.open(folder / "allsides.jsonl.gz", "rt", encoding="utf-8") as lines:
        every = {corpora.checksum(row["text"]): row for row in map(json.loads, lines)}
    articles = {checksum: every[checksum] for checksum in wanted}
    kept = found_file.with_suffix(".read.json") if found_file else None
    if kept and kept.exists():
        found = json.loads(kept.read_text())
    else:
        found = measure.extracted_of({checksum: row["text"] for checksum, row in articles.items()}, "accurate")
        if kept:
            kept.write_text(json.dumps(found))
    dates = measure.events.attributions.dated(folder)
    lines = []
    for n, row in enumerate(told):
        sums = sorted({report["sha256"] for report in row["reports"]})
        lines.append(json.dumps({"event": str(n), "articles": [
            {"text": articles[s]["text"], "published": dates.get(("allsides", articles[s]["id"])), "attributions": found[s]} for s in sums]}))
    records = measure.run_group(lines, "--pairs")
    numbers, right = [], []
    for n, row in enumerate(told):
        sums = sorted({report["sha256"] for report in row["reports"]})
        at = {}
        for report in row["reports"]:
            place = sums.index(report["sha256"])
            at.update({(place, m): True for m, a in enumerate(found[report["sha256"]]) if a["content"] == report["content"]})
        for one, other, those, can, _ in records[str(n)]["pairs"]:
            # What a rule refuses by now teaches nothing.
            if those is not None and can and tuple(one) in at and tuple(other) in at:
                numbers.append(those)
                right.append(float(row["verdict"] == "right"))
                break
    return np.array(numbers), np.array(right)


def learn(numbers, right, read):
    """Weights and bias of highest likelihood with a penalty on the weights: Newton's method."""
    counts = np.hstack([np.ones(len(right)), np.full(len(read[1]), READ_COUNTS)])
    numbers, right = np.vstack([numbers, read[0]]), np.hstack([right, read[1]])
    x = np.hstack([numbers, np.ones((len(numbers), 1))])
    penalty = np.full(x.shape[1], PENALTY)
    penalty[-1] = 1e-6
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (counts * (p - right)) + penalty * w
        curve = (x * (counts * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return w[:-1], w[-1]


def grouped(event, chances, joins, joined, most_counts, quotations):
    """Groups of places, as `groups.rs` makes them."""
    n = len(event.places)
    like, find, quoted, barred = np.zeros((n, n)), np.zeros((n, n), bool), np.full((n, n), -1.0), np.ones((n, n), bool)
    for (one, other), chance, finds, both in zip(event.pairs, chances, event.find, event.quoted):
        for a, b in ((one, other), (other, one)):
            like[a, b], barred[a, b], find[a, b], quoted[a, b] = chance, False, finds and chance >= joins, chance if both else -1.0
    most, total, size, members = like.copy(), like.copy(), np.ones(n), [[place] for place in range(n)]
    alive = np.ones(n, bool)
    # Two groups that both have quotations have a pair of them, unless these cannot be one: then the groups are barred anyway.
    while n:
        alike = most_counts * most + (1 - most_counts) * total / (size[:, None] * size[None, :])
        alike[barred | ~find | ~alive[:, None] | ~alive[None, :] | (quoted >= 0) & (quoted < quotations)] = -1
        one, other = divmod(int(alike.argmax()), n)
        if alike[one, other] < joined:
            break
        for table, merge in ((most, np.maximum), (quoted, np.maximum), (total, np.add), (find, np.logical_or), (barred, np.logical_or)):
            table[one] = merge(table[one], table[other])
            table[:, one] = table[one]
        barred[one, one] = True
        size[one] += size[other]
        members[one] += members[other]
        alive[other] = False
    return [[list(event.places[place]) for place in group] for group, lives in zip(members, alive) if lives]


def asked():
    """How much more is asked of pairs that are not two quotations, of two pages, of two that share words in a row, and of one: from
    `weights.rs`."""
    table = TABLE.read_text(encoding="utf-8")
    return [float(re.search(rf"{name}: f32 = (.*?);", table)[1]) for name in ("ASKED_OF_PAGES", "ASKED_OF_RUNS", "ASKED_OF_PAGE")]


def constants():
    """What `weights.rs` says of how groups come together."""
    table = TABLE.read_text(encoding="utf-8")
    return [float(re.search(rf"{name}: f32 = (.*?);", table)[1]) for name in ("JOINS", "JOINED", "MOST_COUNTS", "QUOTATIONS")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--found", type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    given, read_too = read(args.found), read_pairs(args.found)
    print(f"{len(read_too[1])} statements that were read, {int(read_too[1].sum())} of them right")
    names = sorted({event for _, event in given})
    some = lambda wanted: [event for (_, name), event in given.items() if wanted(name)]
    together = lambda some: (np.vstack([event.numbers for event in some]), np.hstack([event.right for event in some]))
    left_out = {}
    for fold in range(FOLDS):
        out = set(names[fold::FOLDS])
        w, bias = learn(*together(some(lambda name: name not in out)), read_too)
        for (column, name), event in given.items():
            if name in out:
                left_out[column, name] = 1 / (1 + np.exp(-np.clip(event.numbers @ w + bias - event.asked, -30, 30)))
    joins, joined, most_counts, quotations = constants()
    for title, find_all in (("", False), (", were all pairs compared", True)):
        for column in COLUMNS:
            totals = measure.empty()
            for name in names:
                event = given[column, name]
                kept = event.find
                if find_all:
                    event.find = np.ones_like(kept)
                groups = grouped(event, left_out[column, name], joins, joined, most_counts, quotations)
                event.find = kept
                measure.add(totals, measure.score_groups(event.row, event.statements, groups, event.as_marked))
            print(f"events left out, {column}{title}:")
            for label, value in measure.rows_of(totals):
                print(f"  {label}: {value}")
    for column in COLUMNS:
        these = [event for (name, _), event in given.items() if name == column]
        print(f"{column}: {sum(len(event.right) for event in these)} pairs, {sum(int(event.right.sum()) for event in these)} of one statement, "
              f"{sum(event.lost for event in these)} more that cannot be by voice, polarity or day")
    w, bias = learn(*together(some(lambda _: True)), read_too)
    if args.write:
        table = TABLE.read_text(encoding="utf-8")
        rows = ["    " + ", ".join(f"{x:.2f}" for x in w[at:at + 14]) + "," for at in range(0, len(w), 14)]
        table = re.sub(r"WEIGHTS: \[f32; FEATURES\] = \[.*?\];", "WEIGHTS: [f32; FEATURES] = [\n" + "\n".join(rows) + "\n];", table, flags=re.S)
        table = re.sub(r"BIAS: f32 = .*?;", f"BIAS: f32 = {bias:.2f};", table)
        TABLE.write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
