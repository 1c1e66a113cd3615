"""The measures of article text, and the gold labels of lines.

F1 of word 4-grams as the article-extraction benchmark of Scrapinghub (Zyte) defines it: per page the multiset of
4-grams of `\\w+` tokens; true positives, false positives and misses are divided by their sum on the page, then
averaged over pages.
"""

import re
from collections import Counter

TOKEN = re.compile(r"\w+", re.UNICODE)
QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"")


def tokens(text: str) -> list[str]:
    """The `\\w+` tokens of a text."""
    return TOKEN.findall(text or "")


def grams(words: list[str], n: int = 4) -> Counter:
    """The multiset of n-grams; a shorter text is one gram."""
    if not words:
        return Counter()
    n = min(n, len(words))
    return Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))


def page_counts(true: str, predicted: str) -> tuple[float, float, float]:
    """True positives, false positives and misses of a page, divided by their sum."""
    gold, found = grams(tokens(true)), grams(tokens(predicted))
    tp = sum((gold & found).values())
    fp, fn = sum(found.values()) - tp, sum(gold.values()) - tp
    total = tp + fp + fn
    return (tp / total, fp / total, fn / total) if total else (0.0, 0.0, 0.0)


def summary(counts: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pages."""
    tp, fp, fn = (sum(column) / len(counts) for column in zip(*counts))
    precision = tp / (tp + fp) if tp + fp else 0.0
    recall = tp / (tp + fn) if tp + fn else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return precision, recall, f1


def quotations(true: str) -> list[str]:
    """The quotations of the true text, paragraph by paragraph: four words or more between double marks."""
    found = []
    for paragraph in true.split("\n"):
        for match in QUOTED.finditer(paragraph):
            words = match[1] or match[2]
            if len(tokens(words)) >= 4:
                found.append(words)
    return found


def squeezed(text: str) -> str:
    """The text as its tokens, a space between and around them."""
    return " " + " ".join(tokens(text)) + " "


def quotations_whole(true: str, kept: list[str]) -> tuple[int, int]:
    """How many quotations of the true text stand whole in one of the kept blocks, and how many there are."""
    blocks = [squeezed(block) for block in kept]
    wanted = [squeezed(words) for words in quotations(true)]
    return sum(any(words in block for block in blocks) for words in wanted), len(wanted)


def gold_lines(true: str, lines: list[str]) -> list[float]:
    """For each line the share of its words that belong to the true text.

    A word of a longer line belongs when a 4-gram around it stands in the true text and no other line has claimed
    that gram before; the lines with most of the article around them claim first, so that a teaser elsewhere gets
    nothing for what it repeats. A line of fewer than four words belongs when it is a whole line of the true text
    beside lines that belong, or stands in the true text and between lines that belong.
    """
    words_of = [tokens(line) for line in lines]
    available = grams(tokens(true))
    known = [
        sum(tuple(words[i : i + 4]) in available for i in range(len(words) - 3)) for words in words_of
    ]  # fmt: skip
    around = [sum(known[max(0, i - 4) : i + 5]) - known[i] // 2 for i in range(len(lines))]
    shares = [0.0] * len(lines)
    for i in sorted(range(len(lines)), key=lambda i: (-around[i], i)):
        words = words_of[i]
        if len(words) < 4:
            continue
        covered = [False] * len(words)
        for j in range(len(words) - 3):
            gram = tuple(words[j : j + 4])
            if available[gram] > 0:
                available[gram] -= 1
                covered[j : j + 4] = [True] * 4
        shares[i] = sum(covered) / len(words)
    whole = {squeezed(paragraph) for paragraph in true.split("\n")}
    inside = squeezed(true)

    def neighbour(indices) -> float:
        return next((shares[j] for j in indices if 0 <= j < len(lines) and len(words_of[j]) >= 4), 0.0)

    for i, words in enumerate(words_of):
        if words and len(words) < 4:
            text = squeezed(lines[i])
            before, after = neighbour(range(i - 1, i - 4, -1)), neighbour(range(i + 1, i + 4))
            between = min(before, after) >= 0.5 and text in inside
            shares[i] = float(between or (max(before, after) >= 0.5 and text in whole))
    return shares
