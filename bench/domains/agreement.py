#!/usr/bin/env python3
"""How far annotators agree, and the annotations as gold for the referee.

    agreement.py A B --texts DIR [--nested] [--list]     two annotators, over the articles that both did
    agreement.py --gold OUT --texts DIR [--role measure] [NAME …]   write OUT/text and OUT/ann for `eval/score.py`

Measured with the referee beside the data (`eval/score.py`): the first annotator is gold, the second the prediction.
Attributions inside others' contents count only with `--nested`, as the training data have none. Where several
annotated an article, the gold has a file of each, and the referee takes the alphabetically first.
"""

import argparse
import collections
import json
import pathlib
import sys
import tempfile

import annotate
import corpora

ROLES = ("source", "cue", "content")


def referee():
    """The module `score`, from `eval/` beside the folder of the corpora (SAIDLINE_DATA)."""
    folder = corpora.data_folder().parent / "eval"
    if not (folder / "score.py").is_file():
        raise FileNotFoundError(f"no `score.py` in `{folder}`")
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    import score
    return score


def read_annotations(name):
    """The records of one annotator by article."""
    path = annotate.ANNOTATIONS / f"{name}.jsonl"
    if not path.exists():
        raise FileNotFoundError(f"no annotations `{path}`")
    with open(path, encoding="utf-8") as file:
        return {record["article"]: record for record in map(json.loads, file)}


def outermost(record, nested):
    return [a for a in record["attributions"] if nested or not a["nested"]]


def as_brat(attributions, text):
    """Brat stand-off of the attributions: a span a part, an event an attribution."""
    lines, n = [], 0
    for number, attribution in enumerate(attributions, 1):
        arguments = []
        for role in ROLES:
            if attribution[role]:
                n += 1
                spans = ";".join(f"{s} {e}" for s, e in attribution[role])
                words = " ".join(text[s:e] for s, e in attribution[role]).replace("\n", " ")
                lines.append(f"T{n}\t{role.capitalize()} {spans}\t{words}")
                arguments.append(f"{role.capitalize()}:T{n}")
        n += 1
        start, end = (attribution["cue"] or attribution["content"])[0]
        lines.append(f"T{n}\tAttribution {start} {end}\t{text[start:end]}".replace("\n", " "))
        lines.append(f"E{number}\tAttribution:T{n} " + " ".join(arguments))
    return "".join(line + "\n" for line in lines)


