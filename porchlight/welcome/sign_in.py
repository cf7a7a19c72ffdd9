"""Families' sign-in: a code on a channel we already use with them. Ten minutes, once, five tries, one browser.

Whoever asks for a code learns nothing: for a number nobody uses the same work is done, and thrown away.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from porchlight.accounts.limits import Rate, take
from porchlight.accounts.models import Token, digest
from porchlight.delivery.actions import serve
from porchlight.delivery.content import ServiceKind
from porchlight.delivery.models import Account
from porchlight.delivery.service import RawAddress, can_serve
from porchlight.delivery.waking import wake
from porchlight.families.models import Address, Channel, ContactPoint, Guardian, Restriction, Student
from porchlight.families.models.addresses import AddressState
from porchlight.schools.models import School
from porchlight.toolbox.phone_numbers import e164
from porchlight.welcome.joining import by_card_alone

PURPOSE = "sign_in_code"
LASTS = timedelta(minutes=10)
TO_ONE_ADDRESS = (Rate(3, timedelta(hours=1)), Rate(10, timedelta(days=1)))
FROM_ONE_PLACE = Rate(100, timedelta(hours=1))  # a parents' evening asks from one address
FOR_ONE_SCHOOL = Rate(2000, timedelta(days=1))  # texts cost money
NO_LANE = 0

type Person = Guardian | Student


class TooMany(Exception):
    """More codes were asked for, from one place or for one school, than families coming home would need."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where a code can go, and who may come in with it."""

    address: Address
    people: Sequence[Person]


def written_as(school: School, written: str) -> str:
    """A mailbox in small letters or an E.164 number, however it was typed. Raises NotANumber."""
    written = written.strip()
    return written.lower() if "@" in written else e164(written, school.country)


@transaction.atomic
def ask_for_code(*, school: School, value: str, language: str, now: datetime, place: str) -> str:
    """Send a code to an address (`written_as`), if a family uses it. Returns the mark this browser keeps.

    What comes back, and the work it takes, never tells whether anybody stands behind the address. `place` is
    where the request came from, as one place (`AccountAdapter.place`). Raises TooMany.
    """
    if not take(f"codes from:{place}", FROM_ONE_PLACE, now=now):
        raise TooMany
    if not take(f"codes of:{school.pk}", FOR_ONE_SCHOOL, now=now):
        raise TooMany
    in_measure = take(f"codes to:{school.pk}:{value}", *TO_ONE_ADDRESS, now=now)
    accounts = list(Account.objects.in_school(school).open().on_a_wire())
    carried = {account.channel for account in accounts}
    way = _way_to(school, value, accounts, now)
    mark = secrets.token_urlsafe(24)
    with transaction.atomic():
        if way is not None:
            reader = getattr(way.people[0], "reading", "") or language
            _send(school, way.address, way.address.pk, mark, reader, now)
        else:
            _send(school, _nobody(value, carried), 0, mark, language, now)
        if way is None or not in_measure:
            transaction.set_rollback(True)
    if way is None or not in_measure:
        transaction.on_commit(lambda: wake({NO_LANE: now}))  # as much work at the end, too
    return mark


def _way_to(school: School, value: str, accounts: Sequence[Account], now: datetime) -> Way | None:
    """The way to an address that people here prefer, while it is trusted and nothing stands between them."""
    points = list(
        ContactPoint.objects.in_school(school)
        .usable()
        .filter(address__value=value, address__state=AddressState.GOOD, on_trial=False)
        .select_related("address", "guardian", "student")
        .annotate(unsure=by_card_alone(now))
        .order_by("rank", "pk")
    )
    sure = _sure(points)
    address = next((point.address for point in sure if _gets_there(school, point, accounts, now)), None)
    people = _people([point for point in sure if address and point.address_id == address.pk])
    everybody = _people([point for point in points if address and point.address_id == address.pk])
    apart = _someone_is_kept_apart(school, everybody, now)
    return Way(address, people) if address is not None and people and not apart else None


