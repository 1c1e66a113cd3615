#!/usr/bin/env python3
"""Adding the 12,000 articles of `allsides.jsonl.gz` to one store: CPU, memory, size; writes bench/store/load.md.

    python bench/store/load.py STORE [--threads N]

The articles go in by thousands, each with an `add` of its own, so that a run that was stopped goes on where it was.
The last thousand is timed twice over, into copies of the store that holds the 11,000 before it and into an empty one:
the same pages, so the quotient says what a full store costs. The store stays at STORE for the other benches.
"""

import argparse
import gzip
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path(os.environ.get("SAIDLINE_DATA", ROOT / ".." / "shared" / "data"))
BINARY = ROOT / "target" / "release" / "saidline"
SLICE = 1000


def slices(folder):
    """The articles as files of JSONL, a thousand each."""
    with gzip.open(DATA / "allsides.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    paths = []
    for start in range(0, len(articles), SLICE):
        path = folder / f"{start // SLICE:02}.jsonl"
        with path.open("w", encoding="utf-8") as out:
            for article in articles[start : start + SLICE]:
                line = {
                    "text": article["text"],
                    "url": article["url"] or None,
                    "outlet": article["outlet"] or None,
                    "published": article["date"] or None,
                    "title": article["title"] or None,
                }
                out.write(json.dumps({k: v for k, v in line.items() if v}) + "\n")
        paths.append(path)
    return paths, sum(len(article["text"].encode()) for article in articles)


def add(store, path, threads, cwd):
    """(CPU seconds, peak MB) of one `add`."""
    command = [arguments.binary, "add", "--threads", str(threads), "--store", str(store), path.name]
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    # 4: some line could not be read (an empty text); the others were.
    assert os.waitstatus_to_exitcode(status) in (0, 4), status
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def copy(store, to):
    for end in ("", "-wal", "-shm"):
        pathlib.Path(f"{to}{end}").unlink(missing_ok=True)
    shutil.copy(store, to)


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("store", type=pathlib.Path)
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--binary", default=str(BINARY))
arguments = parser.parse_args()
store = arguments.store.resolve()

with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    paths, text_bytes = slices(folder)
    peak, cpu = 0.0, []
    for path in paths[:-1]:
        seconds, memory = add(store, path, arguments.threads, folder)
        peak, cpu = max(peak, memory), cpu + [seconds]
        print(f"{path.name}: {seconds:.1f} CPU s, {memory:.0f} MB", flush=True)
    ratios = []
    for _ in range(2):
        full, empty = folder / "full.db", folder / "empty.db"
        copy(store, full)
        for end in ("", "-wal", "-shm"):
            pathlib.Path(f"{empty}{end}").unlink(missing_ok=True)
        into_empty, _ = add(empty, paths[-1], arguments.threads, folder)
        into_full, memory = add(full, paths[-1], arguments.threads, folder)
        peak = max(peak, memory)
        ratios.append(into_full / into_empty)
        print(f"last thousand: empty {into_empty:.1f}, full {into_full:.1f} CPU s", flush=True)
    shutil.move(full, store)

size = store.stat().st_size
with sqlite3.connect(store) as connection:
    count = lambda table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    table = f"""| measure | |
|---|---|
| pages | {count('page'):,} |
| attributions | {count('attribution'):,} |
| voices | {count('voice'):,} |
| CPU seconds a thousand pages, the last thousand into an empty store and into the full one | {into_empty:.0f}, {into_full:.0f} |
| full against empty, two rounds | {', '.join(f'{(ratio - 1) * 100:+.1f} %' for ratio in ratios)} |
| peak memory | {peak:.0f} MB |
| size of the store | {size / 1e6:.0f} MB |
| size of the store per byte of text | {size / text_bytes:.2f} |
"""
(ROOT / "bench" / "store" / "load.md").write_text(
    "# Adding 12,000 articles\n\nMade by `python bench/store/load.py STORE`.\n\n" + table, encoding="utf-8"
)
print(table)
