"""Where one browser is told of news: its push service's address for it, its public key and its shared secret.

As the Push API of browsers has it: {"endpoint": …, "keys": {"p256dh": …, "auth": …}}. We keep the three on one line.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import NamedTuple, Self

LONGEST = 1000  # letters of all three; the longest push services use today are half of that
_POINT, _SECRET = 65, 16  # bytes: an uncompressed point of P-256, and what RFC 8291 (section 3.2) asks for


class NotASubscription(ValueError):
    """This is nothing a browser gave us."""


class Subscription(NamedTuple):
    """`key` and `secret` in base64url, without padding."""

    endpoint: str
    key: str
    secret: str

    @classmethod
    def of_browser(cls, written: str) -> Self:
        """What a browser's script says. Raises NotASubscription."""
        try:
            said = json.loads(written)
            found = (said["endpoint"], said["keys"]["p256dh"], said["keys"]["auth"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise NotASubscription from None
        return cls.on_line(" ".join(part.rstrip("=") if isinstance(part, str) else "" for part in found))

    @classmethod
    def on_line(cls, written: str) -> Self:
        """What we kept. Raises NotASubscription."""
        parts = written.split(" ")
        if len(parts) != 3 or not parts[0] or len(written) > LONGEST or not written.isascii():
            raise NotASubscription
        found = cls(*parts)
        if len(found.point) != _POINT or found.point[0] != 4 or len(found.shared) != _SECRET:
            raise NotASubscription
        return found

    @property
    def line(self) -> str:
        """On one line, as it is kept."""
        return " ".join(self)

    @property
    def point(self) -> bytes:
        """The browser's public key, uncompressed. Raises NotASubscription."""
        return from_base64(self.key)

    @property
    def shared(self) -> bytes:
        """The secret that the browser shares with us alone. Raises NotASubscription."""
        return from_base64(self.secret)


def from_base64(text: str) -> bytes:
    """Base64url without padding. Raises NotASubscription."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotASubscription from None


def to_base64(content: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
