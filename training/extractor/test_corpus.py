"""Paragraphs, labels and windows, on invented text; needs only the standard library."""

import collections
import re
import unittest

import corpus

Encoded = collections.namedtuple("Encoded", "ids offsets")


class Words:
    """A tokenizer of words and marks."""

    def encode(self, text, add_special_tokens):
        pieces = list(re.finditer(r"\w+|[^\w\s]", text))
        return Encoded([len(p.group()) for p in pieces], [p.span() for p in pieces])


TEXT = "“No,” said Vesk, “not in April.”\n\nThe ministry agreed."


def span(words):
    start = TEXT.index(words)
    return (start, start + len(words))


class Paragraphs(unittest.TestCase):
    def setUp(self):
        interrupted = corpus.Attribution([span("Vesk")], [span("said")], [span("“No,”"), span("“not in April.”")])
        self.found = corpus.paragraphs(TEXT, [interrupted], Words())

    def test_lines_are_paragraphs(self):
        self.assertEqual([len(p.ids) for p in self.found], [13, 4])

    def test_every_piece_of_an_interrupted_content_begins_anew(self):
        (cue,) = self.found[0].cues
        self.assertEqual((cue.start, cue.end), (4, 5))
        self.assertEqual(cue.roles, [3, 4, 4, 4, 0, 1, 0, 3, 4, 4, 4, 4, 4])

    def test_tags(self):
        self.assertEqual(self.found[0].tags, [5, 6, 6, 6, 3, 1, 0, 5, 6, 6, 6, 6, 6])
        self.assertEqual(self.found[1].tags, [0, 0, 0, 0])


class Windows(unittest.TestCase):
    def paragraph(self, length, cue=None):
        cues = [] if cue is None else [corpus.Cue(cue, cue + 1, [0] * length)]
        return corpus.Paragraph(list(range(length)), [0] * length, cues)

    def lengths(self, *paragraphs, first=corpus.MAX_PIECES):
        return [[len(p.ids) for p in window] for window in corpus.windows(paragraphs, first)]

    def test_whole_paragraphs_are_packed(self):
        sizes = [self.paragraph(n) for n in (100, 100, 60, 254, 10)]
        self.assertEqual(self.lengths(*sizes), [[100, 100], [60], [254], [10]])

    def test_the_first_window_may_be_short(self):
        self.assertEqual(self.lengths(self.paragraph(30), self.paragraph(30), first=40), [[30], [30]])

    def test_a_long_paragraph_is_cut_and_keeps_its_cues(self):
        parts = corpus.cut(self.paragraph(600, cue=300))
        self.assertEqual([len(p.ids) for p in parts], [254, 254, 92])
        self.assertEqual([[c.start for c in p.cues] for p in parts], [[], [46], []])


if __name__ == "__main__":
    unittest.main()
