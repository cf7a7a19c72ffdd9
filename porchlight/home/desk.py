"""What a desk shows, from what the rooms below keep. Only homes this colleague may see; nobody is ranked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from porchlight.conversations.hours import answer_by, is_open
from porchlight.conversations.models import Message
from porchlight.conversations.porch import last_good_word, lights
from porchlight.delivery.planning import NotReached
from porchlight.design.lights import Light
from porchlight.design.moments import promise
from porchlight.design.parts import Action, HomeRow, Saying, Tag
from porchlight.families.models import ContactPoint, Guardianship, Student
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass

GOOD_NEWS_EVERY = timedelta(days=28)
ROWS = 5  # homes shown of each kind; the rest are counted


@dataclass(frozen=True, slots=True)
class Desk:
    """One colleague's first page."""

    classes: Sequence[str]
    lights: Sequence[Light]  # one a home, for the street
    counts: Mapping[str, int]
    waiting: Sequence[HomeRow]
    waiting_count: int
    good_news: Sequence[HomeRow]
    good_news_count: int
    not_reached: Sequence[HomeRow]
    not_reached_count: int
    is_open: bool
    now: datetime


def look(school: School, actor: Actor, *, now: datetime) -> Desk:
    """Everything on the desk, in a constant number of queries."""
    today = school.local(now).date()
    ties = list(
        Guardianship.objects.visible_to(actor)
        .current(on=today)
        .receiving(on=today)
        .filter(student__in=Student.objects.visible_to(actor).on_roll())
        .select_related("guardian", "student")
        .order_by("student__name", "pk")
    )
    found = lights(school, [tie.guardian for tie in ties], now)
    waiting = list(
        Message.objects.visible_to(actor)
        .waiting()
        .select_related("thread__guardian", "thread__student")[: 4 * ROWS]
    )
    quiet = _without_good_news(school, ties, now)
    dark = [tie for tie in ties if found[tie.guardian_id] is Light.UNLIT]
    reach = _ways_to(school, dark)
    classes = SchoolClass.objects.visible_to(actor).current().order_by("name")
    homes = {tie.guardian_id: found[tie.guardian_id] for tie in ties}
    return Desk(
        classes=[row.name for row in classes],
        lights=list(homes.values()),
        counts=Counter(str(light) for light in homes.values()),
        waiting=[_waiting_row(school, message, found, now) for message in waiting[:ROWS]],
        waiting_count=len(waiting),
        good_news=[_good_news_row(school, tie, found) for tie in quiet[:ROWS]],
        good_news_count=len(quiet),
        not_reached=[_dark_row(school, tie, reach) for tie in dark[:ROWS]],
        not_reached_count=len(dark),
        is_open=is_open(school, now),
        now=now,
    )


def _without_good_news(school: School, ties: Sequence[Guardianship], now: datetime) -> list[Guardianship]:
    last = last_good_word(school, [tie.guardian for tie in ties])
    since = now - GOOD_NEWS_EVERY
    return [tie for tie in ties if tie.guardian_id not in last or last[tie.guardian_id] < since]


def _waiting_row(school: School, message: Message, found: Mapping[int, Light], now: datetime) -> HomeRow:
    thread = message.thread
    due = answer_by(school, message.said_at)
    tags = [
        Tag(
            _("Answer %(when)s") % {"when": promise(due, now=now, zone=school.zone)},
            "care" if due < now else "",
        )
    ]
    if message.media:
        tags.append(Tag(_("Voice note or picture"), "info"))
    return HomeRow(
        name=str(thread.guardian) or thread.student.short_name,
        light=found.get(thread.guardian_id, Light.LIT),
        about=thread.student.short_name,
        said=Saying(message.text, message.language),
        tags=tags,
        actions=[Action(_("Answer"), thread_url(school, thread.student.key, thread.guardian.key))],
    )


def _good_news_row(school: School, tie: Guardianship, found: Mapping[int, Light]) -> HomeRow:
    return HomeRow(
        name=str(tie.guardian) or tie.student.short_name,
        light=found[tie.guardian_id],
        about=tie.student.short_name,
        words=_("Notice one thing and tell them. Two sentences are enough."),
        actions=[Action(_("Tell them"), thread_url(school, tie.student.key, tie.guardian.key), "lamp")],
    )


def _dark_row(school: School, tie: Guardianship, reach: Mapping[int, str]) -> HomeRow:
    words = reach.get(tie.guardian_id, "")
    actions = [Action(_("Write"), thread_url(school, tie.student.key, tie.guardian.key), "quiet")]
    return HomeRow(
        name=str(tie.guardian) or tie.student.short_name,
        light=Light.UNLIT,
        about=tie.student.short_name,
        words=words or _("Nothing has arrived there yet. A first kind word may be all it takes."),
        actions=actions,
    )


def _ways_to(school: School, ties: Sequence[Guardianship]) -> dict[int, str]:
    """By guardian id: why words cannot get there, as a next step; absent where a way is open."""
    points: dict[int, list[ContactPoint]] = defaultdict(list)
    rows = ContactPoint.objects.in_school(school).filter(
        guardian__in=[tie.guardian_id for tie in ties], ended_at=None
    )
    for point in rows.select_related("address"):
        if point.guardian_id is not None:
            points[point.guardian_id].append(point)
    words: dict[int, str] = {}
    for tie in ties:
        theirs = points.get(tie.guardian_id, [])
        if not theirs:
            words[tie.guardian_id] = str(NotReached.NO_ADDRESS.next_step)
        elif all(point.address.opted_out_at for point in theirs):
            words[tie.guardian_id] = str(NotReached.OPTED_OUT.next_step)
        elif not any(point.consented for point in theirs):
            words[tie.guardian_id] = str(NotReached.NO_CONSENT.next_step)
        elif all(point.address.state == "bad" for point in theirs):
            words[tie.guardian_id] = str(NotReached.BAD_ADDRESS.next_step)
    return words


def thread_url(school: School, student_key: str, guardian_key: str) -> str:
    """Where one adult is answered about one child."""
    return reverse(
        "conversations:thread",
        kwargs={"school": school.slug, "student_key": student_key, "guardian_key": guardian_key},
    )
