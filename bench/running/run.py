#!/usr/bin/env python3
"""Time and memory of `extract`, as whole processes; writes bench/running/README.md.

    python bench/running/run.py

1. One page of 700 words, cold, and the same page within a batch of 100 (what a page costs once the models
are loaded).  2. Memory over the first 2,000 articles of `allsides.jsonl.gz`: resident size after each page
that comes out.  3. Words per CPU second, one thread and two.
"""

import gzip
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training" / "extractor"))
import corpus  # noqa: E402

BINARY = ROOT / "target" / "release" / "saidline"


def run(*arguments, runs=5):
    """(median CPU seconds, median wall seconds, peak MB) of a whole process."""
    taken = []
    for _ in range(runs):
        began = time.monotonic()
        process = subprocess.Popen([BINARY, "extract", "--format", "jsonl", *arguments], stdout=subprocess.DEVNULL)
        _, _, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        taken.append((used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024))
    middle = lambda i: sorted(t[i] for t in taken)[runs // 2]
    return middle(0), middle(1), middle(2)


def resident(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def memory_over(path, pages):
    """Resident MB as each page line comes out."""
    process = subprocess.Popen([BINARY, "extract", "--format", "jsonl", "--threads", "1", path],
                               stdout=subprocess.PIPE, text=True)
    sizes = []
    for line in process.stdout:
        if line.startswith('{"type":"page"'):
            sizes.append(resident(process.pid))
    process.wait()
    assert len(sizes) == pages, (len(sizes), pages)
    return sizes


def main():
    subprocess.run(["cargo", "build", "--release", "-q"], cwd=ROOT, check=True)
    with gzip.open(corpus.DATA / "allsides.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in itertools.islice(lines, 2000)]
    words = lambda a: len(a["text"].split())
    page = min(articles, key=lambda a: abs(words(a) - 700))
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        one = scratch / "one.txt"
        one.write_text(page["text"], encoding="utf-8")
        batch = scratch / "batch"
        batch.mkdir()
        for i in range(100):
            (batch / f"{i:03}.txt").write_text(page["text"], encoding="utf-8")
        many = scratch / "many.jsonl"
        many.write_text("".join(json.dumps({"text": a["text"], "url": a["url"]}) + "\n" for a in articles), encoding="utf-8")
        some = scratch / "some.jsonl"
        some.write_text("".join(json.dumps({"text": a["text"], "url": a["url"]}) + "\n" for a in articles[:200]), encoding="utf-8")

        cold_cpu, cold_wall, cold_peak = run(one, "--threads", "1")
        batch_cpu, batch_wall, _ = run(batch, "--threads", "1", runs=3)
        warm_cpu, warm_wall = (batch_cpu - cold_cpu) / 99, (batch_wall - cold_wall) / 99
        sizes = memory_over(many, len(articles))
        first, last = max(sizes[:200]), max(sizes[-200:])
        counted = sum(map(words, articles[:200]))
        single = run(some, "--threads", "1", runs=3)
        double = run(some, "--threads", "2", runs=3)
    table = f"""# Running `extract`: time and memory

Made by `python bench/running/run.py` (whole processes, medians; the articles are from `allsides.jsonl.gz`).

| what | measured |
|---|---|
| one page of {words(page)} words, cold: CPU / wall / peak memory | {cold_cpu:.2f} s / {cold_wall:.2f} s / {cold_peak:.0f} MB |
| the same page, warm in a batch of 100: CPU / wall | {warm_cpu:.3f} s / {warm_wall:.3f} s |
| cold as a multiple of warm: CPU / wall | {cold_cpu / warm_cpu:.1f} / {cold_wall / warm_wall:.1f} |
| memory over 2,000 articles, largest resident size in the first 200 / the last 200 | {first:.0f} MB / {last:.0f} MB ({100 * (last / first - 1):+.1f} %) |
| words per CPU second, one thread (loading included) | {counted / single[0]:,.0f} |
| CPU of two threads over that of one | {double[0] / single[0]:.2f} |
"""
    (ROOT / "bench" / "running" / "README.md").write_text(table, encoding="utf-8")
    print(table)


if __name__ == "__main__":
    main()
