"""Writes the families sheet that the importer reads: one row for each child and each adult beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext, override

from porchlight.rosters.anysheet.adults import name_adults
from porchlight.rosters.anysheet.asked import Asked
from porchlight.rosters.anysheet.children import name_children
from porchlight.rosters.anysheet.earlier import Earlier
from porchlight.rosters.anysheet.grid import Grid
from porchlight.rosters.anysheet.lines import Reading, read
from porchlight.rosters.anysheet.pointing import Pointing
from porchlight.rosters.anysheet.saying import Adult, Child, Line
from porchlight.rosters.reading.sheet_words import COLUMNS

FIELDS = (
    *(
        "row",
        "child",
        "child_id",
        "class",
        "guardian",
        "guardian_id",
        "relation",
        "addressed_as",
        "speaks",
        "reads",
    ),
    *(
        "phone",
        "phone_2",
        "phone_3",
        "whatsapp",
        "email",
        "agreed",
        "home",
        "home_id",
        "teacher",
        "teacher_email",
    ),
    *("restriction", "evidence", "restricted_until"),
)


@dataclass(slots=True)
class Woven:
    """A pointed sheet, understood as far as it can be."""

    reading: Reading
    asked: list[Asked] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)  # field of the families sheet → words

    @property
    def is_open(self) -> bool:
        """Whether something has to be answered before anybody can be brought in."""
        return any(one.is_open for one in self.asked)


def weave(
    grid: Grid,
    pointing: Pointing,
    *,
    answers: Mapping[str, str],
    before: Earlier,
    country: str,
    language: str,
) -> Woven:
    """Read it all. Changes nothing."""
    reading = read(grid, pointing, country=country, answers=answers, classes=before.classes)
    lines = reading.lines
    named = name_children(lines, before, answers, row_per_adult="adult.relation" in pointing.roles)
    reading.otherwise += named.otherwise
    asked = named.asked + name_adults(lines, before, answers)
    with override(language):
        rows = [row for line in lines for row in _rows(line, before)]
    return Woven(reading, asked, rows)


def write(woven: Woven, path: Path) -> None:
    """As a CSV file with the template's own columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow([COLUMNS[name][0] for name in FIELDS])
        out.writerows([row.get(name, "") for name in FIELDS] for row in woven.rows)


def _rows(line: Line, before: Earlier) -> Iterator[dict[str, str]]:
    for child in line.children:
        own = {
            "row": str(line.row),
            "child": child.name,
            "child_id": _number(child, before),
            "class": child.school_class,
            "teacher": line.teacher,
            "teacher_email": line.teacher_email,
        }
        if not line.adults:
            yield own
        for adult in line.adults:
            yield {**own, **_adult(adult, child, line)}


def _number(child: Child, before: Earlier) -> str:
    """Where another system tells who is here, only its own numbers are children's; else the key that stays the same."""
    if before.is_the_roll:
        return child.key
    return child.number if child.number in before.numbers else ""


def _adult(adult: Adult, child: Child, line: Line) -> dict[str, str]:
    phones = adult.phones[:3] + [""] * 3
    home = adult.home or line.label
    return {
        "guardian": adult.name,
        "guardian_id": adult.key,
        "relation": adult.relation,
        "addressed_as": adult.called or ("" if adult.name else known_by(child.name, adult.relation)),
        "speaks": line.language,
        "reads": line.reads,
        **dict(zip(("phone", "phone_2", "phone_3"), phones, strict=False)),
        "whatsapp": next(iter(adult.whatsapps), ""),
        "email": adult.email,
        "agreed": adult.agreed,
        "home": line.label or (adult.name or child.name if home else ""),
        "home_id": adult.home,
        "restriction": adult.restriction,
        "evidence": adult.evidence,
        "restricted_until": adult.restricted_until,
    }


def known_by(child: str, relation: str) -> str:
    """How to address an adult whose name nobody gave, in the school's language."""
    words = {
        "father": gettext("%(child)s’s father"),
        "mother": gettext("%(child)s’s mother"),
    }
    return words.get(relation, gettext("%(child)s’s family")) % {"child": child}
