"""A service account of Google's: signs a statement of its own (RS256) and gets a token for an hour (RFC 7523).

Source: developers.google.com/identity/protocols/oauth2/service-account.
"""

from __future__ import annotations

import json
from typing import Any

import jwt

from porchlight.languages.engines.contract import Request
from porchlight.toolbox import school_time

TOKENS = (  # where Google gives them: what a key file names besides is no place of Google's
    "https://oauth2.googleapis.com/token",
    "https://accounts.google.com/o/oauth2/token",
    "https://www.googleapis.com/oauth2/v4/token",
)
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
HOUR = 3600


def key_of(file: str) -> dict[str, str]:
    """The parts of a key file. Raises ValueError for what is none, KeyError for what lacks a part."""
    key = json.loads(file)
    if not isinstance(key, dict) or key.get("type") != "service_account":
        raise ValueError("no key file of a service account")
    wanted = ("project_id", "private_key_id", "private_key", "client_email", "token_uri")
    return {part: str(key[part]) for part in wanted}


def statement(key: dict[str, str], *, scope: str, own: str = "", subject: str = "") -> Request:
    """The request for a token. `own`: a host of the school's choice, whose `/token` counts as well; `subject`: for
    whom of the school's organisation it acts. Raises ValueError.
    """
    if key["token_uri"] not in (*TOKENS, *([f"{own.rstrip('/')}/token"] if own else [])):
        raise ValueError("signs in elsewhere")
    now = int(school_time.now().timestamp())
    claims: dict[str, Any] = {
        "iss": key["client_email"],
        "scope": scope,
        "aud": key["token_uri"],
        "iat": now,
        "exp": now + HOUR,
    } | ({"sub": subject} if subject else {})
    try:
        signed = jwt.encode(
            claims, key["private_key"], algorithm="RS256", headers={"kid": key["private_key_id"]}
        )
    except (jwt.PyJWTError, TypeError) as broken:
        raise ValueError("no private key") from broken
    return Request(key["token_uri"], {}, {"grant_type": GRANT, "assertion": signed}, is_form=True)
