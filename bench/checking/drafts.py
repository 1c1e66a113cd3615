#!/usr/bin/env python3
"""Drafts of news stories in which quotations and claims are planted, to be checked against a record of who said what.

    drafts.py --record FILE --out DIR      write each draft and `items.jsonl` into DIR, outside the repository
    drafts.py --record FILE --drafts fresh.jsonl --out DIR      the same of the second set
    drafts.py --record FILE --drafts third.jsonl --out DIR      the same of the third
    drafts.py --record FILE --sheet DIR    write the candidates from which the items were chosen, in the order of the draw

`drafts.jsonl` has 30 drafts with ten items each, by hand, each with the verdict that a careful reader of the record comes to.
None of the record's text stands in it: what is taken from there is kept as the attribution's id and an edit. `keep` is the part
of the content (as the view `quote` gives it) that the draft uses, `replace` lists [start, end, new words] within the content;
null for new words is where the quotation breaks for "he said". Offsets are code points. A frame has `{words}`, or `{words}` and
`{rest}` around the break, and `{speaker}`: the name that the record has for the first speaker of `speaker_of`. Frames, the paragraphs
between them and everything on record that is not ("words") are invented.

A line of `items.jsonl` has the place of an item in its draft (the quoted words with their marks, or the claim), what it is expected to
be, and the attribution that it is made from or borne out by; null where nothing on record says it.

The record is the 12,000 articles of allsides, read and added (`all.db`). The place in the draw is the SHA-256 of seed and id; items were
chosen by reading from the draw of their draft's theme, `other-rendering` and some of `supported` from a second draw within the same themes,
among speakers of other languages. An attribution whose speaker or content the record has wrong was passed over.

`fresh.jsonl` is a second set of the same kind and numbers (e01 to e30), by another hand, of other themes and days: drawn with the seed
"saidline checking 2" from the pages that the first set does not use. `--sheet` writes the candidates of the first.

`third.jsonl` is a third (t01 to t30), by another hand again, of other themes: drawn with the seed "saidline checking 3" from the pages
that neither of the two uses, among speakers whom neither takes its words from.
"""

import argparse
import collections
import hashlib
import json
import pathlib
import re
import sqlite3
import sys

HERE = pathlib.Path(__file__).resolve().parent
SEED = "saidline checking 1"
#: How many items of each verdict.
VERDICTS = {"verbatim": 22, "cut": 22, "altered": 22, "other-rendering": 20, "other-speaker": 20, "other-occasion": 20,
            "opposite": 20, "supported": 22, "indirect-only": 20, "not-on-record": 112}
#: Verdicts whose words are the record's, edited or not; "opposite" is either.
OF_THE_RECORD = {"verbatim", "cut", "altered", "other-speaker", "other-occasion", "indirect-only"}
OPEN, CLOSE = "“\"", "”\""
#: By draft: a pattern that its pages have at least four times (or as many as the fourth says), and the days between which they appeared.
THEMES = {
    "d01": ("shutdown|shut down the government|continuing resolution", "2013-09-15", "2013-10-31", 4),
    "d02": ("Syria|chemical weapons", "2013-08-20", "2013-09-30", 4),
    "d03": ("Iran.{0,40}nuclear|nuclear deal", "2015-03-25", "2015-09-30", 4),
    "d04": ("individual mandate|Affordable Care Act", "2012-06-20", "2012-07-20", 4),
    "d05": ("Romney", "2012-08-15", "2012-11-10", 4),
    "d06": ("fiscal cliff", "2012-11-08", "2013-01-10", 4),
    "d07": ("gun control|background checks|Newtown", "2012-12-15", "2013-05-10", 4),
    "d08": ("Crimea|Ukraine", "2014-02-20", "2014-09-30", 4),
    "d09": ("Ebola", "2014-09-25", "2014-11-20", 4),
    "d10": ("Ferguson", "2014-08-10", "2014-12-10", 4),
    "d11": ("Federal Reserve|Fed |unemployment rate|jobs report|stimulus", "2012-01-01", "2016-12-31", 4),
    "d12": ("Pope Francis", "2013-03-01", "2018-12-31", 4),
    "d13": ("same-sex marriage|gay marriage", "2015-04-20", "2015-09-30", 4),
    "d14": ("Cruz|Rubio", "2016-01-15", "2016-05-10", 4),
    "d15": ("Netanyahu|Gaza|Israel", "2014-07-01", "2015-04-10", 4),
    "d16": ("Islamic State|ISIS|Paris attacks", "2015-11-13", "2016-07-31", 4),
    "d17": ("Brexit|European Union|Theresa May|Boris Johnson", "2016-05-01", "2020-03-01", 4),
    "d18": ("NFL|NBA|Redskins|quarterback|Olympi|FIFA|World Cup|coach|baseball", "2012-01-01", "2020-12-31", 10),
    "d19": ("North Korea|Kim Jong", "2017-04-01", "2019-03-15", 4),
    "d20": ("tax bill|tax reform|tax plan|tax cut", "2017-09-15", "2017-12-31", 4),
    "d21": ("Kavanaugh", "2018-07-05", "2018-10-15", 4),
    "d22": ("tariff|trade war|trade deal", "2018-03-01", "2020-02-01", 4),
    "d23": ("Mueller", "2019-03-20", "2019-08-15", 4),
    "d24": ("impeach", "2019-09-20", "2020-02-10", 4),
    "d25": ("coronavirus|COVID", "2020-02-15", "2020-12-31", 4),
    "d26": ("Cuba|Castro", "2014-12-10", "2016-12-10", 4),
    "d27": ("Maduro|Venezuela|Guaid|Mexico|Brazil|Bolsonaro", "2016-01-01", "2020-06-30", 4),
    "d28": ("Facebook|Zuckerberg|Google", "2017-09-01", "2020-11-30", 14),
    "d29": ("family separation|separated from their|separating (?:families|children)|border wall", "2018-05-01", "2019-02-20", 4),
    "d30": ("Snowden|NSA", "2013-06-05", "2014-03-31", 4),
}
#: Candidates of a draft with quotation marks and without; how many of them of one page, and of one speaker.
DIRECT, INDIRECT, OF_PAGE, OF_SPEAKER = 24, 10, 2, 3


