"""What a browser does with a push: RFC 8291 and RFC 8188 from the reader's side; and who speaks, by RFC 8292."""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass, field
from typing import Any

import jwt
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()


class Unreadable(ValueError):
    """The browser throws it away."""


class NotTheirs(ValueError):
    """Who speaks is not who the browser said yes to."""


@dataclass
class Keys:
    """A browser's own for one subscription."""

    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def point(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def opened(self, body: bytes) -> bytes:
        """The words in a push. Raises Unreadable."""
        salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20] if len(body) > 20 else 0
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        if size < 18 or len(sealed) > size:
            raise Unreadable("more than the one record that a push may be")
        try:
            theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender)
        except ValueError:
            raise Unreadable("the sender's key is no point of P-256") from None
        shared = self.private.exchange(ec.ECDH(), theirs)
        material = _mac(_mac(self.auth, shared), b"WebPush: info\x00" + self.point + sender + b"\x01")
        seed = _mac(salt, material)
        key = _mac(seed, b"Content-Encoding: aes128gcm\x00\x01")[:16]
        nonce = _mac(seed, b"Content-Encoding: nonce\x00\x01")[:12]
        try:
            padded = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x00")
        except InvalidTag:
            raise Unreadable("sealed for somebody else, or changed on the way") from None
        if padded[-1:] != b"\x02":
            raise Unreadable("this is not the last record")
        return padded[:-1]


def check_speaker(header: str, *, key: str, origin: str) -> dict[str, Any]:
    """The claims of an `Authorization: vapid` header. Raises NotTheirs."""
    scheme, _, rest = header.partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
    if scheme.lower() != "vapid" or parts.get("k") != key:
        raise NotTheirs("not the key that the browser said yes to")
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, from_base64(key))
        claims: dict[str, Any] = jwt.decode(
            parts.get("t", ""),
            public,
            algorithms=["ES256"],
            audience=origin,
            options={"require": ["exp", "aud"]},
        )
    except (jwt.PyJWTError, ValueError) as problem:
        raise NotTheirs(str(problem)) from None
    if not str(claims.get("sub", "")).startswith(("mailto:", "https:")):
        raise NotTheirs("nobody to write to")
    return claims


def from_base64(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise ValueError("not base64url") from None


def to_base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _mac(key: bytes, content: bytes) -> bytes:
    made = hmac.HMAC(key, hashes.SHA256())
    made.update(content)
    return made.finalize()
