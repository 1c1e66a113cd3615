#!/usr/bin/env python3
"""Score how expressions of time are resolved, each where it stands: `times.jsonl` against `cargo run --example times`.

    expressions.py                  the share of right intervals by form, for the half that is looked at and the other
    expressions.py --list           (tune only) what is wrong, in words of the articles

An interval is right when first and last day are. Where the gold says `vague` or `open`, no day is right.
"""

import argparse
import collections
import gzip
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "bench" / "domains")]
import corpora  # noqa: E402
import fill  # noqa: E402

ROLES = ("tune", "measure")


def articles(ids, folder):
    """The texts of some articles by id."""
    with gzip.open(folder / "allsides.jsonl.gz", "rt", encoding="utf-8") as file:
        return {row["id"]: row["text"] for row in map(json.loads, file) if row["id"] in ids}


def resolved(rows, texts, binary):
    """What saidline says of each row: None, or the words and the ends."""
    command = [binary] if binary else ["cargo", "run", "--release", "-q", "-p", "saidline", "--example", "times"]
    given = [{"id": row["id"], "text": texts[row["id"]], "published": row["published"], "spans": [row["span"]]} for row in rows]
    ran = subprocess.run(command, cwd=ROOT, check=True, input="".join(json.dumps(one) + "\n" for one in given),
                         stdout=subprocess.PIPE, text=True)
    return [json.loads(line)["said"] for line in ran.stdout.splitlines()]


def days(said):
    """[first, last day], or None where an end is not known."""
    if not said or not said["from"] or not said["to"]:
        return None
    return [fill.day(said["from"][:10], False).isoformat(), fill.day(said["to"][:10], True).isoformat()]


def is_right(row, said):
    return days(said) == (row["days"] if isinstance(row["days"], list) else None)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--list", action="store_true", help="(tune only) what is wrong, with its surroundings")
    parser.add_argument("--binary", metavar="FILE", help="an example `times` that is built already")
    args = parser.parse_args()
    rows = corpora.read_manifest(HERE / "times.jsonl")
    texts = articles({row["id"] for row in rows}, corpora.data_folder())
    for row in rows:
        if corpora.checksum(texts[row["id"]]) != row["sha256"]:
            sys.exit(f"error: `{row['id']}` is not the text that was annotated")
    said = resolved(rows, texts, args.binary)
    counts = collections.defaultdict(lambda: [0, 0])
    for row, one in zip(rows, said):
        right = is_right(row, one)
        for key in ((row["form"], row["role"]), ("all", row["role"]), (f"all that dates what was said", row["role"]))[:2 + (row["dates"] == "said")]:
            counts[key][0] += right
            counts[key][1] += 1
        if args.list and row["role"] == "tune" and not right:
            start, end = row["span"]
            text = texts[row["id"]]
            shown = text[max(0, start - 160):start] + "⟦" + text[start:end] + "⟧" + text[end:end + 100]
            print(f"{row['id']} {row['form']}, published {row['published']}, dates {row['dates']}\n  {' '.join(shown.split())}\n"
                  f"  gold {row['days']}, made {days(one)} of `{one and one['words']}`\n")
    print("| form | " + " | ".join(ROLES) + " |\n|---|" + "---|" * len(ROLES))
    for form in sorted({form for form, _ in counts}, key=lambda form: (form.startswith("all"), form)):
        cells = (counts[form, role] for role in ROLES)
        print(f"| {form} | " + " | ".join(f"{100 * a / max(1, b):.0f} % ({a} of {b})" for a, b in cells) + " |")


if __name__ == "__main__":
    main()
