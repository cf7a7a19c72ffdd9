"""What time alone brings about: rooms above register a job, the workers call it every few seconds for each school."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

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


def tick(now: datetime) -> None:
    """Every job for every school; a job that fails for one school harms no other."""
    for school in School.objects.open().order_by("pk"):
        for job in _jobs:
            try:
                with school_context(school):
                    job(school, now)
            except Exception:
                log.exception("A job failed for a school", extra={"job": job.__name__, "school": school.pk})
