"""Whether an id_token is what it says: signed by its issuer, for us, for this very sign-in, and now.

OpenID Connect Core 3.1.3.7 lets a program skip the signature when the token came over TLS from the provider itself.
We do not skip it: what stands in front of a server may end TLS, and the check costs a millisecond.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

# Signatures with a key pair alone. With `none` or a shared secret among them, anybody could sign.
ALGORITHMS = {"RS256": "RSA", "RS384": "RSA", "RS512": "RSA", "PS256": "RSA", "ES256": "EC", "ES384": "EC"}
CLOCKS_DIFFER = 60  # seconds


class NotProved(OAuth2Error):
    """An answer of a provider that proves nothing; its words are for the log and name nobody."""


def claims_of(
    token: str, *, keys: Sequence[Mapping[str, Any]], issuer: str, client_id: str, nonce: str
) -> Mapping[str, Any]:
    """What the token says of somebody, once everything about it is right. Raises NotProved.

    `keys` are the issuer's published ones (JWK); `nonce` is what we gave along when this sign-in began.
    """
    try:
        header = jwt.get_unverified_header(token)
        claims: dict[str, Any] = jwt.decode(
            token,
            _key_for(header, keys),
            algorithms=[header["alg"]],
            audience=client_id,
            issuer=issuer,
            leeway=CLOCKS_DIFFER,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except jwt.PyJWTError as problem:
        raise NotProved(type(problem).__name__) from problem
    if not nonce or not secrets.compare_digest(str(claims.get("nonce", "")), nonce):
        raise NotProved("the nonce is not the one we gave")
    others = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if claims.get("azp", client_id) != client_id or (len(others) > 1 and "azp" not in claims):
        raise NotProved("it was handed to another program")
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise NotProved("it says nothing of who it is")
    return claims


def _key_for(header: Mapping[str, Any], keys: Sequence[Mapping[str, Any]]) -> jwt.PyJWK:
    """The published key that the token names, when it fits the way it says it is signed. Raises NotProved."""
    kind = ALGORITHMS.get(str(header.get("alg")))
    if kind is None:
        raise NotProved("it is not signed with a key pair")
    fitting = [key for key in keys if key.get("kty") == kind and key.get("use", "sig") == "sig"]
    named = [key for key in fitting if key.get("kid") == header.get("kid")]
    if len(named) != 1:
        raise NotProved("it is signed with a key its issuer does not publish")
    return jwt.PyJWK(dict(named[0]), algorithm=header["alg"])
