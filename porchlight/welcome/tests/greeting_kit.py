"""Somebody texts the school's number, and what the school said to them."""

from __future__ import annotations

from datetime import timedelta

from porchlight.conversations.hearing import Outcome, Words, hear
from porchlight.conversations.tests.conftest import Town
from porchlight.delivery.models import Delivery
from porchlight.delivery.tests.cast import TUESDAY
from porchlight.families.models import Address, ContactPoint, Guardian, Student
from porchlight.welcome.cards import in_groups, make_cards

STRANGER = "+447700900777"


def says(town: Town, text: str, sender: str = STRANGER, later: timedelta = timedelta()) -> Outcome:
    """Somebody texts the school's number."""
    address = Address.objects.in_school(town.school).filter(value=sender).first()
    words = Words(text=text, channel="sms", at=TUESDAY + later, sender=sender)
    return hear(school=town.school, address=address, words=words, now=TUESDAY + later)


def told(number: str = STRANGER) -> list[tuple[str, str]]:
    """Kind and language of what we said to a number, oldest first."""
    rows = Delivery.objects.filter(to=number).order_by("pk")
    return [(row.parcel.service_kind, row.parcel.language) for row in rows]


def card(town: Town, guardian: Guardian | None = None) -> str:
    one = guardian or town.yousaf.guardian
    return in_groups(make_cards([one], school=town.school, by=town.okafor.actor(), now=TUESDAY)[one.pk])


def no_way_is_known(town: Town) -> None:
    """Mr Yousaf's number was taken off: cards are for adults like him."""
    ContactPoint.objects.filter(pk=town.yousaf.point.pk).update(ended_at=TUESDAY)


def nothing_of_a_child_leaked(town: Town) -> bool:
    names = [word for child in Student.objects.all() for word in child.name.split()]
    names += [str(adult) for adult in Guardian.objects.all()]
    said = " ".join(row.body["text"] for row in Delivery.objects.filter(to=STRANGER))
    assert said
    return not any(name and name in said for name in names)
