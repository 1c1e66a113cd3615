#!/usr/bin/env python3
"""Draw pairs of articles that share text, to be told by reading: copy printed twice, and one utterance quoted twice.

    shared.py --sheet DIR     write candidates with their context for annotators into DIR, outside the repository
    shared.py --read FILE     turn the verdicts into `shared.jsonl`: ids, checksums, offsets, verdicts; no text

Articles are those of allsides that nothing else is measured on; offsets are code points of the stored text. *Reprints* share
words outside of quotation marks, in runs of 8 words at least; *quotations* share a run of 6 words at least within quotation
marks, and the words around them differ. No program's notion of a statement is asked. The place in the draw is the SHA-256 of
seed and pair.
"""

import argparse
import collections
import datetime
import difflib
import gzip
import hashlib
import itertools
import json
import pathlib
import re
import sys

import numpy

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path += [str(ROOT / "bench" / "domains"), str(ROOT / "bench" / "resolution")]
import attributions  # noqa: E402
import corpora  # noqa: E402

SEED = "saidline shared 1"
#: Words of a run that counts as shared: of the author's text, of a quotation, and beside a quotation.
LONG, RUN, BESIDE = 8, 6, 5
#: How many words of a run that reprints share are to be the author's own: copy goes on from a quotation into what follows it.
PARTLY = 4
#: The least words outside of quotation marks that a reprint shares: of two outlets within so many days, or else, and of two
#: addresses of one outlet; the most runs of such words that two articles share of which a quotation is shown.
DAYS, LEAST, LEAST_ELSE, LEAST_ADDRESSES, MOST = 3, 25, 60, 100, 30
#: More articles than these with one run: what an outlet puts under each article.
COMMON = 12
#: Words on each side of a quotation that are to be the author's own.
AROUND = 30
#: How many reprints at most, how many of them of two addresses of one outlet, and of each such outlet; how often an article.
REPRINTS, ADDRESSES, ONE_OUTLET, OF_ARTICLE = 140, 50, 10, 2
#: How many quotations by (form, days between the articles: at most 7 or more).
QUOTATIONS = {("same", "near"): 75, ("same", "far"): 25, ("part", "near"): 70, ("part", "far"): 15,
              ("inside", "near"): 90, ("inside", "far"): 10}
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
MASK = numpy.uint64(0x9E3779B97F4A7C15)


def place(*words):
    """The place of something in the draw."""
    return hashlib.sha256("\n".join((SEED,) + words).encode("utf-8")).hexdigest()


def passages(text):
    """(start, end) of what stands in quotation marks, marks included; an open one ends with its paragraph."""
    found = []
    for paragraph in re.finditer(r"[^\n]+", text):
        start = None
        for match in re.finditer(r"[\"“”]", paragraph[0]):
            at, mark = match.start(), match[0]
            follows = paragraph[0][at + 1:at + 2]
            if mark == "“" or (start is None and mark == '"' and follows.strip()):
                start = at if start is None else start
            elif start is not None:
                found.append((paragraph.start() + start, paragraph.start() + at + 1))
                start = None
        if start is not None:
            found.append((paragraph.start() + start, paragraph.end()))
    return found


class Article:
    """An article, its words and its passages in quotation marks."""

    def __init__(self, row, numbers):
        self.id, self.outlet, self.date, self.url = row["id"], row["outlet"].strip(), row["date"] or "", row["url"] or ""
        self.title, self.text = row["title"], row["text"]
        matches = list(WORD.finditer(self.text))
        self.starts = numpy.array([m.start() for m in matches], dtype=numpy.int64)
        self.ends = numpy.array([m.end() for m in matches], dtype=numpy.int64)
        self.words = numpy.array([numbers.setdefault(m[0].lower().replace("’", "'"), len(numbers) + 1) for m in matches],
                                 dtype=numpy.uint64)
        self.passages = passages(self.text)
        #: By word the passage it stands in, or -1.
        self.within = numpy.full(len(matches), -1, dtype=numpy.int64)
        for number, (start, end) in enumerate(self.passages):
            self.within[numpy.searchsorted(self.starts, start):numpy.searchsorted(self.starts, end)] = number

    def runs(self, length):
        """A number for each run of so many words, by its first word."""
        if len(self.words) < length:
            return numpy.zeros(0, dtype=numpy.uint64)
        made = numpy.zeros(len(self.words) - length + 1, dtype=numpy.uint64)
        for n in range(length):
            made = (made ^ self.words[n:n + len(made)]) * MASK
            made ^= made >> numpy.uint64(29)
        return made

    def own(self, length, least=None):
        """By run whether at least so many of its words (or all) are outside of quotation marks."""
        outside = numpy.concatenate([[0], numpy.cumsum(self.within < 0)])
        return outside[length:] - outside[:-length] >= (least or length) if len(self.words) >= length else numpy.zeros(0, dtype=bool)

    def day(self):
        return datetime.date.fromisoformat(self.date) if re.fullmatch(r"20\d\d-\d\d-\d\d", self.date) else None


