#!/usr/bin/env python3
"""Turn annotators' files of statements into offsets and values, and check them.

    fill.py NAME --texts DIR --work DIR [--only eNN …] [--show] [--check]

Reads DIR/eNN.ann.txt (the form is in docs/annotation-statements.md) and writes `annotations/NAME.jsonl`: one line an event,
spans in code points of each article, no text. An event with an error is not written; `--check` writes nothing.

Exit status: 0 all written, 1 errors in some file.
"""

import argparse
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path += [str(HERE.parent / "domains")]
import annotate as domains  # noqa: E402  the forms of words and marks are one to all
import corpora  # noqa: E402

ANNOTATIONS = HERE / "annotations"
KINDS = ("direct", "indirect", "mixed")
DIFFERENCES = ("full", "identical", "punctuation", "spelling", "bracketed", "cut", "joined", "shifted", "altered", "translation",
               "indirect")


class Problem(Exception):
    """Something that an annotator has to put right."""


def parse(working):
    """The statements of a file as {number: {"voices", "reports": [(line, letter, kind, differences, parts)]}}, the near misses,
    and problems."""
    statements, near, problems, current = {}, [], [], None
    for line, written in enumerate(working.lstrip("\ufeff").splitlines(), 1):
        written = written.strip()
        if not written or written.startswith("#"):
            continue
        if head := re.fullmatch(r"== (\d+)", written):
            if int(head[1]) in statements:
                problems.append(f"line {line}: two statements `{head[1]}`")
            current = statements.setdefault(int(head[1]), {"voices": [], "reports": []})
        elif pair := re.fullmatch(r"~ (\d+) (\d+)", written):
            near.append((line, int(pair[1]), int(pair[2])))
        elif current is None or not re.match(r"[VRSQC]:\s*\S", written):
            problems.append(f"line {line}: not `== N`, `~ N M`, or `V:`, `R:`, `S:`, `Q:`, `C:` and words: `{written[:60]}`")
        elif written[0] == "V":
            current["voices"] += [name.strip() for name in written[2:].split("|")]
        elif written[0] == "R":
            parts = [p.strip() for p in written[2:].split(";")]
            differences = [d.strip() for d in parts[2].split(",")] if len(parts) == 3 else []
            if len(parts) != 3 or parts[0] not in "abc" or parts[1] not in KINDS or not differences or set(differences) - set(DIFFERENCES):
                problems.append(f"line {line}: `R: article; kind; differences` expected, with kinds {', '.join(KINDS)} and differences "
                                f"{', '.join(DIFFERENCES)}: `{written}`")
                parts, differences = ["a", "direct"], ["full"]
            current["reports"].append((line, parts[0], parts[1], differences, {"S": [], "Q": [], "C": []}))
        elif not current["reports"]:
            problems.append(f"line {line}: `{written[0]}:` before any `R:`")
        else:
            current["reports"][-1][4][written[0]].append(written[2:].strip())
    for line, a, b in near:
        if a not in statements or b not in statements or a == b:
            problems.append(f"line {line}: `~ {a} {b}` names no two statements")
    return statements, [sorted((a, b)) for _, a, b in near], problems


def locate(line, parts, text):
    """The spans of a report and warnings."""
    written = {role: [p for p in parts[letter] if p != domains.ABSENT] for letter, role in domains.ROLES.items()}
    if not written["content"]:
        raise Problem("no content")
    for letter in "SQ":
        if not parts[letter]:
            raise Problem(f"no `{letter}:`; write `{letter}: -` if there is none")
    chosen, doubts = domains.locate(domains.Block(line, written, "speech", False), text, 0)
    return {role: sorted(list(piece) for key, span in chosen.items() if key[0] == role
                         for piece in domains.split_at_paragraphs(span, text)) for role in domains.ROLES.values()}, doubts


def read(working, texts):
    """(statements, near misses, problems, warnings) of one event."""
    parsed, near, problems = parse(working)
    statements, warnings, taken = [], [], {}
    for number, statement in parsed.items():
        if not statement["voices"]:
            problems.append(f"== {number}: no `V:`")
        reports = []
        for line, letter, kind, differences, parts in statement["reports"]:
            try:
                spans, doubts = locate(line, parts, texts[letter])
            except (Problem, domains.Problem) as problem:
                problems.append(f"line {line}: {problem}")
                continue
            warnings += [f"line {line}: {doubt}" for doubt in doubts]
            key = letter, str(spans["content"])
            if key in taken:
                problems.append(f"line {line}: this content stands in statement {taken[key]} already")
            taken[key] = number
            reports.append({"article": letter, "kind": kind, "differences": differences, **spans})
        full = sum(r["differences"] == ["full"] for r in reports)
        if reports and full != 1 and not all(r["kind"] == "indirect" for r in reports):
            problems.append(f"== {number}: {full} reports are `full`; one must be")
        if len(reports) == 1 and number not in {n for pair in near for n in pair}:
            warnings.append(f"== {number}: one report, and no near miss of another statement")
        statements.append({"n": number, "voices": statement["voices"], "reports": reports})
    return statements, near, problems, warnings


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("name", help="the annotator's name in the repository: small letters, such as `a`")
    parser.add_argument("--texts", type=pathlib.Path, required=True, metavar="DIR", help="folder of the texts (events.py --texts)")
    parser.add_argument("--work", type=pathlib.Path, required=True, metavar="DIR", help="folder of the eNN.ann.txt")
    parser.add_argument("--only", nargs="*", metavar="eNN", help="these events alone; nothing is written")
    parser.add_argument("--show", action="store_true", help="print where everything was found")
    parser.add_argument("--check", action="store_true", help="write nothing")
    args = parser.parse_args()
    records, failed = [], 0
    for row in corpora.read_manifest(HERE / "events.jsonl"):
        path = args.work / f"{row['event']}.ann.txt"
        if not path.exists() or args.only and row["event"] not in args.only:
            continue
        texts = {}
        for article in row["articles"]:
            with open(args.texts / f"{row['event']}{article['letter']}.txt", encoding="utf-8", newline="") as file:
                texts[article["letter"]] = file.read()
            if corpora.checksum(texts[article["letter"]]) != article["sha256"]:
                sys.exit(f"error: `{row['event']}{article['letter']}.txt` is not the text that was drawn")
        statements, near, problems, warnings = read(path.read_text(encoding="utf-8"), texts)
        several = [s for s in statements if len(s["reports"]) > 1]
        print(f"{row['event']}: {len(several)} statements with several reports ({sum(len(s['reports']) for s in several)}), "
              f"{len(statements) - len(several)} with one, {len(near)} near misses; {len(problems)} errors")
        for message in problems:
            print(f"  error: {message}")
        for message in warnings:
            print(f"  look: {message}")
        for s in statements if args.show else []:
            print(f"  == {s['n']} {' | '.join(s['voices'])}")
            for r in s["reports"]:
                words = lambda role: " … ".join(" ".join(texts[r["article"]][a:b].split()) for a, b in r[role]) or "-"
                print(f"    {r['article']} {r['kind']} {','.join(r['differences'])}: [{words('source')}] {{{words('cue')}}} {words('content')}")
        if problems:
            failed += 1
        else:
            records.append({"event": row["event"], "story": row["story"], "statements": statements, "near": near})
    print(f"{len(records)} events, {sum(len(r['statements']) for r in records)} statements; {failed} events with errors")
    if not args.check and not args.show and not args.only:
        ANNOTATIONS.mkdir(exist_ok=True)
        with open(ANNOTATIONS / f"{args.name}.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" for record in records)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
