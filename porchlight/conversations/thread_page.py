"""One thread as staff see it: with a partner's words where two adults share it, each utterance of the school once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db import connection
from django.db.models import Q
from django.urls import reverse

from porchlight.conversations.attached import Address, Found, found_for
from porchlight.conversations.carried import Carried, carried, for_staff, with_ways
from porchlight.conversations.checking import MATTERS
from porchlight.conversations.models import Author, Message, Thread
from porchlight.conversations.models.threads import MessageQuerySet
from porchlight.conversations.sharing import Partner
from porchlight.conversations.showing import JOINED, bubble, first_of_each_day, with_what_few_have
from porchlight.conversations.tell import REPLY_HOLD
from porchlight.delivery.models import Attachment
from porchlight.design.parts import Bubble
from porchlight.families.models import Guardianship
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox import school_time, scripts
from porchlight.toolbox.gaps import Gap, Question

LATEST = 30  # messages on one page


@dataclass(frozen=True, slots=True)
class Told:
    """How an utterance came to one of those who share the thread; `name` only where there are several."""

    name: str
    carried: Carried


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance on the page."""

    message: Message
    bubble: Bubble
    told: Sequence[Told]
    can_undo: bool
    new_day: bool
    waits_for_reader: bool = False  # its translation is to be read first; who wrote it may decide otherwise
    only_in: str = ""  # a home's words that nobody has put into the school's language: the tag they are in


@dataclass(frozen=True, slots=True)
class Around:
    """What every utterance of a page needs to know."""

    school: School
    actor: Actor
    now: datetime
    found: Found  # what came along with them


@dataclass(frozen=True, slots=True)
class Page:
    """Utterances in the order they were said; `earlier` is the key to ask for those before them, empty: none."""

    said: Sequence[Said]
    earlier: str


def read(
    tie: Guardianship,
    partners: Sequence[Partner],
    *,
    school: School,
    actor: Actor,
    now: datetime,
    before: str = "",
) -> Page:
    """The latest of the thread, or the latest before the message with this key, in a constant number of queries."""
    own = _thread_of(school, tie)
    if partners or before:
        found = list(_latest(_before(_shared(own, partners, actor), before)))
    else:
        question = _latest_seen(actor, school_time.now().date(), connection.vendor)
        found = question.ask(thread=own.pk if own is not None else None)
    threads = [*([own] if own is not None else []), *(partner.thread for partner in partners)]
    known = {thread.pk: thread for thread in threads}
    for message in found:
        message.thread = known[message.thread_id]
    found = with_ways(with_what_few_have(found))
    messages = list(reversed(found[:LATEST]))
    copies = _copies(messages, partners, actor)
    firsts = first_of_each_day(messages, school.zone)
    around = Around(school, actor, now, found_for(school, [message.media for message in messages]))
    said = [_said(one, copies.get(one.pk, ()), around, is_first=one.key in firsts) for one in messages]
    return Page(said, earlier=messages[0].key if len(found) > LATEST else "")


def _shared(own: Thread | None, partners: Sequence[Partner], actor: Actor) -> MessageQuerySet:
    """What this colleague sees of the thread, with what partners said since they share it."""
    here = Q(thread=own.pk if own is not None else None)  # by its number: an index has its words in order
    for partner in partners:
        here |= Q(thread=partner.thread, said_at__gte=partner.since, author=Author.GUARDIAN)
    return Message.objects.visible_to(actor).standing().filter(here)


def _latest(rows: MessageQuerySet) -> MessageQuerySet:
    return rows.select_related(*JOINED).order_by("-said_at", "-pk")[: LATEST + 1]


@lru_cache(maxsize=128)
def _latest_seen(actor: Actor, _today: date, _vendor: str) -> Question[Message]:
    """Of a thread shared with nobody: worded once a day for a colleague; what they may read is asked each time."""
    return Question(_latest(Message.objects.visible_to(actor).standing().filter(thread=Gap("thread"))))


def _thread_of(school: School, tie: Guardianship) -> Thread | None:
    """Of these two, with both of them in it; None while nothing was said. Its words are seen by their own rule."""
    thread = _threads(school.pk, connection.vendor).first(guardian=tie.guardian_id, student=tie.student_id)
    if thread is not None:
        thread.guardian, thread.student = tie.guardian, tie.student
    return thread


