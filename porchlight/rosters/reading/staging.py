"""A temporary SQLite file that holds a roster while it is read: memory stays flat, and checks are plain SQL.

Nothing of ours is in it and nothing of it outlives the reading; the file lies in a folder only this process may read.
"""

from __future__ import annotations

import gc
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any, Self

from porchlight.rosters.reading.problems import KEPT_OF_A_KIND, Report, Severity, Sort

PAGE = 16 << 10  # bytes: rows are written and read one after the other
CACHE = 32 << 10  # KB of pages kept in memory
AT_ONCE = 64  # rows in one statement
NUMBER = "_at"  # after a column that names somebody: whom, by the line in their file


class Staging:
    """Tables named after the roster's files, each row with its `line`; and the school they add up to."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="roster-")
        self.path = Path(self._folder.name) / "staging.sqlite3"
        self.words: dict[
            str, dict[str, set[str]]
        ] = {}  # by file and column: all that its cells say, where it is little
        self.new: dict[
            str, int
        ] = {}  # how many told records of a kind nobody here is, where that was counted
        self.ids: dict[
            str, dict[str, int]
        ] = {}  # by file, while files are loaded: id → line, of not too many
        self.numbers: dict[str, int] = {}  # of how many rows of a file the ids were remembered
        self.numbered: set[str] = set()  # files whose rows came with the numbers of whom they name
        self.plain: set[str] = set()  # files whose ids are all written as the standard asks
        self.db = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        self.db.executescript(
            f"PRAGMA page_size={PAGE}; PRAGMA journal_mode=OFF;"
            f"PRAGMA synchronous=OFF; PRAGMA cache_size=-{CACHE}; PRAGMA temp_store=FILE;"
            "CREATE TABLE leaving (file TEXT, line INTEGER);"  # rows to leave out once every rule has looked at them
            "CREATE TABLE held (file TEXT, id TEXT, a TEXT, b TEXT);"  # whom left-out rows spoke of: they stay
            "CREATE TABLE known (file TEXT, id TEXT);"  # ids we have from earlier imports, for delta files
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Forget everything."""
        self.db.close()
        self._folder.cleanup()

    def create(self, table: str, columns: Sequence[str], named: Iterable[str] = ()) -> None:
        """A table of text columns, empty unless said; `line` is the row's line in its file and, being the key, free.

        For each of the `named` there is room for the number of who is named.
        """
        texts = [f"\"{column}\" TEXT NOT NULL DEFAULT ''" for column in columns]
        names = ", ".join([*texts, *(f'"{column}{NUMBER}" INTEGER' for column in named)])
        self.db.execute(f'CREATE TABLE "{table}" (line INTEGER PRIMARY KEY, {names})')

    def fill(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add rows as they come, with values for these columns."""
        into = f'INSERT INTO "{table}" ({", ".join(f'"{column}"' for column in columns)}) VALUES '
        marks, width = f"({','.join('?' * len(columns))})", len(columns)
        # Many in one statement: each costs more than the few values in it.
        whole, values = into + ",".join([marks] * AT_ONCE), chain.from_iterable(rows)
        with self.at_once():
            while some := tuple(islice(values, width * AT_ONCE)):
                rest = len(some) // width
                self.db.execute(whole if rest == AT_ONCE else into + ",".join([marks] * rest), some)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """One transaction of many statements; within another, none of its own."""
        if self.db.in_transaction:
            yield
            return
        collecting = gc.isenabled()
        gc.disable()  # rows come and go by the million, and nothing of them points back at itself
        self.db.execute("BEGIN")
        try:
            yield
        finally:
            self.db.execute("COMMIT")
            if collecting:
                gc.enable()

    def run(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        """One statement."""
        return self.db.execute(sql, parameters)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """What a query finds, row by row."""
        return iter(self.db.execute(sql, parameters))

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first value of the first row, None when there is none."""
        row = self.db.execute(sql, parameters).fetchone()
        return row[0] if row else None

    def functions(self, named: Mapping[str, Callable[[], Any]]) -> None:
        """Functions without arguments that SQL may call."""
        for name, function in named.items():
            self.db.create_function(name, 0, function)

    def has(self, table: str) -> bool:
        """Whether a table is here."""
        return bool(self.value("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [table]))

    def columns(self, table: str) -> list[str]:
        """Its columns of text."""
        names = [row[1] for row in self.db.execute(f'PRAGMA table_info("{table}")')][1:]
        return [name for name in names if not name.endswith(NUMBER)]

    def flag(
        self,
        report: Report,
        code: str,
        severity: Severity,
        table: str,
        field: str,
        where: str,
        *,
        sort: Sort = Sort.WORD,
        once: bool = False,
        **details: Any,
    ) -> int:
        """Report every row of a table for which `where` holds. Rows to leave out go with the next `let_go`.

        `where` is SQL over the table, called `t`. `once` shows the first row and counts the others, for what a
        whole file does. Returns how many rows it hit.
        """
        shown = f't."{field}"' if field in self.columns(table) else "''"
        source = f'FROM "{table}" t WHERE ({where})'
        most = 1 if once else KEPT_OF_A_KIND
        found = list(self.rows(f"SELECT t.line, {shown} {source} ORDER BY t.line LIMIT {most}"))
        if not found:
            return 0
        more = 0
        if len(found) == most:
            more = int(self.value(f"SELECT count(*) {source}")) - len(found)
        file = f"{table}.csv"
        for line, value in found:
            report.add(code, severity, file, line, field, value or "", sort=sort, **details)
        if more:
            report.add_more(code, severity, file, field, more)
        if severity is Severity.LEFT_OUT:
            self.run(f"INSERT INTO leaving SELECT '{table}', t.line {source}")
        return len(found) + more

    def let_go(self, table: str, a: str = "", b: str = "") -> None:
        """Take the flagged rows out of a table and hold their ids, and the ids in columns `a` and `b`."""
        lines = f"SELECT line FROM leaving WHERE file = '{table}'"
        if not self.value(f"{lines} LIMIT 1"):
            return
        columns = self.columns(table)
        named = [f'"{name}"' if name in columns else "''" for name in ("sourcedId", a, b)]
        self.run(
            f"INSERT INTO held SELECT '{table}', {', '.join(named)} FROM \"{table}\" WHERE line IN ({lines})"
        )
        self.run(f'DELETE FROM "{table}" WHERE line IN ({lines})')
        self.run("DELETE FROM leaving WHERE file = ?", [table])
