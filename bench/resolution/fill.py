#!/usr/bin/env python3
"""Turn filled sheets into offsets and values, and check them.

    fill.py NAME --sheets DIR --work DIR [--show] [--check]

Reads DIR/rNN.ann.txt (the form is in docs/annotation-resolution.md; of articles annotated whole, `l…`, lines may be left
out) and writes `annotations/NAME.jsonl`: one line an
article, spans in code points. An article with an error is not written; `--check` writes nothing.

Exit status: 0 all written, 1 errors in some file.
"""

import argparse
import datetime
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "domains"))
import annotate as domains  # noqa: E402  the forms of words and marks are one to both
import corpora  # noqa: E402

ANNOTATIONS = HERE / "annotations"
LETTERS = "VOAPWYRI"
FORMS = ("name", "short", "pronoun", "description", "institution", "unnamed", "carried", "label")
KINDS = ("person", "organisation", "unnamed")
VENUES = ("interview", "news-conference", "speech", "statement", "post", "letter", "testimony", "document", "broadcast",
          "article", "debate", "meeting", "call", "place")
TYPES = {
    "speech": ("state", "announce", "ask", "answer", "confirm", "deny", "accuse", "criticise", "praise", "support", "oppose",
               "demand", "propose", "promise", "threaten", "warn", "predict", "agree", "refuse", "apologise"),
    "thought": ("believe", "doubt", "expect", "hope", "fear", "want", "approve", "disapprove"),
    "plan": ("intend", "decide", "consider-doing"),
    "finding": ("find",),
    "order": ("rule", "order", "forbid", "permit", "appoint", "charge", "punish"),
}
POLARITIES = ("affirmed", "saying-denied", "content-denied", "hypothetical", "asked")
BASES = ("event", "dateline")


class Problem(Exception):
    """Something that an annotator has to put right."""


