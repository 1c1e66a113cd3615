#!/usr/bin/env python3
"""What a record of the 12,000 articles of allsides puts together: measured on pairs told by reading, and drawn to be read.

    record.py make STORE               read the articles into STORE with the release build (half an hour and more)
    record.py pairs STORE              the pairs of `shared.jsonl`: shared quotations and reprints
    record.py sheet STORE FILE         300 statements with several reports (at most 100 of identical words) for readers
    record.py altered STORE FILE       150 wordings that are called altered, for readers
    record.py read FILE                count the verdicts in FILE: lines `N = right`, `N = wrong: why`, `N = voices`, `N = denied`

Sheets hold text and lie outside the repository. The place in the draw is the SHA-256 of seed and id.
"""

import argparse
import collections
import gzip
import hashlib
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "bench" / "domains"), str(ROOT / "bench" / "resolution")]
import attributions  # noqa: E402
import corpora  # noqa: E402

SEED = "saidline record 6"
STATEMENTS, IDENTICAL, ALTERED = 300, 100, 150
#: Reports of a statement that are shown to a reader.
SHOWN = 8


def place(*words):
    return hashlib.sha256("\n".join((SEED,) + words).encode("utf-8")).hexdigest()


def make(store):
    """The articles in a record, as one `add`."""
    folder = corpora.data_folder()
    dates = attributions.dated(folder)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as lines:
        with gzip.open(folder / "allsides.jsonl.gz", "rt", encoding="utf-8") as articles:
            for article in map(json.loads, articles):
                page = {k: article[k] for k in ("text", "outlet", "title", "url")}
                if day := dates.get(("allsides", article["id"])):
                    page["published"] = day
                lines.write(json.dumps(page) + "\n")
        lines.flush()
        subprocess.run([ROOT / "target/release/saidline", "add", "--plain", "--store", store, lines.name], check=True)


def opened(store):
    return sqlite3.connect(f"file:{store}?mode=ro", uri=True)


def reports_at(record, sha256, start, end):
    """The reports whose content lies by half or more in a stretch of the text with this checksum: {attribution: row}."""
    rows = record.execute(
        "SELECT a.nr, s.start, s.\"end\", r.statement, r.status, r.of, r.wording, r.against FROM document AS d "
        "JOIN attribution AS a ON a.document = d.nr JOIN span AS s ON s.attribution = a.nr AND s.part = 'content' "
        "JOIN report AS r ON r.attribution = a.nr WHERE d.sha256 = ? AND s.start < ? AND s.\"end\" > ?", (sha256, end, start))
    found = collections.defaultdict(lambda: [0, 0, None])
    for nr, s, e, *rest in rows:
        found[nr][0] += max(0, min(e, end) - max(s, start))
        found[nr][1] += e - s
        found[nr][2] = rest
    return {nr: rest for nr, (inside, whole, rest) in found.items() if 2 * inside >= min(whole, end - start)}


