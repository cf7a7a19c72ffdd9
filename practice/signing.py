"""How each gateway proves that a webhook is its own. Tests hold these to published vectors.

The secrets of the practice town are public on purpose: nothing here guards anything real.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping


def meta_signature(app_secret: str, body: bytes) -> str:
    """The value of `X-Hub-Signature-256`: HMAC-SHA256 over the raw body, as `sha256=<hex>`."""
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def twilio_signature(auth_token: str, url: str, form: Mapping[str, str] | None = None) -> str:
    """The value of `X-Twilio-Signature`: base64(HMAC-SHA1(url + each name and value, sorted by name))."""
    text = url + "".join(name + value for name, value in sorted((form or {}).items()))
    return base64.b64encode(hmac.new(auth_token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def vonage_signature(secret: str, said: Mapping[str, str], algorithm: str = "sha256") -> str:
    """The parameter `sig`: hex HMAC over `&name=value` of all others, sorted, with `&` and `=` in values as `_`."""
    words = ""
    for name in sorted(set(said) - {"sig"}):
        words += "&" + name + "=" + said[name].replace("&", "_").replace("=", "_")
    return hmac.new(secret.encode(), words.encode(), algorithm).hexdigest()


def office_phone_signature(key: str, body: bytes, timestamp: str) -> str:
    """The value of `X-Signature`: hex HMAC-SHA256 over the body followed by the value of `X-Timestamp`."""
    return hmac.new(key.encode(), body + timestamp.encode(), hashlib.sha256).hexdigest()


def mailgun_signature(key: str, timestamp: str, token: str) -> str:
    """The form field `signature`: hex HMAC-SHA256 over timestamp and token."""
    return hmac.new(key.encode(), (timestamp + token).encode(), hashlib.sha256).hexdigest()