def read_articles(folder):
    measured = {row["id"] for row in corpora.read_manifest(ROOT / "bench" / "domains" / "articles.jsonl")}
    numbers = {}
    with gzip.open(folder / "allsides.jsonl.gz", "rt", encoding="utf-8") as file:
        return [Article(row, numbers) for row in map(json.loads, file) if row["id"] not in measured]


def sharing(values, owners, most):
    """Lists of places in `values` that hold one value, of two owners at least and `most` at most."""
    order = numpy.argsort(values, kind="stable")
    ordered = values[order]
    bounds = numpy.flatnonzero(numpy.concatenate([[True], ordered[1:] != ordered[:-1], [True]]))
    for a, b in zip(bounds[:-1][numpy.diff(bounds) > 1], bounds[1:][numpy.diff(bounds) > 1]):
        places = order[a:b]
        amount = len(set(owners[places].tolist()))
        if 2 <= amount <= most:
            yield places


def covered(a, b):
    """By word of `a` whether it stands in a long run that `b` has too."""
    hit = numpy.isin(a.runs(LONG), b.runs(LONG))
    mask = numpy.zeros(len(a.words), dtype=bool)
    for n in range(LONG):
        mask[n:n + len(hit)] |= hit
    return mask


def shared_runs(articles, least):
    """How many runs of at least so many own words two articles share, by pair of numbers; runs that many have left out."""
    values, owners = [], []
    for number, article in enumerate(articles):
        runs = article.runs(LONG)[article.own(LONG, least)]
        values.append(runs)
        owners.append(numpy.full(len(runs), number))
    values, owners = numpy.concatenate(values), numpy.concatenate(owners)
    counts = collections.Counter()
    for places in sharing(values, owners, COMMON):
        counts.update(itertools.combinations(sorted(set(owners[places].tolist())), 2))
    return counts


def two_pages(a, b):
    return a.id != b.id and (a.outlet != b.outlet or a.url.split("?")[0].rstrip("/") != b.url.split("?")[0].rstrip("/"))


def first_paragraphs(a, b):
    """The first paragraph of `a` most of whose words `b` has too, and the paragraph of `b` that has most of them, or None."""
    mask, runs = covered(a, b), b.runs(LONG)
    for part in (0.6, 0.4):
        for paragraph in re.finditer(r"[^\n]+", a.text):
            lo, hi = numpy.searchsorted(a.starts, paragraph.span())
            if hi - lo < 12 or mask[lo:hi].mean() < part or (mask[lo:hi] & (a.within[lo:hi] < 0)).sum() < 8:
                continue
            wanted = a.runs(LONG)[lo:max(lo, hi - LONG + 1)]
            best = (0, None)
            for other in re.finditer(r"[^\n]+", b.text):
                low, high = numpy.searchsorted(b.starts, other.span())
                amount = numpy.isin(runs[low:max(low, high - LONG + 1)], wanted).sum()
                if amount > best[0]:
                    best = (amount, other.span())
            if best[1]:
                return paragraph.span(), best[1]
    return None