def write_gold(folder, texts, records_of, nested=False):
    """Writes `text/NNN.txt` and `ann/NNN_NAME.ann` for {name: {article: record}}."""
    for part in ("text", "ann"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name, records in records_of.items():
        for article, record in records.items():
            (folder / "text" / f"{article}.txt").write_text(texts[article], encoding="utf-8", newline="")
            (folder / "ann" / f"{article}_{name}.ann").write_text(
                as_brat(outermost(record, nested), texts[article]), encoding="utf-8", newline="")


def compare(score, texts, gold, made, nested=False):
    """(summary of the referee, pairs of the same content as (article, first, second)) over the common articles."""
    common = sorted(set(gold) & set(made))
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        write_gold(folder, texts, {"first": {a: gold[a] for a in common}}, nested)
        read_texts, read_gold, _ = score.read_gold(folder / "text", folder / "ann")
    predictions = {a: [{role: x[role] for role in ROLES} for x in outermost(made[a], nested)] for a in common}
    summary, _ = score.score(read_texts, read_gold, predictions)
    pairs = []
    for article in common:
        quoted = score.quoted_chars(texts[article])
        prepared = [[score.make_attribution(x, texts[article], quoted) for x in outermost(side[article], nested)]
                    for side in (gold, made)]
        for g, p in score.match(*prepared, "content", score.MIN_IOU):
            pairs.append((article, outermost(gold[article], nested)[g], outermost(made[article], nested)[p]))
    return summary, pairs


def list_differences(score, texts, gold, made, names, nested):
    """Prints what only one has, and what both have with other sources, to be talked over."""
    for article in sorted(set(gold) & set(made)):
        text = texts[article]
        _, pairs = compare(score, texts, {article: gold[article]}, {article: made[article]}, nested)
        for number, (name, record) in enumerate(zip(names, (gold[article], made[article])), 1):
            paired = [pair[number] for pair in pairs]
            for attribution in outermost(record, nested):
                if attribution not in paired:
                    spans = attribution["content"] + attribution["cue"]
                    print(f"{article} only {name}: " + " ".join(annotate.where(s, text) for s in spans))
        for _, a, b in pairs:
            touch = any(annotate.overlaps(x, y) for x in a["source"] for y in b["source"])
            if not touch and (a["source"] or b["source"]):
                sources = [" ".join(text[slice(*s)] for s in side["source"]) or "none" for side in (a, b)]
                print(f"{article} other sources: `{sources[0]}`, `{sources[1]}` of {annotate.where(a['content'][0], text)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", help="annotators")
    parser.add_argument("--texts", type=pathlib.Path, required=True, metavar="DIR", help="folder of the texts (draw.py)")
    parser.add_argument("--nested", action="store_true", help="count attributions inside others' contents too")
    parser.add_argument("--list", action="store_true", help="print where the two differ (quotes the articles)")
    parser.add_argument("--gold", type=pathlib.Path, metavar="OUT", help="write gold there, outside the repository")
    parser.add_argument("--role", choices=("measure", "tune"), help="with --gold: only these articles")
    args = parser.parse_args()
    rows = corpora.read_manifest(annotate.MANIFEST)
    try:
        names = args.names or sorted(p.stem for p in annotate.ANNOTATIONS.glob("*.jsonl"))
        records = {name: read_annotations(name) for name in names}
        texts = {row["article"]: annotate.read_text(args.texts, row) for row in rows
                 if any(row["article"] in r for r in records.values())}
        if args.gold:
            if annotate.HERE.parents[1] in [args.gold.resolve(), *args.gold.resolve().parents]:
                sys.exit("error: gold holds the texts and may not lie in the repository")
            wanted = {row["article"] for row in rows if args.role in (None, row["role"])}
            kept = {name: {a: r for a, r in by.items() if a in wanted} for name, by in records.items()}
            write_gold(args.gold, texts, kept, args.nested)
            print(f"{len(set().union(*kept.values()))} articles written to `{args.gold}`")
            return
        if len(names) != 2:
            parser.error("two annotators, please")
        score = referee()
    except (annotate.Problem, FileNotFoundError) as error:
        sys.exit(f"error: {error}\nhint: SAIDLINE_DATA names the corpora's folder, `draw.py --keep --texts DIR` writes the texts")
    gold, made = records[names[0]], records[names[1]]
    common = sorted(set(gold) & set(made))
    if not common:
        sys.exit(f"error: no article that both `{names[0]}` and `{names[1]}` annotated")
    summary, pairs = compare(score, texts, gold, made, args.nested)
    counts = [sum(len(outermost(side[a], args.nested)) for a in common) for side in (gold, made)]
    print(f"{len(common)} articles, {counts[0]} attributions by {names[0]}, {counts[1]} by {names[1]}")
    score.print_table([("system", "type") + score.COLUMNS]
                      + [(names[1] if t == "all" else "", t, *score.row(summary, t)[0:]) for t in ("all",) + score.TYPES])
    same = sum(a["class"] == b["class"] for _, a, b in pairs)
    print(f"class: the same for {same} of {len(pairs)} paired contents")
    for (a, b), n in collections.Counter((a["class"], b["class"]) for _, a, b in pairs if a["class"] != b["class"]).most_common():
        print(f"  {names[0]} {a}, {names[1]} {b}: {n}")
    if args.list:
        list_differences(score, texts, gold, made, names, args.nested)


if __name__ == "__main__":
    main()
