#!/usr/bin/env python3
"""Time and memory of `extract`, as whole processes; writes bench/running/README.md.

    python bench/running/run.py [--all-articles] [--hostile-bytes N] [--rounds N] [--only PART …] [--binary PATH]

cold     One page of 700 words, cold, and the same page within a batch of 100 (what a page costs once the models
         are loaded).
memory   Resident size after each page that comes out, over the first 2,000 articles of `allsides.jsonl.gz`, or
         all 12,000 (`--all-articles`: half an hour and more).
threads  One thread, two threads, and two processes on half of the input each.
hostile  Invented pages made to be dear (hostile.py), each beside normal text, by the byte.

What is compared takes turns, so that a busy machine disturbs the ratios less than the seconds. README.md is written
when all parts ran, and not for another binary than the release build.
"""

import argparse
import gzip
import itertools
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "training" / "extractor"))
import corpus  # noqa: E402
import hostile  # noqa: E402

PARTS = ("cold", "memory", "threads", "hostile")
#: CPU seconds after which a hostile page is given up.
LIMIT = 600
#: What a hostile page may cost, as a multiple of normal text.
MOST = 2.0
#: Bytes of English before a page that must be read: more than the language is told from.
ENGLISH = 17_000
#: Hostile pages after which normal text is timed again: a machine's speed changes within a round.
EVERY = 6


class Command:
    """`saidline extract` of one binary, with one model."""

    def __init__(self, binary, model):
        self.words = [binary, "extract", "--format", "jsonl", *(["--model", model] if model else [])]

    def start(self, *arguments, limit=None, stdout=subprocess.DEVNULL, **more):
        bound = (lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))) if limit else None
        return subprocess.Popen([*self.words, *arguments], stdout=stdout, preexec_fn=bound, **more)

    def times(self, *arguments, limit=None):
        """(CPU seconds, wall seconds, peak MB) of a whole process; None where it was given up."""
        return self.together(arguments, limit=limit)

    def together(self, *runs, limit=None):
        """The same of processes that run side by side: CPU summed, wall until the last is done."""
        began = time.monotonic()
        running = [self.start(*arguments, limit=limit) for arguments in runs]
        cpu, peak = 0.0, 0.0
        given_up = False
        for process in running:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode and not limit:
                raise subprocess.CalledProcessError(process.returncode, process.args)
            given_up |= process.returncode != 0
            cpu += used.ru_utime + used.ru_stime
            peak += used.ru_maxrss / 1024
        return None if given_up else (cpu, time.monotonic() - began, peak)


def medians(taken):
    return tuple(statistics.median(column) for column in zip(*taken))


