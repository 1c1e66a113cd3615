#!/usr/bin/env python3
"""Measure how many attributions survive changes of a page that change nothing that was said.

    python bench/sameness/run.py [--held-out] [--least 0.97] [--binary PATH] [--every N] [--write]

Reads PolNeAR dev's texts (never its annotations: nothing is scored), changes each in ways that a web site or an
editor might, reads it again with the release build, carries every span back to the original text by an exact map of
code points, and counts the attributions of the original that come back with the same source, cue and content.  Then
reads the same texts in other company, order and numbers of threads, where every byte must be the same.

Exit status 1 where a share is under `--least` or a byte differs.  `--write` puts the tables into the README beside
this file.  `--held-out` takes the tenth of train that is kept for choosing: that is what one looks into while
working, and `--differences` prints what did not come back, there only.
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "training" / "extractor"))
import corpus  # noqa: E402

README = pathlib.Path(__file__).with_name("README.md")
ROLES = ("source", "cue", "content")
ALONE = 8  # texts that are read alone, each in a run of its own
MENU = """Skip to content
Home
Politics
Business
Sport
Opinion
Subscribe to our newsletter
Sign in
Share on Facebook
Share on Twitter
Email this article
Print
Advertisement

"""

# A changed text is a list of (character, its place in the original or None for one that was put in).


def plain(text):
    return [(char, at) for at, char in enumerate(text)]


def like(changed):
    """A change that replaces characters one by one."""
    def change(text):
        made = changed(text)
        assert len(made) == len(text)
        return [(char, at) for at, char in enumerate(made)]
    return change


def no_blank_lines(text):
    blank = {at for run in re.finditer(r"\n[^\S\n]*(?=\n)", text) for at in range(*run.span())}
    return [(char, at) for char, at in plain(text) if at not in blank]


def more_blank_lines(text):
    """A blank line more wherever a line ends and another begins."""
    made = []
    for char, at in plain(text):
        if char == "\n" and at and text[at - 1] != "\n":
            made.append(("\n", None))
        made.append((char, at))
    return made


def windows_line_ends(text):
    made = []
    for char, at in plain(text):
        if char == "\n" and not text[at - 1:at] == "\r":
            made.append(("\r", None))
        made.append((char, at))
    return made


def menu_before(text):
    return [(char, None) for char in MENU] + plain(text)


STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def curl(text):
    """Straight marks made curly, character for character."""
    text = re.sub(r'(?<![^\s(\[—–-])"', "“", text).replace('"', "”")
    return re.sub(r"(?<![^\s(\[—–“-])'(?=\w)", "‘", text).replace("'", "’")


def straight(text):
    return text.translate(STRAIGHT)


#: Name, what the change starts from, the change, options of the command.
CHANGES = (
    ("curly marks made straight", plain, like(straight), ["--plain"]),
    ("straight marks made curly", plain, like(curl), ["--plain"]),
    ("all marks straight, then all curly", like(straight), like(lambda text: curl(straight(text))), ["--plain"]),
    ("blank lines taken out", plain, no_blank_lines, ["--plain"]),
    ("blank lines put in", plain, more_blank_lines, ["--plain"]),
    ("line ends of Windows", plain, windows_line_ends, ["--plain"]),
    ("blank lines taken out, as scraped text", plain, no_blank_lines, []),
    ("blank lines put in, as scraped text", plain, more_blank_lines, []),
    ("a menu before the text, as scraped text", plain, menu_before, []),
)


def read(command, texts, options, threads=2, backwards=False):
    """The lines that the command prints for each text, all read in one call."""
    with tempfile.TemporaryDirectory() as scratch:
        for name, text in texts.items():
            with open(pathlib.Path(scratch) / f"{name}.txt", "w", encoding="utf-8", newline="") as file:
                file.write(text)
        files = sorted((f"{name}.txt" for name in texts), reverse=backwards)
        ran = subprocess.run([*command, "--format", "jsonl", "--input", "text", "--threads", str(threads),
                              *options, *files], cwd=scratch, capture_output=True, text=True, check=True)
    lines = {name: [] for name in texts}
    for line in ran.stdout.splitlines():
        lines[pathlib.Path(json.loads(line)["path"]).stem].append(line)
    return lines


def attributions(lines, places):
    """Counts of (source, cue, content) in places of the original; a span of put-in characters alone is `None`."""
    found = collections.Counter()
    for line in map(json.loads, lines):
        if line["type"] != "attribution":
            continue
        roles = []
        for role in ROLES:
            spans = []
            for span in line[role]:
                kept = [at for at in places[span["start"]:span["end"]] if at is not None]
                spans.append((kept[0], kept[-1] + 1) if kept else None)
            roles.append(tuple(spans))
        found[tuple(roles)] += 1
    return found


def compare(texts, before, after, first, second):
    """Over all texts: attributions of the original, of them come back, of them with the same content, and the new
    ones; and the texts that the change altered.  Yields what did not come back, too."""
    total = collections.Counter()
    lost = []
    for name, text in texts.items():
        one, two = before(text), after(text)
        old = attributions(first[name], [at for _, at in one])
        new = attributions(second[name], [at for _, at in two])
        contents = [collections.Counter() for _ in range(2)]
        for counter, found in zip(contents, (old, new)):
            for key, count in found.items():
                counter[key[2]] += count
        total["texts"] += [char for char, _ in one] != [char for char, _ in two]
        total["all"] += old.total()
        total["same"] += (old & new).total()
        total["same content"] += (contents[0] & contents[1]).total()
        total["new"] += (new - old).total()
        lost.append((name, old - new, new - old))
    return total, lost


def joined(change, text):
    return "".join(char for char, _ in change(text))


def differences(texts, lost):
    for name, old, new in lost:
        for sign, keys in (("-", old), ("+", new)):
            for key in sorted(keys, key=str):
                words = (" … ".join(texts[name][slice(*span)] if span else "?" for span in spans) for spans in key)
                print(f"{sign} {name}: " + " | ".join(words))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--least", type=float, default=0.97)
    parser.add_argument("--binary", default=str(ROOT / "target" / "release" / "saidline"))
    parser.add_argument("--every", type=int, default=1, metavar="N", help="of the texts take every Nth only")
    parser.add_argument("--models", help="other weights than those in the build")
    parser.add_argument("--only", help="changes whose name holds this")
    parser.add_argument("--differences", action="store_true")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.differences and not args.held_out:
        raise SystemExit("dev is not looked into\nhint: use `--differences` with `--held-out`")
    folder = corpus.DATA / "polnear" / ("train" if args.held_out else "dev") / "text"
    stems = sorted(corpus.held_out() if args.held_out else {path.stem for path in folder.glob("*.txt")})
    everything, stems = len(stems), stems[::args.every]
    texts = {stem: (folder / f"{stem}.txt").read_bytes().decode("utf-8") for stem in stems}
    command = [str(pathlib.Path(args.binary).resolve()), "extract"]
    command += ["--models", str(pathlib.Path(args.models).resolve())] if args.models else []

    runs = {}

    def run(change, options):
        """Each changed set of texts is read once, however many rows ask for it."""
        changed = {name: joined(change, text) for name, text in texts.items()}
        key = (tuple(changed.values()), tuple(options))
        if key not in runs:
            runs[key] = read(command, changed, options)
        return runs[key]

    good = True
    where = "the held-out tenth of train" if args.held_out else "dev"
    rows = [f"{len(stems)} of {everything} texts of {where}; at least {100 * args.least:.0f} % is the aim.", "",
            "| change | texts changed | attributions | same source, cue and content | same content | new |",
            "|---|---|---|---|---|---|"]
    print("\n".join(rows))
    for name, before, after, options in CHANGES:
        if args.only and args.only not in name:
            continue
        total, lost = compare(texts, before, after, run(before, options), run(after, options))
        share = total["same"] / max(1, total["all"])
        good &= share >= args.least
        rows.append(f"| {name} | {total['texts']} | {total['all']} | {100 * share:.1f} % | "
                    f"{100 * total['same content'] / max(1, total['all']):.1f} % | {total['new']} |")
        print(rows[-1], flush=True)
        if args.differences:
            differences(texts, lost)

    if not args.only:
        company = run(plain, ["--plain"])
        marked = {name: "\ufeff" + text for name, text in texts.items()}
        lonely = [read(command, {name: texts[name]}, ["--plain"], threads=1) for name in stems[:ALONE]]
        bytewise = (
            ("a byte order mark before the text", read(command, marked, ["--plain"])),
            ("one thread, and the texts in the opposite order", read(command, texts, ["--plain"], 1, backwards=True)),
            (f"each alone (the first {ALONE})", {name: lines for one in lonely for name, lines in one.items()}),
        )
        rows += ["", "| reading | texts | of them the same lines |", "|---|---|---|"]
        for name, lines in bytewise:
            # A page's id is of its bytes, and the mark is one of them.
            ids = r'"(?:page|id)":"sha256:[^"]*"' if "byte order" in name else r"(?!)"
            bare = lambda some: [re.sub(ids, "", line) for line in some]
            same = sum(bare(lines[stem]) == bare(company[stem]) for stem in lines)
            good &= same == len(lines)
            rows.append(f"| {name} | {len(lines)} | {same} |")
        print("\n".join(rows[-len(bytewise) - 2:]))
    if args.write:
        marks = "<!-- table -->\n", "<!-- end of table -->"
        head, rest = README.read_text(encoding="utf-8").split(marks[0])
        README.write_text(head + marks[0] + "\n".join(rows) + "\n" + marks[1] + rest.split(marks[1])[1], encoding="utf-8")
    sys.exit(not good)


if __name__ == "__main__":
    main()
