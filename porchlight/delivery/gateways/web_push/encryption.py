"""RFC 8291: words that the push service carries and only the browser reads; one record of RFC 8188's `aes128gcm`."""

from __future__ import annotations

import os

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from porchlight.delivery.gateways.web_push.subscription import NotASubscription, Subscription

RECORD = 4096  # bytes; the whole of it, so that there is never a second record
LAST = b"\x02"  # closes the last record, before its padding
_TAG, _HEAD = 16, 16 + 4 + 1 + 65
MOST = (
    RECORD - _HEAD - _TAG - len(LAST)
)  # bytes of words: the body stays within what every push service takes


def encrypted(
    words: bytes,
    to: Subscription,
    *,
    ours: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of a push. `ours` and `salt` are new each time; tests give those of the RFC's example.

    Raises NotASubscription for a key that is no point of the curve.
    """
    ours, salt = ours or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(16)
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), to.point)
    except (ValueError, UnsupportedAlgorithm):
        raise NotASubscription from None
    point = point_of(ours.public_key())
    secret = _hkdf(ours.exchange(ec.ECDH(), theirs), to.shared, b"WebPush: info\0" + to.point + point, 32)
    key = _hkdf(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(secret, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4) + len(point).to_bytes(1) + point
    return head + AESGCM(key).encrypt(nonce, words + LAST, None)


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as browsers and push services write it: uncompressed."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _hkdf(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(material)
