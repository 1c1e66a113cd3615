#!/usr/bin/env python3
"""Let teachers label unlabelled articles for a pupil.

    python training/extractor/label.py --out scratch/soft --articles 3000 TEACHER [TEACHER …]

A TEACHER is FOLDER or FOLDER:ENCODER: what `train.py --out FOLDER` wrote, and the folder of its BERT when that is
not the package's.  Several teachers' probabilities are averaged.  They may cut words into pieces differently: what
is written is by word, a shard of 100 articles at a time; `--from N` goes on at the Nth article.
"""

import argparse
import pathlib
import pickle
import re
import time

import numpy as np
import torch

import corpus
import unlabelled
from model import buckets, load, open_tokenizer

SHARD = 100
#: Probability at which a word is taken for a part of a cue: lower than a decoder would ask, so that the pupil sees
#: what the teacher thinks of doubtful ones.
CUE_LEAST = 0.2


class Teacher:
    def __init__(self, named, half):
        self.half = half
        folder, _, encoder = named.partition(":")
        self.tokenizer, encoder = open_tokenizer(encoder or None)
        self.model = load(pathlib.Path(folder) / "weights.pt", encoder)
        self.special = {name: self.tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]", "[PAD]")}

    def pieces(self, text):
        """(ids, first piece of each word, where each word stands in code points)."""
        encoded = self.tokenizer.encode(text, add_special_tokens=False)
        first, spans, last = [], [], None
        for i, (word, (start, end)) in enumerate(zip(encoded.word_ids, encoded.offsets)):
            if word != last:
                first.append(i)
                spans.append((start, end))
                last = word
            else:
                spans[-1] = (spans[-1][0], end)
        return encoded.ids, np.array(first), spans

    def states(self, paragraphs):
        """Tag probabilities and the pair views of each paragraph's words' first pieces; windows are packed as in
        training, batched by length."""
        packed, room = [[]], corpus.MAX_PIECES
        for n, (ids, _, _) in enumerate(paragraphs):
            if len(ids) > room and packed[-1]:
                packed.append([])
                room = corpus.MAX_PIECES
            packed[-1].append(n)
            room -= len(ids) + 1
        result = [None] * len(paragraphs)
        packed.sort(key=lambda window: sum(len(paragraphs[n][0]) for n in window))
        for at in range(0, len(packed), 16):
            rows, places = [], []
            for row, window in enumerate(packed[at:at + 16]):
                ids = [self.special["[CLS]"]]
                for n in window:
                    if len(ids) > 1:
                        ids.append(self.special["[SEP]"])
                    places.append((n, row, len(ids)))
                    ids += paragraphs[n][0]
                rows.append(ids + [self.special["[SEP]"]])
            width = max(map(len, rows))
            ids = torch.tensor([r + [self.special["[PAD]"]] * (width - len(r)) for r in rows])
            mask = torch.tensor([[i < len(r) for i in range(width)] for r in rows])
            with torch.autocast("cpu", torch.bfloat16, enabled=self.half):
                states = self.model.encode(ids, mask)
                tags = self.model.tags(states).float().softmax(-1)
                views = self.model.pair_in(states)
            for n, row, start in places:
                length = len(paragraphs[n][0])
                result[n] = tags[row, start:start + length], views[row, start:start + length]
        return result

    def pairs(self, views, first, ends, cues):
        """Pair probabilities [cues, words, classes] of a paragraph, seen at each word's first piece."""
        additive, bilinear, as_first, as_last = views.chunk(4, -1)
        at = [(first[s], ends[e - 1]) for s, e in cues]
        of_pair = torch.arange(len(cues)).repeat_interleave(len(first))
        word = torch.from_numpy(first).repeat(len(cues))
        distances = torch.from_numpy(np.concatenate([buckets(first, s, e) for s, e in at]))
        with torch.autocast("cpu", torch.bfloat16, enabled=self.half):
            cue = torch.stack([as_first[s] + as_last[e - 1] for s, e in at])
            scores = self.model.score_pairs(additive[word], bilinear[word], cue, of_pair, distances)
        return scores.float().softmax(-1).view(len(cues), len(first), -1)


def propose(tags):
    """Runs of words that may be cues."""
    likely = tags[:, 3] + tags[:, 4] >= CUE_LEAST
    cues, start = [], None
    for i in range(len(tags) + 1):
        inside = i < len(tags) and likely[i]
        if start is not None and (not inside or tags[i, 3] > tags[i, 4]):
            cues.append((start, i))
            start = None
        if inside and start is None:
            start = i
    return cues


@torch.no_grad()
def label(teachers, text):
    """What the teachers say of a text: for each paragraph (text, word spans, tags, cues, pairs)."""
    lines = [m.group() for m in re.finditer(r"[^\n]*\S[^\n]*", text)]
    seen = []
    for line in lines:
        by = [teacher.pieces(line) for teacher in teachers]
        # A line that the tokenizers cut into other words, or that no window holds, teaches nothing.
        if all(len(b[0]) <= corpus.MAX_PIECES and b[2] == by[0][2] for b in by) and by[0][2]:
            seen.append((line, by))
    states = [teacher.states([by[t] for _, by in seen]) for t, teacher in enumerate(teachers)]
    result = []
    for n, (line, by) in enumerate(seen):
        tags = sum(states[t][n][0][by[t][1]] for t in range(len(teachers))) / len(teachers)
        cues = propose(tags.numpy())
        pairs = np.zeros((0, len(tags), len(corpus.PAIR)), np.float16)
        if cues:
            total = 0
            for t, teacher in enumerate(teachers):
                ids, first, _ = by[t]
                ends = np.append(first[1:], len(ids))
                total = total + teacher.pairs(states[t][n][1], first, ends, cues)
            pairs = (total / len(teachers)).numpy().astype(np.float16)
        result.append((line, by[0][2], tags.numpy().astype(np.float16), cues, pairs))
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("teachers", nargs="+", metavar="TEACHER")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--float", action="store_true", help="compute in float32: twice as fast where the processor has no bfloat16 units")
    parser.add_argument("--from", type=int, default=0, dest="start")
    args = parser.parse_args()
    torch.set_num_threads(1)
    args.out.mkdir(parents=True, exist_ok=True)
    teachers = [Teacher(named, not args.float) for named in args.teachers]
    shard, words, began = [], 0, time.process_time()
    for n, text in enumerate(unlabelled.articles(args.articles)):
        if n < args.start:
            continue
        shard.append(label(teachers, text))
        words += sum(len(p[1]) for p in shard[-1])
        if (n + 1) % SHARD == 0 or n + 1 == args.articles:
            path = args.out / f"{n + 1:05}.pickle"
            path.with_suffix(".part").write_bytes(pickle.dumps(shard, protocol=5))
            path.with_suffix(".part").rename(path)
            print(f"{n + 1} articles, {words / (time.process_time() - began):.0f} words/CPU s", flush=True)
            shard = []


if __name__ == "__main__":
    main()
