#!/usr/bin/env python3
"""Draw pairs of names in two articles, to be told by reading whether they are one voice.

    pairs.py --sheet FILE     write candidates for annotators, outside the repository
    pairs.py --read FILE      turn the filled sheet into `pairs.jsonl`: ids, checksums, offsets, verdicts; no text

Names are found by plain patterns beside verbs of speech, in articles of allsides that nothing else is measured on. Pairs
are hard ones: one surname and other given names, another spelling, a surname alone, one name in two articles far apart,
abbreviations and namesakes of organisations. The place in the draw is the SHA-256 of seed and pair.
"""

import argparse
import collections
import gzip
import itertools
import json
import pathlib
import re
import sys

import attributions as draw
import corpora

SAID = r"(?:said|says|told|added|wrote|tweeted|argued|warned|announced|testified|insisted|noted|called)"
WORD = r"[A-ZÀ-Ý][\w’'-]*[a-zà-ÿ]"
PERSON = re.compile(rf"\b((?:{WORD}|[A-Z]\.)(?: (?:[A-Z]\.|{WORD}|al-\w+|bin|de|van|von|der)){{1,3}})(?= {SAID}\b|,)|"
                    rf"(?<={'said'} )((?:{WORD})(?: (?:[A-Z]\.|{WORD})){{1,2}})\b")
ALONE = re.compile(rf"(?:^|[.”\"]\s+)({WORD}) {SAID}\b", re.MULTILINE)
ORGANISATION = re.compile(
    rf"\b((?:{WORD} ){{1,4}}(?:Department|Ministry|Committee|Court|Agency|Institute|University|Association|Commission|Council|"
    r"Bureau|Union|Foundation|Administration|Center|Party|Police|Office|Times|Post|News|Journal|Group|Bank|Fund)|"
    r"(?:Department|Ministry|University|Bureau|Office|Bank|Institute|Court) (?:of|for) (?:the )?"
    rf"{WORD}(?: {WORD})*|[A-Z]{{2,5}})\b(?= {SAID}\b)")
#: No names: words that begin a sentence or a title.
NO_NAME = set("The A An In On At But And He She It They We I This That These Those Mr Ms Mrs Sen Rep Gov Gen Dr President "
              "Senator Governor Secretary Former Republican Democratic Republicans Democrats House Senate White".split())
#: Words before a name that are none of it.
TITLES = NO_NAME | set("As When Even What After While Though Although Because If Since Like Where Then And Majority Minority Leader Speaker "
                       "Attorney General Judge Justice Chief Mayor Commissioner Chairman Chairwoman Director Spokesman Spokeswoman "
                       "Press Treasury State Defense Security Homeland Foreign Prime Minister Vice Deputy Administrator Staff Sheriff "
                       "Detective Officer Lt Col Capt Maj Sgt Adm Prof Professor Doctor Rev Pastor Police Executive Editor-in-Chief "
                       "Republican Democrat Democratic Policy Analyst Reporter Congressman Congresswoman Representative Ambassador "
                       "Candidate Nominee Actor Actress Author Host Anchor Correspondent Editor Black Tennessee Texas Florida Ohio".split())
#: How many candidates of each form.
FORMS = {"spelling": 190, "one surname": 170, "one name": 70, "surname alone": 140, "organisation": 150}


def key(word):
    return re.sub(r"[^a-z]", "", word.lower())


