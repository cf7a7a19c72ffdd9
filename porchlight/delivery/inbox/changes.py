"""News about addresses, templates and accounts that no home sent: acted on, and told to whom they concern."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from porchlight.delivery import addressing
from porchlight.delivery.gateways.contract import (
    AddressFailed,
    Advice,
    IdentityChanged,
    Sender,
)
from porchlight.delivery.inbox.doubted import doubt
from porchlight.delivery.inbox.listeners import Trouble, tell_trouble
from porchlight.delivery.models import Account, Delivery
from porchlight.delivery.outbox.holding import hold
from porchlight.families.models import Address, Channel


def identity_changed(account: Account, change: IdentityChanged) -> str:
    """Somebody else may hold the number now, or the person has a new one: only words for anybody go there."""
    known = _known(account, change.old, change.new)
    doubted = [address for address in known if doubt(account, address, reason=addressing.IDENTITY_CHANGED)]
    return "demoted" if doubted else "unknown sender"


def _known(account: Account, *senders: Sender) -> list[Address]:
    rows = Address.objects.in_school(account.school_id).filter(channel=account.channel)
    found: dict[int, Address] = {}
    for sender in senders:
        value = sender.mailbox.lower() if account.channel == Channel.EMAIL else sender.number
        who = Q(value=value) if value else Q(pk=None)
        if sender.user_id:
            who |= Q(user_id=sender.user_id)
        found.update({address.pk: address for address in rows.filter(who)})
    return list(found.values())


def address_failed(account: Account, failure: AddressFailed, now: datetime) -> str:
    """A mailbox bounced, or its owner complained, outside any one delivery."""
    for address in _known(account, failure.sender):
        if failure.advice is Advice.OPTED_OUT:
            addressing.opt_out(address, source=f"complaint: {failure.code}"[:40], words="", now=now)
            return "opted out"
        for one in addressing.mark_bad(address, reason=failure.code):
            sentence = account.carrier.explain(failure.code)
            tell_trouble(Trouble(account.school, "address_bad", sentence, account, one))
        return "bad address"
    return "unknown sender"


def hold_if_staff_must_act(account: Account, failed: Sequence[int], now: datetime) -> None:
    """A failure that the account is at fault for: nothing more leaves on it until staff act."""
    faults = Delivery.objects.filter(pk__in=failed, advice=Advice.STAFF_MUST_ACT)
    code = faults.values_list("code", flat=True).first()
    if code is None:
        return
    hold(account.pk, account.school_id, account.carrier.explain(code), now)
