"""News articles without labels, for teachers to label: those of allsides that no measurement looks at.

Left out: the articles of `bench/domains` and whatever shares text with them, with BASIL or with PolNeAR dev; and all
that is undated or from the months of PolNeAR (November 2015 to December 2016), so that no article of any compartment
of it comes in by this door.
"""

import gzip
import hashlib
import json
import re

from corpus import DATA, ROOT

SEED = "saidline unlabelled 1"
#: Words of a shingle, and the share of an article's shingles that may be found in a text of a measurement.
SHINGLE, SHARED = 8, 0.02


def shingles(text):
    words = re.findall(r"\w+", text.lower())
    return {hash(tuple(words[i:i + SHINGLE])) for i in range(len(words) - SHINGLE + 1)}


def measured():
    """Ids of `bench/domains`, and the shingles of all texts that something is measured on."""
    ids = set()
    with open(ROOT / "bench" / "domains" / "articles.jsonl", encoding="utf-8") as file:
        ids.update(json.loads(line)["id"] for line in file)
    known = set()
    for path in (DATA / "polnear" / "dev" / "text").glob("*.txt"):
        known |= shingles(path.read_text(encoding="utf-8"))
    with open(DATA / "basil" / "articles.jsonl", encoding="utf-8") as file:
        for line in file:
            known |= shingles(json.loads(line)["text"])
    with gzip.open(DATA / "allsides.jsonl.gz", "rt", encoding="utf-8") as file:
        for article in map(json.loads, file):
            if article["id"] in ids:
                known |= shingles(article["text"])
    return ids, known


def dated_otherwise(article, ids):
    """Whether an article is none of these ids, and of another time than PolNeAR."""
    date = article["date"] or ""
    return (article["id"] not in ids and re.fullmatch(r"20\d\d-\d\d-\d\d", date) is not None
            and not "2015-11" <= date[:7] <= "2016-12")


def shares_little(text, known):
    """Whether a text has nearly nothing in common with those that something is measured on."""
    own = shingles(text)
    return len(own & known) <= SHARED * len(own)


def articles(number):
    """`number` of the texts, in an order made from the seed and the id alone: the first hundred of a thousand are
    the hundred that fewer would give."""
    ids, known = measured()
    with gzip.open(DATA / "allsides.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [(hashlib.sha256(f"{SEED} {article['id']}".encode()).digest(), article["text"])
                for article in map(json.loads, file) if dated_otherwise(article, ids)]
    taken = 0
    for _, text in sorted(rows):
        if taken == number:
            return
        if len(text) > 800 and shares_little(text, known):
            taken += 1
            yield text
