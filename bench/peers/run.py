#!/usr/bin/env python3
"""saidline beside spaCy and textacy: accuracy, and words per CPU second in the same run.

    python bench/peers/run.py [--dev | --domains [--role tune]] [--rounds 3] [--no-speed] [--binary PATH]

Installs the peers, pinned, from the registry into bench/peers/.venv, and prints one table.  Accuracy is measured on
the held-out tenth of PolNeAR train, on dev (`--dev`: for milestones), or on the articles outside the training data
(`--domains`), by the referee beside the data (`eval/score.py`).  Speed is measured on articles of train drawn by a
seed: whole commands, one thread each, taking turns.  The table replaces the one of the same name in README.md, unless
it is of the role `tune`, without speed, or of another binary.
"""

import argparse
import collections
import contextlib
import datetime
import hashlib
import json
import os
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
for part in ("training/extractor", "bench/domains"):
    sys.path.insert(0, str(ROOT / part))
import agreement  # noqa: E402
import annotate  # noqa: E402
import corpora  # noqa: E402
import corpus  # noqa: E402

score = agreement.referee()

ENVIRONMENT = HERE / ".venv"
SEED = 5
SPEED_WORDS = 120_000
#: One thread, whatever library does the sums.
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS",
                                     "RAYON_NUM_THREADS", "RTEN_NUM_THREADS")}
ACCURACY = ("full", "direct", "mixed", "indirect", "content IoU ≥ 0.5", "content exact", "cue")
SPEED = ("words / CPU s", "× spaCy by documents", "× spaCy by paragraphs", "words / CPU s, loading left out")

#: A row: its name; the command's words before the folder; and whether it extracts, or its speed alone counts.
Row = collections.namedtuple("Row", "name command extracts")


class Refused(Exception):
    """A command said that it was asked for what it does not know."""


def install():
    """The Python of the peers' environment, made when it is missing or pinned otherwise."""
    wanted = hashlib.sha256((HERE / "requirements.txt").read_bytes()).hexdigest()
    stamp, python = ENVIRONMENT / "installed", ENVIRONMENT / "bin" / "python"
    if not stamp.exists() or stamp.read_text() != wanted:
        venv.create(ENVIRONMENT, clear=True, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r",
                        HERE / "requirements.txt"], check=True)
        stamp.write_text(wanted)
    return python


def rows_of(python, binary):
    peer = lambda what: [python, HERE / "peers.py", what]
    # The kind of input is named, so that nothing is guessed; the texts are article text alone.
    own = [binary, "extract", "--format", "jsonl", "--input", "text", "--plain", "--threads", "1"]
    return [
        Row("spaCy `en_core_web_sm`, by documents (parses only)", peer("spacy"), False),
        Row("spaCy `en_core_web_sm`, by paragraphs (parses only)", peer("spacy-paragraphs"), False),
        Row("textacy, by paragraphs (direct quotations only)", peer("textacy"), True),
        Row("saidline, accurate", own, True),
        Row("saidline, fast", own + ["--model", "fast"], True),
    ]


def ran(command, folder, output):
    """CPU seconds of a whole process and its children; `Refused` when it was used wrongly."""
    process = subprocess.Popen([*command, folder], stdout=output, stderr=subprocess.PIPE, env={**os.environ, **ONE_THREAD})
    with process.stderr:
        said = process.stderr.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode == 2:
        raise Refused(said.strip().splitlines()[0] if said.strip() else "usage")
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=said)
    return used.ru_utime + used.ru_stime


def predictions(row, folder, stems, outermost):
    """What a row finds in each document; `outermost` leaves out saidline's reports inside reports."""
    found = {stem: [] for stem in stems}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        ran(row.command, folder, output)
        output.seek(0)
        for line in map(json.loads, output):
            if "doc" in line:
                found[line["doc"]] = line["attributions"]
            elif line["type"] == "attribution" and not (outermost and line["parent"] is not None):
                spans = {role: [[s["start"], s["end"]] for s in line[role]] for role in ("source", "cue", "content")}
                found[pathlib.Path(line["path"]).stem].append(spans)
    return found


def accuracy(row, folder, outermost):
    """The columns of `ACCURACY` for FOLDER/text against FOLDER/attributions."""
    texts, gold, _ = score.read_gold(folder / "text", folder / "attributions")
    summary, _ = score.score(texts, gold, predictions(row, folder / "text", texts, outermost))
    f1 = lambda measure, kind="all": f"{100 * summary[measure][kind]['f1']:.1f}"
    return (f1("full"), f1("full", "direct"), f1("full", "mixed"), f1("full", "indirect"), f1("overlap"), f1("exact"), f1("cue"))


def link(source, stems, target):
    target.mkdir(parents=True)
    for stem in stems:
        (target / f"{stem}.txt").symlink_to(source / f"{stem}.txt")


def words(folder):
    return sum(len(path.read_text(encoding="utf-8").split()) for path in folder.iterdir())


def drawn():
    """Stems of train for the speed, drawn by the seed until there are enough words."""
    folder = corpus.DATA / "polnear" / "train" / "text"
    stems = sorted(path.stem for path in folder.glob("*.txt"))
    random.Random(SEED).shuffle(stems)
    taken, count = [], 0
    while stems and count < SPEED_WORDS:
        taken.append(stems.pop())
        count += len((folder / f"{taken[-1]}.txt").read_text(encoding="utf-8").split())
    return taken


