"""Rows out of bytes: encodings, separators and quotes as real exporters write them, with limits on everything.

A row costs its parsing and little more, since a town's roster has a million of them. Rows that cannot be trusted
are reported with their line and left out; only an unclosed quote ends the file, because nobody can say which
rows it swallowed.
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from porchlight.rosters.reading.problems import Refused, Report, Severity

LONGEST_LINE = 256 << 10  # bytes; the longest real one seen has 2 KB
LONGEST_CELL = 64 << 10  # characters
MOST_COLUMNS = 500
SEPARATORS = ",;\t|"
LOOK_AT = 64 << 10  # bytes read ahead to know the encoding
BLOCK = 64 << 10  # bytes decoded at once, to the end of their last line

type Row = tuple[int, list[str]]


@dataclass(slots=True)
class Lines:
    """Decodes line by line and tells which line it had to guess about."""

    stream: BinaryIO
    file: str
    report: Report
    number: int = 0

    def __iter__(self) -> Iterator[str]:
        head = _peek(self.stream)
        if _is_utf16(head):
            return self._wide(head)
        if b"\r" in head and b"\n" not in head:
            return self._universal()
        return chain.from_iterable(self._plain())  # a million lines pass by: no step of ours for each

    def _plain(self) -> Iterator[Iterable[str]]:
        """UTF-8 with or without BOM; a line that is not UTF-8 is read as Windows-1252 and said so.

        Lines are looked at by the block, and one by one only where a block holds something odd.
        """
        block = self.stream.read(BLOCK).removeprefix(codecs.BOM_UTF8)
        while block:
            if not block.endswith(b"\n"):
                block += self.stream.readline(LONGEST_LINE)
            text = _faultless(block)
            if text is None:
                yield map(self._decoded, io.BytesIO(block))
            else:
                # Without a quote no cell goes over a line's end, and the shorter way is the same.
                yield io.StringIO(text, newline="\n") if '"' in text else text.removesuffix("\n").split("\n")
                self.number += text.count("\n")
            block = self.stream.read(BLOCK)

    def _decoded(self, raw: bytes) -> str:
        self.number += 1
        if len(raw) >= LONGEST_LINE:
            raise Refused("file.line_too_long", self.file, self.number, most=LONGEST_LINE >> 10)
        if b"\0" in raw:
            self.report.add("row.null_characters", Severity.GUESSED, self.file, self.number)
            raw = raw.replace(b"\0", b"")
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            self.report.add("file.guessed_encoding", Severity.GUESSED, self.file, self.number)
            text = raw.decode("cp1252", errors="replace")
        return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)

    def _wide(self, head: bytes) -> Iterator[str]:
        """UTF-16, as spreadsheets write "Unicode text"."""
        name = (
            "utf-16" if head[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else _wide_without_mark(head)
        )
        self.report.add("file.utf16", Severity.NOTED, self.file)
        yield from self._text(name)

    def _universal(self) -> Iterator[str]:
        """Lines ended as old Macs did."""
        yield from self._text("utf-8-sig" if _is_utf8(_peek(self.stream)) else "cp1252")

    def _text(self, encoding: str) -> Iterator[str]:
        text = io.TextIOWrapper(self.stream, encoding=encoding, newline="")
        try:
            while line := text.readline(LONGEST_LINE):
                self.number += 1
                if len(line) >= LONGEST_LINE:
                    raise Refused("file.line_too_long", self.file, self.number, most=LONGEST_LINE >> 10)
                yield unicodedata.normalize("NFC", line.replace("\0", ""))
        except UnicodeError:
            raise Refused("file.unreadable_encoding", self.file, self.number + 1) from None
        finally:
            text.detach()


def read_rows(stream: BinaryIO, file: str, report: Report) -> Iterator[Row]:
    """(line, cells) of every row, the header first; empty lines are skipped.

    The line is the row's first, counting from 1. Raises Refused for what no later row can repair.
    """
    lines = iter(Lines(stream, file, report))
    first, separator = _first_line(lines, file, report)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(
        chain(first.splitlines(keepends=True), lines),
        delimiter=separator,
        strict=True,
        skipinitialspace=separator == ",",
    )
    before = 0
    while True:
        try:
            for cells in reader:
                line, before = before + 1, reader.line_num
                if cells:
                    yield line, cells
            return
        except csv.Error as error:
            line, last, before = before + 1, reader.line_num, reader.line_num
            _bad_quotes(str(error), file, line, last, report)


def _bad_quotes(error: str, file: str, line: int, last: int, report: Report) -> None:
    """A line with stray quotes is left out; a quote that swallowed further lines refuses the file."""
    if "unexpected end of data" in error or "field limit" in error or last > line:
        raise Refused("file.unclosed_quote", file, line)
    report.add("row.bad_quotes", Severity.LEFT_OUT, file, line)


def _first_line(lines: Iterator[str], file: str, report: Report) -> tuple[str, str]:
    """The first line that says something, and the separator it is written with.

    Spreadsheets may put `sep=;` on a line of its own before the header; that line is kept as an empty one.
    """
    skipped = ""
    for line in lines:
        if line.strip().lower().startswith("sep=") and len(line.strip()) == 5:
            return skipped + "\n", line.strip()[4]
        if line.strip():
            return skipped + line, _separator(line, file, report)
        skipped += line.rstrip("\n") + "\n"  # so that it goes on counting
    return "", ","


def _separator(header: str, file: str, report: Report) -> str:
    best = max(SEPARATORS, key=header.count)
    if best != "," and header.count(best):
        report.add("file.guessed_separator", Severity.GUESSED, file, 1, value="tab" if best == "\t" else best)
        return best
    return ","


def _peek(stream: BinaryIO) -> bytes:
    peek = getattr(stream, "peek", None)
    if peek is not None:
        return bytes(peek(LOOK_AT)[:LOOK_AT])
    head = stream.read(LOOK_AT)
    stream.seek(0)
    return head


def _faultless(block: bytes) -> str | None:
    """Whole lines as text, None when one of them is not plain UTF-8 or may be too long."""
    if len(block) - block.rfind(b"\n", 0, -1) > LONGEST_LINE or b"\0" in block:
        return None
    try:
        text = block.decode()
    except UnicodeDecodeError:
        return None
    return text if block.isascii() or unicodedata.is_normalized("NFC", text) else None


def _is_utf16(head: bytes) -> bool:
    if head[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return True
    return len(head) >= 4 and max(head[:400:2].count(0), head[1:400:2].count(0)) > len(head[:400]) // 4


def _wide_without_mark(head: bytes) -> str:
    return "utf-16-le" if head[1:400:2].count(0) > head[:400:2].count(0) else "utf-16-be"


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
