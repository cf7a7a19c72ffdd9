"""Is this webhook Africa's Talking's? Nothing in it says so: there is no signature, and where it comes from proves
nothing behind the relays of a cloud. What is left is the address: a path nobody guesses, and a word of the office's.

That proves that somebody knows the address, and neither who they are nor a word of what they say. So a lost address is
mended by a new word; and what must not hang on it does not: numbers change by people (decision 55), no way to sign in
opens by what a text says, and STOP, which anybody may say for a number, harms least.
"""

from __future__ import annotations

import hmac

from porchlight.delivery.gateways.addresses import query_of
from porchlight.delivery.gateways.contract import AccountSettings, RawRequest

QUESTION = "word"
SHORTEST = 16


def is_genuine(account: AccountSettings, request: RawRequest) -> bool:
    """True only for a POST to the address with this account's word in it, whole and once."""
    word = account.secrets.get("hook_word", "")
    shown = query_of(request.url).get(QUESTION, [])
    if len(word) < SHORTEST or len(shown) != 1 or request.method != "POST":
        return False
    return hmac.compare_digest(shown[0].encode("utf-8", "replace"), word.encode("utf-8", "replace"))
