#!/usr/bin/env python3
"""Turn what an annotator wrote while reading into offsets, and check it.

    annotate.py NAME --texts DIR --work DIR [--only NNN …] [--show] [--check]

Reads DIR/NNN.ann.txt for each article that has one and writes `annotations/NAME.jsonl`: one line an article, spans in
code points, no text. An article with an error is not written; `--check` writes nothing. `--show` prints where every
part was found. The form of a working file is in docs/annotation.md.

Exit status: 0 all written, 1 errors in some file, 2 usage.
"""

import argparse
import collections
import functools
import json
import pathlib
import re
import sys

import corpora

HERE = pathlib.Path(__file__).resolve().parent
MANIFEST = HERE / "articles.jsonl"
ANNOTATIONS = HERE / "annotations"
ROLES = {"S": "source", "Q": "cue", "C": "content"}
CLASSES = ("speech", "thought", "plan", "finding", "order")
ABSENT = "-"
# Parts of one attribution farther apart than this (code points) were probably found in the wrong place.
FAR = 400
# A second place for a part that is not farther by more than this is reported.
CLOSE = 60

OPENING, CLOSING, STRAIGHT = "“„‟«", "”»", "\"″"
# Characters that a keyboard writes differently from a newspaper.
ALIKE = ("\"“”„‟″«»", "'‘’‚‛`", "-‐‑–—−")

Block = collections.namedtuple("Block", "line parts kind nested")


class Problem(Exception):
    """Something that an annotator has to put right."""


# ---------------------------------------------------------------- the working file

def parse(working):
    """The blocks of a working file and the problems of its form, as (line, message)."""
    blocks, problems, lines = [], [], []

    def close():
        if not lines:
            return
        parts = {role: [] for role in ROLES.values()}
        absent, kind, nested, first = set(), None, False, lines[0][0]
        for number, letter, value in lines:
            if letter in ROLES:
                if value == ABSENT:
                    absent.add(ROLES[letter])
                else:
                    parts[ROLES[letter]].append(value)
            elif letter == "K":
                if value not in CLASSES:
                    problems.append((number, f"`{value}` is no class: one of {', '.join(CLASSES)}"))
                elif kind:
                    problems.append((number, "two classes"))
                kind = value
            elif letter == "N":
                if value not in ("yes", "no"):
                    problems.append((number, f"`N: {value}`: `yes` or `no`"))
                nested = value == "yes"
        for letter, role in ROLES.items():
            if role in absent and (role == "content" or parts[role]):
                problems.append((first, f"`{letter}: -` beside another `{letter}:`" if parts[role] else "no content"))
            elif role not in absent and not parts[role]:
                problems.append((first, f"no {role}" + ("" if role == "content" else f": write `{letter}: -` if there is none")))
        if len(parts["cue"]) > 1:
            problems.append((first, "two cues: a cue is one stretch of text"))
        if not kind:
            problems.append((first, "no class: `K: speech`, …"))
        blocks.append(Block(first, parts, kind, nested))
        lines.clear()

    for number, line in enumerate(working.lstrip("\ufeff").splitlines(), 1):
        line = line.strip()
        if not line:
            close()
        elif not line.startswith("#"):
            letter, colon, value = line.partition(":")
            if not colon or letter not in ("S", "Q", "C", "K", "N") or not value.strip():
                problems.append((number, f"not `S:`, `Q:`, `C:`, `K:` or `N:` and words: `{line[:50]}`"))
            else:
                lines.append((number, letter, value.strip()))
    close()
    return blocks, problems


# ---------------------------------------------------------------- finding

@functools.lru_cache(maxsize=None)
def pattern(words):
    """A pattern for the words, in which white space and the forms of quotation marks and dashes do not matter."""
    made = []
    for piece in re.split(r"(\s+)", words.strip()):
        if piece.isspace():
            made.append(r"\s+")
            continue
        for char in piece:
            alike = next((group for group in ALIKE if char in group), None)
            made.append(f"[{re.escape(alike)}]" if alike else re.escape(char))
    before = r"(?<!\w)" if words.strip()[0].isalnum() else ""
    after = r"(?!\w)" if words.strip()[-1].isalnum() else ""
    return re.compile(before + "".join(made) + after)


