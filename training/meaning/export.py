#!/usr/bin/env python3
"""Write what `train.py` trained as the ONNX graph that saidline embeds: what a text is about, as a point.

    python training/meaning/export.py models/meaning-2 --weights scratch/meaning.pt [--float]

`encoder.onnx`: the word pieces of one text in; the mean of their states out, made int8 as the accurate model's are
(`training/extractor/export.py`).  Writes `tokenizer.json`, too, and `parity.json`: what the float network and the int8
graph say of invented sentences.  Without `--weights` it writes all-MiniLM-L6-v2 as it comes.
"""

import argparse
import hashlib
import json
import pathlib
import sys

import numpy as np
import onnxruntime
import torch
from onnx import TensorProto, helper
from tokenizers import Tokenizer

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "extractor"))
from export import Graph, bert  # noqa: E402
from model import Extractor, encoder_folder, tokenizer_file  # noqa: E402

WIDTH = 384
#: Every person, place and paper here is invented.
TEXTS = [
    "Ilmar Vesk: “We will sit down in April without conditions, and without cameras.”",
    "The minister is ready for talks in spring",
    "Orla Tennant: the crane — built in 1962 — would be repaired",
    "Il n'a rien dit. Naïve façades, 3,5 % & co. ‘Quite so.’",
    "no",
]


def graph(model, path, quantise):
    """Inputs `ids` and `positions` [1, pieces]; output `meaning` [1, width], not yet of length one. The engine reads the states of
    the pieces, too, by their name (`STATES` of crates/saidline-models/src/meaning.rs)."""
    g = Graph(quantise)
    states = bert(g, model)
    print("the states are named", states)
    g.add("ReduceMean", states, g.constant(1), names=["meaning"], keepdims=0)
    integers = lambda name: helper.make_tensor_value_info(name, TensorProto.INT32, [1, "pieces"])
    g.save(path, [integers("ids"), integers("positions")],
           [helper.make_tensor_value_info("meaning", TensorProto.FLOAT, [1, WIDTH])])


def unit(vector):
    return vector / np.linalg.norm(vector)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--encoder", type=pathlib.Path, help="folder of another BERT of this width")
    parser.add_argument("--weights", type=pathlib.Path, help="what `train.py` wrote")
    parser.add_argument("--float", action="store_true", help="do not quantise (to measure what that costs)")
    args = parser.parse_args()
    model = Extractor.pretrained(encoder_folder(args.encoder)).eval()
    if args.weights:
        model.load_state_dict(torch.load(args.weights))
    args.out.mkdir(parents=True, exist_ok=True)
    graph(model, args.out / "encoder.onnx", not args.float)
    (args.out / "tokenizer.json").write_text(tokenizer_file(args.encoder), encoding="utf-8")

    tokenizer = Tokenizer.from_file(str(args.out / "tokenizer.json"))
    session = onnxruntime.InferenceSession(str(args.out / "encoder.onnx"), providers=["CPUExecutionProvider"])
    fixtures = []
    for text in TEXTS:
        ids = np.array([tokenizer.encode(text).ids], np.int32)
        with torch.no_grad():
            states = model.encode(torch.from_numpy(ids).long(), torch.ones(ids.shape, dtype=torch.bool))
        positions = np.arange(ids.shape[1], dtype=np.int32)[None]
        small, = session.run(["meaning"], {"ids": ids, "positions": positions})
        rounded = lambda vector: np.round(unit(np.asarray(vector, np.float64)), 5).tolist()
        fixtures.append({"text": text, "pieces": ids.shape[1], "float": rounded(states[0].mean(0)), "int8": rounded(small[0])})
    (args.out / "parity.json").write_text(json.dumps(fixtures, ensure_ascii=False) + "\n", encoding="utf-8")

    files = [args.out / "encoder.onnx", args.out / "tokenizer.json"]
    sums = [(hashlib.sha256(path.read_bytes()).hexdigest(), path) for path in files]
    (args.out / "SHA256SUMS").write_text("".join(f"{checksum}  {path.name}\n" for checksum, path in sums))
    for checksum, path in sums:
        print(path, path.stat().st_size, checksum)


if __name__ == "__main__":
    main()