def reprints(articles, counts):
    """(form, article, span, article, span, shared words): those of two outlets first, each in the order of the draw."""
    made, used, of_outlet = [], collections.Counter(), collections.Counter()
    pairs = [(articles[x], articles[y]) for (x, y), n in counts.items() if n >= 8 and two_pages(articles[x], articles[y])]
    for a, b in sorted(pairs, key=lambda p: (p[0].outlet == p[1].outlet, place("reprint", p[0].id, p[1].id))):
        form = "outlets" if a.outlet != b.outlet else "addresses"
        if len(made) == REPRINTS or max(used[a.id], used[b.id]) >= OF_ARTICLE:
            continue
        if form == "addresses" and (of_outlet[a.outlet] == ONE_OUTLET or of_outlet.total() == ADDRESSES):
            continue
        near = not a.day() or not b.day() or abs((a.day() - b.day()).days) <= DAYS
        least = LEAST_ADDRESSES if form == "addresses" else LEAST if near else LEAST_ELSE
        amount = int((covered(a, b) & (a.within < 0)).sum())
        spans = first_paragraphs(a, b) if amount >= least else None
        if spans:
            made.append((form, a, spans[0], b, spans[1], amount))
            used.update((a.id, b.id))
            of_outlet[a.outlet] += form == "addresses"
    return made


def words_of(article, span):
    lo, hi = numpy.searchsorted(article.starts, span)
    return article.words[lo:hi].tolist()


def form_of(first, second):
    """`same`, `part` (one is a piece of the other) or `inside`: how two passages differ in words."""
    if first == second:
        return "same"
    short, long = sorted((first, second), key=len)
    if any(long[n:n + len(short)] == short for n in range(len(long) - len(short) + 1)):
        return "part"
    return "inside"


def changed_inside(first, second):
    """Whether words differ between shared ones, so that it is not only the ends that are cut otherwise."""
    blocks = [m for m in difflib.SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks() if m.size]
    return len(blocks) > 1


def quotations(articles, counts):
    """(form, article, span, article, span, days) in the order of the draw."""
    values, owners, passage = [], [], []
    for number, article in enumerate(articles):
        runs = article.runs(RUN)
        if not len(runs):
            continue
        first, last = article.within[:len(runs)], article.within[RUN - 1:]
        inside = (first >= 0) & (first == last)
        values.append(runs[inside])
        owners.append(numpy.full(int(inside.sum()), number))
        passage.append(first[inside])
    values, owners, passage = (numpy.concatenate(x) for x in (values, owners, passage))
    pairs, groups = set(), {}

    def root(x):
        while groups.setdefault(x, x) != x:
            groups[x] = groups[groups[x]]
            x = groups[x]
        return x

    for places in sharing(values, owners, 60):
        members = sorted({(int(owners[p]), int(passage[p])) for p in places})
        for member in members[1:]:
            groups[root(member)] = root(members[0])
        pairs.update((x, y) for x, y in itertools.combinations(members, 2)
                     if articles[x[0]].outlet != articles[y[0]].outlet and counts.get((x[0], y[0]), 0) < MOST)
    left, used, taken, made = dict(QUOTATIONS), collections.Counter(), set(), []
    order = sorted(pairs, key=lambda p: place("quotation", articles[p[0][0]].id, str(p[0][1]), articles[p[1][0]].id, str(p[1][1])))
    for x, y in order:
        a, b = articles[x[0]], articles[y[0]]
        if root(x) in taken or max(used[a.id], used[b.id]) >= OF_ARTICLE or not a.day() or not b.day():
            continue
        spans = a.passages[x[1]], b.passages[y[1]]
        first, second = words_of(a, spans[0]), words_of(b, spans[1])
        form = form_of(first, second)
        if form == "inside" and not changed_inside(first, second):
            form = "part"
        days = abs((a.day() - b.day()).days)
        stratum = form, "near" if days <= 7 else "far"
        if not left[stratum] or max(len(first), len(second)) > 150 or beside(a, spans[0], b, spans[1]):
            continue
        taken.add(root(x))
        used.update((a.id, b.id))
        left[stratum] -= 1
        made.append((form, a, spans[0], b, spans[1], days))
    return made, left


def beside(a, one, b, other):
    """Whether the words outside of quotation marks beside two passages share a run."""
    def near(article, span):
        lo, hi = numpy.searchsorted(article.starts, span)
        own = article.own(BESIDE)
        runs = article.runs(BESIDE)
        keep = [n for n in range(max(0, lo - AROUND), min(len(runs), hi + AROUND)) if own[n]]
        return {int(runs[n]) for n in keep}
    return bool(near(a, one) & near(b, other))


