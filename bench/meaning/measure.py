#!/usr/bin/env python3
"""Is the right statement found by its meaning?  Writes a part of docs/accuracy/meaning.md.

    python bench/meaning/measure.py STORE [--binary target/release/saidline] [--questions questions] [--write] [--misses]

STORE is a record of the articles of allsides (`bench/store/load.py` makes one), with vectors.  `questions.jsonl` are the 100
questions to measure on, `more.jsonl` and `choosing.jsonl` those by which the parts were chosen.  A question is answered where
a row is of the right statement: its report, or another of the same statement, has half of the passage that was written beside
the question.  Beside it: the same where report and passage must share half of what both have together; what words alone find;
and how many of the passages were read as a report at all.
"""

import argparse
import datetime
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TABLE = ROOT / "docs" / "accuracy" / "meaning.md"
TEN = 10


def overlap(spans, start, end, strict):
    """What the spans and the passage share, of the passage; when strict, of what they have together."""
    both = sum(max(0, min(e, end) - max(s, start)) for s, e in spans)
    return both / (end - start + (sum(e - s for s, e in spans) - both if strict else 0))


def right(store, question, strict=False):
    """The ids of the attributions that are the passage, or are of a statement with one that is."""
    found = set()
    rows = store.execute("SELECT a.nr FROM attribution AS a JOIN document AS d ON d.nr = a.document WHERE d.sha256 = ?",
                         [question["sha256"]]).fetchall()
    for nr, in rows:
        spans = store.execute("SELECT start, \"end\" FROM span WHERE attribution = ? AND part = 'content'", [nr]).fetchall()
        if overlap(spans, question["start"], question["end"], strict) >= 0.5:
            found.add(nr)
    for nr in list(found):
        found.update(other for other, in store.execute(
            "SELECT attribution FROM report WHERE statement = (SELECT statement FROM report WHERE attribution = ?)", [nr]))
    return {id for nr in found for id, in store.execute("SELECT id FROM attribution WHERE nr = ?", [nr])}


def command(binary, path, *words):
    """The ids that a search gives, and the seconds it took."""
    began = time.monotonic()
    done = subprocess.run([binary, "search", "--store", path, "--format", "jsonl", "--limit", str(TEN), *words],
                          capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    lines = map(json.loads, done.stdout.splitlines())
    return [line["id"] for line in lines if line["type"] == "found"], time.monotonic() - began


def any_words(store, words):
    """The ids of the reports that have any of the words, by BM25."""
    expression = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", words))
    return [id for id, in store.execute(
        "SELECT a.id FROM quote_fts AS f JOIN attribution AS a ON a.nr = f.rowid "
        "WHERE quote_fts MATCH ? AND coalesce(a.act, 'speech') = 'speech' ORDER BY bm25(quote_fts) LIMIT ?",
        [f"content : ({expression})", TEN])]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("store")
    parser.add_argument("--binary", default=str(ROOT / "target" / "release" / "saidline"))
    parser.add_argument("--questions", choices=["questions", "more", "choosing"], default="choosing")
    parser.add_argument("--write", action="store_true", help="put the table into docs/accuracy/meaning.md")
    parser.add_argument("--misses", action="store_true", help="print which questions are not answered among the first ten")
    args = parser.parse_args()
    store = sqlite3.connect(f"file:{args.store}?mode=ro", uri=True)
    questions = [json.loads(line) for line in (HERE / f"{args.questions}.jsonl").read_text(encoding="utf-8").splitlines()]
    rows = {"by meaning": [], "by meaning, half of both together": [], "words: any of them, BM25": [], "words: all of them": []}
    there, seconds = [], []
    for question in questions:
        loosely, strictly = right(store, question), right(store, question, True)
        meant, took = command(args.binary, args.store, "--meaning", question["question"])
        any_of = any_words(store, question["question"])
        all_of, _ = command(args.binary, args.store, "--", *re.findall(r"\w+", question["question"]))
        answered = [(meant, loosely), (meant, strictly), (any_of, loosely), (all_of, loosely)]
        for ranks, (found, ids) in zip(rows.values(), answered):
            ranks.append(next((n for n, id in enumerate(found, 1) if id in ids), None))
        there.append(bool(loosely))
        seconds.append(took)
        if args.misses and rows["by meaning"][-1] is None:
            print("missed" if loosely else "not read", "|", question["question"])
    count, = store.execute("SELECT count(*) FROM quote").fetchone()
    with_vector, = store.execute("SELECT count(*) FROM meaning").fetchone()
    part = [f"{datetime.date.today()}, {len(questions)} questions, {count:,} reports that count in the record, "
            f"{with_vector:,} vectors; a search takes {sorted(seconds)[len(seconds) // 2]:.1f} s as a command (median)", "",
            "| | first | among the first ten |", "|---|---|---|"]
    percent = lambda number, of: f"{100 * number / of:.0f} % ({number} of {of})"
    for name, ranks in rows.items():
        first, ten = sum(rank == 1 for rank in ranks), sum(rank is not None for rank in ranks)
        part.append(f"| {name} | {percent(first, len(ranks))} | {percent(ten, len(ranks))} |")
    first = sum(rank == 1 for rank, is_there in zip(rows["by meaning"], there) if is_there)
    ten = sum(rank is not None for rank, is_there in zip(rows["by meaning"], there) if is_there)
    part.append(f"| by meaning, of those whose passage was read as a report | {percent(first, sum(there))} | "
                f"{percent(ten, sum(there))} |")
    print("\n".join(part))
    if args.write:
        text = TABLE.read_text(encoding="utf-8")
        begin, end = f"<!-- {args.questions} -->\n", "<!-- end -->"
        before, rest = text.split(begin)
        TABLE.write_text(before + begin + "\n".join(part) + "\n" + end + rest.split(end, 1)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
