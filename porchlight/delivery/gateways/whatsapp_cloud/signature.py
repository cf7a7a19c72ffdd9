"""Is this webhook Meta's? HMAC-SHA256 over the raw body with the app secret, and the set-up handshake."""

from __future__ import annotations

import hashlib
import hmac
import re

from porchlight.delivery.gateways.addresses import query_of
from porchlight.delivery.gateways.contract import AccountSettings, Greeting, RawRequest

HEADER = "x-hub-signature-256"
_SIGNATURE = re.compile(r"sha256=([0-9a-f]{64})")
_CHALLENGE = re.compile(r"[0-9A-Za-z_.-]{1,200}")


def is_genuine(account: AccountSettings, request: RawRequest) -> bool:
    """True only for one whole sha256 signature made with this account's app secret over these very bytes."""
    secret = account.secrets.get("app_secret", "")
    claimed = _SIGNATURE.fullmatch(request.headers.get(HEADER, ""))
    if not secret or claimed is None:
        return False
    expected = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, claimed[1])


def greet(account: AccountSettings, request: RawRequest) -> Greeting | None:
    """Answer Meta's GET with its challenge when the verify token is the school's."""
    asked = query_of(request.url)
    wanted = account.secrets.get("verify_token", "")
    mode, token, challenge = (asked.get(f"hub.{name}", []) for name in ("mode", "verify_token", "challenge"))
    if not wanted or mode != ["subscribe"] or len(token) != 1 or len(challenge) != 1:
        return None
    if not hmac.compare_digest(token[0].encode(), wanted.encode()) or not _CHALLENGE.fullmatch(challenge[0]):
        return None
    return Greeting(challenge[0])
