#!/usr/bin/env python3
"""Speakers that are given with confidence, drawn from allsides to be read: how many are wrong.

    sure.py --sheet FILE     the release build reads 300 articles; of each one named speaker at 0.9 or more, for readers
    sure.py --sheet FILE --draw 2     the same of the next articles in the order of the draw
    sure.py --read FILE      count the verdicts: lines `N = right`, `N = wrong` or `N = x` (no attribution at all)

Articles that nothing else is measured on, in the order of the draw. Sheets hold text and lie outside the repository.
"""

import argparse
import collections
import gzip
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import attributions as draw
import corpora

NUMBER, LEAST = 300, 0.9


def articles(folder):
    measured = {row["id"] for row in corpora.read_manifest(draw.ROOT / "bench" / "domains" / "articles.jsonl")}
    with gzip.open(folder / "allsides.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [a for a in map(json.loads, file) if a["id"] not in measured and len(a["text"]) > 800]
    return sorted(rows, key=lambda a: draw.place("sure", a["id"]))


def drawn(folder, draws):
    """(article, attribution, speaker) of one of the draws, counted from one, and how many named speakers there are and how many of them at 0.9 or more."""
    subprocess.run(["cargo", "build", "--release", "-q"], cwd=draw.ROOT, check=True)
    each = NUMBER + 40
    some = articles(folder)[each * (draws - 1):each * draws]
    with tempfile.TemporaryDirectory() as scratch:
        path = pathlib.Path(scratch) / "some.jsonl"
        path.write_text("".join(json.dumps({"text": a["text"], "published": a["date"] or None, "path": a["id"]}) + "\n" for a in some))
        ran = subprocess.run([draw.ROOT / "target/release/saidline", "extract", "--plain", "--format", "jsonl", path],
                             check=True, capture_output=True, text=True)
    by_page, pages = collections.defaultdict(list), []
    for line in map(json.loads, ran.stdout.splitlines()):
        if line["type"] == "page":
            pages.append(line["id"])
        elif line["type"] == "attribution":
            by_page[line["page"]].append(line)
    made, named, sure = [], 0, 0
    for article, page in zip(some, pages):
        given = [(a, s) for a in by_page[page] for s in a["speakers"] if s["kind"] != "unnamed"]
        named += len(given)
        confident = [pair for pair in given if pair[1]["confidence"] >= LEAST]
        sure += len(confident)
        if confident and len(made) < NUMBER:
            made.append((article, *min(confident, key=lambda p: draw.place("sure", article["id"], p[0]["id"], p[1]["name"]))))
    return made, named, sure


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sheet", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--draw", type=int, default=1, metavar="N", help="which 300, from 1")
    parser.add_argument("--read", type=pathlib.Path, metavar="FILE")
    args = parser.parse_args()
    if args.read:
        verdicts = re.findall(r"^(\d+) = (right|wrong|x)", args.read.read_text(encoding="utf-8"), re.MULTILINE)
        counts = collections.Counter(verdict for _, verdict in verdicts)
        print(f"{len(verdicts)} read: {counts['right']} right, {counts['wrong']} wrong, {counts['x']} of what is no attribution")
        return 0
    if not args.sheet:
        parser.error("`--sheet FILE` or `--read FILE`")
    made, named, sure = drawn(corpora.data_folder(), args.draw)
    with open(draw.outside(args.sheet.parent) / args.sheet.name, "w", encoding="utf-8") as sheet:
        for n, (article, attribution, speaker) in enumerate(made):
            text = article["text"]
            spans = [s for role in ("source", "cue", "content") for s in attribution[role]]
            start, end = min(s["start"] for s in spans), max(s["end"] for s in spans)
            source = " … ".join(s["text"] for s in attribution["source"]) or "(none)"
            before = " ".join(text[max(0, start - 700):start].split())
            shown = " ".join(text[start:min(end, start + 600)].split())
            sheet.write(f"== {n}\n# {article['title']}\n# BEFORE: … {before}\n# REPORT: {shown}\n# SOURCE: {source} | CUE: "
                        f"{' '.join(s['text'] for s in attribution['cue'])}\n# SAID BY, AS GIVEN: {speaker['name']} ({speaker['kind']}, {speaker['how']})\n\n")
    print(f"{len(made)} drawn; of {named} named speakers {sure} ({100 * sure / max(1, named):.0f} %) at {LEAST} or more")
    return 0


if __name__ == "__main__":
    sys.exit(main())
