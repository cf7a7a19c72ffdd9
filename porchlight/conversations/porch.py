"""A home's light: our own measure, for staff only. It says what we have done, never what a family is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.db import connection
from django.db.models import DateTimeField, OuterRef, Subquery

from porchlight.conversations.models import Answer, Author, Kind, Message, Thread
from porchlight.delivery.gateways.contract import Status
from porchlight.delivery.models import Delivery
from porchlight.design.lights import Light
from porchlight.families.models import Guardian
from porchlight.schools.calendar import window_start
from porchlight.schools.models import School
from porchlight.toolbox.gaps import Gap, Many, Question


def lights(
    school: School, guardians: Iterable[Guardian], now: datetime, *, since: datetime | None = None
) -> dict[int, Light]:
    """The light of each adult's own conversation, by guardian id. A constant number of queries.

    Words and answers light a porch; a read receipt, STOP or an auto-reply never does. The window counts
    school days, so holidays put out no light. `since`: where it begins, if somebody knows.
    """
    ids = {guardian.pk for guardian in guardians}
    lit = _spoke_or_answered(school, ids, since or window_start(school, now, school.light_window))
    low = _got_something(school, ids - lit)
    return {pk: Light.LIT if pk in lit else Light.LOW if pk in low else Light.UNLIT for pk in ids}


def _spoke_or_answered(school: School, guardians: set[int], since: datetime) -> set[int]:
    """Whose threads hold a word or an answer of the home since then. One look at each thread, not at each word."""
    said = _last_words(school.pk, connection.vendor).ask(guardians=guardians, since=since)
    spoke = {guardian for guardian, last in said if last is not None}
    if spoke >= guardians:
        return spoke
    threads = Thread.objects.in_school(school).filter(guardian__in=guardians - spoke)
    one = Answer.objects.filter(thread=OuterRef("pk"), at__gte=since).order_by("-at").values("pk")[:1]
    answered = threads.annotate(one=Subquery(one)).filter(one__isnull=False)
    return spoke | set(answered.values_list("guardian_id", flat=True))


@lru_cache(maxsize=64)
def _last_words(school: int, _vendor: str) -> Question[tuple[int, datetime | None]]:
    """Of each thread of these adults: whose it is, and when the home last said something in it since then."""
    words = Message.objects.in_school(school).standing().from_home()
    words = words.filter(said_at__gte=Gap("since", DateTimeField()))
    threads = Thread.objects.in_school(school).filter(guardian__in=Many("guardians"))
    return Question(threads.with_newest(words))


def _got_something(school: School, guardians: set[int]) -> set[int]:
    """Those to whom anything ever came."""
    if not guardians:
        return set()
    came = Delivery.objects.in_school(school).filter(
        parcel__guardian=OuterRef("pk"), status__gte=Status.DELIVERED
    )
    adults = Guardian.objects.in_school(school).filter(pk__in=guardians)
    some = adults.annotate(one=Subquery(came.values("pk")[:1])).filter(one__isnull=False)
    return set(some.values_list("pk", flat=True))


def brightest(found: Iterable[Light]) -> Light:
    """A household's light is that of whoever in it spoke with us most."""
    order = [Light.LIT, Light.LOW, Light.UNLIT]
    return min(found, key=order.index, default=Light.UNLIT)


def last_good_word(school: School, guardians: Iterable[Guardian]) -> dict[int, datetime]:
    """When each adult last had good news from us, by guardian id; absent: never."""
    found: dict[int, datetime] = {}
    for guardian, last in _last_good(school.pk, connection.vendor).ask(guardians=[g.pk for g in guardians]):
        if last is not None:
            found[guardian] = max(last, found.get(guardian, last))
    return found


@lru_cache(maxsize=64)
def _last_good(school: int, _vendor: str) -> Question[tuple[int, datetime | None]]:
    good = Message.objects.standing().filter(kind=Kind.GOOD_NEWS, author=Author.STAFF)
    return Question(Thread.objects.in_school(school).filter(guardian__in=Many("guardians")).with_newest(good))
