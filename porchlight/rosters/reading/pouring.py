"""Rows into their table of staging, with as little handling of each as can be.

They come and go by the block. Most columns of a real export are empty from the first row to the last: a column is bound
only from the block on that says something in it; before that, the table's own empty text stands there. And what a
column says is remembered, each word once, as long as it is little: roles, dates and schools repeat, so they need
judging only once.

Ids are long and random. While there are not too many of them, the lines of people and classes are remembered by their
ids, so that the rows of later files come with the numbers of whom they name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import ascii_letters, digits

from porchlight.rosters.reading.oneroster_files import NAMED
from porchlight.rosters.reading.staging import NUMBER, Staging

MOST_WORDS = 1_000  # a column that says more is judged row by row
MOST_IDS = 150_000  # of a file; about 200 bytes each
TARGETS = {target for columns in NAMED.values() for target in columns.values()}
ID_LETTERS = (ascii_letters + digits + "-._/@").encode()

type Block = tuple[Sequence[int], Sequence[Sequence[str]]]  # lines, and the cells of each


class Pouring:
    """One file's rows; `places` says where each column stands in them, `missing` which columns stand nowhere."""

    def __init__(
        self, staging: Staging, table: str, places: Mapping[str, int], missing: Iterable[str] = ()
    ) -> None:
        self.staging, self.table, self.places = staging, table, places
        self.bound: list[str] = []
        self.words: dict[str, set[str]] = {name: {""} for name in missing}
        self._plain = "sourcedId" in places
        self._rows = 0
        self._ids: dict[str, int] | None = {} if table in TARGETS and self._plain else None
        names = {name: target for name, target in NAMED.get(table, {}).items() if name in places}
        sure = bool(names) and all(target in staging.ids for target in NAMED[table].values())
        self._named = {name: staging.ids[target] for name, target in names.items()} if sure else {}

    def pour(self, blocks: Iterator[Block]) -> None:
        """All of them."""
        with self.staging.at_once():
            for lines, rows in blocks:
                self._pour(lines, list(zip(*rows, strict=True)))
        self.words |= {name: {""} for name in self.places if name not in self.bound}
        self.words.pop("sourcedId", None)  # they are all different, and not tidy yet
        self.staging.words[self.table] = self.words
        if self._plain:
            self.staging.plain.add(self.table)
            if self._ids is not None and len(self._ids) == self._rows:  # none is there twice
                self.staging.ids[self.table], self.staging.numbers[self.table] = self._ids, self._rows
        if self._named:
            self.staging.numbered.add(self.table)

    def _pour(self, lines: Sequence[int], columns: Sequence[Sequence[str]]) -> None:
        for name, place in self.places.items():
            if name not in self.bound and any(columns[place]):
                self.bound.append(name)
                self.words[name] = {""} if self._rows else set()
        self._rows += len(lines)
        said = [columns[self.places[name]] for name in self.bound]
        self._listen(said)
        if self._ids is not None:
            self._ids.update(zip(columns[self.places["sourcedId"]], lines, strict=True))
            if len(self._ids) > MOST_IDS:
                self._ids = None
        numbers = [map(ids.get, columns[self.places[name]]) for name, ids in self._named.items()]
        names = ["line", *self.bound, *(f"{name}{NUMBER}" for name in self._named)]
        self.staging.fill(self.table, names, zip(lines, *said, *numbers, strict=True))

    def _listen(self, said: Sequence[Sequence[str]]) -> None:
        """Hear the words of each column."""
        for name, cells in zip(self.bound, said, strict=True):
            if name == "sourcedId" and self._plain:
                self._plain = not "".join(cells).encode().translate(None, ID_LETTERS)
            if name in self.words:
                self.words[name].update(cells)
                if len(self.words[name]) > MOST_WORDS:
                    del self.words[name]
