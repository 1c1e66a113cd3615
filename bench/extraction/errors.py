#!/usr/bin/env python3
"""Where extraction errs, on the tenth of train that is held out: tables for docs/accuracy/errors.md.

    python bench/extraction/errors.py [--lines FILE] [--write] [--sample 60 [--seed 5]]

Reads the held-out articles with the release build (`--plain`), or takes what `saidline extract --format jsonl` printed
for them from FILE, and counts what is missed and what is found falsely, by kind, cue, length, source and pieces.
*Right* is the measure `full` of `eval/score.py`: content at IoU >= 0.5 and its source touched.  `--write` puts the
tables into the page between its marks; `--sample` prints that many misses and false finds to be read, and nothing
of them goes into the repository.
"""

import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training" / "extractor"))
import corpus  # noqa: E402

sys.path.insert(0, str(corpus.DATA.parent / "eval"))
import score  # noqa: E402

PAGE = ROOT / "docs" / "accuracy" / "errors.md"
MARKS = "<!-- tables of bench/extraction/errors.py -->\n", "<!-- end of tables -->"



def verbs_of_speech():
    """The forms of the single verbs that `words/cues.tsv` says can hardly mean anything but speech."""
    forms = set()
    for line in (ROOT / "crates" / "saidline" / "words" / "cues.tsv").read_text(encoding="utf-8").splitlines():
        word, what, _, marks, given = ([] if line.startswith("#") else line.split("\t") + [""] * 5)[:5] or [""] * 5
        if what == "verb" and "clause" in marks and " " not in word:
            stem = word.removesuffix("e")
            regular = [word, word + "s", stem + "ed", stem + "ing"]
            if word.endswith("y"):
                regular += [word[:-1] + "ies", word[:-1] + "ied"]
            forms.update(given.split(",") if given else regular)
            forms.add(word)
    return forms


VERBS = verbs_of_speech()
# Cues that are no verbs: told by these, since a tagger's errors would be counted among ours.
PREPOSITIONS = ("according to", "per ", "in the eyes", "in the view", "in the words", "in the opinion", "by ", "for ", "to ",
                "in ", "as ", "from ", "at ", "under ", "reportedly", "allegedly", "apparently", "supposedly", "evidently")
NOUNS = set("""accusation accusations admission agreement allegation allegations analysis announcement answer argument
arguments assertion assertions assessment assurance assurances attack attacks belief beliefs call calls certainty charge
charges claim claims comment comments complaint complaints concern concerns conclusion confidence contention conviction
criticism declaration decision demand demands denial denials desire doubt doubts effort efforts estimate expectation
expectations explanation fear fears feeling finding findings hope hopes idea impression indication indications insistence
intention intentions message notion opinion perception plan plans pledge pledges prediction predictions promise promises
proposal proposals question questions reason recommendation remark remarks report reports request response rumor rumors
sense sign signs speculation statement statements suggestion suggestions suspicion suspicions theory thought threat threats
view views vow warning warnings wish word words worry worries""".split())
AUXILIARIES = set("is are was were be been has have had".split())
PRONOUNS = set("""he she they it i we you who which that whom one him her them us me his their its my our your himself herself
themselves this these those some many others most all both few everyone everybody someone somebody anyone nobody""".split())
TITLES = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|St|Jr|Sr|U\.S|U\.N|D\.C|a\.m|p\.m|No|vs|[A-Z])\.$")


def sentences(text):
    """The number of its sentence and of its paragraph, for every code point."""
    number, sentence_of, paragraph_of = 0, [], []
    for at, char in enumerate(text):
        sentence_of.append(number)
        paragraph_of.append(text.count("\n", 0, at) if not paragraph_of else paragraph_of[-1] + (text[at - 1] == "\n"))
        if char == "\n" or (char.isspace() and re.search(r"[.?!][\"”'’)]*$", text[max(0, at - 4):at])
                            and not TITLES.search(text[max(0, at - 6):at])
                            and re.match(r"\s*[\"“'‘(]*[A-Z0-9]", text[at:at + 4])):
            number += 1
    return sentence_of, paragraph_of


def cue_class(attribution, text):
    if not attribution.cue:
        return "none"
    cue = " ".join(text[s:e] for s, e in attribution.cue).lower()
    words = re.findall(r"[^\W\d_]+", cue)
    if cue.startswith("according to"):
        return "“according to”"
    if any(word in VERBS for word in words) and not (len(words) < 3 and words[-1] in NOUNS and words[0] not in VERBS):
        return "verb of speech (in `cues.tsv`)"
    if (cue + " ").startswith(PREPOSITIONS):
        return "preposition or adverb"
    if any(word in NOUNS for word in words) and not any(word.endswith(("ed", "ing")) or word in AUXILIARIES for word in words):
        return "noun"
    return "other verb"


