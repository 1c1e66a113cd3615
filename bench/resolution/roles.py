#!/usr/bin/env python3
"""The role at the date, as a record shows it: what the page tells, else what other pages of the record tell of that time.

    roles.py STORE                     the half that is looked at while choosing (role `tune`)
    roles.py STORE --role measure      the half that is only measured on; with --write, docs/accuracy/resolution.md
    roles.py STORE --list              (tune only) what is wrong

STORE is a record of the 12,000 articles of allsides (`bench/store/load.py`); the annotated articles are added to a copy of it, so that
the record holds evidence where those articles do. The share is of right speakers whose role the page tells, as in `measure.py`,
first by the page alone and then as `saidline show` has it.
"""

import argparse
import contextlib
import datetime
import json
import pathlib
import re
import sqlite3
import subprocess
import tempfile

import attributions
import corpora
import measure

SAIDLINE = measure.ROOT / "target" / "release" / "saidline"
#: The first speaker of an attribution as `show` has it, with a role that other pages tell.
THEN = re.compile(r"^speaker .*?, then (.*?) \((?:by other pages|imported)\) \(person\)", re.M)


def added(store, rows, texts, scratch):
    """A copy of the record to which the annotated articles are added."""
    copy = scratch / "record.db"
    with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as record, contextlib.closing(sqlite3.connect(copy)) as into:
        record.backup(into)
    pages = scratch / "pages"
    pages.mkdir()
    for row in rows:
        page = {"text": texts[row["article"]], "published": row["published"], "path": row["article"],
                "outlet": measure.OUTLETS.get(row["outlet"], row["outlet"])}
        (pages / f"{row['article']}.jsonl").write_text(json.dumps({k: v for k, v in page.items() if v}) + "\n", encoding="utf-8")
    subprocess.run([SAIDLINE, "add", "--plain", "--store", copy, pages], check=True, stdout=subprocess.DEVNULL)
    return copy


def shown(copy, attribution):
    """The role of other pages that `show` gives the first speaker of an attribution; None without."""
    ran = subprocess.run([SAIDLINE, "show", "--store", copy, "--format", "table", "--color", "never", attribution], check=True,
                         capture_output=True, text=True)
    # A long line goes on in the next, below what it says.
    found = THEN.search(re.sub(r"\n {4,}", " ", ran.stdout))
    return found and found[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("store", type=pathlib.Path)
    parser.add_argument("--role", choices=("tune", "measure"), default="tune")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.list and args.role != "tune":
        parser.error("the half that is measured on is not looked at")
    rows = [row for row in corpora.read_manifest(attributions.MANIFEST) if row["role"] == args.role]
    texts = attributions.texts(corpora.data_folder(), rows)
    items = [item for item in measure.gold(args.role, texts) if item["article"] in texts]
    judged = [(i, m) for i, m in measure.told_of_found(rows, texts, items, "accurate")
              if m and measure.identified(i) and i["role"] and m["speakers"] and measure.right_speaker(i, m)]
    by_page = by_record = given = 0
    with tempfile.TemporaryDirectory(dir=args.store.resolve().parent) as scratch:
        copy = added(args.store.resolve(), rows, texts, pathlib.Path(scratch))
        for item, made in judged:
            role = made["speakers"][0]["role"]
            by_page += measure.same_role(role, item["role"])
            then = shown(copy, made["id"]) if role is None else None
            given += then is not None
            right = measure.same_role(role or then, item["role"])
            by_record += right
            if args.list and not right:
                print(item["article"], made["speakers"][0]["name"], item["role"], f"page: {role}", f"record: {then}", sep=" | ")
    line = (f"{datetime.date.today()}, role `{args.role}`: by the page alone {measure.percent(by_page, len(judged))}, as the record shows it "
            f"{measure.percent(by_record, len(judged))}; {given} roles from other pages")
    print(line)
    if args.write:
        path = measure.ROOT / "docs" / "accuracy" / "resolution.md"
        page = path.read_text(encoding="utf-8")
        mark = f"<!-- roles {args.role} -->"
        before, _, rest = page.partition(mark)
        path.write_text(before + mark + "\n" + line + "\n<!-- end -->" + rest.partition("<!-- end -->")[2], encoding="utf-8")


if __name__ == "__main__":
    main()
