#!/usr/bin/env python3
"""Draw the attributions whose speaker, addressee, place, time and act are annotated.

    attributions.py                  write `articles.jsonl` (ids, checksums, dates, and where the drawn attributions stand)
    attributions.py --sheets DIR     write texts and empty sheets for annotators into DIR, outside the repository; of articles
                                     annotated whole also the text with all its attributions marked

The attributions are those that people marked: of the articles of `bench/domains`, of PolNeAR's held-out tenth of train
(to choose on), and of PolNeAR dev (to measure on); later also of those articles of allsides that were annotated for the
extractor to learn from, whole. The place in the draw is the SHA-256 of seed, article and content.
"""

import argparse
import collections
import csv
import gzip
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path += [str(ROOT / "bench" / "domains"), str(ROOT / "training" / "extractor")]
import corpora  # noqa: E402

SEED = "saidline resolution 1"
MANIFEST = HERE / "articles.jsonl"
ROLES = ("source", "cue", "content")
#: How many articles of PolNeAR, and how many attributions of an article, by the role.
POLNEAR = {"tune": ("train", 10, 8), "measure": ("dev", 6, 5)}
DOMAINS = {"tune": 9, "measure": 7}
#: More of PolNeAR train to choose on, drawn when the first half had shown itself too small to choose rules by: how many
#: articles, of an outlet at most, and attributions of each.
MORE = (40, 6, 8)
#: Articles of PolNeAR train to choose on of which every attribution is annotated, as days and venues hold from one to the
#: next: how many articles, of an outlet at most, and the least and most attributions that they have.
WHOLE = (32, 5, 10, 24)
#: Articles of allsides on other subjects than US politics, to choose on: nobody marked their attributions, so those are taken
#: that saidline finds. By the letter of the draw: how many articles, of an outlet at most, attributions of each, and words of
#: an article at least and most.
OTHER = {"x": (24, 1, 9, 250, 900), "y": (48, 2, 9, 250, 900)}
#: How many of the articles that were annotated for the extractor (`training/extractor/annotated.jsonl`) are annotated whole here,
#: the first ones. Of these every second one is looked at while choosing; the others are only measured on, and the extractor
#: does not learn from them either (role `later`).
LATER = 213
SUBJECTS = ("world", "middle_east", "europe", "asia", "africa", "russia", "china", "economy_and_jobs", "banking_and_finance",
            "technology", "science", "culture", "sports", "education", "healthcare", "public_health", "environment", "justice",
            "supreme_court", "criminal_justice", "violence_in_america", "business", "facebook", "religion_and_faith", "north_korea",
            "trade", "media_industry", "arts_and_entertainment", "food", "coronavirus", "terrorism", "nuclear_weapons")
#: Code points of the text shown around an attribution in a sheet.
AROUND = 160


def place(*words):
    """The place of something in the draw."""
    return hashlib.sha256("\n".join((SEED,) + words).encode("utf-8")).hexdigest()


def dated(folder):
    """The day of publication by (corpus, id), where the corpus tells it."""
    dates = {}
    with gzip.open(folder / "allsides.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"] or ""):
                dates["allsides", row["id"]] = row["date"]
    with open(folder / "basil" / "articles.jsonl", encoding="utf-8") as file:
        for row in map(json.loads, file):
            dates["basil", row["id"]] = row["date"][:10]
    for path in (folder / "gum" / "xml").glob("*.xml"):
        created = re.search(r'dateCreated="(\d{4}-\d\d-\d\d)"', path.read_text(encoding="utf-8")[:20_000])
        if created:
            dates["gum", path.stem] = created[1]
    return dates


