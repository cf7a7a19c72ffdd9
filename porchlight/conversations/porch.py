"""A home's light: our own measure, for staff only. It says what we have done, never what a family is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from porchlight.conversations.models import Answer, Author, Message
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Delivery
from porchlight.design.lights import Light
from porchlight.families.models import Guardian
from porchlight.schools.calendar import window_start
from porchlight.schools.models import School


def lights(school: School, guardians: Iterable[Guardian], now: datetime) -> dict[int, Light]:
    """The light of each adult's own conversation, by guardian id. A constant number of queries.

    Words and answers light a porch; a read receipt, STOP or an auto-reply never does. The window counts
    school days, so holidays put out no light.
    """
    ids = [guardian.pk for guardian in guardians]
    since = window_start(school, now, school.light_window)
    spoke = (
        Message.objects.in_school(school)
        .standing()
        .filter(thread__guardian__in=ids, author__in=[Author.GUARDIAN, Author.STUDENT], said_at__gte=since)
        .values_list("thread__guardian_id", flat=True)
    )
    answered = (
        Answer.objects.in_school(school)
        .filter(thread__guardian__in=ids, at__gte=since)
        .values_list("thread__guardian_id", flat=True)
    )
    arrived = (
        Delivery.objects.in_school(school)
        .filter(parcel__guardian__in=ids, status__gte=Status.DELIVERED)
        .values_list("parcel__guardian_id", flat=True)
    )
    lit, low = set(spoke) | set(answered), set(arrived)
    return {pk: Light.LIT if pk in lit else Light.LOW if pk in low else Light.UNLIT for pk in ids}


def brightest(found: Iterable[Light]) -> Light:
    """A household's light is that of whoever in it spoke with us most."""
    order = [Light.LIT, Light.LOW, Light.UNLIT]
    return min(found, key=order.index, default=Light.UNLIT)


def last_good_word(school: School, guardians: Iterable[Guardian]) -> dict[int, datetime]:
    """When each adult last had good news from us, by guardian id; absent: never."""
    rows = (
        Message.objects.in_school(school)
        .standing()
        .filter(thread__guardian__in=[g.pk for g in guardians], kind="good_news", author=Author.STAFF)
        .values_list("thread__guardian_id")
        .annotate(last=Max("said_at"))
    )
    return dict(rows)
