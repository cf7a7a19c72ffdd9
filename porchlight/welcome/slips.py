"""Slips of paper, class by class: the words in two languages, the child's name, and a code to begin with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from porchlight.conversations.asking import options_for
from porchlight.conversations.calling import open_ask
from porchlight.conversations.models import Message
from porchlight.delivery.by_hand.lists import ready, waiting
from porchlight.delivery.by_hand.slip_codes import code_of, shown
from porchlight.delivery.gateways.by_hand import Slips
from porchlight.delivery.models import Delivery
from porchlight.design.parts import Saying
from porchlight.design.squares import square
from porchlight.families.models import Channel, Enrolment, Student
from porchlight.families.models.people import in_force
from porchlight.languages.phrases import saying
from porchlight.schools.actors import Actor
from porchlight.schools.models import School, SchoolClass
from porchlight.toolbox.phone_numbers import national
from porchlight.toolbox.scripts import left_to_right, same_reading
from porchlight.welcome.printed import numbers_of
from porchlight.welcome.whole import for_the_home, for_the_school, says_it

MOST = 200
NO_CLASS = "none"


@dataclass(frozen=True, slots=True)
class Side:
    """One language's half of a slip."""

    whom: Saying
    words: Saying
    answers: Sequence[str]  # to tick
    ways: Saying  # how to begin
    asks: Saying | None  # what may be texted to ask; none where no number of the school hears


@dataclass(frozen=True, slots=True)
class Slip:
    """One home's."""

    delivery: Delivery
    child: str
    group: str  # the class
    code: str
    qr: SafeString
    sides: Sequence[Side]  # one, or the school's language first


def classes_waiting(actor: Actor, school: School, now: datetime) -> list[tuple[SchoolClass | None, int]]:
    """Classes with slips to hand out, and how many; None: of children who are in no class."""
    first = [first_child(one) for one in _rows(actor)]
    homes = classes_of([child.pk for child in first if child is not None], school, now)
    counts = Counter(homes.get(child.pk) if child is not None else None for child in first)
    seen = SchoolClass.objects.visible_to(actor).in_bulk([pk for pk in counts if pk is not None])
    found = [(seen.get(pk) if pk else None, count) for pk, count in counts.items()]
    return sorted(found, key=lambda one: (one[0] is None, one[0].name if one[0] else ""))


def slips_of(
    group: SchoolClass | None,
    *,
    school: School,
    actor: Actor,
    now: datetime,
    among: Collection[int] | None = None,
) -> list[Slip]:
    """What may be handed out in this class now, ready to be printed; `among`: of these deliveries alone."""
    found = ready(school=school, actor=actor, gateways=[Slips.name], now=now, most=MOST, among=among).rows
    children = {about.student_id for one in found for about in one.parcel.about.all()}
    homes, place = classes_of(list(children), school, now), group.pk if group else None
    rows = []
    for one in found:
        mine = [child for child in children_of(one) if homes.get(child.pk) == place]
        if mine and (among is not None or mine[0] == first_child(one)):
            rows.append((one, mine[0]))
    messages = messages_of(actor, [one for one, _child in rows])
    number = numbers_of(school).get(Channel.SMS, "")
    return [
        _slip(one, child, group, messages.get(one.parcel_id), school, number, now)
        for one, child in sorted(rows, key=lambda row: row[1].name)
    ]


def _rows(actor: Actor) -> list[Delivery]:
    rows = waiting(actor, [Slips.name]).prefetch_related("parcel__about__student")
    return list(rows[: MOST * 10])


def children_of(one: Delivery) -> list[Student]:
    return sorted((about.student for about in one.parcel.about.all()), key=lambda child: child.pk)


def first_child(one: Delivery) -> Student | None:
    """Siblings share a slip: it goes with one of them, or in the class that it was printed for."""
    return next(iter(children_of(one)), None)


def classes_of(students: Sequence[int], school: School, now: datetime) -> dict[int, int]:
    """The class in which each child gets it."""
    rows = Enrolment.objects.filter(in_force(school.local(now).date()), student__in=students).order_by("-pk")
    return dict(rows.values_list("student_id", "school_class_id"))


def messages_of(actor: Actor, rows: Sequence[Delivery]) -> dict[int, Message]:
    said = Message.objects.visible_to(actor).standing()
    said = said.filter(parcels__parcel__in=[row.parcel_id for row in rows])
    said = said.select_related("notice", "thread").prefetch_related("parcels").order_by("-pk")
    return {link.parcel_id: message for message in said for link in message.parcels.all()}


def _phrase(name: str, tag: str, school: School, **places: str) -> Saying:
    found = saying(name, tag, of=school, fallback=school.language, **places)
    return Saying(found.text, found.language)


def _slip(
    row: Delivery,
    child: Student,
    group: SchoolClass | None,
    message: Message | None,
    school: School,
    number: str,
    now: datetime,
) -> Slip:
    """`number`: what a code can be texted to, where the school has one that hears."""
    code = code_of(row)
    link = settings.BASE_URL + reverse("welcome:start", kwargs={"school": school.slug})
    theirs = row.parcel.guardian.reading if row.parcel.guardian is not None else school.language
    zone = row.parcel.guardian.zone(school.zone) if row.parcel.guardian is not None else school.zone
    beside = row.parcel.guardian.hijri_days(school.hijri_days) if row.parcel.guardian else school.hijri_days
    ask = open_ask(message, now) if message is not None and says_it(row) else None
    names = ", ".join(about.student.short_name for about in row.parcel.about.all())

    def side(tag: str, words: Saying) -> Side:
        ways = _phrase(
            "slip_ways",
            tag,
            school,
            link=left_to_right(link.removeprefix("https://")),  # it ends in a stroke
            code=unbroken(shown(code)),
            number=unbroken(national(number, school.country)),
            phone=unbroken(school.phone),
        )
        answers = (
            [one.label for one in options_for(ask, words.language, zone, beside)] if ask is not None else []
        )
        whom, asks = _phrase("slip_for", tag, school, child=names), _phrase("ask_words", tag, school)
        return Side(whom, words, answers, ways, asks if number else None)

    sides = [side(theirs, for_the_home(row, message, now))]
    if message is not None and not same_reading(school.language, theirs):
        sides.insert(0, side(school.language, for_the_school(row, message, school, now)))
    drawn = square(f"{link}{code}/", scale=4)
    return Slip(row, names, group.name if group else "", shown(code), drawn, sides)


def unbroken(number: str) -> str:
    """One line holds it: of a number in two lines nobody knows where it begins."""
    return number.replace(" ", "\u00a0")