def of_domains(folder):
    """The articles of `bench/domains` as rows with all their attributions, and their texts."""
    manifest = corpora.read_manifest(ROOT / "bench" / "domains" / "articles.jsonl")
    texts, marked = corpora.texts_of(manifest, folder), {}
    for path in sorted((ROOT / "bench" / "domains" / "annotations").glob("*.jsonl"), reverse=True):
        with open(path, encoding="utf-8") as file:
            marked |= {record["article"]: record["attributions"] for record in map(json.loads, file)}
    for row in manifest:
        yield ({"corpus": row["corpus"], "id": row["id"], "outlet": row["outlet"], "role": row["role"], "twice": row["twice"]},
               texts[row["article"]], marked[row["article"]], DOMAINS[row["role"]])


def of_polnear(folder):
    """Articles of PolNeAR, one of an outlet, likewise."""
    import corpus as polnear
    kept = polnear.held_out()
    with open(folder / "polnear" / "metadata.tsv", encoding="utf-8", newline="") as file:
        facts = {row["filename"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    for role, (part, amount, each) in POLNEAR.items():
        outlets = set()
        for stem in sorted((s for s, row in facts.items() if row["compartment"] == part), key=lambda s: place("polnear", s)):
            if (part == "train" and stem not in kept) or facts[stem]["publisher"] in outlets or len(outlets) == amount:
                continue
            outlets.add(facts[stem]["publisher"])
            text, marked = read_polnear(folder, part, stem)
            yield ({"corpus": f"polnear {part}", "id": stem, "outlet": facts[stem]["publisher"], "role": role, "twice": False,
                    "published": facts[stem]["publication_date"]}, text, marked, each)


def more(folder):
    """Articles of PolNeAR train that are not held out, a few of an outlet, likewise."""
    amount, of_outlet, each = MORE
    yield from of_train(folder, "polnear more", amount, of_outlet, each, lambda stem, marked: True)


def whole(folder):
    """More of them, those that `more` has not, with all attributions."""
    amount, of_outlet, least, most = WHOLE
    taken = {row["id"] for row, *_ in more(folder)}
    yield from of_train(folder, "polnear whole", amount, of_outlet, most,
                        lambda stem, marked: stem not in taken and least <= sum(bool(a["content"]) for a in marked) <= most)


def other(folder, letter):
    """Articles of other subjects, of one draw, with the attributions that the release build of saidline finds in them."""
    elsewhere = {row["id"] for row in corpora.read_manifest(ROOT / "bench" / "domains" / "articles.jsonl")}
    drawn = {}
    for of, (amount, of_outlet, _, least, most) in OTHER.items():
        drawn[of], outlets = [], collections.Counter()
        seed = "allsides other" if of == "x" else f"allsides other {of}"
        for row in sorted(corpora.allsides(folder), key=lambda row: place(seed, row["id"])):
            words = len(row["text"].split())
            if (row["topic"] in SUBJECTS and row["id"] not in elsewhere and least <= words <= most
                    and outlets[row["outlet"]] < of_outlet and len(drawn[of]) < amount):
                outlets[row["outlet"]] += 1
                drawn[of].append(row)
        elsewhere |= {row["id"] for row in drawn[of]}
    found, each = drawn[letter], OTHER[letter][2]
    dates = dated(folder)
    lines = [json.dumps({"text": row["text"], "outlet": row["outlet"], **({"published": day} if (day := dates.get(("allsides", row["id"]))) else {})})
             for row in found]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write("".join(line + "\n" for line in lines))
        file.flush()
        ran = subprocess.run([ROOT / "target/release/saidline", "extract", "--plain", "--format", "jsonl", file.name], check=True,
                             capture_output=True, text=True)
    marked, n = collections.defaultdict(list), -1
    for line in map(json.loads, ran.stdout.splitlines()):
        n += line["type"] == "page"
        if line["type"] == "attribution":
            marked[n].append({role: [[s["start"], s["end"]] for s in line[role]] for role in ROLES})
    for n, row in enumerate(found):
        yield ({"corpus": "allsides", "id": row["id"], "outlet": row["outlet"], "role": "tune", "twice": False, "marked": marked[n]},
               row["text"], marked[n], each)


def later(folder):
    """The first articles that were annotated for the extractor, whole: what stands within another's content is left out."""
    with open(ROOT / "training" / "extractor" / "annotated.jsonl", encoding="utf-8") as file:
        annotated = [json.loads(line) for line, _ in zip(file, range(LATER))]
    wanted = {row["id"] for row in annotated}
    articles = {row["id"]: row for row in corpora.allsides(folder) if row["id"] in wanted}
    for n, row in enumerate(annotated, 1):
        article = articles[row["id"]]
        marked = [{role: one[role] for role in ROLES} for one in row["attributions"] if not one["nested"]]
        yield ({"corpus": "allsides", "id": row["id"], "outlet": article["outlet"], "role": "tune" if n % 2 else "later", "twice": False},
               article["text"], marked, len(marked))


def of_train(folder, seed, amount, of_outlet, each, wanted):
    """`amount` articles of PolNeAR train in the order of a seed, none that is held out, as rows with all their attributions."""
    import corpus as polnear
    kept, outlets = polnear.held_out(), collections.Counter()
    with open(folder / "polnear" / "metadata.tsv", encoding="utf-8", newline="") as file:
        facts = {row["filename"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    train = [s for s, row in facts.items() if row["compartment"] == "train" and s not in kept]
    for stem in sorted(train, key=lambda s: place(seed, s)):
        outlet = facts[stem]["publisher"]
        if outlets[outlet] == of_outlet or outlets.total() == amount:
            continue
        text, marked = read_polnear(folder, "train", stem)
        if wanted(stem, marked):
            outlets[outlet] += 1
            yield ({"corpus": "polnear train", "id": stem, "outlet": outlet, "role": "tune", "twice": False,
                    "published": facts[stem]["publication_date"]}, text, marked, each)


def read_polnear(folder, part, stem):
    """(text, attributions) of an article of PolNeAR."""
    import corpus as polnear
    with open(folder / "polnear" / part / "text" / f"{stem}.txt", encoding="utf-8", newline="") as file:
        text = file.read()
    annotated = sorted((folder / "polnear" / part / "attributions").glob(f"{stem}_*.ann"))[0]
    return text, [{role: [list(s) for s in getattr(a, role)] for role in ROLES} for a in polnear.read_brat(annotated)]


def draw(folder):
    """The rows of the manifest and the texts, in the order of the draw."""
    dates = dated(folder)
    first = picked([*of_domains(folder), *of_polnear(folder)], dates)
    first.sort(key=lambda pair: place("order", pair[0]["id"]))
    return [({"article": f"{letter}{n:02}"} | row, text)
            for letter, some in (("r", first), ("s", picked(more(folder), dates)), ("w", picked(whole(folder), dates)),
                                 *((letter, picked(other(folder, letter), dates)) for letter in OTHER),
                                 ("l", picked(later(folder), dates)))
            for n, (row, text) in enumerate(some, 1)]


def picked(articles, dates):
    """Of each article the attributions that are drawn: (row, text)."""
    drawn = []
    for row, text, marked, each in articles:
        whole = [a for a in marked if a["content"]]
        taken = sorted(whole, key=lambda a: place(row["id"], json.dumps(a["content"])))[:each]
        taken.sort(key=lambda a: (min(s for r in ROLES for s, _ in a[r]), a["content"]))
        row = {"published": dates.get((row["corpus"], row["id"]))} | row
        row |= {"sha256": corpora.checksum(text), "drawn": [{r: a[r] for r in ROLES} for a in taken]}
        drawn.append((row, text))
    return drawn


def texts(folder, manifest):
    """The texts of the manifest's articles as {article: text}; ValueError where one is not what was annotated."""
    domains = corpora.texts_of(corpora.read_manifest(ROOT / "bench" / "domains" / "articles.jsonl"), folder)
    by_sum = {corpora.checksum(text): text for text in domains.values()}
    if any(row["corpus"] == "allsides" and row["sha256"] not in by_sum for row in manifest):
        by_sum |= {corpora.checksum(row["text"]): row["text"] for row in corpora.allsides(folder)}
    found = {}
    for row in manifest:
        text = by_sum.get(row["sha256"])
        if row["corpus"].startswith("polnear"):
            path = folder / "polnear" / row["corpus"].split()[1] / "text" / f"{row['id']}.txt"
            with open(path, encoding="utf-8", newline="") as file:
                text = file.read()
        if text is None or corpora.checksum(text) != row["sha256"]:
            raise ValueError(f"the text of `{row['id']}` of {row['corpus']} is not the one that was annotated")
        found[row["article"]] = text
    return found


def sheet(row, text):
    """An empty sheet: each drawn attribution with the text around it, and the lines to fill in."""
    lines = [f"# {row['article']}: published {row['published'] or 'unknown'}, {row['outlet']}", ""]
    for n, a in enumerate(row["drawn"]):
        marks = sorted([(s, 1, "[ ", role) for role in ROLES for s, _ in a[role]] + [(e, 0, " ]", role) for role in ROLES for _, e in a[role]],
                       key=lambda m: (m[0], m[1]))
        start = max(0, marks[0][0] - AROUND)
        end = min(len(text), marks[-1][0] + AROUND)
        shown, at = "", start
        for position, opens, _, role in marks:
            shown += text[at:position] + (f"⟦{role[0].upper() if role != 'cue' else 'Q'}:" if opens else "⟧")
            at = position
        shown += text[at:end]
        lines += [f"== {n}", "# " + re.sub(r"\s*\n\s*", " ¶ ", shown), "V: ", "O: ", "A: ", "P: ", "W: ", "Y: ", "R: ", "I: ", ""]
    return "\n".join(lines)


def marked(row, text):
    """The whole text, each attribution's source, cue and content marked with its number: `⟦3S …⟧`, `⟦3Q …⟧`, `⟦3C …⟧`."""
    marks = []
    for n, a in enumerate(row["drawn"]):
        for role, letter in zip(ROLES, "SQC"):
            for start, end in a[role]:
                marks += [(start, 1, -end, f"⟦{n}{letter} "), (end, 0, -start, "⟧")]
    shown, at = "", 0
    for position, _, _, mark in sorted(marks):
        shown += text[at:position] + mark
        at = position
    return f"# {row['article']}: published {row['published'] or 'unknown'}, {row['outlet']}\n\n{shown}{text[at:]}"


def outside(folder):
    """The folder, made; exits where it lies in the repository and git would take it."""
    if ROOT in [folder.resolve(), *folder.resolve().parents]:
        sys.exit("error: the texts may not lie in the repository\nhint: name a folder outside it")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sheets", type=pathlib.Path, metavar="DIR")
    args = parser.parse_args()
    try:
        folder = corpora.data_folder()
    except FileNotFoundError as error:
        sys.exit(f"error: {error}\nhint: set SAIDLINE_DATA to the folder of the corpora")
    if args.sheets:
        rows = corpora.read_manifest(MANIFEST)
        made = texts(folder, rows)
    else:
        drawn = draw(folder)
        rows = [row for row, _ in drawn]
        with open(MANIFEST, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    for row in rows if args.sheets else []:
        text = made[row["article"]]
        (outside(args.sheets) / f"{row['article']}.txt").write_text(text, encoding="utf-8", newline="")
        (args.sheets / f"{row['article']}.sheet.txt").write_text(sheet(row, text), encoding="utf-8")
        if row["article"].startswith("l"):
            (args.sheets / f"{row['article']}.marked.txt").write_text(marked(row, text), encoding="utf-8")
    for role in ("tune", "measure", "later"):
        print(role, sum(r["role"] == role for r in rows), "articles,", sum(len(r["drawn"]) for r in rows if r["role"] == role),
              "attributions;", sum(len(r["drawn"]) for r in rows if r["role"] == role and r["twice"]), "twice")


if __name__ == "__main__":
    main()
