"""Where a table goes in the README; needs the corpora's referee, without which it is skipped."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
try:
    import run
except FileNotFoundError:
    run = None


@unittest.skipIf(run is None, "the referee beside the corpora is missing")
class Places(unittest.TestCase):
    PAGE = "# Title\n<!-- dev -->\nold\n<!-- end -->\nmore\n<!-- domains -->\n<!-- end -->\n"

    def test_a_table_replaces_its_own_alone(self):
        made = run.in_place(self.PAGE, "dev", "new \\1\n")
        self.assertEqual(made, self.PAGE.replace("old\n", "new \\1\n"))
        self.assertEqual(run.in_place(made, "dev", "new \\1\n"), made)

    def test_an_empty_place_is_filled(self):
        self.assertIn("<!-- domains -->\nnew\n<!-- end -->\n", run.in_place(self.PAGE, "domains", "new\n"))

    def test_a_place_that_is_missing_is_told(self):
        with self.assertRaises(SystemExit):
            run.in_place(self.PAGE, "held-out", "new\n")


if __name__ == "__main__":
    unittest.main()
