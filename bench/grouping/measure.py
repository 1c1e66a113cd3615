#!/usr/bin/env python3
"""Score how reports are put together into statements.

    measure.py                      the events that are looked at while choosing (role `tune`), on marked spans and with our extraction
    measure.py --marked             only on the spans that annotators marked: needs no network
    measure.py --role measure       the events that are only measured on; with --write, docs/accuracy/statements.md

Two columns: with our own extraction (the release build reads the pages; a report is found where a content overlaps by half at
least and no other fits better), and on the spans that annotators marked. Pairs are those of one statement; a pair that joins what
nobody marked counts as wrong. B-cubed is over the reports of statements that have several: recall of each over its statement,
precision over all that it is joined with; reports not found are alone.
"""

import argparse
import collections
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "bench" / "domains")]
import corpora  # noqa: E402
import events  # noqa: E402

ROLES = ("source", "cue", "content")


def gold(role):
    """The events of a role with their statements: {event: (row, statements)}; the first reading of each."""
    told = {}
    for name in sorted(path.stem for path in (HERE / "annotations").glob("*.jsonl") if path.stem != "e"):
        with open(HERE / "annotations" / f"{name}.jsonl", encoding="utf-8") as file:
            told |= {record["event"]: record["statements"] for record in map(json.loads, file)}
    # An event without annotations fails here, and is not left out.
    return {row["event"]: (row, told[row["event"]]) for row in corpora.read_manifest(events.MANIFEST) if row["role"] == role}


def marked_reports(row, statements):
    """Of each article the annotated reports in the order of the text: [[(spans, statement, kind)]]."""
    articles = []
    for article in row["articles"]:
        reports = [({r: report[r] for r in ROLES}, s["n"], report["kind"], report["differences"])
                   for s in statements for report in s["reports"] if report["article"] == article["letter"]]
        reports.sort(key=lambda t: (min(p for r in ROLES for p, _ in t[0][r]), t[0]["content"]))
        articles.append(reports)
    return articles


def line(row, texts, spans, against=()):
    """What the example `group` reads of an event."""
    return json.dumps({"event": row["event"], "against": list(against), "articles": [
        {"text": texts[row["event"], article["letter"]], "published": article["date"], "attributions": some}
        for article, some in zip(row["articles"], spans)]})


def run_group(lines, *arguments):
    ran = subprocess.run(["cargo", "run", "--release", "-q", "-p", "saidline", "--example", "group", "--", *arguments], cwd=ROOT, check=True,
                         input="".join(one + "\n" for one in lines), stdout=subprocess.PIPE, text=True)
    return {told["event"]: told for told in map(json.loads, ran.stdout.splitlines())}


def extracted(rows, texts, model):
    """Of every event and article what our own extraction finds: spans."""
    dates = {row["event"] + article["letter"]: article["date"] for row in rows for article in row["articles"]}
    found = extracted_of({event + letter: text for (event, letter), text in texts.items() if event + letter in dates}, model, dates)
    return {row["event"]: [found[row["event"] + article["letter"]] for article in row["articles"]] for row in rows}


