"""The tools of the annotation, on invented text."""

import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import agreement  # noqa: E402
import annotate  # noqa: E402
import classes  # noqa: E402
import corpora  # noqa: E402
import draw  # noqa: E402

TEXT = """Mayor vows to reopen ferry

Harbour mayor Ina Lund said on Monday that the ferry "will sail again", but he warned of delays. The owner, Olaf Berg, denied it.

“We are tired,” said Ole Dahl, a fisherman, who owns two boats. “We want our boat back.”

According to the Quayside Post, Lund told the council that Berg had said the engine was sound.

“Nobody asked me.
“Nobody will.”

He said no. He said yes.
"""


def part(words, nth=1):
    """The span of the nth place of the words in TEXT."""
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return (start, start + len(words))


def words_of(spans):
    return [TEXT[s:e] for s, e in spans]


class Finding(unittest.TestCase):
    def check(self, working, *expected):
        """Every attribution of the working file as (source, cue, content) lists of words; no errors."""
        attributions, errors, _ = annotate.read_working(working, TEXT)
        self.assertEqual(errors, [])
        self.assertEqual([tuple(words_of(a[role]) for role in agreement.ROLES) for _, a in attributions], list(expected))
        return [a for _, a in attributions]

    def check_spans(self, working, **roles):
        attributions, errors, _ = annotate.read_working(working, TEXT)
        self.assertEqual(errors, [])
        for role, spans in roles.items():
            self.assertEqual(attributions[-1][1][role], spans)

    def test_whole(self):
        self.check('S: Harbour mayor Ina Lund\nQ: said\nC: that the ferry "will sail again"\nK: speech\n',
                   (["Harbour mayor Ina Lund"], ["said"], ['that the ferry "will sail again"']))

    def test_two_pieces(self):
        self.check("S: Ole Dahl, a fisherman,\nQ: said\nC: “We are tired,”\nC: “We want our boat back.”\nK: speech",
                   (["Ole Dahl, a fisherman,"], ["said"], ["“We are tired,”", "“We want our boat back.”"]))

    def test_marks_of_a_keyboard(self):
        self.check('S: Ole Dahl\nQ: said\nC: "We are tired,"\nK: speech', (["Ole Dahl"], ["said"], ["“We are tired,”"]))

    def test_no_source_and_no_cue(self):
        self.check("S: -\nQ: -\nC: “We are tired,”\nK: speech", ([], [], ["“We are tired,”"]))

    def test_short_words_stand_beside_their_content(self):
        # `he` stands also in `the`, and `said` six times.
        self.check_spans("S: he\nQ: warned of\nC: delays\nK: speech", source=[part("he warned")[0:1] + (part("he warned")[0] + 2,)])
        self.check_spans("S: He\nQ: said\nC: yes\nK: speech", cue=[part("said", 5)])

    def test_the_next_in_order(self):
        self.check_spans("S: He\nQ: said\nC: no\nK: speech\n\nS: He\nQ: said\nC: yes\nK: speech", cue=[part("said", 5)])

    def test_numbered_and_in_context(self):
        self.check_spans("S: Berg @2\nQ: denied\nC: it\nK: speech", source=[part("Berg", 2)])
        self.check_spans("S: …owner, Olaf| Berg\nQ: denied\nC: it\nK: speech", source=[part("Berg")])

    def test_from_words_to_words(self):
        self.check("S: the Quayside Post\nQ: According to\nC: Lund told >> was sound\nK: speech",
                   (["the Quayside Post"], ["According to"], ["Lund told the council that Berg had said the engine was sound"]))

    def test_a_stretch_over_paragraphs_is_cut(self):
        self.check("S: -\nQ: -\nC: “Nobody asked >> will.”\nK: speech", ([], [], ["“Nobody asked me.", "“Nobody will.”"]))

    def test_nested_and_class(self):
        made = self.check(
            "S: the Quayside Post\nQ: According to\nC: Lund told >> was sound\nK: speech\n\n"
            "S: Lund\nQ: told\nC: that Berg had said the engine was sound\nK: finding\nN: yes",
            (["the Quayside Post"], ["According to"], ["Lund told the council that Berg had said the engine was sound"]),
            (["Lund"], ["told"], ["that Berg had said the engine was sound"]))
        self.assertEqual([(a["class"], a["nested"]) for a in made], [("speech", False), ("finding", True)])

    def test_comments_and_empty_lines(self):
        self.check("\n# headline\nS: Mayor\nQ: vows\nC: to reopen ferry\nK: plan\n\n\n# done\n", (["Mayor"], ["vows"], ["to reopen ferry"]))


