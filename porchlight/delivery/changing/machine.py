"""When a changed number may be in force: every step there is, and nothing of a database.

Words alone, on whatever way they come, never bring it any further. A colleague confirms how they know. At once it is
in force only by person or slip; by a call to a number known before after three days. Where care is asked for, always
after three days and with a second colleague.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from porchlight.families.models import HowConfirmed

COOLS_FOR = timedelta(hours=72)  # long enough for whoever holds the old number to be heard
AT_ONCE = (HowConfirmed.IN_PERSON, HowConfirmed.BY_SLIP)


class Stage(enum.StrEnum):
    """How far a change has come."""

    ASKED = "asked"  # nobody has confirmed it
    COOLING = "cooling"  # confirmed; its three days run
    NEEDS_SECOND = "needs_second"  # confirmed; another colleague has to say yes as well
    DONE = "done"
    REFUSED = "refused"


class NotNow(Exception):
    """This step may not be taken from here, or not by this colleague."""


@dataclass(frozen=True, slots=True)
class Course:
    """What has happened to one change. Colleagues are ids."""

    with_care: bool = False
    how: str = ""
    confirmed_at: datetime | None = None
    confirmed_by: int | None = None
    approved_by: int | None = None
    done_at: datetime | None = None
    refused_at: datetime | None = None

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        if self.done_at is not None:
            return Stage.DONE
        if self.refused_at is not None:
            return Stage.REFUSED
        if self.confirmed_at is None:
            return Stage.ASKED
        if self.with_care and self.approved_by is None:
            return Stage.NEEDS_SECOND
        return Stage.COOLING

    @property
    def ready_at(self) -> datetime | None:
        """From when on it may be in force; None while a colleague is still missing, or when it is over."""
        if self.stage is not Stage.COOLING or self.confirmed_at is None:
            return None
        at_once = self.how in AT_ONCE and not self.with_care
        return self.confirmed_at if at_once else self.confirmed_at + COOLS_FOR


def noticed(course: Course, *, care: bool) -> Course:
    """How things stand around the child, looked up before every step. Care once asked for stays."""
    return replace(course, with_care=course.with_care or care) if _is_open(course) else course


def confirmed(course: Course, *, how: str, by: int, now: datetime) -> Course:
    """A colleague says how they know. Said again only where it is better known than before. Raises NotNow.

    The three days count from the first time. Who confirms is not the second colleague too.
    """
    if not _is_open(course) or how not in HowConfirmed.values:
        raise NotNow
    if course.how and (course.how in AT_ONCE or how not in AT_ONCE):
        raise NotNow
    approved = course.approved_by if course.approved_by != by else None
    since = course.confirmed_at or now
    return replace(course, how=how, confirmed_by=by, confirmed_at=since, approved_by=approved)


def approved(course: Course, *, by: int) -> Course:
    """A second colleague says yes as well. Raises NotNow for the first, and where no second is asked for."""
    if course.stage is not Stage.NEEDS_SECOND or by == course.confirmed_by:
        raise NotNow
    return replace(course, approved_by=by)


def refused(course: Course, *, now: datetime) -> Course:
    """It is not to be. Raises NotNow once it is in force or refused."""
    if not _is_open(course):
        raise NotNow
    return replace(course, refused_at=now)


def passed(course: Course, *, now: datetime) -> Course:
    """Time alone: in force when it may be."""
    ready = course.ready_at
    return replace(course, done_at=now) if ready is not None and now >= ready else course


def _is_open(course: Course) -> bool:
    return course.done_at is None and course.refused_at is None
