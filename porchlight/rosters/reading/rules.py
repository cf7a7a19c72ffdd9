"""A rule is one line of SQL over a file's table; all rules of a file are tried in one walk over its rows.

Most files break few rules. So the walk only says which may be broken at all, and only those are then asked for their
rows, one by one, in the order in which rows leave. Where a column says few different things (a role, a date), each is
tried once instead of every row.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

from porchlight.rosters.reading.problems import NOTHING, Report, Severity, Sort
from porchlight.rosters.reading.staging import Staging

MOST_CASES = 10_000  # of the words of columns, one with another
TOO_MANY = range(MOST_CASES + 1)


@dataclass(frozen=True, slots=True)
class Rule:
    """What is wrong with a row of the table `t` for which `where` holds."""

    code: str
    severity: Severity
    field: str
    where: str
    sort: Sort = Sort.WORD
    once: bool = False  # show the first row and count the others, for what a whole file does
    also: tuple[str, ...] = ()  # other columns that `where` looks at
    details: Mapping[str, Any] = NOTHING


class Walk:
    """Which rules of a file may be broken, found out at once."""

    def __init__(self, staging: Staging, table: str, rules: Iterable[Rule]) -> None:
        self.staging, self.table = staging, table
        self._words = staging.words.get(table, {})
        self.broken: set[str] = set()
        by_columns: dict[tuple[str, ...], list[str]] = {}
        for rule in rules:
            columns = (rule.field, *rule.also)
            few = prod(len(self._words.get(column, TOO_MANY)) for column in columns) <= MOST_CASES
            by_columns.setdefault(columns if few else (), []).append(rule.where)
        for columns, wheres in by_columns.items():
            self._try(columns, list(dict.fromkeys(wheres)))

    def _try(self, columns: tuple[str, ...], wheres: list[str]) -> None:
        """By every row; or, where columns say few different things, by every case of those alone."""
        source, cases = f'"{self.table}" t', []
        if columns:
            each = ", ".join(
                f'{letter}.value AS "{column}"' for letter, column in zip("abc", columns, strict=False)
            )
            lists = ", ".join(
                f"json_each(?) {letter}" for letter, _column in zip("abc", columns, strict=False)
            )
            source = f"(SELECT {each} FROM {lists}) t"
            cases = [json.dumps(list(self._words[column])) for column in columns]
        marks = ", ".join(f"max({where}) > 0" for where in wheres)
        [found] = self.staging.rows(f"SELECT {marks}, 0 FROM {source}", cases)
        self.broken.update(where for where, broken in zip(wheres, found, strict=False) if broken)

    def report(self, report: Report, rules: Iterable[Rule]) -> bool:
        """Report the rows that break these rules; those to leave out go with the next `let_go`. Whether any did."""
        hits = [
            self.staging.flag(
                report,
                rule.code,
                rule.severity,
                self.table,
                rule.field,
                rule.where,
                sort=rule.sort,
                once=rule.once,
                **rule.details,
            )
            for rule in rules
            if rule.where in self.broken
        ]
        return any(hits)
