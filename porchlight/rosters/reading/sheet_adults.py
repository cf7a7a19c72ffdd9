"""Which rows of a families sheet speak of one and the same adult."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from porchlight.rosters.reading.problems import Report, Severity, Sort
from porchlight.rosters.reading.sheet_cells import Entry
from porchlight.toolbox.folding import fold


@dataclass(slots=True)
class Adult:
    """One adult as the rows about her add up."""

    name: str
    entries: list[tuple[str, Entry]] = field(default_factory=list)  # child's key, row
    key: str = ""

    @property
    def contacts(self) -> set[tuple[str, str]]:
        """Every (channel, address) given for her."""
        return {point for _, row in self.entries for point in row.contacts}

    def said(self, name: str) -> str | None:
        """The first row that says something about a field decides."""
        return next((value for _, row in self.entries if (value := getattr(row, name)) is not None), None)


def name_of(row: Entry) -> str:
    """What an adult is told apart by; some are known by their child alone."""
    return fold(row.guardian) or f"{fold(row.addressed_as or '') or row.relation or ''}…"


def mark(words: str) -> str:
    """Words as part of a key: short, and naming nobody."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def one_person_each(rows: list[tuple[str, Entry]], report: Report, file: str) -> Iterator[Adult]:
    """Rows about the same adult, brought together; in the order of the sheet."""
    adults: list[Adult] = []
    seen: dict[tuple[str, ...], Adult] = {}
    for child, row in rows:
        name = name_of(row)
        marks: list[tuple[str, ...]] = [("id", row.guardian_id)] if row.guardian_id else []
        marks += [(name, "child", child)]
        marks += [(name, channel, value) for channel, value in row.contacts]
        # A number the sheet gives an adult decides; without one, the name with a child, a number or a home does.
        adult = next((seen[mark] for mark in (marks[:1] if row.guardian_id else marks) if mark in seen), None)
        at_home = (name, "home", fold(row.home)) if row.home and name != "…" and not row.guardian_id else None
        if adult is None and at_home in seen:
            adult = seen[at_home]
            if row.contacts and adult.contacts and not adult.contacts & set(row.contacts):
                report.add(
                    "sheet.same_name_apart",
                    Severity.GUESSED,
                    file,
                    row.line,
                    "guardian",
                    row.guardian,
                    sort=Sort.NAME,
                )
                adult = None
        if adult is None:
            adult = Adult(name)
            adults.append(adult)
        adult.entries.append((child, row))
        seen.update(dict.fromkeys(marks, adult))
        if at_home:
            seen.setdefault(at_home, adult)
    yield from adults
