"""Families' sign-in: a code on a channel we already use with them. Ten minutes, once, five tries, one browser."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from porchlight.accounts.models import Token, User, digest
from porchlight.activity.record import record
from porchlight.delivery.actions import serve
from porchlight.delivery.content import ServiceKind
from porchlight.families.models import Address, Channel, ContactPoint, Guardian
from porchlight.schools.models import School
from porchlight.toolbox.phone_numbers import NotANumber, e164

PURPOSE = "sign_in_code"
LASTS = timedelta(minutes=10)
MOST_CODES = 3  # an hour, to one address
MINE = timedelta(days=30)  # a session on a phone marked "mine"
NOT_MINE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Asked:
    """A code was asked for. `mark` binds it to this browser, whether or not anybody stands behind the address."""

    mark: str


def addresses_written(school: School, written: str) -> list[Address]:
    """The school's addresses that match what somebody typed: a number in any form, or a mailbox."""
    written = written.strip()
    rows = Address.objects.in_school(school).filter(contact_points__ended_at=None).distinct()
    if "@" in written:
        return list(rows.filter(channel=Channel.EMAIL, value=written.lower()))
    try:
        number = e164(written, school.country)
    except NotANumber:
        return []
    return list(rows.filter(value=number).exclude(channel=Channel.EMAIL).order_by("-channel"))


@transaction.atomic
def ask_for_code(*, school: School, written: str, language: str, now: datetime) -> Asked:
    """Send a code to the address, if a family uses it. What comes back never tells whether one does."""
    mark = secrets.token_urlsafe(24)
    address = next((one for one in addresses_written(school, written) if guardians_at(one)), None)
    if address is None:
        return Asked(mark)
    subject = f"{school.pk}:{address.pk}"
    lately = Token.objects.filter(purpose=PURPOSE, subject=subject, created_at__gt=now - timedelta(hours=1))
    if lately.count() >= MOST_CODES:
        return Asked(mark)
    code = f"{secrets.randbelow(1_000_000):06d}"
    Token.objects.create(
        purpose=PURPOSE,
        subject=subject,
        digest=_digest(mark, code),
        browser=digest(mark),
        created_at=now,
        expires_at=now + LASTS,
    )
    serve(
        school=school,
        kind=ServiceKind.SIGN_IN_CODE,
        to=address,
        language=guardians_at(address)[0].reading or language,
        now=now,
        code=code,
        school_name=school.name,
    )
    return Asked(mark)


@transaction.atomic
def people_for_code(*, school: School, mark: str, code: str, now: datetime) -> list[Guardian] | None:
    """Whose code this is: the adults of its address. None when it does not fit, is used up or too late."""
    tokens = Token.objects.filter(purpose=PURPOSE, browser=digest(mark), subject__startswith=f"{school.pk}:")
    live = tokens.live(now=now)
    right = live.filter(digest=_digest(mark, code.strip()))
    token = right.select_for_update().first()
    if token is None:
        live.update(tries_left=F("tries_left") - 1)
        return None
    used = live.filter(pk=token.pk).update(used_at=now)
    if not used:
        return None
    address = Address.objects.in_school(school).filter(pk=token.subject.split(":")[1]).first()
    return guardians_at(address) if address is not None else None


def guardians_at(address: Address) -> list[Guardian]:
    """The adults who are reached at an address now."""
    points = ContactPoint.objects.filter(address=address, ended_at=None, guardian__left_at=None)
    return [point.guardian for point in points.select_related("guardian").order_by("rank") if point.guardian]


@transaction.atomic
def user_of(guardian: Guardian) -> User:
    """The user who signs in for this guardian, made the first time. Families need no mailbox and no password."""
    if guardian.user is None:
        guardian.user = User.objects.create_user(name=guardian.greeting, language=guardian.reading[:2])
        guardian.save(update_fields=["user"])
    record("guardian.signed_in", about=guardian, by=guardian.actor())
    return guardian.user


def people(school: School | None, ids: list[int]) -> list[Guardian]:
    """The adults whose code was right in this browser; `ids` come from its session."""
    return list(Guardian.objects.in_school(school).filter(pk__in=ids)) if school is not None else []


def session_length(*, mine: bool) -> timedelta:
    """How long a phone stays signed in."""
    return MINE if mine else NOT_MINE


def _digest(mark: str, code: str) -> str:
    return digest(f"{mark}:{code}")