def resident(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def words(article):
    return len(article["text"].split())


def as_lines(path, articles):
    path.write_text("".join(json.dumps({"text": a["text"], "url": a["url"]}) + "\n" for a in articles), encoding="utf-8")
    return path


def cold(command, articles, scratch, _args):
    page = min(articles, key=lambda a: abs(words(a) - 700))
    one, batch = scratch / "one.txt", scratch / "batch"
    one.write_text(page["text"], encoding="utf-8")
    batch.mkdir()
    for i in range(100):
        (batch / f"{i:03}.txt").write_text(page["text"], encoding="utf-8")
    command.times(one)
    cold_cpu, cold_wall, peak = medians([command.times(one, "--threads", "1") for _ in range(7)])
    batch_cpu, batch_wall, _ = medians([command.times(batch, "--threads", "1") for _ in range(3)])
    warm_cpu, warm_wall = (batch_cpu - cold_cpu) / 99, (batch_wall - cold_wall) / 99
    return [
        (f"one page of {words(page)} words, cold: CPU / wall / peak memory",
         f"{cold_cpu:.2f} s / {cold_wall:.2f} s / {peak:.0f} MB", "wall 0.4 s, 250 MB (aim 0.15 s, 120 MB)"),
        ("the same page, warm in a batch of 100: CPU / wall", f"{warm_cpu:.3f} s / {warm_wall:.3f} s", ""),
        ("cold as a multiple of warm: CPU / wall", f"{cold_cpu / warm_cpu:.1f} / {cold_wall / warm_wall:.1f}", ""),
    ]


def memory(command, articles, scratch, _args):
    """Resident size as each page line comes out."""
    process = command.start("--threads", "1", as_lines(scratch / "many.jsonl", articles), stdout=subprocess.PIPE, text=True)
    sizes = []
    for line in process.stdout:
        if line.startswith('{"type":"page"'):
            sizes.append(resident(process.pid))
    if process.wait() or len(sizes) != len(articles):
        raise SystemExit(f"{len(sizes)} of {len(articles)} pages came out, exit status {process.returncode}")
    first, last = max(sizes[:200]), max(sizes[-200:])
    return [(f"memory over {len(articles):,} articles, largest resident size in the first 200 / the last 200 / all",
             f"{first:.0f} MB / {last:.0f} MB ({100 * (last / first - 1):+.1f} %) / {max(sizes):.0f} MB", "flat")]


def threads(command, articles, scratch, args):
    some = articles[:200]
    whole = as_lines(scratch / "whole.jsonl", some)
    halves = [as_lines(scratch / f"half-{i}.jsonl", some[i::2]) for i in range(2)]
    single, double, two = [], [], []
    for _ in range(args.rounds):
        single.append(command.times(whole, "--threads", "1"))
        double.append(command.times(whole, "--threads", "2"))
        two.append(command.together(*((half, "--threads", "1") for half in halves)))
    ratio = lambda ours, theirs, i: [a[i] / b[i] for a, b in zip(ours, theirs)]
    cpu, throughput = ratio(double, single, 0), ratio(two, double, 1)
    shown = lambda ratios: f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
    return [
        ("words per CPU second, one thread (loading included)", f"{sum(map(words, some)) / medians(single)[0]:,.0f}", ""),
        ("CPU of two threads over that of one", shown(cpu), "at most 1.1"),
        ("throughput of two threads over that of two processes on half of the input each", shown(throughput), "at least 0.9"),
    ]


def hostile_pages(command, articles, scratch, args):
    """Rows of (what, CPU seconds and multiple of normal text by the byte as it comes, the same where it must be read),
    dearest first."""
    def written(name, text):
        path = scratch / name
        path.write_bytes(text.encode())
        return path, path.stat().st_size

    normal, length = [], 0
    for number, article in enumerate(articles):
        if length >= args.hostile_bytes:
            break
        path, size = written(f"normal-{number}.txt", article["text"])
        normal.append(path)
        length += size
    english = hostile.english(ENGLISH)
    empty, _ = written("empty.txt", "No.\n")
    before, of_before = written("before.txt", hostile.page("text", "", english))
    made = {}
    for i, (what, body) in enumerate(hostile.pages(args.hostile_bytes).items()):
        suffix = "html" if what.startswith("HTML") else "txt"
        made[what] = (written(f"as-it-comes-{i}.{suffix}", hostile.page(what, body)),
                      written(f"read-{i}.{suffix}", hostile.page(what, body, english)))
    taken = {what: [] for what in made}
    command.times(empty)
    for _ in range(args.rounds):
        for number, (what, ((path, size), (read, of_read))) in enumerate(made.items()):
            if number % EVERY == 0:
                loading = command.times(empty, "--threads", "1")[0]
                base = (command.times(*normal, "--threads", "1")[0] - loading) / length
                head = command.times(before, "--plain", "--threads", "1")[0]
            spent = lambda without, *arguments: (command.times(*arguments, "--threads", "1", limit=LIMIT) or (LIMIT,))[0] - without
            first, second = spent(loading, path), spent(head, "--plain", read)
            taken[what].append((first, first / size / base, second, second / (of_read - of_before) / base))
    return sorted(((what, *medians(times)) for what, times in taken.items()), key=lambda row: -max(row[2], row[4]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--all-articles", action="store_true", help="memory over all articles, not over 2,000")
    parser.add_argument("--hostile-bytes", type=int, default=200_000, help="size of each hostile page")
    parser.add_argument("--rounds", type=int, default=3, help="how often what is compared takes its turn")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="parts to run; README.md is not written")
    parser.add_argument("--model", help="the model that reads; README.md is not written")
    parser.add_argument("--binary", type=pathlib.Path, help="instead of the release build; README.md is not written")
    args = parser.parse_args()
    if args.binary is None:
        subprocess.run(["cargo", "build", "--release", "-q"], cwd=ROOT, check=True)
    command = Command(args.binary or ROOT / "target" / "release" / "saidline", args.model)
    with gzip.open(corpus.DATA / "allsides.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in itertools.islice(lines, None if args.all_articles else 2000)]
    table, dear = [], []
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for name, part in (("cold", cold), ("memory", memory), ("threads", threads)):
            if name in args.only:
                table += part(command, articles, scratch, args)
        if "hostile" in args.only:
            dear = hostile_pages(command, articles, scratch, args)
    page = """# Running `extract`: time and memory

Made by `python bench/running/run.py` (whole processes, medians; the articles are from `allsides.jsonl.gz`; what is compared
takes turns, and brackets hold the lowest and highest ratio).

"""
    if table:
        page += "| what | measured | must |\n|---|---|---|\n"
        page += "".join(f"| {what} | {measured} | {must} |\n" for what, measured, must in table)
    if dear:
        page += f"""
## Hostile pages

Invented pages of {args.hostile_bytes:,} bytes (`hostile.py`): CPU seconds, loading left out, and how often what normal articles cost by
the byte of text. As it comes, most of such a page is found to be no article or no English, and is not read; the last two
columns are of the same page after {ENGLISH:,} bytes of English (not counted) and with `--plain`, so that all is read. The
multiple must be at most {MOST:g}; {sum(max(row[2], row[4]) > MOST for row in dear)} of {len(dear)} pages are above it.

| page | as it comes | multiple | all read | multiple |
|---|---|---|---|---|
"""
        page += "".join(f"| {what} | {cpu:.2f} s | {multiple:.2f} | {read:.2f} s | {of_read:.2f} |\n"
                        for what, cpu, multiple, read, of_read in dear)
    print(page)
    if args.binary is None and args.model is None and set(args.only) == set(PARTS):
        (HERE / "README.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
