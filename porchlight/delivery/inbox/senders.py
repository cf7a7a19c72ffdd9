"""Who wrote: an address we know, by what the gateway itself vouches for. Never by a name, never by a guess."""

from __future__ import annotations

from datetime import datetime, timedelta

from porchlight.delivery.addressing import IDENTITY_CHANGED, NUMBER_CHANGED
from porchlight.delivery.gateways.contract import Heard, Sender
from porchlight.delivery.inbox.doubted import doubt
from porchlight.delivery.models import Account, Delivery
from porchlight.families.models import Address, Channel


def address_of(account: Account, sender: Sender) -> Address | None:
    """The school's address of this sender on this account's channel. None: unknown here.

    A number that now comes with another identity may be in other hands: the address is demoted, and the sender
    counts as unknown until somebody looked.
    """
    rows = Address.objects.in_school(account.school_id).filter(channel=account.channel)
    by_identity = rows.filter(user_id=sender.user_id).first() if sender.user_id else None
    value = sender.mailbox.lower() if account.channel == Channel.EMAIL else sender.number
    by_value = rows.filter(value=value).first() if value else None
    if by_identity is not None:
        if value and by_identity.value and by_identity.value != value:
            doubt(account, by_identity, reason=NUMBER_CHANGED)
        return by_identity
    if by_value is None:
        return None
    if sender.user_id and by_value.user_id:
        doubt(account, by_value, reason=IDENTITY_CHANGED)
        return None
    if sender.user_id:
        by_value.user_id = sender.user_id
        by_value.save(update_fields=["user_id"])
    return by_value


def address_of_mail(account: Account, heard: Heard) -> tuple[Address | None, str]:
    """A mail's address and the provider id of what it answers.

    The token in the mailbox it was sent to is ours and hard to guess: it tells whose mail was answered. Without
    one the sender counts, unless their own domain disowns the mail (`is_forged`).
    """
    answered = answered_by(account, heard.reply_token)
    if answered is not None:
        return answered.address, answered.provider_id
    return (None if heard.verified is False else address_of(account, heard.sender)), ""


def pressed_on(account: Account, heard: Heard, address: Address | None) -> str:
    """The provider id of what a button stood under, by the reference in its data: right for an old message too, and for
    one that was sent twice. "" where the button names none of ours, or one that went to somebody else.
    """
    if not heard.choice or address is None:
        return ""
    sent = answered_by(account, heard.reply_token)
    return sent.provider_id if sent is not None and sent.address_id == address.pk else ""


def is_forged(account: Account, heard: Heard) -> bool:
    """A mail whose own domain says that it did not send it, and that answers nothing of ours."""
    return heard.verified is False and answered_by(account, heard.reply_token) is None


def answered_by(account: Account, token: str) -> Delivery | None:
    """The delivery whose reference this token is."""
    if not token:
        return None
    rows = Delivery.objects.in_school(account.school_id).filter(reference=token, channel=account.channel)
    return rows.select_related("address").first()


def keep_window_open(address: Address, account: Account, heard_at: datetime, now: datetime) -> None:
    """The family wrote: free text may be sent for a day, and they use this address themselves."""
    hours = account.carrier.abilities.free_text_window_hours
    changed = []
    if hours is not None:
        until = min(heard_at, now) + timedelta(hours=hours)
        if address.window_until is None or until > address.window_until:
            address.window_until = until
            changed.append("window_until")
    if address.confirmed_at is None or address.confirmed_at < heard_at:
        address.confirmed_at = min(heard_at, now)
        changed.append("confirmed_at")
    if changed:
        address.save(update_fields=changed)
