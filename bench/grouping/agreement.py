#!/usr/bin/env python3
"""How far two readers agree about which reports are of one statement: the events that were read twice.

A report of one reader is that of the other whose content overlaps it by half at least. Prints how many reports each wrote down that
the other has, too, how many pairs of those both have that both joined (precision and recall of one against the other), and how often the
first difference is the same.
"""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "domains")]


def read(name):
    with open(HERE / "annotations" / f"{name}.jsonl", encoding="utf-8") as file:
        return {record["event"]: record for record in map(json.loads, file)}


def reports(record):
    return [(report, statement["n"]) for statement in record["statements"] for report in statement["reports"]]


def overlap(one, other):
    a = {i for s, e in one["content"] for i in range(s, e)}
    b = {i for s, e in other["content"] for i in range(s, e)}
    return len(a & b) / max(1, len(a | b)) if one["article"] == other["article"] else 0.0


def main():
    first = read("a") | read("b") | read("c") | read("d")
    second = read("e")
    both, of_first, of_second, right, joined_first, joined_second, same, kinds = 0, 0, 0, 0, 0, 0, 0, 0
    for event, record in second.items():
        ours, theirs = reports(first[event]), reports(record)
        of_first, of_second = of_first + len(ours), of_second + len(theirs)
        pairs, taken = [], set()
        for score, i, j in sorted(((overlap(a, b), i, j) for i, (a, _) in enumerate(ours) for j, (b, _) in enumerate(theirs)), reverse=True):
            if score >= 0.5 and ("a", i) not in taken and ("b", j) not in taken:
                taken |= {("a", i), ("b", j)}
                pairs.append((ours[i], theirs[j]))
        both += len(pairs)
        for n, (a, b) in enumerate(pairs):
            for c, d in pairs[:n]:
                one, other = a[1] == c[1], b[1] == d[1]
                joined_first, joined_second, right = joined_first + one, joined_second + other, right + (one and other)
            if a[0]["differences"] != ["full"] and b[0]["differences"] != ["full"]:
                kinds += 1
                same += a[0]["differences"][0] == b[0]["differences"][0]
    print(f"reports: {of_first} and {of_second}, {both} in both")
    print(f"pairs joined: {joined_first} and {joined_second}, {right} by both (F1 {200 * right / max(1, joined_first + joined_second):.0f})")
    print(f"first difference the same: {same} of {kinds}")


if __name__ == "__main__":
    main()
