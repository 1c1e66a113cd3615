#!/usr/bin/env python3
"""What telling costs beside extraction, in CPU seconds of whole processes.

    cost.py     the release builds of the command and of the example `tell`, over the annotated articles

`tell` reads the same texts with their marked spans, tells everything of them and prints it; `extract` does all there is.
"""

import json
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

import attributions
import corpora
import measure

ROUNDS = 3


def seconds(command, given=""):
    """CPU seconds, user and system, of a command."""
    spent = lambda: sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    before = spent()
    subprocess.run(command, input=given, stdout=subprocess.DEVNULL, text=True, check=True)
    return spent() - before


def main():
    rows = corpora.read_manifest(attributions.MANIFEST)
    texts = attributions.texts(corpora.data_folder(), rows)
    marked = {row["sha256"]: some for row, some in measure.all_marked()}
    spans = lambda row: [{role: a[role] for role in measure.ROLES} for a in marked[row["sha256"]] if a["content"]]
    given = "".join(json.dumps({"name": row["article"], "text": texts[row["article"]], "published": row["published"],
                                "attributions": spans(row)}) + "\n" for row in rows)
    for build in (["--example", "tell", "-p", "saidline"], ["-p", "saidline-cli"]):
        subprocess.run(["cargo", "build", "--release", "-q", *build], cwd=measure.ROOT, check=True)
    release = measure.ROOT / "target" / "release"
    with tempfile.TemporaryDirectory() as scratch:
        for row in rows:
            (pathlib.Path(scratch) / f"{row['article']}.txt").write_text(texts[row["article"]], encoding="utf-8")
        files = sorted(map(str, pathlib.Path(scratch).iterdir()))
        extract = [release / "saidline", "extract", "--plain", "--threads", "1", "--format", "jsonl", *files]
        pairs = [(seconds([release / "examples" / "tell"], given), seconds(extract)) for _ in range(ROUNDS)]
    told, whole = (statistics.median(column) for column in zip(*pairs))
    print(f"{len(rows)} articles: telling {told:.2f} s, extracting with everything {whole:.2f} s: "
          f"telling adds {100 * told / (whole - told):.1f} % to extraction")


if __name__ == "__main__":
    sys.exit(main())
