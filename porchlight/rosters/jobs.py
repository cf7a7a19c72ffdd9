"""What pages ask for and a worker does: a file is handed over and looked at, taken, or left. One thing at a time.

Whoever asks is answered at once. The work itself is `working`'s; what runs it is Django's tasks interface.
"""

from __future__ import annotations

import enum
from datetime import datetime, timedelta
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from porchlight.accounts.limits import Rate, take
from porchlight.rosters import signs, uploads
from porchlight.rosters.models import RosterImport, RosterJob, Source, What
from porchlight.rosters.reading.bundles import is_sheet
from porchlight.rosters.reading.opening import open_bundle
from porchlight.rosters.reading.problems import Report
from porchlight.rosters.tasks import work_on
from porchlight.schools.actors import Actor
from porchlight.schools.models import School

LATE = 15.0  # seconds: a worker that has nothing else to do begins within two
SILENT = 30.0  # seconds without a sign of life, where one comes every two
CALL_AGAIN = Rate(1, timedelta(minutes=2))


class Going(enum.StrEnum):
    """How a job that is not over goes."""

    WAITS = "waits"
    LATE = "late"  # nobody has begun: another file is before it, or no worker runs
    GOES = "goes"
    SILENT = "silent"  # it was begun, and whoever began it shows no sign of life


class Busy(Exception):
    """The school has a file in hand; `job` is the work that goes on."""

    def __init__(self, job: RosterJob) -> None:
        super().__init__("busy")
        self.job = job


def going(job: RosterJob) -> Going:
    """How it goes, by the last sign of its worker."""
    age = signs.last_sign(job.run.stored_as).age
    if job.begun_at is None:
        return Going.LATE if age > LATE else Going.WAITS
    return Going.SILENT if age > SILENT else Going.GOES


def hand_over(*, file: UploadedFile, school: School, by: Actor, org: str, mode: str) -> RosterImport:
    """Keep a file and ask for a look at it. Raises Refused for what is no bundle at all, and Busy."""
    make_room(school)
    name, path = uploads.keep(file)
    try:
        if not is_sheet(path):
            open_bundle(path, Report()).close()
        with transaction.atomic():
            run = RosterImport.objects.create(
                school=school,
                file_name=(file.name or "")[:200],
                source=Source.SHEET if is_sheet(path) else Source.ROSTER,
                stored_as=name,
                org=org,
                mode=mode,
                looked_by_id=by.post_id,
            )
            ask(run, What.LOOK, by=by)
    except BaseException:
        uploads.discard(name)
        raise
    return run


def ask(run: RosterImport, what: What, *, by: Actor, confirmed: bool = False) -> RosterJob:
    """Have this done beside the pages. Raises Busy while something else goes on; what has died makes room."""
    school = run.school
    make_room(school, again=run)
    if what is What.UNDO and not run.stored_as:
        run.stored_as = uploads.room()
        run.save(update_fields=["stored_as"])
    try:
        with transaction.atomic():
            job = RosterJob.objects.create(
                school=school, run=run, what=what, confirmed=confirmed, asked_by_id=by.post_id
            )
    except IntegrityError:  # somebody was a moment quicker
        raise Busy(RosterJob.objects.in_school(school).under_way().select_related("run").get()) from None
    signs.sign(run.stored_as)
    # On commit, so that whatever runs tasks finds the job; if that is lost, the page says that nobody has begun.
    transaction.on_commit(partial(work_on.enqueue, school.pk, job.pk))
    return job


def call_again(school: School, now: datetime) -> None:
    """A job of `on_tick`: what nobody has begun is asked for once more, in case that call was lost on its way."""
    job = RosterJob.objects.in_school(school).under_way().filter(begun_at=None).select_related("run").first()
    if job is not None and going(job) is Going.LATE and take(f"roster job:{job.pk}", CALL_AGAIN, now=now):
        work_on.enqueue(school.pk, job.pk)


def leave(run: RosterImport) -> None:
    """Forget the file; what goes on about it stops before it changes anything."""
    RosterJob.objects.in_school(run.school_id).filter(run=run).end("left")
    stored, run.stored_as = run.stored_as, ""
    run.save(update_fields=["stored_as"])
    transaction.on_commit(partial(uploads.discard, stored))


def make_room(school: School, again: RosterImport | None = None) -> None:
    """Raises Busy while something goes on at the school. What shows no life is over.

    What waits is over as well, where the same file is asked for `again`.
    """
    job = RosterJob.objects.in_school(school).under_way().select_related("run").first()
    if job is None:
        return
    how = going(job)
    if how is not Going.SILENT and not (how is Going.LATE and again is not None and job.run_id == again.pk):
        raise Busy(job)
    RosterJob.objects.filter(pk=job.pk).end("lost")
