#!/usr/bin/env python3
"""Draw the articles that are annotated outside the training data's domain.

    draw.py                 write `articles.jsonl` (ids, checksums and facts; no text)
    draw.py --texts DIR     also (or only, with --keep) write the texts as DIR/NNN.txt, outside the repository

An article's place in the draw is the SHA-256 of the seed and its id: the same on every machine and version of Python.
"""

import argparse
import collections
import hashlib
import json
import pathlib
import re
import sys

import corpora

SEED = "saidline domains 1"
HERE = pathlib.Path(__file__).resolve().parent
MANIFEST = HERE / "articles.jsonl"
WORDS = (250, 900)
OPINIONS = 3

# How many articles each group of topics gives; campaigns and Congress, which the training data are full of, give none.
GROUPS = {
    "world": (9, "world middle_east foreign_policy russia china europe israel palestine north_korea south_korea asia "
                 "africa great_britain mexico isis nuclear_weapons ebola"),
    "economy": (6, "economy_and_jobs business banking_and_finance trade labor taxes energy transportation agriculture "
                   "treasury media_industry housing_and_homelessness inequality"),
    "courts": (5, "justice supreme_court criminal_justice civil_rights justice_department sexual_misconduct "
                  "capital_punishment_and_death_penalty death_penalty"),
    "violence": (3, "violence_in_america terrorism gun_control_and_gun_rights disaster"),
    "science": (4, "coronavirus healthcare science environment public_health opioid_crisis "
                   "obesity_and_malnutrition food animal_welfare"),
    "culture": (4, "culture education technology sports arts_and_entertainment religion_and_faith holidays "
                   "cybersecurity privacy family_and_marriage"),
    "immigration": (1, "immigration"),
    "general": (1, "general_news"),
}
# Of every topic at most so many, so that a group is not one topic only.
OF_A_TOPIC = 2

# Marks of pages that are no whole article: live pages, transcripts, collections, texts cut off or run into furniture.
NO_ARTICLE = re.compile(
    r"live (?:blog|updates?|coverage)|liveblog|full transcript|rush transcript|[a-z] MORE on |MORE \(|"
    r"\bread (?:more|the rest|the full story) (?:at|here|on)\b|continue reading|click here to (?:read|continue)|"
    r"subscribers? only|javascript|this is a (?:rush|developing)|\[\.\.\.\]\s*$|…\s*$|\.\.\.\s*$",
    re.IGNORECASE)
OPINION = re.compile(r"\bopinion\b|editorial|guest writer|^analysis\b", re.IGNORECASE)
# Houses that print opinion and argument more than reports.
ARGUMENT = frozenset(
    "slate|salon|national review|reason|townhall|american spectator|hotair|flip side|daily kos|media matters|"
    "media research center|mother jones|week|atlantic|victor hanson|rich lowry|john stossel|charles krauthammer|"
    "thinkprogress|newsbusters|jacobin|ben shapiro|john fund|brookings institution|newt gingrich|george will|"
    "quillette|infowars|thread|nation|new republic|vox|fivethirtyeight|center for american progress|howard kurtz|"
    "ben stein|michelle malkin|city journal|michael goodwin|david leonhardt|ann coulter|jonah goldberg|pat buchanan|"
    "cato institute|jon terbush|alternet|snopes|intercept|facts and fact checking|politifact|realclearpolitics|"
    "new yorker|commentary magazine|vanity fair|dispatch".split("|"))

# Houses whose openings the corpus lacks.
CUT = frozenset({"new york times"})

# Read after the draw (opening and end) and found not to be whole articles; the next in order takes the place.
REJECTED = {
    "kFz7k1m2kRNJePxg": "lists of links run into the sentences",
    "QfEYmmb4cxnF9oHF": "begins in the middle",
    "JyDRi0wAp3UlGyMk": "a fact check without the claim it checks",
    "DzwL0lUSHNMYcdkT": "a column by a campaigner",
    "x8hTkgXFu3bsvi3s": "a column, not marked as one",
}

# How many of each are measured on, and how many of those are annotated twice.
MEASURED = {"allsides": 22, "basil": 2, "gum news": 4, "gum interview": 2}
TWICE = {"allsides": 7, "basil": 1, "gum news": 1, "gum interview": 1}


def place(*words):
    """The place of something in the draw."""
    return hashlib.sha256("\n".join((SEED,) + words).encode("utf-8")).hexdigest()


def family(outlet):
    """The house that an outlet belongs to: an outlet's opinion pages and second names count as the outlet."""
    name = re.sub(r"\(.*?\)|\s-\s.*|\.com\b", "", outlet).lower()
    name = re.sub(r"\b(?:the|news|online|opinion|web|editorial)\b", "", name)
    name = re.sub(r"[^a-z0-9]+", " ", name).strip()
    return {"nbcnews": "nbc", "msnbc": "nbc", "yahoo 360": "yahoo"}.get(name, name) or outlet.lower()


