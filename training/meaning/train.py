#!/usr/bin/env python3
"""Teach an encoder of sentences which reported statement a question asks for.

    python training/meaning/train.py STORE OUT [--begin WEIGHTS] [--epochs 2]

STORE is a record of the articles of allsides with vectors (`bench/store/load.py`), OUT the file for the weights, which
`export.py` writes as a graph.  Begun from all-MiniLM-L6-v2, or from what an earlier round wrote, of whose vectors the record is
then.  `questions.jsonl` has what was asked, and where the answer
stands.  Right for a question are the reports of the statement that answers it; wrong are other reports of that page, some
that the store's vectors hold for near, and what is right for the other questions of a batch.  As in the record, a report is its
speaker and content with some of its page's title (`crates/saidline/src/meanings.rs`); neighbours are left out.
"""

import argparse
import json
import pathlib
import random
import sqlite3
import sys
import time

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "extractor"))
from model import Extractor, encoder_folder, tokenizer_file  # noqa: E402

#: How much a page's title counts beside a report, and how sharply likeness is told apart.
TITLE, TEMPERATURE = 0.6, 0.05
#: Word pieces of a text that are read; texts that are read in one go.
PIECES, AT_A_TIME = 96, 32
#: So many of the nearest reports of other pages are drawn from. What lies nearer to the answer than this may be one, too.
NEAREST, MAY_BE_ONE = 60, 0.75
#: The articles of these questions are not learned from: by them parts are chosen, and one is measured on.
LEFT_OUT = [HERE.parents[1] / "bench" / "meaning" / f"{name}.jsonl" for name in ("questions", "more", "choosing")]


class Record:
    """The reports of a store, in the order of their rows: of which page and statement, their texts and vectors."""

    def __init__(self, path):
        store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        rows = store.execute(
            "SELECT a.nr, a.document, coalesce(a.act, 'speech') = 'speech', coalesce(r.statement, -a.nr), m.vector "
            "FROM attribution AS a JOIN document AS d ON d.nr = a.document JOIN meaning AS m ON m.attribution = a.nr "
            "LEFT JOIN report AS r ON r.attribution = a.nr WHERE NOT a.rejected AND d.shown ORDER BY a.nr").fetchall()
        numbers, pages, speech, statements, vectors = zip(*rows)
        self.page, self.statement, self.speech = np.array(pages), np.array(statements), np.array(speech, bool)
        self.vectors = unit(np.frombuffer(b"".join(vectors), np.int8).reshape(len(rows), -1).astype(np.float32))
        self.titles, texts, self.pages = {}, {}, {}
        for nr, checksum, title, text in store.execute("SELECT nr, sha256, title, text FROM document"):
            self.titles[nr], texts[nr], self.pages[checksum] = (title or "-").strip(), text, nr
        self.on_page = {}
        for place, page in enumerate(pages):
            self.on_page.setdefault(page, []).append(place)
        names, spans = {}, {}
        for nr, name in store.execute("SELECT attribution, name FROM speaker ORDER BY attribution, n"):
            names.setdefault(nr, []).append(name)
        for nr, part, start, end in store.execute(
                "SELECT attribution, part, start, \"end\" FROM span WHERE part IN ('source', 'content') ORDER BY attribution, n"):
            spans.setdefault((nr, part), []).append((start, end))
        self.contents = [spans.get((nr, "content"), []) for nr in numbers]
        self.texts = []
        for nr, page, contents in zip(numbers, pages, self.contents):
            words = lambda of: " ".join(texts[page][start:end].strip() for start, end in of)
            who = ", ".join(names.get(nr, [])) or words(spans.get((nr, "source"), []))
            self.texts.append(f"{who}: {words(contents)}" if who else words(contents))

    def answers(self, question):
        """The places of the reports that have half of the passage that answers a question."""
        length = question["end"] - question["start"]
        shared = lambda spans: sum(max(0, min(end, question["end"]) - max(start, question["start"])) for start, end in spans)
        return [at for at in self.on_page.get(self.pages.get(question["sha256"]), []) if 2 * shared(self.contents[at]) >= length]


def unit(vectors):
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-6)


class Reader:
    """Texts in, points out: the mean of the states of a text's pieces, of length one."""

    def __init__(self, model, tokenizer):
        self.model, self.tokenizer = model, tokenizer

    def __call__(self, texts):
        pieces = [self.tokenizer.encode(text[:12 * PIECES]).ids for text in texts]
        pieces = [ids if len(ids) <= PIECES else ids[:PIECES - 1] + ids[-1:] for ids in pieces]
        # Texts of about one length together, so that little is filled up.
        order = sorted(range(len(pieces)), key=lambda at: len(pieces[at]))
        points = [None] * len(texts)
        for first in range(0, len(order), AT_A_TIME):
            some = order[first:first + AT_A_TIME]
            longest = max(len(pieces[at]) for at in some)
            ids = torch.zeros(len(some), longest, dtype=torch.long)
            mask = torch.zeros(len(some), longest, dtype=torch.bool)
            for row, at in enumerate(some):
                ids[row, :len(pieces[at])] = torch.tensor(pieces[at])
                mask[row, :len(pieces[at])] = True
            states = self.model.encode(ids, mask) * mask[..., None]
            for at, point in zip(some, F.normalize(states.sum(1) / mask.sum(1, keepdim=True), dim=-1)):
                points[at] = point
        return torch.stack(points)


