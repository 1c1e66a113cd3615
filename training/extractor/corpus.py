"""PolNeAR as the trainer needs it: paragraphs, their word pieces, and the attributions on them.

Reads `$SAIDLINE_DATA/polnear/train` (default `../shared/data` beside the repository).  Nothing of the
corpus is ever written into the repository.
"""

import collections
import csv
import gzip
import json
import os
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.append(str(ROOT / "bench" / "domains"))
from corpora import checksum, page_text  # noqa: E402

DATA = pathlib.Path(os.environ.get("SAIDLINE_DATA") or ROOT.parent / "shared" / "data")

#: Classes of the tags, and of the pair scores.  The Rust decoder knows the same numbers.
TAGS = ("none", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
PAIR = ("none", "B-source", "I-source", "B-content", "I-content")
MAX_PIECES = 254  # of a window, [CLS] and [SEP] at its ends not counted

Attribution = collections.namedtuple("Attribution", "source cue content")  # lists of (start, end) code points
#: `tags` and a cue's `roles` are classes, or rows of the classes' probabilities where a teacher gave them.
Paragraph = collections.namedtuple("Paragraph", "ids tags cues")
Cue = collections.namedtuple("Cue", "start end roles")  # pieces of the paragraph; a PAIR class per piece


def read_brat(path):
    """The attributions of one brat stand-off file."""
    spans, events = {}, []
    for line in path.read_text(encoding="utf-8").split("\n"):
        fields = line.split("\t")
        if line.startswith("T") and len(fields) >= 2:
            offsets = fields[1].split(" ", 1)[1]
            spans[fields[0]] = [tuple(map(int, part.split())) for part in offsets.split(";")]
        elif line.startswith("E") and len(fields) >= 2:
            events.append(fields[1].split()[1:])
    found = []
    for event in events:
        attribution = Attribution([], [], [])
        for argument in event:
            role, ref = argument.split(":")
            role = role.rstrip("0123456789").lower()
            if role in Attribution._fields:
                getattr(attribution, role).extend(spans[ref])
        found.append(Attribution(*map(sorted, attribution)))
    return found


def documents(every_annotator=True):
    """(stem, text, attributions) of train; a document that several annotated comes once for each."""
    folder = DATA / "polnear" / "train"
    if not folder.is_dir():
        raise SystemExit(f"no corpus at {folder}\nhint: set SAIDLINE_DATA to the folder that holds polnear/")
    by_stem = collections.defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        by_stem[path.stem.rsplit("_", 1)[0]].append(path)
    for path in sorted((folder / "text").glob("*.txt")):
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        for annotations in by_stem[path.stem] if every_annotator else by_stem[path.stem][:1]:
            yield path.stem, text, read_brat(annotations)


def annotated():
    """(id, text, attributions) of the articles of allsides that were annotated to learn from (`annotated.jsonl`), without those
    on which speakers, days and venues are measured (role `later` of `bench/resolution`)."""
    with open(ROOT / "bench" / "resolution" / "articles.jsonl", encoding="utf-8") as file:
        measured = {row["id"] for row in map(json.loads, file) if row["role"] == "later"}
    with open(HERE / "annotated.jsonl", encoding="utf-8") as file:
        marked = {row["id"]: row for row in map(json.loads, file) if row["id"] not in measured}
    with gzip.open(DATA / "allsides.jsonl.gz", "rt", encoding="utf-8") as file:
        for article in map(json.loads, file):
            if article["id"] in marked:
                row = marked[article["id"]]
                text = page_text(article["title"], article["text"])
                if checksum(text) != row["sha256"]:
                    raise SystemExit(f"the text of `{article['id']}` is not the one that was annotated")
                # As in PolNeAR, what stands within another's content is not learned.
                outer = [one for one in row["attributions"] if not one["nested"]]
                yield article["id"], text, [Attribution(*(list(map(tuple, one[part])) for part in Attribution._fields))
                                            for one in outer]


def held_out():
    """Stems of the tenth of train kept for choosing: of each outlet the latest, so no easier than dev."""
    by_outlet = collections.defaultdict(list)
    with open(DATA / "polnear" / "metadata.tsv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["compartment"] == "train":
                by_outlet[row["publisher"]].append((row["publication_date"], row["filename"]))
    stems = set()
    for dated in by_outlet.values():
        dated.sort()
        stems.update(stem for _, stem in dated[-max(1, round(len(dated) / 10)):])
    return stems


def paragraphs(text, attributions, tokenizer):
    """The labelled paragraphs (non-empty lines) of a document."""
    result = []
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        encoded = tokenizer.encode(line.group(), add_special_tokens=False)
        offsets = [(line.start() + s, line.start() + e) for s, e in encoded.offsets]
        here = [a for a in attributions
                if any(s < line.end() and line.start() < e for spans in a for s, e in spans)]
        tags = [0] * len(offsets)

        def label(into, spans, begin):
            for start, end in spans:
                first = True
                for i, (s, e) in enumerate(offsets):
                    if s < end and start < e:
                        into[i] = begin if first else begin + 1
                        first = False

        for role, begin in (("content", 5), ("source", 1), ("cue", 3)):
            for a in here:
                label(tags, getattr(a, role), begin)
        cues = []
        for a in here:
            inside = [i for i, (s, e) in enumerate(offsets) if any(s < end and start < e for start, end in a.cue)]
            if not inside:
                continue
            roles = [0] * len(offsets)
            label(roles, a.content, 3)
            label(roles, a.source, 1)
            cues.append(Cue(inside[0], inside[-1] + 1, roles))
        result.append(Paragraph(encoded.ids, tags, cues))
    return result


def cut(paragraph):
    """A paragraph longer than a window, in pieces that fit; a cue keeps what its piece holds."""
    if len(paragraph.ids) <= MAX_PIECES:
        return [paragraph]
    parts = []
    for at in range(0, len(paragraph.ids), MAX_PIECES):
        to = at + MAX_PIECES
        cues = [Cue(c.start - at, min(c.end, to) - at, c.roles[at:to]) for c in paragraph.cues if at <= c.start < to]
        parts.append(Paragraph(paragraph.ids[at:to], paragraph.tags[at:to], cues))
    return parts


def windows(document, first=MAX_PIECES):
    """Whole paragraphs packed into windows of MAX_PIECES, one separator between two; `first` bounds the first."""
    packed, room = [[]], first
    for paragraph in (part for whole in document for part in cut(whole)):
        if len(paragraph.ids) > room and (packed[-1] or room < MAX_PIECES):
            if packed[-1]:
                packed.append([])
            room = MAX_PIECES
        packed[-1].append(paragraph)
        room -= len(paragraph.ids) + 1
    return [window for window in packed if window]
