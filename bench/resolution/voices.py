#!/usr/bin/env python3
"""Score which names of two articles are told to be one voice.

    voices.py                     the half that is looked at while choosing (role `tune`)
    voices.py --list              with what is wrong there, in words of the articles (tune only; not for the repository)
    voices.py --role measure      the half that is only measured on: numbers alone

What is compared is what the engine knows of the names on their pages: the fullest name that a page gives, the roles beside
it, who else is named, the outlet, the day. The kind is the engine's, or that of the draw
where the engine names nothing there. Two names count as joined
when they share a blocking key and `compare` is sure; baselines stand beside it.
"""

import argparse
import collections
import datetime
import gzip
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "bench" / "domains"), str(ROOT / "training" / "extractor")]
import corpora  # noqa: E402

#: From this chance on two names are one voice: `saidline::voices::SURE`.
SURE = 0.9


def ask(binary, questions):
    ran = subprocess.run(binary, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8",
                         input="".join(json.dumps(q) + "\n" for q in questions))
    return [json.loads(line) for line in ran.stdout.splitlines()]


def articles(folder, wanted):
    with gzip.open(folder / "allsides.jsonl.gz", "rt", encoding="utf-8") as file:
        return {a["id"]: a for a in map(json.loads, file) if a["id"] in wanted}


def profiles(binary, pairs, texts):
    """Of every pair the two profiles, and the words that were drawn."""
    spans = {(m["id"], *m["span"]) for pair in pairs for m in pair["mentions"]}
    by_article = collections.defaultdict(list)
    for article, start, end in sorted(spans):
        by_article[article].append([start, end])
    told = {}
    answers = ask(binary, [{"text": texts[a]["text"], "spans": places} for a, places in by_article.items()])
    for (article, places), found in zip(by_article.items(), answers):
        for place, one in zip(places, found):
            told[article, *place] = one
    for pair in pairs:
        both, words = [], []
        for mention in pair["mentions"]:
            article = texts[mention["id"]]
            assert corpora.checksum(article["text"]) == mention["sha256"], mention["id"]
            start, end = mention["span"]
            drawn = article["text"][start:end]
            known = told[mention["id"], start, end]
            kind = known["kind"] or ("organisation" if pair["form"] == "organisation" else "person")
            # What the page cuts, or takes for somebody else, is compared as it was drawn.
            if kind == "person":
                wrong = re.sub(r"[’']s$", "", drawn.split()[-1]).strip(".,") not in re.split(r"[\s.,]+", known["name"])
            else:
                wrong = known["name"] in drawn
            name = drawn if wrong or known["kind"] is None else known["name"]
            day = (datetime.date.fromisoformat(article["date"]) - datetime.date(1970, 1, 1)).days
            both.append({"name": name, "kind": kind, "roles": known["roles"],
                         "outlets": [article["outlet"]], "day": day, "beside": known["beside"]})
            words.append(drawn)
        yield both, words


def score(rows):
    """Precision, recall, and counts, of (wanted, given)."""
    right = sum(w and g for w, g in rows)
    given, wanted = sum(g for _, g in rows), sum(w for w, _ in rows)
    share = lambda a, b: f"{100 * a / b:5.1f}" if b else "    –"  # noqa: E731
    return f"{share(right, given)}  {share(right, wanted)}   {right:3} right, {given - right:2} wrong, {wanted - right:2} missed, {len(rows):3} pairs"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--role", choices=("tune", "measure"), default="tune")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--binary", type=pathlib.Path, help="the example `voices`, built; else cargo runs it")
    args = parser.parse_args()
    if args.list and args.role != "tune":
        parser.error("what is only measured on is not listed")
    binary = [args.binary] if args.binary else ["cargo", "run", "--release", "-q", "-p", "saidline", "--example", "voices"]
    pairs = [row for row in corpora.read_manifest(HERE / "pairs.jsonl") if row["role"] == args.role]
    texts = articles(corpora.data_folder(), {m["id"] for pair in pairs for m in pair["mentions"]})
    asked = list(profiles(binary, pairs, texts))
    told = ask(binary, [{"a": a, "b": b} for (a, b), _ in asked])
    results = collections.defaultdict(list)
    for pair, ((a, b), words), answer in zip(pairs, asked, told):
        one = answer["shared"] and answer["same"] >= SURE
        surname = lambda words: re.sub(r"[^a-z]", "", words.split()[-1].lower())  # noqa: E731
        systems = {"saidline": one, "identical name on the page": a["name"] == b["name"], "same surname": surname(words[0]) == surname(words[1])}
        for system, given in systems.items():
            results[system, "all"].append((pair["one"], given))
            if system == "saidline":
                results[system, pair["form"]].append((pair["one"], given))
        if args.list and one != pair["one"]:
            print(f"{pair['form']}: wanted {'one' if pair['one'] else 'two'}, {answer}")
            for profile, drawn in ((a, words[0]), (b, words[1])):
                print("   ", drawn, "=>", profile["name"], "|", profile["roles"][:4], profile["outlets"], profile["day"], profile["beside"][:6])
    for (system, form), rows in sorted(results.items(), key=lambda r: (r[0][0] != "saidline", r[0])):
        print(f"{system:28} {form:16} {score(rows)}")


if __name__ == "__main__":
    sys.exit(main())
