"""Tokens of engines that want one: fetched once, kept in this process's memory alone until shortly before they end."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable

from porchlight.languages.engines import meanings
from porchlight.languages.engines.contract import BEARER, Access, CannotTranslate, Request, SignsIn

EARLY = 120  # seconds before its end at which a token is not used any more
MOST_KEPT = 200  # schools in one process
SIGNED_OUT = "token_over"

_kept: dict[str, tuple[str, float]] = {}  # by account: the token, and until when it is used


def signed_in(engine: SignsIn, access: Access, carry: Callable[[Request], object]) -> Access:
    """The same access with a token in it. Raises CannotTranslate."""
    mark = _mark(access)
    token, until = _kept.get(mark, ("", 0.0))
    if not token or until <= time.monotonic():
        try:
            token, seconds = engine.token(carry(engine.sign_in(access)))
        except KeyError as missing:
            raise CannotTranslate(meanings.WRONG_KEY, f"no_{missing.args[0]}") from None
        except ValueError:
            raise CannotTranslate(meanings.WRONG_KEY, "account") from None
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[mark] = (token, time.monotonic() + max(seconds - EARLY, 0))
    return Access(access.settings, {**access.secrets, BEARER: token})


def forget(access: Access) -> None:
    """The engine would not have it any more: the next request fetches another."""
    _kept.pop(_mark(access), None)


def _mark(access: Access) -> str:
    own = {name: value for name, value in access.secrets.items() if name != BEARER}
    return hashlib.sha256(json.dumps([dict(access.settings), own], sort_keys=True).encode()).hexdigest()
