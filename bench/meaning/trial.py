#!/usr/bin/env python3
"""Which states know what a sentence is about: a trial for docs/decisions/two-models.md.

    python bench/meaning/trial.py scratch/accurate/weights.pt

`pairs.tsv` has invented remarks, each beside an indirect report of it in other words; every second one is on the same
subject as the one before and says something else.  For each remark, the forty reports are ranked by the cosine of
mean states: of the encoder that the accurate model began from, and of the accurate model, layer by layer.
"""

import pathlib
import sys

import torch

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "training" / "extractor"))
from model import Extractor, encoder_folder, load, open_tokenizer  # noqa: E402


@torch.no_grad()
def means(model, tokenizer, sentences):
    """Mean state of each sentence after each layer, [layers + 1, sentences, width], of length one."""
    rows = []
    for sentence in sentences:
        ids = torch.tensor([tokenizer.encode(sentence).ids])
        x = model.norm(model.words(ids) + model.positions(torch.arange(ids.shape[1])))
        states = [x]
        for layer in model.layers:
            x = layer(x, torch.zeros(1, 1, 1, ids.shape[1]))
            states.append(x)
        rows.append(torch.stack([s[0].mean(0) for s in states]))
    made = torch.stack(rows, 1)
    return made / made.norm(dim=-1, keepdim=True)


def main():
    pairs = [line.split("\t") for line in (HERE / "pairs.tsv").read_text(encoding="utf-8").splitlines()]
    tokenizer, folder = open_tokenizer()
    models = {"all-MiniLM-L6-v2": Extractor.pretrained(folder).eval(), "accurate": load(sys.argv[1], encoder_folder())}
    print("| states of | after layer | right report first | of 40, mean rank |\n|---|---|---|---|")
    for name, model in models.items():
        remarks, reports = (means(model, tokenizer, side) for side in zip(*pairs))
        for layer in range(len(remarks)):
            likeness = remarks[layer] @ reports[layer].T
            rank = (likeness > likeness.diagonal()[:, None]).sum(1) + 1
            print(f"| {name} | {layer} | {(rank == 1).sum().item()} | {rank.float().mean().item():.1f} |")


if __name__ == "__main__":
    main()
