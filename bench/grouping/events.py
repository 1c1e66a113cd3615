#!/usr/bin/env python3
"""Draw the events of which reports of one statement are annotated.

    events.py                 write `events.jsonl` (event, role, ids and checksums of its three articles)
    events.py --texts DIR     write the texts for annotators into DIR, outside the repository

The events are those of BASIL, each told by three outlets: 16 to choose on, 32 to measure, 8 of these read twice; the 12 that were
left were added to those to choose on, when 16 had shown themselves too few. The place in the draw is the SHA-256 of seed and story. Stories of which an article is measured on elsewhere (`bench/domains`) are not to
choose on, and the other way round.
"""

import argparse
import collections
import hashlib
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path += [str(ROOT / "bench" / "domains"), str(ROOT / "bench" / "resolution")]
import attributions  # noqa: E402
import corpora  # noqa: E402

SEED = "saidline grouping 1"
MANIFEST = HERE / "events.jsonl"
AMOUNT = {"tune": 16, "measure": 32}
TWICE = 8


def articles(folder):
    """Every article of BASIL as {id, story, outlet, date, text}."""
    with open(folder / "basil" / "articles.jsonl", encoding="utf-8") as file:
        for row in map(json.loads, file):
            yield {"id": row["id"], "story": row["story"], "outlet": row["outlet"].lower(), "date": row["date"][:10],
                   "url": row["url"], "title": row["title"], "text": corpora.page_text(row["title"], row["text"])}


def draw(folder):
    """The rows of the manifest: {event, role, twice, articles: [{letter, id, outlet, date, sha256}]}."""
    stories = collections.defaultdict(list)
    for article in articles(folder):
        stories[article["story"]].append(article)
    elsewhere = {row["id"]: row["role"] for row in corpora.read_manifest(ROOT / "bench" / "domains" / "articles.jsonl")}
    order = sorted(stories, key=lambda story: hashlib.sha256(f"{SEED}\n{story}".encode()).hexdigest())
    bound = {s: next((elsewhere[a["id"]] for a in stories[s] if a["id"] in elsewhere), None) for s in order}
    # Those that are bound go first, so that the amounts come out.
    roles, left = {}, dict(AMOUNT)
    for story in sorted(order, key=lambda s: bound[s] is None):
        role = bound[story] or next((r for r in ("measure", "tune") if left[r]), None)
        if role:
            roles[story] = role
            left[role] -= 1
    left_over = [story for story in order if story not in roles]
    roles |= {story: "tune" for story in left_over}
    rows, twice = [], TWICE
    for story in [story for story in order if story not in left_over] + left_over:
        again = roles[story] == "measure" and twice > 0
        twice -= again
        rows.append({"event": f"e{len(rows) + 1:02}", "story": story, "role": roles[story], "twice": again, "articles": [
            {"letter": letter, "id": a["id"], "outlet": a["outlet"], "date": a["date"], "sha256": corpora.checksum(a["text"])}
            for letter, a in zip("abc", sorted(stories[story], key=lambda a: a["outlet"]))]})
    return rows


def texts(folder, rows):
    """The texts of the events' articles as {(event, letter): text}; ValueError where one is not what was annotated."""
    by_sum = {corpora.checksum(a["text"]): a["text"] for a in articles(folder)}
    found = {}
    for row in rows:
        for article in row["articles"]:
            if article["sha256"] not in by_sum:
                raise ValueError(f"the text of `{article['id']}` is not the one that was annotated")
            found[row["event"], article["letter"]] = by_sum[article["sha256"]]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=pathlib.Path, metavar="DIR")
    args = parser.parse_args()
    try:
        folder = corpora.data_folder()
    except FileNotFoundError as error:
        sys.exit(f"error: {error}\nhint: set SAIDLINE_DATA to the folder of the corpora")
    if args.texts:
        rows = corpora.read_manifest(MANIFEST)
        out = attributions.outside(args.texts)
        for (event, letter), text in texts(folder, rows).items():
            (out / f"{event}{letter}.txt").write_text(text, encoding="utf-8", newline="")
    else:
        rows = draw(folder)
        with open(MANIFEST, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    for role in AMOUNT:
        print(role, sum(r["role"] == role for r in rows), "events,", sum(r["role"] == role and r["twice"] for r in rows), "twice")


if __name__ == "__main__":
    main()
