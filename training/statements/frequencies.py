#!/usr/bin/env python3
"""Count in how many articles words stand: crates/saidline/words/frequencies.tsv, by which common words weigh little.

    python3 training/statements/frequencies.py

Of the 12,000 articles of allsides those that are measured on elsewhere (`bench/domains`) are left out. A word is what
`Words::of` of crates/saidline/src/statements/words.rs takes for one: letters and digits with apostrophes, hyphens, points and
commas between, in lower case. Kept are those of one article in a hundred.
"""

import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench" / "domains")]
import corpora  # noqa: E402

TABLE = ROOT / "crates" / "saidline" / "words" / "frequencies.tsv"
WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")


def main():
    folder = corpora.data_folder()
    left_out = {row["id"] for row in corpora.read_manifest(ROOT / "bench" / "domains" / "articles.jsonl")}
    counts, articles = collections.Counter(), 0
    for row in corpora.allsides(folder):
        if row["id"] not in left_out:
            articles += 1
            counts.update({word.lower().replace("’", "'") for word in WORD.findall(row["text"])})
    kept = sorted((-count, word) for word, count in counts.items() if count * 100 >= articles and not word[0].isdigit())
    with open(TABLE, "w", encoding="utf-8") as file:
        file.write(f"# source: counted in {articles} news articles of the AllSides collection (training/statements/frequencies.py); "
                   "licence: Apache-2.0\n"
                   "# A line: a word in lower case, a tab, in how many of a thousand articles it stands. Words of fewer than ten are left out.\n")
        file.writelines(f"{word}\t{round(1000 * -count / articles)}\n" for count, word in kept)
    print(f"{articles} articles, {len(kept)} words")


if __name__ == "__main__":
    main()
