"""What runs beside the pages."""

from __future__ import annotations

from django.tasks import task

from porchlight.rosters.working import work


@task
def work_on(school_id: int, job_id: int) -> None:
    """One job of a school."""
    work(school_id, job_id)
