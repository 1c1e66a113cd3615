#!/usr/bin/env python3
"""Write trained weights as the two ONNX graphs that saidline embeds.

    python training/extractor/export.py scratch/accurate/weights.pt models/accurate-2 [--float]
    python training/extractor/export.py scratch/fast/weights.pt models/fast-1

`encoder.onnx`: word pieces of one window in; tag scores and the four pair views of each piece out.
`pairs.onnx`: a paragraph's pieces and its cues in; class scores of every (cue, piece) pair out.

Matrix products are int8: weights per output column and 7 bits wide (so that processors without VNNI
cannot saturate), activations quantised as they come, over one window alone, so that an answer never
depends on what else is read.  Word embeddings are int8 with a scale for each word.
"""

import argparse
import hashlib
import json
import math
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from corpus import PAIR, TAGS
from model import FAST_REACHES, Extractor, load, tokenizer_file

OPSET = 18


class Graph:
    """Collects nodes and weights; every method returns the name of what it adds."""

    def __init__(self, quantise):
        self.nodes, self.weights, self.quantise, self.count = [], [], quantise, 0
        self.quantised = {}

    def add(self, op, *inputs, outputs=1, names=None, **attributes):
        self.count += 1
        names = names or [f"{op}_{self.count}" + (f"_{i}" if i else "") for i in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def weight(self, array, name=None):
        self.count += 1
        name = name or f"w_{self.count}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def constant(self, *values, dtype=np.int64):
        return self.weight(np.array(values, dtype))

    def product(self, x, matrix):
        """x · matrix; the quantised form of an input is made once and shared."""
        if not self.quantise:
            return self.add("MatMul", x, self.weight(matrix.astype(np.float32)))
        if x not in self.quantised:
            self.quantised[x] = self.add("DynamicQuantizeLinear", x, outputs=3)
        integers, scale, zero = self.quantised[x]
        steps = np.maximum(np.abs(matrix).max(0) / 63.0, 1e-12).astype(np.float32)
        whole = np.clip(np.rint(matrix / steps), -63, 63).astype(np.int8)
        product = self.add("MatMulInteger", integers, self.weight(whole), zero,
                           self.weight(np.zeros(whole.shape[1], np.int8)))
        return self.add("Mul", self.add("Cast", product, to=TensorProto.FLOAT),
                        self.add("Mul", scale, self.weight(steps)))

    def linear(self, x, layer, columns=slice(None)):
        """x · Wᵀ + b."""
        y = self.product(x, layer.weight.detach().numpy()[columns].T)
        bias = layer.bias.detach().numpy()[columns] if layer.bias is not None else None
        return y if bias is None else self.add("Add", y, self.weight(bias.astype(np.float32)))

    def embedding(self, ids, table):
        """Rows of a table of words: int8 with a scale for each word."""
        table = table.weight.detach().numpy()
        if not self.quantise:
            return self.add("Gather", self.weight(table), ids)
        steps = np.maximum(np.abs(table).max(1, keepdims=True) / 127.0, 1e-12).astype(np.float32)
        whole = np.clip(np.rint(table / steps), -127, 127).astype(np.int8)
        return self.add("Mul", self.add("Cast", self.add("Gather", self.weight(whole), ids), to=TensorProto.FLOAT),
                        self.add("Gather", self.weight(steps), ids))

    def norm(self, x, layer):
        return self.add("LayerNormalization", x, self.weight(layer.weight.detach().numpy()),
                        self.weight(layer.bias.detach().numpy()), axis=-1, epsilon=layer.eps)

    def save(self, path, inputs, outputs):
        graph = helper.make_graph(self.nodes, path.stem, inputs, outputs, self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
        onnx.checker.check_model(model)
        path.write_bytes(model.SerializeToString())


def bert(g, model):
    """The accurate model's states; inputs `ids` and `positions` [1, pieces]."""
    config = model.config
    width, heads = config["hidden_size"], config["num_attention_heads"]
    words = g.embedding("ids", model.words)
    places = g.add("Gather", g.weight(model.positions.weight.detach().numpy()[:256]), "positions")
    x = g.norm(g.add("Add", words, places), model.norm)
    split = g.constant(1, -1, heads, width // heads)
    merge = g.constant(1, -1, width)
    for layer in model.layers:
        q, k, v = (g.add("Reshape", g.linear(x, layer.qkv, slice(i * width, (i + 1) * width)), split) for i in range(3))
        q = g.add("Transpose", q, perm=[0, 2, 1, 3])
        k = g.add("Transpose", k, perm=[0, 2, 3, 1])
        v = g.add("Transpose", v, perm=[0, 2, 1, 3])
        scores = g.add("Mul", g.add("MatMul", q, k), g.weight(np.array(1 / math.sqrt(width // heads), np.float32)))
        context = g.add("MatMul", g.add("Softmax", scores, axis=-1), v)
        context = g.add("Reshape", g.add("Transpose", context, perm=[0, 2, 1, 3]), merge)
        x = g.norm(g.add("Add", x, g.linear(context, layer.out)), layer.norm1)
        inner = g.linear(x, layer.up)
        # x · ½ · (1 + erf(x / √2)), in the form that the runtime knows as one operator.
        half = g.weight(np.array(0.5, np.float32))
        erf = g.add("Erf", g.add("Div", inner, g.weight(np.array(math.sqrt(2), np.float32))))
        inner = g.add("Mul", g.add("Mul", inner, g.add("Add", erf, g.weight(np.array(1.0, np.float32)))), half)
        x = g.norm(g.add("Add", x, g.linear(inner, layer.down)), layer.norm2)
    return x


def convolutions(g, model):
    """The fast model's states; input `ids` [1, pieces]."""
    x = g.norm(g.embedding("ids", model.words), model.norm)
    width = model.words.embedding_dim
    for taps, norm, reach in zip(model.taps, model.norms, FAST_REACHES):
        # One product makes what each piece gives to the one `reach` behind it, to itself, and to the one `reach`
        # before it; then the three are laid over each other.
        matrix = taps.weight.detach().numpy().T
        given = g.product(x, np.concatenate([matrix[:width], matrix[width:2 * width], matrix[2 * width:]], 1))
        behind, own, before = g.add("Split", given, outputs=3, axis=-1, num_outputs=3)
        behind = g.add("Slice", g.add("Pad", behind, g.constant(0, reach, 0, 0, 0, 0)), g.constant(0),
                       g.constant(-reach), g.constant(1))
        before = g.add("Slice", g.add("Pad", before, g.constant(0, 0, 0, 0, reach, 0)), g.constant(reach),
                       g.constant(2**31 - 1), g.constant(1))
        total = g.add("Add", g.add("Add", own, g.weight(taps.bias.detach().numpy())), g.add("Add", behind, before))
        x = g.norm(g.add("Add", x, g.add("Relu", total)), norm)
    return x


def encoder(model, path, quantise):
    """Outputs `tags` [1, pieces, 7] and `views` [1, pieces, 4·width], over the states of either network."""
    g = Graph(quantise)
    accurate = isinstance(model, Extractor)
    x = bert(g, model) if accurate else convolutions(g, model)
    tags = g.linear(x, model.tags)
    views = g.linear(x, model.pair_in)
    g.nodes[-1].output[0] = "views"
    next(n for n in g.nodes if tags in n.output).output[0] = "tags"
    integers = lambda name: helper.make_tensor_value_info(name, TensorProto.INT32, [1, "pieces"])
    floats = lambda name, size: helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "pieces", size])
    inputs = ["ids", "positions"] if accurate else ["ids"]
    g.save(path, [integers(name) for name in inputs],
           [floats("tags", len(TAGS)), floats("views", 4 * model.pair_width)])


def pairs(model, path):
    """Inputs `additive`, `bilinear` [pieces, width], `cue` [cues, width], `bucket` [cues, pieces]; output
    `scores` [cues, pieces, 5].  Small, and kept in float."""
    g, width = Graph(False), model.pair_width
    hidden = g.add("Add", g.add("Add", g.add("Unsqueeze", "additive", g.constant(0)),
                                g.add("Unsqueeze", "cue", g.constant(1))),
                   g.add("Gather", g.weight(model.distance.weight.detach().numpy()), "bucket"))
    additive = g.linear(g.add("Relu", hidden), model.pair_out)
    query = g.add("Reshape", g.linear("cue", model.pair_bilinear), g.constant(-1, len(PAIR), width))
    query = g.add("Transpose", query, perm=[0, 2, 1])
    product = g.add("MatMul", g.add("Unsqueeze", "bilinear", g.constant(0)), query)
    product = g.add("Mul", product, g.weight(np.array(1 / math.sqrt(width), np.float32)))
    g.add("Add", additive, product, names=["scores"])
    floats = lambda name, *shape: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
    g.save(path, [floats("additive", "pieces", width), floats("bilinear", "pieces", width),
                  floats("cue", "cues", width),
                  helper.make_tensor_value_info("bucket", TensorProto.INT32, ["cues", "pieces"])],
           [floats("scores", "cues", "pieces", len(PAIR))])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--encoder", type=pathlib.Path, help="folder of the BERT it was trained from")
    parser.add_argument("--float", action="store_true", help="do not quantise (to measure what that costs)")
    args = parser.parse_args()
    model = load(args.weights, args.encoder)
    args.out.mkdir(parents=True, exist_ok=True)
    encoder(model, args.out / "encoder.onnx", not args.float)
    pairs(model, args.out / "pairs.onnx")
    (args.out / "tokenizer.json").write_text(tokenizer_file(args.encoder), encoding="utf-8")
    for path in sorted(args.out.iterdir()):
        print(path, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
