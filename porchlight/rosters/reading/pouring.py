"""Rows into their table of staging, with as little handling of each as can be.

Most columns of a real export are empty from the first row to the last. A column is bound only from the row on that
says something in it; before that, the table's own empty text stands there. And what a column says is remembered, each
word once, as long as it is little: roles, dates and schools repeat, so they need judging only once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import batched
from operator import itemgetter
from string import ascii_letters, digits
from typing import Any

from porchlight.rosters.reading.staging import Staging

MOST_WORDS = 1_000  # a column that says more is judged row by row
AT_ONCE = 1_024  # rows
ID_LETTERS = (ascii_letters + digits + "-._/@").encode()


class Pouring:
    """One file's rows. Each ends in an empty cell and its line; `places` says where each column stands in it."""

    def __init__(self, staging: Staging, table: str, places: Mapping[str, int]) -> None:
        self.staging, self.table, self.places = staging, table, places
        self.bound = list(places)[:1]
        self.words: dict[str, set[str]] = {name: set() for name in self.bound}
        self._waiting: list[Any] | None = None  # the row that says something in a column not bound yet
        self._plain = "sourcedId" in places

    def pour(self, rows: Iterator[list[Any]]) -> None:
        """All of them."""
        row, before = next(rows, None), False
        while row is not None:
            new = [name for name, place in self.places.items() if row[place] and name not in self.bound]
            self.words |= {name: {""} if before else set() for name in new}
            self.bound += new
            self._waiting, before = None, True
            self.staging.fill(self.table, ["line", *self.bound], self._listen(self._some(row, rows)))
            row = self._waiting
        self.words |= {name: {""} for name in self.places if name not in self.bound}
        self.words.pop("sourcedId", None)  # they are all different, and not tidy yet
        self.staging.words[self.table] = self.words
        if self._plain:
            self.staging.plain.add(self.table)

    def _some(self, row: list[Any], rows: Iterator[list[Any]]) -> Iterator[tuple[Any, ...]]:
        """(line, bound cells…) of rows up to the next one that says something elsewhere."""
        pick = itemgetter(-1, *(self.places[name] for name in self.bound))
        elsewhere = itemgetter(
            -2, -2, *(place for name, place in self.places.items() if name not in self.bound)
        )
        nothing = elsewhere([""] * len(row))
        yield pick(row)
        for cells in rows:
            if elsewhere(cells) != nothing:
                self._waiting = cells
                return
            yield pick(cells)

    def _listen(self, rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """The same rows, while the words of each column are heard."""
        for some in batched(rows, AT_ONCE):
            for name, cells in zip(self.bound, list(zip(*some, strict=True))[1:], strict=True):
                if name == "sourcedId" and self._plain:
                    self._plain = not "".join(cells).encode().translate(None, ID_LETTERS)
                if name in self.words:
                    self.words[name].update(cells)
                    if len(self.words[name]) > MOST_WORDS:
                        del self.words[name]
            yield from some
