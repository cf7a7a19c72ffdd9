"""Whom to ring: families who asked for it, and homes that words have no other way to. With the words to say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from porchlight.conversations.asking import options_for
from porchlight.conversations.calling import open_asks
from porchlight.conversations.models import Ask, Message, Notice, Ringing, TriageItem, TriageReason
from porchlight.conversations.notice_versions import words_of
from porchlight.conversations.placing import guardians_by_address
from porchlight.conversations.promised_calls import Promised, promised_to
from porchlight.conversations.wording import fill_about
from porchlight.conversations.writing import class_names
from porchlight.delivery.by_hand.lists import ready
from porchlight.delivery.gateways.by_hand import CallList
from porchlight.delivery.gateways.contract import Option
from porchlight.delivery.models import Delivery, Handing
from porchlight.delivery.quiet import hour_to_ring
from porchlight.delivery.words import without_ways
from porchlight.design.direction import page_language
from porchlight.design.parts import Saying
from porchlight.families.models import Guardian, MayRing
from porchlight.languages.phrases import saying
from porchlight.schools.actors import Actor
from porchlight.schools.models import School
from porchlight.toolbox.scripts import autonym, same_reading

WAITS_FOR_A_CALL = (TriageReason.MISSED_CALL, TriageReason.ASKS_FOR_CALL)
MOST = 40


@dataclass(frozen=True, slots=True)
class Script:
    """What to say, piece by piece: in the family's language, and what it says in the office's."""

    theirs: Sequence[Saying]
    ours: Sequence[Saying]  # empty where both are the same


@dataclass(frozen=True, slots=True)
class Call:
    """One line of the list."""

    key: str  # of the delivery (its reference) or of the tray's item
    asked: bool  # they asked for it; else we have something to say
    name: str
    children: str
    number: str
    who: Guardian  # of several on one phone, whose it is first
    script: Script
    answers: Sequence[Option]  # to our question, in the office's language
    shape: str  # of our question; empty: we ask nothing
    tries: Sequence[Handing | Ringing]
    since: datetime
    because: str
    is_urgent: bool = False
    later: datetime | None = None  # not before
    promised: Promised | None = None  # to one who asked

    @property
    def language(self) -> str:
        """What they speak, as its speakers call it."""
        return autonym(self.who.spoken)

    @property
    def hours(self) -> tuple[str, str] | None:
        """From when until when they may be rung, at their clock."""
        if self.who.ring_from is None or self.who.ring_until is None:
            return None
        return self.who.ring_from.strftime("%H:%M"), self.who.ring_until.strftime("%H:%M")


@dataclass(frozen=True, slots=True)
class Calls:
    """Whom to ring now, and who waits for their hour."""

    now: Sequence[Call]
    later: Sequence[Call]
    more: int  # of our own words, behind these or before their hour


def calls(school: School, actor: Actor, now: datetime, *, by: str = "") -> Calls:
    """The list. `by`: only those whom a woman, or a man, may ring."""
    items = list(waiting_for_a_call(actor)[:MOST])
    rings: dict[int, list[Ringing]] = defaultdict(list)
    for ring in (
        Ringing.objects.visible_to(actor)
        .standing()
        .filter(item__in=items)
        .select_related("by")
        .order_by("pk")
    ):
        rings[ring.item_id].append(ring)
    people = guardians_by_address([item.address for item in items if item.address is not None])
    promised = promised_to(school, items)
    asked = [
        _asked(item, people.get(item.address_id or 0, ()), rings[item.pk], school, now, promised.get(item.pk))
        for item in items
    ]
    found = ready(school=school, actor=actor, gateways=[CallList.name], now=now, most=MOST)
    told = _about(found.rows, school, actor, now)
    mine = [one for one in (*filter(None, asked), *told) if _may(one, by)]
    return Calls(
        now=[one for one in mine if one.later is None],
        later=sorted((one for one in mine if one.later), key=lambda one: one.later or now),
        more=found.later,
    )


def waiting_for_a_call(actor: Actor) -> QuerySet[TriageItem]:
    """Families we know who asked to be rung; who they are not known for stays in the tray."""
    waiting = TriageItem.objects.visible_to(actor).waiting().filter(reason__in=WAITS_FOR_A_CALL)
    known = waiting.filter(
        address__contact_points__guardian__isnull=False,
        address__contact_points__ended_at=None,
        address__contact_points__guardian__left_at=None,
    )
    return known.distinct().select_related("address", "message")


def _may(one: Call, by: str) -> bool:
    return not by or one.who.may_ring in (MayRing.ANYONE, by)


def _asked(
    item: TriageItem,
    people: Sequence[Guardian],
    rings: Sequence[Ringing],
    school: School,
    now: datetime,
    promised: Promised | None,
) -> Call | None:
    if not people:
        return None
    who = people[0]
    again_at = rings[-1].again_at if rings else None
    at = max(hour_to_ring(now, guardian=who, school=school), again_at or now)
    theirs = saying("ringing_back", who.spoken, of=school, school=school.name)
    return Call(
        key=item.key,
        asked=True,
        name=", ".join(map(str, people)),
        children="",
        number=item.address.value if item.address else "",
        answers=(),
        shape="",
        tries=rings,
        since=item.heard_at,
        because=item.text or str(item.get_reason_display()),
        later=at if at > now else None,
        script=_script(
            [Saying(theirs.text, theirs.language)],
            [saying("ringing_back", page_language(), of=school, school=school.name).text],
        ),
        who=who,
        promised=promised,
    )


def _about(rows: Sequence[Delivery], school: School, actor: Actor, now: datetime) -> list[Call]:
    """Words of ours that have no other way: what to say, and the answers there are."""
    said = list(
        Message.objects.visible_to(actor)
        .standing()
        .filter(parcels__parcel__in=[row.parcel_id for row in rows])
        .select_related("notice", "rendering", "thread__student")
        .prefetch_related("parcels", "notice__versions")
        .order_by("-pk")
    )
    by_parcel = {link.parcel_id: message for message in said for link in message.parcels.all()}
    handings = Handing.objects.visible_to(actor).standing().filter(delivery__in=[row.pk for row in rows])
    tries: dict[int, list[Handing]] = defaultdict(list)
    for one in handings.select_related("by").order_by("pk"):
        tries[one.delivery_id].append(one)
    asks = open_asks(said, now)
    students = [about.student for row in rows for about in row.parcel.about.all()]
    classes = class_names(school, students, now)
    found = []
    for row in rows:
        who, message = row.parcel.guardian, by_parcel.get(row.parcel_id)
        if who is not None and message is not None:
            words = _aloud(row, who, message, classes, school)
            found.append(_told(row, who, message, words, asks.get(message.pk), tries[row.pk], school))
    return found


def _told(
    row: Delivery,
    who: Guardian,
    message: Message,
    words: Saying,
    ask: Ask | None,
    tries: Sequence[Handing],
    school: School,
) -> Call:
    students = [about.student for about in row.parcel.about.all()]
    names = ", ".join(student.short_name for student in students)
    begins = saying("ringing_about", who.spoken, of=school, school=school.name, child=names)
    ours = saying("ringing_about", page_language(), of=school, school=school.name, child=names)
    return Call(
        key=row.reference,
        asked=False,
        name=str(who),
        children=names,
        number=row.to,
        answers=options_for(ask, page_language(), who.zone(school.zone)) if ask is not None else (),
        shape=ask.shape if ask is not None else "",
        tries=tries,
        since=row.created_at,
        because=_("No message reaches them"),
        is_urgent=row.priority == 0,
        script=_script(
            [Saying(begins.text, begins.language), words],
            [ours.text, without_ways(message.text, message.language, school)],
            message.language,
        ),
        who=who,
    )


def _aloud(
    row: Delivery,
    who: Guardian,
    message: Message,
    classes: Mapping[int, str],
    school: School,
) -> Saying:
    """The words in what they speak, where the school wrote them; else as they would read them."""
    written = Saying(without_ways(row.parcel.text, row.parcel.language, school), row.parcel.language)
    if same_reading(row.parcel.language, who.spoken) or not isinstance(message.notice, Notice):
        return written
    version = words_of(message.notice).for_reader(who.spoken)
    if not same_reading(version.language, who.spoken):
        return written
    students = [about.student for about in row.parcel.about.all()]
    text = fill_about(version.text, students, school=school, class_names=classes)
    return Saying(without_ways(text, version.language, school), version.language)


def _script(theirs: Sequence[Saying], ours: Sequence[str], language: str = "") -> Script:
    """Both, or only one where the family speaks the page's language."""
    beside = [Saying(text, language if place else page_language()) for place, text in enumerate(ours)]
    same = [one.text for one in theirs] == list(ours)
    return Script(theirs, () if same else beside)
