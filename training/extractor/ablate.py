#!/usr/bin/env python3
"""What each part of the decoder brings, on the held-out tenth of PolNeAR train.

    python training/extractor/ablate.py models/accurate-2

The network's scores stay as they are; one thing of what the decoder weighs is taken away at a time.  Prints the rows
of a table in docs/accuracy/ingredients.md.
"""

import argparse
import json
import pathlib

import corpus
from choose import Decoder

WITHOUT = {
    "as shipped": {},
    "tags beside the pair scores": {"tags": 0.0},
    "more cues proposed than the tags are sure of": {"cue_bonus": 0.0},
    "a bonus for content": {"content_bonus": 0.0},
    "a cost for each fragment": {"fragment": 0.0},
    "fragments cheap (instead of costing 4)": {"fragment": 4.0},
    "a bar for sources": {"source_least": -1e9},
    "doubtful ones dropped": {"least_confidence": 0.0},
    "doubtful ones kept from 0.3 on (instead of 0.5)": {"least_confidence": 0.5},
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", type=pathlib.Path)
    args = parser.parse_args()
    weights = json.loads((args.model / "decoder.json").read_text())
    decoder = Decoder(args.model.resolve(), corpus.DATA / "polnear" / "train", corpus.held_out())
    print("| without | full | strict | content exact | characters | interrupted |\n|---|---|---|---|---|---|")
    for name, change in WITHOUT.items():
        predictions = decoder.predictions(weights | change)
        summary = decoder.summary(predictions)
        whole = 100 * decoder.whole(predictions)
        f1 = lambda measure: f"{100 * summary[measure]['all']['f1']:.1f}"
        print(f"| {name} | {f1('full')} | {f1('strict')} | {f1('exact')} | {f1('chars')} | {whole:.0f} % |", flush=True)


if __name__ == "__main__":
    main()
