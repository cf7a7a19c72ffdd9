"""What runs beside the pages."""

from __future__ import annotations

from django.tasks import task

from porchlight.meetings.planned import changing, searching, telling
from porchlight.meetings.rounds import asking


@task
def ask_on(school_id: int, round_id: int) -> None:
    """Families of a round are asked when they can."""
    asking.work(school_id, round_id)


@task
def plan_on(school_id: int, planning_id: int) -> None:
    """One search of a school's."""
    searching.work(school_id, planning_id)


@task
def tell_on(school_id: int, round_id: int) -> None:
    """Families of a round are told what they do not know yet."""
    telling.work(school_id, round_id)


@task
def settle_on(school_id: int, round_id: int) -> None:
    """Other times for those of a round who wait for one."""
    changing.work(school_id, round_id)
