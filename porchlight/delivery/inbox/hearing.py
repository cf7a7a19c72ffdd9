"""Words that came in: what concerns the address itself is acted on here, everything else goes up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from porchlight.delivery import addressing
from porchlight.delivery.content import ServiceKind
from porchlight.delivery.gateways.contract import Heard, Sender
from porchlight.delivery.inbox.listeners import HeardFrom, tell_heard
from porchlight.delivery.inbox.senders import address_for, known_address, written_to
from porchlight.delivery.models import Account, InboundEvent
from porchlight.delivery.service import serve
from porchlight.families.models import Address, ContactPoint
from porchlight.languages.understood import Kind, understand


def hear(row: InboundEvent, heard: Heard, *, now: datetime) -> str:
    """Act on STOP, START, HELP and "wrong number"; note that the address is alive; tell the rooms above."""
    account = row.account
    if heard.automatic:
        return "automatic"
    delivery = written_to(account, heard.reply_token)
    forged = delivery is None and heard.verified is False  # a mail whose own domain says it did not send it
    if forged:
        return tell_heard(HeardFrom(account.school, account, None, heard.sender, heard, row))
    address = delivery.address if delivery is not None else known_address(account, heard.sender)
    if delivery is not None and not heard.in_reply_to:
        heard = replace(heard, in_reply_to=delivery.provider_id)
    reads = _reads(address)
    understood = understand(heard.text, reads) if not heard.choice else None
    kind = understood.kind if understood is not None else None
    if address is not None and kind is not Kind.NOT_ME:
        _note_alive(account, address, heard.sender, now)
    if kind is Kind.STOP:
        return _stop(account, heard, now)
    if kind is Kind.START and address is not None and address.opted_out_at is not None:
        return _start(account, address, heard, now)
    if kind is Kind.HELP:
        serve(
            school=account.school,
            kind=ServiceKind.HELP,
            to=address or address_for(account, heard.sender),
            language=reads or account.school.language,
            now=now,
            account=account,
        )
    if kind is Kind.NOT_ME and address is not None:
        addressing.demote(address, reason="wrong_number")
    return tell_heard(HeardFrom(account.school, account, address, heard.sender, heard, row))


def _reads(address: Address | None) -> str:
    """The reading language of whoever uses the address first; empty when nobody does."""
    if address is None:
        return ""
    point = (
        ContactPoint.objects.filter(address=address, ended_at=None, guardian__isnull=False)
        .select_related("guardian")
        .order_by("rank", "pk")
        .first()
    )
    return point.guardian.reading if point is not None and point.guardian is not None else ""


def _note_alive(account: Account, address: Address, sender: Sender, now: datetime) -> None:
    """The family itself used it: confirmed today, and on WhatsApp free text is open again.

    A known number under another identity may be another person: it is demoted and not confirmed.
    """
    if sender.user_id and address.user_id and sender.user_id != address.user_id:
        addressing.demote(address, reason="identity_changed")
        return
    address.user_id = address.user_id or sender.user_id
    address.confirmed_at = now
    hours = account.carrier.abilities.free_text_window_hours
    if hours is not None:
        address.window_until = now + timedelta(hours=hours)
    address.save(update_fields=["user_id", "confirmed_at", "window_until"])


def _stop(account: Account, heard: Heard, now: datetime) -> str:
    """Nothing more goes there; one confirmation, which also asks how else to be reached. Then rest."""
    address = address_for(account, heard.sender)
    if addressing.opt_out(address, source="reply STOP", words=heard.text, now=now):
        serve(
            school=account.school,
            kind=ServiceKind.STOP_CONFIRMED,
            to=address,
            language=_reads(address) or account.school.language,
            now=now,
            account=account,
        )
    return "opted out"


def _start(account: Account, address: Address, heard: Heard, now: datetime) -> str:
    addressing.opt_in(address, source="reply START", words=heard.text, now=now)
    serve(
        school=account.school,
        kind=ServiceKind.START_CONFIRMED,
        to=address,
        language=_reads(address) or account.school.language,
        now=now,
        account=account,
    )
    return "opted in"
