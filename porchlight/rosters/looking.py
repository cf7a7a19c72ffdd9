"""Looks at a file without changing anything: what it holds, what it would change, what is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Max

from porchlight.rosters.adopting import adopt, how_many_new, is_new
from porchlight.rosters.comparing import compare, known, load_links
from porchlight.rosters.merging import merges, tally
from porchlight.rosters.models import RosterImport, Source
from porchlight.rosters.reading.bundles import Wanted, is_sheet, read_bundle
from porchlight.rosters.reading.oneroster import Contents, Mode
from porchlight.rosters.reading.problems import Report
from porchlight.rosters.reading.records import KINDS, count
from porchlight.rosters.reading.staging import Staging
from porchlight.rosters.roll import load_roll
from porchlight.schools.models import School
from porchlight.schools.wall import school_context

# Whose absence is somebody's absence. A number that changes is not: it goes with a new one in its place.
COUNTED = ("class", "staff", "student", "guardian", "tie", "enrolment", "teaching", "contact")

type Step = Callable[[str], None]


def quietly(_what: str) -> None:
    """No progress to show."""


@dataclass(slots=True)
class Look:
    """What a file came to, while its staging file lasts."""

    staging: Staging
    school: School
    source: Source
    contents: Contents
    report: Report
    seen: tuple[Any, ...]  # which imports had been taken when we looked
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    samples: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def too_many_removals(self, most: float) -> list[str]:
        """Kinds of which more than `most` per cent of the rows here would go, with nobody having said so."""
        return [
            kind
            for kind, states in self.counts.items()
            if states.get("going", 0) * 100 > most * states.get("here", 0)
        ]


@contextmanager
def look(
    *,
    path: Path,
    school: School,
    now: datetime,
    org: str = "",
    mode: str = "",
    step: Step = quietly,
) -> Iterator[Look]:
    """Read, check and compare a bundle or sheet. Raises Refused when there is nothing to read at all."""
    report = Report()
    source = Source.SHEET if is_sheet(path) else Source.ROSTER
    with Staging() as staging:
        step("links")
        with school_context(school):
            load_links(staging, school, source)
            if source is Source.SHEET:
                load_roll(staging, school, now=now)
            seen = imports_so_far(school)
        step("reading")
        wanted = Wanted(school.country, school.name, org, Mode(mode) if mode else None, known(staging))
        contents = read_bundle(path, staging, report, wanted)
        step("comparing")
        looked = Look(staging, school, source, contents, report, seen)
        if contents.importable:
            compare(staging, contents)
            with school_context(school):
                adopt(staging, school)
                _count(looked, now)
        yield looked


def imports_so_far(school: School) -> tuple[Any, ...]:
    """Changes when any import is taken or taken back."""
    latest = RosterImport.objects.in_school(school).aggregate(Max("applied_at"), Max("undone_at"))
    return tuple(latest.values())


def _count(looked: Look, now: datetime) -> None:
    told = count(looked.staging)
    found, samples = tally(merges(looked.staging, looked.school, looked.source, now=now))
    for kind in KINDS:
        states = {state: found[(kind.name, state)] for state in ("changed", "returned", "removed", "kept")}
        states["added"] = how_many_new(looked.staging, kind.name)
        here = "SELECT count(*) FROM link WHERE kind = ? AND gone IS NULL"
        states["here"] = int(looked.staging.value(here, [kind.name]))
        states["going"] = _going(kind.name, states, looked.source)
        states["told"] = told[kind.name]
        states["same"] = told[kind.name] - states["added"] - states["changed"] - states["returned"]
        if any(states.values()):
            looked.counts[kind.name] = states
        looked.samples[kind.name] = {
            state: words for (of, state), words in samples.items() if of == kind.name and words
        }
        looked.samples[kind.name]["added"] = _new_names(looked.staging, kind.name, kind.fields[0])


def _going(kind: str, states: dict[str, int], source: Source) -> int:
    if kind not in COUNTED:
        return 0
    # In a sheet a child has one class: whoever changes it goes from one place to another.
    moves = kind == "contact" or (source is Source.SHEET and kind in {"enrolment", "teaching"})
    return max(0, states["removed"] - states["added"]) if moves else states["removed"]


def _new_names(staging: Staging, kind: str, name: str) -> list[str]:
    if name not in {"name", "label"} or not how_many_new(staging, kind):
        return []
    found = staging.rows(
        f'SELECT t."{name}" FROM "told_{kind}" t WHERE {is_new(kind)} AND t."{name}" <> \'\''
        " ORDER BY t.line LIMIT 10"
    )
    return [row[0] for row in found]


def digest(path: Path) -> str:
    """SHA-256 of a file, or of all files of a folder with their names."""
    mark = hashlib.sha256()
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        if file.is_file():
            mark.update(file.name.encode() if path.is_dir() else b"")
            with file.open("rb") as stream:
                while chunk := stream.read(1 << 20):
                    mark.update(chunk)
    return mark.hexdigest()
