#!/usr/bin/env python3
"""How far two annotators agree on what is told of attributions.

    agreement.py A B     over the articles that both did

Of each field: how often both say the same, over the attributions where at least one says something (over all, where
every attribution has a value).
"""

import argparse
import json
import sys

import fill
import measure


def voices(a, b):
    """The same voices: as many, and each has a name in common with one of the other's."""
    return len(a) == len(b) and all(any(set(map(measure.plain, v["names"])) & set(map(measure.plain, w["names"])) for w in b) for v in a)


def spans(a, b):
    return len(a) == len(b) and all(any(measure.overlap(x["span"], y["span"]) for y in b) for x in a)


FIELDS = {
    "voices": voices,
    "role": lambda a, b: bool(a) == bool(b) and (not a or measure.same_role(a[0], b)),
    "addressees": spans,
    "venue": lambda a, b: bool(a and b) and a["kind"] == b["kind"],
    "said": lambda a, b: bool(a and b) and a["days"] == b["days"],
    "types": lambda a, b: bool(set(a) & set(b)),
    "polarity": lambda a, b: a == b,
    "via": spans,
}


def read(name):
    with open(fill.ANNOTATIONS / f"{name}.jsonl", encoding="utf-8") as file:
        return {record["article"]: record["attributions"] for record in map(json.loads, file)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="+", help="annotators: the last against all others")
    args = parser.parse_args()
    *firsts, second = args.names
    first = {}
    for name in firsts:
        first |= read(name)
    second = read(second)
    pairs = [pair for article in sorted(first.keys() & second.keys()) for pair in zip(first[article], second[article])]
    print(f"{len(first.keys() & second.keys())} articles, {len(pairs)} attributions\n\n| field | told by one at least | the same |\n|---|---|---|")
    for field, same in FIELDS.items():
        told = [(a[field], b[field]) for a, b in pairs if a[field] or b[field]]
        agreed = sum(same(a, b) for a, b in told)
        print(f"| {field} | {len(told)} | {agreed} ({100 * agreed / max(1, len(told)):.0f} %) |")


if __name__ == "__main__":
    sys.exit(main())