def length_class(attribution, text):
    words = sum(len(text[s:e].split()) for s, e in attribution.content)
    return next(name for most, name in ((2, "1–2 words"), (5, "3–5"), (10, "6–10"), (20, "11–20"), (40, "21–40"), (10**9, "over 40"))
                if words <= most)


def distance_class(attribution, text, places):
    if not attribution.source:
        return "no source"
    sentence_of, paragraph_of = places
    own = {sentence_of[at] for s, e in attribution.content for at in (s, e - 1)}
    source = sentence_of[attribution.source[0][0]]
    if paragraph_of[attribution.source[0][0]] not in {paragraph_of[at] for s, e in attribution.content for at in (s, e - 1)}:
        return "another paragraph"
    away = min(abs(source - sentence) for sentence in own)
    return ("same sentence", "one sentence off")[away] if away < 2 else "further in the paragraph"


def source_class(attribution, text):
    if not attribution.source:
        return "none"
    source = " ".join(text[s:e] for s, e in attribution.source)
    words = re.findall(r"[^\W\d_]+", source)
    if all(word.lower() in PRONOUNS for word in words):
        return "pronoun"
    start = attribution.source[0][0]
    opens = not text[:start].rstrip(" \"“'‘").endswith(tuple("abcdefghijklmnopqrstuvwxyz,;:—-0123456789"))
    if opens and len(words) > 1 and not words[1][0].isupper():
        del words[0]
    names = [word for word in words if word[0].isupper() and word not in ("The", "A", "An")]
    return "name" if names else "description"


CLASSES = (
    ("kind", lambda a, text, places: a.type),
    ("cue", lambda a, text, places: cue_class(a, text)),
    ("length of content", lambda a, text, places: length_class(a, text)),
    ("source from content", distance_class),
    ("source", lambda a, text, places: source_class(a, text)),
    ("pieces", lambda a, text, places: "one" if len(a.content) == 1 else "two" if len(a.content) == 2 else "three and more"),
)
ORDER = ["direct", "mixed", "indirect", "verb of speech (in `cues.tsv`)", "other verb", "noun", "“according to”",
         "preposition or adverb", "1–2 words", "3–5", "6–10", "11–20", "21–40", "over 40", "same sentence", "one sentence off",
         "further in the paragraph", "another paragraph", "name", "pronoun", "description", "one", "two", "three and more",
         "none", "no source"]


def overlap(spans, others):
    return len(score.chars_of(spans) & score.chars_of(others))


def why_missed(gold, pairs, g, made):
    """Where on the way a gold attribution that is not right was lost."""
    attribution = gold[g]
    if g in pairs:
        source = made[pairs[g]].source
        return ("content right, source missed" if not source else
                "content right, a source where there is none" if not attribution.source else "content right, another source")
    size = len(score.chars_of(attribution.content))
    for other in made:
        if attribution.cue and overlap(attribution.cue, other.cue):
            if overlap(attribution.content, other.content):
                return "cue found, content under half"
            return "cue found, with other content"
    best = max((overlap(attribution.content, other.content) for other in made), default=0)
    return ("cue not found, content in a neighbour's" if 2 * best >= size else
            "cue not found, content touched by a neighbour's" if best else "nothing found")


def why_false(made, pairs, p, gold):
    """What a find that is not right is, beside the gold."""
    attribution = made[p]
    back = {p: g for g, p in pairs.items()}
    if p in back:
        return "content right, source wrong"
    if any(attribution.cue and overlap(attribution.cue, other.cue) and overlap(attribution.content, other.content) for other in gold):
        return "a cue of the gold, content under half"
    size = len(score.chars_of(attribution.content))
    best = max((overlap(attribution.content, other.content) for other in gold), default=0)
    if 2 * best >= size:
        return "content lies in another's (a report inside a report, or a piece)"
    return "content touches another's" if best else "nothing of the gold there"


def run_command(binary, folder, stems):
    with tempfile.TemporaryDirectory() as scratch:
        for stem in stems:
            (pathlib.Path(scratch) / f"{stem}.txt").symlink_to(folder / "text" / f"{stem}.txt")
        files = sorted(str(path) for path in pathlib.Path(scratch).iterdir())
        return subprocess.run([binary, "extract", "--format", "jsonl", "--input", "text", "--plain", *files],
                              capture_output=True, text=True, check=True).stdout


