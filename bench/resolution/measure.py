#!/usr/bin/env python3
"""Score what is told of attributions: speaker, role, addressee, venue, time, act, polarity, chain.

    measure.py                      the half that is looked at while choosing (role `tune`), spans given and found
    measure.py --role measure       the half that is only measured on; with --write, docs/accuracy/resolution.md
    measure.py --role later         the articles drawn later, whole, that are only measured on
    measure.py --list speaker       (tune only) what is wrong of one part, in words of the articles

Two columns: with our own extraction (the release build reads the pages; attributions found, content IoU at least 0.5), and
on the spans that annotators marked (`cargo run --example tell`). Baselines stand in the same tables.
"""

import argparse
import collections
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))
import attributions  # noqa: E402
import corpora  # noqa: E402
import fill  # noqa: E402

ROLES = ("source", "cue", "content")
#: The outlets of PolNeAR by their marks. Annotators are told a page's outlet, which is no link of its chain.
OUTLETS = {"breitbart": "Breitbart", "huff-post": "The Huffington Post", "nyt": "The New York Times", "politico": "Politico",
           "usa-today": "USA Today", "wash-post": "The Washington Post", "west-journal": "Western Journalism"}


# ---------------------------------------------------------------- gold

def gold(role, texts):
    """The annotated attributions of a role as dicts: article, spans, and the annotation's fields."""
    marked = {}
    for path in sorted(fill.ANNOTATIONS.glob("*.jsonl"), reverse=True):
        with open(path, encoding="utf-8") as file:
            marked |= {record["article"]: record["attributions"] for record in map(json.loads, file)}
    for row in corpora.read_manifest(attributions.MANIFEST):
        if row["role"] == role and row["article"] in marked:
            for spans, told in zip(row["drawn"], marked[row["article"]]):
                yield {"article": row["article"], "published": row["published"], **spans, **told}


# ---------------------------------------------------------------- what saidline says

def given(rows, texts):
    """What the example `tell` reads, a line an article, and of each article the spans in that order. All attributions that
    people marked are given, as neighbours carry evidence."""
    everything = {row["sha256"]: marked for row, marked in all_marked()}
    lines, order = [], {}
    for row in rows:
        spans = [{r: a[r] for r in ROLES} for a in everything[row["sha256"]] if a["content"]]
        spans.sort(key=lambda a: (min(s for r in ROLES for s, _ in a[r]), a["content"]))
        order[row["article"]] = spans
        lines.append(json.dumps({"name": row["article"], "text": texts[row["article"]], "published": row["published"],
                                 "outlet": OUTLETS.get(row["outlet"], row["outlet"]), "attributions": spans}))
    return lines, order


def told_of_marked(rows, texts, items):
    """Of every item what is told when its spans are given."""
    lines, order = given(rows, texts)
    ran = subprocess.run(["cargo", "run", "--release", "-q", "-p", "saidline", "--example", "tell"], cwd=ROOT, check=True,
                         input="".join(line + "\n" for line in lines), stdout=subprocess.PIPE, text=True)
    found = collections.defaultdict(list)
    for line in map(json.loads, ran.stdout.splitlines()):
        if line["type"] == "attribution":
            found[line["path"]].append(line)
    for item in items:
        spans = {r: item[r] for r in ROLES}
        yield item, found[item["article"]][order[item["article"]].index(spans)]


def all_marked():
    folder = corpora.data_folder()
    for row, text, marked, _ in [*attributions.of_domains(folder), *attributions.of_polnear(folder), *attributions.more(folder),
                                *attributions.whole(folder)]:
        yield {"sha256": corpora.checksum(text)}, marked
    for row in corpora.read_manifest(attributions.MANIFEST):
        if "marked" in row:
            yield row, row["marked"]
        elif row["article"].startswith("l"):
            # Annotated whole: all that is marked was drawn.
            yield row, row["drawn"]