def occurrences(words, text):
    return [(m.start(), m.end()) for m in pattern(words).finditer(text)]


def stretches(words, text):
    """Where the words stand; `first words >> last words` is the stretch from the ones to the others."""
    found = occurrences(words, text)
    if found or ">>" not in words:
        return found
    first, _, last = words.partition(">>")
    if not first.strip() or not last.strip():
        raise Problem(f"words are missing beside `>>`: `{words}`")
    ends = occurrences(last, text)
    return [(start, stop) for start, end in occurrences(first, text)
            for stop in [next((e for b, e in ends if b >= end), None)] if stop is not None]


def places(written, text):
    """All places that the written part may mean: `words`, `words @2`, `…context| words`."""
    if numbered := re.fullmatch(r"(.+?)\s*@(\d+)", written, re.DOTALL):
        if not occurrences(written, text):
            words, n = numbered[1], int(numbered[2])
            found = stretches(words, text)
            if not 1 <= n <= len(found):
                raise Problem(f"`{words}` stands {len(found)} times in the text, so there is no @{n}")
            return [found[n - 1]]
    if written.startswith(("…", "...")) and "|" in written:
        context, _, words = written.lstrip("….").partition("|")
        if not context.strip() or not words.strip():
            raise Problem(f"words are missing beside `|`: `{written}`")
        befores = {end for _, end in occurrences(context, text)}
        found = [(s, e) for s, e in stretches(words.strip(), text)
                 if any(b <= s and not text[b:s].strip() for b in befores)]
        if not found:
            raise Problem(f"`{words.strip()}` does not stand after `{context.strip()}`")
        return found
    found = stretches(written, text)
    if not found:
        raise Problem(f"not in the text: `{shorten(written, 70)}`{near_miss(written, text)}")
    return found


def near_miss(written, text):
    """A hint at the longest beginning of the words that the text does have."""
    words = written.partition(">>")[0].split()
    for n in range(len(words) - 1, 1, -1):
        found = occurrences(" ".join(words[:n]), text)
        if found:
            rest = text[found[0][1]:found[0][1] + 30].replace("\n", "¶")
            return f"\n      hint: after `{' '.join(words[max(0, n - 4):n])}` the text has `{rest}`"
    return ""


def gap(a, b):
    """Code points between two spans; 0 where they touch or overlap."""
    return max(0, a[0] - b[1], b[0] - a[1])


def overlaps(a, b):
    return a[0] < b[1] and b[0] < a[1]


def assemble(anchor, anchor_key, found, text):
    """The parts around one place of the anchor: {(role, n): span} and how far they are apart in all."""
    chosen = {anchor_key: anchor}
    contents = sorted(key for key in found if key[0] == "content")

    def nearest(key, to, below=None, above=None):
        free = [c for c in found[key] if not any(overlaps(c, s) for s in chosen.values())]
        in_order = [c for c in free if (below is None or c[1] <= below) and (above is None or c[0] >= above)]
        options = in_order or free or found[key]
        # A paragraph's end between two parts weighs more than words.
        weight = lambda c: (gap(c, to) + FAR * ("\n" in text[min(c[1], to[1]):max(c[0], to[0])]), c)
        return min(options, key=weight)

    def add_contents(start):
        where = contents.index(start)
        for key in contents[where + 1:]:
            before = chosen[contents[contents.index(key) - 1]]
            chosen[key] = nearest(key, before, above=before[1])
        for key in reversed(contents[:where]):
            after = chosen[contents[contents.index(key) + 1]]
            chosen[key] = nearest(key, after, below=after[0])

    def closest_to(role):
        return [span for (r, _), span in chosen.items() if r == role]

    total = 0
    if anchor_key[0] == "content":
        add_contents(anchor_key)
    for role, neighbours in (("cue", ("content", "source")), ("source", ("cue", "content"))):
        for key in sorted(k for k in found if k[0] == role and k not in chosen):
            near = next((closest_to(n) for n in neighbours if closest_to(n)), [anchor])
            spot = min((nearest(key, to) for to in near), key=lambda c: min(gap(c, to) for to in near))
            chosen[key] = spot
            total += min(gap(spot, to) for to in near)
    if anchor_key[0] != "content":
        key = min(contents, key=lambda k: min(gap(c, anchor) for c in found[k]))
        chosen[key] = nearest(key, anchor)
        total += gap(chosen[key], anchor)
        add_contents(key)
    return chosen, total


