"""A phone becomes a family's: by the number on their card, with their own words as consent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.expressions import Combinable

from porchlight.activity.models import Entry
from porchlight.activity.record import record
from porchlight.conversations.heard import Words
from porchlight.delivery.inbox.senders import keep_window_open
from porchlight.delivery.service import RawAddress
from porchlight.families.models import Address, Consent, ContactPoint, Guardian, Guardianship, Restriction
from porchlight.schools.models import School

BY_CARD = "wrote with the number on their card"
BY_GREETING = "greeted the school"
OPENS_NOTHING_FOR = timedelta(hours=72)  # long enough for an envelope that went astray to be missed


def may_join(guardian: Guardian, to: Address | RawAddress, *, school: School, now: datetime) -> bool:
    """Whether a card alone is enough: nobody around these children is kept from them, and nobody else has the phone.

    A card may come into other hands. Where a restriction stands with any adult of these children, where the number
    is known as somebody else's, and where we know another way to this adult, usable or not, a person looks.
    """
    today = school.local(now).date()
    ties = Guardianship.objects.in_school(school).current(on=today)
    children = ties.filter(guardian=guardian).values("student")
    around = Restriction.objects.in_school(school).in_force(on=today)
    if around.filter(guardianship__student__in=children).exists():
        return False
    points = ContactPoint.objects.in_school(school).filter(ended_at=None)
    theirs = points.filter(guardian=guardian)
    if isinstance(to, RawAddress):
        return not theirs.exists()
    if theirs.exclude(address=to).exists():
        return False
    return not points.filter(address=to).exclude(guardian=guardian).exists()


def by_card_alone(now: datetime) -> Combinable:
    """Of a contact point: a card made it in the last days, and nobody of the school has vouched for it since.

    Words go there, for that is what the card is for; but it opens no sign-in, which would show what was said before.
    """
    lines = Consent.objects.filter(contact_point=OuterRef("pk"), given=True)
    by_card = lines.filter(source=BY_CARD, at__gt=now - OPENS_NOTHING_FOR)
    kept_by_hand = lines.filter(recorded_by_id__isnull=False, round=None)
    confirmed = Entry.objects.filter(
        verb="address.confirmed",
        about_type=Address._meta.label_lower,
        about_id=OuterRef("address_id"),
        at__gte=OuterRef("created_at"),
    )
    return Exists(by_card) & ~Exists(kept_by_hand) & ~Exists(confirmed)


def join(guardian: Guardian, to: Address | RawAddress, *, words: Words, now: datetime) -> Address:
    """The phone they wrote from is theirs; what they wrote is their consent."""
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
    """The only way to them that we know: `may_join` left everybody else to a person."""
    return ContactPoint.objects.get_or_create(
        school_id=guardian.school_id, address=address, guardian=guardian, ended_at=None
    )[0]
