#!/usr/bin/env python3
"""Learn what tells that two reports are of the same words: the numbers of crates/saidline/src/statements/weights.rs.

    python3 training/statements/train.py [--write]

Learns from the annotated events of `bench/grouping` that may be looked at (role `tune`): a logistic regression over pairs of
reports. Prints for events left out how well pairs are told by the chance asked for, then the table for all; `--write` puts it
into the engine.
"""

import argparse
import pathlib
import re
import sys

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench" / "grouping"), str(ROOT / "bench" / "domains")]
import corpora  # noqa: E402
import events  # noqa: E402
import measure  # noqa: E402

TABLE = ROOT / "crates" / "saidline" / "src" / "statements" / "weights.rs"
PENALTY = 1.0
FOLDS = 8


def examples():
    """(event, numbers, whether one, whether both direct) of every pair that can be one, and how many that are one cannot."""
    told = measure.gold("tune")
    rows = [row for row, _ in told.values()]
    texts = events.texts(corpora.data_folder(), rows)
    marked = {row["event"]: measure.marked_reports(row, told[row["event"]][1]) for row in rows}
    found = measure.run_group([measure.line(row, texts, [[r[0] for r in some] for some in marked[row["event"]]]) for row in rows], "--pairs")
    pairs, lost = [], 0
    for event, record in found.items():
        for (a, n), (b, m), numbers in record["pairs"]:
            one, other = marked[event][a][n], marked[event][b][m]
            if numbers is None:
                lost += one[1] == other[1]
            else:
                pairs.append((event, numbers, one[1] == other[1], one[2] == other[2] == "direct"))
    return pairs, lost


def learn(numbers, right):
    """Weights and bias of highest likelihood with a penalty on the weights: Newton's method."""
    x = np.hstack([numbers, np.ones((len(numbers), 1))])
    penalty = np.full(x.shape[1], PENALTY)
    penalty[-1] = 1e-6
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (p - right) + penalty * w
        curve = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return w[:-1], w[-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    pairs, lost = examples()
    names = sorted({p[0] for p in pairs})
    numbers, right = np.array([p[1] for p in pairs]), np.array([float(p[2]) for p in pairs])
    direct = np.array([p[3] for p in pairs])
    told = np.zeros(len(pairs))
    for fold in range(FOLDS):
        out = np.array([p[0] in names[fold::FOLDS] for p in pairs])
        w, bias = learn(numbers[~out], right[~out])
        told[out] = 1 / (1 + np.exp(-(numbers[out] @ w + bias)))
    print(f"{len(pairs)} pairs, {int(right.sum())} of one statement; {lost} more that cannot be by voice, polarity or day")
    for least in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        line = [f"  chance {least}:"]
        for name, some in (("direct", direct), ("other", ~direct)):
            made = (told >= least) & some
            line.append(f"{name} {100 * (right * made).sum() / max(1, made.sum()):.1f} / {100 * (right * made).sum() / (right * some).sum():.1f}")
        print(*line)
    w, bias = learn(numbers, right)
    print(", ".join(f"{x:.2f}" for x in w), f"bias {bias:.2f}")
    if args.write:
        table = TABLE.read_text(encoding="utf-8")
        rows = ["    " + ", ".join(f"{x:.2f}" for x in w[at:at + 14]) + "," for at in range(0, len(w), 14)]
        table = re.sub(r"WEIGHTS: \[f32; FEATURES\] = \[.*?\];", "WEIGHTS: [f32; FEATURES] = [\n" + "\n".join(rows) + "\n];", table, flags=re.S)
        table = re.sub(r"BIAS: f32 = .*?;", f"BIAS: f32 = {bias:.2f};", table)
        TABLE.write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
