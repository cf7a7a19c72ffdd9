"""What was refused, left out or guessed, row by row, without spreading anyone's details."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from porchlight.rosters.reading.reasons import REASONS

KEPT_OF_A_KIND = 50  # problems kept word for word for one code in one file and field; the rest are counted
KEPT_ALTOGETHER = 5_000
LONGEST_VALUE = 60
NOTHING: Mapping[str, Any] = MappingProxyType({})


class Severity(enum.StrEnum):
    """What became of the thing, from worst to mildest."""

    REFUSED = "refused"  # the bundle, or a whole file of it, was not read
    LEFT_OUT = "left_out"  # this row was not taken; a person already here stays as they are
    DROPPED = "dropped"  # the row was taken without this value
    GUESSED = "guessed"  # taken, but read in a way the file did not say
    NOTED = "noted"  # taken as written; worth knowing


class Sort(enum.StrEnum):
    """What sort of value a cell holds: how much of it may be repeated in a report."""

    WORD = "word"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    BIRTHDAY = "birthday"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the report. `line` counts from 1, the header; 0 means the whole file."""

    code: str
    severity: Severity
    file: str = ""
    line: int = 0
    field: str = ""
    value: str = ""  # already shortened
    details: Mapping[str, Any] = NOTHING

    @property
    def reason(self) -> str:
        """What happened and what to do, in the reader's language."""
        facts = {
            "file": self.file,
            "line": self.line,
            "field": self.field,
            "value": self.value,
            **self.details,
        }
        return str(REASONS[self.code]) % facts

    def stored(self) -> dict[str, Any]:
        """To keep in the database and say again later, in another reader's language."""
        return {**self.as_dict(), "details": dict(self.details)}

    @classmethod
    def from_stored(cls, kept: Mapping[str, Any]) -> Problem:
        """What `stored` kept."""
        return cls(
            kept["code"],
            Severity(kept["severity"]),
            kept["file"],
            kept["line"],
            kept["field"],
            kept["value"],
            kept["details"],
        )

    def as_dict(self) -> dict[str, Any]:
        """For `--json` and the stored report."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "file": self.file,
            "line": self.line,
            "field": self.field,
            "value": self.value,
            "reason": self.reason,
        }


class Refused(Exception):
    """Nothing can be read; `problem` says why and what to do. An outcome for the reader, not a fault of ours."""

    def __init__(self, code: str, file: str = "", line: int = 0, **details: Any) -> None:
        self.problem = Problem(code, Severity.REFUSED, file, line, details=details)
        super().__init__(self.problem.reason)


@dataclass(slots=True)
class Report:
    """Collects problems: the first of each kind word for word, all of them counted, so memory stays flat."""

    kept: list[Problem] = field(default_factory=list)
    counts: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)

    def add(
        self,
        code: str,
        severity: Severity,
        file: str = "",
        line: int = 0,
        field: str = "",
        value: str = "",
        *,
        sort: Sort = Sort.WORD,
        **details: Any,
    ) -> None:
        """Add a problem; `value` is shortened by its sort."""
        kind = (code, severity.value, file, field)
        self.counts[kind] += 1
        if self.counts[kind] <= KEPT_OF_A_KIND and len(self.kept) < KEPT_ALTOGETHER:
            self.kept.append(Problem(code, severity, file, line, field, shorten(value, sort), details))

    def note(self, problem: Problem) -> None:
        """One made elsewhere, counted and kept as `add` does."""
        kind = (problem.code, problem.severity.value, problem.file, problem.field)
        self.counts[kind] += 1
        if self.counts[kind] <= KEPT_OF_A_KIND and len(self.kept) < KEPT_ALTOGETHER:
            self.kept.append(problem)

    def add_more(self, code: str, severity: Severity, file: str, field: str, times: int) -> None:
        """Count repetitions that are not shown."""
        self.counts[(code, severity.value, file, field)] += times

    def add_problem(self, problem: Problem) -> None:
        """Add one that is already made."""
        self.counts[(problem.code, problem.severity.value, problem.file, problem.field)] += 1
        self.kept.append(problem)

    def total(self, severity: Severity) -> int:
        """How many of this severity, shown or not."""
        return sum(times for kind, times in self.counts.items() if kind[1] == severity.value)

    @property
    def codes(self) -> set[str]:
        """Every code that occurred."""
        return {kind[0] for kind in self.counts}

    def worst_first(self) -> Iterator[Problem]:
        """In the order a person should read them."""
        order = {severity: place for place, severity in enumerate(Severity)}
        yield from sorted(
            self.kept, key=lambda problem: (order[problem.severity], problem.file, problem.line)
        )


def shorten(value: str, sort: Sort = Sort.WORD) -> str:
    """As much of a cell as a report may repeat: enough to find the row, too little to pass on."""
    value = value.strip()
    match sort:
        case Sort.NOTE:
            return "…" if value else ""
        case Sort.BIRTHDAY:  # its shape tells what is wrong with it
            value = "".join("9" if letter.isdigit() else letter for letter in value)
        case Sort.NAME:
            return " ".join(f"{part[0]}…" for part in value.split()[:4])
        case Sort.PHONE:
            digits = [letter for letter in value if letter.isdigit()]
            return f"…{''.join(digits[-2:])}" if len(digits) > 4 else value[:LONGEST_VALUE]
        case Sort.EMAIL if "@" in value:
            box, _, host = value.rpartition("@")
            return f"{box[:1]}…@{host}"[:LONGEST_VALUE]
    return value if len(value) <= LONGEST_VALUE else f"{value[: LONGEST_VALUE - 1]}…"