class Complaints(unittest.TestCase):
    def check(self, working, *expected, kind=1):
        """Some error (1) or warning (2) has each of the expected words; with none expected there is no message."""
        messages = " / ".join(message for _, message in annotate.read_working(working, TEXT)[kind])
        for words in expected:
            self.assertIn(words, messages)
        if not expected:
            self.assertEqual(messages, "")

    def test_not_in_the_text(self):
        self.check("S: Ina Lund\nQ: said\nC: that the ferry will sail\nK: speech", "not in the text", "after `that the ferry` the text has")

    def test_missing_parts(self):
        self.check("Q: said\nC: no\nK: speech", "no source: write `S: -`")
        self.check("S: He\nC: no\nK: speech", "no cue")
        self.check("S: He\nQ: said\nK: speech", "no content")
        self.check("S: He\nQ: said\nC: -\nK: speech", "no content")
        self.check("S: He\nQ: said\nC: no", "no class")
        self.check("S: He\nS: -\nQ: said\nC: no\nK: speech", "`S: -` beside another")

    def test_form(self):
        self.check("S: He\nQ: said\nQ: warned of\nC: no\nK: speech", "two cues")
        self.check("S: He\nQ: said\nC: no\nK: shout", "no class: one of")
        self.check("S: He\nX: said", "not `S:`")
        self.check("S: He\nQ: said\nC: no\nK: speech\nN: maybe", "`yes` or `no`")

    def test_no_such_number(self):
        self.check("S: He @9\nQ: said\nC: no\nK: speech", "so there is no @9")

    def test_roles_overlap(self):
        self.check("S: Ina Lund said\nQ: said on Monday\nC: that the ferry\nK: speech", "source and cue overlap")

    def test_crossing_contents(self):
        self.check("S: Lund\nQ: told\nC: that Berg had said\nK: speech\n\nS: -\nQ: sound\nC: had said the engine\nK: speech",
                   "contents of two attributions cross")

    def test_twice(self):
        block = "S: Lund\nQ: told\nC: that Berg had said the engine was sound\nK: speech\n\n"
        self.check(block * 2, "the same attribution twice")

    def test_warnings(self):
        check = lambda working, *expected: self.check(working, *expected, kind=2)
        check("S: Ina Lund\nQ: said\nC: the ferry\nK: speech", "`that` belongs to the content")
        check("S: Ole Dahl\nQ: said\nC: We are tired\nK: speech")
        check("S: Ole Dahl\nQ: said\nC: We want our boat back.”\nK: speech", "quotation marks belong")
        check('S: Ina Lund\nQ: said\nC: that the ferry "will\nK: speech', "content cuts a quotation")
        check("S: Ole Dahl\nQ: said\nC: “We are tired,”\nK: speech\nN: yes", "no other attribution's content holds")
        check("S: the Quayside Post\nQ: According to\nC: Lund told >> was sound\nK: speech\n\n"
              "S: Lund\nQ: told\nC: that Berg had said the engine was sound\nK: speech", "stands in another's content")
        check("S: He\nQ: said\nC: yes\nK: speech\n\nS: The owner, Olaf Berg,\nQ: denied\nC: it\nK: speech", "out of order")
        check("S: -\nQ: -\nC: Nobody\nK: speech", "fits 2 places")

    def test_quotations_in_nobodys_mouth(self):
        attributions, _, _ = annotate.read_working("S: Ole Dahl\nQ: said\nC: “We are tired,”\nK: speech", TEXT)
        self.assertEqual(words_of(annotate.uncovered([*attributions], TEXT)),
                         ['"will sail again"', "“We want our boat back.”", "“Nobody asked me.", "“Nobody will.”"])


class Corpora(unittest.TestCase):
    def test_gum(self):
        conllu = ('# meta::title = Kites\n# newpar\n# newpar_block = head rend:::"bold" (1 s)\n# text = Kites\n1\tKites\n\n'
                  "# text = Friday, May 1, 2020\n\n# newpar\n# newpar_block = p (2 s)\n# text = They fly.\n\n# text = High.\n\n"
                  '# newpar\n# newpar_block = sp who:::"#OlafJBerg" (3 s) | p (2 s)\n# text = I know.\n\n# text = Well.\n\n'
                  "# newpar\n# newpar_block = p (1 s)\n# text = Yes.\n")
        self.assertEqual(corpora.gum_text(conllu),
                         "Kites\n\nFriday, May 1, 2020\n\nThey fly. High.\n\nOlaf J Berg: I know. Well.\n\nYes.\n")

    def test_page_text(self):
        self.assertEqual(corpora.page_text("OPINION: A  word", " Once.\r\n\r\nTwice. "), "A word\n\nOnce.\n\nTwice.\n")
        self.assertEqual(corpora.page_text("A word", "A word\n\nOnce."), "A word\n\nOnce.\n")

    def test_families(self):
        for outlet, house in (("Fox Online News", "fox"), ("Fox News (Online)", "fox"), ("CNN - Editorial", "cnn"),
                              ("The Hill", "hill"), ("TheBlaze.com", "theblaze")):
            self.assertEqual(draw.family(outlet), house)


