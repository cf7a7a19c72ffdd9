"""Secrets sealed at rest: AES-256-GCM, bound to the place they are kept in, so a copied row opens nothing.

A seal names its key, so keys can be changed: new seals use the newest key, older ones still open while their key
is among the former ones, and `renewed()` moves them over.
"""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_FORM = "1"  # the first letter names the form, so that a later one can stand beside it
_NONCE = 12  # bytes
_KEY_NAME = 6  # bytes, 8 letters: tells keys apart, says nothing about them
_WRONG = (
    "The seal does not open. PORCHLIGHT_SEAL_KEY, or one of PORCHLIGHT_FORMER_SEAL_KEYS, must be the one these "
    "secrets were kept with."
)


class WrongSeal(ValueError):
    """The text was sealed with a key we no longer hold or for another place, or it was changed since."""


class _Key(NamedTuple):
    name: str
    cipher: AESGCM


def seal(secrets: Mapping[str, str], place: str) -> str:
    """The secrets as text that only this server's seal key opens, and only for this place ("table:school:row")."""
    key = next(_keys())
    return f"{_FORM}.{key.name}.{encrypt(key.cipher, json.dumps(dict(secrets)), place)}"


def unseal(text: str, place: str) -> dict[str, str]:
    """What `seal()` closed. Raises WrongSeal."""
    form, _, rest = text.partition(".")
    if form != _FORM:
        raise WrongSeal("Sealed by a version of Porchlight we do not know.")
    name, _, body = rest.partition(".")
    try:
        cipher = next(key.cipher for key in _keys() if key.name == name)
    except StopIteration:
        raise WrongSeal(_WRONG) from None
    return {str(name): str(value) for name, value in json.loads(decrypt(cipher, body, place)).items()}


def encrypt(cipher: AESGCM, words: str, place: str) -> str:
    """Words closed for one place, with a nonce of their own, as letters."""
    nonce = os.urandom(_NONCE)
    return urlsafe_b64encode(nonce + cipher.encrypt(nonce, words.encode(), place.encode())).decode()


def decrypt(cipher: AESGCM, body: str, place: str) -> str:
    """What `encrypt()` closed. Raises WrongSeal."""
    try:
        whole = urlsafe_b64decode(body)
        return cipher.decrypt(whole[:_NONCE], whole[_NONCE:], place.encode()).decode()
    except (InvalidTag, ValueError):
        raise WrongSeal(_WRONG) from None


def is_current(text: str) -> bool:
    """Was it sealed with the key new seals use? What is not should be renewed before an old key is thrown away."""
    return text.startswith(f"{_FORM}.{next(_keys()).name}.")


def renewed(text: str, place: str) -> str:
    """The same secrets under the newest key; the text itself where that is so already. Raises WrongSeal."""
    return text if is_current(text) else seal(unseal(text, place), place)


def _keys() -> Iterator[_Key]:
    """Newest first. The secret key stands in for a seal key, and still opens what it sealed once there is one."""
    for secret in (settings.SEAL_KEY, settings.SECRET_KEY, *settings.FORMER_SEAL_KEYS):
        if secret:
            yield _derived(secret)


@cache
def _derived(secret: str) -> _Key:
    name = _stretched(secret, b"porchlight seal key name", _KEY_NAME)
    return _Key(
        urlsafe_b64encode(name).decode(), AESGCM(_stretched(secret, b"porchlight sealed secrets", 32))
    )


def _stretched(secret: str, purpose: bytes, length: int) -> bytes:
    """RFC 5869: independent keys for independent purposes out of one secret."""
    return HKDF(SHA256(), length, salt=None, info=purpose).derive(secret.encode())
