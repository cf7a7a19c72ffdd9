"""Who shares a home. Two adults do only where the sheet gives both the same one and a child ties them together.

Two families called Khan may both be written down as "Khan"; putting them in one home would let each learn of the
other, so they are kept apart and the office is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from porchlight.rosters.reading.problems import Report, Severity, Sort
from porchlight.rosters.reading.records import tell
from porchlight.rosters.reading.sheet_adults import Adult, mark
from porchlight.rosters.reading.sheet_cells import Entry
from porchlight.rosters.reading.staging import Staging
from porchlight.toolbox.folding import fold

NUMBERED = "#"  # no folded label begins with it


def tell_homes(staging: Staging, adults: Iterable[Adult], report: Report, file: str) -> None:
    """Fill `told_home` and `told_member`."""
    named: dict[str, list[tuple[Adult, set[str]]]] = {}
    for adult in adults:
        for label in {_home(row) for _, row in adult.entries if _home(row)}:
            children = {child for child, row in adult.entries if _home(row) == label}
            named.setdefault(label, []).append((adult, children))
    for label, people in named.items():
        groups = [people] if label.startswith(NUMBERED) else list(_tied(people))
        for place, group in enumerate(groups):
            if place:
                line = min(row.line for adult, _ in group for _, row in adult.entries)
                report.add(
                    "sheet.home_of_strangers", Severity.GUESSED, file, line, "home", label, sort=Sort.NAME
                )
            _tell(staging, label, group)


def _home(row: Entry) -> str:
    """What a row's home is told apart by: its number, where the sheet gives one, holds whatever it is called."""
    return f"{NUMBERED}{row.home_id}" if row.home_id else fold(row.home)


def _tied(people: list[tuple[Adult, set[str]]]) -> Iterator[list[tuple[Adult, set[str]]]]:
    """Adults with one label in groups that children tie together, in the order of the sheet."""
    left = list(people)
    while left:
        group, children = [left[0]], set(left[0][1])
        left = left[1:]
        while joined := [person for person in left if person[1] & children]:
            group += joined
            children.update(*(person[1] for person in joined))
            left = [person for person in left if not any(person is found for found in joined)]
        yield group


def _tell(staging: Staging, label: str, group: list[tuple[Adult, set[str]]]) -> None:
    rows = [(adult, child, row) for adult, _ in group for child, row in adult.entries if _home(row) == label]
    home = _key(staging, label, [child for _, child, _ in rows])
    first = rows[0][2]
    tell(staging, "home", home, first.line, first.home or first.guardian or first.child, again="IGNORE")
    for adult, child, row in rows:
        tell(staging, "member", f"{home}|{adult.key}", row.line, home, None, adult.key, again="IGNORE")
        if row.lives_here:
            tell(staging, "member", f"{home}|{child}", row.line, home, child, None, again="IGNORE")


def _key(staging: Staging, label: str, children: list[str]) -> str:
    """The label with one of the children; the one used last time if there is one."""
    keys = [f"home:{mark(label)}@{child}" for child in children]
    known = (
        key
        for key in keys
        if staging.has("link") and staging.value("SELECT 1 FROM link WHERE kind = 'home' AND key = ?", [key])
    )
    return next(known, keys[0])