def speeds(rows, rounds, scratch):
    """{row: columns of `SPEED`}, and the words that were read.  A row that is refused is left out."""
    source, stems = corpus.DATA / "polnear" / "train" / "text", drawn()
    link(source, stems, scratch / "all")
    link(source, stems[:1], scratch / "one")
    count, of_one = words(scratch / "all"), words(scratch / "one")
    whole, rest = collections.defaultdict(list), collections.defaultdict(list)
    refused = set()
    for turn in range(rounds + 1):
        for row in rows:
            if row.name in refused:
                continue
            try:
                one = ran(row.command, scratch / "one", subprocess.DEVNULL)
            except Refused:
                refused.add(row.name)
                continue
            if turn == 0:  # everything read from the disk once, and compiled
                continue
            everything = ran(row.command, scratch / "all", subprocess.DEVNULL)
            whole[row.name].append(count / everything)
            rest[row.name].append((count - of_one) / (everything - one))
            print(f"round {turn}: {row.name}: {whole[row.name][-1]:,.0f} words/CPU s, "
                  f"{rest[row.name][-1]:,.0f} without loading", file=sys.stderr)
    parses = [row.name for row in rows if not row.extracts]

    def columns(name):
        yield f"{statistics.median(whole[name]):,.0f}"
        for parse in parses:
            # Round by round, since the machine's speed changes.
            ratios = [mine / theirs for mine, theirs in zip(whole[name], whole[parse])]
            yield "1" if name == parse else f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
        yield f"{statistics.median(rest[name]):,.0f}"

    return {name: tuple(columns(name)) for name in whole}, count


@contextlib.contextmanager
def gold_of(args):
    """(name of the table, where it was measured, folder of text/ and attributions/, outermost reports only)."""
    polnear = corpus.DATA / "polnear"
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        if args.domains:
            manifest = [row for row in corpora.read_manifest(annotate.MANIFEST) if row["role"] == args.role]
            wanted = {row["article"] for row in manifest}
            records = {path.stem: agreement.read_annotations(path.stem) for path in annotate.ANNOTATIONS.glob("*.jsonl")}
            kept = {name: {a: r for a, r in of.items() if a in wanted} for name, of in records.items()}
            agreement.write_gold(folder, corpora.texts_of(manifest, corpora.data_folder()), kept)
            (folder / "ann").rename(folder / "attributions")
            yield "domains", f"{len(wanted)} articles outside the training data (role `{args.role}`)", folder, True
        elif args.dev:
            yield "dev", f"{len(list((polnear / 'dev' / 'text').glob('*.txt')))} articles of PolNeAR dev", polnear / "dev", False
        else:
            stems = corpus.held_out()
            link(polnear / "train" / "text", stems, folder / "text")
            (folder / "attributions").mkdir()
            for path in (polnear / "train" / "attributions").glob("*.ann"):
                if path.stem.rsplit("_", 1)[0] in stems:
                    (folder / "attributions" / path.name).symlink_to(path)
            yield "held-out", f"{len(stems)} articles of the held-out tenth of PolNeAR train", folder, False


def in_place(page, name, table):
    """The page with what stands between the markers of `name` replaced by the table."""
    between = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
    page, made = between.subn(lambda found: found[1] + table + found[2], page)
    if made != 1:
        raise SystemExit(f"README.md has {made} places for the table `{name}`")
    return page


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--dev", action="store_true", help="accuracy on PolNeAR dev: for milestones")
    which.add_argument("--domains", action="store_true", help="accuracy on the articles outside the training data")
    parser.add_argument("--role", choices=("measure", "tune"), default="measure", help="which of those articles")
    parser.add_argument("--rounds", type=int, default=3, help="times that each is timed")
    parser.add_argument("--no-speed", action="store_true", help="accuracy alone")
    parser.add_argument("--binary", type=pathlib.Path, help="instead of the release build; README.md stays as it is")
    args = parser.parse_args()
    binary = args.binary or ROOT / "target" / "release" / "saidline"
    if args.binary is None:
        subprocess.run(["cargo", "build", "--release", "-q"], cwd=ROOT, check=True)
    rows = rows_of(install(), binary)
    with gold_of(args) as (name, where, folder, outermost):
        right = {}
        for row in (row for row in rows if row.extracts):
            try:
                right[row.name] = accuracy(row, folder, outermost)
            except Refused as refusal:
                print(f"`{row.name}` is left out: {refusal}", file=sys.stderr)
    fast, count = {}, 0
    if not args.no_speed:
        with tempfile.TemporaryDirectory() as scratch:
            fast, count = speeds([row for row in rows if not row.extracts or row.name in right], args.rounds, pathlib.Path(scratch))
    heads = ("", *ACCURACY, *(SPEED if fast else ()))
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for row in rows:
        if row.name in right or row.name in fast:
            cells = (row.name, *right.get(row.name, ("–",) * len(ACCURACY)), *fast.get(row.name, ()))
            lines.append("| " + " | ".join(cells) + " |")
    of_speed = f"; speed: {count:,} words, {args.rounds} rounds" if fast else ""
    table = f"{datetime.date.today()}, accuracy: {where}{of_speed}.\n\n" + "\n".join(lines) + "\n"
    print(table)
    if fast and args.binary is None and not (args.domains and args.role == "tune"):
        readme = HERE / "README.md"
        readme.write_text(in_place(readme.read_text(encoding="utf-8"), name, table), encoding="utf-8")


if __name__ == "__main__":
    main()
