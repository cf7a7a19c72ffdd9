"""What a desk shows, from what the rooms below keep. Only homes this colleague may see; nobody is ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.utils.translation import gettext as _

from porchlight.conversations.advising import GOOD_NEWS_EVERY
from porchlight.conversations.hours import Promises
from porchlight.conversations.models import StandIn
from porchlight.conversations.models.standing_in import ASKED_IN
from porchlight.design.lights import Light
from porchlight.design.moments import clock, full_day
from porchlight.design.parts import Action, HomeRow, Share, Tag
from porchlight.errands.actions import who_mends
from porchlight.families.models.people import SEES_EVERY_CHILD
from porchlight.home.homes import SeenHome, homes_seen
from porchlight.home.next_steps import Step, next_steps
from porchlight.home.waiting import Waiting, thread_url, waiting_for
from porchlight.learning.listing import ClassRow, Row, away_on, classes_on
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass
from porchlight.updates.models import ClassWeek
from porchlight.updates.weekly import waiting as updates_waiting

ROWS = 5  # homes shown of each kind; the rest are counted
LONGEST_STREET = 120  # homes drawn one by one; of more, a bar


@dataclass(frozen=True, slots=True)
class Desk:
    """One colleague's first page."""

    greeting: str
    today: str
    classes: Sequence[SchoolClass]
    homes: int
    street: Sequence[Light]  # one a home; empty when there are too many to draw
    shares: Sequence[Share]  # the same, counted
    waiting: Waiting
    good_news: Sequence[HomeRow]
    good_news_count: int
    not_reached: Sequence[HomeRow]
    not_reached_count: int
    away: Sequence[Row]  # children of theirs who are away today
    registers: Sequence[
        ClassRow
    ]  # of the classes they teach; of whoever sees the whole school the list has them
    updates: Sequence[ClassWeek]  # of their own classes, ready to be looked at
    lent: Sequence[StandIn]  # single threads of children whom they do not see
    steps: Sequence[Step]  # what the school as a whole should see to; for those who lead it and its office
    is_open: bool
    answer_by: datetime
    quiet_from: str
    quiet_until: str
    now: datetime


def look(school: School, actor: Actor, *, now: datetime, all_waiting: bool = False) -> Desk:
    """Everything on the desk, in a constant number of queries. `all_waiting`: not the oldest few alone."""
    promises = Promises(school, now)
    homes = homes_seen(school, actor, now, promises=promises)
    counts = Counter(home.light for home in homes)
    shut = [home for home in homes if home.in_the_way]
    silent = without_good_word(homes, now)
    silent.sort(key=lambda home: home.last_good.timestamp() if home.last_good else 0)
    waiting = waiting_for(school, actor, now=now, promises=promises, all_asked=all_waiting)
    today = school.local(now).date()
    away = away_on(school, actor, today, now=now)
    sees_all = actor.is_one_of(*SEES_EVERY_CHILD)
    registers = [] if sees_all else classes_on(school, actor, today)
    classes = _classes(actor) if sees_all else [row.school_class for row in registers]
    return Desk(
        greeting=_greeting(school, actor, now),
        today=full_day(now, zone=school.zone),
        classes=classes,
        homes=len(homes),
        street=[home.light for home in homes] if len(homes) <= LONGEST_STREET else [],
        shares=shares(counts),
        waiting=waiting,
        good_news=[_good_news_row(school, home) for home in silent[:ROWS]],
        good_news_count=len(silent),
        not_reached=shut_rows(school, shut),
        not_reached_count=len(shut),
        away=away,
        registers=registers,
        updates=[] if sees_all else updates_waiting(actor, school=school, now=now),
        lent=_lent(school, actor, now),
        steps=next_steps(school, actor, late=waiting.overdue, now=now, calendar=promises.calendar),
        is_open=promises.is_open,
        answer_by=promises.due(now),
        quiet_from=_hour(school, school.quiet_from, now),
        quiet_until=_hour(school, school.quiet_until, now),
        now=now,
    )


def _lent(school: School, actor: Actor, now: datetime) -> list[StandIn]:
    """For whoever is asked in for one family: where those words are."""
    if not actor.is_one_of(*ASKED_IN):
        return []
    rows = StandIn.objects.all().lent_to(actor, on=school.local(now).date())
    return list(rows.select_related("thread__guardian", "thread__student").order_by("until", "pk"))


def _classes(actor: Actor) -> list[SchoolClass]:
    return list(SchoolClass.objects.visible_to(actor).current().order_by("name"))


def _hour(school: School, hour: time, now: datetime) -> str:
    """`8 pm`, as this language says it."""
    return clock(datetime.combine(school.local(now).date(), hour, tzinfo=school.zone), zone=school.zone)


def without_good_word(homes: Iterable[SeenHome], now: datetime) -> list[SeenHome]:
    """Those a good word can get to, and none has for four weeks."""
    since = now - GOOD_NEWS_EVERY
    open_to_words = (home for home in homes if not home.in_the_way)
    return [home for home in open_to_words if home.last_good is None or home.last_good < since]


def _greeting(school: School, actor: Actor, now: datetime) -> str:
    hour = school.local(now).hour
    if hour < 12:
        return _("Good morning, %(name)s") % {"name": actor.name}
    if hour < 17:
        return _("Good afternoon, %(name)s") % {"name": actor.name}
    return _("Good evening, %(name)s") % {"name": actor.name}


def shares(counts: Mapping[Light, int]) -> list[Share]:
    """How homes stand with us, counted."""
    return [
        Share(_("Heard from"), counts.get(Light.LIT, 0), "c1"),
        Share(_("Message arrived, no word back"), counts.get(Light.LOW, 0), "c6"),
        Share(_("Not reached yet"), counts.get(Light.UNLIT, 0), "c0"),
    ]


def _good_news_row(school: School, home: SeenHome) -> HomeRow:
    words = (
        _("Notice one thing and tell them. Two sentences are enough.")
        if home.last_good
        else _("A first kind word: name one thing you saw.")
    )
    url = thread_url(school, home.write_to.student.key, home.write_to.guardian.key)
    return HomeRow(
        name=home.name,
        light=home.light,
        about=home.children,
        words=words,
        actions=[Action(_("Tell them"), url, "lamp")],
    )


def shut_rows(school: School, shut: Sequence[SeenHome]) -> list[HomeRow]:
    """A few of the homes that words do not get to, each with its next step and who takes it."""
    mends = who_mends(school) if shut else ""
    return [_shut_row(school, home, mends) for home in shut[:ROWS]]


def _shut_row(school: School, home: SeenHome, mends: str) -> HomeRow:
    url = thread_url(school, home.write_to.student.key, home.write_to.guardian.key)
    return HomeRow(
        name=home.name,
        light=home.light,
        about=home.children,
        words=home.in_the_way,
        tags=[Tag(_("Next: %(name)s") % {"name": mends}, "info")],
        actions=[Action(_("Open"), url, "quiet")],
    )