class Misfit(Exception):
    """An item that does not fit the record or its own frame."""


def place(identifier):
    """The place of an attribution in the draw."""
    return hashlib.sha256(f"{SEED}\n{identifier}".encode("utf-8")).hexdigest()


def open_record(path):
    return sqlite3.connect(f"file:{pathlib.Path(path).resolve()}?mode=ro", uri=True)


def quote(record, identifier):
    """(content, name of the first speaker) of an attribution."""
    row = record.execute("SELECT q.content, (SELECT s.name FROM speaker AS s WHERE s.attribution = q.rowid AND s.n = 0) "
                         "FROM quote AS q WHERE q.id = ?", (identifier,)).fetchone()
    if row is None:
        raise Misfit(f"`{identifier}` is not on record")
    return row


def edited(content, edit):
    """The pieces of a content after an edit: two where it breaks, else one."""
    start, end = edit["keep"]
    if not 0 <= start < end <= len(content):
        raise Misfit(f"`keep` {start} to {end} is outside of the content")
    pieces, at = [""], start
    for begin, stop, new in edit["replace"]:
        if not at <= begin <= stop <= end:
            raise Misfit(f"`replace` {begin} to {stop} is out of order or outside of `keep`")
        pieces[-1] += content[at:begin]
        if new is None:
            pieces.append("")
        else:
            pieces[-1] += new
        at = stop
    pieces[-1] += content[at:end]
    for edge in (start, end):
        if 0 < edge < len(content) and content[edge - 1].isalnum() and content[edge].isalnum():
            raise Misfit(f"`keep` cuts a word at {edge}")
    return pieces


def rendered(record, item):
    """(text, start, end) of an item: its frame filled in, and the place of the quoted words with their marks, or of the claim."""
    content = quote(record, item["attribution"])[0] if item["attribution"] else None
    if item["edit"] is not None:
        pieces = edited(content, item["edit"])
    else:
        pieces = item["words"] if isinstance(item["words"], list) else [item["words"]]
    frame = item["frame"]
    if "{speaker}" in frame:
        frame = frame.replace("{speaker}", quote(record, item["speaker_of"])[1] or "")
    slots = re.findall(r"\{(\w+)\}", frame)
    if slots != ["words", "rest"][:len(pieces)]:
        raise Misfit(f"the frame has {slots} for {len(pieces)} pieces")
    text, start, end = "", None, None
    for part in re.split(r"(\{\w+\})", frame):
        if part in ("{words}", "{rest}"):
            words = pieces[part == "{rest}"]
            marked = text.endswith(tuple(OPEN))
            if not words or "\n" in words or "[…]" in words or (marked and re.search("[“”\"]", words)):
                raise Misfit(f"no words of one quotation: {words!r}")
            start = len(text) - marked if start is None else start
            end = len(text) + len(words)
        text += words if part in ("{words}", "{rest}") else part
    if text[start] in OPEN:
        closing = re.match(rf"[,.;?!]?[{CLOSE}]", text[end:])
        if not closing:
            raise Misfit("a quotation that is not closed")
        end += closing.end()
    return text, start, end


