"""Does a job: in a worker, beside the pages. Whatever becomes of it, the job's row says so.

A worker that was killed leaves the job as it is, and the next one begins it anew: a look changes nothing, and an
import closes its job in the very transaction that brings people in. So nothing is done twice, and nothing half.
"""

from __future__ import annotations

import logging
from pathlib import Path

from porchlight.rosters import uploads
from porchlight.rosters.actions import NotTaken, preview, take, undo
from porchlight.rosters.looking import Step
from porchlight.rosters.models import RosterImport, RosterJob, What
from porchlight.rosters.progress import STEPS
from porchlight.rosters.reading.problems import Refused
from porchlight.rosters.signs import ALIVE, last_sign, living, sign
from porchlight.schools.actors import Actor, system
from porchlight.schools.models import School, StaffMember
from porchlight.schools.wall import school_context
from porchlight.toolbox import school_time

log = logging.getLogger(__name__)


class StillGoing(RuntimeError):
    """Somebody is at this job, and lives; to be tried again in a while, in case they died a moment ago."""


def work(school_id: int, job_id: int) -> None:
    """One job from its beginning to its end; none at all when it is over already. Raises StillGoing."""
    school = School.objects.get(pk=school_id)
    with school_context(school):
        job = RosterJob.objects.in_school(school).under_way().select_related("run").filter(pk=job_id).first()
        if job is None:
            return
        if job.begun_at is not None and last_sign(job.run.stored_as).age < ALIVE:
            raise StillGoing(str(job_id))
        sign(job.run.stored_as, STEPS[0])
        RosterJob.objects.filter(pk=job.pk).update(begun_at=school_time.now())
        by = _by(school, job.asked_by_id)
    with living(job.run.stored_as) as step:
        try:
            _do(job, school, by, step)
        except Exception:
            # Whoever asked is told that it went wrong, and may try again; whoever runs the server finds the reason.
            log.exception("A roster could not be finished.")
            _end(job, "crashed")


def _by(school: School, staff_id: int | None) -> Actor:
    """Who asked for it does it, wherever they are now."""
    staff = StaffMember.objects.in_school(school).filter(pk=staff_id or 0).first()
    return staff.actor() if staff else system(school.pk)


def _do(job: RosterJob, school: School, by: Actor, step: Step) -> None:
    path = uploads.place(job.run.stored_as)
    if job.what == What.UNDO:
        _undo(job, by, step)
    elif not path.exists():
        job.run.stored_as = ""
        _end(job, "file_gone", saving=True)
    elif job.what == What.LOOK:
        _look(job, path, school, by, step)
    else:
        _take(job, path, school, by, step)


def _look(job: RosterJob, path: Path, school: School, by: Actor, step: Step) -> None:
    run = job.run
    try:
        preview(path=path, school=school, by=by, org=run.org, mode=run.mode, run=run, step=step)
    except Refused as refusal:
        _refuse(run, refusal)
    _end(job, RosterJob.DONE, saving=True)
    if not run.stored_as:
        uploads.discard(f"{path.parent.name}/{path.name}")


def _refuse(run: RosterImport, refusal: Refused) -> None:
    """Nothing in it can be read: that is what the look came to."""
    run.looked_at, run.importable, run.stored_as = school_time.now(), False, ""
    run.counts, run.samples, run.removes_too_many = {}, {}, False
    run.problems, run.problem_counts = [refusal.problem.stored()], {refusal.problem.severity.value: 1}


def _take(job: RosterJob, path: Path, school: School, by: Actor, step: Step) -> None:
    run, stored = job.run, job.run.stored_as

    def close() -> None:
        """In the import's own transaction, which saves the run."""
        if not RosterJob.objects.filter(pk=job.pk).end(RosterJob.DONE):
            raise NotTaken("left", run)
        run.stored_as = ""

    try:
        take(
            path=path,
            school=school,
            by=by,
            org=run.org,
            mode=run.mode,
            confirm_removals=job.confirmed,
            only_digest=run.digest,
            run=run,
            step=step,
            closing=close,
        )
    except NotTaken as reason:
        job.kinds = reason.kinds
        _end(job, reason.code, saving=True)  # it was looked at anew, and the page shows what was seen
    except Refused as refusal:
        _refuse(run, refusal)
        _end(job, "not_importable", saving=True)
        uploads.discard(stored)
    else:
        uploads.discard(stored)


def _undo(job: RosterJob, by: Actor, step: Step) -> None:
    run, stored = job.run, job.run.stored_as

    def close() -> None:
        """In the transaction that takes everything back."""
        if not RosterJob.objects.filter(pk=job.pk).end(RosterJob.DONE):
            raise NotTaken("undone", run)
        run.stored_as = ""
        run.save(update_fields=["stored_as"])

    try:
        undo(run=run, by=by, step=step, closing=close)
    except NotTaken as reason:
        run.stored_as = ""
        _end(job, reason.code, saving=True)
    uploads.discard(stored)


def _end(job: RosterJob, outcome: str, *, saving: bool = False) -> None:
    """Close the job, and keep what its run came to; unless somebody closed it first."""
    with school_context(job.school_id):
        mine = RosterJob.objects.filter(pk=job.pk)
        if mine.end(outcome) and saving:
            mine.update(kinds=job.kinds)
            job.run.save()
