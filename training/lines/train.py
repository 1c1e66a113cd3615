"""Trains the line classifier and writes it for the engine.

    python training/lines/train.py

makes the pages (see data.py), has the engine compute their rows, trains on all of them and writes
models/lines-1/lines.bin, the parity fixture beside it, and the size and checksum into the card. The cross-validated
table is made by bench/lines/run.py, with the same settings.
"""

import hashlib
import re
import struct
from pathlib import Path

import lightgbm
import numpy as np

import data

MODEL = data.ROOT / "models/lines-1"

# How much a page of each sort counts. Chosen on the folds.
WEIGHTS = {"bench": 1.0, "transplant": 0.1, "clean": 0.1, "scraped": 0.3, "pasted": 0.05}
TREES = 300
SETTINGS = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_child_samples": 20,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 2.0,
    "seed": 0,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}


def weights(made: list[data.Made]) -> np.ndarray:
    """The weight of each line: its words (a short line counts a little more), as a share of its page's words."""
    found = []
    for page in made:
        words = np.array([len(data.measure.tokens(line)) for line in page.lines], dtype=float)
        found.append(WEIGHTS[page.sort] * 1000.0 * (4.0 + np.minimum(words, 60.0)) / (40.0 + words.sum()))
    return np.concatenate(found)


def fit(rows: data.Rows, made: list[data.Made], use: np.ndarray) -> lightgbm.Booster:
    """A model of the pages that `use` marks."""
    labels = np.concatenate([page.labels for page in made])
    chosen = use[rows.page] & (weights(made) > 0)
    training = lightgbm.Dataset(rows.x[chosen], labels[chosen], weight=weights(made)[chosen])
    return lightgbm.train(SETTINGS, training, TREES)


def below(threshold: float) -> float:
    """The greatest f32 that is not above a threshold: rows are f32, so that comparing with it is the same."""
    single = np.float32(threshold)
    return float(single if float(single) <= threshold else np.nextafter(single, np.float32(-np.inf)))


def exported(booster: lightgbm.Booster) -> bytes:
    """The model in the format of crates/saidline-models/src/lines.rs."""
    dump = booster.dump_model()
    out = bytearray(b"SLLINES1")
    out += struct.pack("<IIf", dump["max_feature_idx"] + 1, len(dump["tree_info"]), 0.0)
    for tree in dump["tree_info"]:
        nodes: list[tuple[int, float, int, int]] = []

        def add(node: dict) -> int:
            at = len(nodes)
            if "leaf_value" in node:
                nodes.append((0xFFFF, node["leaf_value"], 0, 0))
                return at
            assert node["decision_type"] == "<=", "only numbers are compared"
            nodes.append((0, 0.0, 0, 0))
            left, right = add(node["left_child"]), add(node["right_child"])
            nodes[at] = (node["split_feature"], below(node["threshold"]), left, right)
            return at

        add(tree["tree_structure"])
        out += struct.pack("<I", len(nodes))
        for node in nodes:
            out += struct.pack("<HfHH", *node)
    return bytes(out) + hashlib.sha256(out).digest()


# An invented page for the parity fixture: its rows and what LightGBM says of them are committed.
INVENTED = """\
Home
News
Sport
Share this story facebook twitter
Council votes to close the old ferry landing
By Odile Varga, The Ellery Courier
19 Oct, 2024 17:01
PORT ELLERY — The harbour council voted on Tuesday to close the old ferry landing before the winter.
“We will not wait until somebody drowns,” Mayor Tom Reyes told reporters after the meeting. He said it twice.
What comes next
A smaller landing will be built upstream, at a cost of two million, and the ferry will run as it does now.
Advertisement
The crews, who had asked for a delay, said that they had learned of the vote from the newspaper.
Read more: Ferry crews end their strike after five days
Sign up for our newsletter and get the best of the Courier in your inbox
Storm leaves nine hundred homes without power
© 2024 The Ellery Courier. All rights reserved.
"""


def fixture(booster: lightgbm.Booster) -> str:
    """The rows of the invented page, the expected score in front, for the test in saidline-models."""
    rows = data.rows("invented", [data.Made("bench", -1, INVENTED.splitlines(), [0] * len(INVENTED.splitlines()))])
    lines = ["# score by LightGBM, then the row of a line of an invented page; made by training/lines/train.py"]
    for score, row in zip(booster.predict(rows.x), rows.x):
        lines.append("\t".join([f"{score:.7f}"] + [repr(float(number)) for number in row]))
    return "\n".join(lines) + "\n"


def main() -> None:
    made = data.made_pages(data.benchmark())
    rows = data.rows("train", made)
    booster = fit(rows, made, np.ones(len(made), dtype=bool))
    MODEL.mkdir(parents=True, exist_ok=True)
    weights_file = exported(booster)
    (MODEL / "lines.bin").write_bytes(weights_file)
    (MODEL / "parity.tsv").write_text(fixture(booster), encoding="utf-8")
    checksum = hashlib.sha256(weights_file).hexdigest()
    (MODEL / "SHA256SUMS").write_text(f"{checksum}  lines.bin\n", encoding="utf-8")
    card = MODEL / "CARD.md"
    if card.exists():
        text = card.read_text(encoding="utf-8")
        text = re.sub(r"(\| size \| )[^|]*", rf"\g<1>{len(weights_file):,} bytes ", text)
        text = re.sub(r"(\| SHA-256 \| )[^|]*", rf"\g<1>`{checksum}` ", text)
        card.write_text(text, encoding="utf-8")
    print(f"{MODEL / 'lines.bin'}: {len(weights_file):,} bytes, {TREES} trees, {rows.x.shape[1]} numbers a row")


if __name__ == "__main__":
    main()