def day(written, last):
    """The first or last day of `2014`, `2014-03` or `2014-03-05`."""
    parts = [int(p) for p in written.split("-")]
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", written):
        raise Problem(f"`{written}` is no day, month or year")
    try:
        if len(parts) == 3:
            return datetime.date(*parts)
        first = datetime.date(parts[0], parts[1] if len(parts) == 2 else 1, 1)
    except ValueError as error:
        raise Problem(f"`{written}`: {error}") from error
    if not last:
        return first
    months = 1 if len(parts) == 2 else 12
    after = first.year * 12 + first.month - 1 + months
    return datetime.date(after // 12, after % 12 + 1, 1) - datetime.timedelta(1)


def interval(written):
    """[first day, last day] in ISO, or `vague` or `open`."""
    if written in ("vague", "open"):
        return written
    start, _, end = written.partition("..")
    days = [day(start.strip(), False), day((end or start).strip(), True)]
    if days[0] > days[1]:
        raise Problem(f"`{written}` ends before it begins")
    return [d.isoformat() for d in days]


def find(words, text, near):
    """Where the words stand: the place nearest to `near`, or the one that `@N` names."""
    at = re.search(r"\s*@(\d+)$", words)
    places = domains.occurrences(words[:at.start()] if at else words, text)
    if not places:
        raise Problem(f"not in the article: `{words}`")
    if at:
        if int(at[1]) > len(places):
            raise Problem(f"only {len(places)} of `{words}`")
        return list(places[int(at[1]) - 1])
    return list(min(places, key=lambda p: max(0, p[0] - near[1], near[0] - p[1])))


#: Words of a name that are kept: more are a piece of the text, which is not ours to give.
LONGEST = 8


def names(written):
    return [" ".join(n.split()[:LONGEST]) for n in written.split("|") if n.strip()]


def value(letter, written, text, near):
    """What one line says."""
    if letter == "V":
        parts = [p.strip() for p in written.split(";", 2)]
        if len(parts) != 3 or parts[0] not in FORMS or parts[1] not in KINDS or not names(parts[2]):
            raise Problem(f"`V: form; kind; names` expected, with forms {', '.join(FORMS)} and kinds {', '.join(KINDS)}: `{written}`")
        return {"form": parts[0], "kind": parts[1], "names": names(parts[2])}
    if letter == "O":
        return names(written)
    if letter in "AI":
        words, _, meant = written.partition(" = ")
        return {"span": find(words.strip(), text, near), "names": names(meant) or [words.strip()]}
    if letter == "P":
        words, equals, rest = written.partition(" = ")
        kind, _, name = rest.partition(";")
        if not equals or kind.strip() not in VENUES:
            raise Problem(f"`P: words = kind; name` expected, with kinds {', '.join(VENUES)}: `{written}`")
        return {"span": find(words.strip(), text, near), "kind": kind.strip(), "names": names(name)}
    if letter == "W":
        words, equals, rest = written.partition(" = ")
        days, _, basis = rest.partition(";")
        if not equals or basis.strip() not in ("",) + BASES:
            raise Problem(f"`W: words = days`, perhaps `; event` or `; dateline`, expected: `{written}`")
        return {"span": find(words.strip(), text, near), "days": interval(days.strip()), "basis": basis.strip() or "words"}
    if letter == "Y":
        types = names(written)
        wrong = [t for t in types if not any(t in known for known in TYPES.values())]
        if wrong:
            raise Problem(f"no such type: `{'`, `'.join(wrong)}`")
        return types
    if written not in POLARITIES:
        raise Problem(f"`{written}` is no polarity: one of {', '.join(POLARITIES)}")
    return written


#: What a line says that is left out where an article is annotated whole; of a person the role is the one written before.
LEFT_OUT = {"A": "-", "P": "-", "W": "-", "Y": "state", "R": "affirmed", "I": "-"}


def with_lines_left_out(blocks):
    """Puts in what was left out."""
    roles = {}
    for n in sorted(blocks):
        block = blocks[n]
        _, _, first = block.get("V", [""])[0].partition(";")
        kind, _, written = first.partition(";")
        name = written.partition("|")[0].strip().lower()
        if "O" in block:
            roles[name] = block["O"]
        else:
            block["O"] = roles.get(name, ["-"]) if kind.strip() == "person" else ["-"]
        for letter, value_left_out in LEFT_OUT.items():
            block.setdefault(letter, [value_left_out])


def read_sheet(working, row, text):
    """(the annotations of the drawn attributions, in order; problems)."""
    blocks, problems, current = {}, [], None
    for number, line in enumerate(working.lstrip("\ufeff").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        head = re.fullmatch(r"== (\d+)", line)
        if head:
            current = blocks.setdefault(int(head[1]), {})
        elif current is None or not re.match(rf"[{LETTERS}]:", line):
            problems.append(f"line {number}: not `== N` or one of {', '.join(LETTERS)} with a colon: `{line[:60]}`")
        else:
            current.setdefault(line[0], []).append(line[2:].strip())
    if row["article"].startswith("l"):
        with_lines_left_out(blocks)
    result = []
    for n, attribution in enumerate(row["drawn"]):
        block = blocks.pop(n, {})
        spans = [s for role in ("source", "cue", "content") for s in attribution[role]]
        # The cue is where addressee, place and time stand; a content may go on for paragraphs.
        near = (attribution["cue"] or attribution["content"])[0]
        one = {}
        for letter in LETTERS:
            lines = block.get(letter, [])
            try:
                if not lines or not all(lines):
                    raise Problem(f"`{letter}:` is missing or empty")
                if lines == ["-"]:
                    if letter in "YR":
                        raise Problem(f"`{letter}:` needs a value")
                    one[letter] = [] if letter in "VAIO" else None
                elif letter in "VAI":
                    one[letter] = [value(letter, line, text, near) for line in lines]
                elif len(lines) > 1:
                    raise Problem(f"two lines `{letter}:`")
                else:
                    one[letter] = value(letter, lines[0], text, near)
            except Problem as problem:
                problems.append(f"== {n}: {problem}")
        result.append({"voices": one.get("V"), "role": one.get("O"), "addressees": one.get("A"), "venue": one.get("P"),
                       "said": one.get("W"), "types": one.get("Y"), "polarity": one.get("R"), "via": one.get("I")})
        assert spans
    problems += [f"== {n}: there is no such attribution" for n in blocks]
    return result, problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("name", help="the annotator's name in the repository: small letters, such as `a`")
    parser.add_argument("--sheets", type=pathlib.Path, required=True, metavar="DIR", help="folder of the texts (attributions.py --sheets)")
    parser.add_argument("--work", type=pathlib.Path, required=True, metavar="DIR", help="folder of the rNN.ann.txt")
    parser.add_argument("--show", action="store_true", help="print where everything was found")
    parser.add_argument("--check", action="store_true", help="write nothing")
    args = parser.parse_args()
    records, failed = [], 0
    for row in corpora.read_manifest(HERE / "articles.jsonl"):
        path = args.work / f"{row['article']}.ann.txt"
        if not path.exists():
            continue
        with open(args.sheets / f"{row['article']}.txt", encoding="utf-8", newline="") as file:
            text = file.read()
        if corpora.checksum(text) != row["sha256"]:
            sys.exit(f"error: `{row['article']}.txt` is not the text that was drawn")
        found, problems = read_sheet(path.read_text(encoding="utf-8"), row, text)
        print(f"{row['article']}: {len(found)} attributions, {len(problems)} errors")
        for problem in problems:
            print(f"  {problem}")
        if args.show:
            for n, one in enumerate(found):
                shown = {k: v for k, v in one.items() if v}
                for key in ("addressees", "via"):
                    for part in shown.get(key, []):
                        part["words"] = text[slice(*part["span"])]
                for key in ("venue", "said"):
                    if shown.get(key):
                        shown[key]["words"] = text[slice(*shown[key]["span"])]
                print(f"  {n}: {json.dumps(shown, ensure_ascii=False)}")
        if problems:
            failed += 1
        else:
            records.append({"article": row["article"], "id": row["id"], "sha256": row["sha256"], "attributions": found})
    print(f"{len(records)} articles, {sum(len(r['attributions']) for r in records)} attributions; {failed} articles with errors")
    if not args.check and not args.show:
        ANNOTATIONS.mkdir(exist_ok=True)
        with open(ANNOTATIONS / f"{args.name}.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" for record in records)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
