"""What time alone brings about: rooms above register a job, the workers call it every few seconds for each school."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from porchlight.accounts.limits import Rate, use
from porchlight.schools.models import School
from porchlight.schools.wall import school_context

type Job = Callable[[School, datetime], None]

_jobs: list[Job] = []
log = logging.getLogger(__name__)


def on_tick(job: Job) -> Job:
    """`job(school, now)` runs inside the school's context, may run twice, and must then do nothing more."""
    if job not in _jobs:
        _jobs.append(job)
    return job


class Seldom:
    """A job that need not be done at each tick: for each school once in a while, however many workers tick."""

    def __init__(self, job: Job, every: timedelta) -> None:
        self._job, self.every = job, every
        self.__name__ = f"{job.__module__}.{job.__name__}"

    def __call__(self, school: School, now: datetime) -> None:
        self.do(school, now)

    def do(self, school: School, now: datetime) -> datetime:
        """Do it if nobody did just now. Returns when it is due next."""
        found = use(f"{self.__name__}:{school.pk}", Rate(1, self.every), now=now)
        if found.granted:
            self._job(school, now)
        return now + timedelta(seconds=found.frees_in)


def on_tick_every(**often: float) -> Callable[[Job], Seldom]:
    """As `on_tick`, once in so many `minutes` or `seconds` for each school."""

    def wrap(job: Job) -> Seldom:
        seldom = Seldom(job, timedelta(**often))
        on_tick(seldom)
        return seldom

    return wrap


class Ticker:
    """One worker's ticking. It remembers what is not due yet, so as not to ask for it."""

    def __init__(self) -> None:
        self._due: dict[tuple[str, int], datetime] = {}

    def tick(self, now: datetime) -> None:
        """Every job for every school; a job that fails for one school harms no other."""
        for school in School.objects.open().order_by("pk"):
            for job in _jobs:
                if isinstance(job, Seldom) and self._waits(job, school, now):
                    continue
                try:
                    with school_context(school):
                        self._do(job, school, now)
                except Exception:
                    log.exception(
                        "A job failed for a school", extra={"job": job.__name__, "school": school.pk}
                    )

    def _do(self, job: Job, school: School, now: datetime) -> None:
        if isinstance(job, Seldom):
            self._due[job.__name__, school.pk] = job.do(school, now)
        else:
            job(school, now)

    def _waits(self, job: Seldom, school: School, now: datetime) -> bool:
        """Not where the clock was moved back meanwhile."""
        due = self._due.get((job.__name__, school.pk))
        return due is not None and due - job.every <= now < due


def tick(now: datetime) -> None:
    """One round, by somebody who remembers nothing."""
    Ticker().tick(now)
