"""RFC 8292: a school's own key pair, by which push services, and browsers that agreed to it, know who speaks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from yarl import URL

from porchlight.delivery.gateways.web_push.encryption import point_of
from porchlight.delivery.gateways.web_push.subscription import NotASubscription, from_base64, to_base64

SECRET = "private_key"  # noqa: S105 - its name among the account's secrets
HOLDS = timedelta(hours=12)  # at most a day (section 2)
_LENGTH = 32  # bytes of a private key of P-256


class NoKey(ValueError):
    """The account has no key, or one that does not open."""


def new_key() -> str:
    """A private key, once for each account. Whoever loses it loses every browser that said yes to it."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return to_base64(number.to_bytes(_LENGTH))


def key_in(secrets: Mapping[str, str]) -> ec.EllipticCurvePrivateKey:
    """The account's own. Raises NoKey."""
    try:
        content = from_base64(secrets.get(SECRET, ""))
        if len(content) != _LENGTH:
            raise NoKey
        return ec.derive_private_key(int.from_bytes(content), ec.SECP256R1())
    except (NotASubscription, ValueError):
        raise NoKey from None


def public_of(key: ec.EllipticCurvePrivateKey) -> str:
    """What a browser is shown before it agrees, and a push service with every request."""
    return to_base64(point_of(key.public_key()))


def authorization(key: ec.EllipticCurvePrivateKey, *, endpoint: URL, contact: str, now: datetime) -> str:
    """The header that says who speaks, to this push service and for a few hours."""
    claims = {
        "aud": str(endpoint.origin()),
        "exp": int((now + HOLDS).timestamp()),
        "sub": contact if ":" in contact else f"mailto:{contact}",
    }
    return f"vapid t={jwt.encode(claims, key, algorithm='ES256')}, k={public_of(key)}"
