"""A store opens in the tools that people already have: the sqlite3 shell, Python's sqlite3, pandas, Datasette.

Run it with `python3 -m unittest discover -s crates/saidline-store/tests/python`. The store is made by the example
`invent`. Where a tool is missing its tests are skipped; with CI=true that is a failure.
"""

import importlib.util
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
REPORTS = 8


def queries():
    """The queries of the manual."""
    return re.findall(r"```sql\n(.*?)```", (ROOT / "docs/reference/store.md").read_text(), re.DOTALL)


class OtherTools(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.store = Path(cls.folder.name) / "saidline.db"
        make = ["cargo", "run", "--quiet", "--locked", "-p", "saidline-store", "--example", "invent", "--"]
        subprocess.run([*make, str(cls.store)], cwd=ROOT, check=True)

    def need(self, there, what):
        if not there:
            if os.environ.get("CI") == "true":
                self.fail(f"{what} is missing")
            self.skipTest(f"{what} is missing")

    def read_only(self):
        connection = sqlite3.connect(f"{self.store.as_uri()}?mode=ro", uri=True)
        self.addCleanup(connection.close)
        return connection


class Shell(OtherTools):
    def ask(self, sql):
        self.need(shutil.which("sqlite3"), "the sqlite3 shell")
        command = ["sqlite3", "-readonly", "-json", str(self.store), sql]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
        self.assertEqual(answer.stderr, "")
        return json.loads(answer.stdout or "[]")

    def test_file_is_sound(self):
        self.assertEqual(self.ask("PRAGMA integrity_check"), [{"integrity_check": "ok"}])
        self.assertEqual(self.ask("PRAGMA foreign_key_check"), [])

    def test_queries_of_the_manual(self):
        for query in queries():
            with self.subTest(query):
                self.assertGreater(len(self.ask(query)), 0)

    def test_a_dump_makes_the_store_again(self):
        self.need(shutil.which("sqlite3"), "the sqlite3 shell")
        dump = subprocess.run(["sqlite3", str(self.store), ".dump"], capture_output=True, text=True, check=True)
        copy = Path(self.folder.name) / "copy.db"
        subprocess.run(["sqlite3", str(copy)], input=dump.stdout, text=True, check=True)
        connection = sqlite3.connect(copy)
        self.addCleanup(connection.close)
        self.assertEqual(connection.execute("SELECT count(*) FROM quote").fetchone(), (REPORTS,))


class Python(OtherTools):
    def test_words_are_where_they_stand(self):
        connection = self.read_only()
        rows = connection.execute(
            'SELECT d.text, s.start, s."end", substr(d.text, s.start + 1, s."end" - s.start) FROM span AS s '
            "JOIN attribution AS a ON a.nr = s.attribution JOIN document AS d ON d.nr = a.document"
        ).fetchall()
        self.assertGreater(len(rows), 20)
        for text, start, end, words in rows:
            self.assertEqual(text[start:end], words)

    def test_search(self):
        found = self.read_only().execute(
            "SELECT speaker, content FROM quote WHERE rowid IN "
            "(SELECT rowid FROM quote_fts WHERE quote_fts MATCH 'content : ferry')"
        )
        self.assertEqual(found.fetchall(), [("Ines Calder", "The Morvenec ferry will sail at noon")])

    def test_search_by_tags(self):
        connection = self.read_only()
        (voice,) = connection.execute("SELECT nr FROM voice WHERE name = 'Ines Calder'").fetchone()
        match = f"content : ready AND tags : xv{voice} AND tags : xkdirect"
        found = connection.execute("SELECT count(*) FROM quote_fts WHERE quote_fts MATCH ?", (match,))
        self.assertEqual(found.fetchone(), (1,))

    def test_index_fits_the_view(self):
        connection = sqlite3.connect(self.store)
        self.addCleanup(connection.close)
        connection.execute("INSERT INTO quote_fts (quote_fts, rank) VALUES ('integrity-check', 1)")

    def test_queries_of_the_manual(self):
        for query in queries():
            with self.subTest(query):
                self.assertGreater(len(self.read_only().execute(query).fetchall()), 0)

    def test_nothing_newer_than_3_37(self):
        """Functions and words of the schema that came later: SQLite's list of changes from 3.38 on."""
        schema = "\n".join(sql for (sql,) in self.read_only().execute("SELECT sql FROM sqlite_schema WHERE sql <> ''"))
        later = [
            r"->>?", r"\bunixepoch\b", r"\bformat\s*\(", r"\bauto\b", r"\bRIGHT\s+JOIN", r"\bFULL\s+(OUTER\s+)?JOIN",
            r"\bIS\s+(NOT\s+)?DISTINCT\b", r"\bunhex\b", r"\bjson_error_position\b", r"\btimediff\b", r"\boctet_length\b",
            r"\bjsonb", r"\bconcat(_ws)?\s*\(", r"\bstring_agg\b", r"\bjson_pretty\b", r"group_concat\([^()]*ORDER\s+BY",
            r"\biif\s*\([^,]*,[^,]*\)", r"\bunistr\b", r"contentless_delete", r"contentless_unindexed", r"\bif\s*\(",
            r"secure-delete", r"\d_\d", r"\bmedian\b", r"\bpercentile",
        ]
        for word in later:
            self.assertIsNone(re.search(word, re.sub(r"--.*", "", schema), re.IGNORECASE), word)
        self.assertGreaterEqual(sqlite3.sqlite_version_info, (3, 37), "then this test shows nothing")


class Pandas(OtherTools):
    def test_quotes_are_a_frame(self):
        self.need(importlib.util.find_spec("pandas"), "pandas")
        import pandas

        quotes = pandas.read_sql("select * from quote", self.read_only(), index_col="id")
        self.assertEqual(len(quotes), REPORTS)
        self.assertTrue(quotes.index.is_unique)
        calder = quotes[quotes.speaker == "Ines Calder"]
        self.assertEqual(set(calder.outlet), {"Harbour Gazette"})
        self.assertEqual(quotes.confidence.dtype, "float64")


class Datasette(OtherTools):
    def get(self, path):
        self.need(importlib.util.find_spec("datasette"), "datasette")
        command = [sys.executable, "-m", "datasette", str(self.store), "--get", path]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        return answer.stdout

    def rows(self, path):
        return json.loads(self.get(path))

    def test_search_on_the_view(self):
        found = self.rows("/saidline/quote.json?_shape=array&_search=ferry")
        self.assertEqual([row["content"] for row in found], ["The Morvenec ferry will sail at noon"])
        self.assertEqual(self.rows("/saidline/quote.json?_shape=array&_search=zeppelin"), [])
        found = self.rows("/saidline/quote.json?_shape=array&_search=agree*&_searchmode=raw")
        self.assertEqual([row["speaker"] for row in found], ["Ferry Union, Port of Morvenec"])

    def test_search_on_the_index(self):
        found = self.rows("/saidline/quote_fts.json?_shape=array&_search=ferry")
        self.assertEqual([row["content"] for row in found], ["The Morvenec ferry will sail at noon"])
        self.assertEqual(self.rows("/saidline/quote_fts.json?_shape=array&_search=zeppelin"), [])

    def test_page_has_a_box_for_searching(self):
        self.assertIn('type="search"', self.get("/saidline/quote"))

    def test_filters_and_facets(self):
        found = self.rows("/saidline/quote.json?speaker=Ines+Calder&_facet=outlet")
        self.assertEqual(len(found["rows"]), 2)
        self.assertEqual(found["facet_results"]["outlet"]["results"][0]["value"], "Harbour Gazette")

    def test_queries_of_the_manual(self):
        from urllib.parse import quote

        for query in queries():
            with self.subTest(query):
                self.assertGreater(len(self.rows(f"/saidline.json?_shape=array&sql={quote(query.strip().rstrip(';'))}")), 0)


if __name__ == "__main__":
    unittest.main()
