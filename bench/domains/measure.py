#!/usr/bin/env python3
"""Score extraction on the articles outside the training data.

    measure.py --texts DIR [--role tune] [--by topic|corpus] [--log "what changed"] [--model NAME] [--models DIR]

Runs the release build over the texts (`draw.py --keep --texts DIR` writes them), leaves out reports inside reports
as the gold does, and prints the columns of docs/accuracy/extraction.md, for all articles and by group.  `--log`
appends the row of all articles to docs/accuracy/domains.md: for milestones, on the role `measure` alone.
"""

import argparse
import collections
import datetime
import pathlib
import subprocess
import sys
import tempfile

import agreement
import annotate
import corpora

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench" / "extraction"))
import run as extraction  # noqa: E402  the columns, and how the command is asked

LOG = ROOT / "docs" / "accuracy" / "domains.md"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=pathlib.Path, required=True, metavar="DIR", help="folder of the texts (draw.py)")
    parser.add_argument("--role", choices=("measure", "tune"), default="measure")
    parser.add_argument("--by", choices=("topic", "corpus", "article"), default="corpus")
    parser.add_argument("--log", metavar="TEXT")
    parser.add_argument("--model", default="accurate")
    parser.add_argument("--models", help="other weights than those in the build")
    args = parser.parse_args()
    subprocess.run(["cargo", "build", "--release", "-q"], cwd=ROOT, check=True)
    rows = [row for row in corpora.read_manifest(annotate.MANIFEST) if row["role"] == args.role]
    options = ["--model", args.model] + (["--models", args.models] if args.models else [])
    with tempfile.TemporaryDirectory() as scratch:
        gold = pathlib.Path(scratch)
        records = {p.stem: agreement.read_annotations(p.stem) for p in sorted(annotate.ANNOTATIONS.glob("*.jsonl"))}
        wanted = {row["article"] for row in rows}
        kept = {name: {a: r for a, r in by.items() if a in wanted} for name, by in records.items()}
        texts = {row["article"]: annotate.read_text(args.texts, row) for row in rows}
        agreement.write_gold(gold, texts, kept)
        (gold / "ann").rename(gold / "attributions")
        groups = collections.defaultdict(list)
        for row in rows:
            groups[row.get(args.by) or "none"].append(row["article"])
        made = [("all", *extraction.evaluate(gold, sorted(wanted), ["--plain"] + options, True))]
        made += [(name, *extraction.evaluate(gold, sorted(articles), ["--plain"] + options, True))
                 for name, articles in sorted(groups.items())]
    print("| | articles | " + " | ".join(extraction.COLUMNS) + " |")
    for name, *values in made:
        print(f"| {name} | {len(wanted if name == 'all' else groups[name])} | " + " | ".join(values) + " |")
    if args.log:
        with open(LOG, "a", encoding="utf-8") as log:
            log.write(f"| {datetime.date.today()} | {args.log} | " + " | ".join(made[0][1:]) + " |\n")


if __name__ == "__main__":
    main()
