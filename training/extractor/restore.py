#!/usr/bin/env python3
"""Read a shipped accurate model back as weights that the trainer begins from, or that a teacher labels with.

    python training/extractor/restore.py models/accurate-2 scratch/accurate/weights.pt

What `export.py` made int8 is multiplied out: the weights are those that the product runs, not those that were trained.
"""

import argparse
import json
import pathlib

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from model import Extractor, encoder_folder


class Stored:
    """The arrays of a graph, taken in the order in which `export.py` wrote them."""

    def __init__(self, path):
        self.left = iter([numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer])

    def take(self):
        return next(self.left)

    def matrix(self):
        """The weight of a linear layer, [out, in]."""
        whole = self.take()
        if whole.dtype != np.int8:
            return whole.T
        self.take()  # the zero points, all nought
        return (whole.astype(np.float32) * self.take()).T

    def linear(self, weights, name):
        weights[f"{name}.weight"] = self.matrix()
        weights[f"{name}.bias"] = self.take()

    def norm(self, weights, name):
        weights[f"{name}.weight"], weights[f"{name}.bias"] = self.take(), self.take()

    def skip(self, number):
        for _ in range(number):
            self.take()


def bert(folder, layers):
    """The accurate model's weights by their names in `model.Extractor`."""
    weights, stored = {}, Stored(folder / "encoder.onnx")
    whole = stored.take()
    weights["words.weight"] = whole.astype(np.float32) * stored.take()
    weights["positions.weight"] = stored.take()
    stored.norm(weights, "norm")
    stored.skip(2)  # shapes
    for i in range(layers):
        parts = {}
        for part in "qkv":
            stored.linear(parts, part)
        for kind in ("weight", "bias"):
            weights[f"layers.{i}.qkv.{kind}"] = np.concatenate([parts[f"{part}.{kind}"] for part in "qkv"])
        stored.skip(1)  # the scale of the scores
        stored.linear(weights, f"layers.{i}.out")
        stored.norm(weights, f"layers.{i}.norm1")
        stored.linear(weights, f"layers.{i}.up")
        stored.skip(3)  # numbers of the activation
        stored.linear(weights, f"layers.{i}.down")
        stored.norm(weights, f"layers.{i}.norm2")
    stored.linear(weights, "tags")
    stored.linear(weights, "pair_in")
    stored = Stored(folder / "pairs.onnx")
    stored.skip(2)  # axes
    weights["distance.weight"] = stored.take()
    stored.linear(weights, "pair_out")
    weights["pair_bilinear.weight"] = stored.matrix()
    return weights


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", type=pathlib.Path, help="folder of a shipped accurate model")
    parser.add_argument("out", type=pathlib.Path)
    args = parser.parse_args()
    model = Extractor(json.loads((encoder_folder() / "config.json").read_text()))
    wanted = model.state_dict()
    weights = {name: torch.from_numpy(np.array(a)) for name, a in bert(args.model, len(model.layers)).items()}
    # The graph holds the positions of a window alone; what is left keeps its random beginning and is never used.
    positions = wanted["positions.weight"].clone()
    positions[:len(weights["positions.weight"])] = weights["positions.weight"]
    model.load_state_dict(weights | {"positions.weight": positions})
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), args.out)
    print(f"wrote {args.out}")


if __name__ == "__main__":
    main()
