#!/usr/bin/env python3
"""Draw expressions of time in reported speech, to be told by reading which days they mean.

    times.py --sheet FILE     write candidates for annotators, outside the repository
    times.py --read FILE      turn the filled sheet into `times.jsonl`: ids, checksums, offsets, days; no text

Dated articles of allsides that nothing else is measured on; of each form of expression the first in the order of the
draw, one of an article. The place in the draw is the SHA-256 of seed and article.
"""

import argparse
import gzip
import json
import pathlib
import re
import sys

import fill
import attributions as draw
import corpora

DAYS = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
MONTHS = "(?:Jan(?:uary|\\.)|Feb(?:ruary|\\.)|March|April|May|June|July|Aug(?:ust|\\.)|Sept(?:ember|\\.)|Oct(?:ober|\\.)|Nov(?:ember|\\.)|Dec(?:ember|\\.))"
NUMBER = "(?:two|three|four|five|six|seven|eight|nine|ten|\\d+)"
#: Forms of expressions: how many candidates, and a pattern.
FORMS = {
    "weekday": (40, rf"(?:on |late |early )?{DAYS}(?: (?:morning|afternoon|evening|night))?"),
    "last or next weekday": (15, rf"(?:last|this past|next) {DAYS}"),
    "month and day": (40, rf"(?:on )?{MONTHS} \d{{1,2}}(?:, \d{{4}})?"),
    "month": (25, rf"in (?:early |late |mid-)?{MONTHS}(?: (?:of )?\d{{4}})?(?! \d)"),
    "year": (20, r"in (?:early |late )?(?:19|20)\d\d|in an? (?:19|20)\d\d (?:interview|speech|letter|statement|op-ed)"),
    "yesterday, today, tonight": (25, r"yesterday|today|tonight|last night|this morning|this afternoon"),
    "ago": (25, rf"(?:an?|{NUMBER}|several|a few) (?:days?|weeks?|months?|years?|hours?) ago|(?:days?|weeks?|months?|hours?) (?:ago|earlier|later)"),
    "earlier, later": (30, r"(?:earlier|later|late|early) (?:this|last|that) (?:day|week|month|year|summer|spring|fall|winter)|earlier (?:today|Monday|Tuesday|Wednesday|Thursday|Friday)"),
    "week, month, year": (35, r"(?:this|last|the past|that same|the following) (?:week|month|year|weekend|summer|spring|fall|winter)"),
    "after, before": (25, rf"(?:hours?|days?|weeks?|months?|minutes|{NUMBER} \w+|the day|the week) (?:after|before|following) [^,.;]{{3,40}}"),
    "vague": (15, r"recently|in recent (?:days|weeks|months|years)|at the time|previously|in the past"),
}
SAID = r"(?:said|told|tweeted|wrote|announced|warned|added|argued|testified|vowed|called|asked|urged|claimed|insisted|promised|stated)"


def candidates(folder):
    """(form, article row, start, end) in the order of the draw."""
    measured = {row["id"] for row in corpora.read_manifest(draw.ROOT / "bench" / "domains" / "articles.jsonl")}
    with gzip.open(folder / "allsides.jsonl.gz", "rt", encoding="utf-8") as file:
        articles = [a for a in map(json.loads, file)
                    if a["id"] not in measured and re.fullmatch(r"20\d\d-\d\d-\d\d", a["date"] or "")]
    articles.sort(key=lambda a: draw.place("times", a["id"]))
    left = {form: amount for form, (amount, _) in FORMS.items()}
    # A cue within eighty characters on the same side of a sentence's end: most such words date a saying.
    patterns = {form: re.compile(rf"\b{SAID}\b[^.!?\n“”\"]{{0,80}}?\b(?P<a>{p})\b|\b(?P<b>{p})\b[^.!?\n“”\"]{{0,80}}?\b{SAID}\b")
                for form, (_, p) in FORMS.items()}
    for article in articles:
        for form in sorted((f for f in left if left[f]), key=lambda f: draw.place("form", article["id"], f)):
            match = patterns[form].search(article["text"])
            if match:
                group = "a" if match["a"] else "b"
                left[form] -= 1
                yield form, article, match.start(group), match.end(group)
                break
        if not any(left.values()):
            return


#: What an expression dates: the saying of reported words, or something else.
DATES = ("said", "other")


def read(path, folder):
    """The rows of a filled sheet: lines `N = days; said` or `N = days; other`, `N = x` to leave one out."""
    rows = sorted(candidates(folder), key=lambda c: draw.place("order", c[1]["id"]))
    made, problems = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = re.fullmatch(r"(\d+) = (x|vague|open|[\d.-]+)(?:; (\w+))?", line.strip())
        if not match or int(match[1]) >= len(rows) or (match[2] != "x" and match[3] not in DATES):
            problems.append(f"line {number}: `N = days; said` or `N = days; other` or `N = x` expected: `{line}`")
        elif match[2] != "x":
            form, article, start, end = rows[int(match[1])]
            try:
                days = fill.interval(match[2])
            except fill.Problem as problem:
                problems.append(f"line {number}: {problem}")
                continue
            made.append({"id": article["id"], "sha256": corpora.checksum(article["text"]), "published": article["date"],
                         "span": [start, end], "form": form, "days": days, "dates": match[3],
                         "role": "tune" if len(made) % 2 else "measure"})
    return made, problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sheet", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--read", type=pathlib.Path, metavar="FILE")
    args = parser.parse_args()
    if args.read:
        made, problems = read(args.read, corpora.data_folder())
        for problem in problems:
            print(problem)
        with open(draw.HERE / "times.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, separators=(",", ":")) + "\n" for row in made)
        print(len(made), "expressions")
        return 1 if problems else 0
    if not args.sheet:
        parser.error("`--sheet FILE` or `--read FILE`")
    draw.outside(args.sheet.parent)
    rows = sorted(candidates(corpora.data_folder()), key=lambda c: draw.place("order", c[1]["id"]))
    with open(args.sheet, "w", encoding="utf-8") as sheet:
        for n, (form, article, start, end) in enumerate(rows):
            text = article["text"]
            shown = text[max(0, start - 500):start] + "⟦" + text[start:end] + "⟧" + text[end:end + 250]
            sheet.write(f"== {n} {article['id']} {start} {end}\n# published {article['date']}, {article['outlet']}: {article['title']}\n"
                        f"# {' '.join(shown.split())}\n\n")
    print(len(rows), "candidates")


if __name__ == "__main__":
    sys.exit(main())
