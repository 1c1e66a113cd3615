"""The pages that the line classifier learns from, and their rows.

Five sorts, all under $SAIDLINE_DATA:

* `bench`: the benchmark pages as scraped text (see bench/lines/pages.py), each line labelled by alignment with the
  true article text;
* `transplant`: the same pages with the article lines replaced by those of another article (AllSides), whole or with
  only some of the furniture around it left, as a person copies a page or a scraper cuts it;
* `clean`: articles without any page around them (PolNeAR train), every line article;
* `scraped`: AllSides articles under their headline with a byline and a date, with lines as scrapers leave them set
  among the paragraphs and around the whole (icons, player times, "Read more: …", other headlines, notices), all of
  them invented here or headlines of other articles;
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
SCRAPED_ARTICLES = 800
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


# Lines as scrapers leave them. {title} is the headline of another article, {topic} a section, {n} a number, {name} a
# name, {outlet} an outlet.
SHARING = [
    "facebook-ftwitter-whitestubmleupon", "facebooktwitterlinkedinemail", "Share", "Share this article", "Share this story",
    "Facebook Twitter WhatsApp Email Copy link", "Tweet", "Share on Facebook", "{n} Shares", "Print", "Email this article",
    "Follow us on Telegram", "Follow us on Twitter", "Copy link", "Save", "A A A", "fb tw wa tg", "Share:",
]  # fmt: skip
WAITING = [
    "Please Wait…", "Please wait...", "Loading…", "Loading...", "Listen to this article", "0:00 / {n}:42", "0:00", "00:00",
    "Play", "Video Player is loading.", "{n} min read", "Reading time: {n} minutes", "Your browser does not support audio",
    "Current Time 0:00 / Duration {n}:13", "Loaded: 0%", "Listen · {n} min", "LISTEN {n}:04", "Play Video",
]  # fmt: skip
AGES = ["{n} hours ago", "{n} minutes ago", "{n} days ago", "Last updated {n} hours ago", "an hour ago", "Updated {n} mins ago"]
INSIDE = [
    "Advertisement", "ADVERTISEMENT", "Advertisement:", "Story continues below advertisement", "Read more: {title}",
    "READ MORE: {title}", "Read also: {title}", "ALSO READ: {title}", "Related: {title}", "RELATED: {title}", "See also: {title}",
    "{title}", "Article continues after ad", "Sponsored", "Click here to join our WhatsApp channel", "Watch: {title}",
    "Sign up for our daily newsletter", "Subscribe to our newsletter", "- Advertisement -", "Read {outlet} on Telegram",
    "Don't miss: {title}", "MORE: {title}", "Read Next: {title}", "Promoted", "Getty Images", "Scroll to continue",
]  # fmt: skip
ASIDE = [
    "Home", "World", "Politics", "Business", "Opinion", "Sport", "Culture", "Video", "Live", "Menu", "Search", "Subscribe",
    "Sign in", "Log in", "Newsletters", "Donate", "Latest news", "Home > {topic}", "Home / News / {topic}", "{topic}",
    "Breaking news", "Trending", "Weather", "Skip to content", "Newsroom", "Podcasts", "E-paper", "Language: English",
]  # fmt: skip
ENDING = [
    "Sign up for our newsletter and get the best of {outlet} in your inbox", "Support independent journalism: donate now",
    "Subscribe to {outlet} for full access to our journalism.", "Join the conversation", "Leave a comment", "{n} comments",
    "Comments ({n})", "Leave a Reply", "Your email address will not be published. Required fields are marked *",
    "We use cookies to improve your experience. Accept all", "This site uses cookies. By continuing to browse you agree to their use.",
    "© 2023 {outlet}. All rights reserved.", "Copyright © {outlet} 2022", "Related stories", "Related articles", "Most read",
    "You may also like", "More from {outlet}", "{title}", "{title}", "{title}", "{title}", "{title}", "Tags: {topic}, {topic}",
    "Tags", "{topic}", "Terms of use", "Privacy policy", "Contact us", "About us", "Follow {outlet} on Facebook and Twitter.",
    "If you value our reporting, please consider making a donation to {outlet}.", "Read more on {topic}",
    "Got a tip? Write to tips@{topic}.example", "{name} is a reporter for {outlet}.", "Download our app", "Next article",
    "Previous article", "Back to top", "Please support our work by becoming a member today.", "{n} hours ago",
    "Log in to comment", "What do you think? Tell us in the comments below.", "Get the latest news straight to your inbox",
]  # fmt: skip
TOPICS = ["Politics", "Europe", "Middle East", "Economy", "Courts", "Elections", "Health", "Climate", "Energy", "Asia", "Defence"]
NAMES = ["Odile Varga", "Tom Reyes", "Staff, Agencies", "News Desk", "Mirela Stanek", "J. R. Okafor", "Staff Writer", "Ines Halloran"]
OUTLETS = ["The Ellery Courier", "Northgate Post", "The Daily Lantern", "Meridian News", "The Valley Observer", "Channel Nine News"]
DATES = [
    "19 Oct, 2024 17:01", "Published: 3 October 2023", "October 3, 2023", "Updated October 4, 2022 5:12 pm", "2024-03-11 08:30",
    "Mon, Jan 9, 2023", "Published 10:02 AM EST Nov 19, 2021", "11.04.2023 09:00", "March 2, 2024 | 6:00am", "Tue 14 May 2024",
    "First published on Fri 3 May 2024 06.00 BST",
]  # fmt: skip


def scraped_page(lines: list[str], labels: list[int], title: str, titles: list[str], chance: random.Random) -> Made:
    """An article with its headline, byline and date, and lines among and around it as scrapers leave them."""

    def filled(line: str) -> str:
        return (
            line.replace("{title}", chance.choice(titles))
            .replace("{topic}", chance.choice(TOPICS))
            .replace("{name}", chance.choice(NAMES[:2]))
            .replace("{outlet}", chance.choice(OUTLETS))
            .replace("{n}", str(chance.randint(2, 24)))
        )

    def some(of: list[str], most: int) -> list[str]:
        return [filled(line) for line in chance.sample(of, chance.randint(0, min(most, len(of))))]

    above = some(ASIDE, 8) + some(SHARING, 2) + some(WAITING, 1)
    head = [title] * chance.choice([0, 1, 1, 1, 2])
    below = some(AGES, 1) + [f"By {chance.choice(NAMES)}"] * chance.randint(0, 1) + [chance.choice(DATES)] * chance.randint(0, 1)
    below += some(SHARING, 2) + some(WAITING, 2)
    chance.shuffle(below)
    if len(lines) > 6 and chance.random() < 0.15:
        # Each sentence on its own line.
        split = [(piece, label) for line, label in zip(lines, labels) for piece in re.split(r"(?<=[.!?]) (?=[A-Z“\"])", line)]
        lines, labels = [piece for piece, _ in split], [label for _, label in split]
    body, body_labels = [], []
    often = chance.choice([0.0, 0.0, 0.05, 0.12, 0.25])
    for line, label in zip(lines, labels):
        body.append(line)
        body_labels.append(label)
        if chance.random() < often:
            body.append(filled(chance.choice(chance.choice([INSIDE, INSIDE, INSIDE, SHARING, WAITING]))))
            body_labels.append(0)
    after = some(ENDING, 10)
    front = above + head + below
    return Made(
        "scraped",
        -1,
        front + body + after,
        [0] * len(front) + body_labels + [0] * len(after),
        chance.choice(["\n", "\n\n"]),
    )


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
    titles = [article["title"].replace("?", "’") for article in usable[-3_000:] if article["title"]]
    for article, _ in zip(taken, range(SCRAPED_ARTICLES)):
        lines, labels = labelled(article)
        made.append(scraped_page(lines, labels, article["title"] or titles[0], titles, chance))
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
        page, kind, start, end, *_ = line.split("\t")
        if not kind.startswith("="):
            blocks.append((int(page), kind, int(start), int(end)))
    return blocks


def read_dates(path: Path) -> dict[int, str]:
    """The publication dates that the example wrote, by page: ISO 8601."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {int(row[0]): row[4] for row in rows if row[1] == "=published"}


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
