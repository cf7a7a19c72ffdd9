"""Google's Advanced translation on loopback: a service account's statement for a token, and the translating behind it.

POST /token                                                       RFC 7523, as oauth2.googleapis.com/token
POST /v3/projects/{project}/locations/{location}:translateText    with that token

GET  /control/translation/key-file/                               a service account's key file for this town
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

PROJECT, ACCOUNT, KEY_ID = "porch-1234", "porchlight@porch-1234.iam.gserviceaccount.com", "5f0a1c"
SCOPE = "https://www.googleapis.com/auth/cloud-translation"
MEET_SCOPE = "https://www.googleapis.com/auth/meetings.space.created"
WORKSPACE = "example.org"  # for whose people the account may act
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LOCATIONS = ("global", "europe-west1", "us-central1")
HOUR = 3600


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def key_file(town: str) -> dict[str, str]:
    """As Google Cloud hands it out, but for the addresses, which are this town's."""
    private = _key().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {
        "type": "service_account",
        "project_id": PROJECT,
        "private_key_id": KEY_ID,
        "private_key": private.decode(),
        "client_email": ACCOUNT,
        "client_id": "100000000000000000001",
        "token_uri": f"{town}/token",
    }


@dataclass
class Tokens:
    """Those that were given out, and until when each is good."""

    given: dict[str, tuple[float, str]] = field(default_factory=dict)  # until when, what for

    def answer(self, form: str, town: str) -> tuple[int, Mapping[str, Any]]:
        """What the token's address says to a form."""
        said = {name: values[0] for name, values in parse_qs(form).items()}
        if said.get("grant_type") != GRANT:
            return 400, {"error": "unsupported_grant_type", "error_description": "Invalid grant_type"}
        try:
            claims = jwt.decode(
                said.get("assertion", ""), _key().public_key(), algorithms=["RS256"], audience=f"{town}/token"
            )
        except jwt.PyJWTError:
            return 400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
        if claims.get("iss") != ACCOUNT:
            return 400, {"error": "invalid_grant", "error_description": "Invalid grant: account not found"}
        if claims.get("scope") not in (SCOPE, MEET_SCOPE):
            return 400, {
                "error": "invalid_scope",
                "error_description": "Invalid OAuth scope or ID token audience.",
            }
        if "sub" in claims and not str(claims["sub"]).endswith(f"@{WORKSPACE}"):
            return 400, {"error": "invalid_grant", "error_description": "Invalid email or User ID"}
        token = f"ya29.{secrets.token_urlsafe(24)}"
        self.given[token] = time.monotonic() + HOUR, claims["scope"]
        return 200, {"access_token": token, "expires_in": HOUR - 1, "token_type": "Bearer"}

    def knows(self, header: str, scope: str = SCOPE) -> bool:
        """Whether this Authorization header carries one that is good for this."""
        scheme, _space, token = header.partition(" ")
        until, good_for = self.given.get(token, (0.0, ""))
        return scheme == "Bearer" and until > time.monotonic() and good_for == scope


def status_error(status: int, said: str) -> Any:
    """A refusal as google.rpc.Status is written in JSON."""
    names = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND",
             429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE"}  # fmt: skip
    usual = {
        401: "Request had invalid authentication credentials. Expected OAuth 2 access token.",
        429: "Quota exceeded for quota metric 'v2 and v3 general model characters'.",
    }
    error: dict[str, Any] = {
        "code": status,
        "message": said or usual.get(status, "The service is currently unavailable."),
        "status": names.get(status, "UNKNOWN"),
    }
    if status == 429:
        error["details"] = [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "RATE_LIMIT_EXCEEDED",
                "domain": "googleapis.com",
            }
        ]
    return {"error": error}


def wrong_body(body: object) -> str:
    """What is wrong with a request, in Google's words; empty where nothing is."""
    if not isinstance(body, dict) or not isinstance(body.get("contents"), list):
        return 'Invalid JSON payload received. Unknown name "contents".'
    if len(json.dumps(body["contents"])) > 30_000:
        return "Text is too long."
    return "" if body.get("targetLanguageCode") else "Target language is required."
