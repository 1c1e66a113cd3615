#!/usr/bin/env python3
"""Learn what tells whom "he" and "she" mean: the numbers of crates/saidline/src/speakers/weights.rs.

    python3 training/pronouns/train.py [--write]

Learns from the sources of annotated articles that may be looked at (`bench/resolution`, role `tune`), drawn towards what was
learned before from the pronouns of GUM (`--gum` learns that anew and stops). A pronoun's chance is shared by its candidates and by
nobody (a softmax over weighted sums); weights are those of highest likelihood with a penalty for being far from GUM's. Prints
accuracy and calibration on annotated articles left out, then the table for all; `--write` puts it into the engine.
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench" / "resolution"), str(ROOT / "bench" / "domains")]
import attributions  # noqa: E402
import corpora  # noqa: E402
import measure  # noqa: E402

TABLE = ROOT / "crates" / "saidline" / "src" / "speakers" / "weights.rs"
GENRES = ("news", "bio", "interview", "speech", "court", "academic", "voyage")
PENALTY = 5.0
PENALTY_OF_GUM = 0.5
FOLDS = 10
#: Learned from GUM. Four are set by hand, as a pronoun of GUM is no attribution: that somebody spoke last says more of who
#: speaks (1.3, learned 0.42), lives told from their first sentence on fill half of GUM (the article's first sentences: 0.8,
#: learned 1.47; a name after the pronoun: 0.5, learned -0.24), and "he" of an attribution seldom means nobody (0.9, learned
#: 1.78). The last four numbers were not known then.
FROM_GUM = np.array([1.40, 0.46, 0.38, -1.45, -0.02, 0.68, 0.52, 0.00, -0.87, 1.30, 0.43, 1.05, -0.49, 0.53, 0.52, 0.50, 0.80, 0.39,
                     0.00, 0.00, 0.00, 0.00])
NOBODY_FROM_GUM = 0.9


def example(name, *arguments, given=None):
    ran = subprocess.run(["cargo", "run", "--release", "-q", "-p", "saidline", "--example", name, "--", *arguments], cwd=ROOT, check=True,
                         input=given, stdout=subprocess.PIPE, text=True)
    return ran.stdout.splitlines()


def of_gum():
    """(file, numbers by candidate, whether right by candidate) for each pronoun of GUM."""
    for line in example("pronouns", "--candidates", *GENRES):
        name, _, *candidates = line.split("\t")
        if candidates:
            right = np.array([float(c.split(" ", 1)[0]) for c in candidates])
            yield name, np.array([[float(x) for x in c.split(" ")[1:]] for c in candidates]), right


def of_annotated():
    """The same for the sources of annotated attributions."""
    folder = corpora.data_folder()
    rows = [row for row in corpora.read_manifest(attributions.MANIFEST) if row["role"] == "tune"]
    texts = attributions.texts(folder, rows)
    lines, order = measure.given(rows, texts)
    persons = collections.defaultdict(dict)
    for line in map(json.loads, example("tell", "--pronouns", given="".join(line + "\n" for line in lines))):
        persons[line["name"]][line["n"]] = line["persons"]
    for item in measure.gold("tune", texts):
        place = order[item["article"]].index({r: item[r] for r in measure.ROLES})
        candidates = persons[item["article"]].get(place)
        if candidates:
            right = [float(any(measure.same_name(name, v["names"]) for v in measure.identified(item))) for name, _ in candidates]
            yield item["article"], np.array([numbers for _, numbers in candidates]), np.array(right)


def chances(weights, nobody, numbers):
    scores = np.append(numbers @ weights, nobody)
    scores = np.exp(scores - scores.max())
    return scores / scores.sum()


def learn(items, near=FROM_GUM, nobody_near=NOBODY_FROM_GUM, penalty=PENALTY):
    """Weights for (numbers, right), near to others."""
    weights, nobody = near.copy(), nobody_near
    speed_w, speed_n = np.full(weights.size, 1e-8), 1e-8
    for _ in range(300):
        slope, slope_n = penalty * (weights - near), penalty * (nobody - nobody_near)
        for numbers, right in items:
            p = chances(weights, nobody, numbers)
            wanted = np.append(right, 0.0 if right.any() else 1.0)
            # All mentions of the right person are one candidate; where several are right they share it.
            q = p * wanted / max(1e-12, (p * wanted).sum())
            slope = slope + numbers.T @ (p[:-1] - q[:-1])
            slope_n += p[-1] - q[-1]
        speed_w += slope ** 2
        speed_n += slope_n ** 2
        weights = weights - 0.3 * slope / np.sqrt(speed_w)
        nobody -= 0.3 * slope_n / np.sqrt(speed_n)
    return weights, nobody


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--gum", action="store_true", help="learn from GUM alone, and print it")
    args = parser.parse_args()
    if args.gum:
        items = [(numbers, right) for _, numbers, right in of_gum()]
        weights, nobody = learn(items, np.zeros(items[0][0].shape[1]), 0.0, PENALTY_OF_GUM)
        print(f"{len(items)} pronouns of GUM:", ", ".join(f"{w:.2f}" for w in weights), f"nobody {nobody:.2f}")
        return
    annotated = list(of_annotated())
    articles = sorted({name for name, *_ in annotated})
    told = []
    for fold in range(FOLDS):
        out = set(articles[fold::FOLDS])
        weights, nobody = learn([(n, r) for name, n, r in annotated if name not in out])
        for name, numbers, right in annotated:
            if name in out:
                p = chances(weights, nobody, numbers)
                best = int(p[:-1].argmax())
                told.append((float(p[best]), bool(right[best]), bool(right.any())))
    print(f"{len(told)} annotated, right {sum(r for _, r, _ in told)}, of {sum(k for *_, k in told)} that have "
          f"the right person among the candidates")
    for low, high in ((0, .3), (.3, .5), (.5, .7), (.7, .8), (.8, .9), (.9, .95), (.95, 1.01)):
        some = [r for p, r, _ in told if low <= p < high]
        if some:
            print(f"  chance {low:.2f} to {high:.2f}: right {np.mean(some):.3f} of {len(some)}")
    weights, nobody = learn([(n, r) for _, n, r in annotated])
    print(", ".join(f"{w:.2f}" for w in weights), f"nobody {nobody:.2f}")
    if args.write:
        table = TABLE.read_text(encoding="utf-8")
        rows = [", ".join(f"{w:.2f}" for w in weights[at:at + 14]) for at in range(0, len(weights), 14)]
        table = re.sub(r"WEIGHTS: \[f32; FEATURES\] = \[.*?\];", "WEIGHTS: [f32; FEATURES] = [\n    " + ",\n    ".join(rows) + ",\n];", table, flags=re.S)
        table = re.sub(r"NOBODY: f32 = .*?;", f"NOBODY: f32 = {nobody:.2f};", table)
        TABLE.write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
