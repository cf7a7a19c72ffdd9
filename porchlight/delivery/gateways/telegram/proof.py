"""Is this webhook Telegram's? It shows a word we gave it when we told it our address; and whose bot a token is.

The word is derived from the bot's token, so the office has nothing more to type or to lose: whoever may send as the
bot could make it, and nobody else.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from porchlight.delivery.gateways.contract import AccountSettings, RawRequest

HEADER = "x-telegram-bot-api-secret-token"
_TOKEN = re.compile(r"[0-9]{4,20}:[A-Za-z0-9_-]{30,100}")


def token_of(account: AccountSettings) -> str:
    """The bot's token; empty where what is kept cannot be one, which then never becomes part of an address."""
    token = account.secrets.get("bot_token", "").strip()
    return token if _TOKEN.fullmatch(token) else ""


def word_of(token: str) -> str:
    """The word Telegram shows us: 64 hex digits, of the 256 letters, digits, _ and - that it takes."""
    return hmac.new(token.encode(), b"porchlight webhook", hashlib.sha256).hexdigest()


def is_genuine(account: AccountSettings, request: RawRequest) -> bool:
    """True only for a POST that shows this bot's word, whole and once. It proves who calls, and no more."""
    token = token_of(account)
    shown = request.headers.get(HEADER, "").encode("utf-8", "replace")
    same = hmac.compare_digest(shown, word_of(token).encode())
    return bool(token) and request.method == "POST" and same
