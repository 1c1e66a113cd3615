#!/usr/bin/env python3
"""Write what the trainer says of a few invented paragraphs, for the test that Rust says the same.

    python training/extractor/fixtures.py scratch/accurate/weights.pt models/accurate-2

For each paragraph: the word pieces (bytes), the tag scores and the pair scores of two cues, twice: from
the float network that was trained, and from the int8 graphs as onnxruntime runs them.  The first shows what
quantising costs, the second that two runtimes agree.
"""

import argparse
import json
import pathlib

import numpy as np
import onnxruntime
import torch
from tokenizers import Tokenizer

from model import buckets, load

#: Every person, place and paper here is invented.
PARAGRAPHS = [
    "“We will sit down in April without conditions,” Foreign Minister Ilmar Vesk told reporters on Tuesday, "
    "“and without cameras.”",
    "The ministry called for calm, according to two officials who asked not to be named.",
    "Critics accused the council of hiding the report; it denied that and said nothing had been \"buried\".",
    "Orla Tennant, the harbour's chief engineer, didn't say whether the crane — built in 1962 — would be repaired.",
    "Il n'a rien dit. Naïve façades, 3,5 % & co. ‘Quite so,’ she wrote.",
]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--encoder", type=pathlib.Path, help="folder of the BERT it was trained from")
    args = parser.parse_args()
    network = load(args.weights, args.encoder)
    tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    session = lambda name: onnxruntime.InferenceSession(str(args.model / name), providers=["CPUExecutionProvider"])
    encoder, pairs = session("encoder.onnx"), session("pairs.onnx")
    begin, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")

    fixtures = []
    for text in PARAGRAPHS:
        encoded = tokenizer.encode(text, add_special_tokens=False)
        at_byte = lambda n: len(text[:n].encode())
        ids = np.array([[begin, *encoded.ids, end]], np.int32)
        length = len(encoded.ids)
        cues = [(2, 3), (length // 2, length // 2 + 2)]
        distances = np.array([buckets(np.arange(length), *cue) for cue in cues], np.int32)

        with torch.no_grad():
            states = network.encode(torch.from_numpy(ids).long(), torch.ones(ids.shape, dtype=torch.bool))[0, 1:-1]
            tags = network.tags(states)
            additive, bilinear, first, last = network.pair_parts(states)
            cue = torch.stack([first[s] + last[e - 1] for s, e in cues])
            of_pair = torch.arange(len(cues)).repeat_interleave(length)
            scores = network.score_pairs(additive.repeat(len(cues), 1), bilinear.repeat(len(cues), 1), cue, of_pair,
                                         torch.from_numpy(distances).long().flatten())
            scores = scores.unflatten(0, (len(cues), length))
        positions = np.arange(ids.shape[1], dtype=np.int32)[None]
        known = {given.name for given in encoder.get_inputs()}
        inputs = {"ids": ids, "positions": positions}
        small_tags, views = encoder.run(["tags", "views"], {name: inputs[name] for name in known})
        additive, bilinear, first, last = np.split(views[0, 1:-1], 4, axis=-1)
        cue = np.stack([first[s] + last[e - 1] for s, e in cues])
        small_scores, = pairs.run(["scores"], {"additive": additive, "bilinear": bilinear, "cue": cue, "bucket": distances})
        rounded = lambda array: np.round(np.asarray(array, np.float64), 4).tolist()
        fixtures.append({
            "text": text,
            "pieces": [[at_byte(s), at_byte(e)] for s, e in encoded.offsets],
            "cues": cues,
            "float": {"tags": rounded(tags), "pairs": rounded(scores)},
            "int8": {"tags": rounded(small_tags[0, 1:-1]), "pairs": rounded(small_scores)},
        })
    (args.model / "parity.json").write_text(json.dumps(fixtures, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
