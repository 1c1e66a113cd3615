"""What teachers say of words, told to a pupil who reads them in pieces."""

import collections
import unittest

try:
    import numpy as np
    import soft
except ImportError:
    np = None

Encoded = collections.namedtuple("Encoded", "ids word_ids")


class Pieces:
    """A tokenizer that cuts each word in two."""

    def encode(self, text, add_special_tokens):
        words = [n for n, _ in enumerate(text.split()) for _ in range(2)]
        return Encoded(list(range(len(words))), words)


@unittest.skipUnless(np, "needs numpy")
class Paragraphs(unittest.TestCase):
    def setUp(self):
        tags = np.array([[0.1, 0.6, 0.3, 0, 0, 0, 0], [0, 0, 0, 0.75, 0.25, 0, 0]], np.float16)
        pairs = np.array([[[0.5, 0.25, 0.25, 0, 0], [1, 0, 0, 0, 0]]], np.float16)
        article = [("Vesk said", [(0, 4), (5, 9)], tags, [(1, 2)], pairs), ("one word more", [(0, 3)], tags[:1], [], pairs)]
        self.found = soft.paragraphs(article, Pieces())

    def test_a_first_piece_has_the_words_chances_and_the_others_go_on(self):
        tags = self.found[0].tags
        self.assertTrue(np.allclose(tags[0], [0.1, 0.6, 0.3, 0, 0, 0, 0], atol=1e-3))
        self.assertTrue(np.allclose(tags[1], [0.1, 0, 0.9, 0, 0, 0, 0], atol=1e-3))
        self.assertTrue(np.allclose(tags.sum(-1), 1, atol=1e-2))

    def test_a_cue_spans_all_pieces_of_its_words(self):
        cue, = self.found[0].cues
        self.assertEqual((cue.start, cue.end), (2, 4))
        self.assertTrue(np.allclose(cue.roles[1], [0.5, 0, 0.5, 0, 0], atol=1e-3))

    def test_a_paragraph_cut_into_other_words_is_left_out(self):
        self.assertEqual(len(self.found), 1)


if __name__ == "__main__":
    unittest.main()
