"""Whose address something came from. Only what the school already knows is found; nothing is guessed."""

from __future__ import annotations

from porchlight.delivery.gateways.contract import Sender
from porchlight.delivery.models import Account, Delivery
from porchlight.families.models import Address, Channel


def known_address(account: Account, sender: Sender) -> Address | None:
    """The school's address with this number, mailbox or identity on the account's channel."""
    rows = Address.objects.in_school(account.school_id).filter(channel=account.channel)
    value = sender.mailbox.lower() if account.channel == Channel.EMAIL else sender.number
    found = rows.filter(value=value).first() if value else None
    if found is None and sender.user_id:
        found = rows.filter(user_id=sender.user_id).first()
    return found


def written_to(account: Account, reply_token: str) -> Delivery | None:
    """The delivery an answer by mail was addressed to: its own reply address carries our reference."""
    if not reply_token:
        return None
    rows = Delivery.objects.in_school(account.school_id).select_related("address")
    return rows.filter(account=account, reference=reply_token).first()


def address_for(account: Account, sender: Sender) -> Address:
    """As `known_address`, kept from now on when it was unknown: so that a stranger's STOP is obeyed for good."""
    found = known_address(account, sender)
    if found is not None:
        return found
    value = sender.mailbox.lower() if account.channel == Channel.EMAIL else sender.number
    return Address.objects.create(
        school_id=account.school_id,
        channel=account.channel,
        value=value,
        user_id="" if value else sender.user_id,
    )