def with_nearest(record, questions, reader):
    """Adds to each question the places of the reports whose vectors in the store are nearest to its own."""
    with torch.no_grad():
        asked = torch.cat([reader([q["question"] for q in questions[n:n + 256]]) for n in range(0, len(questions), 256)])
    reports = torch.from_numpy(record.vectors)
    silent = torch.from_numpy(~record.speech)
    for first in range(0, len(questions), 64):
        likeness = asked[first:first + 64] @ reports.T
        likeness[:, silent] = -1
        for question, near in zip(questions[first:first + 64], likeness.topk(NEAREST).indices.tolist()):
            question["near"] = near


def batch_of(record, questions, near, far):
    """The reports of a batch, by their places, those of the answers first; and which are answers to which question."""
    places = [random.choice(question["answers"]) for question in questions]
    for question in questions:
        answers, page = question["statements"], record.page[question["answers"][0]]
        wrong = lambda at: record.statement[at] not in answers and record.speech[at]
        beside = [at for at in record.on_page[page] if wrong(at)]
        answer = record.vectors[question["answers"][0]]
        like = [at for at in question["near"] if wrong(at) and record.page[at] != page and record.vectors[at] @ answer < MAY_BE_ONE]
        places += random.sample(beside, min(near, len(beside))) + random.sample(like, min(far, len(like)))
    return list(dict.fromkeys(places))


def loss_of(record, questions, places, reader):
    titles = sorted({record.page[at] for at in places})
    of = {page: n for n, page in enumerate(titles)}
    asked = reader([question["question"] for question in questions])
    reports = reader([record.texts[at] for at in places])
    reports = reports + TITLE * reader([record.titles[page] for page in titles])[[of[record.page[at]] for at in places]]
    likeness = asked @ F.normalize(reports, dim=-1).T / TEMPERATURE
    target = torch.zeros(len(questions), dtype=torch.long)
    for row, question in enumerate(questions):
        # One answer is right; another report of its statement is not wrong.
        first, *others = [n for n, at in enumerate(places) if record.statement[at] in question["statements"]]
        target[row] = first
        likeness[row, others] = -1e4
    return F.cross_entropy(likeness, target)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("store")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--begin", type=pathlib.Path, metavar="WEIGHTS", help="go on from these")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--near", type=int, default=1, help="wrong reports of the same page, for each question")
    parser.add_argument("--far", type=int, default=1, help="wrong reports of other pages that look right")
    parser.add_argument("--steps", type=int, help="stop after so many (to try it)")
    args = parser.parse_args()
    random.seed(1)
    torch.manual_seed(1)
    record = Record(args.store)
    left_out = {json.loads(line)["article"] for path in LEFT_OUT for line in path.read_text(encoding="utf-8").splitlines()}
    questions = [json.loads(line) for line in (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    questions = [question for question in questions if question["article"] not in left_out]
    for question in questions:
        question["answers"] = record.answers(question)
        question["statements"] = {record.statement[at] for at in question["answers"]}
    read = [question for question in questions if question["answers"]]
    print(len(questions), "questions,", len(read), "whose answer was read as a report")
    model = Extractor.pretrained(encoder_folder(None)).eval()
    if args.begin:
        model.load_state_dict(torch.load(args.begin))
    reader = Reader(model, Tokenizer.from_str(tokenizer_file(None)))
    with_nearest(record, read, reader)
    model.train()
    # The words' own vectors stay: most words of a record are in no question.
    model.words.requires_grad_(False)
    own = [weight for name, weight in model.named_parameters() if weight.requires_grad and not name.startswith(("tags", "pair", "distance"))]
    optimizer = torch.optim.AdamW(own, lr=args.rate, weight_decay=0.01)
    steps = args.epochs * -(-len(read) // args.batch)
    rate = lambda step: args.rate * min(1, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / steps)
    step, began = 0, time.monotonic()
    for _ in range(args.epochs):
        random.shuffle(read)
        for first in range(0, len(read), args.batch):
            if args.steps == step:
                break
            some = read[first:first + args.batch]
            loss = loss_of(record, some, batch_of(record, some, args.near, args.far), reader)
            optimizer.param_groups[0]["lr"] = rate(step)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(own, 1.0)
            optimizer.step()
            step += 1
            if step % 10 == 0:
                print(f"step {step} of {steps}, loss {loss.item():.3f}, {time.monotonic() - began:.0f} s", flush=True)
    torch.save(model.state_dict(), args.out)


if __name__ == "__main__":
    main()
