"""What the office does with any sheet: brings it, points, answers, and has it looked at by the importer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from django.core.files import File
from django.db import transaction

from porchlight.rosters import uploads
from porchlight.rosters.anysheet import grid as grids
from porchlight.rosters.anysheet.earlier import Earlier, earlier
from porchlight.rosters.anysheet.grid import Grid
from porchlight.rosters.anysheet.opening import open_sheet
from porchlight.rosters.anysheet.pointing import Pointing, at_header, first_guess, pointed, to_remember
from porchlight.rosters.anysheet.telling import apart, why_no_number
from porchlight.rosters.anysheet.weaving import Woven, weave, write
from porchlight.rosters.jobs import ask, make_room
from porchlight.rosters.models import RosterImport, Sheet, Source, What
from porchlight.rosters.reading.problems import Problem, Severity
from porchlight.rosters.reading.sheet import NOTES
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox import school_time

GRID = "grid"
LOOKED_BACK = 20  # sheets, for one with the same headings
MOST_OF_THEM = 0.6  # of the children known so far: a sheet with fewer speaks of a part of the school


def bring(*, file: File[bytes], name: str, school: School, by: Actor) -> Sheet:
    """Keep a sheet's cells and guess what they are. Raises Refused for what is no sheet at all."""
    kept, path = uploads.keep(file, as_named=True)
    try:
        grid = open_sheet(path)
        path.unlink()
        stored_as = f"{PurePath(kept).parent}/families.csv"
        grids.store(grid, uploads.beside(stored_as, GRID))
        memory, answers = remembered(school, grid)
        pointing = first_guess(grid, memory)
        with transaction.atomic():
            run = RosterImport.objects.create(
                school=school,
                file_name=name[:200],
                source=Source.SHEET,
                stored_as=stored_as,
                looked_by_id=by.post_id,
            )
            sheet = Sheet.objects.create(school=school, run=run, pointing=pointing.stored(), answers=answers)
        before = earlier(school, now=school_time.now())
        pointing.whole = speaks_of_all(woven(sheet, grid, before), before)
        sheet.pointing = pointing.stored()
        sheet.save(update_fields=["pointing"])
    except BaseException:
        uploads.discard(kept)
        raise
    return sheet


def cells_of(sheet: Sheet) -> Grid:
    """Its cells. Raises FileNotFoundError once it was taken or left."""
    return grids.load(uploads.beside(sheet.run.stored_as, GRID))


def remembered(school: School, grid: Grid) -> tuple[dict[str, str], dict[str, str]]:
    """(heading → role, answers) of the latest sheet whose pointed columns are all here again; empty for a new one."""
    here = set(to_remember(grid, first_guess(grid)))
    for sheet in Sheet.objects.in_school(school).confirmed()[:LOOKED_BACK]:
        told = {name for name, role in sheet.remembered.items() if role}
        if told and told <= here:
            return sheet.remembered, sheet.answers
    return {}, {}


def speaks_of_all(found: Woven, before: Earlier) -> bool:
    """Whether most of the children known so far are in it. A school that knows nobody yet is told of as a whole."""
    told = {child.key for line in found.reading.lines for child in line.children}
    return len(told & set(before.children)) >= len(before.children) * MOST_OF_THEM


def woven(sheet: Sheet, grid: Grid, before: Earlier) -> Woven:
    """The sheet as it is understood with what was pointed at and answered so far."""
    school = sheet.school
    return weave(
        grid,
        pointed(sheet.pointing),
        answers=sheet.answers,
        before=before,
        country=school.country,
        language=school.language,
    )


def point(sheet: Sheet, pointing: Pointing) -> None:
    """Keep what a person pointed at."""
    sheet.pointing = pointing.stored()
    sheet.save(update_fields=["pointing"])


def point_at_header(sheet: Sheet, grid: Grid, header: int, tabs: list[int]) -> Pointing:
    """Another row has the headings, or other tabs count: guess anew from there."""
    memory, _ = remembered(sheet.school, grid)
    whole = pointed(sheet.pointing).whole
    pointing = at_header(grid, tabs, header, memory)
    pointing.whole = whole
    point(sheet, pointing)
    return pointing


def answer(sheet: Sheet, answers: Mapping[str, str]) -> None:
    """Keep what the office said; an empty answer takes an earlier one back."""
    said = {**sheet.answers, **{key: words.strip()[:200] for key, words in answers.items()}}
    sheet.answers = {key: words for key, words in said.items() if words}
    sheet.save(update_fields=["answers"])


def look(sheet: Sheet, grid: Grid, found: Woven, *, by: Actor) -> None:
    """Write the families sheet and have the importer say what it would change. Raises Busy."""
    run, pointing = sheet.run, pointed(sheet.pointing)
    make_room(run.school, again=run)
    write(found, uploads.place(run.stored_as))
    notes = [problem.stored() for problem in _notes(found, run.file_name)]
    uploads.beside(run.stored_as, NOTES).write_text(json.dumps(notes, ensure_ascii=False), encoding="utf-8")
    sheet.remembered, sheet.confirmed_at = to_remember(grid, pointing), school_time.now()
    sheet.save(update_fields=["remembered", "confirmed_at"])
    run.mode = "bulk" if pointing.whole else "delta"
    run.looked_at = None
    run.save(update_fields=["mode", "looked_at"])
    ask(run, What.LOOK, by=by)


def _notes(found: Woven, file: str) -> Iterator[Problem]:
    """What was left out or read otherwise, for the preview's own list."""
    reading = found.reading
    for severity, oddities in (
        (Severity.DROPPED, reading.refused),
        (Severity.GUESSED, reading.otherwise),
        (Severity.LEFT_OUT, reading.skipped),
    ):
        for odd in (one for one in oddities if one.code != "any.typed"):
            facts = apart({"value": odd.written[:60], "read": odd.read, "child": odd.child})
            facts["why"] = why_no_number(odd.why)
            yield Problem(odd.code, severity, file, odd.row, odd.heading, facts.pop("value"), facts)
    unsaid = sum(one.kind == "shared" and not one.answer for one in found.asked)
    if unsaid:
        yield Problem("any.shared_unsaid", Severity.NOTED, file, 0, "", "", {"times": unsaid})