def _gets_there(school: School, point: ContactPoint, accounts: Sequence[Account], now: datetime) -> bool:
    """Whether some account could carry a code there: WhatsApp wants a text approved for codes."""
    reader = point.guardian.reading if point.guardian else school.language
    return any(
        can_serve(
            school=school,
            kind=ServiceKind.SIGN_IN_CODE,
            to=point.address,
            language=reader,
            now=now,
            account=account,
            code="000000",
        )
        for account in accounts
        if account.channel == point.address.channel
    )


def _nobody(value: str, carried: set[str]) -> RawAddress:
    """Where a code for nobody would go."""
    if "@" in value:
        return RawAddress(Channel.EMAIL, value)
    return RawAddress(Channel.SMS if Channel.SMS in carried else Channel.WHATSAPP, value)


def _send(
    school: School,
    to: Address | RawAddress,
    address_id: int,
    mark: str,
    language: str,
    now: datetime,
) -> None:
    code = f"{secrets.randbelow(1_000_000):06d}"
    Token.objects.create(
        purpose=PURPOSE,
        subject=f"{school.pk}:{address_id}",
        digest=_digest(mark, code),
        browser=digest(mark),
        created_at=now,
        expires_at=now + LASTS,
    )
    serve(
        school=school,
        kind=ServiceKind.SIGN_IN_CODE,
        to=to,
        language=language,
        now=now,
        code=code,
        school_name=school.name,
    )


@transaction.atomic
def address_for_code(*, school: School, mark: str, code: str, now: datetime) -> int | None:
    """The address (its id) this code was sent to. None when it does not fit, is used up or too late.

    The try is counted before the code is looked at, so a hundred guesses at once are five.
    """
    mine = Token.objects.filter(
        purpose=PURPOSE, browser=digest(mark), subject__startswith=f"{school.pk}:", used_at=None
    )
    if not mine.live(now=now).update(tries_left=F("tries_left") - 1):
        return None
    right = mine.filter(digest=_digest(mark, code), expires_at__gt=now)
    token = right.first()
    if token is None or not right.update(used_at=now):
        return None
    return int(token.subject.split(":")[1])


def people_at(school: School, address_id: int, *, now: datetime) -> list[Person]:
    """Who may come in through an address today; adults first, in the order they are reached there."""
    points = list(
        ContactPoint.objects.in_school(school)
        .usable()
        .filter(address_id=address_id, address__state=AddressState.GOOD, on_trial=False)
        .select_related("guardian", "student")
        .annotate(unsure=by_card_alone(now))
        .order_by("rank", "pk")
    )
    apart = _someone_is_kept_apart(school, _people(points), now)
    return [] if apart else _people(_sure(points))


def people_again(
    school: School | None, address_id: int, known: Sequence[tuple[str, int]], *, now: datetime
) -> list[Person]:
    """Of those whose code was right in this browser a moment ago, who may still come in through that address.

    `known` is what its session kept of them.
    """
    if school is None or not known:
        return []
    mine = {(kind, pk) for kind, pk in known}
    return [one for one in people_at(school, address_id, now=now) if (type(one).__name__, one.pk) in mine]


def _sure(points: Iterable[ContactPoint]) -> list[ContactPoint]:
    """Those that more than a card found lately says are theirs."""
    return [point for point in points if not vars(point)["unsure"]]


def _people(points: Iterable[ContactPoint]) -> list[Person]:
    adults = [point.guardian for point in points if point.guardian and point.guardian.left_at is None]
    children = [point.student for point in points if point.student and point.student.left_at is None]
    return [*adults, *children]


def _someone_is_kept_apart(school: School, people: Sequence[Person], now: datetime) -> bool:
    """Several people on one phone, one of whom may not hear of a child: then a code opens nothing to any."""
    adults = [person.pk for person in people if isinstance(person, Guardian)]
    kept_apart = (
        Restriction.objects.in_school(school)
        .in_force(on=school.local(now).date())
        .filter(guardianship__guardian__in=adults or [0])
        .exists()
    )
    return kept_apart and len(people) > 1


def _digest(mark: str, code: str) -> str:
    return digest(f"{mark}:{code}")
