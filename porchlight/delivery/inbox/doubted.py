"""An address that may be somebody else's now: the office is told, once, and asks."""

from __future__ import annotations

from porchlight.delivery import addressing
from porchlight.delivery.inbox.listeners import Trouble, tell_trouble
from porchlight.delivery.models import Account
from porchlight.families.models import Address

SENTENCE = "This number may be in other hands now. Ask the family to confirm it."


def doubt(account: Account, address: Address, *, reason: str) -> bool:
    """Only words for anybody go to that number until it is confirmed. Returns whether that is new."""
    moved = addressing.demote(address, reason=reason)
    for one in moved:
        tell_trouble(Trouble(account.school, "address_demoted", SENTENCE, account, one))
    return bool(moved)