@lru_cache(maxsize=64)
def _threads(school: int, _vendor: str) -> Question[Thread]:
    rows = Thread.objects.in_school(school).filter(guardian=Gap("guardian"), student=Gap("student"))
    return Question(rows.order_by("pk")[:1])


def _before(rows: MessageQuerySet, key: str) -> MessageQuerySet:
    """All of them where no message has that key: a page that somebody kept still opens."""
    mark = rows.filter(key=key).first() if key else None
    if mark is None:
        return rows
    return rows.filter(Q(said_at__lt=mark.said_at) | Q(said_at=mark.said_at, pk__lt=mark.pk))


def _copies(
    messages: Iterable[Message], partners: Sequence[Partner], actor: Actor
) -> Mapping[int, Sequence[Message]]:
    """By message id: what was said at the same time to those who share the thread."""
    ours = [message for message in messages if not message.is_from_home]
    marks = {message.together for message in ours if message.together}
    notices = {message.notice_id for message in ours if message.notice_id}
    if not partners or not (marks or notices):
        return {}
    rows = Message.objects.visible_to(actor).standing().filter(thread__in=[one.thread for one in partners])
    found: dict[tuple[str, int | None], list[Message]] = defaultdict(list)
    for copy in for_staff(rows.filter(Q(together__in=marks) | Q(notice__in=notices))):
        found[copy.together, copy.notice_id].append(copy)
    return {one.pk: found[one.together, one.notice_id] for one in ours if one.together or one.notice_id}


def _said(message: Message, copies: Sequence[Message], around: Around, *, is_first: bool) -> Said:
    mine = not message.is_from_home and message.staff_id == around.actor.post_id
    told = [
        Told(_name(one) if copies else "", carried(one, around.now))
        for one in ([] if message.is_from_home else [message, *copies])
    ]
    waits = message.notice_id is None and all(one.carried.waits for one in told)
    awaits = hasattr(message, "awaiting")
    way = told[0].carried.furthest if len(told) == 1 else None  # of several, each is told beside its name
    how, status = (way.channel, way.status) if way is not None else ("", "")
    return Said(
        message=message,
        bubble=bubble(
            message,
            school_name=around.school.name,
            how=how,
            status=status,
            found=around.found,
            address=_handed_out(around.school, message),
            player=played_from(around.school, message, around.found),
            shown=_shown_at(around.school, message),
        ),
        told=told,
        can_undo=mine and (waits or awaits or around.now <= message.said_at + REPLY_HOLD),
        waits_for_reader=mine and awaits and message.kind in MATTERS,
        only_in=_only_in(message, around.school),
        new_day=is_first,
    )


def _only_in(message: Message, school: School) -> str:
    if not message.is_from_home or not message.text or hasattr(message, "rendering"):
        return ""
    unsaid = scripts.base(message.language) == scripts.UNKNOWN
    return "" if unsaid or scripts.same_reading(message.language, school.language) else message.language


def _shown_at(school: School, message: Message) -> str:
    """Where what went along with our words is seen; empty: nothing did."""
    if not message.enclosed_id:
        return ""
    return reverse("conversations:message_enclosed", args=[school.slug, message.key])


def _handed_out(school: School, message: Message) -> Address:
    """Where what came along with a message is saved from."""

    def address(one: Attachment) -> str:
        names = {"school": school.slug, "key": message.key, "file_key": one.key}
        return reverse("conversations:message_file", kwargs=names)

    return address


def played_from(school: School, message: Message, found: Found) -> str:
    """Where a browser plays it: our spoken answer, or the first voice note that is here; empty: nothing to hear."""
    if message.sound_id:
        return reverse("conversations:message_sound", kwargs={"school": school.slug, "key": message.key})
    rows = (found.get(str(one.get("key"))) for one in message.media if one.get("kind") == "audio")
    here = next((row for row in rows if row is not None and row.file is not None), None)
    if here is None:
        return ""
    names = {"school": school.slug, "key": message.key, "file_key": here.key}
    return reverse("conversations:message_file_sound", kwargs=names)


def _name(message: Message) -> str:
    return message.thread.guardian.greeting or message.thread.student.short_name
