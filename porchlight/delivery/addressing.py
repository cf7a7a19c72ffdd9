"""What the road learns about an address: it is gone, it said stop, it may be somebody else's now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import OuterRef, Q, QuerySet, Subquery

from porchlight.delivery.gateways.web_push.subscription import NotASubscription, Subscription
from porchlight.families.models import Address, AddressState, Channel, Consent, ContactPoint
from porchlight.toolbox.phone_numbers import NotANumber, e164
from porchlight.toolbox.postal import NotPostal, postal

LONGEST_CHAT = 20  # digits
# Address.state_reason, of whose it is: said by the family, by who reads there, by nobody for long; seen by the gateway.
NOT_THEIRS, WRONG_NUMBER, SILENT = "not_theirs", "wrong_number", "silent"
IDENTITY_CHANGED, NUMBER_CHANGED = "identity_changed", "number_changed"
ABOUT_WHOSE = frozenset({NOT_THEIRS, WRONG_NUMBER, SILENT, IDENTITY_CHANGED, NUMBER_CHANGED})


class NotAnAddress(ValueError):
    """What was typed is no number or mailbox this channel could reach."""


def as_address(channel: str, written: str, country: str) -> str:
    """What somebody typed, as `Address.value` keeps it. Raises NotAnAddress."""
    try:
        if channel == Channel.TELEGRAM:
            return _chat(written.strip())
        if channel == Channel.PUSH:
            return Subscription.of_browser(written).line
        if channel == Channel.EMAIL:
            validate_email(written.strip())
            return written.strip().lower()
        if channel == Channel.PAPER:
            return postal(written)
        return e164(written, country)
    except (ValidationError, NotANumber, NotPostal, NotASubscription):
        raise NotAnAddress from None


def _chat(written: str) -> str:
    """A chat's id: what Telegram calls a person. Raises NotAnAddress."""
    if not (written.isascii() and written.isdigit() and len(written) <= LONGEST_CHAT):
        raise NotAnAddress
    return written


def opt_out(address: Address, *, source: str, words: str, now: datetime) -> bool:
    """The family said stop: nothing further goes there, nor to the same number on another channel.

    Who is rung and wants no more calls may still be written to. Returns whether that is new. The ledger keeps it.
    """
    if address.opted_out_at is not None:
        return False
    for one in _stops_with(address):
        if one.opted_out_at is None:
            one.opted_out_at = now
            one.save(update_fields=["opted_out_at"])
            agreed = ContactPoint.objects.filter(address=one, ended_at=None, consented=True)
            _write_ledger(agreed, given=False, source=source, words=words, now=now)
    return True


def opt_in(address: Address, *, source: str, words: str, now: datetime) -> bool:
    """The family said start again: wherever that stop held, and for whom. Returns whether they had stopped before."""
    stopped_at = address.opted_out_at
    if stopped_at is None:
        return False
    for one in _stops_with(address):
        if one.opted_out_at == stopped_at:  # what they had stopped by itself stays so
            one.opted_out_at = None
            one.save(update_fields=["opted_out_at"])
            agreed = _agreed_until(one, stopped_at)
            _write_ledger(agreed, given=True, source=source, words=words, now=now)
    return True


def _stops_with(address: Address) -> list[Address]:
    """Who says stop says it once; but of calls it is said about calls alone."""
    return [address] if address.channel == Channel.CALL else of_one_number(address)


def of_one_number(address: Address) -> list[Address]:
    """The address first, then what is reached at the very same number by another channel."""
    if not address.value:
        return [address]
    others = Address.objects.in_school(address.school_id).filter(value=address.value).exclude(pk=address.pk)
    return [address, *others]


def _agreed_until(address: Address, stopped_at: datetime) -> QuerySet[ContactPoint]:
    """Whose last word is that stop; nobody who had never agreed, or has said no besides."""
    lines = Consent.objects.filter(contact_point=OuterRef("pk")).order_by("-at", "-pk")
    points = ContactPoint.objects.filter(address=address, ended_at=None).alias(
        last_at=Subquery(lines.values("at")[:1]),
        last_given=Subquery(lines.values("given")[:1]),
        before=Subquery(lines.values("given")[1:2]),
    )
    return points.filter(Q(before=True) | Q(before=None), last_at=stopped_at, last_given=False)


def _write_ledger(
    points: Iterable[ContactPoint], *, given: bool, source: str, words: str, now: datetime
) -> None:
    """One line for each whose word changes: STOP acts on the address and shows against everybody who had agreed."""
    changed = list(points)
    ContactPoint.objects.filter(pk__in=[point.pk for point in changed]).update(consented=given)
    Consent.objects.bulk_create(
        Consent(
            school_id=point.school_id,
            contact_point=point,
            given=given,
            source=source,
            wording=words,
            at=now,
        )
        for point in changed
    )


def mark_bad(address: Address, *, reason: str) -> list[Address]:
    """It does not exist or cannot take our messages: the office mends it. Returns the rows for which that is new.

    A reason about whose number it is moves every row of that number; one about a channel moves this row alone.
    """
    return _move(address, AddressState.BAD, reason)


def demote(address: Address, *, reason: str) -> list[Address]:
    """It may belong to somebody else now: only words for anybody until the family confirms it. As `mark_bad`."""
    return _move(address, AddressState.NOTICE_ONLY, reason)


def _move(address: Address, state: AddressState, reason: str) -> list[Address]:
    rows = of_one_number(address) if reason in ABOUT_WHOSE else [address]
    moved = [one for one in rows if one.state not in (state, AddressState.BAD)]
    for one in moved:
        one.state, one.state_reason = state, reason[:60]
        one.save(update_fields=["state", "state_reason"])
    return moved


def confirm(address: Address, *, now: datetime) -> None:
    """Somebody asked them: it is theirs, and so is what was doubted of that number with it, by the same word.

    What somebody else uses as well stays in doubt: they were not asked.
    """
    others = _doubted_with(address)
    for one in [address, *others]:
        one.confirm(now)


def _doubted_with(address: Address) -> list[Address]:
    if address.state == AddressState.GOOD or address.state_reason not in ABOUT_WHOSE:
        return []
    reason, asked = address.state_reason, _who_uses(address)
    return [
        one
        for one in of_one_number(address)[1:]
        if one.state != AddressState.GOOD and one.state_reason == reason and _who_uses(one) <= asked
    ]


def _who_uses(address: Address) -> set[tuple[int | None, int | None, int | None]]:
    points = ContactPoint.objects.filter(address=address, ended_at=None)
    return set(points.values_list("guardian_id", "student_id", "staff_id"))
