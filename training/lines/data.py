"""The pages that the line classifier learns from, and their rows.

Four sorts, all under $SAIDLINE_DATA:

* `bench`: the benchmark pages as scraped text (see bench/lines/pages.py), each line labelled by alignment with the
  true article text;
* `transplant`: the same pages with the article lines replaced by those of another article (AllSides), whole or with
  only some of the furniture around it left, as a person copies a page or a scraper cuts it;
* `clean`: articles without any page around them (PolNeAR train), every line article;
* `pasted`: AllSides articles as they are. A short line that stands word for word in several of them is furniture.

A made page belongs to the benchmark page whose furniture it has, so that no fold trains on what it is scored on.
"""

import gzip
import json
import random
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench/lines"))

import measure  # noqa: E402
import pages  # noqa: E402

WORK = ROOT / "target/lines"
TRANSPLANTS_PER_PAGE = 12
CLEAN_ARTICLES = 400
PASTED_ARTICLES = 600
HELD_BACK = 1_000  # AllSides articles that are never trained on, for checks by reading


@dataclass
class Made:
    """A page for training: its lines, each with a label, and where it comes from."""

    sort: str
    source: int  # index of the benchmark page whose furniture it has; -1 for none
    lines: list[str]
    labels: list[int]
    separator: str = "\n"


@dataclass
class Rows:
    """Feature rows of pages, and for each row its page and its line's words."""

    x: np.ndarray
    page: np.ndarray
    blocks: list[tuple[int, str, int, int]] = field(repr=False)


def allsides() -> list[dict]:
    """The AllSides articles, in the order of the file."""
    with gzip.open(pages.data() / "allsides.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def article_lines(text: str) -> list[str]:
    """The lines of an article that show something."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def polnear(part: str) -> list[str]:
    """The texts of PolNeAR's `train` or `dev`."""
    folder = pages.data() / "polnear" / part / "text"
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]


def repeated_lines(articles: list[dict]) -> set[str]:
    """Lines that several articles share word for word: calls to subscribe, to follow, to download."""
    seen = Counter(line for article in articles for line in set(article_lines(article["text"])))
    return {line for line, times in seen.items() if times >= 4}


FURNITURE_IN_ARTICLE = re.compile(
    r"^(advertisement|story continues below|related|read more|click here|subscribe|sign up|photos?|watch)\b", re.I
)


def benchmark() -> list[Made]:
    """The benchmark pages, a page in its place in the order of their ids."""
    made = []
    for number, (page, true) in enumerate(pages.truth().items()):
        lines = pages.visible_lines(pages.html(page))
        shares = measure.gold_lines(true, lines)
        made.append(Made("bench", number, lines, [int(share >= 0.5) for share in shares]))
    return made


def made_pages(bench: list[Made], seed: int = 1) -> list[Made]:
    """All pages made for training, the benchmark pages themselves first."""
    chance = random.Random(seed)
    articles = allsides()[HELD_BACK:]
    repeated = repeated_lines(articles)
    usable = [a for a in articles if len(article_lines(a["text"])) >= 4 and len(a["text"]) >= 600]
    chance.shuffle(usable)
    made = list(bench)

    def labelled(article: dict) -> tuple[list[str], list[int]]:
        lines = article_lines(article["text"])[:120]
        furniture = [line in repeated or bool(FURNITURE_IN_ARTICLE.match(line) and len(line) < 90) for line in lines]
        return lines, [int(not f) for f in furniture]

    taken = iter(usable)
    for page in bench:
        inside = [i for i, label in enumerate(page.labels) if label]
        if not inside:
            continue
        first, last = inside[0], inside[-1]
        for turn in range(TRANSPLANTS_PER_PAGE):
            lines, labels = labelled(next(taken))
            # Keep the furniture inside the article where it was, by its place.
            within = [(i - first) / max(1, last - first) for i in range(first, last + 1) if not page.labels[i]]
            furniture = [page.lines[i] for i in range(first, last + 1) if not page.labels[i]]
            body = [(i / max(1, len(lines)), 1, line, label) for i, (line, label) in enumerate(zip(lines, labels))]
            body += [(place, 0, line, 0) for place, line in zip(within, furniture)]
            body.sort(key=lambda entry: entry[:2])
            before, after = page.lines[:first], page.lines[last + 1 :]
            if turn % 3 == 1:
                before, after = before[-chance.randint(0, 12) :] if chance.random() < 0.8 else [], after[: chance.randint(0, 12)]
            elif turn % 3 == 2:
                before = [line for line in before if chance.random() < 0.3][-60:]
                after = [line for line in after if chance.random() < 0.4][:60]
            made.append(
                Made(
                    "transplant",
                    page.source,
                    before + [line for _, _, line, _ in body] + after,
                    [0] * len(before) + [label for *_, label in body] + [0] * len(after),
                )
            )
    for text in polnear("train")[:CLEAN_ARTICLES]:
        lines = article_lines(text)
        made.append(Made("clean", -1, lines, [1] * len(lines), "\n\n"))
    for article, _ in zip(taken, range(PASTED_ARTICLES)):
        lines, labels = labelled(article)
        made.append(Made("pasted", -1, lines, labels, "\n\n"))
    return made


def example(*arguments: str) -> None:
    """Runs the example `lines` of saidline-html, built with optimisation."""
    command = ["cargo", "run", "--quiet", "--release", "-p", "saidline-html", "--example", "lines", "--", *arguments]
    subprocess.run(command, cwd=ROOT, check=True)


def write_pages(name: str, made: list[Made]) -> Path:
    """Writes pages as files, and the list of them."""
    folder = WORK / name
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, page in enumerate(made):
        path = folder / f"{number:05}.txt"
        path.write_text(page.separator.join(page.lines) + "\n", encoding="utf-8")
        paths.append(str(path))
    listing = WORK / f"{name}.list"
    listing.write_text("\n".join(paths) + "\n", encoding="utf-8")
    return listing


def read_blocks(path: Path) -> list[tuple[int, str, int, int]]:
    """The blocks that the example wrote: page, kind, start and end in bytes."""
    blocks = []
    for line in path.read_text(encoding="utf-8").splitlines():
        page, kind, start, end = line.split("\t")
        blocks.append((int(page), kind, int(start), int(end)))
    return blocks


def rows(name: str, made: list[Made]) -> Rows:
    """The rows of pages, computed by the engine; one row a line (checked)."""
    listing = write_pages(name, made)
    values, blocks = WORK / f"{name}.rows", WORK / f"{name}.blocks"
    example("rows", str(listing), str(values), str(blocks))
    found = read_blocks(blocks)
    page = np.array([block[0] for block in found])
    x = np.fromfile(values, "<f4").reshape(len(found), -1)
    per_page = np.bincount(page, minlength=len(made))
    for number, entry in enumerate(made):
        if per_page[number] != len(entry.lines):
            sys.exit(f"error: page {number} ({entry.sort}) has {len(entry.lines)} lines and {per_page[number]} rows")
    return Rows(x, page, found)