def locate(block, text, cursor):
    """The spans of a block as {(role, n): span}, and warnings. The first good place from `cursor` on is taken."""
    found, problems = {}, []
    for role, written in block.parts.items():
        for n, part in enumerate(written):
            try:
                found[role, n] = places(part, text)
            except Problem as problem:
                problems.append(str(problem))
    if problems:
        raise Problem("\n    ".join(problems))
    length = lambda key: found[key][0][1] - found[key][0][0]
    # What stands in the fewest places leads, and of those the longest; a content rather than the rest.
    anchor_key = min(found, key=lambda k: (len(found[k]), k[0] != "content", -length(k)))
    options = []
    for anchor in found[anchor_key]:
        chosen, apart = assemble(anchor, anchor_key, found, text)
        first = min(start for start, _ in chosen.values())
        options.append((first < cursor, apart > FAR, first if apart <= FAR else apart, sorted(chosen.items())))
    options.sort()
    before, far, _, chosen = options[0]
    chosen = dict(chosen)
    warnings = []
    again = [o for o in options[1:] if not o[0] and not o[1]]
    if again and not before and not far:
        key = anchor_key
        warnings.append(f"ambiguous: `{shorten(text[slice(*chosen[key])], 40)}` fits {len(again) + 1} places from here on; "
                        f"taken: {where(chosen[key], text)}")
    if before:
        warnings.append("out of order: it stands before the attribution above")
    if far:
        warnings.append("parts lie far apart: see with `--show` whether the right places were taken")
    for key, span in sorted(chosen.items()):
        rest = [s for k, s in chosen.items() if k[0] != key[0]]
        if key == anchor_key or not rest:
            continue
        distance = lambda c: min(gap(c, s) for s in rest)
        others = [c for c in found[key] if c != span and distance(c) <= distance(span) + CLOSE
                  and not any(overlaps(c, s) for s in chosen.values()) and distance(c) < FAR
                  and "\n" not in text[min(c[1], span[1]):max(c[0], span[0])]]
        if others:
            warnings.append(f"ambiguous: `{text[slice(*span)]}` is near also as {where(others[0], text)}; taken: {where(span, text)}")
    return chosen, warnings


def where(span, text):
    """A span with what stands around it."""
    before, after = text[max(0, span[0] - 20):span[0]], text[span[1]:span[1] + 20]
    return f"`{before}[{shorten(text[slice(*span)], 40)}]{after}`".replace("\n", "¶")


def shorten(words, limit):
    return words if len(words) <= limit else f"{words[:limit // 2]} … {words[-limit // 2:]}"


def split_at_paragraphs(span, text):
    """A span that runs over the end of a paragraph becomes one span in each."""
    return [(span[0] + m.start(), span[0] + m.end()) for m in re.finditer(r"[^\n\s][^\n]*(?<!\s)", text[slice(*span)])]


# ---------------------------------------------------------------- checking

def quotations(text):
    """Stretches within double quotation marks, the marks included, paired within a line."""
    found = []
    for line in re.finditer(r"[^\n]+", text):
        opened = None
        for i in range(line.start(), line.end()):
            char = text[i]
            if opened is None and char in OPENING + STRAIGHT:
                opened = i
            elif opened is not None and char in CLOSING + STRAIGHT:
                found.append((opened, i + 1))
                opened = None
        if opened is not None:
            found.append((opened, line.end()))
    return found


