"""The words of an HTML mail as plain lines: quoted parts get their ">", nothing is fetched, no script survives."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3

BLOCKS = {
    "p", "div", "ul", "ol", "li", "table", "tr", "pre", "hr", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
SPACED = {"p", "blockquote", "table", "h1", "h2", "h3", "h4", "h5", "h6"}
KEPT = BLOCKS | {"br", "td", "th", "span", "a", "b", "i", "strong", "em"}
VOID = {"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr", "source"}
LONGEST = 500_000  # characters of a page that are read; a family's own words stand at its top
DEEPEST, MOST_TAGS = (
    100,
    20_000,
)  # cleaning takes time with the square of the depth; real mails stay far below
DEEPEST_QUOTE = 30  # marks at the start of a line; what is quoted deeper is not read by anybody
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")


def to_text(html: str) -> str:
    """Plain text with one line per block, `> ` before what stands in a blockquote. Never raises."""
    reader = _Reader()
    reader.feed(nh3.clean(_bounded(html), tags=KEPT, attributes={}, link_rel=None))
    reader.close()
    return reader.text()


def _bounded(html: str) -> str:
    """The page's first LONGEST characters and MOST_TAGS tags; those deeper than DEEPEST become line breaks."""
    html = "<".join(html[:LONGEST].split("<", MOST_TAGS)[:MOST_TAGS])
    depth = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in VOID:
            return tag[0]
        depth = max(0, depth - 1) if tag[1] else depth + 1
        return tag[0] if depth < DEEPEST else "<br>"

    return _TAG.sub(keep, html)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line: list[str] = []
        self.depth = 0
        self.plain = 0  # inside <pre>

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._end_line(space=tag in SPACED)
        if tag == "br":
            self._end_line(even_empty=True)
        elif tag == "hr":
            self.line.append("_" * 32)
            self._end_line()
        elif tag == "li":
            self.line.append("- ")
        elif tag in ("td", "th") and self.line:
            self.line.append(" ")
        self.depth += tag == "blockquote"
        self.plain += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end_line(space=tag in SPACED)
        self.depth -= tag == "blockquote"
        self.plain -= tag == "pre"

    def handle_data(self, data: str) -> None:
        if not self.plain:
            self.line.append(_SPACES.sub(" ", data))
            return
        *whole, rest = data.split("\n")
        for piece in whole:
            self.line.append(piece)
            self._end_line(even_empty=True)
        self.line.append(rest)

    def _end_line(self, *, space: bool = False, even_empty: bool = False) -> None:
        text = "".join(self.line)
        text = text.rstrip() if self.plain else _SPACES.sub(" ", text).strip()
        self.line = []
        if text or even_empty:
            self.lines.append(self._quoted(text))
        if space and self.lines and self.lines[-1].strip("> "):
            self.lines.append(self._quoted(""))

    def _quoted(self, text: str) -> str:
        return ("> " * min(self.depth, DEEPEST_QUOTE) + text).rstrip()

    def text(self) -> str:
        self._end_line()
        kept: list[str] = []
        for line in self.lines:
            if line or (kept and kept[-1]):
                kept.append(line)
        while kept and not kept[-1].strip("> "):
            kept.pop()
        return "\n".join(kept).strip("\n")
