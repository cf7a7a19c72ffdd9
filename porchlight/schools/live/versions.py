"""Counting changes. Rooms say `changed(…)` where they change something; it is counted once that is there for all."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from functools import partial
from time import monotonic
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from porchlight.schools.models import LiveVersion, School

SELDOM = 1.0  # seconds: of many changes of a busy sort, one a second is counted by a process


class Topic(enum.StrEnum):
    """A sort of change that open pages wait for."""

    TALK = "talk"  # what homes say and what they are answered: the desk
    NOTICES = "notices"  # how announcements fare: their reports
    ROUNDS = "rounds"  # times of a round of meetings, who can be there when, and what families say to them

    @property
    def settles(self) -> float:
        """Seconds between a counted change and telling pages of it; longer than `SELDOM` where that applies.

        Whatever was not counted, because another change was a moment before, is there by the time pages look; also
        pages opened between the two, which look once more when this has passed.
        """
        return 0.0 if self is Topic.TALK else 2.0


_counted: dict[tuple[int, Topic], float] = {}  # when this process last counted a change of a busy sort


def changed(school: School | int, topic: Topic) -> None:
    """Something of this sort changed in this school; open pages hear of it once the transaction has ended well."""
    school_id = school if isinstance(school, int) else school.pk
    transaction.on_commit(partial(_count, school_id, topic), robust=True)


def _count(school_id: int, topic: Topic) -> None:
    """A statement of its own, after the transaction: nobody waits in line for the row."""
    if topic.settles and monotonic() - _counted.get((school_id, topic), -SELDOM) < SELDOM:
        return
    _counted[school_id, topic] = monotonic()
    row = LiveVersion.objects.filter(school_id=school_id, topic=topic)
    if not row.update(number=F("number") + 1):
        LiveVersion.objects.bulk_create(
            [LiveVersion(school_id=school_id, topic=topic)], ignore_conflicts=True
        )
        row.update(number=F("number") + 1)


def version(school: School | int, topic: Topic) -> int:
    """How often something of this sort has changed."""
    school_id = school if isinstance(school, int) else school.pk
    found = LiveVersion.objects.filter(school_id=school_id, topic=topic).values_list("number", flat=True)
    return found.first() or 0


def versions(schools: Iterable[int]) -> dict[tuple[int, str], int]:
    """By school and topic, in one query."""
    rows = LiveVersion.objects.filter(school_id__in=set(schools))
    return {
        (school, topic): number for school, topic, number in rows.values_list("school_id", "topic", "number")
    }


def listen_at(school: School, topic: Topic) -> str:
    """Where a page listens for what changes from now on. Ask before you read what the page shows."""
    seen = urlencode({"seen": version(school, topic)})
    return f"{reverse('schools:changes', kwargs={'school': school.slug, 'topic': topic.value})}?{seen}"