def draft_text(record, draft, complain):
    """(text, items) of a draft."""
    text = f"{draft['title']}\n\n{draft['date']}\n"
    items = []
    for item in draft["items"]:
        name = f"{draft['draft']} item {item['n']}"
        try:
            words, start, end = rendered(record, item)
        except Misfit as misfit:
            complain(f"{name}: {misfit}")
            continue
        text += "\n" + (f"{item['before']} " if item["before"] else "")
        items.append({"draft": draft["draft"], "n": item["n"], "start": len(text) + start, "end": len(text) + end,
                      "text": words[start:end], "verdict": item["verdict"], "attribution": item["attribution"]})
        text += words + "\n"
    return text, items


def write_drafts(record, drafts, folder):
    """Writes the drafts of a file and their items; the number of complaints."""
    complaints = []

    def complain(message):
        complaints.append(message)
        print(message, file=sys.stderr)

    folder.mkdir(parents=True, exist_ok=True)
    seen = collections.Counter()
    with open(folder / "items.jsonl", "w", encoding="utf-8") as out, open(HERE / drafts, encoding="utf-8") as lines:
        for draft in map(json.loads, lines):
            for item in draft["items"]:
                seen[item["verdict"]] += 1
                if (item["verdict"] in OF_THE_RECORD and item["edit"] is None) or (item["edit"] is None) == (item["words"] is None) \
                        or (item["verdict"] == "not-on-record") != (item["attribution"] is None):
                    complain(f"{draft['draft']} item {item['n']}: not what a `{item['verdict']}` is made of")
            text, items = draft_text(record, draft, complain)
            (folder / f"{draft['draft']}.txt").write_text(text, encoding="utf-8")
            for item in items:
                assert text[item["start"]:item["end"]] == item["text"]
                out.write(json.dumps(item, ensure_ascii=False) + "\n")
    for verdict in sorted(set(VERDICTS) | set(seen)):
        if seen[verdict] != VERDICTS.get(verdict):
            complain(f"{seen[verdict]} items are `{verdict}`, not {VERDICTS.get(verdict)}")
    return len(complaints)


def candidates(record, draft):
    """Attributions of a draft's theme with a speaker's full name, in the order of the draw: with quotation marks, then without."""
    pattern, first, last, least = THEMES[draft]
    query = "SELECT nr, text FROM document WHERE shown AND substr(published_from, 1, 10) BETWEEN ? AND ?"
    pages = {nr for nr, text in record.execute(query, (first, last)) if sum(1 for _ in re.finditer(pattern, text)) >= least}
    rows = [row for row in record.execute("SELECT id, kind, speaker, cue, content, date, venue, outlet, published, document FROM quote "
                                          "WHERE act = 'speech' AND confidence > 0.75 AND document IN (%s)" % ",".join(map(str, pages)))
            if row[2] and row[2][0].isupper() and " " in row[2] and 6 <= len(row[4].split()) <= 60]
    rows.sort(key=lambda row: place(row[0]))
    for kinds, amount in ((("direct", "mixed"), DIRECT), (("indirect",), INDIRECT)):
        used, taken = collections.Counter(), 0
        for row in rows:
            if taken < amount and row[1] in kinds and used["page", row[9]] < OF_PAGE and used["speaker", row[2]] < OF_SPEAKER:
                used["page", row[9]] += 1
                used["speaker", row[2]] += 1
                taken += 1
                yield row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", required=True, type=pathlib.Path)
    parser.add_argument("--drafts", default="drafts.jsonl", help="the set, by default drafts.jsonl")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=pathlib.Path)
    what.add_argument("--sheet", type=pathlib.Path)
    options = parser.parse_args()
    folder = (options.out or options.sheet).resolve()
    if folder.is_relative_to(HERE.parents[1]) and not folder.is_relative_to(HERE.parents[1] / "scratch"):
        parser.error("the texts are not ours to give: write outside of the repository")
    record = open_record(options.record)
    if options.out:
        return 1 if write_drafts(record, options.drafts, folder) else 0
    folder.mkdir(parents=True, exist_ok=True)
    for draft in THEMES:
        with open(folder / f"{draft}.txt", "w", encoding="utf-8") as out:
            for row in candidates(record, draft):
                out.write("\t".join(str(field or "").replace("\n", " ") for field in row) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
