"""What can be tested without the peers and the corpora: spans and places of tables."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import peers  # noqa: E402


class Spans(unittest.TestCase):
    def test_paragraphs_are_slices_of_the_text(self):
        text = "Öl is dear.\n\n  \r\n“No,” Ada Moor said.\r\nEnd"
        found = peers.paragraphs(text)
        self.assertEqual([text[start:start + len(part)] for start, part in found], [part for _, part in found])
        self.assertEqual([part.strip() for _, part in found], ["Öl is dear.", "“No,” Ada Moor said.", "End"])

    def test_neighbouring_tokens_are_one_span(self):
        for tokens, expected in (
            ([], []),
            ([(4, 10, 13)], [[110, 113]]),
            ([(5, 14, 18), (4, 10, 13)], [[110, 118]]),
            ([(4, 10, 13), (7, 20, 24), (8, 25, 26)], [[110, 113], [120, 126]]),
        ):
            self.assertEqual(peers.runs(tokens, 100), expected, tokens)


if __name__ == "__main__":
    unittest.main()