def is_whole(article):
    """Whether the text is that of one ordinary article, as far as a rule can tell."""
    body = article["text"].split("\n\n", 1)[-1]
    paragraphs = [p for p in re.split(r"\n\s*\n", body) if p.strip()]
    return (WORDS[0] <= len(body.split()) <= WORDS[1]
            and len(paragraphs) >= 6
            and max(len(p.split()) for p in paragraphs) <= 200
            and body.rstrip()[-1] in ".!?\"”’')"
            and re.match(r"[“\"'‘(\[]?[A-Z0-9]", body) is not None
            and not NO_ARTICLE.search(article["text"])
            and article["id"] not in REJECTED)


def is_opinion(article):
    """Whether somebody argues in it: by the title, the house, or an author who says `I` and asks questions."""
    unquoted = re.sub(r"[“\"][^“”\"\n]*[”\"]?", " ", article["text"])
    return bool(OPINION.search(article["title"]) or OPINION.search(article["outlet"])
                or family(article["outlet"]) in ARGUMENT
                or len(re.findall(r"\b(?:I|my|we|our|us)\b", unquoted)) >= 4 or unquoted.count("?") >= 3)


def draw_allsides(articles):
    """The 33 of allsides: group by group in the order of the draw, no house twice, few opinions."""
    groups = {topic: name for name, (_, topics) in GROUPS.items() for topic in topics.split()}
    left = {name: amount for name, (amount, _) in GROUPS.items()}
    houses, of_topic, opinions, taken = set(), collections.Counter(), 0, []
    pool = [a for a in articles if a["topic"] in groups and a["year"] not in ("", "2016") and is_whole(a)]
    for article in sorted(pool, key=lambda a: place("allsides", a["id"])):
        group, house = groups[article["topic"]], family(article["outlet"])
        if not left[group] or house in houses or house in CUT or of_topic[article["topic"]] == OF_A_TOPIC:
            continue
        if is_opinion(article) and opinions == OPINIONS:
            continue
        left[group] -= 1
        houses.add(house)
        of_topic[article["topic"]] += 1
        opinions += is_opinion(article)
        taken.append(article)
    if any(left.values()):
        raise ValueError(f"too few articles: {left}")
    return taken


def draw_first(articles, amount, key, distinct=()):
    """The first `amount` in the order of the draw, with no value twice of the fields in `distinct`."""
    taken = []
    for article in sorted(articles, key=lambda a: place(key, a["id"])):
        if all(article[field] != other[field] for field in distinct for other in taken):
            taken.append(article)
        if len(taken) == amount:
            return taken
    raise ValueError(f"too few articles of {key}")


def draw(folder):
    """The rows of the manifest and the texts by number."""
    outside_2016 = lambda articles: [a for a in articles if a["year"] not in ("", "2016") and is_whole(a)]
    parts = {
        "allsides": draw_allsides(corpora.allsides(folder)),
        "basil": draw_first(outside_2016(corpora.basil(folder)), 3, "basil", ("outlet", "topic")),
        "gum news": draw_first(outside_2016(corpora.gum(folder, "news")), 6, "gum news"),
        "gum interview": draw_first(outside_2016(corpora.gum(folder, "interview")), 3, "gum interview"),
    }
    rows, texts = [], {}
    for part, articles in parts.items():
        for i, article in enumerate(sorted(articles, key=lambda a: place("role", a["id"]))):
            rows.append({"corpus": part.split()[0], "id": article["id"], "sha256": corpora.checksum(article["text"]),
                         "outlet": article["outlet"], "year": article["year"], "topic": article["topic"],
                         "words": len(article["text"].split()),
                         "role": "measure" if i < MEASURED[part] else "tune", "twice": i < TWICE[part]})
            texts[article["id"]] = article["text"]
    rows.sort(key=lambda row: place("order", row["id"]))
    rows = [{"article": f"{n:03}"} | row for n, row in enumerate(rows, 1)]
    return rows, {row["article"]: texts[row["id"]] for row in rows}


def write_texts(texts, folder):
    if HERE.parents[1] in [folder.resolve(), *folder.resolve().parents]:
        sys.exit("error: the texts may not lie in the repository\nhint: name a folder outside it with `--texts`")
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in texts.items():
        (folder / f"{number}.txt").write_text(text, encoding="utf-8", newline="")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=pathlib.Path, metavar="DIR", help="write the texts there, outside the repository")
    parser.add_argument("--keep", action="store_true", help="leave the manifest as it is; check the texts against it")
    args = parser.parse_args()
    try:
        folder = corpora.data_folder()
    except FileNotFoundError as error:
        sys.exit(f"error: {error}\nhint: set SAIDLINE_DATA to the folder of the corpora")
    if args.keep:
        rows = corpora.read_manifest(MANIFEST)
        texts = corpora.texts_of(rows, folder)
    else:
        rows, texts = draw(folder)
        with open(MANIFEST, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if args.texts:
        write_texts(texts, args.texts)
    roles = collections.Counter(row["role"] for row in rows)
    print(f"{len(rows)} articles, {sum(row['words'] for row in rows)} words; "
          + ", ".join(f"{n} {role}" for role, n in sorted(roles.items()))
          + f", {sum(row['twice'] for row in rows)} twice")


if __name__ == "__main__":
    main()
