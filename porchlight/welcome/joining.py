"""A phone becomes a family's: by the number on their card, with their own words as consent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import F

from porchlight.activity.record import record
from porchlight.conversations.heard import Words
from porchlight.delivery.inbox.senders import keep_window_open
from porchlight.delivery.service import RawAddress
from porchlight.families.models import Address, Consent, ContactPoint, Guardian, Guardianship, Restriction
from porchlight.schools.models import School
from porchlight.welcome.cards import use_up

BY_CARD = "wrote with the number on their card"
BY_GREETING = "greeted the school"


def may_join(guardian: Guardian, to: Address | RawAddress, *, school: School, now: datetime) -> bool:
    """Whether a card alone is enough: nobody around these children is kept from them, and nobody else has the phone.

    A card may come into other hands. Where a restriction stands with any adult of these children, and where the number
    is known as somebody else's, a person looks.
    """
    today = school.local(now).date()
    ties = Guardianship.objects.in_school(school).current(on=today)
    children = ties.filter(guardian=guardian).values("student")
    around = Restriction.objects.in_school(school).in_force(on=today)
    if around.filter(guardianship__student__in=children).exists():
        return False
    if isinstance(to, RawAddress):
        return True
    others = ContactPoint.objects.in_school(school).filter(address=to, ended_at=None)
    return not others.exclude(guardian=guardian).exists()


def join(guardian: Guardian, to: Address | RawAddress, *, words: Words, code: str, now: datetime) -> Address:
    """The phone they wrote from is theirs; what they wrote is their consent. Their card has done its work."""
    use_up(code, school=guardian.school, now=now)
    address = to if isinstance(to, Address) else _kept(to, guardian.school)
    point = _point(guardian, address)
    _write_down(point, BY_CARD, words, now)
    if words.line is not None:
        keep_window_open(address, words.line, words.at, now)
    record("guardian.joined_by_card", about=guardian, by=guardian.actor(), contact_point=point.pk)
    return address


def agree(address: Address, guardians: Sequence[Guardian], words: Words, now: datetime) -> None:
    """Who greets us from a phone we have of them agrees to be written to there, where nobody had asked before."""
    points = ContactPoint.objects.filter(address=address, guardian__in=guardians, ended_at=None)
    for point in points.filter(consented=False):
        _write_down(point, BY_GREETING, words, now)


def _write_down(point: ContactPoint, source: str, words: Words, now: datetime) -> None:
    point.consented = True
    point.save(update_fields=["consented"])
    Consent.objects.create(
        school_id=point.school_id,
        contact_point=point,
        given=True,
        source=source,
        wording=words.text[:200],
        at=now,
    )


def _kept(to: RawAddress, school: School) -> Address:
    known_by: dict[str, Any] = {"value": to.value} if to.value else {"user_id": to.user_id}
    return Address.objects.get_or_create(school=school, channel=to.channel, **known_by)[0]


def _point(guardian: Guardian, address: Address) -> ContactPoint:
    """Before their other ways, unless they use one of those themselves: a card in other hands takes nothing away."""
    points = ContactPoint.objects.filter(guardian=guardian, ended_at=None)
    found = points.filter(address=address).first()
    if found is not None:
        return found
    rank = 1
    if points.usable().filter(address__confirmed_at__isnull=False).exists():
        rank = points.count() + 1
    else:
        points.update(rank=F("rank") + 1)
    return ContactPoint.objects.create(
        school_id=guardian.school_id, address=address, guardian=guardian, rank=rank
    )
