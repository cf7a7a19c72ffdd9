"""Secrets sealed at rest: AES-256-GCM, bound to the place they are kept in, so a copied row opens nothing."""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_FORM = "1."  # the first letters name the form, so that a later one can stand beside it
_NONCE = 12  # bytes


class WrongSeal(ValueError):
    """The text was sealed with another key or for another place, or it was changed since."""


def seal(secrets: Mapping[str, str], place: str) -> str:
    """The secrets as text that only this server's seal key opens, and only for this place ("table:school:row")."""
    nonce = os.urandom(_NONCE)
    closed = _cipher(_key()).encrypt(nonce, json.dumps(dict(secrets)).encode(), place.encode())
    return _FORM + urlsafe_b64encode(nonce + closed).decode()


def unseal(text: str, place: str) -> dict[str, str]:
    """What `seal()` closed. Raises WrongSeal."""
    if not text.startswith(_FORM):
        raise WrongSeal("Sealed by a version of Porchlight we do not know.")
    try:
        whole = urlsafe_b64decode(text.removeprefix(_FORM))
        opened = _cipher(_key()).decrypt(whole[:_NONCE], whole[_NONCE:], place.encode())
    except (InvalidTag, ValueError):
        raise WrongSeal(
            "The seal does not open. PORCHLIGHT_SEAL_KEY must be the one these secrets were kept with."
        ) from None
    return {str(name): str(value) for name, value in json.loads(opened).items()}


def _key() -> str:
    return settings.SEAL_KEY or settings.SECRET_KEY


@cache
def _cipher(key: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"porchlight sealed secrets").derive(key.encode()))