def pairs(store):
    """How the pairs of `shared.jsonl` come out."""
    record = opened(store)
    with open(HERE / "shared.jsonl", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    counts = collections.defaultdict(collections.Counter)
    kinds = collections.Counter()
    for row in rows:
        one, other = (reports_at(record, side["sha256"], side["start"], side["end"]) for side in (row["one"], row["other"]))
        label = f"{row['sort']} {row['verdict']}"
        counts[label]["all"] += 1
        if not one or not other:
            counts[label]["not found"] += 1
            continue
        together = [(a, b) for a, x in one.items() for b, y in other.items() if x[0] == y[0]]
        counts[label]["together"] += bool(together)
        if row["sort"] == "reprint":
            copied = any(one[a][1] == "reprint" and one[a][2] == b or other[b][1] == "reprint" and other[b][2] == a or
                         "reprint" in (one[a][1], other[b][1]) for a, b in together)
            counts[label]["called a reprint"] += copied
        elif together and row["verdict"] == "one":
            a, b = together[0]
            told = next((x[3] for x, y in ((one[a], b), (other[b], a)) if x[4] == y), None)
            if told:
                kinds[row["kind"], told] += 1
    for label, count in sorted(counts.items()):
        print(f"{label}: " + ", ".join(f"{name} {number}" for name, number in count.items()))
    right = sum(n for (given, told), n in kinds.items() if given == told)
    print(f"kinds, of pairs where one is held against the other: {right} of {sum(kinds.values())} right;",
          "called altered rightly", sum(n for (g, t), n in kinds.items() if t == "altered" and g in ("altered", "shifted")),
          "of", sum(n for (_, t), n in kinds.items() if t == "altered"))
    for (given, told), number in kinds.most_common():
        if given != told:
            print(f"  given {given}, told {told}: {number}")


def shown(record, statement, number):
    """A statement for a reader."""
    rows = record.execute(
        "SELECT q.id, q.speaker, q.cue, q.content, q.outlet, q.published, q.title, r.status, r.wording, r.attribution = s.fullest "
        "FROM report AS r JOIN statement AS s ON s.nr = r.statement JOIN quote AS q ON q.rowid = r.attribution "
        "WHERE r.statement = ? ORDER BY q.published, q.id", (statement,)).fetchall()
    lines = [f"== {number}  ({len(rows)} reports)"]
    for of, speaker, cue, content, outlet, published, title, status, wording, fullest in rows[:SHOWN]:
        lines += [f"- {of} {outlet}, {published}, “{title}”", f"  {speaker} · {cue} · {'fullest' if fullest else wording} · {status}",
                  "  " + re.sub(r"\s+", " ", content or "")]
    return "\n".join(lines) + "\n"


def sheet(store, path):
    record = opened(store)
    several = record.execute(
        "SELECT s.nr, s.id, (SELECT count(*) FROM report AS r WHERE r.statement = s.nr AND r.wording NOT IN ('identical')), "
        "(SELECT count(DISTINCT document) FROM report AS r WHERE r.statement = s.nr) FROM statement AS s WHERE s.reports > 1").fetchall()
    several.sort(key=lambda row: place(row[1]))
    drawn, identical = [], 0
    for nr, _, other, documents in several:
        same = other == 0
        if len(drawn) < STATEMENTS and (not same or identical < IDENTICAL):
            drawn.append(nr)
            identical += same
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(shown(record, nr, n) + "\n" for n, nr in enumerate(drawn, 1))
    print(f"{len(drawn)} of {len(several)} statements with several reports, {identical} of identical words")


def altered(store, path):
    record = opened(store)
    rows = record.execute(
        "SELECT a.id, q.speaker, q.outlet, q.content, f.outlet, f.content, r.differences FROM report AS r "
        "JOIN attribution AS a ON a.nr = r.attribution JOIN quote AS q ON q.rowid = r.attribution JOIN quote AS f ON f.rowid = r.against "
        "WHERE r.wording = 'altered' AND r.status <> 'reprint'").fetchall()
    rows.sort(key=lambda row: place("altered", row[0]))
    with open(path, "w", encoding="utf-8") as file:
        for n, (of, speaker, outlet, content, full_outlet, full, differences) in enumerate(rows[:ALTERED], 1):
            kinds = ", ".join(d["kind"] for d in json.loads(differences or "[]"))
            flat = lambda words: re.sub(r"\s+", " ", words or "")
            file.write(f"== {n}  {of} {speaker}; differences: {kinds}\n  here ({outlet}): {flat(content)}\n  full ({full_outlet}): {flat(full)}\n\n")
    print(f"{min(len(rows), ALTERED)} of {len(rows)} wordings called altered")


def read(path):
    verdicts = collections.Counter()
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        if found := re.match(r"(\d+)\s*=\s*(\w+)", line):
            verdicts[found[2]] += 1
    total = sum(verdicts.values())
    print(f"{total} read: " + ", ".join(f"{name} {number} ({100 * number / max(1, total):.1f} %)" for name, number in verdicts.most_common()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=("make", "pairs", "sheet", "altered", "read"))
    parser.add_argument("path")
    parser.add_argument("sheet", nargs="?")
    args = parser.parse_args()
    if args.what in ("sheet", "altered"):
        target = pathlib.Path(args.sheet or "")
        if not args.sheet or ROOT in target.resolve().parents:
            parser.error("name a file outside the repository: it holds texts")
        {"sheet": sheet, "altered": altered}[args.what](args.path, target)
    else:
        {"make": make, "pairs": pairs, "read": read}[args.what](args.path)


if __name__ == "__main__":
    main()
