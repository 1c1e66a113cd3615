#!/usr/bin/env python3
"""Draw attributions to be told by reading whether they were said at all, and score the polarity told of them.

    polarity.py --sheet FILE     write candidates for annotators, outside the repository
    polarity.py --read FILE      turn the filled sheet into `polarity.jsonl`: ids, checksums, spans, values; no text
    polarity.py --score          what the build of this tree tells of them; --list prints the wrong ones, --half takes one

Attributions that people marked in PolNeAR train, with a content and a cue, two of an article at most; articles of
`articles.jsonl` are left out. Four draws: `hints` are those whose cue, or the ten words before it that are no part of
the content, hold a word that may turn the polarity; `all` are drawn from all; `close` are as `hints`, of the three words
before the cue and the two before the source; `later` are as `close`, drawn and read after the first rules were chosen on
the others. The place in the draw is the SHA-256 of seed,
article and content. Rules are chosen on these; so that none fits a single sentence, they fall into two halves.
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

import attributions as draw
import corpora
import fill

FILE = draw.HERE / "polarity.jsonl"
AMOUNTS = {"hints": 160, "all": 80, "close": 130, "later": 120}
OF_ARTICLE = 2
AROUND = 160
#: Words that may turn the polarity.
HINTS = re.compile(
    r"""\b(?:not|never|no|nor|neither|nobody|none|nothing|without|cannot|yet|unable|avoid\w*|rather|instead
    |would|could|might|may|should|can|if|unless|will|until|before|to\ be
    |den(?:y|ies|ied|ying|ial)|declin\w+|refus\w+|reject\w*|disput\w+|dismiss\w*|disagree\w*|contradict\w*|rebut\w*|refut\w+
    |whether|ask(?:s|ed|ing)?|wonder\w*|question\w*|unclear|uncertain|unsure|unlikely|doubt\w*|skeptical
    |fail\w*|stopp?\w*\ short|rul\w+\ out|silent|silence|mum)\b|n['’]t\b""", re.I | re.X)


def candidates(folder):
    """(draw, article row, text, spans) in the order of the draw."""
    import corpus as polnear
    annotated = {row["id"] for row in corpora.read_manifest(draw.MANIFEST)}
    every, texts = [], {}
    for stem, text, marked in polnear.documents(every_annotator=False):
        if stem not in annotated:
            texts[stem] = text
            every += [(stem, {r: [list(s) for s in getattr(a, r)] for r in draw.ROLES}) for a in marked if a.content and a.cue]
    every.sort(key=lambda c: draw.place("polarity", c[0], json.dumps(c[1]["content"]), json.dumps(c[1]["cue"])))
    taken, of_article = set(), collections.Counter()
    for name, amount in AMOUNTS.items():
        for n, (stem, spans) in enumerate(every):
            if amount and n not in taken and of_article[stem] < OF_ARTICLE and (
                    name == "all" or HINTS.search(near(texts[stem], spans, name))):
                amount -= 1
                taken.add(n)
                of_article[stem] += 1
                yield name, stem, texts[stem], spans


def near(text, spans, name):
    """The words of the cue, and some before it that are no part of the content: ten, or three and two before the source."""
    shown = list(text)
    for start, end in spans["content"]:
        shown[start:end] = " " * (end - start)
    shown = "".join(shown)
    before = lambda at, words: shown[:at].rpartition("\n")[2].split()[-words:]
    found = before(spans["cue"][0][0], 10 if name == "hints" else 3) + [shown[s:e] for s, e in spans["cue"]]
    if name in ("close", "later") and spans["source"]:
        found += before(spans["source"][0][0], 2)
    return " ".join(found)


def rows(folder):
    """The candidates in the order in which they are read."""
    return sorted(candidates(folder), key=lambda c: (("close", "later").index(c[0]) + 1 if c[0] in ("close", "later") else 0, draw.place("order", c[1], json.dumps(c[3]))))


def half(stem):
    """The half an article falls into."""
    return "ab"[int(draw.place("half", stem), 16) % 2]


def show(text, spans):
    """An attribution in its text, its parts marked, in one line."""
    marks = sorted([(s, 1, r) for r in draw.ROLES for s, _ in spans[r]] + [(e, 0, r) for r in draw.ROLES for _, e in spans[r]])
    at = max(0, marks[0][0] - AROUND)
    made, end = "", min(len(text), marks[-1][0] + AROUND // 2)
    for place, opens, role in marks:
        made += text[at:place] + (f"⟦{'Q' if role == 'cue' else role[0].upper()}:" if opens else "⟧")
        at = place
    return " ".join((made + text[at:end]).split())


def read(path, folder):
    """The rows of a filled sheet: lines `N = polarity`, `N = x` to leave one out."""
    drawn, made, problems = rows(folder), [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith(("#", "==")):
            continue
        match = re.fullmatch(r"(\d+) = ([\w-]+)", line.strip())
        if not match or int(match[1]) >= len(drawn) or match[2] not in (*fill.POLARITIES, "x"):
            problems.append(f"line {number}: `N = polarity` or `N = x` expected: `{line}`")
        elif match[2] != "x":
            name, stem, text, spans = drawn[int(match[1])]
            made.append({"id": stem, "sha256": corpora.checksum(text), "draw": name, "half": half(stem), **spans,
                         "polarity": match[2]})
    return made, problems


def told(items, folder, profile):
    """(item, text, what the stage tells of it), its spans given; all that people marked in the article are given."""
    import corpus as polnear
    wanted = {item["id"] for item in items}
    articles, lines = {}, []
    for stem, text, marked in polnear.documents(every_annotator=False):
        if stem in wanted:
            spans = [{r: [list(s) for s in getattr(a, r)] for r in draw.ROLES} for a in marked if a.content]
            spans.sort(key=lambda a: (min(s for r in draw.ROLES for s, _ in a[r]), a["content"]))
            articles[stem] = text, spans
            lines.append(json.dumps({"name": stem, "text": text, "published": None, "attributions": spans}))
    ran = subprocess.run(["cargo", "run", *profile, "-q", "-p", "saidline", "--example", "tell"], cwd=draw.ROOT, check=True,
                         input="".join(line + "\n" for line in lines), stdout=subprocess.PIPE, text=True)
    found = collections.defaultdict(list)
    for line in map(json.loads, ran.stdout.splitlines()):
        if line["type"] == "attribution":
            found[line["path"]].append(line)
    for item in items:
        text, spans = articles[item["id"]]
        if corpora.checksum(text) != item["sha256"]:
            raise ValueError(f"the text of `{item['id']}` is not the one that was annotated")
        yield item, text, found[item["id"]][spans.index({r: item[r] for r in draw.ROLES})]


def score(items, folder, profile, listed):
    """Print what is right, by draw, half and value."""
    judged = list(told(items, folder, profile))
    if listed:
        for n, (item, text, made) in enumerate(judged):
            if item["polarity"] != made["polarity"]:
                print(f"{item['half']} {item['polarity']} ≠ {made['polarity']} ({made['act']['type']}): {show(text, item)}\n")
    groups = {"all": lambda i: True} | {f"draw {d}": lambda i, d=d: i["draw"] == d for d in AMOUNTS}
    groups |= {f"half {h}": lambda i, h=h: i["half"] == h for h in "ab"}
    for name, holds in groups.items():
        some = [(i["polarity"], m["polarity"]) for i, _, m in judged if holds(i)]
        print(f"{name}: right {fraction(sum(g == m for g, m in some), len(some))}; other than affirmed "
              f"{f1([(g, m) for g, m in some], lambda p: p != 'affirmed')}")
    some = [(i["polarity"], m["polarity"]) for i, _, m in judged]
    for value in fill.POLARITIES:
        print(f"– {value}: {f1(some, lambda p, v=value: p == v)}")


def fraction(part, whole):
    return f"{part} of {whole} ({100 * part / max(1, whole):.1f} %)"


def f1(pairs, counts):
    """F1 of the values that count, as text."""
    right = sum(g == m and counts(g) for g, m in pairs)
    made, given = sum(counts(m) for _, m in pairs), sum(counts(g) for g, _ in pairs)
    return f"F1 {2 * right / max(1, made + given):.2f} ({right} right of {made} made, {given} given)"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sheet", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--read", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--score", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--half", choices="ab")
    parser.add_argument("--debug", action="store_true", help="the debug build, which is slower and says the same")
    args = parser.parse_args()
    try:
        folder = corpora.data_folder()
    except FileNotFoundError as error:
        sys.exit(f"error: {error}\nhint: set SAIDLINE_DATA to the folder of the corpora")
    if args.read:
        made, problems = read(args.read, folder)
        for problem in problems:
            print(problem)
        with open(FILE, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, separators=(",", ":")) + "\n" for row in made)
        print(len(made), "attributions:", dict(collections.Counter(row["polarity"] for row in made)))
        return 1 if problems else 0
    if args.score:
        items = [row for row in corpora.read_manifest(FILE) if args.half in (None, row["half"])]
        score(items, folder, [] if args.debug else ["--release"], args.list)
        return 0
    if not args.sheet:
        parser.error("`--sheet FILE`, `--read FILE` or `--score`")
    draw.outside(args.sheet.parent)
    drawn = rows(folder)
    with open(args.sheet, "w", encoding="utf-8") as sheet:
        for n, (_, stem, text, spans) in enumerate(drawn):
            sheet.write(f"# {show(text, spans)}\n{n} = \n\n")
    print(len(drawn), "candidates")
    return 0


if __name__ == "__main__":
    sys.exit(main())