def distance(a, b):
    """Edits (Levenshtein) between two words."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def mentions(folder):
    """(persons, surnames alone, organisations): lists of (name, article row, start, end), one of a name and article."""
    measured = {row["id"] for row in corpora.read_manifest(draw.ROOT / "bench" / "domains" / "articles.jsonl")}
    persons, alone, organisations = [], [], []
    with gzip.open(folder / "allsides.jsonl.gz", "rt", encoding="utf-8") as file:
        for article in map(json.loads, file):
            if article["id"] in measured or not re.fullmatch(r"20\d\d-\d\d-\d\d", article["date"] or ""):
                continue
            text, seen = article["text"], set()
            full = []
            for match in PERSON.finditer(text):
                group = 1 if match[1] else 2
                words = match[group].split()
                while words and words[0].strip(".,") in TITLES:
                    words = words[1:]
                name = " ".join(words)
                start = match.end(group) - len(name)
                if len(words) < 2 or "’" in name or words[0] in NO_NAME or words[-1] in NO_NAME or name in seen:
                    continue
                seen.add(name)
                full.append(words[-1])
                if re.match(rf" ?{SAID}\b", text[match.end(group):]) or group == 2:
                    persons.append((name, article, start, match.end(group)))
            for match in ALONE.finditer(text):
                name = match[1]
                if name not in seen and name not in TITLES and len(name) > 3:
                    seen.add(name)
                    alone.append((name, article, match.start(1), match.end(1)))
            for match in ORGANISATION.finditer(text):
                if match[1] not in seen and match[1].split()[0] not in NO_NAME - {"White"}:
                    seen.add(match[1])
                    organisations.append((match[1], article, match.start(1), match.end(1)))
    return persons, alone, organisations


def initials(name):
    return "".join(w[0] for w in name.split() if w[0].isupper())


def candidates(folder):
    """(form, mention, mention) in the order of the draw; of one pair of names few."""
    persons, alone, organisations = mentions(folder)
    by_surname = collections.defaultdict(list)
    for mention in persons:
        by_surname[key(mention[0].split()[-1])].append(mention)
    pairs = {form: [] for form in FORMS}
    known_surnames = sorted(by_surname)
    by_start = collections.defaultdict(list)
    for surname in known_surnames:
        by_start[surname[:2]].append(surname)
    for surname in known_surnames:
        # Of a surname the first mention of each name in the draw's order, and of one name the two farthest in time.
        of_name = collections.defaultdict(list)
        for mention in sorted(by_surname[surname], key=lambda m: draw.place("mention", m[0], m[1]["id"])):
            of_name[mention[0]].append(mention)
        for a, b in itertools.combinations(sorted(of_name), 2):
            first, second = a.split()[0].lower(), b.split()[0].lower()
            near = first[0] == second[0] and (distance(first, second) <= 2 or first.startswith(second[:3]) or "." in first + second)
            pairs["spelling" if near or first == second else "one surname"].append((of_name[a][0], of_name[b][0]))
        for name, several in of_name.items():
            if len(several) > 1:
                dated = sorted(several, key=lambda m: m[1]["date"])
                pairs["one name"].append((dated[0], dated[-1]))
        for other in by_start[surname[:2]]:
            if surname < other and distance(surname, other) <= 2 and min(len(surname), len(other)) > 4:
                pairs["spelling"] += [(a, b) for a in by_surname[surname][:2] for b in by_surname[other][:2]
                                      if distance(a[0].lower(), b[0].lower()) <= 3]
    for mention in alone:
        bearers = by_surname.get(key(mention[0]), [])
        for bearer in sorted(bearers, key=lambda m: draw.place("bearer", m[0], mention[1]["id"]))[:2]:
            if bearer[1]["id"] != mention[1]["id"]:
                pairs["surname alone"].append((mention, bearer))
    by_word = collections.defaultdict(list)
    for mention in organisations:
        name = mention[0]
        if name.isupper():
            by_word[name].append(mention)
        else:
            by_word[initials(name)].append(mention)
            by_word[name.split()[-1]].append(mention)
            by_word[name.split()[0]].append(mention)
    for several in by_word.values():
        names = {m[0]: m for m in several}
        pairs["organisation"] += [(names[a], names[b]) for a, b in itertools.combinations(sorted(names), 2)]
    for form, amount in FORMS.items():
        taken, used = 0, collections.Counter()
        for a, b in sorted(pairs[form], key=lambda p: draw.place("pair", p[0][0], p[1][0], p[0][1]["id"], p[1][1]["id"])):
            if taken == amount or a[1]["id"] == b[1]["id"]:
                continue
            # No name more than three times in a form, so that no president fills it.
            if max(used[a[0]], used[b[0]], used[a[0].split()[-1]]) >= 3:
                continue
            used.update({a[0], b[0], a[0].split()[-1]})
            taken += 1
            yield form, a, b


def around(mention):
    name, article, start, end = mention
    text = article["text"]
    shown = " ".join((text[max(0, start - 350):start] + "⟦" + name + "⟧" + text[end:end + 250]).split())
    return f"# {article['date']}, {article['outlet']}: {article['title']}\n#   … {shown} …"


def rows_of(folder):
    return sorted(candidates(folder), key=lambda c: draw.place("order", c[1][1]["id"], c[2][1]["id"], c[1][0]))


def read(path, folder):
    """The rows of a filled sheet: lines `N = one`, `N = two` or `N = x` (cannot be told, or no speaker's name)."""
    rows, made, problems = rows_of(folder), [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = re.fullmatch(r"(\d+) = (one|two|x)", line.strip())
        if not match or int(match[1]) >= len(rows):
            problems.append(f"line {number}: `N = one`, `N = two` or `N = x` expected: `{line}`")
        elif match[2] != "x":
            form, *pair = rows[int(match[1])]
            made.append({"form": form, "one": match[2] == "one", "role": "tune" if int(match[1]) % 2 else "measure",
                         "mentions": [{"id": article["id"], "sha256": corpora.checksum(article["text"]), "span": [start, end]}
                                      for _, article, start, end in pair]})
    return made, problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sheet", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--read", type=pathlib.Path, metavar="FILE")
    args = parser.parse_args()
    folder = corpora.data_folder()
    if args.read:
        made, problems = read(args.read, folder)
        for problem in problems:
            print(problem)
        with open(draw.HERE / "pairs.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, separators=(",", ":")) + "\n" for row in made)
        print(sum(r["one"] for r in made), "one voice,", sum(not r["one"] for r in made), "two")
        return 1 if problems else 0
    if not args.sheet:
        parser.error("`--sheet FILE` or `--read FILE`")
    rows = rows_of(folder)
    with open(draw.outside(args.sheet.parent) / args.sheet.name, "w", encoding="utf-8") as sheet:
        for n, (form, a, b) in enumerate(rows):
            sheet.write(f"== {n} {form}\n{around(a)}\n{around(b)}\n\n")
    print(len(rows), "candidates:", dict(collections.Counter(form for form, _, _ in rows)))


if __name__ == "__main__":
    sys.exit(main())
