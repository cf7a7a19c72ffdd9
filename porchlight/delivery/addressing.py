"""What the road learns about an address: it is gone, it said stop, it may be somebody else's now."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from porchlight.delivery.gateways.web_push.subscription import NotASubscription, Subscription
from porchlight.families.models import Address, AddressState, Channel, Consent, ContactPoint
from porchlight.toolbox.phone_numbers import NotANumber, e164
from porchlight.toolbox.postal import NotPostal, postal

LONGEST_CHAT = 20  # digits
NOT_THEIRS, WRONG_NUMBER = (
    "not_theirs",
    "wrong_number",
)  # Address.state_reason: said by the family; by who reads there


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
    for one in _of_one_number(address):
        if one.opted_out_at is None:
            one.opted_out_at = now
            one.save(update_fields=["opted_out_at"])
            _write_ledger(one, given=False, source=source, words=words, now=now)
    return True


def opt_in(address: Address, *, source: str, words: str, now: datetime) -> bool:
    """The family said start again: wherever that stop held. Returns whether they had stopped before."""
    stopped_at = address.opted_out_at
    if stopped_at is None:
        return False
    for one in _of_one_number(address):
        if one.opted_out_at == stopped_at:  # what they had stopped by itself stays so
            one.opted_out_at = None
            one.save(update_fields=["opted_out_at"])
            _write_ledger(one, given=True, source=source, words=words, now=now)
    return True


def _of_one_number(address: Address) -> list[Address]:
    """The address, and what is reached at the very same number by another channel: who says stop says it once."""
    if not address.value or address.channel == Channel.CALL:
        return [address]
    others = Address.objects.in_school(address.school_id).filter(value=address.value).exclude(pk=address.pk)
    return [address, *others]


def _write_ledger(address: Address, *, given: bool, source: str, words: str, now: datetime) -> None:
    """One line for everybody who uses the address: STOP acts on the address and shows against each of them."""
    points = list(ContactPoint.objects.filter(address=address, ended_at=None))
    ContactPoint.objects.filter(pk__in=[point.pk for point in points]).update(consented=given)
    Consent.objects.bulk_create(
        Consent(
            school_id=address.school_id,
            contact_point=point,
            given=given,
            source=source,
            wording=words,
            at=now,
        )
        for point in points
    )


def mark_bad(address: Address, *, reason: str) -> bool:
    """It does not exist or cannot take our messages: the office mends it. Returns whether that is new."""
    return _move(address, AddressState.BAD, reason)


def demote(address: Address, *, reason: str) -> bool:
    """It may belong to somebody else now: only words for anybody until the family confirms it again."""
    return address.state != AddressState.BAD and _move(address, AddressState.NOTICE_ONLY, reason)


def _move(address: Address, state: AddressState, reason: str) -> bool:
    if address.state == state:
        return False
    address.state, address.state_reason = state, reason[:60]
    address.save(update_fields=["state", "state_reason"])
    return True
