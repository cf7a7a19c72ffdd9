"""Is this webhook Vonage's? An HMAC over every word of it, which stands in the form itself as `sig`.

Rule (Vonage, "Signing messages"): `&name=value` for each parameter but `sig`, sorted by name, with `&` and `=` in
values written as `_`; HMAC with the signature secret, in hex. `timestamp` is one of them, in seconds; one that is old
is an earlier webhook that somebody sends again.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Mapping

from porchlight.delivery.gateways.contract import AccountSettings, RawRequest
from porchlight.delivery.gateways.forms import words_of
from porchlight.delivery.gateways.vonage_sms.fields import METHOD

FIELD = "sig"
MAX_AGE = 5 * 60  # seconds; each retry is signed anew
METHODS = {"sha256": hashlib.sha256, "sha512": hashlib.sha512, "sha1": hashlib.sha1, "md5": hashlib.md5}
_SIGNATURE = re.compile(r"[0-9a-fA-F]{32,128}")
_BREAKS = str.maketrans("&=", "__")


def method_of(account: AccountSettings) -> str:
    """The method that was chosen, in small letters; perhaps one we do not know."""
    return account.settings.get("signature_method", "").strip().lower() or METHOD


def sign(secret: str, said: Mapping[str, str], method: str = METHOD) -> str:
    """The signature Vonage would write for these words."""
    words = "".join(f"&{name}={said[name].translate(_BREAKS)}" for name in sorted(said) if name != FIELD)
    return hmac.new(secret.encode(), words.encode("utf-8", "surrogatepass"), METHODS[method]).hexdigest()


def is_genuine(account: AccountSettings, request: RawRequest) -> bool:
    """True only for one whole signature made with this account's secret over all of these words, and lately."""
    secret, method = account.secrets.get("signature_secret", ""), method_of(account)
    if not secret or method not in METHODS or request.method != "POST":
        return False
    said = words_of(request)
    claimed = said.get(FIELD, "")
    if not _SIGNATURE.fullmatch(claimed):
        return False
    same = hmac.compare_digest(sign(secret, said, method), claimed.lower())
    return same and _is_fresh(said.get("timestamp", ""))


def _is_fresh(stamp: str) -> bool:
    """Gateways' clocks are real clocks: the demo's moved clock has no say here."""
    return (
        stamp.isascii() and stamp.isdigit() and len(stamp) <= 12 and abs(time.time() - int(stamp)) <= MAX_AGE
    )
