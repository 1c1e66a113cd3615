"""The benchmark pages as scraped text: all visible text of the body, a line a block.

    python bench/lines/pages.py [OUT]

writes OUT/ID.txt for each page of $SAIDLINE_DATA/articles (default OUT: target/lines/text). Nothing is chosen:
menus, comments, footers and all else that a browser would show stay in. The parser is lexbor (by selectolax),
which follows the HTML standard; saidline's own reader is not used, so that its faults cannot flatter it.
"""

import gzip
import json
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Elements that a browser does not paint, or whose content is no text of the page.
UNSEEN = {
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "audio", "video",
    "canvas", "head", "title", "meta", "link", "textarea", "datalist", "map", "applet", "frameset", "noframes",
}  # fmt: skip

# Elements that start a line of their own in a browser's default style sheet; a table cell and an option too,
# since a copied table or menu comes out one to a line.
BLOCK = {
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p",
    "pre", "search", "section", "select", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip

HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
WHITE = re.compile(r"[ \t\n\r\f\u00a0]+")


def data() -> Path:
    """The folder of the corpora; ends the program with a hint when it is missing."""
    folder = Path(os.environ.get("SAIDLINE_DATA", ROOT / "../shared/data"))
    if not (folder / "articles").is_dir():
        sys.exit(f"error: no folder `articles` in `{folder}`\nhint: set SAIDLINE_DATA to the folder of the corpora")
    return folder


def truth() -> dict[str, str]:
    """The true article text of each page, by the page's id, in the order of the ids."""
    with open(data() / "articles" / "ground-truth.json", encoding="utf-8") as file:
        return {page: entry["articleBody"] for page, entry in sorted(json.load(file).items())}


def html(page: str) -> bytes:
    """The bytes of a page."""
    return gzip.decompress((data() / "articles" / "html" / f"{page}.html.gz").read_bytes())


def visible_lines(source: bytes) -> list[str]:
    """The visible text of the body, a block a line, white space as a browser shows it."""
    from selectolax.lexbor import LexborHTMLParser

    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError:
        named = re.search(rb"charset=[\"']?([\w-]+)", source[:4096])
        text = source.decode(named[1].decode() if named else "cp1252", "replace")
    body = LexborHTMLParser(text).body
    lines, line = [], []

    def end_line() -> None:
        joined = WHITE.sub(" ", "".join(line)).strip()
        line.clear()
        if joined:
            lines.append(joined)

    def walk(node, preformatted: bool) -> None:
        # A loop over siblings and not over the tree: depth is bounded by the parser's own limit.
        child = node.first_child
        while child is not None:
            tag = child.tag
            if tag == "-text":
                content = child.text_content or ""
                if preformatted:
                    first, *rest = content.split("\n")
                    line.append(first)
                    for piece in rest:
                        end_line()
                        line.append(piece)
                else:
                    line.append(content)
            elif tag == "br":
                end_line()
            elif tag and not tag.startswith(("-", "!", "_")) and tag not in UNSEEN:
                attributes = child.attributes
                if "hidden" not in attributes and not HIDDEN.search(attributes.get("style") or ""):
                    block = tag in BLOCK
                    if block:
                        end_line()
                    walk(child, preformatted or tag == "pre")
                    if block:
                        end_line()
            child = child.next

    if body is not None:
        sys.setrecursionlimit(20_000)
        walk(body, False)
        end_line()
    return lines


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "target/lines/text"
    out.mkdir(parents=True, exist_ok=True)
    pages = truth()
    for page in pages:
        (out / f"{page}.txt").write_text("\n".join(visible_lines(html(page))) + "\n", encoding="utf-8")
    print(f"{len(pages)} pages in {out}")


if __name__ == "__main__":
    main()
