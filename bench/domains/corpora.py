"""The texts of the corpora, rebuilt the same way each time: nothing of them is kept in the repository.

A text of `allsides` and `basil` is the title, an empty line and the article as stored. A text of `gum` is rebuilt from
the comments of its CoNLL-U file (see `gum_text`). Corpora are found by SAIDLINE_DATA (default `../shared/data` beside
the repository).
"""

import gzip
import hashlib
import json
import os
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Blocks of GUM that stand for themselves on a page; `hi`, `incident` and the like lie inside a paragraph.
OWN_BLOCKS = frozenset("head p figure caption item quote list sp lg l table row cell note".split())


def data_folder():
    """The folder of the corpora; FileNotFoundError where there is none."""
    folder = pathlib.Path(os.environ.get("SAIDLINE_DATA") or ROOT / "../shared/data").resolve()
    if not folder.is_dir():
        raise FileNotFoundError(f"no corpora in `{folder}`")
    return folder


def checksum(text):
    """SHA-256 of the text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def page_text(title, body):
    """A page as its reader sees it: the headline, an empty line, the article."""
    title = re.sub(r"\s+", " ", re.sub(r"^(?:OPINION|ANALYSIS):\s*", "", title.strip()))
    body = body.replace("\r\n", "\n").strip()
    return f"{title}\n\n{body}\n" if title and not body.startswith(title) else f"{body}\n"


def allsides(folder):
    """Every article of allsides as {id, outlet, year, topic, title, text}; the year is empty where the date is."""
    with gzip.open(folder / "allsides.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            dated = re.fullmatch(r"(\d{4})-\d\d-\d\d", row["date"] or "")
            yield {"id": row["id"], "outlet": row["outlet"].strip(), "year": dated[1] if dated else "",
                   "topic": row["topic"], "title": row["title"], "text": page_text(row["title"], row["text"])}


def basil(folder):
    """Every article of BASIL, in the same form; the topic is the id of the story that three outlets tell."""
    with open(folder / "basil" / "articles.jsonl", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield {"id": row["id"], "outlet": row["outlet"], "year": row["date"][:4], "topic": f"story {row['story'][:8]}",
                   "title": row["title"], "text": page_text(row["title"], row["text"])}


def gum(folder, genre):
    """Every document of one genre of GUM, in the same form."""
    for path in sorted((folder / "gum" / "conllu").glob(f"GUM_{genre}_*.conllu")):
        conllu = path.read_text(encoding="utf-8")
        meta = dict(re.findall(r"^# meta::(\S+) = (.*)$", conllu, re.MULTILINE))
        yield {"id": path.stem, "outlet": meta.get("author", ""), "year": meta.get("dateCreated", "")[:4],
               "topic": genre, "title": meta.get("title", ""), "text": gum_text(conllu)}


def gum_text(conllu):
    """Plain text of a GUM document: an empty line between blocks, a space between the sentences of one.

    GUM keeps who speaks in an interview in the mark-up only. Each turn begins here with the speaker's name and a
    colon, as printed interviews have it: `ShimonPeres` of the mark-up becomes `Shimon Peres: `.
    """
    blocks, ends, label, fresh = [], [], None, True
    for line in conllu.split("\n"):
        if line.startswith("# newpar_block = "):
            for part in line[len("# newpar_block = "):].split(" | "):
                name, length = part.split(" ")[0].split("=")[0], re.search(r"\((\d+) s\)$", part)
                if name == "sp" and (who := re.search(r'who:::"#?([^"]*)"', part)):
                    label = re.sub(r"(?<=[a-z])(?<!Mc)(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", who[1].replace("_", " ")).strip()
                if name in OWN_BLOCKS and length:
                    ends.append(int(length[1]))
            fresh = True
        elif line.rstrip() == "# newpar":
            fresh = True
        elif line.startswith("# text = "):
            sentence = line[len("# text = "):].strip()
            if fresh or not blocks:
                blocks.append(f"{label}: {sentence}" if label else sentence)
            else:
                blocks[-1] += " " + sentence
            label = None
            ends = [n - 1 for n in ends]
            fresh = any(n == 0 for n in ends)
            ends = [n for n in ends if n > 0]
    return "\n\n".join(blocks) + "\n"


def texts_of(manifest, folder):
    """The texts of the manifest's articles as {number: text}; ValueError where one is not what was annotated."""
    wanted = {(row["corpus"], row["id"]): row for row in manifest}
    found = {}
    sources = (("allsides", allsides(folder)), ("basil", basil(folder)), ("gum", gum(folder, "news")),
               ("gum", gum(folder, "interview")))
    for corpus, articles in sources:
        for article in articles:
            row = wanted.get((corpus, article["id"]))
            if row:
                if checksum(article["text"]) != row["sha256"]:
                    raise ValueError(f"the text of `{article['id']}` of {corpus} is not the one that was annotated")
                found[row["article"]] = article["text"]
    missing = sorted(row["article"] for row in manifest if row["article"] not in found)
    if missing:
        raise ValueError(f"articles missing from the corpora: {', '.join(missing)}")
    return found


def read_manifest(path):
    """The rows of `articles.jsonl`, in order."""
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]