def table(title, counts):
    rows = [f"| {title} | annotated | of them right | recall | found | of them right | precision |", "|---|---|---|---|---|---|---|"]
    for name in sorted(counts, key=lambda name: ORDER.index(name)):
        gold, right, made, good = (counts[name][what] for what in ("gold", "right", "made", "good"))
        rows.append(f"| {name} | {gold} | {right} | {100 * right / max(1, gold):.0f} % | {made} | {good} | {100 * good / max(1, made):.0f} % |")
    return rows


def shares(title, counts):
    total = counts.total()
    rows = [f"| {title} | count | share |", "|---|---|---|"]
    return rows + [f"| {name} | {count} | {100 * count / max(1, total):.0f} % |" for name, count in counts.most_common()]


def show(attribution, text):
    spans = lambda role: " … ".join(text[s:e].replace("\n", "⏎") for s, e in getattr(attribution, role))
    return f"[{spans('source')}] {{{spans('cue')}}} <{spans('content')}>"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--lines", help="what the command printed, instead of running it")
    parser.add_argument("--binary", default=str(ROOT / "target" / "release" / "saidline"))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=5)
    args = parser.parse_args()
    folder = corpus.DATA / "polnear" / "train"
    stems = sorted(corpus.held_out())
    texts, raw_gold, _ = score.read_gold(folder / "text", folder / "attributions")
    printed = open(args.lines, encoding="utf-8").read() if args.lines else run_command(args.binary, folder, stems)
    found = {stem: [] for stem in stems}
    for line in map(json.loads, printed.splitlines()):
        if line["type"] == "attribution":
            found[pathlib.Path(line["path"]).stem].append(
                {role: [[span["start"], span["end"]] for span in line[role]] for role in ("source", "cue", "content")})

    by_class = {title: collections.defaultdict(collections.Counter) for title, _ in CLASSES}
    missed, false = collections.Counter(), collections.Counter()
    misses, finds = [], []
    for stem in stems:
        text, places = texts[stem], sentences(texts[stem])
        quoted = score.quoted_chars(text)
        gold = [score.make_attribution(raw, text, quoted) for raw in raw_gold[stem]]
        made = [score.make_attribution(raw, text, quoted) for raw in found[stem]]
        gold, made = [a for a in gold if a.content], [a for a in made if a.content]
        pairs = dict(score.match(gold, made, "content", score.MIN_IOU))
        right = {g: p for g, p in pairs.items() if score.same_source(gold[g], made[p])}
        for title, classify in CLASSES:
            for g, attribution in enumerate(gold):
                row = by_class[title][classify(attribution, text, places)]
                row["gold"] += 1
                row["right"] += g in right
            for p, attribution in enumerate(made):
                row = by_class[title][classify(attribution, text, places)]
                row["made"] += 1
                row["good"] += p in right.values()
        for g in range(len(gold)):
            if g not in right:
                why = why_missed(gold, pairs, g, made)
                missed[why] += 1
                misses.append((stem, why, gold[g], text, [a for a in made if overlap(a.content, gold[g].content) or overlap(a.cue, gold[g].cue)]))
        for p in range(len(made)):
            if p not in right.values():
                why = why_false(made, pairs, p, gold)
                false[why] += 1
                finds.append((stem, why, made[p], text, [a for a in gold if overlap(a.content, made[p].content) or overlap(a.cue, made[p].cue)]))

    rows = []
    for title, _ in CLASSES:
        rows += table(title, by_class[title]) + [""]
    rows += shares("where a miss was lost", missed) + [""] + shares("what a false find is", false)
    print("\n".join(rows))
    if args.write:
        head, rest = PAGE.read_text(encoding="utf-8").split(MARKS[0])
        PAGE.write_text(head + MARKS[0] + "\n".join(rows) + "\n" + MARKS[1] + rest.split(MARKS[1])[1], encoding="utf-8")
    chance = random.Random(args.seed)
    for name, cases in (("misses", misses), ("false finds", finds)):
        for stem, why, attribution, text, others in chance.sample(cases, min(args.sample, len(cases))):
            spans = attribution.source + attribution.cue + attribution.content
            start, end = min(s for s, _ in spans), max(e for _, e in spans)
            start, end = max(text.rfind("\n", 0, start) + 1, start - 200), min(len(text), end + 60)
            print(f"\n{name}: {why} ({stem})\n  {text[start:end]!r}\n  this:  {show(attribution, text)}")
            for other in others:
                print(f"  other: {show(other, text)}")


if __name__ == "__main__":
    main()