def check_one(attribution, text):
    """(errors, warnings) of one attribution by itself."""
    errors, warnings = [], []
    for a, b in (("source", "cue"), ("source", "content"), ("cue", "content")):
        for x in attribution[a]:
            for y in attribution[b]:
                if overlaps(x, y):
                    errors.append(f"{a} and {b} overlap: {where(x, text)} and {where(y, text)}")
    contents = sorted(attribution["content"])
    for x, y in zip(contents, contents[1:]):
        if overlaps(x, y):
            errors.append(f"contents overlap: {where(x, text)} and {where(y, text)}")
    marks = quotations(text)
    for span in contents:
        for mark in marks:
            inside = (mark[0] < span[0] < mark[1] - 1) != (mark[0] + 1 < span[1] < mark[1])
            if overlaps(span, mark) and inside and not (span[0] <= mark[0] and span[1] >= mark[1]):
                inner = text[max(span[0], mark[0]):min(span[1], mark[1])].strip("“”\"„«».,?! ")
                outer = text[mark[0]:mark[1]].strip("“”\"„«».,?! ")
                if inner and inner != outer:
                    warnings.append(f"content cuts a quotation: {where(span, text)}")
        if (text[span[0] - 1:span[0]] in tuple(OPENING + STRAIGHT)
                and any(mark[0] == span[0] - 1 and mark[1] - 1 <= span[1] for mark in marks)):
            warnings.append(f"quotation marks belong to the content: {where(span, text)}")
        if re.search(r"(?<!\w)that\s$", text[max(0, span[0] - 6):span[0]]):
            warnings.append(f"`that` belongs to the content: {where(span, text)}")
    return errors, warnings


def check_all(attributions, text):
    """(errors, warnings) between the attributions of an article, as (line, message)."""
    errors, warnings = [], []
    for line, one in attributions:
        hull = [s for role in ("cue", "source") for s in one[role]] or one["content"]
        holders = [other for _, other in attributions if other is not one
                   and any(c[0] <= hull[0][0] and hull[0][1] <= c[1] for c in other["content"])]
        if one["nested"] and not holders:
            warnings.append((line, "`N: yes`, but no other attribution's content holds its cue"))
        if holders and not one["nested"]:
            warnings.append((line, "its cue stands in another's content: `N: yes`, or leave it out"))
    for i, (_, a) in enumerate(attributions):
        for line, b in attributions[i + 1:]:
            if all(a[role] == b[role] for role in ROLES.values()):
                errors.append((line, "the same attribution twice"))
            elif a["cue"] and a["cue"] == b["cue"]:
                warnings.append((line, f"one cue, two attributions: {where(a['cue'][0], text)}; one with several contents?"))
            elif not a["nested"] and not b["nested"]:
                for x in a["content"]:
                    for y in b["content"]:
                        if overlaps(x, y) and not (x[0] <= y[0] and y[1] <= x[1]) and not (y[0] <= x[0] and x[1] <= y[1]):
                            errors.append((line, f"contents of two attributions cross: {where(x, text)} and {where(y, text)}"))
    return errors, warnings


def uncovered(attributions, text):
    """Quotations of which less than half lies in a content: a reminder, for not every mark quotes somebody."""
    covered = {i for _, a in attributions for s, e in a["content"] for i in range(s, e)}
    return [mark for mark in quotations(text)
            if 2 * sum(i in covered for i in range(*mark)) < mark[1] - mark[0]]


