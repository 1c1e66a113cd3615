#!/usr/bin/env python3
"""How drafts are checked: 300 planted quotations and claims, by verdict; writes docs/accuracy/checking.md.

    measure.py STORE [--drafts fresh|third] [--model NAME] [--list VERDICT] [--write]

STORE is a record of the 12,000 articles (`bench/grouping/record.py make STORE`). `drafts.py` builds the drafts from it, the release
build checks them. A verdict is that of the finding that shares most with the planted words; right where it is the one planted.
"Wrongly called altered" are items that are not altered and are told to be, of all 300.
"""

import argparse
import collections
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAGE = ROOT / "docs" / "accuracy" / "checking.md"
VERDICTS = ("verbatim", "cut", "altered", "other-rendering", "other-speaker", "other-occasion", "opposite", "supported",
            "indirect-only", "not-on-record")
NOT_FOUND = "(no claim found)"


def told(store, drafts, folder, model):
    """(item, verdict or NOT_FOUND, line of the wire) of every planted item. A draft is told its own day: `--plain` seeks none."""
    subprocess.run([sys.executable, HERE / "drafts.py", "--record", store, "--drafts", f"{drafts}.jsonl", "--out", folder], check=True)
    found = collections.defaultdict(list)
    for draft in map(json.loads, (HERE / f"{drafts}.jsonl").read_text(encoding="utf-8").splitlines()):
        ran = subprocess.run([ROOT / "target/release/saidline", "check", "--plain", "--all", "--format", "jsonl", "--model", model,
                              "--date", draft["date"], "--store", store, folder / f"{draft['draft']}.txt"], capture_output=True, text=True)
        if ran.returncode not in (0, 1):
            sys.exit(ran.stderr)
        lines = map(json.loads, ran.stdout.splitlines())
        found[draft["draft"]] = [line for line in lines if line["type"] == "verdict"]
    for item in map(json.loads, (folder / "items.jsonl").read_text(encoding="utf-8").splitlines()):
        shared = lambda line: min(line["end"], item["end"]) - max(line["start"], item["start"])
        best = max(found[item["draft"]], key=shared, default=None)
        # At least half of the shorter one.
        if best is None or 2 * shared(best) < min(best["end"] - best["start"], item["end"] - item["start"]):
            yield item, NOT_FOUND, None
        else:
            yield item, best["verdict"], best


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("store", type=pathlib.Path)
    parser.add_argument("--drafts", choices=("drafts", "fresh", "third"), default="drafts", help="which set")
    parser.add_argument("--model", default="accurate")
    parser.add_argument("--list", choices=VERDICTS)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        items = list(told(args.store.resolve(), args.drafts, pathlib.Path(folder), args.model))
    counts = collections.Counter((item["verdict"], verdict) for item, verdict, _ in items)
    right = sum(number for (given, verdict), number in counts.items() if given == verdict)
    altered = sum(number for (given, verdict), number in counts.items() if verdict == "altered" != given)
    lines = [f"{datetime.date.today()}, model `{args.model}`: {len(items)} planted in {len({i['draft'] for i, *_ in items})} drafts", "",
             f"Right: **{right} of {len(items)}** ({100 * right / len(items):.1f} %). Wrongly called altered: **{altered}** "
             f"({100 * altered / len(items):.1f} %).", "", "| planted | number | right | else told as |", "|---|---|---|---|"]
    for given in VERDICTS:
        others = sorted(((n, v) for (g, v), n in counts.items() if g == given and v != given), reverse=True)
        number = sum(n for (g, _), n in counts.items() if g == given)
        lines.append(f"| {given} | {number} | {counts[given, given]} | {', '.join(f'{v} {n}' for n, v in others)} |")
    print("\n".join(lines))
    if args.list:
        for item, verdict, line in items:
            if item["verdict"] == args.list != verdict:
                print(f"\n{item['draft']}.{item['n']} {item['attribution']} told {verdict}\n  {item['text']}\n  {json.dumps(line, ensure_ascii=False)[:400] if line else ''}")
    if args.write:
        page = PAGE.read_text(encoding="utf-8")
        mark = f"<!-- {args.drafts} -->"
        before, _, rest = page.partition(mark)
        _, _, after = rest.partition("<!-- end -->")
        PAGE.write_text(before + mark + "\n" + "\n".join(lines) + "\n<!-- end -->" + after, encoding="utf-8")


if __name__ == "__main__":
    main()