def extracted_of(texts, model, dates=None):
    """Of every text what our own extraction finds: {name: spans}, and how sure it is of each."""
    subprocess.run(["cargo", "build", "--release", "-q"], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for name, text in texts.items():
            page = {"text": text, "path": "-"} | ({"published": dates[name]} if dates else {})
            (scratch / f"{name}.jsonl").write_text(json.dumps(page) + "\n")
        ran = subprocess.run([ROOT / "target/release/saidline", "extract", "--plain", "--format", "jsonl", "--model", model, scratch],
                             check=True, capture_output=True, text=True)
    found = {name: [] for name in texts}
    for told in map(json.loads, ran.stdout.splitlines()):
        if told["type"] == "attribution":
            stem = pathlib.Path(re.sub(r"[:#].*$", "", told["path"])).stem
            found[stem].append({r: [[s["start"], s["end"]] for s in told[r]] for r in ROLES} | {"confidence": told["confidence"]})
    return found


def matched(reports, found, text):
    """{place of ours: place of the annotated one} in an article."""
    sys.path.insert(0, str(corpora.data_folder().parent / "eval"))
    import score
    quoted = score.quoted_chars(text)
    theirs = [score.make_attribution(r[0], text, quoted) for r in reports]
    ours = [score.make_attribution(f, text, quoted) for f in found]
    return {b: a for a, b in score.match(theirs, ours, "content", score.MIN_IOU)}


def identical(row, texts, spans):
    """The published rule: reports are one when their words are the same in small letters."""
    groups = collections.defaultdict(list)
    for article, (place, some) in zip(row["articles"], enumerate(spans)):
        text = texts[row["event"], article["letter"]]
        for n, one in enumerate(some):
            words = " ".join(re.findall(r"\w+", " ".join(text[a:b] for a, b in one["content"]).lower()))
            groups[words].append((place, n))
    return list(groups.values())


def score_groups(row, statements, groups, found_as):
    """Counts of an event: pairs by kind as [right, made, given], and of each report of a statement with several (precision, recall).

    `found_as` names for [article, n] of ours the annotated report as (article, place), or None."""
    marked = marked_reports(row, statements)
    of = {(a, n): (report[1], report[2]) for a, some in enumerate(marked) for n, report in enumerate(some)}
    size = collections.Counter(statement for statement, _ in of.values())
    pairs = {"direct": [0, 0, 0], "other": [0, 0, 0]}
    joined = {}
    for group in groups:
        members = [found_as.get(tuple(m)) for m in group]
        for i, one in enumerate(members):
            if one is not None:
                joined[one] = members
            for other in members[:i]:
                both = [of[m] for m in (one, other) if m is not None]
                sort = "direct" if len(both) == 2 and all(kind == "direct" for _, kind in both) else "other"
                pairs[sort][1] += 1
                pairs[sort][0] += len(both) == 2 and both[0][0] == both[1][0]
    places = sorted(of)
    for i, one in enumerate(places):
        for other in places[:i]:
            if of[one][0] == of[other][0]:
                pairs["direct" if of[one][1] == of[other][1] == "direct" else "other"][2] += 1
    cubed = []
    for one in places:
        members = joined.get(one, [one])
        same = sum(m is not None and of[m][0] == of[one][0] for m in members)
        if size[of[one][0]] > 1 or len(members) > 1:
            cubed.append((same / len(members), same / size[of[one][0]] if size[of[one][0]] > 1 else None))
    return pairs, cubed


def wordings(row, statements, texts, spans, found_as):
    """Of each report that differs from the fullest of its statement (kind given, kind made, what they are); ours where both are
    found."""
    marked = marked_reports(row, statements)
    ours = {theirs: place for place, theirs in found_as.items()}
    by_statement = collections.defaultdict(list)
    for a, some in enumerate(marked):
        for n, report in enumerate(some):
            by_statement[report[1]].append(((a, n), report[3]))
    asked, given = [], []
    for reports in by_statement.values():
        full = next((place for place, differences in reports if differences == ["full"]), None)
        for place, differences in reports:
            if full is not None and place != full and place in ours and full in ours:
                asked.append([*ours[place], *ours[full]])
                given.append((differences, place, full))
    if not asked:
        return []
    made = run_group([line(row, texts, spans, asked)])[row["event"]]["wordings"]
    return [(differences, kind, place, full) for (differences, place, full), kind in zip(given, made) if kind]


def macro(pairs, least=10):
    """Macro-F1 over kinds with ten cases or more, with each kind's own."""
    given = collections.Counter(differences[0] for differences, *_ in pairs)
    scores = {}
    for kind, number in given.items():
        if number >= least:
            right = sum(d[0] == kind == made for d, made, *_ in pairs)
            scores[kind] = 2 * right / max(1, number + sum(made == kind for _, made, *_ in pairs))
    return sum(scores.values()) / max(1, len(scores)), scores


def add(totals, counts):
    pairs, cubed = counts
    for sort, some in pairs.items():
        totals[0][sort] = [a + b for a, b in zip(totals[0][sort], some)]
    totals[1].extend(cubed)


def empty():
    return {"direct": [0, 0, 0], "other": [0, 0, 0]}, []


def rows_of(totals):
    (pairs, cubed) = totals
    share = lambda a, b: 100 * a / b if b else 0.0
    right, made, given = pairs["direct"]
    yield "pairs of direct reports, precision / recall", f"{share(right, made):.1f} / {share(right, given):.1f} ({right} right of {made} made, {given} given)"
    right, made, given = pairs["other"]
    yield "pairs with an indirect or mixed report, F1", f"{share(2 * right, made + given):.1f} ({right} right of {made} made, {given} given)"
    precision = sum(p for p, _ in cubed) / max(1, len(cubed))
    known = [r for _, r in cubed if r is not None]
    recall = sum(known) / max(1, len(known))
    yield "B-cubed F1 (precision, recall)", f"{200 * precision * recall / max(1e-9, precision + recall):.1f} ({100 * precision:.1f}, {100 * recall:.1f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--role", choices=("tune", "measure"), default="tune")
    parser.add_argument("--model", default="accurate")
    parser.add_argument("--marked", action="store_true")
    parser.add_argument("--list", action="store_true", help="tune only: what is joined wrongly or not joined, in words of the articles")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.list and args.role != "tune":
        parser.error("the events that are measured on are not looked at")
    told = gold(args.role)
    rows = [row for row, _ in told.values()]
    texts = events.texts(corpora.data_folder(), rows)
    columns = {}
    spans = {row["event"]: [[r[0] for r in some] for some in marked_reports(row, told[row["event"]][1])] for row in rows}
    columns["on marked spans"] = (spans, {row["event"]: {(a, n): (a, n) for a, some in enumerate(spans[row["event"]]) for n in range(len(some))}
                                          for row in rows})
    if not args.marked:
        found = extracted(rows, texts, args.model)
        as_marked = {}
        for row in rows:
            marked = marked_reports(row, told[row["event"]][1])
            as_marked[row["event"]] = {(a, ours): (a, theirs) for a, article in enumerate(row["articles"]) for ours, theirs in
                                       matched(marked[a], found[row["event"]][a], texts[row["event"], article["letter"]]).items()}
        columns = {"with our extraction": (found, as_marked), **columns}
    table = collections.defaultdict(dict)
    for name, (spans, as_marked) in columns.items():
        groups = run_group([line(row, texts, spans[row["event"]]) for row in rows])
        totals, alone, same, worded = empty(), empty(), empty(), []
        for row in rows:
            event = row["event"]
            add(totals, score_groups(row, told[event][1], groups[event]["groups"], as_marked[event]))
            add(alone, score_groups(row, told[event][1], [], as_marked[event]))
            add(same, score_groups(row, told[event][1], identical(row, texts, spans[event]), as_marked[event]))
            kinds = wordings(row, told[event][1], texts, spans[event], as_marked[event])
            worded += kinds
            if args.list and name == list(columns)[-1]:
                show(row, told[event][1], texts, groups[event]["groups"])
                show_wordings(row, told[event][1], texts, kinds)
        for label, value in rows_of(totals):
            table[label][name] = value
        value, scores = macro(worded)
        altered = [d for d, made, *_ in worded if made == "altered"]
        table["kind of wording, macro-F1 over kinds with ten cases"][name] = (
            f"{100 * value:.1f} ({', '.join(f'{k} {100 * v:.0f}' for k, v in sorted(scores.items()))})")
        table["called altered: rightly"][name] = f"{sum('altered' in d or 'shifted' in d for d in altered)} of {len(altered)}"
        for title, some in (("each report alone", alone), ("identical words", same)):
            for label, value in rows_of(some):
                table[f"baseline: {title}: {label}"][name] = value
    lines = [f"{datetime.date.today()}, role `{args.role}`: {len(rows)} events", "", "| | " + " | ".join(columns) + " |",
             "|---|" + "---|" * len(columns)]
    lines += [f"| {label} | " + " | ".join(values[name] for name in columns) + " |" for label, values in table.items()]
    print("\n".join(lines))
    if args.write:
        path = ROOT / "docs" / "accuracy" / "statements.md"
        page = path.read_text(encoding="utf-8")
        mark = f"<!-- {args.role} -->"
        before, _, rest = page.partition(mark)
        _, _, after = rest.partition("<!-- end -->")
        path.write_text(before + mark + "\n" + "\n".join(lines) + "\n<!-- end -->" + after, encoding="utf-8")


def show(row, statements, texts, groups):
    marked = marked_reports(row, statements)
    words = lambda a, n: f"{'abc'[a]} {marked[a][n][2]:8} s{marked[a][n][1]:<3} " + " … ".join(
        " ".join(texts[row["event"], "abc"[a]][s:e].split()) for s, e in marked[a][n][0]["content"])[:150]
    size = collections.Counter(r[1] for some in marked for r in some)
    print(f"\n{row['event']}")
    for group in groups:
        inside = collections.Counter(marked[a][n][1] for a, n in group)
        if len(inside) > 1 or size[next(iter(inside))] > len(group):
            print("  --", "mixed" if len(inside) > 1 else "part")
            for a, n in group:
                print("    ", words(a, n))


def show_wordings(row, statements, texts, kinds):
    marked = marked_reports(row, statements)
    words = lambda a, n: " … ".join(" ".join(texts[row["event"], "abc"[a]][s:e].split()) for s, e in marked[a][n][0]["content"])
    for differences, made, place, full in kinds:
        if made != differences[0]:
            print(f"  -- given {', '.join(differences)}, made {made}\n     {words(*place)[:300]}\n     {words(*full)[:400]}")


if __name__ == "__main__":
    main()