def read_working(working, text):
    """The attributions of one working file as (line, attribution), its errors and its warnings as (line, message)."""
    blocks, errors = parse(working)
    attributions, warnings, cursor = [], [], 0
    bad = {line for line, _ in errors}
    for block in blocks:
        if block.line in bad or not block.parts["content"] or not block.kind:
            continue
        try:
            chosen, doubts = locate(block, text, cursor)
        except Problem as problem:
            errors.append((block.line, str(problem)))
            continue
        if not block.nested:
            cursor = min(start for start, _ in chosen.values())
        one = {role: sorted(piece for key, span in chosen.items() if key[0] == role
                            for piece in split_at_paragraphs(span, text)) for role in ROLES.values()}
        one |= {"class": block.kind, "nested": block.nested}
        wrong, doubtful = check_one(one, text)
        errors += [(block.line, message) for message in wrong]
        warnings += [(block.line, message) for message in doubts + doubtful]
        attributions.append((block.line, one))
    wrong, doubtful = check_all(attributions, text)
    return attributions, sorted(errors + wrong), sorted(warnings + doubtful)


# ---------------------------------------------------------------- the command

def as_record(row, attributions):
    """The line that goes into the repository: offsets and values only."""
    ordered = sorted((a for _, a in attributions),
                     key=lambda a: (min(s for role in ROLES.values() for s in a[role]), a["content"]))
    return {"article": row["article"], "id": row["id"], "sha256": row["sha256"],
            "attributions": [{role: [list(s) for s in a[role]] for role in ROLES.values()}
                             | {"class": a["class"], "nested": a["nested"]} for a in ordered]}


def read_text(folder, row):
    """The text of an article, as it was drawn; Problem where it is another one."""
    path = folder / f"{row['article']}.txt"
    try:
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
    except OSError as error:
        raise Problem(f"cannot read `{path}`: {error.strerror}") from error
    if corpora.checksum(text) != row["sha256"]:
        raise Problem(f"`{path}` is not the text that was drawn")
    return text


def show(attributions, text):
    for line, a in attributions:
        print(f"  line {line}: {a['class']}{', nested' if a['nested'] else ''}")
        for role in ROLES.values():
            for span in a[role]:
                print(f"    {role:8}{where(span, text)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("name", help="the annotator's name in the repository: small letters, such as `a`")
    parser.add_argument("--texts", type=pathlib.Path, required=True, metavar="DIR", help="folder of the texts (draw.py)")
    parser.add_argument("--work", type=pathlib.Path, required=True, metavar="DIR", help="folder of the NNN.ann.txt")
    parser.add_argument("--only", nargs="+", metavar="NNN", help="only these articles (writes nothing)")
    parser.add_argument("--show", action="store_true", help="print where every part was found")
    parser.add_argument("--check", action="store_true", help="write nothing")
    args = parser.parse_args()
    if not re.fullmatch(r"[a-z][a-z0-9-]*", args.name):
        parser.error(f"`{args.name}`: small letters, digits and `-` only")

    records, failed, total = [], 0, collections.Counter()
    for row in corpora.read_manifest(MANIFEST):
        path = args.work / f"{row['article']}.ann.txt"
        if not path.exists() or (args.only and row["article"] not in args.only):
            continue
        try:
            text = read_text(args.texts, row)
        except Problem as problem:
            sys.exit(f"error: {problem}\nhint: `draw.py --keep --texts DIR` writes the texts")
        attributions, errors, warnings = read_working(path.read_text(encoding="utf-8"), text)
        print(f"{row['article']}: {len(attributions)} attributions, {len(errors)} errors, {len(warnings)} warnings")
        for kind, messages in (("error", errors), ("warning", warnings)):
            for line, message in messages:
                print(f"  {kind}, line {line}: {message}")
        for mark in uncovered(attributions, text):
            print(f"  in nobody's mouth: {where(mark, text)}")
        if args.show:
            show(attributions, text)
        if errors:
            failed += 1
        else:
            records.append(as_record(row, attributions))
            total.update(a["class"] for _, a in attributions)
    print(f"{len(records)} articles, {sum(total.values())} attributions ("
          + ", ".join(f"{total[c]} {c}" for c in CLASSES) + f"); {failed} articles with errors")
    if not (args.check or args.only):
        ANNOTATIONS.mkdir(exist_ok=True)
        with open(ANNOTATIONS / f"{args.name}.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(record, separators=(",", ":")) + "\n" for record in records)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
