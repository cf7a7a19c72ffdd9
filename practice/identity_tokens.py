"""What an identity provider signs: its keys, and its statements about who somebody is, well made or rude on request."""

from __future__ import annotations

import base64
import enum
import hashlib
import hmac
import json
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

KEY_BITS = 2048


class RudeIdentity(enum.StrEnum):
    """How a provider misbehaves, or a thief who sits between it and the school."""

    NO = ""
    NO_ID_TOKEN = "no-id-token"
    ALG_NONE = "alg-none"  # says of itself that it is not signed
    UNSIGNED = "unsigned"  # says RS256, and brings no signature
    OTHER_KEY = "other-key"  # signed by somebody else under the same key's name
    UNKNOWN_KEY = "unknown-key"  # signed by a key that is not among the published ones
    PUBLIC_KEY_AS_SECRET = "public-key-as-secret"  # HS256, with the public key as the shared secret
    OTHER_AUDIENCE = "other-audience"  # meant for another program
    TWO_AUDIENCES = "two-audiences"  # for us and another, without saying to whom it was handed
    OTHER_PARTY = "other-party"  # for us and another, handed to the other
    OTHER_ISSUER = "other-issuer"
    NO_NONCE = "no-nonce"
    OTHER_NONCE = "other-nonce"
    EXPIRED = "expired"
    FROM_TOMORROW = "from-tomorrow"
    NO_SUBJECT = "no-subject"
    OTHER_STATE = "other-state"  # comes back with a state nobody gave it
    OTHER_SENDER = "other-sender"  # comes back as if another provider answered
    NO_SENDER = "no-sender"  # promises to say who answers, and does not
    OTHER_NAME = "other-name"  # its own description names another issuer
    LEADS_ELSEWHERE = "leads-elsewhere"  # its token address redirects
    BROKEN = "broken"  # HTTP 500 where tokens are handed out
    DENIED = "denied"  # the person said no


@cache
def key_of(realm: str) -> rsa.RSAPrivateKey:
    """The realm's own key; made once a run, since making one takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)


def key_name(realm: str) -> str:
    return f"{realm}-1"


def published(realm: str) -> dict[str, Any]:
    """The realm's JWKS."""
    described = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key_of(realm).public_key()))
    wanted = {name: described[name] for name in ("kty", "n", "e")}
    return {"keys": [{**wanted, "use": "sig", "alg": "RS256", "kid": key_name(realm)}]}


def challenge_of(verifier: str) -> str:
    """RFC 7636, S256."""
    return _unpadded(hashlib.sha256(verifier.encode()).digest())


def signed(realm: str, claims: dict[str, Any], rude: RudeIdentity = RudeIdentity.NO) -> str:
    """An id_token of this realm, or what a rude day makes of it."""
    name = key_name(realm)
    if rude is RudeIdentity.ALG_NONE:
        return jwt.encode(claims, "", algorithm="none", headers={"kid": name})
    if rude is RudeIdentity.PUBLIC_KEY_AS_SECRET:
        return _with_public_key_as_secret(realm, claims)
    key = key_of("a thief" if rude in {RudeIdentity.OTHER_KEY, RudeIdentity.UNKNOWN_KEY} else realm)
    shown = "nobody-1" if rude is RudeIdentity.UNKNOWN_KEY else name
    token = jwt.encode(claims, key, algorithm="RS256", headers={"kid": shown})
    return token.rpartition(".")[0] + "." if rude is RudeIdentity.UNSIGNED else token


def _with_public_key_as_secret(realm: str, claims: dict[str, Any]) -> str:
    """Made by hand, because libraries refuse to."""
    public = key_of(realm).public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )  # fmt: skip
    header = {"alg": "HS256", "typ": "JWT", "kid": key_name(realm)}
    body = ".".join(_unpadded(json.dumps(part).encode()) for part in (header, claims))
    return f"{body}.{_unpadded(hmac.new(public, body.encode(), hashlib.sha256).digest())}"


def _unpadded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