class Manifest(unittest.TestCase):
    def test_as_planned(self):
        rows = corpora.read_manifest(draw.MANIFEST)
        self.assertEqual([row["article"] for row in rows], [f"{n:03}" for n in range(1, 46)])
        self.assertEqual(sum(row["role"] == "measure" for row in rows), 30)
        self.assertEqual(sum(row["twice"] for row in rows), 10)
        self.assertFalse([row for row in rows if row["twice"] and row["role"] != "measure"])
        self.assertFalse([row for row in rows if row["year"] == "2016" or "text" in row])
        self.assertEqual(len({row["sha256"] for row in rows}), 45)
        houses = [draw.family(row["outlet"]) for row in rows if row["corpus"] == "allsides"]
        self.assertEqual(len(set(houses)), len(houses))


class Agreement(unittest.TestCase):
    ROW = {"article": "001", "id": "x", "sha256": corpora.checksum(TEXT)}

    def record(self, working):
        attributions, errors, _ = annotate.read_working(working, TEXT)
        self.assertEqual(errors, [])
        return annotate.as_record(self.ROW, attributions)

    def test_no_text_is_kept(self):
        record = self.record("S: Ole Dahl\nQ: said\nC: “We are tired,”\nK: speech")
        self.assertEqual(record["attributions"], [{
            "source": [list(part("Ole Dahl"))], "cue": [list(part("said", 2))], "content": [list(part("“We are tired,”"))],
            "class": "speech", "nested": False}])
        self.assertNotIn("tired", json.dumps(record))

    def test_brat(self):
        record = self.record("S: Ole Dahl\nQ: said\nC: “We are tired,”\nC: “We want our boat back.”\nK: speech")
        brat = agreement.as_brat(record["attributions"], TEXT)
        (a, b), (c, d) = part("“We are tired,”"), part("“We want our boat back.”")
        self.assertIn(f"T3\tContent {a} {b};{c} {d}\t", brat)
        self.assertIn("E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n", brat)

    def test_gold_leaves_out_the_nested(self):
        record = self.record("S: Lund\nQ: told\nC: that Berg had said the engine was sound\nK: speech\n\n"
                             "S: Berg\nQ: had said\nC: the engine was sound\nK: speech\nN: yes")
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            for nested, events in ((False, 1), (True, 2)):
                agreement.write_gold(folder, {"001": TEXT}, {"a": {"001": record}}, nested)
                self.assertEqual((folder / "ann" / "001_a.ann").read_text().count("\nE"), events)
            self.assertEqual((folder / "text" / "001.txt").read_text(), TEXT)

    def test_with_the_referee(self):
        try:
            score = agreement.referee()
        except FileNotFoundError:
            self.skipTest("the referee is not here")
        one = self.record("S: He\nQ: said\nC: no\nK: speech\n\nS: He\nQ: said\nC: yes\nK: speech")
        two = self.record("S: He\nQ: said\nC: no\nK: thought\n\nS: -\nQ: said\nC: yes\nK: speech")
        summary, pairs = agreement.compare(score, {"001": TEXT}, {"001": one}, {"001": two})
        self.assertEqual(summary["overlap"]["all"]["f1"], 1.0)
        self.assertEqual(summary["full"]["all"]["f1"], 0.5)
        self.assertEqual(sorted(a["class"] == b["class"] for _, a, b in pairs), [False, True])


class Classes(unittest.TestCase):
    """What the table of classes says."""

    PAIRS = [("speech", "speech"), ("speech", "speech"), ("speech", "order"), ("plan", "speech"), ("order", "order")]

    def test_measures(self):
        right, each, counts = classes.measures(self.PAIRS)
        self.assertAlmostEqual(right, 3 / 5)
        self.assertEqual(each["speech"], (2 / 3, 2 / 3, 3))
        self.assertEqual(each["order"], (1 / 2, 1, 1))
        self.assertEqual(each["plan"], (None, 0, 1))
        self.assertEqual(each["thought"], (None, None, 0))
        self.assertEqual(counts["speech", "order"], 1)

    def test_rows(self):
        shown = classes.row("one", self.PAIRS)
        self.assertEqual(shown, "| one | 5 | 60.0 | 66.7 / 66.7 | – / – | – / 0.0 | – / – | 50.0 / 100.0 |")
        self.assertEqual(classes.confusion(self.PAIRS)[2], "| speech | 2 | 0 | 0 | 0 | 1 |")


if __name__ == "__main__":
    unittest.main()
