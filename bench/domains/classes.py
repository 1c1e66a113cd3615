#!/usr/bin/env python3
"""How often the class of an attribution (speech, thought, plan, finding, order) is the right one.

    classes.py tune|measure [--list] [--debug]

Three rows: every class taken for speech; the classes of the command, on the attributions that it finds itself; and those
of its stage alone, on the attributions that the annotators marked. Found attributions are paired with marked ones by
their contents (the referee's pairing: one to one, intersection over union of at least a half). Where several annotated an
article, the alphabetically first counts. `--list` prints the wrong ones, with their words: not to be kept. `--debug` takes
the debug build, which is slower and says the same.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

import agreement
import annotate
import corpora

CLASSES = ("speech", "thought", "plan", "finding", "order")


def gold(role):
    """The annotations of the articles of a role, as {article: list of attributions}."""
    records = {}
    for path in sorted(annotate.ANNOTATIONS.glob("*.jsonl"), reverse=True):
        records.update(agreement.read_annotations(path.stem))
    wanted = {row["article"] for row in corpora.read_manifest(annotate.MANIFEST) if row["role"] == role}
    return {article: record["attributions"] for article, record in sorted(records.items()) if article in wanted}


def found(program, texts):
    """What the command finds in each text, as {article: list of attributions with `class`}."""
    with tempfile.TemporaryDirectory() as scratch:
        files = []
        for article, text in texts.items():
            files.append(pathlib.Path(scratch) / f"{article}.txt")
            files[-1].write_text(text, encoding="utf-8", newline="")
        ran = subprocess.run([program, "extract", "--format", "jsonl", "--input", "text", "--plain", *files],
                             capture_output=True, text=True, check=True)
    made = {article: [] for article in texts}
    for line in map(json.loads, ran.stdout.splitlines()):
        if line["type"] == "attribution":
            spans = {role: [[s["start"], s["end"]] for s in line[role]] for role in agreement.ROLES}
            made[pathlib.Path(line["path"]).stem].append(spans | {"class": line["act"]["class"]})
    return made


def build(debug):
    """The programs: the command, and the stage alone."""
    profile = [] if debug else ["--release"]
    subprocess.run(["cargo", "build", "-q", *profile, "--workspace", "--bins", "--example", "tell"], cwd=corpora.ROOT, check=True)
    folder = corpora.ROOT / "target" / ("debug" if debug else "release")
    return folder / "saidline", folder / "examples" / "tell"


def told(program, texts, marked):
    """The classes that the stage alone tells of marked attributions, as {article: list of classes}."""
    lines = [json.dumps({"name": a, "text": texts[a], "published": None,
                         "attributions": [{r: x[r] for r in agreement.ROLES} for x in marked[a]]}) for a in marked]
    ran = subprocess.run([program], input="\n".join(lines), capture_output=True, text=True, check=True)
    classes = {article: [] for article in marked}
    for line in map(json.loads, ran.stdout.splitlines()):
        if line["type"] == "attribution":
            classes[line["path"]].append(line["act"]["class"])
    return classes


def paired(score, texts, marked, made):
    """(article, marked, found) for each pair of the same content."""
    pairs = []
    for article, text in texts.items():
        quoted = score.quoted_chars(text)
        sides = [[score.make_attribution(x, text, quoted) for x in side[article]] for side in (marked, made)]
        pairs += [(article, marked[article][g], made[article][p])
                  for g, p in score.match(*sides, "content", score.MIN_IOU)]
    return pairs


def measures(pairs):
    """(share of right classes, {class: (precision, recall, marked)}, counts of (marked, told)); None where it is 0 / 0."""
    counts = collections.Counter(pairs)
    share = lambda part, whole: part / whole if whole else None
    right = sum(n for (a, b), n in counts.items() if a == b)
    each = {}
    for one in CLASSES:
        marked = sum(n for (a, _), n in counts.items() if a == one)
        told_so = sum(n for (_, b), n in counts.items() if b == one)
        each[one] = (share(counts[one, one], told_so), share(counts[one, one], marked), marked)
    return share(right, sum(counts.values())), each, counts


def row(name, pairs):
    """A row of the table, in Markdown."""
    right, each, _ = measures(pairs)
    percent = lambda value: "–" if value is None else f"{100 * value:.1f}"
    cells = [f"{percent(p)} / {percent(r)}" for p, r, _ in each.values()]
    return f"| {name} | {len(pairs)} | {percent(right)} | " + " | ".join(cells) + " |"


def confusion(pairs):
    """What was marked (rows) against what was told (columns), in Markdown."""
    counts = measures(pairs)[2]
    lines = ["| marked \\ told | " + " | ".join(CLASSES) + " |", "|---" * 6 + "|"]
    return lines + [f"| {a} | " + " | ".join(str(counts[a, b]) for b in CLASSES) + " |" for a in CLASSES]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("role", choices=("tune", "measure"))
    parser.add_argument("--list", action="store_true", help="print the wrong ones (quotes the articles)")
    parser.add_argument("--debug", action="store_true", help="take the debug build")
    args = parser.parse_args()
    command, stage = build(args.debug)
    try:
        score = agreement.referee()
        texts = corpora.texts_of(corpora.read_manifest(annotate.MANIFEST), corpora.data_folder())
    except (FileNotFoundError, ValueError) as error:
        sys.exit(f"error: {error}\nhint: SAIDLINE_DATA names the corpora's folder")
    marked = gold(args.role)
    texts = {article: texts[article] for article in marked}
    both = paired(score, texts, marked, found(command, texts))
    alone = [(article, x, x | {"class": c}) for article, classes in told(stage, texts, marked).items()
             for x, c in zip(marked[article], classes)]
    classes = lambda pairs: [(a["class"], b["class"]) for _, a, b in pairs]
    total = sum(map(len, marked.values()))
    print(f"{args.role}: {len(texts)} articles, {total} attributions marked, {len(both)} of them found\n")
    print("| | attributions | right | " + " | ".join(f"{c}: P / R" for c in CLASSES) + " |")
    print("|---" * 8 + "|")
    print(row("all taken for speech", [(a, "speech") for a, _ in classes(both)]))
    print(row("**saidline**, on what it finds", classes(both)))
    print(row("its stage alone, on what was marked", classes(alone)))
    for name, pairs in (("on what it finds", both), ("on what was marked", alone)):
        print(f"\n{name}:\n\n" + "\n".join(confusion(classes(pairs))))
    if args.list:
        for article, a, b in alone + both:
            if a["class"] != b["class"]:
                words = lambda x, part: " […] ".join(texts[article][s:e] for s, e in x[part]) or "none"
                print(f"{article} marked {a['class']}, told {b['class']}: "
                      + " | ".join(words(b, part).replace("\n", " ")[:60] for part in agreement.ROLES))


if __name__ == "__main__":
    main()
