#!/usr/bin/env python3
"""Draw articles, and turn what was written by reading them into questions with the passage that answers each.

    questions.py --sheet DIR     write the drawn articles for whoever writes the questions, outside the repository
    questions.py --read FILE     turn the questions into `questions.jsonl`: with ids, checksums and offsets; no text

The articles are those of allsides, of 250 to 900 words. The place in the draw is the SHA-256 of seed and id. A reported
statement of an article is asked for, in other words than its own; where an article has several questions, a letter tells them apart
(`q017a`). A block of FILE is

    == q017
    Q: Lund refuses to fund the pier
    S: Lund
    C: We will not pay >> the old pier

The content is given by its first and last words, or whole. Words that are found more than once are told apart by `@2`, the
second occurrence; for last words they are counted from the beginning of the content.
"""

import argparse
import collections
import gzip
import hashlib
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.append(str(ROOT / "bench" / "domains"))
import corpora  # noqa: E402

SEED = "saidline meaning 1\n"
FILE = HERE / "questions.jsonl"
#: How many articles are drawn where nothing else is asked for, and the least and most words that they have.
DRAWN, LEAST, MOST = 160, 250, 900
#: The least and most words of a question, and the longest run of words that it may share with its article.
SHORTEST, LONGEST, RUN = 4, 16, 7


class Problem(Exception):
    """What is wrong with a block."""


def drawn(folder, first=1, many=DRAWN):
    """`many` articles in the order of the draw from place `first` on, by the name of their sheet."""
    with gzip.open(folder / "allsides.jsonl.gz", "rt", encoding="utf-8") as file:
        fit = [row for row in map(json.loads, file) if LEAST <= len(row["text"].split()) <= MOST]
    fit.sort(key=lambda row: hashlib.sha256((SEED + row["id"]).encode("utf-8")).hexdigest())
    return {f"q{number:03}": row for number, row in enumerate(fit[first - 1:first - 1 + many], first)}


def write_sheets(articles, folder):
    """One file an article; exits where they would lie in the repository."""
    if ROOT in [folder.resolve(), *folder.resolve().parents]:
        sys.exit("error: the texts may not lie in the repository\nhint: name a folder outside it")
    folder.mkdir(parents=True, exist_ok=True)
    for name, row in articles.items():
        head = f"# {row['date']}, {row['outlet']}: {row['title']}\n\n"
        (folder / f"{name}.txt").write_text(head + row["text"] + "\n", encoding="utf-8")


def blocks(text):
    """(name, {"Q": …, "S": …, "C": …}) of each block."""
    for block in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        name, *lines = block.strip().splitlines()
        yield name.strip(), {line[0]: line[2:].strip() for line in lines if re.match(r"[QSC]:", line)}


def found(words, text, since=0):
    """Where the words stand in the text from `since` on, as (start, end); `words @2` is the second occurrence."""
    match = re.fullmatch(r"(.+?)(?: @(\d+))?", words)
    places = [m.start() for m in re.finditer(re.escape(match[1]), text[since:])]
    if not places or match[2] and len(places) < int(match[2]):
        raise Problem(f"not found: `{words}`")
    if not match[2] and len(places) > 1:
        raise Problem(f"found {len(places)} times: `{words}`")
    start = since + places[int(match[2] or 1) - 1]
    return start, start + len(match[1])


def span(content, text):
    """(start, end) of a content given whole, or by its first and last words."""
    first, _, last = content.partition(" >> ")
    start, end = found(first, text)
    return (start, found(last, text, end)[1]) if last else (start, end)


def words_of(text):
    return re.findall(r"\w+", text.lower())


def check(question, text):
    """Problem where a question is too short or too long, or copies from the article."""
    if not SHORTEST <= len(question.split()) <= LONGEST:
        raise Problem(f"{len(question.split())} words: `{question}`")
    words, page = words_of(question), f" {' '.join(words_of(text))} "
    for i in range(len(words) - RUN):
        if f" {' '.join(words[i:i + RUN + 1])} " in page:
            raise Problem(f"copied from the article: `{' '.join(words[i:i + RUN + 1])}`")


def kind(content):
    """How a statement is reported, by its quotation marks: direct, indirect or mixed."""
    marked = re.search("[\"“”]", content)
    inside = re.fullmatch(r"[\"“]?[^\"“”]*[\"”]?", content) and content[0] in "\"“"
    return "direct" if inside else "mixed" if marked else "indirect"


def read(path, articles):
    """The questions that were written, how each statement is reported, and what is wrong with the others."""
    made, kinds, problems, seen = [], [], [], set()
    for name, fields in blocks(path.read_text(encoding="utf-8")):
        try:
            sheet = name.rstrip("abc")
            if sheet not in articles or name in seen:
                raise Problem("no such sheet, or a second block of this name")
            seen.add(name)
            if missing := [letter for letter in "QSC" if not fields.get(letter)]:
                raise Problem(f"no `{missing[0]}:`")
            row = articles[sheet]
            text = row["text"]
            check(fields["Q"], text)
            if fields["S"] not in text:
                raise Problem(f"the page has no `{fields['S']}`")
            start, end = span(fields["C"], text)
        except Problem as problem:
            problems.append(f"{name}: {problem}")
            continue
        kinds.append(kind(text[start:end]))
        made.append({"question": fields["Q"], "article": row["id"], "sha256": corpora.checksum(text),
                     "start": start, "end": end, "speaker": fields["S"]})
    return made, kinds, problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sheet", type=pathlib.Path, metavar="DIR")
    parser.add_argument("--read", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--first", type=int, default=1, metavar="N", help="the first place of the draw (default: 1)")
    parser.add_argument("--drawn", type=int, default=DRAWN, metavar="N", help=f"how many articles (default: {DRAWN})")
    parser.add_argument("--into", type=pathlib.Path, default=FILE, metavar="FILE", help="default: questions.jsonl")
    args = parser.parse_args()
    if not args.sheet and not args.read:
        parser.error("`--sheet DIR` or `--read FILE`")
    try:
        articles = drawn(corpora.data_folder(), args.first, args.drawn)
    except FileNotFoundError as error:
        sys.exit(f"error: {error}\nhint: set SAIDLINE_DATA to the folder of the corpora")
    if args.sheet:
        write_sheets(articles, args.sheet)
        print(len(articles), "articles")
        return 0
    made, kinds, problems = read(args.read, articles)
    for problem in problems:
        print(problem)
    with open(args.into, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in made)
    print(len(made), "questions:", dict(collections.Counter(kinds)))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
