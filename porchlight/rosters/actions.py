"""Look at a roster, take it, take it back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from porchlight.activity.record import record
from porchlight.rosters.applying import write
from porchlight.rosters.leaders_choice import roles_stay
from porchlight.rosters.looking import Look, Step, digest, imports_so_far, look, quietly
from porchlight.rosters.models import RosterImport
from porchlight.rosters.reading.problems import Severity
from porchlight.rosters.undoing import take_back
from porchlight.rosters.writing import roomy
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time


class NotTaken(Exception):
    """The import did not happen and nothing was changed; `code` says why."""

    def __init__(self, code: str, run: RosterImport, kinds: list[str] | None = None) -> None:
        super().__init__(code)
        self.code = (
            code  # not_importable, too_many_removals, came_between, other_file, not_the_latest, undone, left
        )
        self.run = run
        self.kinds = kinds or []


def nothing_else() -> None:
    """Nothing more happens in an import's transaction."""


def preview(
    *,
    path: Path,
    school: School,
    by: Actor,
    org: str = "",
    mode: str = "",
    most_removed: float | None = None,
    run: RosterImport | None = None,
    step: Step = quietly,
) -> RosterImport:
    """What taking this file would do, as an import that is not saved. Raises Refused when it cannot be read.

    `run` is the import that was made when the file was handed over.

    More than `most_removed` per cent of a kind may not go unasked; the school says how much, unless it is said here.
    """
    with look(path=path, school=school, now=school_time.now(), org=org, mode=mode, step=step) as looked:
        return _described(looked, path, by, org, mode, most_removed, run)


def take(
    *,
    path: Path,
    school: School,
    by: Actor,
    org: str = "",
    mode: str = "",
    confirm_removals: bool = False,
    most_removed: float | None = None,
    only_digest: str = "",
    run: RosterImport | None = None,
    step: Step = quietly,
    closing: Callable[[], None] = nothing_else,
) -> RosterImport:
    """Import a bundle or sheet. Raises Refused when it cannot be read and NotTaken when it may not be taken.

    `run` is an earlier look at the same file, whose row becomes the import's; `only_digest` holds it to that file.
    `closing` happens in the import's own transaction, before anything is written: it may still raise NotTaken.
    """
    if only_digest and digest(path) != only_digest:
        raise NotTaken("other_file", run or RosterImport(file_name=path.name))
    with look(path=path, school=school, now=school_time.now(), org=org, mode=mode, step=step) as looked:
        described = _described(looked, path, by, org, mode, most_removed, run)
        if not described.importable:
            raise NotTaken("not_importable", described)
        if described.removes_too_many and not confirm_removals:
            raise NotTaken("too_many_removals", described, _going(looked, most_removed))
        with _alone_at(school):
            if imports_so_far(school) != looked.seen:
                raise NotTaken("came_between", described)
            closing()
            described.applied_at, described.applied_by_id = school_time.now(), by.post_id
            described.save()
            with roles_stay(described, by=by):
                write(looked, described, now=described.applied_at, step=step)
            record("roster.taken", about=described, by=by, counts=described.counts)
    return described


def undo(
    *, run: RosterImport, by: Actor, step: Step = quietly, closing: Callable[[], None] = nothing_else
) -> RosterImport:
    """Take an import back. Raises NotTaken when it was undone already or a later one of its source stands on it.

    `closing` happens in its own transaction, before anything is changed: it may still raise NotTaken.
    """
    school = run.school
    with _alone_at(school):
        run.refresh_from_db()
        latest = RosterImport.objects.in_school(school).in_effect().filter(source=run.source).first()
        if run.applied_at is None or run.undone_at is not None:
            raise NotTaken("undone", run)
        if latest != run:
            raise NotTaken("not_the_latest", run)
        closing()
        run.undone_at, run.undone_by_id = school_time.now(), by.post_id
        run.save(update_fields=["undone_at", "undone_by_id"])
        with roles_stay(run, by=by):
            take_back(run, school, now=run.undone_at, step=step)
        record("roster.taken_back", about=run, by=by)
    return run


@contextmanager
def _alone_at(school: School) -> Iterator[None]:
    """The school's own transaction, one import at a time."""
    with roomy(), school_context(school):
        School.objects.select_for_update().get(pk=school.pk)
        yield


def _described(
    looked: Look,
    path: Path,
    by: Actor,
    org: str,
    mode: str,
    most_removed: float | None,
    run: RosterImport | None = None,
) -> RosterImport:
    """The look as a row: counts, samples and problems, without anything of the staging file."""
    run = run or RosterImport(school=looked.school, looked_by_id=by.post_id)
    contents, report = looked.contents, looked.report
    run.file_name, run.digest = run.file_name or path.name[:200], digest(path)
    run.source, run.org, run.mode = looked.source, org, mode
    run.format, run.system = f"{contents.format} {contents.version}".strip(), contents.system
    run.importable = contents.importable
    run.looked_at = school_time.now()
    run.counts, run.samples = looked.counts, looked.samples
    run.problems = [problem.stored() for problem in report.worst_first()]
    run.problem_counts = {severity.value: report.total(severity) for severity in Severity}
    run.removes_too_many = bool(_going(looked, most_removed))
    return run


def _going(looked: Look, most_removed: float | None) -> list[str]:
    return looked.too_many_removals(looked.school.most_removed if most_removed is None else most_removed)
