"""An address that may be somebody else's now: the office is told, once, and asks."""

from __future__ import annotations

from porchlight.delivery import addressing
from porchlight.delivery.inbox.listeners import Trouble, tell_trouble
from porchlight.delivery.models import Account
from porchlight.families.models import Address

SENTENCE = "This number may be in other hands now. Ask the family to confirm it."


def doubt(account: Account, address: Address, *, reason: str) -> bool:
    """Only words for anybody go there until it is confirmed. Returns whether that is new."""
    is_new = addressing.demote(address, reason=reason)
    if is_new:
        tell_trouble(Trouble(account.school, "address_demoted", SENTENCE, account, address))
    return is_new