def candidates(folder):
    articles = read_articles(folder)
    found, left = quotations(articles, shared_runs(articles, LONG))
    if any(left.values()):
        print("fewer than wanted:", left, file=sys.stderr)
    return {"reprint": reprints(articles, shared_runs(articles, PARTLY)), "quotation": found}


def shown(article, span, before, after):
    text, (start, end) = article.text, span
    words = " ".join((text[max(0, start - before):start] + "⟦" + text[start:end] + "⟧" + text[end:end + after]).split())
    return f"# {article.date}, {article.outlet}: {article.title}\n… {words} …"


def headed(article):
    """How the article begins and ends, where an agency is named."""
    return " ".join(article.text[:160].split()) + " [...] " + " ".join(article.text[-200:].split())


def write_sheets(folder, sheets):
    found = candidates(folder)
    with open(sheets / "reprint.txt", "w", encoding="utf-8") as sheet:
        for n, (form, a, one, b, other, amount) in enumerate(found["reprint"]):
            sheet.write(f"== r{n} {form}; {amount} shared of {int((a.within < 0).sum())} and {int((b.within < 0).sum())} own words\n")
            for article, span in ((a, one), (b, other)):
                named = sorted(set(re.findall(r"Associated Press|\bAP\b|Reuters|AFP|Agence France|Bloomberg|McClatchy|Tribune|UPI|"
                                              r"Kaiser Health|ProPublica|Creators|contributed to this|originally (?:published|appeared)",
                                              article.text)))
                sheet.write(f"{shown(article, span, 0, 0)[:700]}\n# {article.url} {named}\n# {headed(article)}\n")
            sheet.write("\n")
    with open(sheets / "quotation.txt", "w", encoding="utf-8") as sheet:
        for n, (form, a, one, b, other, days) in enumerate(found["quotation"]):
            sheet.write(f"== q{n} {form}; {days} days\n{shown(a, one, 170, 110)}\n{shown(b, other, 170, 110)}\n\n")
    return found


#: What a verdict may be, by sort, and the kinds it may have.
KINDS = ("identical", "punctuation", "spelling", "bracketed", "cut", "joined", "shifted", "altered", "translation")
VERDICTS = {"reprint": {"reprint": ("agency", "other", "same"), "no": ("update", "quotations", "document", "boilerplate", "other")},
            "quotation": {"one": KINDS, "repeat": KINDS, "no": ("proverb", "title", "document", "article", "speakers", "other")}}


def read(path, found):
    """The rows of filled sheets: lines `r12 = reprint agency` or `q7 = one cut`; `x` leaves a candidate out."""
    made, problems = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = re.fullmatch(r"([rq])(\d+) = (\w+)(?: (\w+))?(?: *#.*)?", line.strip())
        sort = match and {"r": "reprint", "q": "quotation"}[match[1]]
        if not match or int(match[2]) >= len(found[sort]) or (match[3] != "x" and match[4] not in VERDICTS[sort].get(match[3], ())):
            problems.append(f"line {number}: no candidate, verdict or kind: `{line}`")
        elif match[3] != "x":
            _, a, one, b, other, _ = found[sort][int(match[2])]
            made.append({"sort": sort, "verdict": match[3], "kind": match[4]} | {
                name: {"id": article.id, "sha256": corpora.checksum(article.text), "start": span[0], "end": span[1]}
                for name, article, span in (("one", a, one), ("other", b, other))})
    return made, problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sheet", type=pathlib.Path, metavar="DIR")
    parser.add_argument("--read", type=pathlib.Path, metavar="FILE")
    args = parser.parse_args()
    folder = corpora.data_folder()
    if args.read:
        made, problems = read(args.read, candidates(folder))
        for problem in problems:
            print(problem)
        with open(HERE / "shared.jsonl", "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, separators=(",", ":")) + "\n" for row in made)
        for key, amount in sorted(collections.Counter((r["sort"], r["verdict"], r["kind"]) for r in made).items()):
            print(*key, amount)
        return 1 if problems else 0
    if not args.sheet:
        parser.error("`--sheet DIR` or `--read FILE`")
    found = write_sheets(folder, attributions.outside(args.sheet))
    print({sort: dict(collections.Counter(c[0] for c in rows)) for sort, rows in found.items()})


if __name__ == "__main__":
    sys.exit(main())
