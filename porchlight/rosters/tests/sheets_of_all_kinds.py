"""Sheets as schools have them, written by tests: from rows to a grid, to what it is read as, to the pages."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django_ox.testing import run_tasks
from openpyxl import Workbook

from porchlight.rosters.anysheet import actions
from porchlight.rosters.anysheet.earlier import Earlier, earlier
from porchlight.rosters.anysheet.grid import Grid
from porchlight.rosters.anysheet.opening import open_sheet
from porchlight.rosters.anysheet.pointing import Pointing, first_guess
from porchlight.rosters.anysheet.weaving import Woven, weave
from porchlight.rosters.jobs import ask
from porchlight.rosters.models import RosterImport, Sheet, What
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time

type Rows = Sequence[Sequence[Any]]


def as_text(rows: Rows, separator: str = "\t") -> bytes:
    """As a spreadsheet copies its cells, or saves them as text."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def as_workbook(tabs: Mapping[str, Rows], joined: Sequence[str] = ()) -> bytes:
    """As Excel saves them; `joined` are ranges of the first tab."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in tabs.items():
        tab = book.create_sheet(name)
        for row in rows:
            tab.append(list(row))
    for cells in joined:
        book.worksheets[0].merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def opened(content: bytes, folder: Path, name: str = "list.txt") -> Grid:
    path = folder / name
    path.write_bytes(content)
    return open_sheet(path)


def read(
    grid: Grid,
    *,
    country: str = "PK",
    answers: Mapping[str, str] | None = None,
    pointing: Pointing | None = None,
    before: Earlier | None = None,
) -> Woven:
    """As it is read when nobody changes anything that was guessed."""
    return weave(
        grid,
        pointing or first_guess(grid),
        answers=answers or {},
        before=before or Earlier(),
        country=country,
        language="en",
    )


def told(woven: Woven) -> list[tuple[str, str, str, str]]:
    """(child, class, adult, numbers) of each row of the families sheet."""
    return [
        (
            row["child"],
            row["class"],
            row.get("guardian", "") or row.get("relation", ""),
            " ".join(filter(None, (row.get(name) for name in ("phone", "phone_2", "phone_3", "whatsapp")))),
        )
        for row in woven.rows
    ]


def brought(content: bytes, school: School, by: Actor, name: str = "list.txt") -> Sheet:
    with school_context(school):
        return actions.bring(file=ContentFile(content, name=name), name=name, school=school, by=by)


def woven(sheet: Sheet) -> Woven:
    with school_context(sheet.school_id):
        return actions.woven(sheet, actions.cells_of(sheet), earlier(sheet.school, now=school_time.now()))


def looked(sheet: Sheet, by: Actor) -> RosterImport:
    """From the sheet as it is pointed at and answered to what it would change, by the worker."""
    found = woven(sheet)
    with school_context(sheet.school_id):
        actions.look(sheet, actions.cells_of(sheet), found, by=by)
    run_tasks()
    with school_context(sheet.school_id):
        sheet.run.refresh_from_db()
    return sheet.run


def taken(sheet: Sheet, by: Actor, *, confirmed: bool = False) -> RosterImport:
    """And from there to the people."""
    run = looked(sheet, by)
    with school_context(sheet.school_id):
        ask(run, What.TAKE, by=by, confirmed=confirmed)
    run_tasks()
    with school_context(sheet.school_id):
        run.refresh_from_db()
        assert run.applied_at, run.jobs.latest("pk").outcome
    return run


def moved(run: RosterImport) -> dict[tuple[str, str], int]:
    """(kind, state) → how many, of everything that is not as it was."""
    return {
        (kind, state): states[state]
        for kind, states in run.counts.items()
        for state in ("added", "changed", "returned", "removed", "kept")
        if states[state]
    }