def told_of_found(rows, texts, items, model):
    """Of every item that our own extraction finds (content IoU at least 0.5) what is told of it; else None."""
    sys.path.insert(0, str(corpora.data_folder().parent / "eval"))
    import score
    subprocess.run(["cargo", "build", "--release", "-q"], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for row in rows:
            page = {"text": texts[row["article"]], "published": row["published"], "path": row["article"],
                    "outlet": OUTLETS.get(row["outlet"], row["outlet"])}
            (scratch / f"{row['article']}.jsonl").write_text(json.dumps({k: v for k, v in page.items() if v}) + "\n")
        ran = subprocess.run([ROOT / "target/release/saidline", "extract", "--plain", "--format", "jsonl", "--model", model,
                              *sorted(scratch.glob("*.jsonl"))], check=True, capture_output=True, text=True)
    found, path = collections.defaultdict(list), None
    for line in map(json.loads, ran.stdout.splitlines()):
        if line["type"] == "attribution":
            found[pathlib.Path(re.sub(r"[:#].*$", "", line["path"])).stem].append(line)
    by_article = collections.defaultdict(list)
    for item in items:
        by_article[item["article"]].append(item)
    for article, several in by_article.items():
        text = texts[article]
        quoted = score.quoted_chars(text)
        spans = lambda a: {r: [s if isinstance(s, list) else [s["start"], s["end"]] for s in a[r]] for r in ROLES}
        ours = [score.make_attribution(spans(a), text, quoted) for a in found[article]]
        theirs = [score.make_attribution(spans(a), text, quoted) for a in several]
        pairs = dict(score.match(theirs, ours, "content", score.MIN_IOU))
        for n, item in enumerate(several):
            yield item, found[article][pairs[n]] if n in pairs else None


# ---------------------------------------------------------------- judging

def plain(name):
    """A name without case, accents, marks and articles."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    bare = re.sub(r"[’']s\b", "", bare)
    return " ".join(w for w in re.findall(r"[a-z0-9]+", bare) if w not in ("the", "a", "an", "of"))


def same_name(made, names):
    """Whether a name is one of those given; a full name may have more words (a middle name, a title) than they have."""
    one = plain(made or "")
    for name in map(plain, names):
        short, long = sorted((one.split(), name.split()), key=len)
        if one == name and one or len(short) >= 2 and set(short) <= set(long):
            return True
    return False


def identified(item):
    """The voices of an item that the page identifies."""
    return [v for v in item["voices"] if v["kind"] != "unnamed"]


def right_speaker(item, made):
    """Whether the speakers are those of the annotation: each named one is there, and nobody else by name."""
    named = [s for s in made["speakers"] if s["kind"] != "unnamed"]
    everybody = all(any(same_name(s["name"], v["names"]) for s in made["speakers"]) for v in identified(item))
    nobody_else = all(any(same_name(s["name"], v["names"]) for v in item["voices"]) for s in named)
    return everybody and nobody_else


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def mentions(item, made, field, key):
    """(right, made, given) of addressees or links of the chain: the spans overlap and the value is right."""
    given, ours = item[field], made[key]
    right = 0
    for one in given:
        right += any(overlap(one["span"], (o["start"], o["end"])) and same_value(o, one) for o in ours)
    return right, len(ours), len(given)


def same_value(made, one):
    value = made["name"] or made["text"]
    return same_name(value, one["names"]) or any(
        set(plain(value).split()) & set(plain(name).split()) and (
            plain(value) in plain(name) or plain(name) in plain(value)) for name in one["names"])


def venue(item, made):
    """(right, made, given): the spans overlap, the kind is the same, and so is the name where there is one."""
    given, ours = item["venue"], made["venue"]
    right = bool(given and ours and overlap(given["span"], (ours["start"], ours["end"])) and given["kind"] == ours["kind"]
                 and (not given["names"] or same_value(ours, given)))
    return int(right), int(ours is not None), int(given is not None)


def days(said):
    """[first, last day] of what is on the wire; None where an end is open."""
    if not said or not said["from"] or not said["to"]:
        return None
    return [fill.day(said["from"][:10], False).isoformat(), fill.day(said["to"][:10], True).isoformat()]


def is_dated(said):
    """Whether a date is claimed: more than the publication day as a bound."""
    return bool(said and said["basis"] not in ("published", "none") and (said["from"] or said["to"]))


#: Titles as news shortens them: who reads "Sen." reads "senator".
TITLES = {"sen": "senator", "sens": "senator", "rep": "representative", "reps": "representative", "gov": "governor",
          "govs": "governor", "gen": "general", "lt": "lieutenant", "col": "colonel", "capt": "captain", "sgt": "sergeant",
          "gop": "republican", "prof": "professor", "dr": "doctor", "rev": "reverend", "amb": "ambassador", "pres": "president"}
#: Who leads, contends, hopes or is named in a race is a candidate.
CANDIDATES = re.compile(r"\b((presumptive|presumed|likely) )?(front[- ]?runner|contender|hopeful|nominee)\b", re.I)


def same_role(made, names):
    """Whether a role says the same: most of its words are those of a form that was given."""
    words = lambda role: {TITLES.get(word, word) for word in plain(CANDIDATES.sub("candidate", role)).split()}
    ours = words(made or "")
    for name in names:
        theirs = words(name)
        if ours and len(ours & theirs) * 2 >= min(len(ours), len(theirs)) * 2 or ours and len(ours & theirs) * 2 >= len(ours | theirs):
            return True
    return False


def f1(counts):
    right, made, given = (sum(c[i] for c in counts) for i in range(3))
    return 2 * right / max(1, made + given), right, made, given


def percent(part, whole):
    return f"{100 * part / whole:.1f} % ({part} of {whole})" if whole else "–"


def macro(pairs, least=10):
    """Macro-F1 over labels with `least` cases or more, of (set of right labels, made); a made one that is among the right
    ones counts for the first."""
    label = lambda wanted, made: wanted[0]
    shown = [(label(w, m), label(w, m) if m in w else m) for w, m in pairs]
    counts = collections.Counter(g for g, _ in shown)
    scores = {}
    for name, number in counts.items():
        if number >= least:
            hit = sum(g == m == name for g, m in shown)
            scores[name] = 2 * hit / (number + sum(m == name for _, m in shown))
    return sum(scores.values()) / max(1, len(scores)), scores


# ---------------------------------------------------------------- baselines for speakers

#: Two to four words with capitals: a full name, as far as capitals tell.
FULL = re.compile(r"\b[A-Z][a-zé]+(?: (?:[A-Z]\.|[A-Z][\w’'-]+)){1,3}\b")
#: A name at all.
CAPITALS = re.compile(r"\b[A-Z][\w’'-]+(?: (?:[A-Z]\.|[A-Z][\w’'-]+)){0,3}\b")
FEMALE, MALE = {"she", "her", "hers"}, {"he", "him", "his"}


def nearest_name(item, text):
    """The name of two or more capitals that stands nearest to the cue, or to the content where there is no cue."""
    at = (item["cue"] or item["content"])[0][0]
    found = min(FULL.finditer(text), key=lambda m: abs(m.start() - at), default=None)
    return found and found[0]


def longest_match(item, text):
    """The source's words with capitals, or the longest name of the article that holds the last of them."""
    words = " ".join(text[s:e] for s, e in item["source"])
    name = max((m[0] for m in CAPITALS.finditer(words)), key=len, default=None)
    if name is None:
        return words or None
    last = name.split()[-1]
    return max([name] + [m[0] for m in FULL.finditer(text) if last in m[0].split()], key=len)


def last_of_gender(item, text):
    """A pronoun is the last full name before it that "she" or "he" follows first; other sources as `longest_match`."""
    words = " ".join(text[s:e] for s, e in item["source"]).lower()
    wanted = FEMALE if words in FEMALE else MALE if words in MALE else None
    if wanted is None:
        return longest_match(item, text)
    names = list(FULL.finditer(text, 0, item["source"][0][0]))
    for match in reversed(names):
        after = re.search(r"\b(she|her|he|his|him)\b", text[match.end():], re.I)
        if not after or after[0].lower() in wanted:
            return match[0]
    return names[-1][0] if names else None


def baselines(items, texts):
    """Rows of the table: how often a simple rule names the first voice, where the page identifies one."""
    known = [i for i in items if identified(i)]
    for name, rule in (("nearest name", nearest_name), ("longest matching name", longest_match),
                       ("last-mentioned person of fitting gender", last_of_gender)):
        right = sum(same_name(rule(i, texts[i["article"]]), identified(i)[0]["names"]) for i in known)
        yield f"baseline for speakers: {name}", percent(right, len(known))


def report(pairs):
    """The measures as (name, value), in the order of the table, and the wrong ones by part for `--list`."""
    rows, wrong = [], collections.defaultdict(list)
    pairs = [(i, m) for i, m in pairs if m is not None]
    known = [(i, m) for i, m in pairs if identified(i)]
    hit = lambda some: percent(sum(right_speaker(i, m) for i, m in some), len(some))
    rows.append(("speaker right, voice identified", hit(known)))
    form = lambda *names: [(i, m) for i, m in known if identified(i)[0]["form"] in names]
    for name, forms in (("names and short names", ("name", "short")), ("pronouns", ("pronoun",)), ("descriptions", ("description",)),
                        ("governments and institutions", ("institution",)), ("carried, labels", ("carried", "label"))):
        rows.append((f"– {name}", hit(form(*forms))))
    nobody = [(i, m) for i, m in pairs if not identified(i)]
    rows.append(("nobody identified: given a name", percent(sum(any(s["kind"] != "unnamed" for s in m["speakers"]) for _, m in nobody), len(nobody))))
    given = [(s["confidence"], right_speaker(i, m)) for i, m in pairs for s in m["speakers"][:1] if s["kind"] != "unnamed"]
    sure = [r for c, r in given if c >= 0.9]
    rows.append(("speakers at ≥ 0.9: share of all named, wrong", f"{percent(len(sure), len(given))}, {percent(sure.count(False), len(sure))}"))
    if given:
        rate = sum(r for _, r in given) / len(given)
        brier = sum((c - r) ** 2 for c, r in given) / len(given)
        rows.append(("Brier of speaker confidence against the base rate's", f"{100 * (brier / max(1e-9, rate * (1 - rate)) - 1):+.0f} % (rate {100 * rate:.1f} %)"))
    roles = [(i, m) for i, m in known if i["role"] and m["speakers"] and right_speaker(i, m)]
    rows.append(("role right, of right speakers whose role the page tells", percent(sum(same_role(m["speakers"][0]["role"], i["role"]) for i, m in roles), len(roles))))
    for name, counts in (("addressee F1", [mentions(i, m, "addressees", "addressees") for i, m in pairs]),
                         ("venue F1", [venue(i, m) for i, m in pairs]), ("chain F1", [mentions(i, m, "via", "via") for i, m in pairs])):
        value, right, made, told = f1(counts)
        rows.append((name, f"{value:.2f} ({right} right of {made} made, {told} given)"))
    dated = [(i, m) for i, m in pairs if i["said"] and isinstance(i["said"]["days"], list)]
    rows.append(("said: right interval, where words give one", percent(sum(days(m["said"]) == i["said"]["days"] for i, m in dated), len(dated))))
    for basis in ("words", "event", "dateline"):
        some = [(i, m) for i, m in dated if i["said"]["basis"] == basis]
        rows.append((f"– by {basis}", percent(sum(days(m["said"]) == i["said"]["days"] for i, m in some), len(some))))
    undated = [(i, m) for i, m in pairs if not (i["said"] and isinstance(i["said"]["days"], list))]
    rows.append(("said: a date where none is given", percent(sum(is_dated(m["said"]) for _, m in undated), len(undated))))
    rows.append(("baseline: the publication day", percent(sum(i["said"]["days"] == [i["published"]] * 2 for i, _ in dated), len(dated))))
    types = [(i["types"], (m["act"] or {}).get("type")) for i, m in pairs]
    value, scores = macro(types)
    common = collections.Counter(t[0] for t, _ in types).most_common(1)[0][0]
    rows.append(("act: macro-F1 over types with ten cases or more", f"{value:.2f} ({', '.join(f'{n} {s:.2f}' for n, s in sorted(scores.items()))})"))
    rows.append((f"baseline: always `{common}`", f"{macro([(t, common) for t, _ in types])[0]:.2f}"))
    rows.append(("act: type right", percent(sum(m in t for t, m in types), len(types))))
    classes = [({c for c, names in fill.TYPES.items() for t in i["types"] if t in names}, (m["act"] or {}).get("class")) for i, m in pairs]
    rows.append(("act: class right", percent(sum(m in c for c, m in classes), len(classes))))
    polar = [(int(i["polarity"] != "affirmed" and m["polarity"] == i["polarity"]), int(m["polarity"] not in (None, "affirmed")),
              int(i["polarity"] != "affirmed")) for i, m in pairs]
    value, right, made, told = f1(polar)
    rows.append(("polarity other than affirmed, F1", f"{value:.2f} ({right} right of {made} made, {told} given)"))
    for i, m in pairs:
        checks = {"speaker": right_speaker(i, m) if identified(i) else not any(s["kind"] != "unnamed" for s in m["speakers"]),
                  "role": not i["role"] or bool(m["speakers"]) and same_role(m["speakers"][0]["role"], i["role"]),
                  "addressee": len(set(mentions(i, m, "addressees", "addressees"))) == 1,
                  "venue": len(set(venue(i, m))) == 1, "chain": len(set(mentions(i, m, "via", "via"))) == 1,
                  "said": days(m["said"]) == i["said"]["days"] if i["said"] and isinstance(i["said"]["days"], list) else not is_dated(m["said"]),
                  "act": (m["act"] or {}).get("type") in i["types"], "polarity": m["polarity"] == i["polarity"]}
        for part, right in checks.items():
            if not right:
                wrong[part].append((i, m))
    return rows, wrong, len(pairs)


def show(item, made, text):
    around = min(s for r in ROLES for s, _ in item[r])
    words = lambda spans: " … ".join(" ".join(text[s:e].split()) for s, e in spans) or "-"
    print(f"\n{item['article']} @{around} published {item['published']}\n  S {words(item['source'])} | Q {words(item['cue'])} | C {words(item['content'])[:200]}")
    print("  context:", " ".join(text[max(0, around - 300):around + 250].split()))
    for key in ("voices", "role", "addressees", "venue", "said", "types", "polarity", "via"):
        if item[key]:
            print(f"  gold {key}: {json.dumps(item[key], ensure_ascii=False)}")
    for key in ("speakers", "addressees", "venue", "said", "act", "polarity", "via"):
        if made[key]:
            print(f"  made {key}: {json.dumps(made[key], ensure_ascii=False)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--role", choices=("tune", "measure", "later"), default="tune")
    parser.add_argument("--model", default="accurate")
    parser.add_argument("--marked", action="store_true", help="only on the spans that annotators marked: needs no network")
    parser.add_argument("--articles", metavar="LETTERS", default="", help="only articles that begin so, such as `w`")
    parser.add_argument("--list", metavar="PART", help="speaker, role, addressee, venue, chain, said, act or polarity")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.list and args.role != "tune":
        parser.error("the half that is measured on is not looked at")
    folder = corpora.data_folder()
    manifest = corpora.read_manifest(attributions.MANIFEST)
    rows = [row for row in manifest if row["role"] == args.role and row["article"].startswith(args.articles)]
    texts = attributions.texts(folder, rows)
    items = [item for item in gold(args.role, texts) if item["article"] in texts]
    columns = {"on marked spans": report(told_of_marked(rows, texts, items))}
    if not args.marked:
        columns = {"with our extraction": report(told_of_found(rows, texts, items, args.model)), **columns}
    if args.list:
        for item, made in list(columns.values())[-1][1][args.list]:
            show(item, made, texts[item["article"]])
    lines = [f"{datetime.date.today()}, role `{args.role}`: {len(rows)} articles, {len(items)} attributions; "
             + ", ".join(f"{name}: {n} compared" for name, (_, _, n) in columns.items()), "",
             "| | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    for n, (name, _) in enumerate(next(iter(columns.values()))[0]):
        lines.append(f"| {name} | " + " | ".join(c[0][n][1] for c in columns.values()) + " |")
    # They are asked on the marked spans, whatever the column.
    for name, value in baselines(items, texts):
        lines.append(f"| {name} | " + " | ".join([value] * len(columns)) + " |")
    print("\n".join(lines))
    if args.write:
        path = ROOT / "docs" / "accuracy" / "resolution.md"
        page = path.read_text(encoding="utf-8")
        mark = f"<!-- {args.role} -->"
        before, _, rest = page.partition(mark)
        _, _, after = rest.partition("<!-- end -->")
        path.write_text(before + mark + "\n" + "\n".join(lines) + "\n<!-- end -->" + after, encoding="utf-8")


if __name__ == "__main__":
    main()
