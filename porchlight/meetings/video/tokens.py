"""Tokens of companies that want one: kept in this process's memory alone, until shortly before they end."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable

from porchlight.meetings.video import meanings
from porchlight.meetings.video.contract import Answer, Call, Carry, NoRoom

EARLY = 120  # seconds before its end at which a token is not used any more
MOST_KEPT = 500  # accounts, or people of one, in one process

_kept: dict[str, tuple[str, float]] = {}


def mark_of(*parts: str) -> str:
    """What a token is kept under: of the account's own secrets, told by nothing."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def bearer(mark: str, ask: Callable[[], Call], carry: Carry, refuse: Callable[[Answer], NoRoom]) -> str:
    """A token that is good now. Raises NoRoom."""
    token, until = _kept.get(mark, ("", 0.0))
    if token and until > time.monotonic():
        return token
    try:
        answer = carry(ask())
    except (KeyError, ValueError):
        raise NoRoom(meanings.WRONG_KEY, "account") from None
    if answer.status != 200:
        raise refuse(answer)
    match answer.said:
        case {"access_token": str(token), "expires_in": int(seconds)}:
            if len(_kept) >= MOST_KEPT:
                _kept.clear()
            _kept[mark] = (token, time.monotonic() + max(seconds - EARLY, 0))
            return token
    raise NoRoom(meanings.ASKED_WRONGLY, "token")


def forget(mark: str) -> None:
    """The company would not have it any more: the next call fetches another."""
    _kept.pop(mark, None)
