#!/usr/bin/env python3
"""Learn what tells whom "he" and "she" mean: the numbers of crates/saidline/src/speakers/weights.rs.

    cargo run -p saidline --example pronouns -- --candidates news bio interview … | python3 training/pronouns/train.py

Each line is a pronoun of GUM: file, place, and for each candidate whether it is right and the numbers that describe it.
A pronoun's chance is shared by its candidates and by nobody (a softmax over weighted sums); weights are those of highest
likelihood with a penalty. Prints the accuracy and the calibration on files left out, then the table for all.
"""

import sys

import numpy as np

PENALTY = 0.5
FOLDS = 5


def read(lines):
    items = []
    for line in lines:
        name, _, *candidates = line.rstrip("\n").split("\t")
        if not candidates:
            continue
        right = np.array([float(c.split(" ", 1)[0]) for c in candidates])
        numbers = np.array([[float(x) for x in c.split(" ")[1:]] for c in candidates])
        items.append((name, numbers, right))
    return items


def chances(weights, nobody, numbers):
    scores = np.append(numbers @ weights, nobody)
    scores = np.exp(scores - scores.max())
    return scores / scores.sum()


def learn(items):
    size = items[0][1].shape[1]
    weights, nobody = np.zeros(size), 0.0
    speed_w, speed_n = np.full(size, 1e-8), 1e-8
    for step in range(600):
        slope, slope_n = PENALTY * weights, 0.0
        for _, numbers, right in items:
            p = chances(weights, nobody, numbers)
            wanted = np.append(right, 0.0 if right.any() else 1.0)
            # All mentions of the right person are one candidate; where several are right they share it.
            q = p * wanted / max(1e-12, (p * wanted).sum())
            slope += numbers.T @ (p[:-1] - q[:-1])
            slope_n += p[-1] - q[-1]
        speed_w += slope ** 2
        speed_n += slope_n ** 2
        weights -= 0.3 * slope / np.sqrt(speed_w)
        nobody -= 0.3 * slope_n / np.sqrt(speed_n)
    return weights, nobody


def main():
    items = read(sys.stdin)
    files = sorted({name for name, _, _ in items})
    told = []
    for fold in range(FOLDS):
        out = set(files[fold::FOLDS])
        weights, nobody = learn([i for i in items if i[0] not in out])
        for name, numbers, right in items:
            if name in out:
                p = chances(weights, nobody, numbers)
                best = int(p[:-1].argmax())
                told.append((p[best], right[best], right.any(), name))
    told = [(float(p), bool(r), bool(k), n) for p, r, k, n in told]
    print(f"{len(told)} pronouns, right {np.mean([r for _, r, _, _ in told]):.3f}; of those with a right candidate "
          f"{np.mean([r for _, r, k, _ in told if k]):.3f}")
    for low, high in ((0, .3), (.3, .5), (.5, .7), (.7, .8), (.8, .9), (.9, .95), (.95, 1.01)):
        some = [r for p, r, _, _ in told if low <= p < high]
        if some:
            print(f"  chance {low:.2f} to {high:.2f}: right {np.mean(some):.3f} of {len(some)}")
    weights, nobody = learn(items)
    print(", ".join(f"{w:.2f}" for w in weights))
    print(f"nobody {nobody:.2f}")


if __name__ == "__main__":
    main()
