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


def articles(number):
    """`number` of the texts, in an order made from the seed and the id alone: the first hundred of a thousand are
    the hundred that fewer would give."""
    ids, known = measured()
    rows = []
    with gzip.open(DATA / "allsides.jsonl.gz", "rt", encoding="utf-8") as file:
        for article in map(json.loads, file):
            date = article["date"] or ""
            if article["id"] in ids or not re.fullmatch(r"20\d\d-\d\d-\d\d", date) or "2015-11" <= date[:7] <= "2016-12":
                continue
            rows.append((hashlib.sha256(f"{SEED} {article['id']}".encode()).digest(), article["text"]))
    taken = 0
    for _, text in sorted(rows):
        if taken == number:
            return
        own = shingles(text)
        if len(text) > 800 and len(own & known) <= SHARED * len(own):
            taken += 1
            yield text
